"""One form from its opening to its end: what it began with, its draft, and how it is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, Signal

from db.errors import AllianceError
from viewer.edits import events
from viewer.edits.drafts import EventDraft, conflicts, draft_of, rebased
from viewer.edits.kept import KeptDraft
from viewer.widgets.forms.draft_keeper import DraftKeeper
from viewer.widgets.forms.event_form import EventForm
from viewer.words import t
from viewer.words.dates import moment_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from db.records import Language
    from viewer.document import Document
    from viewer.edits.edit import Edit
    from viewer.widgets.forms.drafts import DraftStore
    from viewer.widgets.forms.form_panel import Notice
    from viewer.widgets.state import ViewState

_NOTHING: Mapping[str, str] = {}
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


class FormSession(QObject):
    """A form on an event (`event_id` None for a new one). `saved` tells the edit that was written
    and the draft that it was made from; `left` and `discarded` that its user is through."""

    saved = Signal(object, object)
    left = Signal()
    discarded = Signal()

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
        super().__init__(form)
        self._document, self._resumed = document, kept
        self.event_id, self._stored = event_id, stored
        quotes = self._quotes()
        form.fields.fill(stored, _NOTHING, quotes)
        # The same as the fields have it: what is compared with it later comes from them too.
        self._base = form.fields.typed()
        if kept is not None:
            form.fields.fill(kept.typed, kept.pending, quotes)
        form.show_touched(kept is not None)
        self._keeper = DraftKeeper(store, key, self._look, self)
        self._keeper.failed.connect(form.show_draft_fault)
        form.changed.connect(self._on_touched)
        form.save_asked.connect(self.save)
        form.leave_asked.connect(self.left)
        form.discard_asked.connect(self.discarded)
        self._look_for_others()

    @property
    def key(self) -> str:
        """The name of its draft."""
        return self._keeper.key

    def _look(self, time: str) -> KeptDraft:
        fields = self.form.fields
        return KeptDraft(fields.typed(), self._base, self.event_id, time, fields.pending())

    def _on_touched(self) -> None:
        self._keeper.touched()
        self.form.show_touched(True)

    def _quotes(self) -> list[tuple[int, str]]:
        """The quotes that a claim of the event may rest on."""
        if self.event_id is None or not self._document.has(("event", self.event_id)):
            return []
        detail = self._document.event(self.event_id)
        return [(each.quote.id, each.quote.exact) for each in detail.quotes]

    # What others do meanwhile

    def follow(self) -> None:
        """The file was changed by somebody else, or by undo."""
        self.form.fields.refresh_choices()
        self._look_for_others()

    def _look_for_others(self) -> None:
        """Says in the form what others did to its event; a form that nobody has touched simply
        shows it as it is by now."""
        notices: list[Notice] = []
        if self._resumed is not None:
            notices.append(("form.resumed", {"when": self._when}))
        try:
            notices += self._what_others_did()
        except AllianceError:
            # The file is being written or was taken away: saving will say so.
            return
        self.form.show_notices(notices)

    def _when(self, language: Language) -> str:
        assert self._resumed is not None
        return moment_words(self._resumed.time, language)

    def _what_others_did(self) -> list[Notice]:
        if self.event_id is None:
            return []
        now = stored_event(self._document, self.event_id)
        if now is None:
            return [("form.deleted", {})]
        if now == self._stored:
            return []
        if not self._look("").begun:
            self.form.fields.fill(now, _NOTHING, self._quotes())
            self._stored, self._base = now, self.form.fields.typed()
            return []
        theirs = rebased(self._stored, now, self._base)
        both = conflicts(self._base, self.form.fields.typed(), theirs)
        named: Callable[[Language], str] = lambda language: _named(both, language)  # noqa: E731
        return [("form.changed", {}), *([("form.conflict", {"fields": named})] if both else [])]

    # Its end

    def save(self) -> None:
        """Writes the event; what keeps it from being written is said in the form."""
        form = self.form
        form.commit_typing()
        form.fields.settle()
        if wrong := form.fields.wrong():
            form.show_wrong(wrong)
            return
        draft = form.fields.draft()
        try:
            edit = self._edit(draft)
            self._document.apply(edit, self)
        except AllianceError as error:
            self._keeper.flush()
            if error.code in _AT_THE_DATE:
                form.show_wrong([(form.fields.date, error)])
            else:
                form.show_fault(error)
            return
        self.forget()
        self.saved.emit(edit, draft)

    def _edit(self, draft: EventDraft) -> Edit:
        if self.event_id is None:
            return events.added(draft)
        rows = self._document.rows_about("event", [self.event_id])
        if self.event_id not in rows["event"]:
            return events.added(draft)
        return events.edited(rows, self.event_id, draft, self._base)

    def flush(self) -> Literal["kept", "nothing", "failed"]:
        """Puts what is typed on the disk."""
        self.form.commit_typing()
        return self._keeper.flush()

    def forget(self) -> None:
        """What was typed is no longer wanted as a draft."""
        self._keeper.forget()


def stored_event(document: Document, event_id: int) -> EventDraft | None:
    """An event as it is stored just now; None where it is gone. Raises as `rows_about` does."""
    rows = document.rows_about("event", [event_id])
    return draft_of(rows, event_id) if event_id in rows["event"] else None


def _named(fields: tuple[str, ...], language: Language) -> str:
    """The fields of a draft as the form calls them, each name once."""
    names = [t(_FIELD_KEYS[each], language) for each in fields]
    return ", ".join(dict.fromkeys(names))
