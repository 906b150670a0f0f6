"""Quotes in the window: from a passage to a saved event, by the keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from tests.helpers import open_window, settle, write
from tests.widgets.forming import CTRL, focused, key

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from viewer.app import Wired
    from viewer.widgets.sources.quote_form import QuoteForm

SHIFT = Qt.KeyboardModifier.ShiftModifier


def form_of(wired: Wired) -> QuoteForm:
    form = wired.window.quoting.form
    assert form is not None, "no form of a quote is open"
    return form


def read(wired: Wired) -> int:
    """Opens the shipped article; gives its id."""
    source_id = wired.document.sources()[0].id
    wired.window.show_source(source_id)
    settle()
    return source_id


def test_twelve_keys_from_a_passage_to_a_new_event_with_its_quote(qtbot: QtBot, copy: Path) -> None:
    wired = open_window(qtbot, copy, language="ko")
    read(wired)
    pressed = 0

    def tap(which: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        nonlocal pressed
        pressed += 1
        key(which, modifiers)

    alt_shift = Qt.KeyboardModifier.AltModifier | SHIFT
    tap(Qt.Key.Key_Down)
    tap(Qt.Key.Key_Right, alt_shift)
    exact = wired.window.reader.text.chosen_text
    tap(Qt.Key.Key_Q)
    form_of(wired)
    write(focused(), "용산 브리핑")
    tap(Qt.Key.Key_Return)
    tap(Qt.Key.Key_Return, CTRL)
    assert wired.window.quoting.form is None
    assert pressed <= 12
    ref = wired.selection.ref
    assert ref is not None
    assert ref[0] == "event"
    detail = wired.document.event(ref[1])
    assert detail.event.title.ko == "용산 브리핑"
    assert [each.edtf for each in detail.dates] == ["2022-05-18"]
    assert [each.quote.exact for each in detail.quotes] == [exact]
    wired.document.revert("undo")
    assert not wired.document.has(ref)
