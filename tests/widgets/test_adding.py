"""Adding, editing and deleting events in the window, by keys alone."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox

from db.errors import AllianceError
from db.records import Bilingual
from db.store import Store
from tests.helpers import click, is_open, open_window, press, settle, told, write
from tests.widgets.forming import begin, edit, focused, form_of, key, save, title_event
from viewer.edits import events
from viewer.edits.drafts import DateDraft, EventDraft

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from db.records import Ref
    from viewer.app import Wired
    from viewer.document import Document
    from viewer.edits.edit import Edit

SUMMIT = "Yoon-Biden summit"


@pytest.fixture
def wired(qtbot: QtBot, copy: Path) -> Wired:
    return open_window(qtbot, copy, language="ko")


def find(wired: Wired, title: str) -> Ref:
    return ("event", wired.document.find_titles(title)[0].id)


def elsewhere(wired: Wired, *statements: str) -> None:
    """Another program changes the file, and the window looks."""
    assert wired.document.path is not None
    with sqlite3.connect(wired.document.path) as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()
    wired.window.editing.look_elsewhere()
    settle()


def shown(wired: Wired) -> str:
    """All words of the inspector's page."""
    page = wired.window.inspector.page
    texts = [label.text() for label in page.findChildren(QLabel)]
    return "\n".join(
        [
            *texts,
            *(
                each.words
                for each in page.findChildren(object)
                if hasattr(each, "words") and isinstance(each.words, str)
            ),
        ]
    )


# Adding


def test_from_n_to_a_saved_event_without_the_mouse(wired: Wired) -> None:
    form = begin(wired)
    assert wired.window.inspector.isHidden()
    assert focused() is form.fields.title.edits["ko"]
    write(focused(), "한미 정상 통화")
    key(Qt.Key.Key_Tab)
    key(Qt.Key.Key_Tab)
    assert focused() is form.fields.date.line
    write(focused(), "2022년 5월 21일")
    save()
    ref = wired.selection.ref
    assert ref is not None
    detail = wired.document.event(ref[1])
    assert detail.event.title == Bilingual(None, "한미 정상 통화")
    assert [(date.edtf, date.primary) for date in detail.dates] == [("2022-05-21", True)]
    assert wired.window.adding.form is None
    assert wired.window.inspector.isVisible()
    assert wired.window.inspector.page.ref == ref
    assert any(item.ref == ref for item in wired.window.canvas.display().items)


def test_an_event_far_away_is_brought_into_the_window(wired: Wired) -> None:
    wired.state.go_to(0, 40)
    wired.state.zoom(30)
    before = wired.state.start
    title_event(wired, "갑신정변", "1884-12-04")
    assert wired.state.start != before
    ref = wired.selection.ref
    assert any(item.ref == ref for item in wired.window.canvas.display().items)


def test_the_new_event_stands_in_the_lane_that_was_asked_for(wired: Wired) -> None:
    lane = wired.document.timeline.lanes[2]
    wired.window.adding.new_event("1999-05", lane.id)
    settle()
    write(focused(), "기술 협력 각서")
    save()
    assert wired.selection.ref is not None
    detail = wired.document.event(wired.selection.ref[1])
    assert [each.id for each in detail.lanes] == [lane.id]
    assert [date.edtf for date in detail.dates] == ["1999-05"]


def test_without_a_title_nothing_is_saved_and_the_field_says_so(wired: Wired) -> None:
    form = begin(wired)
    form.fields.date.line.setFocus()
    write(focused(), "2022-05-21")
    save()
    assert wired.window.adding.form is form
    assert focused() is form.fields.title.edits["ko"]
    assert "제목" in form.fields.title.told.text()
    assert focused().accessibleDescription() == form.fields.title.told.text()
    assert not is_open(QMessageBox)


def test_a_wrong_date_gets_the_focus_and_nothing_is_saved(wired: Wired) -> None:
    form = begin(wired)
    write(focused(), "한미 정상 통화")
    form.fields.date.line.setFocus()
    write(focused(), "2022-13-40")
    form.fields.marking.line.setFocus()
    save()
    assert focused() is form.fields.date.line
    assert len(wired.document.timeline.columns) == 109


def test_an_event_without_a_date_waits_in_the_list_at_the_left(wired: Wired) -> None:
    side = wired.window.side
    assert side.undated.isHidden()
    before = (wired.state.start, wired.state.end)
    ref = title_event(wired, "방위비 협의")
    assert side.undated.isVisible()
    assert side.undated_heading.text() == "날짜 미정 · 1"
    assert side.undated.item(0).text() == "방위비 협의"
    wired.selection.select(None)
    side.undated.setFocus()
    side.undated.setCurrentRow(0)
    press(side.undated, Qt.Key.Key_Return)
    assert wired.selection.ref == ref
    assert (wired.state.start, wired.state.end) == before
    press(side.undated, Qt.Key.Key_F2)
    form = form_of(wired)
    form.fields.date.line.setFocus()
    write(focused(), "2027년 봄")
    save()
    assert side.undated.isHidden()
    assert wired.document.event(ref[1]).dates[0].edtf == "2027-21"


