"""Notes: written beside the timeline, kept as drafts, shown as callouts that stay there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from db.errors import AllianceError
from db.store import Store
from tests.helpers import click, open_window, press, settle, texts_of, told, write
from tests.widgets.pointing import drag
from viewer.display import Rect
from viewer.widgets.parts.text_buttons import TextButton

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from db.records import Note
    from viewer.app import Wired
    from viewer.widgets.forms.note_form import NoteForm

CTRL = Qt.KeyboardModifier.ControlModifier
WORDS = "**서명식**은 백악관에서 열렸다."


@pytest.fixture
def wired(qtbot: QtBot, copy: Path) -> Wired:
    return open_window(qtbot, copy, size=(1600, 1000))


def event(wired: Wired, slug: str = "korus-signed") -> int:
    assert wired.document.path is not None
    with Store.open(wired.document.path, read_only=True) as store:
        found = store.find_event(slug)
    assert found is not None
    return found


def form(wired: Wired) -> NoteForm:
    found = wired.window.noting.form
    assert found is not None
    return found


def begin(wired: Wired) -> NoteForm:
    """Presses M with the event selected."""
    wired.selection.select(("event", event(wired)))
    settle()
    press(wired.window.canvas, Qt.Key.Key_M)
    return form(wired)


def written(wired: Wired, *, callout: bool = False) -> Note:
    """Writes a note by keys alone."""
    found = begin(wired)
    write(found.editor.field, WORDS)
    if callout:
        found.callout.setFocus()
        press(found.callout, Qt.Key.Key_Space)
    press(found.editor.field, Qt.Key.Key_Return, CTRL)
    (note,) = wired.document.event(event(wired)).notes
    return note


def box_of(wired: Wired, note: Note) -> Rect:
    (found,) = [
        item
        for item in wired.window.canvas.display().items
        if isinstance(item, Rect) and item.ref == ("note", note.id)
    ]
    return found


def middle(found: Rect) -> QPoint:
    return QPoint(round(found.x + found.w / 2), round(found.y + found.h / 2))


def pressed(wired: Wired, name: str) -> None:
    (button,) = [
        each
        for each in wired.window.inspector.page.findChildren(TextButton)
        if each.accessibleName().startswith(name)
    ]
    click(button)


def changesets(wired: Wired) -> int:
    assert wired.document.path is not None
    with Store.open(wired.document.path, read_only=True) as store:
        return len(store.changesets())


def test_a_note_is_written_by_keys_alone_and_shown_in_the_inspector(wired: Wired) -> None:
    note = written(wired)
    assert (note.text, note.callout_x) == (WORDS, None)
    assert note.author
    assert wired.window.noting.form is None
    pressed(wired, "Edit the note")
    assert form(wired).editor.text() == WORDS
    assert "서명식" in form(wired).editor.preview.toPlainText()


def test_escape_keeps_what_was_written_and_the_next_time_goes_on(wired: Wired) -> None:
    found = begin(wired)
    write(found.editor.field, WORDS)
    press(found.editor.field, Qt.Key.Key_Escape)
    assert wired.document.event(event(wired)).notes == ()
    assert begin(wired).editor.text() == WORDS
    click(form(wired).discard)
    assert begin(wired).editor.text() == ""


def test_a_draft_that_cannot_be_kept_is_told_in_the_form(
    wired: Wired, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = begin(wired)

    def full(path: Path, data: bytes) -> None:
        raise AllianceError("export.full", path=path)

    monkeypatch.setattr("viewer.widgets.forms.drafts.write_atomically", full)
    write(found.editor.field, WORDS)
    press(found.editor.field, Qt.Key.Key_Escape)
    wired.window.close()
    assert wired.window.isVisible()
    assert form(wired) is found
    assert "cannot be kept as a draft" in found.fault.text()
    monkeypatch.undo()
    assert wired.window.noting.flush()
    assert found.fault.isHidden()


def test_a_note_that_was_being_written_is_offered_at_the_next_start(
    qtbot: QtBot, copy: Path
) -> None:
    first = open_window(qtbot, copy)
    write(begin(first).editor.field, WORDS)
    first.window.close()
    first.close()
    again = open_window(qtbot, copy, language="ko")
    bar = again.window.resuming.bar
    assert bar.isVisible()
    title = again.document.event(event(again)).event.title.ko
    assert any(title and title in text for text in texts_of(bar))
    click(bar.resume)
    assert form(again).editor.text() == WORDS
    press(form(again).editor.field, Qt.Key.Key_Return, CTRL)
    assert [each.text for each in again.document.event(event(again)).notes] == [WORDS]
    assert not bar.isVisible()


def test_words_whose_event_is_gone_are_not_thrown_away_without_a_question(wired: Wired) -> None:
    target = event(wired, "first-sma-1991")
    wired.selection.select(("event", target))
    press(wired.window.canvas, Qt.Key.Key_M)
    write(form(wired).editor.field, WORDS)
    press(form(wired).editor.field, Qt.Key.Key_Escape)
    press(wired.window.canvas, Qt.Key.Key_Delete)
    assert not wired.document.has(("event", target))
    bar = wired.window.resuming.bar
    click(bar.resume)
    assert WORDS in told()
    press(wired.window.canvas, Qt.Key.Key_Z, CTRL)
    click(bar.resume)
    assert form(wired).editor.text() == WORDS


def test_a_note_without_words_says_so_and_stays_open(wired: Wired) -> None:
    found = begin(wired)
    write(found.editor.field, "   ")
    press(found.editor.field, Qt.Key.Key_Return, CTRL)
    assert "no words" in found.fault.text()
    assert wired.window.noting.form is found


def test_a_callout_goes_on_the_picture_and_off_it(wired: Wired) -> None:
    note = written(wired)
    before = changesets(wired)
    pressed(wired, "Show on the picture")
    (note,) = wired.document.event(event(wired)).notes
    assert box_of(wired, note)
    pressed(wired, "Take off the picture")
    assert changesets(wired) == before + 2
    assert wired.document.timeline.callouts == ()
    pressed(wired, "Delete the note")
    assert wired.document.event(event(wired)).notes == ()
    press(wired.window.canvas, Qt.Key.Key_Z, CTRL)
    assert wired.document.event(event(wired)).notes != ()


def test_a_callout_is_dragged_in_one_step_and_escape_drops_it(wired: Wired) -> None:
    note = written(wired, callout=True)
    canvas = wired.window.canvas
    first, before = box_of(wired, note), changesets(wired)
    for drops in (True, False):
        QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=middle(first))
        for step in (10, 40, 90):
            QTest.mouseMove(canvas, middle(first) - QPoint(step, -step // 3))
            settle()
        if drops:
            press(canvas, Qt.Key.Key_Escape)
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=middle(first) - QPoint(90, -30))
        settle()
        assert changesets(wired) == before + (0 if drops else 1)
    moved = box_of(wired, note)
    assert (round(moved.x - first.x), round(moved.y - first.y)) == (-90, 30)
    press(canvas, Qt.Key.Key_Z, CTRL)
    assert box_of(wired, note) == first


@pytest.mark.parametrize("end", [QPoint(3, 200), QPoint(5000, 300), QPoint(-400, 5000)])
def test_a_callout_that_is_dropped_outside_stays_in_the_picture(wired: Wired, end: QPoint) -> None:
    note = written(wired, callout=True)
    canvas = wired.window.canvas
    drag(canvas, middle(box_of(wired, note)), end)
    moved = box_of(wired, note)
    assert moved.x >= 0
    assert moved.x + moved.w <= canvas.width()


def test_keys_move_the_callout_of_what_is_selected(wired: Wired) -> None:
    note = written(wired, callout=True)
    first = box_of(wired, note)
    held = CTRL | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
    press(wired.window.canvas, Qt.Key.Key_Left, held)
    press(wired.window.canvas, Qt.Key.Key_Down, held)
    moved = box_of(wired, note)
    assert (round(moved.x - first.x), round(moved.y - first.y)) == (-10, 10)


@pytest.mark.parametrize(
    ("key", "back"),
    [
        (Qt.Key.Key_Left, Qt.Key.Key_Right),
        (Qt.Key.Key_Right, Qt.Key.Key_Left),
        (Qt.Key.Key_Up, Qt.Key.Key_Down),
        (Qt.Key.Key_Down, Qt.Key.Key_Up),
    ],
)
def test_keys_do_not_push_a_callout_off_the_picture(
    wired: Wired, key: Qt.Key, back: Qt.Key
) -> None:
    note = written(wired, callout=True)
    held = CTRL | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
    canvas = wired.window.canvas
    here = box_of(wired, note)
    near = {  # a few presses from the edge
        Qt.Key.Key_Left: (25.0, here.y),
        Qt.Key.Key_Right: (canvas.width() - here.w - 25.0, here.y),
        Qt.Key.Key_Up: (here.x, 25.0),
        Qt.Key.Key_Down: (here.x, canvas.height() - here.h - 25.0),
    }
    wired.window.noting.drag(note, near[key])
    last = None
    while (now := box_of(wired, note)) != last:
        last = now
        press(canvas, key, held)
    assert 0 <= now.x <= canvas.width() - now.w
    assert 0 <= now.y <= canvas.height() - now.h
    before = changesets(wired)
    press(canvas, key, held)
    assert changesets(wired) <= before + 1
    press(canvas, back, held)
    then = box_of(wired, note)
    assert abs(then.x - now.x) + abs(then.y - now.y) > 5


def test_what_was_told_in_the_other_language_does_not_stay(wired: Wired) -> None:
    written(wired)
    assert "서명식은 백악관에서 열렸다." in wired.window.status.currentMessage()
    assert "**" not in wired.window.status.currentMessage()
    wired.state.set_language("ko")
    assert wired.window.status.currentMessage() == ""
