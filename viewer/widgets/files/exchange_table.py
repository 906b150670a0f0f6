"""What would become of each annotation or reference of a document: a model of lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from viewer.display import theme
from viewer.edits.annotating import PlannedQuote
from viewer.widgets.files.exchange_words import SIGNS, remark
from viewer.words import explain, t

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from db.records import Bilingual
    from viewer.edits.referring import PlannedSource
    from viewer.widgets.state import ViewState

    Index = QModelIndex | QPersistentModelIndex
    Item = PlannedQuote | PlannedSource

COLUMNS = ("verdict", "words", "source", "what", "where")
_TOKENS = {"added": "supports", "same": "muted", "kept": "accent", "refused": "dispute"}
_NOWHERE = QModelIndex()


class ExchangeTable(QAbstractTableModel):
    """One row for each that is shown; `show_verdict` says which."""

    def __init__(self, titles: Mapping[int, Bilingual], state: ViewState) -> None:
        """`titles` are those of the sources of the file."""
        super().__init__()
        self._titles, self._state = titles, state
        self._items: Sequence[Item] = ()
        self._shown: Sequence[Item] = ()

    def show_items(self, items: Sequence[Item], verdict: str = "") -> None:
        """Shows the items, or those of one verdict."""
        self.beginResetModel()
        self._items = items
        self._shown = [each for each in items if each.verdict == verdict] if verdict else items
        self.endResetModel()

    def show_verdict(self, verdict: str) -> None:
        """Shows those of a verdict, all of them for an empty one."""
        self.show_items(self._items, verdict)

    def item(self, row: int) -> Item:
        return self._shown[row]

    # What Qt asks for

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return t(f"exchange.column.{COLUMNS[section]}", self._state.language)
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        item, column = self._shown[index.row()], COLUMNS[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.text(item, column)
        if role == Qt.ItemDataRole.ForegroundRole and (
            column == "verdict" or item.verdict == "same"
        ):
            return QColor(theme(self._state.theme)[_TOKENS[item.verdict]])
        return None

    # Words

    def text(self, item: Item, column: str) -> str:
        """What stands in a column, in one line."""
        language = self._state.language
        if column == "where":
            return item.where
        if column == "verdict":
            return f"{SIGNS[item.verdict]} {t(f'exchange.verdict.{item.verdict}', language)}"
        if column == "words":
            if isinstance(item, PlannedQuote):
                return f"“{item.exact}”" if item.exact else "–"
            return " ".join(item.title.text(language).split()) if item.title else "–"
        if column == "source":
            title = self._titles.get(item.source_id or 0)
            return " ".join(title.text(language).split()) if title else "–"
        return " · ".join(" ".join(each.split()) for each in self.reasons(item))

    def reasons(self, item: Item) -> list[str]:
        """Why it is refused, or what is to be known of it."""
        language = self._state.language
        if item.error is not None:
            return [explain(item.error, language)]
        if item.verdict == "kept":
            return [t("exchange.kept", language)]
        if isinstance(item, PlannedQuote):
            return [remark(each, language) for each in item.remarks]
        return []
