"""The form of a quote from its opening to its end: what it began with, and how it is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viewer.edits import kept_quotes, quoting
from viewer.edits.kept_quotes import KeptQuote, QuoteEntry
from viewer.edits.quote_drafts import draft_of_quote
from viewer.widgets.forms.session import FormSession
from viewer.widgets.quotes.form import QuoteForm

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.details import SourceDetail
    from db.records import Bilingual
    from viewer.document import Document
    from viewer.edits.drafts import EventDraft
    from viewer.edits.edit import Edit
    from viewer.widgets.forms.drafts import DraftStore
    from viewer.widgets.forms.form_panel import Notice
    from viewer.widgets.quotes.targets import TargetFinder
    from viewer.widgets.state import ViewState


class QuoteSession(FormSession[QuoteEntry]):
    """A form on a quote (`quote_id` None for a new one)."""

    def __init__(
        self,
        document: Document,
        state: ViewState,
        store: DraftStore,
        key: str,
        source: SourceDetail,
        stored: QuoteEntry,
        begins: EventDraft,
        finder: TargetFinder,
        author: Bilingual,
        kept: KeptQuote | None = None,
        quote_id: int | None = None,
    ) -> None:
        """`stored` is the quote as the file has it, or as a new one begins; `begins` a new event
        as it is shown first; `kept` the draft that is gone on with."""
        form = self.form = QuoteForm(document, state, finder, author, is_new=quote_id is None)
        super().__init__(document, form, form.fields, kept)
        self._begins, self.source, self.quote_id = begins, source, quote_id
        self._begin(stored, store, key, kept_quotes.written)
        self.follow()

    def _fill(self, draft: QuoteEntry, pending: Mapping[str, str]) -> None:
        self.form.fields.fill(self.source, draft, self._begins, pending)

    def _look(self, time: str) -> KeptQuote:
        fields, source_id = self.form.fields, self.source.source.id
        return KeptQuote(
            fields.typed(), self._base, source_id, self.quote_id, time, fields.pending()
        )

    def _what_others_did(self) -> list[Notice]:
        if self.quote_id is None:
            return []
        now = stored_quote(self._document, self.quote_id)
        if now is None:
            return [("quoting.deleted", {})]
        if now == self._stored:
            return self._what_is_broken()
        if not self._look("").begun:
            self._show(now)
            return self._what_is_broken()
        return [("quoting.changed", {})]

    def _what_is_broken(self) -> list[Notice]:
        """That the source no longer has the words where they were taken."""
        assert self.quote_id is not None
        row, quote = self._document.rows_about("quote", [self.quote_id]), self._stored.quote
        exact = str(row["quote"][self.quote_id]["exact"])
        if self.source.source.text[quote.start : quote.end] == exact:
            return []
        return [("quoting.broken", {"exact": lambda _: exact})]

    def _edit(self, entry: QuoteEntry) -> Edit:
        source = self.source.source
        if self.quote_id is None:
            return quoting.added(source, entry.quote, entry.event)
        rows = self._document.rows_about("quote", [self.quote_id])
        if self.quote_id not in rows["quote"]:
            return quoting.added(source, entry.quote, entry.event)
        others = {
            anchor["source_id"]: self._document.source(int(anchor["source_id"] or 0)).source.text
            for anchor in rows["anchor"].values()
            if anchor["source_id"] != source.id
        }
        texts = {ident: text for ident, text in others.items() if isinstance(ident, int)}
        return quoting.edited(
            rows, self.quote_id, entry.quote, source, texts, self._base.quote, event=entry.event
        )


def stored_quote(document: Document, quote_id: int) -> QuoteEntry | None:
    """A quote as it is stored just now; None where it is gone. Raises as `rows_about` does."""
    rows = document.rows_about("quote", [quote_id])
    return QuoteEntry(draft_of_quote(rows, quote_id)) if quote_id in rows["quote"] else None
