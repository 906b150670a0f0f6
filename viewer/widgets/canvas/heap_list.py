"""All events of a heap in a dialog: as many as there are, their lines made as they are seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from viewer.widgets.canvas.heaps import title
from viewer.widgets.parts.messages import hand_back
from viewer.words import n, t

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.records import Ref
    from db.timeline import Timeline
    from viewer.layout import View
    from viewer.widgets.canvas.heaps import Heap

    Index = QModelIndex | QPersistentModelIndex

_SIZE = 560, 480  # px
_NOWHERE = QModelIndex()


class _Lines(QAbstractListModel):
    def __init__(self, rows: list[int], timeline: Timeline, view: View) -> None:
        super().__init__()
        self._rows, self._timeline, self._view = rows, timeline, view

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return title(self._timeline, self._view, self._rows[index.row()])
        return None

    def ref(self, index: Index) -> Ref:
        return "event", int(self._timeline.columns.id[self._rows[index.row()]])


class HeapDialog(QDialog):
    """Enter, a double click or the button chooses an event and closes."""

    def __init__(
        self,
        heap: Heap,
        timeline: Timeline,
        view: View,
        choose: Callable[[Ref], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        hand_back(self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        language, self._choose = view.language, choose
        words = n("engine.heap", len(heap.rows), language)
        self.setWindowTitle(t("heap.title", language))
        self.label = QLabel(words)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self._lines = _Lines(heap.rows, timeline, view)
        self.list = QListView()
        self.list.setModel(self._lines)
        self.list.setUniformItemSizes(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(words)
        self.list.setCurrentIndex(self._lines.index(0))
        self.list.doubleClicked.connect(self._take)
        self.show_it, self.leave = QPushButton(), QPushButton()
        self.show_it.setText(t("heap.show", language))
        self.show_it.setProperty("primary", "true")
        self.show_it.setDefault(True)
        self.show_it.clicked.connect(self._take)
        self.leave.setText(t("button.cancel", language))
        self.leave.clicked.connect(self.reject)
        self._arrange()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(self.label)
        column.addWidget(self.list, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.leave)
        row.addWidget(self.show_it)
        column.addLayout(row)
        self.resize(*_SIZE)
        self.list.setFocus()

    def _take(self) -> None:
        index = self.list.currentIndex()
        if index.isValid():
            self.accept()
            self._choose(self._lines.ref(index))
