"""The form of an event from its opening to its end: what it began with, and how it is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viewer.edits import events
from viewer.edits.drafts import EventDraft, conflicts, draft_of, rebased
from viewer.edits.kept import KeptDraft, written
from viewer.widgets.forms.event_form import EventForm
from viewer.widgets.forms.session import FormSession
from viewer.words import t

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from db.errors import AllianceError
    from db.records import Language
    from viewer.document import Document
    from viewer.edits.edit import Edit
    from viewer.widgets.forms.drafts import DraftStore
    from viewer.widgets.forms.form_panel import Notice
    from viewer.widgets.state import ViewState

_AT_THE_DATE = ("event.undated-stage",)  # refusals that are told where the date stands
_FIELD_KEYS = {
    "title": "form.title",
    "kind_id": "form.kind",
    "lane_ids": "form.lanes",
    "importance": "form.importance",
    "status": "form.status",
    "label": "form.label",
    "summary": "form.summary",
    "place": "form.place",
    "marking": "form.marking",
    "dates": "form.date",
    "citations": "form.fold.citations",
    "claims": "form.fold.claims",
    "links": "form.fold.links",
    "tag_ids": "form.tags",
    "new_tags": "form.tags",
}


class EventSession(FormSession[EventDraft]):
    """A form on an event (`event_id` None for a new one)."""

    def __init__(
        self,
        document: Document,
        state: ViewState,
        store: DraftStore,
        key: str,
        stored: EventDraft,
        kept: KeptDraft | None = None,
        event_id: int | None = None,
    ) -> None:
        """`stored` is the event as the file has it, or as a new one begins; `kept` the draft that
        is gone on with."""
        form = self.form = EventForm(document, state, is_new=event_id is None)
        super().__init__(document, form, form.fields, kept)
        self.event_id = event_id
        self._begin(stored, store, key, written)
        self._look_for_others()

    def _fill(self, draft: EventDraft, pending: Mapping[str, str]) -> None:
        self.form.fields.fill(draft, pending, self._quotes())

    def _look(self, time: str) -> KeptDraft:
        fields = self.form.fields
        return KeptDraft(fields.typed(), self._base, self.event_id, time, fields.pending())

    def _quotes(self) -> list[tuple[int, str]]:
        """The quotes that a claim of the event may rest on."""
        if self.event_id is None or not self._document.has(("event", self.event_id)):
            return []
        detail = self._document.event(self.event_id)
        return [(each.quote.id, each.quote.exact) for each in detail.quotes]

    def _what_others_did(self) -> list[Notice]:
        if self.event_id is None:
            return []
        now = stored_event(self._document, self.event_id)
        if now is None:
            return [("form.deleted", {})]
        if now == self._stored:
            return []
        if not self._look("").begun:
            self._show(now)
            return []
        theirs = rebased(self._stored, now, self._base)
        both = conflicts(self._base, self.form.fields.typed(), theirs)
        named: Callable[[Language], str] = lambda language: _named(both, language)  # noqa: E731
        return [("form.changed", {}), *([("form.conflict", {"fields": named})] if both else [])]

    def _tell_refusal(self, error: AllianceError) -> None:
        if error.code in _AT_THE_DATE:
            self.form.show_wrong([(self.form.fields.date, error)])
        else:
            super()._tell_refusal(error)

    def _edit(self, draft: EventDraft) -> Edit:
        if self.event_id is None:
            return events.added(draft)
        rows = self._document.rows_about("event", [self.event_id])
        if self.event_id not in rows["event"]:
            return events.added(draft)
        return events.edited(rows, self.event_id, draft, self._base)


def stored_event(document: Document, event_id: int) -> EventDraft | None:
    """An event as it is stored just now; None where it is gone. Raises as `rows_about` does."""
    rows = document.rows_about("event", [event_id])
    return draft_of(rows, event_id) if event_id in rows["event"] else None


def _named(fields: tuple[str, ...], language: Language) -> str:
    """The fields of a draft as the form calls them, each name once."""
    names = [t(_FIELD_KEYS[each], language) for each in fields]
    return ", ".join(dict.fromkeys(names))
