"""Goes to a date: a year, a month, a day or a period, in EDTF, told in words while it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from db import dates
from db.errors import AllianceError
from viewer.widgets.parts.messages import hand_back
from viewer.words import explain, t
from viewer.words.dates import edtf_words

if TYPE_CHECKING:
    from viewer.widgets.state import ViewState


class GoToDialog(QDialog):
    """One field; Enter goes there and closes."""

    def __init__(self, state: ViewState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        hand_back(self)
        self._state = state
        self._days: tuple[int, int] | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.label, self.told = QLabel(), QLabel()
        self.field = QLineEdit()
        self.label.setBuddy(self.field)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setWordWrap(True)
        self.told.setMinimumSize(320, 44)
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.go, self.leave = QPushButton(), QPushButton()
        self.go.setProperty("primary", "true")
        self.go.setDefault(True)
        self._arrange()
        self.field.textChanged.connect(self._read)
        self.go.clicked.connect(self._go)
        self.leave.clicked.connect(self.reject)
        self._retext()
        self._read("")

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        for widget in (self.label, self.field, self.told):
            column.addWidget(widget)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.leave)
        row.addWidget(self.go)
        column.addLayout(row)

    def _retext(self) -> None:
        language = self._state.language
        self.setWindowTitle(t("goto.title", language))
        self.label.setText(t("goto.label", language))
        self.field.setAccessibleName(t("goto.label", language))
        self.field.setPlaceholderText("2007-04-02")
        self.go.setText(t("goto.go", language))
        self.leave.setText(t("button.cancel", language))

    def _read(self, text: str) -> None:
        """Tells what the text means, or why it means nothing."""
        language = self._state.language
        self._days = None
        rank = "muted"
        if not text.strip():
            told = t("goto.help", language)
        else:
            try:
                self._days = days_of(text)
                told = edtf_words(text.strip(), language)
            except AllianceError as error:
                told, rank = explain(error, language), "error"
        self.told.setText(told)
        self.field.setAccessibleDescription(told)
        self.go.setEnabled(self._days is not None)
        if self.told.property("rank") != rank:
            self.told.setProperty("rank", rank)
            self.told.style().polish(self.told)

    def _go(self) -> None:
        if self._days is not None:
            self._state.go_to(*self._days)
            self.accept()


def days_of(text: str) -> tuple[int, int]:
    """First and last day of a date; for an end that is open or unknown, the day of the other.

    Raises what `dates.parse` does.
    """
    found = dates.parse(text)
    first, last = found.first, found.last
    days = [day for day in (first, last) if day is not None]
    return days[0], days[-1]
