"""What would become of each line of something that is to be imported: a model that makes words only
for the few lines in sight."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from viewer.display import theme

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from viewer.widgets.state import ViewState

    Index = QModelIndex | QPersistentModelIndex

_NOWHERE = QModelIndex()


class Planned(Protocol):
    """A line, and what would become of it."""

    @property
    def verdict(self) -> str: ...


Item = TypeVar("Item", bound=Planned)


class VerdictTable(QAbstractTableModel, Generic[Item]):
    """One row for each line that is shown; `show_verdict` says which."""

    columns: Sequence[str]
    tokens: Mapping[str, str]
    """The colours of the verdicts."""

    def __init__(self, state: ViewState) -> None:
        super().__init__()
        self._state = state
        self._items: Sequence[Item] = ()
        self._shown: Sequence[Item] = ()

    def show_items(self, items: Sequence[Item], verdict: str = "") -> None:
        """Shows the lines, or those of one verdict."""
        self.beginResetModel()
        self._items = items
        self._shown = [each for each in items if each.verdict == verdict] if verdict else items
        self.endResetModel()

    def show_verdict(self, verdict: str) -> None:
        """Shows those of a verdict, all of them for an empty one."""
        self.show_items(self._items, verdict)

    def item(self, row: int) -> Item:
        return self._shown[row]

    # What differs

    @abstractmethod
    def heading(self, column: str) -> str:
        """What stands above a column."""

    @abstractmethod
    def text(self, item: Item, column: str) -> str:
        """What stands in a column, in one line."""

    def alignment(self, _column: str) -> Qt.AlignmentFlag:
        return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

    # What Qt asks for

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self.heading(self.columns[section])
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return self.alignment(self.columns[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        item, column = self._shown[index.row()], self.columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.text(item, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(column)
        if role == Qt.ItemDataRole.ForegroundRole and (
            column == "verdict" or item.verdict == "same"
        ):
            return QColor(theme(self._state.theme)[self.tokens[item.verdict]])
        return None