# Editing


def test_f2_edits_what_is_selected_and_the_fact_is_said_to_be_edited(wired: Wired) -> None:
    wired.document.author = "김 대위"
    ref = find(wired, SUMMIT)
    form = edit(wired, ref)
    assert form.fields.title.both.ko == wired.document.event(ref[1]).event.title.ko
    write(form.fields.place.edits["ko"], " 용산")
    save()
    detail = wired.document.event(ref[1])
    assert detail.event.place.ko is not None
    assert "용산" in detail.event.place.ko
    assert detail.event.confidence == "edited"
    assert detail.last_edit is not None
    assert detail.last_edit.author == "김 대위"
    assert "김 대위" in shown(wired)


def test_every_shipped_event_comes_out_of_the_form_as_it_went_in(wired: Wired) -> None:
    from viewer.edits.drafts import draft_of
    from viewer.widgets.forms.event_fields import EventFields

    fields = EventFields(wired.document)
    fields.retext("ko")
    for ident in wired.document.timeline.columns.id.tolist():
        stored = draft_of(wired.document.rows_about("event", [ident]), ident)
        fields.fill(stored, {}, [])
        assert fields.typed() == stored
        assert fields.draft() == stored
        assert fields.wrong() == []


def test_the_inspector_has_a_button_that_edits(wired: Wired) -> None:
    wired.selection.select(find(wired, SUMMIT))
    settle()
    page = wired.window.inspector.page
    buttons = [each for each in page.findChildren(object) if getattr(each, "words", "") == "✎ 편집"]
    assert len(buttons) == 1
    click(buttons[0])
    assert form_of(wired).fields.title.both.en is not None


def test_saving_without_a_change_leaves_no_trace_in_the_log(wired: Wired) -> None:
    edit(wired, find(wired, SUMMIT))
    save()
    assert wired.window.adding.form is None
    assert wired.document.revertible("undo") is None


def test_what_changed_elsewhere_is_told_and_both_changes_are_kept(wired: Wired) -> None:
    ref = find(wired, SUMMIT)
    form = edit(wired, ref)
    write(form.fields.marking.line, "대외비")
    elsewhere(wired, f"UPDATE event SET importance = 1, title_ko = '회담' WHERE id = {ref[1]}")
    assert form.notice.isVisible()
    assert "다른 곳에서" in form.notice.text()
    save()
    event = wired.document.event(ref[1]).event
    assert (event.marking, event.importance, event.title.ko) == ("대외비", 1, "회담")


def test_a_field_changed_on_both_sides_is_named(wired: Wired) -> None:
    ref = find(wired, SUMMIT)
    form = edit(wired, ref)
    write(form.fields.marking.line, "대외비")
    elsewhere(wired, f"UPDATE event SET marking = '비밀' WHERE id = {ref[1]}")
    assert "취급 표시" in form.notice.text()
    wired.state.set_language("en")
    assert "Handling mark" in form.notice.text()
    save()
    assert wired.document.event(ref[1]).event.marking == "대외비"


def test_an_untouched_form_shows_what_changed_elsewhere(wired: Wired) -> None:
    ref = find(wired, SUMMIT)
    form = edit(wired, ref)
    elsewhere(wired, f"UPDATE event SET title_ko = '회담' WHERE id = {ref[1]}")
    assert form.fields.title.both.ko == "회담"
    assert form.notice_box.isHidden()


def test_an_event_deleted_meanwhile_is_added_anew_by_saving(wired: Wired) -> None:
    ref = title_event(wired, "한미 정상 통화", "2022-05-21")
    form = edit(wired, ref)
    write(form.fields.marking.line, "대외비")
    wired.window.editing.revert("undo")
    settle()
    assert "삭제" in form.notice.text()
    form.fields.marking.line.setFocus()
    save()
    assert wired.selection.ref is not None
    detail = wired.document.event(wired.selection.ref[1])
    assert detail.event.title.ko == "한미 정상 통화"
    assert detail.event.marking == "대외비"
    assert [date.edtf for date in detail.dates] == ["2022-05-21"]


