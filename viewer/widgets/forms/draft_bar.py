"""The bar above the timeline that offers what was being written and never saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from viewer.widgets.parts.notice_bar import NoticeBar
from viewer.words import n, t
from viewer.words.dates import moment_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.records import Language
    from viewer.widgets.forms.drafts import Waiting

_TITLE = 40  # characters of a title


class DraftBar(NoticeBar):
    """Offers the newest of the drafts that wait; hidden where none does."""

    resumed = Signal(str)
    discarded = Signal(str)

    def __init__(self) -> None:
        super().__init__(2)
        self._waiting: Sequence[Waiting] = []
        self.resume, self.discard = self.buttons
        self.resume.clicked.connect(lambda: self.resumed.emit(self._waiting[0].key))
        self.discard.clicked.connect(lambda: self.discarded.emit(self._waiting[0].key))

    def offer(self, waiting: Sequence[Waiting], language: Language) -> None:
        self._waiting = waiting
        if not waiting:
            self.say("")
            return
        kept = waiting[0].kept
        title = kept.typed.title.text(language) or t("drafts.untitled", language)
        title = title if len(title) <= _TITLE else f"{title[:_TITLE]}…"
        told = t("drafts.told", language, title=title, when=moment_words(kept.time, language))
        if len(waiting) > 1:
            told = f"{told} {n('drafts.more', len(waiting) - 1, language)}"
        self.name(self.resume, t("drafts.resume", language))
        self.name(self.discard, t("drafts.discard", language))
        self.say(told)
