"""What was being written waits, of whatever kind, and can be gone on with one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from db.store import Store
from tests.helpers import click, dialog, fill, is_open, open_window, press, settle, write
from tests.widgets.forming import begin, focused, form_of
from viewer.edits.stages import stage_deleted
from viewer.widgets.forms.stage_form import StageForm

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from viewer.app import Wired

CONTINUE = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def wired(qtbot: QtBot, copy: Path) -> Wired:
    return open_window(qtbot, copy, language="ko")


def go_on(wired: Wired) -> None:
    press(wired.window.canvas, Qt.Key.Key_N, CONTINUE)


def select(wired: Wired, slug: str) -> None:
    assert wired.document.path is not None
    with Store.open(wired.document.path, read_only=True) as store:
        found = store.find_event(slug)
    wired.selection.select(("event", found))
    settle()


def write_note(wired: Wired, slug: str, words: str) -> None:
    """Begins a note, and leaves it unsaved."""
    select(wired, slug)
    press(wired.window.canvas, Qt.Key.Key_M)
    form = wired.window.noting.form
    assert form is not None
    write(form.editor.field, words)
    press(form.editor.field, Qt.Key.Key_Escape)


def write_stage(wired: Wired, title: str) -> int:
    """Types into the form of a stage; its id. The form stays open."""
    stage = next(each for each in wired.document.timeline.stages if each.lane_id is not None)
    wired.window.organising.edit_stage(stage.id)
    settle()
    form = dialog(StageForm)
    fill(form.title.edits["ko"], title)
    assert form._keeper.flush() == "kept"
    return stage.id


def reopened(qtbot: QtBot, wired: Wired, copy: Path) -> Wired:
    """The window at the next start, after one that ended without a word to anybody."""
    for form in wired.window.findChildren(StageForm):
        form.done(0)
    wired.window.close()
    wired.close()
    return open_window(qtbot, copy, language="ko")


def test_every_note_that_waits_can_be_gone_on_with(wired: Wired) -> None:
    write_note(wired, "korus-signed", "첫째 메모")
    write_note(wired, "sofa-1966", "둘째 메모")
    bar = wired.window.resuming.bar
    assert bar.isVisible()
    assert "1건" in bar.told.text()
    newest, older = bar.list.actions()
    assert "주둔군" in newest.text()
    older.trigger()
    settle()
    form = wired.window.noting.form
    assert form is not None
    assert form.editor.text() == "첫째 메모"
    assert "1건" not in bar.told.text()


def test_the_key_goes_on_with_the_newest_of_any_kind(wired: Wired) -> None:
    begin(wired)
    write(focused(), "한미 정상 통화")
    press(focused(), Qt.Key.Key_Escape)
    write_note(wired, "korus-signed", "서명식 메모")
    go_on(wired)
    form = wired.window.noting.form
    assert form is not None
    assert form.editor.text() == "서명식 메모"
    click(form.discard)
    go_on(wired)
    assert form_of(wired).fields.title.both.ko == "한미 정상 통화"
    click(form_of(wired).discard)
    assert not wired.window.commands.actions["continue-draft"].isEnabled()
    assert wired.window.resuming.bar.isHidden()


def test_a_stage_that_was_being_edited_is_offered_at_the_next_start(
    qtbot: QtBot, wired: Wired, copy: Path
) -> None:
    write_stage(wired, "포괄적 전략동맹")
    again = reopened(qtbot, wired, copy)
    bar = again.window.resuming.bar
    assert bar.isVisible()
    assert "‘포괄적 전략동맹’" in bar.told.text()
    click(bar.resume)
    assert dialog(StageForm).title.both.ko == "포괄적 전략동맹"
    press(dialog(StageForm), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert not is_open(StageForm)
    assert any(each.title.ko == "포괄적 전략동맹" for each in again.document.timeline.stages)
    assert bar.isHidden()


def test_a_stage_deleted_since_its_draft_is_begun_anew(
    qtbot: QtBot, wired: Wired, copy: Path
) -> None:
    stage_id = write_stage(wired, "포괄적 전략동맹")
    again = reopened(qtbot, wired, copy)
    again.document.apply(stage_deleted(again.document.rows_about("stage", [stage_id]), stage_id))
    settle()
    before = len(again.document.timeline.stages)
    click(again.window.resuming.bar.resume)
    assert dialog(StageForm).title.both.ko == "포괄적 전략동맹"
    press(dialog(StageForm), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert len(again.document.timeline.stages) == before + 1


def test_a_note_on_the_same_event_is_not_offered_while_it_is_written(wired: Wired) -> None:
    write_note(wired, "korus-signed", "서명식 메모")
    bar = wired.window.resuming.bar
    click(bar.resume)
    assert bar.isHidden()
    form = wired.window.noting.form
    assert form is not None
    press(form.editor.field, Qt.Key.Key_Escape)
    assert bar.isVisible()
