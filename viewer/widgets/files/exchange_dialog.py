"""What the import of quotes or references would do, one by one, before anything is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
)

from viewer.edits.annotating import VERDICTS
from viewer.widgets.files.exchange_table import ExchangeTable
from viewer.widgets.files.exchange_words import SIGNS
from viewer.widgets.files.work_dialog import WorkDialog
from viewer.widgets.parts.switch import Switch
from viewer.widgets.parts.tables import RowTable, reading_field
from viewer.words import n, t

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QModelIndex
    from PySide6.QtWidgets import QWidget

    from db.details import SourceRow
    from viewer.widgets.files.exchange_reading import Reading
    from viewer.widgets.parts.steps import Steps
    from viewer.widgets.state import ViewState

ALL = "all"
_LETTERS = (13, 0, 26, 34, 18)  # widths of the columns in figures


class ExchangeDialog(WorkDialog):
    """A document on its way in. `read` (with the source that all of it is about, or None) and
    `write` do the work, in threads; `written` tells what was written."""

    written = Signal(object)

    def __init__(
        self,
        name: str,
        sources: Sequence[SourceRow],
        state: ViewState,
        *,
        read: Callable[[int | None, Steps], Reading],
        write: Callable[[Reading, Steps], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(state, parent)
        self._name = name
        self._read_document, self._write_changes = read, write
        self._reading: Reading | None = None
        self.items = ExchangeTable({each.id: each.title for each in sources}, state)
        self.name, self.kind, self.source_label = QLabel(), QLabel(), QLabel()
        self.source = QComboBox()
        self.verdicts = Switch((ALL, *VERDICTS))
        self.view, self.detail = RowTable(self.items, _LETTERS), reading_field()
        self._prepare(sources)
        self._arrange()
        self._retext()
        self._connect()
        self._show_reading(None)

    # How it is arranged

    def _prepare(self, sources: Sequence[SourceRow]) -> None:
        for label in (self.name, self.kind):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.name.setProperty("rank", "title")
        self.kind.setProperty("rank", "told")
        self.source_label.setBuddy(self.source)
        self.source.setMaximumWidth(360)
        self.source.addItem("", None)
        for each in sources:
            self.source.addItem(" ".join(each.title.text(self._state.language).split()), each.id)
        self.detail.setFixedHeight(5 * self.fontMetrics().height() + 16)

    def _arrange(self) -> None:
        top, filters, buttons = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self.name)
        names.addWidget(self.kind)
        top.addLayout(names, 1)
        top.addWidget(self.source_label)
        top.addWidget(self.source)
        filters.addWidget(self.verdicts)
        filters.addStretch(1)
        buttons.addWidget(self.progress, 1)
        buttons.addStretch(0)
        buttons.addWidget(self.leave)
        buttons.addWidget(self.accept_all)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(10)
        for row in (top, filters, buttons):
            row.setSpacing(8)
        column.addLayout(top)
        column.addLayout(filters)
        column.addWidget(self.view, 1)
        column.addWidget(self.detail)
        column.addWidget(self.told)
        column.addLayout(buttons)
        self.resize(1060, 600)

    def _retext(self) -> None:
        language = self._state.language
        self.setWindowTitle(t("exchange.title", language))
        self.name.setText(self._name)
        self.source_label.setText(t("exchange.source", language))
        self.source.setAccessibleName(t("exchange.source", language))
        self.source.setItemText(0, t("exchange.source.named", language))
        self.view.setAccessibleName(t("exchange.items", language))
        self.detail.setAccessibleName(t("exchange.detail", language))
        self.progress.setAccessibleName(t("exchange.reading", language))

    def _connect(self) -> None:
        self.source.activated.connect(self.read)
        self.verdicts.chosen.connect(self._on_verdict)
        self.view.selectionModel().currentRowChanged.connect(self._on_row)
        self.items.modelReset.connect(lambda: self.detail.setPlainText(""))
        self.accept_all.clicked.connect(self.write)

    # Reading

    def read(self) -> None:
        """Reads the document (anew) and shows what it would do."""
        self.drop()
        source_id = self.source.currentData()
        self._show_reading(None)
        told = t("exchange.reading", self._state.language)
        self.begin(lambda steps: self._read_document(source_id, steps), self._on_read, told)

    def _on_read(self, reading: Reading) -> None:
        self.end()
        self._show_reading(reading)
        self.tell(*self._summary(reading))
        self._notice = ""
        if self.items.rowCount():
            self.view.selectRow(0)
        (self.accept_all if self.accept_all.isEnabled() else self.view).setFocus()

    def _show_reading(self, reading: Reading | None) -> None:
        """Shows the items of a document, or that there are none so far."""
        self._reading = reading
        language = self._state.language
        plan = reading.plan if reading else None
        counts: dict[str, int] = {**(plan.counts() if plan else dict.fromkeys(VERDICTS, 0))}
        counts[ALL] = sum(counts.values())
        words = {verdict: t(f"exchange.verdict.{verdict}", language) for verdict in counts}
        signs = {verdict: f"{sign} " for verdict, sign in SIGNS.items()}
        self.verdicts.retext(
            t("exchange.filter", language),
            {key: f"{signs.get(key, '')}{word}  {counts[key]:,}" for key, word in words.items()},
            {key: f"{word}, {counts[key]:,}" for key, word in words.items()},
        )
        for verdict, button in self.verdicts.buttons.items():
            button.setEnabled(counts[verdict] > 0)
        first = "refused" if plan and plan.refused else ALL
        self.verdicts.set_current(first)
        self.items.show_items(plan.items if plan else (), "" if first == ALL else first)
        quotes = reading is None or reading.kind == "annotations"
        for widget in (self.source_label, self.source):
            widget.setVisible(quotes)
        self.view.setColumnHidden(2, not quotes)
        self.kind.setText(t(f"exchange.{reading.kind}", language) if reading else "")
        written = plan.written if plan else 0
        self.accept_all.setText(n("exchange.import", written, language))
        self.accept_all.setEnabled(written > 0)
        self.leave.setText(t("button.cancel", language))

    def _summary(self, reading: Reading) -> tuple[str, str]:
        """What the preview comes to, and the rank of these words."""
        language, plan = self._state.language, reading.plan
        if plan.refused:
            told = n("exchange.refused", plan.counts()["refused"], language)
            return f"{self._notice} {told}".strip(), "error"
        key = "exchange.ready" if plan.written else "exchange.nothing"
        return f"{self._notice} {t(key, language)}".strip(), "muted"

    def _on_verdict(self, verdict: str) -> None:
        self.items.show_verdict("" if verdict == ALL else verdict)
        if self.items.rowCount():
            self.view.selectRow(0)

    def _on_row(self, current: QModelIndex) -> None:
        """Tells all of the line, which the table has to cut short."""
        if not current.isValid():
            return
        item = self.items.item(current.row())
        head = (self.items.text(item, column) for column in ("where", "verdict", "source"))
        told = [" · ".join(part for part in head if part != "–"), self.items.text(item, "words")]
        self.detail.setPlainText("\n".join([*told, *self.items.reasons(item)]))

    # Writing

    def write(self) -> None:
        """Writes all of it, in a thread; told what came of it the dialog closes or stays."""
        reading = self._reading
        if reading is None or not reading.plan.written:
            return
        self._writing = True
        self.begin(
            lambda steps: self._write_changes(reading, steps),
            lambda _: self._on_written(reading),
            t("exchange.writing", self._state.language),
        )

    def _on_written(self, reading: Reading) -> None:
        self.end()
        self.written.emit(reading)
        self.accept()

    # Work

    def is_ready(self) -> bool:
        return self._reading is not None and self._reading.plan.written > 0

    def held_still(self) -> tuple[QWidget, ...]:
        return (self.source, self.verdicts)
