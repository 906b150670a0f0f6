"""A bar above the timeline that tells something to know, and what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy

from viewer.widgets.parts.fields import plain_label
from viewer.widgets.parts.text_buttons import quiet_button


class NoticeBar(QFrame):
    """Hidden until it has something to say. Its buttons stand at the right in the order made."""

    def __init__(self, buttons: int) -> None:
        super().__init__()
        self.setObjectName("notice")
        self.told = plain_label(wraps=True)
        self.buttons = [quiet_button() for _ in range(buttons)]
        across = QHBoxLayout(self)
        across.setContentsMargins(12, 3, 8, 3)
        across.addWidget(self.told, 1)
        for button in self.buttons:
            across.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def say(self, told: str) -> None:
        """Shows the bar with a sentence; an empty one hides it."""
        self.told.setText(told)
        self.setAccessibleName(told)
        for button in self.buttons:
            button.setAccessibleDescription(told)
        self.setVisible(bool(told))

    def name(self, button: QPushButton, text: str) -> None:
        button.setText(text)
        button.setAccessibleName(text)
