"""What the import of a table would do, row by row, before anything is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
)

from viewer.edits.importing import VERDICTS
from viewer.exchange.decoding import USUAL
from viewer.widgets.files.import_table import SIGNS, ImportTable
from viewer.widgets.files.work_dialog import WorkDialog
from viewer.widgets.parts.switch import Switch
from viewer.words import n, t

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtCore import QModelIndex
    from PySide6.QtWidgets import QWidget

    from db.errors import AllianceError
    from db.timeline import Timeline
    from viewer.widgets.files.importing import Reading
    from viewer.widgets.parts.steps import Steps
    from viewer.widgets.state import ViewState

ALL = "all"
_AUTO = ""
_WIDTHS = {0: 56, 1: 104, 2: 150, 4: 130}  # px of the columns whose words are short


class ImportDialog(WorkDialog):
    """A table of events on its way in. `read` and `write` do the work, in threads; `written`
    tells the id of the changeset."""

    written = Signal(object)

    def __init__(
        self,
        timeline: Timeline,
        state: ViewState,
        table: Path,
        *,
        read: Callable[[str | None, Steps], Reading],
        write: Callable[[Reading, Steps], int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(state, parent)
        self._path = table
        self._read_table, self._write_rows = read, write
        self._reading: Reading | None = None
        self.rows = ImportTable(timeline, state)
        self.name, self.encoding_label = QLabel(), QLabel()
        self.encoding = QComboBox()
        self.verdicts = Switch((ALL, *VERDICTS))
        self.view, self.detail = QTableView(), QPlainTextEdit()
        self.again = QPushButton()
        self._prepare()
        self._arrange()
        self._retext()
        self._connect()
        self._show_reading(None)

    # How it is arranged

    def _prepare(self) -> None:
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        self.name.setProperty("rank", "title")
        self.encoding_label.setBuddy(self.encoding)
        self.encoding.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for data in (_AUTO, *USUAL):
            self.encoding.addItem("", data)
        self.view.setModel(self.rows)
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setTabKeyNavigation(False)
        self.view.setWordWrap(False)
        self.view.setShowGrid(False)
        self.view.verticalHeader().hide()
        self.view.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 10)
        header = self.view.horizontalHeader()
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        for column, width in _WIDTHS.items():
            header.resizeSection(column, width)
        for column in (3, 5):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.detail.setReadOnly(True)
        self.detail.setTabChangesFocus(True)
        self.detail.setFixedHeight(5 * self.fontMetrics().height() + 16)

    def _arrange(self) -> None:
        top, filters, buttons = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        top.addWidget(self.name, 1)
        top.addWidget(self.encoding_label)
        top.addWidget(self.encoding)
        filters.addWidget(self.verdicts)
        filters.addStretch(1)
        buttons.addWidget(self.again)
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
        self.setWindowTitle(t("importing.title", language))
        self.name.setText(self._path.name)
        self.encoding_label.setText(t("importing.encoding", language))
        self.encoding.setAccessibleName(t("importing.encoding", language))
        for place in range(1, self.encoding.count()):
            name = self.encoding.itemData(place)
            korean = t("importing.encoding.korean", language)
            self.encoding.setItemText(place, korean if name == "cp949" else name.upper())
        self.view.setAccessibleName(t("importing.rows", language))
        self.detail.setAccessibleName(t("importing.detail", language))
        self.progress.setAccessibleName(t("importing.progress", language))
        self.again.setText(t("importing.again", language))

    def _connect(self) -> None:
        self.encoding.activated.connect(self.read)
        self.verdicts.chosen.connect(self._on_verdict)
        self.view.selectionModel().currentRowChanged.connect(self._on_row)
        self.rows.modelReset.connect(lambda: self.detail.setPlainText(""))
        self.again.clicked.connect(self.read)
        self.accept_all.clicked.connect(self.write)

    # Reading

    def read(self) -> None:
        """Reads the table (anew), in the encoding that is chosen, and shows what it would do."""
        self.drop()
        encoding = self.encoding.currentData() or None
        self._show_reading(None)
        told = t("importing.reading", self._state.language)
        self.begin(lambda steps: self._read_table(encoding, steps), self._on_read, told)

    def _on_read(self, reading: Reading) -> None:
        self.end()
        self._show_reading(reading)
        self.tell(*self._summary(reading))
        self._notice = ""
        if self.rows.rowCount():
            self.view.selectRow(0)
        (self.accept_all if self.accept_all.isEnabled() else self.view).setFocus()

    def _show_reading(self, reading: Reading | None) -> None:
        """Shows the rows of a table, or that there are none so far."""
        self._reading = reading
        language = self._state.language
        plan = reading.plan if reading else None
        counts = plan.counts() if plan else dict.fromkeys(VERDICTS, 0)
        counts[ALL] = sum(counts.values())
        words = {verdict: t(f"importing.verdict.{verdict}", language) for verdict in counts}
        signs = {verdict: f"{sign} " for verdict, sign in SIGNS.items()}
        self.verdicts.retext(
            t("importing.filter", language),
            {key: f"{signs.get(key, '')}{word}  {counts[key]:,}" for key, word in words.items()},
            {key: f"{word}, {counts[key]:,}" for key, word in words.items()},
        )
        for verdict, button in self.verdicts.buttons.items():
            button.setEnabled(counts[verdict] > 0)
        first = "refused" if plan and plan.refused else ALL
        self.verdicts.set_current(first)
        self.rows.show_items(plan.rows if plan else (), "" if first == ALL else first)
        auto = t("importing.encoding.auto", language)
        if reading and self.encoding.currentData() == _AUTO:
            found = reading.encoding.upper()
            auto = t("importing.encoding.found", language, encoding=found)
        self.encoding.setItemText(0, auto)
        written = plan.written if plan else 0
        self.accept_all.setText(n("importing.import", written, language))
        self.accept_all.setEnabled(written > 0)
        self.leave.setText(t("button.cancel", language))

    def _summary(self, reading: Reading) -> tuple[str, str]:
        """What the preview comes to, and the rank of these words."""
        language, plan = self._state.language, reading.plan
        if plan.refused:
            told = n("importing.refused", plan.counts()["refused"], language)
            return f"{self._notice} {told}".strip(), "error"
        key = "importing.ready" if plan.written else "importing.nothing"
        told = f"{self._notice} {t(key, language)}".strip()
        if plan.new_tags:
            tags = ", ".join(plan.new_tags)
            told += "\n" + t("importing.tags", language, tags=tags)
        return told, "muted"

    def _on_verdict(self, verdict: str) -> None:
        self.rows.show_verdict("" if verdict == ALL else verdict)
        if self.rows.rowCount():
            self.view.selectRow(0)

    def _on_row(self, current: QModelIndex) -> None:
        """Tells all of the row, which the table has to cut short."""
        if not current.isValid():
            return
        row = self.rows.item(current.row())
        head = (self.rows.text(row, column) for column in ("verdict", "date", "title", "lane"))
        line = t("importing.line", self._state.language, line=row.line)
        told = [" · ".join(part for part in (line, *head) if part), *self.rows.reasons(row)]
        self.detail.setPlainText("\n".join(told))

    # Writing

    def write(self) -> None:
        """Writes all of it, in a thread; told what came of it the dialog closes or stays."""
        reading = self._reading
        if reading is None or not reading.plan.written:
            return
        self._writing = True
        told = t("importing.writing", self._state.language)
        self.begin(lambda steps: self._write_rows(reading, steps), self._on_written, told)

    def _on_written(self, changeset_id: int) -> None:
        self.end()
        self.written.emit(changeset_id)
        self.accept()

    # Work

    def is_ready(self) -> bool:
        return self._reading is not None and self._reading.plan.written > 0

    def held_still(self) -> tuple[QWidget, ...]:
        return (self.encoding, self.verdicts, self.again)

    def set_busy(self, busy: bool) -> None:
        self.again.setVisible(not busy)
        super().set_busy(busy)

    def on_refused(self, error: AllianceError) -> None:
        if error.code.startswith("import.encoding"):
            self.encoding.setFocus()
