"""The keys that are the reader's as long as it has the focus, whatever they mean in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from viewer.widgets.reader.reader import SourceReader

_NONE, _SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier


def meaning(reader: SourceReader, event: QKeyEvent) -> Callable[[], object] | None:
    """What a key does; None for one that is nobody's here."""
    finding, paging = reader.finding, reader.paging
    # A number: not every key of every keyboard has a name.
    key, held = event.key(), event.modifiers()
    every: dict[tuple[int, Qt.KeyboardModifier], Callable[[], object]] = {
        (Qt.Key.Key_Escape, _NONE): (
            finding.put_away if finding.isVisible() else reader.close_reader
        ),
        (Qt.Key.Key_F, _CONTROL): finding.begin,
        (Qt.Key.Key_F3, _NONE): lambda: finding.step(1),
        (Qt.Key.Key_F3, _SHIFT): lambda: finding.step(-1),
        (Qt.Key.Key_F9, _NONE): lambda: reader.widen_asked.emit(None),
        (Qt.Key.Key_F9, _SHIFT): reader.switch_pages,
    }
    if paging.shows:
        every[Qt.Key.Key_PageDown, _CONTROL] = lambda: paging.pane.turn(1)
        every[Qt.Key.Key_PageUp, _CONTROL] = lambda: paging.pane.turn(-1)
    return every.get((key, held & ~Qt.KeyboardModifier.KeypadModifier))
