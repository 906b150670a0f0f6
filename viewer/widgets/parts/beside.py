"""Where a dialog stands that leads to places in the window: it leaves their panel free."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

_PANEL = 384  # px at the right of the window that stay free where there is room
_LEAST = 620  # px of width, whatever stays free
_AWAY = QPoint(16, 96)  # from the corner of the window: its menus stay in reach


def place_beside(dialog: QDialog, wanted: QSize) -> None:
    """Shows a dialog in its size at the left of its window, in front, with the keyboard."""
    room = QApplication.primaryScreen().availableGeometry()
    parent = dialog.parentWidget()
    if not dialog.isVisible() and parent is not None:
        window = parent.window().geometry()
        left = max(window.left() + _AWAY.x(), room.left())
        top = max(window.top() + _AWAY.y(), room.top())
        width = min(wanted.width(), max(window.right() - _PANEL - left, _LEAST))
        dialog.resize(width, min(wanted.height(), room.bottom() - top - 20))
        dialog.move(left, top)
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()
