"""Adding and editing events in the window: what the commands for it mean.

What they need is loaded when one of them is used: the first picture does not wait for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from db.errors import AllianceError
from viewer.widgets.forms.one_form import OneForm
from viewer.words import t
from viewer.words.changes import change_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from viewer.document import Document
    from viewer.edits.drafts import EventDraft
    from viewer.edits.edit import Edit
    from viewer.edits.kept import KeptDraft
    from viewer.widgets.commands import Commands
    from viewer.widgets.forms.event_form import EventForm
    from viewer.widgets.forms.event_session import EventSession
    from viewer.widgets.settings import Settings
    from viewer.widgets.state import Selection, ViewState


class Adding(OneForm):
    """The events' form, one at a time."""

    stage_asked = Signal(object)
    _session: EventSession | None

    def __init__(
        self,
        document: Document,
        state: ViewState,
        selection: Selection,
        settings: Settings,
        window: QWidget,
    ) -> None:
        super().__init__(document, state, window)
        self._selection, self._settings = selection, settings
        self._last: tuple[int, tuple[int, ...]] | None = None  # kind and lanes of the last one

    @property
    def form(self) -> EventForm | None:
        """The form that is open."""
        return self._session.form if self._session else None

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What the commands mean."""
        return {
            "new-event": self.new_event,
            "edit-event": self.edit_selected,
        }

    def refresh(self, commands: Commands) -> None:
        """Greys the commands that cannot be used just now, and says why."""
        from viewer.widgets.commands import tool_tip

        language, reason = self._state.language, self._document.read_only_reason
        chosen = any(table == "event" for table, _ in self._selection.refs)
        one = self._selection.ref is not None and len(self._selection.refs) == 1
        for key, possible in (
            ("new-event", True), ("edit-event", one), ("delete-event", chosen),
        ):  # fmt: skip
            action = commands.actions[key]
            action.setEnabled(self._may_write() and possible)
            action.setToolTip(t(reason, language) if reason else tool_tip(action))
            action.setStatusTip(t(reason, language) if reason else "")

    # Opening the form

    def new_event(self, date_edtf: str | None = None, lane_id: int | None = None) -> None:
        """Opens the form for a new event; one that is open for that already is gone on with,
        unless another date or lane is meant."""
        if not self._may_write():
            return
        session = self._session
        if session and session.event_id is None and date_edtf is None and lane_id is None:
            session.form.begin()
            return
        from viewer.widgets.forms.drafts import new_key

        self._open(new_key(), self._beginning(date_edtf, lane_id))

    def edit_event(self, event_id: int, part: str = "") -> None:
        """Opens the form on an event, at a part of it (`EventForm.go_to`); what was being written
        in it before is gone on with."""
        if not self._may_write():
            return
        if self._session is None or self._session.event_id != event_id:
            self._open_event(event_id)
        elif not part:
            self._session.form.begin()
        if part and self._session and self._session.event_id == event_id:
            self._session.form.go_to(part)

    def _open_event(self, event_id: int) -> None:
        from viewer.widgets.forms.event_session import stored_event

        key = str(event_id)
        kept = self._store.read(key)
        try:
            stored = kept.base if kept else stored_event(self._document, event_id)
        except AllianceError as error:
            self._tell(error)
            return
        if stored is not None:
            self._open(key, stored, kept, event_id)

    def edit_selected(self) -> None:
        """Opens the form of the event that is selected, or asks for that of the stage."""
        ref = self._selection.ref
        if ref is not None and ref[0] == "event":
            self.edit_event(ref[1])
        elif ref is not None:
            self.stage_asked.emit(ref[1])

    def resume(self, key: str) -> None:
        """Goes on with a draft that waits."""
        kept = self._store.read(key)
        if self._may_write() and kept is not None:
            self._open(key, kept.base, kept, kept.event_id)

    def _open(
        self,
        key: str,
        stored: EventDraft,
        kept: KeptDraft | None = None,
        event_id: int | None = None,
    ) -> None:
        from viewer.widgets.forms.event_session import EventSession

        if not self.leave():
            return
        session = EventSession(
            self._document, self._state, self._store, key, stored, kept, event_id
        )
        session.form.set_open_folds(self._settings.form_open)
        session.form.folded.connect(self._remember_folds)
        session.saved.connect(self._on_saved)
        self._show(session)

    def _beginning(self, date_edtf: str | None, lane_id: int | None) -> EventDraft:
        """A new event as the form shows it first."""
        from viewer.edits.drafts import EMPTY, DateDraft, EventDraft

        dates = (DateDraft(date_edtf, primary=True),) if date_edtf else ()
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

    def _remember_folds(self) -> None:
        if self._session is not None:
            self._settings.form_open = self._session.form.open_folds()

    # Its end

    def _on_saved(self, edit: Edit, draft: EventDraft) -> None:
        assert self._session is not None
        event_id = edit.made[1] if edit.made is not None else self._session.event_id
        assert event_id is not None
        self._last = (draft.kind_id, draft.lane_ids)
        self._close()
        self._selection.select(("event", event_id))
        if not edit.changes:
            return
        language = self._state.language
        words = change_words(edit.label, language)
        row = self._document.timeline.columns.row(event_id)
        if row is None:
            self.news.emit(t("form.saved-undated", language, words=words))
        elif not self._state.mask()[row]:
            self.news.emit(t("form.saved-hidden", language, words=words))

    # Following the file
