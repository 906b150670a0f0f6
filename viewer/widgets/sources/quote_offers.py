"""Offers to go on with a quote that was being taken, in a bar above the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from viewer.words import n, t

if TYPE_CHECKING:
    from db.records import Language
    from viewer.document import Document
    from viewer.edits.kept_quotes import KeptQuote
    from viewer.widgets.forms.drafts import DraftStore
    from viewer.widgets.parts.notice_bar import NoticeBar

_PREFIX = "quote-"
_WORDS = 40  # characters of a quote


class WaitingQuote(NamedTuple):
    """A draft that waits to be gone on with; `key` names it in its store."""

    key: str
    kept: KeptQuote


def new_key() -> str:
    """The name of a draft of a quote that is not there yet: several may be under way."""
    import secrets

    return f"{_PREFIX}new-{secrets.token_hex(4)}"


def key_of(quote_id: int) -> str:
    """The name of the draft of a quote that is there."""
    return f"{_PREFIX}{quote_id}"


class QuoteOffers(QObject):
    """The drafts of quotes that wait; `made` tells the bar once there is one, `resumed` the draft
    to go on with (a `WaitingQuote`)."""

    made = Signal(object)
    resumed = Signal(object)

    def __init__(self, document: Document, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self.bar: NoticeBar | None = None
        self.waiting: list[WaitingQuote] = []
        self._language: Language = "en"
        self._without = ""

    @property
    def store(self) -> DraftStore:
        from viewer.widgets.forms.drafts import DraftStore

        return DraftStore(self._document.file_id)

    def kept(self, key: str) -> KeptQuote | None:
        """A draft; None where there is none that can be read and has anything in it."""
        from viewer.edits.kept_quotes import read

        data = self.store.read_bytes(key)
        found = read(data) if data is not None else None
        return found if found is not None and found.begun else None

    def refresh(self, language: Language, without: str = "") -> None:
        """Offers what waits, but for the draft of the form that is open."""
        self._language, self._without = language, without
        may_write = self._document.path is not None and self._document.read_only_reason is None
        keys = [each for each in self.store.every_key() if each.startswith(_PREFIX)]
        read = [(key, self.kept(key)) for key in keys if may_write and key != without]
        found = [WaitingQuote(key, kept) for key, kept in read if kept is not None]
        self.waiting = sorted(found, key=lambda each: each.kept.time, reverse=True)
        if self.bar is None:
            if not self.waiting:
                return
            self.bar = self._made()
        self.bar.name(self.bar.buttons[0], t("drafts.resume", language))
        self.bar.name(self.bar.buttons[1], t("drafts.discard", language))
        self.bar.say(self._told() if self.waiting else "")

    def _made(self) -> NoticeBar:
        from viewer.widgets.parts.notice_bar import NoticeBar

        bar = NoticeBar(2)
        bar.buttons[0].clicked.connect(lambda: self.resumed.emit(self.waiting[0]))
        bar.buttons[1].clicked.connect(self._forget)
        self.made.emit(bar)
        return bar

    def _told(self) -> str:
        from viewer.words.dates import moment_words

        kept = self.waiting[0].kept
        when = moment_words(kept.time, self._language)
        told = t("quoting.waiting", self._language, words=self._words(kept), when=when)
        if len(self.waiting) > 1:
            told = f"{told} {n('drafts.more', len(self.waiting) - 1, self._language)}"
        return told

    def _words(self, kept: KeptQuote) -> str:
        """How the quote begins; the title of its source where the words cannot be read."""
        from db.errors import AllianceError

        try:
            text = self._document.source(kept.source_id).source.text
        except AllianceError:
            return "…"
        words = " ".join(text[kept.typed.quote.start : kept.typed.quote.end].split())
        return words if len(words) <= _WORDS else f"{words[:_WORDS]}…"

    def _forget(self) -> None:
        self.store.remove(self.waiting[0].key)
        self.refresh(self._language, self._without)
