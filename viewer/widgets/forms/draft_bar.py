"""The bar above the timeline that offers what was being written and never saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu

from viewer.widgets.parts.notice_bar import NoticeBar
from viewer.words import n, t

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.records import Language
    from viewer.widgets.forms.waiting import Waiting


class DraftBar(NoticeBar):
    """Offers the newest of the drafts that wait, and a list of all where there are more; hidden
    where none does."""

    resumed = Signal(str)
    discarded = Signal(str)

    def __init__(self) -> None:
        super().__init__(3)
        self._waiting: Sequence[Waiting] = []
        self.every, self.resume, self.discard = self.buttons
        self.list = QMenu(self)
        self.every.clicked.connect(self._show_list)
        self.resume.clicked.connect(lambda: self.resumed.emit(self._waiting[0].key))
        self.discard.clicked.connect(lambda: self.discarded.emit(self._waiting[0].key))

    def offer(self, waiting: Sequence[Waiting], language: Language) -> None:
        self._waiting = waiting
        if not waiting:
            self.say("")
            return
        told = waiting[0].told(language)
        if len(waiting) > 1:
            told = f"{told} {n('drafts.more', len(waiting) - 1, language)}"
        self.name(self.every, t("drafts.every", language))
        self.name(self.resume, t("drafts.resume", language))
        self.name(self.discard, t("drafts.discard", language))
        self.every.setVisible(len(waiting) > 1)
        self._fill_list(language)
        self.say(told)

    def _fill_list(self, language: Language) -> None:
        self.list.clear()
        for each in self._waiting:
            # What the user wrote may hold an ampersand that is no mnemonic.
            action = self.list.addAction(each.line(language).replace("&", "&&"))
            action.triggered.connect(lambda _=False, key=each.key: self.resumed.emit(key))

    def _show_list(self) -> None:
        self.list.popup(self.every.mapToGlobal(QPoint(0, self.every.height())))
