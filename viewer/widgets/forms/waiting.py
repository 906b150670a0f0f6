"""The drafts of a file that wait to be gone on with: of events, of notes, of stages, of quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from db.errors import AllianceError
from db.records import Bilingual
from viewer.edits import kept_quotes, kept_stages
from viewer.edits.notes import target_of
from viewer.widgets.forms.note_drafts import read_draft, read_key
from viewer.words import t
from viewer.words.dates import moment_words

if TYPE_CHECKING:
    from db.records import Language, Ref
    from viewer.document import Document
    from viewer.edits.kept_quotes import KeptQuote
    from viewer.widgets.forms.drafts import DraftStore

_TITLE = 40  # characters of a title

STAGE, NEW_STAGE = "stage-", "stage-new-"
"""What the keys of the drafts of stages begin with: the id of the stage follows, or that of the
scheme that is to have a new one."""
QUOTE, NEW_QUOTE = "quote-", "quote-new-"
"""The same of quotes; behind the latter stands what tells several of them apart."""


class Waiting(NamedTuple):
    """A draft that waits. `key` names it in its store, `time` is UTC as the log writes it.

    `title` is what an event or a stage is to be called, what a note is on, or how a quote begins;
    None where that is not known any more. `is_new` tells that it is of something that the file
    has not yet.
    """

    key: str
    kind: Literal["event", "note", "stage", "quote"]
    time: str
    title: Bilingual | None
    is_new: bool

    def told(self, language: Language) -> str:
        """A sentence for a bar."""
        title, when = self._title(language), moment_words(self.time, language)
        if self.kind == "event":
            return t("drafts.told", language, title=title, when=when)
        if self.kind == "quote":
            return t("quoting.waiting", language, words=title, when=when)
        if self.kind == "stage":
            return t("drafts.stage-told", language, title=title, when=when)
        if self.title is None:
            return t("notes.waiting", language)
        return t("notes.waiting-on", language, title=title)

    def line(self, language: Language) -> str:
        """The same for a list."""
        when = moment_words(self.time, language)
        return t(f"drafts.line.{self.kind}", language, title=self._title(language), when=when)

    def _title(self, language: Language) -> str:
        title = (self.title or Bilingual()).text(language) or t("drafts.untitled", language)
        return title if len(title) <= _TITLE else f"{title[:_TITLE]}…"


def waiting_drafts(document: Document, store: DraftStore) -> list[Waiting]:
    """All that wait, the newest first; what is damaged is left where it is."""
    found = (
        _event(store, key) or _note(document, store, key) or _stage(store, key)
        or _quote(document, store, key)
        for key in store.every_key()
    )  # fmt: skip
    return sorted((each for each in found if each), key=lambda each: each.time, reverse=True)


def note_target(document: Document, key: str) -> Ref | None:
    """What the draft of a note is on; None where that is gone, or the draft is of no note.
    Raises as `Document.rows_about` does."""
    target, note_id = read_key(key) or (None, None)
    if note_id is not None:
        rows = document.rows_about("note", [note_id])
        target = target_of(rows, note_id) if note_id in rows["note"] else None
    return target if target is not None and document.has(target) else None


def _event(store: DraftStore, key: str) -> Waiting | None:
    kept = store.read(key)
    if kept is None:
        return None
    return Waiting(key, "event", kept.time, kept.typed.title, kept.event_id is None)


def _note(document: Document, store: DraftStore, key: str) -> Waiting | None:
    if read_key(key) is None or read_draft(store, key) is None:
        return None
    title = None
    try:
        target = note_target(document, key)
        if target is not None and target[0] == "stage":
            title = document.stage(target[1]).stage.title
        elif target is not None:
            title = document.event(target[1]).event.title
    except AllianceError:
        pass  # the file is out of reach: the note waits all the same
    return Waiting(key, "note", store.time(key), title, key.startswith("note-on-"))


def _stage(store: DraftStore, key: str) -> Waiting | None:
    data = store.read_bytes(key) if key.startswith(STAGE) else None
    typed = kept_stages.read(data) if data is not None else None
    if typed is None:
        return None
    return Waiting(key, "stage", store.time(key), typed.title, key.startswith(NEW_STAGE))


def kept_quote(store: DraftStore, key: str) -> KeptQuote | None:
    """The draft of a quote; None where there is none that can be read and has anything in it."""
    data = store.read_bytes(key) if key.startswith(QUOTE) else None
    found = kept_quotes.read(data) if data is not None else None
    return found if found is not None and found.begun else None


def _quote(document: Document, store: DraftStore, key: str) -> Waiting | None:
    kept = kept_quote(store, key)
    if kept is None:
        return None
    title = None
    try:
        text = document.source(kept.source_id).source.text
        words = " ".join(text[kept.typed.quote.start : kept.typed.quote.end].split())
        title = Bilingual(words, words)
    except AllianceError:
        pass  # its source is gone or out of reach: going on with it says so
    return Waiting(key, "quote", kept.time, title, kept.quote_id is None)
