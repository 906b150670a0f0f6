"""Tables to read and choose from, and the field beside them for a text that no cell holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtWidgets import QHeaderView, QPlainTextEdit, QTableView

from viewer.words import t

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel
    from PySide6.QtGui import QResizeEvent

    from db.records import Language

    Index = QModelIndex | QPersistentModelIndex

_OTHERS = 2 / 3  # of the width, for the columns that have a width of their own
_NOWHERE = QModelIndex()
_SHOWN, _SPOKEN = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole


class Table(QAbstractTableModel):
    """A table whose rows are taken from an iterator as they are scrolled to."""

    headings: tuple[str, ...] = ()

    def __init__(self) -> None:
        super().__init__()
        self.language: Language = "en"
        self._more = False

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.headings)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Horizontal and role == _SHOWN:
            return t(self.headings[section], self.language)
        return None

    def cells(self, row: int) -> tuple[str, ...]:
        """The texts of a row."""
        raise NotImplementedError

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == _SHOWN:
            return " ".join(self.cells(index.row())[index.column()].split())
        if role == _SPOKEN:
            named = zip(self.headings, self.cells(index.row()), strict=True)
            return ", ".join(f"{t(key, self.language)}: {cell}" for key, cell in named)
        return None

    def canFetchMore(self, parent: Index) -> bool:  # noqa: N802 - Qt's own name
        return self._more and not parent.isValid()


class RowTable(QTableView):
    """A table of whole rows, one of which is chosen; Tab leaves it. `letters` are the widths of
    the columns in figures, 0 for the one that takes what is left: a third at least, where the
    others have to give way."""

    def __init__(self, model: QAbstractItemModel, letters: tuple[int, ...]) -> None:
        super().__init__()
        self._letters = letters
        self.setModel(model)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(letters.index(0), QHeaderView.ResizeMode.Stretch)
        self._measure()

    def _measure(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 10)
        self._share_out()

    def _share_out(self) -> None:
        figure = self.fontMetrics().horizontalAdvance("0")
        wanted = {
            place: number * figure + 14 for place, number in enumerate(self._letters) if number
        }
        share = min(1.0, _OTHERS * self.viewport().width() / max(sum(wanted.values()), 1))
        for place, width in wanted.items():
            self.setColumnWidth(place, round(width * share))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_out()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure()

    def moveCursor(  # noqa: N802 - Qt's own name
        self, action: QTableView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Home and End mean the first and the last row: a row has no cells to go to."""
        actions = QTableView.CursorAction
        if action in (actions.MoveHome, actions.MoveEnd):
            last = self.model().rowCount() - 1
            return self.model().index(0 if action == actions.MoveHome else last, 0)
        return super().moveCursor(action, modifiers)

    def choose(self, place: int) -> None:
        """Makes a row the current one."""
        flags = QItemSelectionModel.SelectionFlag
        index = self.model().index(place, 0)
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)


def reading_field() -> QPlainTextEdit:
    """A field to read a long text in; Tab leaves it."""
    field = QPlainTextEdit()
    field.setReadOnly(True)
    field.setTabChangesFocus(True)
    return field
