"""The one line of tools above the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QToolBar, QToolButton, QWidget

from db.records import LANGUAGES, RULES
from viewer.widgets.commands import plain_text, tool_tip
from viewer.widgets.parts.switch import Switch
from viewer.words import t

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from viewer.widgets.commands import Commands
    from viewer.widgets.state import ViewState

# The signs on the buttons whose word would be too long; they are read out by their word.
_SIGNS = {"zoom-out": "−", "zoom-in": "+", "back": "←", "forward": "→"}
_BUTTONS = (("fit", "zoom-out", "zoom-in"), ("back", "forward", "go-to-date"))
LANGUAGE_NAMES = {"en": "EN", "ko": "한국어"}
"""Each in its own language, so that whoever is lost finds the way back."""


class Toolbar(QToolBar):
    """Buttons of commands, and the switches of the start rule and of the language."""

    def __init__(self, commands: Commands, state: ViewState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._commands, self._state = commands, state
        self._buttons: dict[str, QToolButton] = {}
        self.setMovable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        for keys in _BUTTONS:
            for key in keys:
                self._add_button(key)
            self._add_space(10)
        self.rule = Switch(RULES)
        self.addWidget(self.rule)
        self._add_space()
        self.language = Switch(LANGUAGES)
        self.addWidget(self.language)
        self._add_space(10)
        self._add_button("export").setProperty("primary", "true")
        for key, button in self._buttons.items():
            commands.actions[key].changed.connect(
                lambda button=button, key=key: self._dress(button, key)
            )
        self.rule.chosen.connect(self._choose_rule)
        self.language.chosen.connect(self._choose_language)
        state.changed.connect(self._on_state)
        self.refresh()

    def _add_button(self, key: str) -> QToolButton:
        button = self._buttons[key] = QToolButton()
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(self._commands.actions[key].trigger)
        self.addWidget(button)
        return button

    def _add_space(self, width: int | None = None) -> None:
        space = QWidget()
        if width is None:
            space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        else:
            space.setFixedWidth(width)
        self.addWidget(space)

    def _dress(self, button: QToolButton, key: str) -> None:
        action: QAction = self._commands.actions[key]
        button.setText(_SIGNS.get(key) or plain_text(action.text()))
        button.setToolTip(tool_tip(action))
        button.setAccessibleName(plain_text(action.text()))
        button.setEnabled(action.isEnabled())

    def _choose_rule(self, key: str) -> None:
        self._commands.actions[f"rule-{key}"].trigger()

    def _choose_language(self, key: str) -> None:
        self._commands.actions[f"language-{key}"].trigger()

    def retext(self) -> None:
        language = self._state.language
        self.setWindowTitle(t("toolbar.name", language))
        self.setAccessibleName(t("toolbar.name", language))
        texts: dict[str, str] = {key: t(f"toolbar.rule.{key}", language) for key in RULES}
        told: dict[str, str] = {key: t(f"toolbar.rule-told.{key}", language) for key in RULES}
        self.rule.retext(t("toolbar.rule", language), texts, told)
        names: dict[str, str] = {key: t(f"language.{key}", language) for key in LANGUAGES}
        self.language.retext(t("toolbar.language", language), LANGUAGE_NAMES, names)
        for key, button in self._buttons.items():
            self._dress(button, key)

    def refresh(self) -> None:
        self.rule.set_current(self._state.effective_rule)
        self.rule.setEnabled(self._state.current_scheme is not None)
        self.language.set_current(self._state.language)

    def _on_state(self, kind: str) -> None:
        if kind in ("scheme", "language"):
            self.refresh()
