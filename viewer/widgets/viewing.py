"""The commands of the View menu: where one is in time, and how the picture is shown."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from db.records import LANGUAGES, RULES
from viewer.layout.signs import with_signs
from viewer.widgets.settings import THEME_CHOICES, system_theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from viewer.document import Document
    from viewer.widgets.canvas.canvas import Canvas
    from viewer.widgets.commands import Commands
    from viewer.widgets.state import ViewState

_ZOOM = 1.5  # of a command


class Viewing(QObject):
    """Gives the commands their meaning, fills their menus from the file, ticks and greys them."""

    def __init__(
        self, document: Document, state: ViewState, canvas: Canvas, window: QWidget
    ) -> None:
        super().__init__(window)
        self._document, self._state, self._canvas = document, state, canvas
        self._window = window
        QApplication.styleHints().colorSchemeChanged.connect(self._on_system_theme)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What the commands mean."""
        state = self._state
        return {
            "fit": state.fit,
            "zoom-in": partial(state.zoom, _ZOOM),
            "zoom-out": partial(state.zoom, 1 / _ZOOM),
            "go-to-date": self._go_to_date,
            "back": state.back,
            "forward": state.forward,
            "previous-event": partial(self._step, -1),
            "next-event": partial(self._step, 1),
            "rule-signature": partial(state.set_rule, "signature"),
            "rule-entry-into-force": partial(state.set_rule, "entry-into-force"),
            "language-en": partial(state.set_language, "en"),
            "language-ko": partial(state.set_language, "ko"),
            "other-language": lambda: state.set_language("en" if state.language == "ko" else "ko"),
            "theme-system": partial(self.choose_theme, "system"),
            "theme-light": partial(self.choose_theme, "light"),
            "theme-dark": partial(self.choose_theme, "dark"),
            "type-larger": partial(state.change_type, 1),
            "type-smaller": partial(state.change_type, -1),
            "type-usual": partial(state.change_type, 0),
            "full-screen": self._switch_full_screen,
        }

    def fill(self, commands: Commands) -> None:
        """Puts the file's stages, schemes and saved views into their menus."""
        state, timeline = self._state, self._document.timeline
        language, scheme = state.language, state.current_scheme
        stages = [each for each in timeline.stages if scheme and each.scheme_id == scheme.id]
        commands.fill(
            "stages",
            [
                (with_signs(stage.title.text(language), timeline, ("stage", stage.id)), "",
                 partial(state.zoom_to, ("stage", stage.id)))
                for stage in stages
            ],
        )  # fmt: skip
        schemes: list[tuple[str, str, Callable[[], object]]] = [
            (each.name.text(language), "", partial(state.set_scheme, each.key))
            for each in timeline.schemes
        ]
        commands.fill("scheme", schemes, timeline.schemes.index(scheme) if scheme else None)
        # With one scheme there is nothing to choose.
        commands.submenus["scheme"].menuAction().setVisible(len(schemes) > 1)
        commands.fill(
            "views",
            [
                (view.name.text(language), f"Ctrl+{place}" if place < 10 else "",
                 partial(state.apply, view))
                for place, view in enumerate(timeline.views, start=1)
            ],
        )  # fmt: skip

    def refresh(self, commands: Commands) -> None:
        """Ticks and greys the commands."""
        state, actions = self._state, commands.actions
        actions["back"].setEnabled(state.can_go_back)
        actions["forward"].setEnabled(state.can_go_forward)
        for rule in RULES:
            actions[f"rule-{rule}"].setChecked(rule == state.effective_rule)
        for language in LANGUAGES:
            actions[f"language-{language}"].setChecked(language == state.language)
        for choice in THEME_CHOICES:
            actions[f"theme-{choice}"].setChecked(choice == state.theme_choice)

    def choose_theme(self, choice: str) -> None:
        """One of `THEME_CHOICES`."""
        theme = system_theme() if choice == "system" else choice
        self._state.set_theme(choice, theme)

    def _on_system_theme(self) -> None:
        if self._state.theme_choice == "system":
            self.choose_theme("system")

    def _go_to_date(self) -> None:
        from viewer.widgets.goto_dialog import GoToDialog

        GoToDialog(self._state, self._window).open()

    def _step(self, way: int) -> None:
        self._canvas.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._canvas.step(way)

    def _switch_full_screen(self) -> None:
        window = self._window
        window.setWindowState(window.windowState() ^ Qt.WindowState.WindowFullScreen)
