"""The rows of a table that is to be imported, and what would become of each: a model that makes
words only for the few rows in sight."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from db.errors import AllianceError
from viewer.edits.facts import SEPARATOR
from viewer.widgets.files.verdict_table import VerdictTable
from viewer.words import explain, t, term
from viewer.words.dates import edtf_words

if TYPE_CHECKING:
    from db.timeline import Timeline
    from viewer.edits.importing import FieldChange, PlannedRow
    from viewer.widgets.state import ViewState


COLUMNS = ("line", "verdict", "date", "title", "lane", "what")
SIGNS: dict[str, str] = {"added": "+", "changed": "~", "same": "=", "refused": "!"}
_NAMED = ("lane", "kind")  # fields whose values are keys of things that have names
_SHOWN = ("date", "lane")  # fields that have a column of their own


class ImportTable(VerdictTable["PlannedRow"]):
    """One row for each that is shown."""

    columns = COLUMNS
    tokens = MappingProxyType(
        {"added": "supports", "changed": "accent", "same": "muted", "refused": "dispute"}
    )

    def __init__(self, timeline: Timeline, state: ViewState) -> None:
        super().__init__(state)
        self._names = {
            "lane": {lane.key: lane.name for lane in timeline.lanes},
            "kind": {kind.key: kind.name for kind in timeline.kinds},
        }

    def alignment(self, column: str) -> Qt.AlignmentFlag:
        if column == "line":
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return super().alignment(column)

    # Words

    def heading(self, column: str) -> str:
        return t(f"importing.column.{column}", self._state.language)

    def text(self, row: PlannedRow, column: str) -> str:
        """What stands in a column, in one line."""
        language = self._state.language
        if column == "line":
            return str(row.line)
        if column == "verdict":
            return f"{SIGNS[row.verdict]} {t(f'importing.verdict.{row.verdict}', language)}"
        if column == "date":
            return self._value("date", row.date)
        if column == "title":
            return " ".join(row.title.text(language).split())
        if column == "lane":
            return self._value("lane", SEPARATOR.join(row.lanes))
        return " · ".join(" ".join(each.split()) for each in self.reasons(row))

    def reasons(self, row: PlannedRow) -> list[str]:
        """Why a row is refused, what it changes, or what else it says of a new event."""
        if row.error is not None:
            return [explain(row.error, self._state.language)]
        if row.verdict == "added":
            title = row.title.text(self._state.language)
            return [
                self._said(field, value)
                for field, value in row.cells.items()
                if field not in _SHOWN and value != title
            ]
        return [self._change(change) for change in row.fields]

    def _said(self, field: str, value: str) -> str:
        language = self._state.language
        name = t(f"importing.field.{field}", language)
        return t("importing.said", language, field=name, value=self._value(field, value))

    def _change(self, change: FieldChange) -> str:
        language = self._state.language
        field = t(f"importing.field.{change.field}", language)
        old, new = (self._value(change.field, value) for value in (change.old, change.new))
        if not old:
            return t("importing.filled", language, field=field, new=new)
        return t("importing.changed", language, field=field, old=old, new=new)

    def _value(self, field: str, value: str) -> str:
        """A cell as people say it; what is no date and no key stays as it is written."""
        language = self._state.language
        if field in _NAMED:
            names = self._names[field]
            parts = (names[key].text(language) if key in names else key
                     for key in value.split(SEPARATOR))  # fmt: skip
            return ", ".join(parts)
        if field == "tags":
            return value.replace(SEPARATOR, ", ")
        if field == "status" and value:
            return term("status", value, language)
        if field == "date" and value:
            try:
                return edtf_words(value, language)
            except AllianceError:
                return value
        return value
