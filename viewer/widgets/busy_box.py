"""A box that says what is being done, how far it is, and lets it be stopped where that is possible;
the window behind it waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout

from viewer.widgets.messages import hand_back
from viewer.words import t

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from db.records import Language

PARTS = 100
"""The bar goes to as many."""


class BusyBox(QDialog):
    """Until it is told how far the work is, its bar only shows that there is some.

    `done` closes it; Escape and the button do what `can_be_left` says, and nothing before.
    """

    def __init__(self, words: str, language: Language, window: QWidget) -> None:
        super().__init__(window)
        hand_back(self)
        self._leave: Callable[[], object] | None = None
        self.setWindowTitle(t("window.program", language))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.label, self.bar = QLabel(words), QProgressBar()
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(words)
        self.bar.setMinimumWidth(340)
        self.stop = QPushButton(t("button.cancel", language))
        self.stop.clicked.connect(self.reject)
        self.stop.hide()
        column, row = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.label)
        column.addWidget(self.bar)
        row.addStretch(1)
        row.addWidget(self.stop)
        column.addLayout(row)

    def can_be_left(self, leave: Callable[[], object]) -> None:
        """Offers to stop the work."""
        self._leave = leave
        self.stop.show()

    def show_parts(self, parts: int) -> None:
        """Shows how many of `PARTS` are done."""
        self.bar.setRange(0, PARTS)
        self.bar.setValue(parts)

    def reject(self) -> None:
        if self._leave is not None:
            self._leave()
