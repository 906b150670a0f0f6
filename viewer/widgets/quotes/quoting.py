"""Quotes in the window: taken from a source, edited, linked, deleted.

What the form needs is loaded when it is used: the first picture does not wait for it.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from db.changes import Insert
from db.errors import AllianceError
from viewer.widgets.forms.one_form import OneForm
from viewer.widgets.quotes.taking_away import TakingAway
from viewer.words import t

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from db.details import SourceDetail
    from db.records import Bilingual, Ref
    from viewer.document import Document
    from viewer.edits.edit import Edit
    from viewer.edits.kept_quotes import KeptQuote, QuoteEntry
    from viewer.widgets.commands import Commands
    from viewer.widgets.forms.editing import Editing
    from viewer.widgets.quotes.beginnings import Before
    from viewer.widgets.quotes.form import QuoteForm
    from viewer.widgets.quotes.session import QuoteSession
    from viewer.widgets.quotes.targets import TargetFinder
    from viewer.widgets.state import Selection, ViewState

Passage = tuple[int, int, int]
"""A source's id and a stretch of its text: code points, end exclusive."""
_NEAR = 8  # targets on offer before anything is typed


class Quoting(OneForm):
    """The quotes' form, one at a time. `shown` tells the ids of the source and the quote saved."""

    shown = Signal(object, object)
    _session: QuoteSession | None

    def __init__(
        self,
        document: Document,
        state: ViewState,
        selection: Selection,
        editing: Editing,
        passage: Callable[[], Passage | None],
        window: QWidget,
    ) -> None:
        """`passage` gives what is selected in the source that is being read."""
        super().__init__(document, state, window)
        self._selection, self._passage = selection, passage
        self._before: Before | None = None
        self._taking_away = TakingAway(document, state, editing, self._discard_of, window)

    @property
    def form(self) -> QuoteForm | None:
        """The form that is open."""
        return self._session.form if self._session else None

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What the commands mean."""
        return {"quote-passage": self.quote_passage}

    def refresh(self, commands: Commands) -> None:
        """Greys what cannot be done in a file that is only read, and says why."""
        from viewer.widgets.commands import tool_tip

        reason = self._document.read_only_reason
        told = t(reason, self._state.language) if reason else ""
        action = commands.actions["quote-passage"]
        action.setEnabled(self._may_write())
        action.setToolTip(told or tool_tip(action))
        action.setStatusTip(told)

    # Opening the form

    def quote_passage(self) -> None:
        """Begins a quote on what is selected in the source; a quote that is there already is
        opened, and a form for a new one takes the passage over."""
        found = self._passage()
        if not self._may_write():
            return
        if found is None:
            self.news.emit(t("quoting.select-first", self._state.language))
            return
        source_id, start, end = found
        quote_id = self._quote_at(source_id, start, end)
        session = self._session
        if quote_id is not None:
            self.edit(quote_id)
        elif session and session.quote_id is None and session.source.source.id == source_id:
            session.form.fields.extent.take(start, end)
            session.form.begin()
        else:
            self.begin(source_id, start, end)

    def begin(
        self,
        source_id: int,
        start: int,
        end: int,
        *,
        edtf: str | None = None,
        event_id: int | None = None,
    ) -> None:
        """Opens the form for a new quote on a stretch of a source (code points, end exclusive);
        with `edtf` for a new event on that date, with `event_id` for an event that is there."""
        if not self._may_write():
            return
        from viewer.edits.quoting import trimmed
        from viewer.widgets.forms.waiting import NEW_QUOTE
        from viewer.widgets.quotes import beginnings
        from viewer.widgets.quotes.target_field import UNDECIDED

        try:
            source = self._document.source(source_id)
        except AllianceError as error:
            self._tell(error)
            return
        start, end = trimmed(source.source.text, start, end)
        if start >= end:
            self._tell(AllianceError("quote.empty"))
            return
        before = self._before or beginnings.Before()
        event = beginnings.new_event(self._document, source, edtf, self._selection.ref, before)
        target: Ref | None = UNDECIDED
        if event_id is not None:
            target = ("event", event_id)
        elif edtf is not None:
            target = None
        entry = beginnings.quote_entry(
            self._document, source, start, end, before, target, event if target is None else None
        )
        self._open(f"{NEW_QUOTE}{os.urandom(4).hex()}", source, entry)

    def edit(self, quote_id: int) -> None:
        """Opens the form on a quote; what was being written in it before is gone on with."""
        if not self._may_write():
            return
        if self._session and self._session.quote_id == quote_id:
            self._session.form.begin()
            return
        from viewer.edits.edit import number
        from viewer.widgets.forms.waiting import QUOTE, kept_quote
        from viewer.widgets.quotes.session import stored_quote

        key = f"{QUOTE}{quote_id}"
        kept = kept_quote(self._store, key)
        try:
            rows = self._document.rows_about("quote", [quote_id])["quote"]
            stored = stored_quote(self._document, quote_id) if kept is None else kept.base
            if stored is None or (kept is None and quote_id not in rows):
                return
            source_id = kept.source_id if kept else number(rows[quote_id], "source_id")
            source = self._document.source(source_id)
        except AllianceError as error:
            self._tell(error)
            return
        self._open(key, source, stored, kept, quote_id)

    def link(self, quote_id: int) -> None:
        """Opens the form on a quote for one more event or stage that it is evidence for."""
        self.edit(quote_id)
        if self._session and self._session.quote_id == quote_id:
            self._session.form.fields.add_evidence()

    def resume(self, key: str) -> None:
        """Goes on with the draft of that name."""
        from viewer.widgets.forms.waiting import kept_quote

        kept = kept_quote(self._store, key)
        if kept is None or not self._may_write():
            return
        try:
            source = self._document.source(kept.source_id)
        except AllianceError as error:
            self._tell(error)
            return
        self._open(key, source, kept.base, kept, kept.quote_id)

    def _open(
        self,
        key: str,
        source: SourceDetail,
        stored: QuoteEntry,
        kept: KeptQuote | None = None,
        quote_id: int | None = None,
    ) -> None:
        from viewer.widgets.quotes.beginnings import Before, new_event
        from viewer.widgets.quotes.session import QuoteSession

        if not self.leave():
            return
        before = self._before or Before()
        begins = stored.event or new_event(
            self._document, source, None, self._selection.ref, before
        )
        session = QuoteSession(
            self._document, self._state, self._store, key, source, stored, begins,
            self._finder(source), self._author(), kept, quote_id,
        )  # fmt: skip
        session.saved.connect(self._on_saved)
        self._show(session)

    def _finder(self, source: SourceDetail) -> TargetFinder:
        """Offers what is selected first, then what the document's other quotes are about."""
        from viewer.widgets.quotes.targets import TargetFinder

        refs = [self._selection.ref] if self._selection.ref is not None else []
        refs += [evidence.target for each in source.quotes for evidence, _ in each.evidence]
        return TargetFinder(self._document, list(dict.fromkeys(refs))[:_NEAR])

    def _author(self) -> Bilingual:
        from viewer.widgets.quotes.speaker_field import in_its_language

        name = self._document.author or t("quoting.by-us", self._state.language)
        return in_its_language(name)

    def _quote_at(self, source_id: int, start: int, end: int) -> int | None:
        """The quote that stands exactly there."""
        for each in self._document.source(source_id).quotes:
            if (each.anchor.start, each.anchor.end) == (start, end):
                return each.quote.id
        return None

    # Its end

    def _on_saved(self, edit: Edit, _draft: QuoteEntry) -> None:
        from viewer.widgets.quotes.beginnings import Before

        session = self._session
        assert session is not None
        entry = session.form.fields.typed()
        speaker = entry.quote.speaker if isinstance(entry.quote.speaker, int) else None
        made = [each for each in edit.changes if isinstance(each, Insert)]
        speakers = [each.id for each in made if each.table == "speaker"]
        quotes = [each.id for each in made if each.table == "quote"]
        source_id, known = session.source.source.id, self._before or Before()
        self._before = Before(
            entry.event.kind_id if entry.event else known.kind_id,
            entry.event.lane_ids if entry.event else known.lane_ids,
            source_id,
            speakers[0] if speakers else speaker,
        )
        quote_id = quotes[0] if quotes else session.quote_id
        self._close()
        self._select(edit, entry)
        if quote_id is not None:
            self.shown.emit(source_id, quote_id)

    def _select(self, edit: Edit, entry: QuoteEntry) -> None:
        """Shows what the quote is evidence for."""
        targets = [each.target for each in entry.quote.evidence if each.target is not None]
        if edit.made is not None and edit.made[0] == "event":
            self._selection.select(edit.made)
        elif targets and self._selection.ref not in targets:
            self._selection.select(targets[0])

    # Without the form

    def do(self, what: str, quote_id: int, evidence_id: int | None = None) -> None:
        """What the inspector and the reader ask for: "edit", "link", "unlink", "delete"."""
        if not self._may_write():
            return
        if what == "unlink" and evidence_id is not None:
            self._taking_away.unlink(quote_id, evidence_id)
        elif what == "edit":
            self.edit(quote_id)
        elif what == "link":
            self.link(quote_id)
        elif what == "delete":
            self._taking_away.delete(quote_id)

    def _discard_of(self, quote_id: int) -> None:
        """A quote is about to be deleted: what is typed in its form goes with it."""
        if self._session is not None and self._session.quote_id == quote_id:
            self.discard()

    # Following the file and the state

    def _on_replaced(self) -> None:
        super()._on_replaced()
        self._before = None
