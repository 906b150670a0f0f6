"""A button that offers several things to do, in a menu below it: one stop of Tab for all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QSizePolicy

from viewer.widgets.parts.text_buttons import TextButton

if TYPE_CHECKING:
    from collections.abc import Sequence

    from viewer.widgets.parts.boxes import Doing
    from viewer.widgets.parts.look import Look


class MenuButton(TextButton):
    """`doings` are the entries: what each is called, what is read out for it, and its doing."""

    def __init__(self, words: str, told: str, doings: Sequence[Doing], look: Look) -> None:
        super().__init__(f"{words} ▾", look, "small")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(told)
        self._doings = tuple(doings)
        self.clicked.connect(self._open)

    def menu(self) -> QMenu:
        """The menu, made anew."""
        made = QMenu(self)
        for words, told, does in self._doings:
            action = made.addAction(words.replace("&", "&&"))
            action.setStatusTip(told)
            action.triggered.connect(lambda _=False, does=does: does())
        return made

    def _open(self) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
