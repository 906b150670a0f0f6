"""Adding, editing and deleting events in the window: the form, its draft, what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from db.errors import AllianceError
from viewer.edits import events
from viewer.edits.drafts import EMPTY, DateDraft, EventDraft, conflicts, draft_of, rebased
from viewer.edits.kept import KeptDraft
from viewer.words import t
from viewer.words.changes import change_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget

    from db.records import Language
    from viewer.document import Changed, Document
    from viewer.edits.edit import Edit
    from viewer.widgets.commands import Commands
    from viewer.widgets.draft_bar import DraftBar
    from viewer.widgets.draft_keeper import DraftKeeper
    from viewer.widgets.drafts import DraftStore, Waiting
    from viewer.widgets.event_form import EventForm
    from viewer.widgets.settings import Settings
    from viewer.widgets.state import Selection, ViewState

_NOTHING: Mapping[str, str] = {}
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


@dataclass(slots=True)
class _Session:
    """One form from its opening to its end: the event (None for a new one), what the form began
    with, and the draft that is kept of it."""

    form: EventForm
    event_id: int | None
    stored: EventDraft  # as the file had it
    base: EventDraft  # the same as the fields have it
    keeper: DraftKeeper

    def look(self, time: str) -> KeptDraft:
        fields = self.form.fields
        return KeptDraft(fields.typed(), self.base, self.event_id, time, fields.pending())


class Adding(QObject):
    """The events' form, one at a time. `opened` tells the form that is to be shown in place of the
    inspector, `closed` that it is gone, `offered` the bar to be put above the timeline, `news` a
    sentence about what was done."""

    opened = Signal(object)
    closed = Signal()
    offered = Signal(object)
    news = Signal(str)

    def __init__(
        self,
        document: Document,
        state: ViewState,
        selection: Selection,
        settings: Settings,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._document, self._state, self._selection = document, state, selection
        self._settings, self._window = settings, window
        self._session: _Session | None = None
        self._file = ""  # whose drafts are kept
        self._last: tuple[int, tuple[int, ...]] | None = None  # kind and lanes of the last one
        document.replaced.connect(self._on_replaced)
        document.changed.connect(self._on_changed)
        state.changed.connect(self._on_state)

    @property
    def form(self) -> EventForm | None:
        """The form that is open."""
        return self._session.form if self._session else None

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What the commands mean."""
        return {
            "new-event": self.new_event,
            "edit-event": self.edit_selected,
            "delete-event": self.delete_selected,
            "continue-draft": self.continue_draft,
        }

    def refresh(self, commands: Commands) -> None:
        """Greys the commands that cannot be used just now, and says why."""
        language, reason = self._state.language, self._document.read_only_reason
        writable = self._document.path is not None and reason is None
        chosen = any(table == "event" for table, _ in self._selection.refs)
        one = self._selection.ref is not None and self._selection.ref[0] == "event"
        actions = commands.actions
        for key, possible in (
            ("new-event", True), ("edit-event", one), ("delete-event", chosen),
            ("continue-draft", bool(self._waiting())),
        ):  # fmt: skip
            actions[key].setEnabled(writable and possible)
            if reason is not None:
                actions[key].setToolTip(t(reason, language))
                actions[key].setStatusTip(t(reason, language))

    # Opening the form

    def new_event(self, date_edtf: str | None = None, lane_id: int | None = None) -> None:
        """Opens the form for a new event; one that is open for that already is gone on with."""
        if not self._may_write():
            return
        session = self._session
        if session and session.event_id is None and date_edtf is None and lane_id is None:
            session.form.begin()
            return
        from viewer.widgets.drafts import new_key

        dates = (DateDraft(date_edtf, primary=True),) if date_edtf else ()
        self._open(None, self._beginning(dates, lane_id), new_key())

    def edit_event(self, event_id: int) -> None:
        """Opens the form on an event; what was being written in it before is gone on with."""
        if not self._may_write():
            return
        if self._session and self._session.event_id == event_id:
            self._session.form.begin()
            return
        key = str(event_id)
        waiting = self._store.read(key)
        if waiting is not None:
            self._resume(key, waiting)
            return
        try:
            stored = self._stored(event_id)
        except AllianceError as error:
            self._tell(error)
            return
        if stored is not None:
            self._open(event_id, stored, key)

    def edit_selected(self) -> None:
        ref = self._selection.ref
        if ref is not None and ref[0] == "event":
            self.edit_event(ref[1])

    def continue_draft(self) -> None:
        """Goes on with the newest draft that waits."""
        waiting = self._waiting()
        if waiting and self._may_write():
            self._resume(*waiting[0])

    def _resume(self, key: str, kept: KeptDraft) -> None:
        from viewer.words.dates import moment_words

        def when(language: Language) -> str:
            return moment_words(kept.time, language)

        self._open(kept.event_id, kept.base, key, kept)
        if self._session is not None:
            self._session.form.show_notices([("form.resumed", {"when": when})])
        self._look_for_others(resumed=when)

    def _open(
        self, event_id: int | None, stored: EventDraft, key: str, kept: KeptDraft | None = None
    ) -> None:
        from viewer.widgets.draft_keeper import DraftKeeper
        from viewer.widgets.event_form import EventForm

        self.leave()
        form = EventForm(self._document, self._state, is_new=event_id is None)
        quotes = self._quotes(event_id)
        form.fields.fill(stored, _NOTHING, quotes)
        base = form.fields.typed()
        if kept is not None:
            form.fields.fill(kept.typed, kept.pending, quotes)
        form.set_open_folds(self._settings.form_open)
        form.show_touched(kept is not None)
        keeper = DraftKeeper(self._store, key, lambda time: session.look(time), form)
        session = self._session = _Session(form, event_id, stored, base, keeper)
        keeper.failed.connect(form.show_draft_fault)
        form.changed.connect(self._on_touched)
        form.folded.connect(self._remember_folds)
        form.save_asked.connect(self.save)
        form.leave_asked.connect(self.leave)
        form.discard_asked.connect(self.discard)
        self.opened.emit(form)
        form.begin()
        self._offer()

    def _beginning(self, dates: tuple[DateDraft, ...], lane_id: int | None) -> EventDraft:
        """A new event as the form shows it first."""
        timeline = self._document.timeline
        lanes = {lane.id for lane in timeline.lanes}
        kinds = [kind.id for kind in timeline.kinds]
        kind, last = self._last or (kinds[0] if kinds else 0, ())
        wanted = (lane_id,) if lane_id is not None else self._lanes_of_selection() or last
        found = tuple(each for each in wanted if each in lanes)
        if not found and timeline.lanes:
            found = (timeline.lanes[0].id,)
        return EventDraft(EMPTY, kind, found, dates=dates)

    def _lanes_of_selection(self) -> tuple[int, ...]:
        """The first lane of what is selected, where a new event most likely belongs."""
        ref = self._selection.ref
        if ref is None:
            return ()
        if ref[0] == "event":
            return tuple(lane.id for lane in self._document.event(ref[1]).lanes[:1])
        stages = self._document.timeline.stages
        return tuple(each.lane_id for each in stages if each.id == ref[1] and each.lane_id)

    def _quotes(self, event_id: int | None) -> list[tuple[int, str]]:
        if event_id is None or not self._document.has(("event", event_id)):
            return []
        return [(each.quote.id, each.quote.exact) for each in self._document.event(event_id).quotes]

    def _may_write(self) -> bool:
        return self._document.path is not None and self._document.read_only_reason is None

    def _stored(self, event_id: int) -> EventDraft | None:
        """The event as it is stored just now; None where it is gone."""
        rows = self._document.rows_about("event", [event_id])
        return draft_of(rows, event_id) if event_id in rows["event"] else None

    def _remember_folds(self) -> None:
        if self._session is not None:
            self._settings.form_open = self._session.form.open_folds()

    # While it is open

    def _on_touched(self) -> None:
        if self._session is not None:
            self._session.keeper.touched()
            self._session.form.show_touched(True)

    def _on_changed(self, _changed: Changed, initiator: object) -> None:
        if self._session is not None and initiator is not self:
            self._session.form.fields.refresh_choices()
            self._look_for_others()
        self._offer()

    def _look_for_others(self, resumed: Callable[[Language], str] | None = None) -> None:
        """Says in the form what others did to its event meanwhile; what nobody has touched in the
        form is simply shown as it is by now."""
        session = self._session
        if session is None or session.event_id is None:
            return
        form = session.form
        notices: list[tuple[str, dict[str, object]]] = []
        if resumed is not None:
            notices.append(("form.resumed", {"when": resumed}))
        try:
            stored = self._stored(session.event_id)
        except AllianceError as error:
            form.show_fault(error)
            return
        if stored is None:
            form.show_notices([*notices, ("form.deleted", {})])
            return
        if stored == session.stored:
            form.show_notices(notices)
        elif not session.look("").begun:
            form.fields.fill(stored, _NOTHING, self._quotes(session.event_id))
            session.stored, session.base = stored, form.fields.typed()
            form.show_notices(notices)
        else:
            notices.append(("form.changed", {}))
            theirs = rebased(session.stored, stored, session.base)
            both = conflicts(session.base, form.fields.typed(), theirs)
            if both:
                notices.append(
                    ("form.conflict", {"fields": lambda language: _named(both, language)})
                )
            form.show_notices(notices)

    # Its end

    def save(self) -> None:
        """Writes the event; what keeps it from being written is said in the form."""
        session = self._session
        if session is None:
            return
        form = session.form
        form.commit_typing()
        form.fields.settle()
        if wrong := form.fields.wrong():
            form.show_wrong(wrong)
            return
        draft = form.fields.draft()
        try:
            edit = self._edit(session, draft)
            self._document.apply(edit, self)
        except AllianceError as error:
            session.keeper.flush()
            form.show_fault(error)
            return
        self._last = (draft.kind_id, draft.lane_ids)
        event_id = edit.made[1] if edit.made is not None else session.event_id
        session.keeper.forget()
        self._close()
        self._selection.select(("event", event_id) if event_id is not None else None)
        self._tell_saved(edit, event_id)

    def _edit(self, session: _Session, draft: EventDraft) -> Edit:
        if session.event_id is None:
            return events.added(draft)
        rows = self._document.rows_about("event", [session.event_id])
        if session.event_id not in rows["event"]:
            return events.added(draft)
        return events.edited(rows, session.event_id, draft, session.base)

    def _tell_saved(self, edit: Edit, event_id: int | None) -> None:
        language, timeline = self._state.language, self._document.timeline
        if not edit.changes or event_id is None:
            return
        words = change_words(edit.label, language)
        row = timeline.columns.row(event_id)
        if row is None:
            self.news.emit(t("form.saved-undated", language, words=words))
        elif not self._state.mask()[row]:
            self.news.emit(t("form.saved-hidden", language, words=words))

    def leave(self) -> None:
        """Closes the form; what was typed stays as a draft and is offered again."""
        session = self._session
        if session is None:
            return
        session.form.commit_typing()
        kept = session.keeper.flush()
        self._close()
        if kept:
            self.news.emit(t("drafts.kept", self._state.language))

    def discard(self) -> None:
        """Closes the form and forgets what was typed."""
        if self._session is not None:
            self._session.keeper.forget()
            self._close()

    def flush(self) -> None:
        """Puts what is typed on the disk: the window is about to go."""
        if self._session is not None:
            self._session.form.commit_typing()
            self._session.keeper.flush()

    def _close(self) -> None:
        from viewer.widgets.boxes import put_away

        session, self._session = self._session, None
        if session is not None:
            self.closed.emit()
            put_away(session.form)
        self._offer()

    # Deleting

    def delete_selected(self) -> None:
        """Deletes the selected events at once: undo brings them back, and that is said."""
        ids = [ident for table, ident in self._selection.refs if table == "event"]
        if not ids or not self._may_write():
            return
        try:
            edit = events.deleted(self._document.rows_about("event", ids))
            self._document.apply(edit)
        except AllianceError as error:
            self._tell(error)
            return
        words = change_words(edit.label, self._state.language)
        self.news.emit(t("form.undo-by", self._state.language, words=words))

    def _tell(self, error: AllianceError) -> None:
        from viewer.widgets.messages import tell_error

        tell_error(self._window, error, self._state.language)

    # Drafts that wait

    @cached_property
    def bar(self) -> DraftBar:
        from viewer.widgets.draft_bar import DraftBar

        made = DraftBar()
        made.resumed.connect(self._on_resumed)
        made.discarded.connect(self._on_discarded)
        self.offered.emit(made)
        return made

    def begin(self) -> None:
        """Offers what was being written when the program ended; once the window stands."""
        self._file = self._document.file_id
        self._offer()

    @property
    def _store(self) -> DraftStore:
        from viewer.widgets.drafts import DraftStore

        return DraftStore(self._file)

    def _waiting(self) -> list[Waiting]:
        here = self._session.keeper.key if self._session is not None else ""
        return [each for each in self._store.waiting() if each.key != here]

    def _offer(self) -> None:
        waiting = self._waiting() if self._may_write() else []
        if waiting or "bar" in self.__dict__:
            self.bar.offer(waiting, self._state.language)

    def _on_resumed(self, key: str) -> None:
        kept = self._store.read(key)
        if kept is None:
            self._offer()
        else:
            self._resume(key, kept)

    def _on_discarded(self, key: str) -> None:
        self._store.remove(key)
        self._offer()

    def _on_replaced(self) -> None:
        """Another file: what was typed for the old one waits there."""
        self.leave()
        self.begin()

    def _on_state(self, kind: str) -> None:
        if kind == "language":
            self._offer()


def _named(fields: tuple[str, ...], language: Language) -> str:
    """The fields of a draft as the form calls them, each name once."""
    names = [t(_FIELD_KEYS[each], language) for each in fields]
    return ", ".join(dict.fromkeys(names))
