"""What would become of each annotation or reference of a document: a model of lines."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from viewer.edits.annotating import PlannedQuote
from viewer.widgets.files.exchange_words import SIGNS, remark
from viewer.widgets.files.verdict_table import VerdictTable
from viewer.words import explain, t

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.records import Bilingual
    from viewer.edits.referring import PlannedSource
    from viewer.widgets.state import ViewState

    Item = PlannedQuote | PlannedSource


class ExchangeTable(VerdictTable["Item"]):
    """One row for each that is shown."""

    columns = ("verdict", "words", "source", "what", "where")
    tokens = MappingProxyType(
        {"added": "supports", "same": "muted", "kept": "accent", "refused": "dispute"}
    )

    def __init__(self, titles: Mapping[int, Bilingual], state: ViewState) -> None:
        """`titles` are those of the sources of the file."""
        super().__init__(state)
        self._titles = titles

    # Words

    def heading(self, column: str) -> str:
        return t(f"exchange.column.{column}", self._state.language)

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
