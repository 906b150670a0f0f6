"""The form of a stage: its events are found as one types, what is wrong is told beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from db.changes import ChangeSet, Update
from db.records import LANGUAGES, Bilingual
from db.store import Store
from tests.helpers import choose, click, dialog, fill, is_open, open_window, press, settle, told
from viewer.edits import events
from viewer.edits.drafts import EventDraft
from viewer.widgets.forms.drafts import DraftStore
from viewer.widgets.forms.stage_form import AlternativeCard, StageForm

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from db.records import Stage
    from viewer.app import Wired
    from viewer.widgets.forms.stage_form import DatedEventField

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def wired(qtbot: QtBot, copy: Path) -> Wired:
    return open_window(qtbot, copy)


def stage(wired: Wired, slug: str) -> Stage:
    return next(each for each in wired.document.timeline.stages if each.slug == slug)


def form_of(wired: Wired, slug: str) -> StageForm:
    wired.window.organising.edit_stage(stage(wired, slug).id)
    settle()
    return dialog(StageForm)


def new_form(wired: Wired) -> StageForm:
    page = wired.window.organising.open("schemes").page
    settle()
    press(page.tree, Qt.Key.Key_Insert)
    return dialog(StageForm)


def find(field: DatedEventField, text: str) -> None:
    """Types a part of a title and takes the first that is offered."""
    fill(field.line, text)
    press(field.line, Qt.Key.Key_Return)


def save(form: StageForm) -> None:
    press(form, Qt.Key.Key_S, CTRL)


def test_a_stage_is_added_by_typing_and_its_band_is_on_the_picture(wired: Wired) -> None:
    before = len(wired.document.timeline.stages)
    form = new_form(wired)
    fill(form.title.edits["ko"], "우주동맹")
    choose(form.lane.box, wired.document.timeline.lanes[2].id)
    find(form.start, "우주항공청")
    assert form.start.ident is not None
    assert form.start.told.text()  # its date in words
    fill(form.no_force.edits["ko"], "조약이 없다")
    save(form)
    assert not is_open(StageForm)
    assert len(wired.document.timeline.stages) == before + 1
    made = next(s for s in wired.document.timeline.stages if s.title.ko == "우주동맹")
    assert made.no_force_reason.ko == "조약이 없다"
    headings = [item.text for item in wired.window.canvas.display().items
                if item.role == "heading"]  # fmt: skip
    assert "우주동맹" in headings


def test_an_event_is_found_by_its_korean_title_and_its_date_is_told(wired: Wired) -> None:
    form = form_of(wired, "technology-alliance")
    find(form.force, "자유무역협정 발효")
    assert form.force.line.text() == "KORUS FTA enters into force"
    assert form.force.told.text() == "15 Mar 2012"
    save(form)
    assert stage(wired, "technology-alliance").in_force_edtf == "2012-03-15"


def test_events_without_a_date_are_not_offered(wired: Wired) -> None:
    timeline = wired.document.timeline
    draft = EventDraft(Bilingual(ko="언젠가 있을 회담"), timeline.kinds[0].id,
                       (timeline.lanes[0].id,))  # fmt: skip
    wired.document.apply(events.added(draft))
    settle()
    form = form_of(wired, "technology-alliance")
    fill(form.force.line, "언젠가 있을")
    assert not form.force.line.is_offering


def test_what_is_missing_is_told_at_its_field_and_nothing_is_written(wired: Wired) -> None:
    before = wired.document.timeline.stages
    form = new_form(wired)
    save(form)
    assert "title" in form.title.told.text()
    assert "event" in form.start.told.text()
    fill(form.force.line, "그런 사건은 없다")
    save(form)
    assert "list" in form.force.told.text()
    assert is_open(StageForm)
    assert wired.document.timeline.stages == before


def test_an_in_force_event_is_taken_away_by_emptying_its_line_and_asks_for_a_reason(
    wired: Wired,
) -> None:
    form = form_of(wired, "economic-alliance")
    assert not form.no_force.isVisible()
    press(form.force.line, Qt.Key.Key_A, CTRL)
    press(form.force.line, Qt.Key.Key_Delete)
    assert form.no_force.isVisible()
    fill(form.no_force.edits["ko"], "발효를 세지 않는다")
    save(form)
    found = stage(wired, "economic-alliance")
    assert (found.in_force, found.no_force_reason.ko) == (None, "발효를 세지 않는다")
    assert found.confidence == "edited"


def test_alternatives_are_added_and_taken_away(wired: Wired) -> None:
    form = form_of(wired, "economic-alliance")
    assert len(form.alternatives.cards) == 2
    click(form.alternatives.cards[0].remove)
    click(form.alternatives.add)
    card = form.alternatives.cards[-1]
    assert isinstance(card, AlternativeCard)
    save(form)
    assert card.start.told.text()
    find(card.start, "IPEF")
    fill_text(card, "새 질서의 시작")
    save(form)
    found = wired.document.stage(stage(wired, "economic-alliance").id)
    assert [each.reason.ko for each, _ in found.alternatives][-1] == "새 질서의 시작"
    assert len(found.alternatives) == 2


def fill_text(card: AlternativeCard, text: str) -> None:
    card.reason.edits["ko"].setText(text)
    settle()


def test_a_stage_without_a_lane_is_the_band_before_the_first_one(wired: Wired) -> None:
    form = form_of(wired, "technology-alliance")
    assert form.lane.told.text() == ""
    choose(form.lane.box, 0)
    assert "before the first stage" in form.lane.told.text()
    save(form)
    assert stage(wired, "technology-alliance").lane_id is None


def test_a_form_opened_and_saved_changes_nothing(wired: Wired) -> None:
    for slug in ("prelude", "military-alliance", "economic-alliance", "technology-alliance"):
        save(form_of(wired, slug))
        assert not is_open(StageForm)
    assert wired.document.revertible("undo") is None


def test_what_others_wrote_meanwhile_stays(wired: Wired, copy: Path) -> None:
    form = form_of(wired, "economic-alliance")
    ident = stage(wired, "economic-alliance").id
    with Store.open(copy) as other:
        change = Update("stage", ident, {"summary_ko": "다른 사람이 고친 요약"})
        other.apply(ChangeSet((change,), label="edit-stage: 경제동맹"))
    fill(form.title.edits["ko"], "경제동맹 단계")
    save(form)
    found = stage(wired, "economic-alliance")
    assert (found.title.ko, found.summary.ko) == ("경제동맹 단계", "다른 사람이 고친 요약")


def test_escape_asks_before_it_throws_away_what_was_typed(wired: Wired) -> None:
    form = form_of(wired, "economic-alliance")
    press(form, Qt.Key.Key_Escape)
    assert not is_open(StageForm)
    form = form_of(wired, "economic-alliance")
    fill(form.title.edits["ko"], "다른 제목")
    press(form, Qt.Key.Key_Escape)
    assert is_open(QMessageBox)
    press(dialog(QMessageBox), Qt.Key.Key_Escape)
    assert form.title.both.ko == "다른 제목"


def test_a_file_that_cannot_be_written_says_so_instead(
    qtbot: QtBot, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.media.obstacle", lambda _: "read-only.folder")
    wired = open_window(qtbot, copy)
    wired.window.organising.edit_stage(stage(wired, "economic-alliance").id)
    assert "only be read" in told()
    assert not is_open(StageForm)


def test_every_field_has_a_name_in_both_languages(wired: Wired) -> None:
    for language in LANGUAGES:
        wired.state.set_language(language)
        form = form_of(wired, "economic-alliance")
        fields = (form.title, form.lane, form.start, form.force, form.summary, form.reason)
        assert all(each.accessibleName() for field in fields for each in field.inputs)
        press(form, Qt.Key.Key_Escape)


def kept(wired: Wired) -> list[str]:
    return DraftStore(wired.document.file_id).every_key()


def test_what_is_typed_outlives_the_program_and_stands_in_the_form_again(
    qtbot: QtBot, wired: Wired
) -> None:
    form = form_of(wired, "economic-alliance")
    fill(form.title.edits["ko"], "경제동맹의 새 이름")
    click(form.alternatives.cards[0].remove)
    qtbot.waitUntil(lambda: bool(kept(wired)))
    form.done(0)  # as if the program had ended here
    again = form_of(wired, "economic-alliance")
    assert again.title.both.ko == "경제동맹의 새 이름"
    assert len(again.alternatives.cards) == 1
    assert "not saved" in again.fault.text()
    save(again)
    assert stage(wired, "economic-alliance").title.ko == "경제동맹의 새 이름"
    assert kept(wired) == []


def test_what_was_thrown_away_does_not_come_back(qtbot: QtBot, wired: Wired) -> None:
    form = form_of(wired, "economic-alliance")
    fill(form.title.edits["ko"], "다른 제목")
    qtbot.waitUntil(lambda: bool(kept(wired)))
    press(form, Qt.Key.Key_Escape)
    click(next(each for each in dialog(QMessageBox).buttons() if each.text() == "Throw away"))
    assert kept(wired) == []
    assert form_of(wired, "economic-alliance").title.both.ko == "경제동맹(FTA)"