@pytest.mark.parametrize("code", ["file.busy", "file.full", "file.readonly"])
def test_what_cannot_be_written_stays_in_the_form_and_is_tried_again(
    wired: Wired, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    form = begin(wired)
    write(focused(), "한미 정상 통화")
    real = type(wired.document).apply

    def refuse(self: Document, edit: Edit, initiator: object = None) -> int | None:
        raise AllianceError(code, path=self.path)

    monkeypatch.setattr(type(wired.document), "apply", refuse)
    save()
    assert wired.window.adding.form is form
    assert form.fault.isVisible()
    assert "사본.alliance" in form.fault.text()
    assert form.fields.title.both.ko == "한미 정상 통화"
    assert focused() is form.again
    assert not is_open(QMessageBox)
    monkeypatch.setattr(type(wired.document), "apply", real)
    key(Qt.Key.Key_Space)
    assert wired.window.adding.form is None
    assert wired.document.find_titles("한미 정상 통화")


# Deleting


def test_delete_asks_nothing_and_says_how_to_undo(wired: Wired) -> None:
    ref = title_event(wired, "한미 정상 통화", "2022-05-21")
    press(wired.window.canvas, Qt.Key.Key_Delete)
    assert not is_open(QMessageBox)
    assert not wired.document.has(ref)
    assert "Ctrl+Z" in wired.window.status.currentMessage()
    press(wired.window.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert wired.document.has(ref)


def test_several_events_go_in_one_step(wired: Wired) -> None:
    ids = wired.document.timeline.columns.id.tolist()
    free = [ident for ident in ids if not wired.document.event(ident).stages][:3]
    wired.selection.choose(tuple(("event", ident) for ident in free))
    press(wired.window.canvas, Qt.Key.Key_Delete)
    assert len(wired.document.timeline.columns) == 106
    press(wired.window.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(wired.document.timeline.columns) == 109


def test_an_event_that_a_stage_begins_with_stays_and_it_is_said_why(wired: Wired) -> None:
    stage = next(each for each in wired.document.timeline.stages if each.lane_id)
    wired.selection.select(("event", stage.start_event_id))
    press(wired.window.canvas, Qt.Key.Key_Delete)
    assert "단계" in told()
    assert wired.document.has(("event", stage.start_event_id))


def test_delete_in_a_field_deletes_letters(wired: Wired) -> None:
    ref = find(wired, SUMMIT)
    form = edit(wired, ref)
    form.fields.title.edits["en"].setFocus()
    key(Qt.Key.Key_Home)
    key(Qt.Key.Key_Delete)
    form.fields.kind.box.setFocus()
    key(Qt.Key.Key_Delete)
    assert wired.document.has(ref)
    assert form.fields.title.both.en is not None
    assert form.fields.title.both.en.startswith("oon-Biden")


# Where nothing can be written


def test_a_read_only_file_greys_the_commands_and_says_why(
    qtbot: QtBot, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.media.obstacle", lambda path: "read-only.folder")
    wired = open_window(qtbot, copy, language="ko")
    wired.selection.select(find(wired, SUMMIT))
    press(wired.window.canvas, Qt.Key.Key_N)
    press(wired.window.canvas, Qt.Key.Key_F2)
    press(wired.window.canvas, Qt.Key.Key_Delete)
    assert wired.window.adding.form is None
    for name in ("new-event", "edit-event", "delete-event"):
        action = wired.window.commands.actions[name]
        assert not action.isEnabled()
        assert action.toolTip() in wired.window.status.file.text()
    assert "✎" not in shown(wired)


def test_with_nothing_selected_there_is_nothing_to_edit(wired: Wired) -> None:
    actions = wired.window.commands.actions
    assert actions["new-event"].isEnabled()
    assert not actions["edit-event"].isEnabled()
    assert not actions["delete-event"].isEnabled()
    wired.selection.select(find(wired, SUMMIT))
    assert actions["edit-event"].isEnabled()
    assert actions["delete-event"].isEnabled()


# Who edited


def test_who_deleted_a_part_last_counts_as_the_editor(copy: Path) -> None:
    from db.changes import ChangeSet

    with Store.open(copy) as store:
        lane = store.timeline().lanes[0].id
        kind = store.timeline().kinds[0].id
        dates = (DateDraft("2022-05-21", primary=True), DateDraft("2022-06", "announced"))
        draft = EventDraft(Bilingual(None, "회담"), kind, (lane,), dates=dates)
        edit = events.added(draft)
        assert edit.made is not None
        ident = edit.made[1]
        store.apply(ChangeSet(edit.changes, author="김"))
        first = store.event(ident).last_edit
        assert first is not None
        assert first.author == "김"
        rows = store.rows_about("event", [ident])
        later = events.edited(
            rows, ident, EventDraft(Bilingual(None, "회담"), kind, (lane,), dates=dates[:1]), draft
        )
        store.apply(ChangeSet(later.changes, author="이"))
        last = store.event(ident).last_edit
        assert last is not None
        assert last.author == "이"


def test_a_shipped_event_was_edited_by_nobody(shipped: Path) -> None:
    with Store.open(shipped, read_only=True) as store:
        ids = store.timeline().columns.id.tolist()
        assert all(store.event(ident).last_edit is None for ident in ids[:5])
