"""Selecting in a text by whole words, sentences and paragraphs, from the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor

from viewer.edits import stretches

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from viewer.edits.stretches import Unit
    from viewer.widgets.reader.long_text import LongText

_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CTRL = Qt.KeyboardModifier.ControlModifier | _SHIFT
_ALT = Qt.KeyboardModifier.AltModifier | _SHIFT
_KEYS: dict[tuple[Qt.KeyboardModifier, int], tuple[Unit, bool]] = {
    (_CTRL, Qt.Key.Key_Left): ("word", False),
    (_CTRL, Qt.Key.Key_Right): ("word", True),
    (_ALT, Qt.Key.Key_Left): ("sentence", False),
    (_ALT, Qt.Key.Key_Right): ("sentence", True),
    (_CTRL, Qt.Key.Key_Up): ("paragraph", False),
    (_CTRL, Qt.Key.Key_Down): ("paragraph", True),
}
_KINDS = _SHIFT | Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


def select_by_key(edit: LongText, event: QKeyEvent) -> bool:
    """Takes the keys that carry a selection on by a unit: Ctrl+Shift with the arrows by words and
    paragraphs, Alt+Shift by sentences. Forward a new selection begins where the unit begins. False
    for any other key."""
    found = _KEYS.get((event.modifiers() & _KINDS, event.key()))
    if found is None:
        return False
    unit, forward = found
    cursor, text = edit.textCursor(), edit.stored
    place = edit.positions.from_qt(cursor.position())
    if forward:
        to = stretches.next_end(text, place, unit)
        if not cursor.hasSelection():
            start = max(stretches.whole(text, place, place, unit)[0], 0)
            begins = start if start < to else stretches.next_start(text, place, unit)
            cursor.setPosition(edit.positions.to_qt(begins))
    else:
        to = stretches.previous_start(text, place, unit)
    cursor.setPosition(edit.positions.to_qt(to), QTextCursor.MoveMode.KeepAnchor)
    edit.setTextCursor(cursor)
    return True
