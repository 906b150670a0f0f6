"""A layout that fills rows one after the other, as words fill lines."""

from __future__ import annotations

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class Flow(QLayout):
    """Widgets side by side while there is room, then in the next row; `gap` in px."""

    def __init__(self, gap: int = 6) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(QMargins(0, 0, 0, 0))

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802 - Qt's own name
        self._items.append(item)

    def add(self, widget: QWidget) -> None:
        self.addWidget(widget)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's own name
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's own name
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802 - Qt's own name
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's own name
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's own name
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802 - Qt's own name
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        width = sum(item.sizeHint().width() + self._gap for item in self._items)
        return QSize(width, self._arrange(QRect(0, 0, max(width, 1), 0), move=False))

    def minimumSize(self) -> QSize:  # noqa: N802 - Qt's own name
        return QSize(24, 0)

    def _arrange(self, area: QRect, *, move: bool) -> int:
        """Puts the widgets into rows as wide as `area`; gives the height of all rows."""
        x, y, row = area.x(), area.y(), 0
        for item in self._items:
            wanted = item.sizeHint()
            width = min(wanted.width(), area.width())
            height = item.heightForWidth(width) if item.hasHeightForWidth() else wanted.height()
            if x > area.x() and x + width > area.x() + area.width():
                x, y, row = area.x(), y + row + self._gap, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), QSize(width, height)))
            x, row = x + width + self._gap, max(row, height)
        return y + row - area.y()
