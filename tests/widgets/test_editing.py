"""Editing in the window: what is shown follows the file, undo says what it will undo."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from db.changes import ChangeSet, Update
from db.store import Store
from tests.helpers import open_window, press, settle, told
from viewer.edits import events

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from viewer.app import Wired

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def wired(qtbot: QtBot, copy: Path) -> Wired:
    return open_window(qtbot, copy)


def event_of(wired: Wired, slug: str) -> int:
    assert wired.document.path is not None
    with Store.open(wired.document.path, read_only=True) as store:
        found = store.find_event(slug)
    assert found is not None
    return found


def delete(wired: Wired, slug: str) -> int:
    event = event_of(wired, slug)
    wired.window.editing.apply(events.deleted(wired.document.rows_about("event", [event])))
    settle()
    return event


def undo_text(wired: Wired, key: str = "undo") -> str:
    return wired.window.commands.actions[key].text()


def shown(wired: Wired) -> int:
    return wired.window.canvas.display().counts["shown"]


def test_an_edit_shows_at_once_in_picture_panel_and_inspector(wired: Wired) -> None:
    before = shown(wired)
    wired.selection.select(("event", event_of(wired, "ipef-launch-2022")))
    delete(wired, "ipef-launch-2022")
    assert shown(wired) == before - 1
    assert wired.selection.ref is None
    assert wired.window.inspector.page.ref is None


def test_undo_and_redo_go_by_keys_and_say_what_they_do(wired: Wired) -> None:
    assert not wired.window.commands.actions["undo"].isEnabled()
    before = shown(wired)
    delete(wired, "ipef-launch-2022")
    assert "Delete" in undo_text(wired)
    assert "IPEF" in undo_text(wired)
    press(wired.window.canvas, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert "인도" in undo_text(wired)
    press(wired.window.canvas, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    press(wired.window.canvas, Qt.Key.Key_Z, CTRL)
    assert shown(wired) == before
    assert not wired.window.commands.actions["undo"].isEnabled()
    assert "Delete" in undo_text(wired, "redo")
    press(wired.window.canvas, Qt.Key.Key_Z, CTRL | SHIFT)
    assert shown(wired) == before - 1


def test_undo_reaches_back_before_the_file_was_opened(qtbot: QtBot, copy: Path) -> None:
    with Store.open(copy) as store:
        event = store.find_event("korus-signed")
        assert event is not None
        change = Update("event", event, {"title_ko": "고친 제목"})
        store.apply(ChangeSet((change,), label="edit-event: 고친 제목", author="김철수"))
    wired = open_window(qtbot, copy, language="ko")
    assert "고친 제목" in undo_text(wired)
    assert "김철수" in undo_text(wired)
    press(wired.window.canvas, Qt.Key.Key_Z, CTRL)
    assert wired.document.event(event).event.title.ko != "고친 제목"


def test_a_change_by_another_program_is_seen_and_can_be_undone(wired: Wired, copy: Path) -> None:
    event = event_of(wired, "korus-signed")
    wired.selection.select(("event", event))
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("UPDATE event SET title_ko = '밖에서 고침' WHERE id = ?", (event,))
    wired.window.editing.look_elsewhere()
    settle()
    assert wired.document.event(event).event.title.ko == "밖에서 고침"
    assert "elsewhere" in wired.window.status.currentMessage()
    assert "another program" in undo_text(wired)
    press(wired.window.canvas, Qt.Key.Key_Z, CTRL)
    assert wired.document.event(event).event.title.ko != "밖에서 고침"


def test_our_own_edit_is_not_taken_for_one_made_elsewhere(wired: Wired) -> None:
    delete(wired, "ipef-launch-2022")
    assert not wired.document.follow()


def test_an_edit_that_cannot_be_written_is_told_and_changes_nothing(
    wired: Wired, copy: Path
) -> None:
    before = shown(wired)
    with closing(sqlite3.connect(copy, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        event = event_of(wired, "ipef-launch-2022")
        edit = events.deleted(wired.document.rows_about("event", [event]))
        assert not wired.window.editing.apply(edit)
        settle()
        assert told()
    assert shown(wired) == before
    assert wired.window.editing.apply(edit)
    assert shown(wired) == before - 1


def test_a_filter_on_what_is_gone_asks_for_all_again(wired: Wired) -> None:
    lane = wired.document.timeline.lanes[0]
    wired.state.show_lanes([lane.key])
    assert wired.document.path is not None
    with closing(sqlite3.connect(wired.document.path)) as connection, connection:
        connection.execute("UPDATE lane SET key = 'defence' WHERE id = ?", (lane.id,))
    wired.window.editing.look_elsewhere()
    settle()
    assert wired.state.filter.lanes == ()
    assert shown(wired) > 0
