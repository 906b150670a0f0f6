"""A switch between a few choices that are all in sight: one click or key takes one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Switch(QWidget):
    """One button per key, side by side; `chosen` tells the key that the user took."""

    chosen = Signal(str)

    def __init__(self, keys: Iterable[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QToolButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        every = list(keys)
        for place, key in enumerate(every):
            button = QToolButton()
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            end = "first" if place == 0 else "last" if place == len(every) - 1 else "middle"
            button.setProperty("segment", end)
            button.clicked.connect(lambda _=False, key=key: self.chosen.emit(key))
            self._group.addButton(button)
            self.buttons[key] = button
            row.addWidget(button)

    @property
    def current(self) -> str:
        return next((key for key, button in self.buttons.items() if button.isChecked()), "")

    def set_current(self, key: str) -> None:
        """Shows a choice without telling it."""
        if key in self.buttons:
            self.buttons[key].setChecked(True)

    def retext(self, name: str, texts: Mapping[str, str], told: Mapping[str, str]) -> None:
        """`texts` by key stand on the buttons; `told` is read out, after `name`."""
        self.setAccessibleName(name)
        for key, text in texts.items():
            spoken = told[key]
            self.buttons[key].setText(text)
            self.buttons[key].setAccessibleName(f"{name}: {spoken}")
            self.buttons[key].setToolTip(spoken)
