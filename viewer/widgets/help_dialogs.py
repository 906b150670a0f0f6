"""What the Help menu opens: the keys, and what this program is."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from viewer import __version__
from viewer.widgets.commands import OTHER_KEYS, command_words, every_command
from viewer.widgets.parts.messages import hand_back
from viewer.words import t
from viewer.words.dates import day_words

if TYPE_CHECKING:
    from db.records import Language
    from viewer.document import Document
    from viewer.widgets.commands import Commands


class _Told(QDialog):
    """A dialog that only tells: a title, content, and a button that closes it."""

    def __init__(self, title: str, content: QWidget, language: Language, parent: QWidget) -> None:
        super().__init__(parent)
        hand_back(self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(16)
        column.addWidget(content, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        close = QPushButton(t("button.close", language))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        row.addWidget(close)
        column.addLayout(row)


def shortcuts_dialog(commands: Commands, language: Language, parent: QWidget) -> QDialog:
    """Every command that has keys, and what the picture does with the others."""
    lines = [
        (keys_words(commands, command.key), command_words(command, language))
        for command in every_command()
        if command.shortcuts
    ]
    lines += [(t(f"keys.{key}", language), t(f"keys.{key}.does", language)) for key in OTHER_KEYS]
    content = QWidget()
    content.setObjectName("side_content")
    grid = QGridLayout(content)
    grid.setContentsMargins(4, 4, 12, 4)
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(6)
    for row, (keys, does) in enumerate(lines):
        for column, text in enumerate((keys, does)):
            label = QLabel(text)
            label.setTextFormat(Qt.TextFormat.PlainText)
            if column == 0:
                label.setProperty("rank", "muted")
            grid.addWidget(label, row, column, Qt.AlignmentFlag.AlignLeft)
    area = QScrollArea()
    area.setWidget(content)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setAccessibleName(t("keys.title", language))
    size = content.sizeHint()
    area.setMinimumSize(size.width() + 24, min(size.height() + 4, 520))
    return _Told(t("keys.title", language), area, language, parent)


def keys_words(commands: Commands, key: str) -> str:
    """The keys of a command as the system writes them: "G, Ctrl+G"."""
    native = QKeySequence.SequenceFormat.NativeText
    return ", ".join(each.toString(native) for each in commands.actions[key].shortcuts())


def about_dialog(document: Document, language: Language, parent: QWidget) -> QDialog:
    """Name, version, licence, and the state of the data."""
    title, text = QLabel(t("window.program", language)), QLabel()
    title.setProperty("rank", "title")
    text.setTextFormat(Qt.TextFormat.PlainText)
    text.setWordWrap(True)
    text.setMinimumWidth(420)
    text.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    text.setText(about_text(document, language))
    content = QWidget()
    column = QVBoxLayout(content)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    column.addWidget(title)
    column.addWidget(text)
    return _Told(t("about.title", language), content, language, parent)


def about_text(document: Document, language: Language) -> str:
    parts = [
        t("about.what", language),
        t("about.version", language, version=__version__),
        t("about.data", language, date=day_words(document.timeline.as_of, language)),
        t("about.licence", language),
        t("about.rights", language),
        t("about.made-with", language, qt=qVersion(), python=platform.python_version()),
    ]
    return "\n\n".join(parts)
