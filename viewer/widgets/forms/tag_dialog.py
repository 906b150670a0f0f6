"""Asks for the name of a tag: an existing one is offered while one types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCompleter,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from viewer.widgets.parts.messages import hand_back
from viewer.words import t

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.records import Language

_LONGEST = 80  # characters of a name


class TagDialog(QDialog):
    """One field; Enter takes the name. `named` tells it, without spaces around it."""

    named = Signal(str)

    def __init__(self, names: Sequence[str], language: Language, parent: QWidget) -> None:
        super().__init__(parent)
        hand_back(self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(t("gesture.tag-title", language))
        label = QLabel(t("gesture.tag-name", language))
        self.field = QLineEdit()
        self.field.setMaxLength(_LONGEST)
        self.field.setMinimumWidth(320)
        self.field.setAccessibleName(t("gesture.tag-name", language))
        label.setBuddy(self.field)
        completer = QCompleter(list(names), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.field.setCompleter(completer)
        self.add = QPushButton(t("gesture.tag-add", language))
        self.add.setProperty("primary", "true")
        self.add.setDefault(True)
        self.add.setEnabled(False)
        leave = QPushButton(t("button.cancel", language))
        column, row = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(label)
        column.addWidget(self.field)
        row.addStretch(1)
        row.addWidget(leave)
        row.addWidget(self.add)
        column.addSpacing(8)
        column.addLayout(row)
        self.field.textChanged.connect(lambda text: self.add.setEnabled(bool(text.strip())))
        self.add.clicked.connect(self._take)
        leave.clicked.connect(self.reject)

    def _take(self) -> None:
        self.named.emit(" ".join(self.field.text().split()))
        self.accept()
