"""Going on with what was being written and never saved: events, notes, stages, quotes."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from db.errors import AllianceError
from viewer.words import t

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from viewer.document import Document
    from viewer.widgets.commands import Commands
    from viewer.widgets.forms.draft_bar import DraftBar
    from viewer.widgets.forms.drafts import DraftStore
    from viewer.widgets.forms.waiting import Waiting
    from viewer.widgets.state import ViewState


class Resuming(QObject):
    """The drafts of the open file that wait, and the bar that offers them (`made` tells it once
    there is one, to be put above the timeline).

    `event_asked` tells the key of the draft of an event that is to be gone on with, `note_asked`
    what a note is on (an event or a stage) and its id, None for a new one, `stage_asked` the id of
    a stage, and `new_stage_asked` that of the scheme that is to have a new one; `quote_asked` the
    key of the draft of a quote. `changed` tells that others wait than before.
    """

    made = Signal(object)
    changed = Signal()
    event_asked = Signal(str)
    note_asked = Signal(object, object)
    stage_asked = Signal(object)
    new_stage_asked = Signal(object)
    quote_asked = Signal(str)

    def __init__(
        self,
        document: Document,
        state: ViewState,
        at_work: Callable[[], set[str]],
        window: QWidget,
    ) -> None:
        """`at_work` gives the keys of the drafts whose forms are open."""
        super().__init__(window)
        self._document, self._state, self._window = document, state, window
        self._at_work = at_work
        self._has_begun = False
        self.waiting: list[Waiting] = []
        document.replaced.connect(self.look)
        # A form that has just written takes its draft away after this.
        document.changed.connect(lambda *_: QTimer.singleShot(0, self, self.look))
        state.changed.connect(self._on_state)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What the commands mean."""
        return {"continue-draft": self.resume_newest}

    def refresh(self, commands: Commands) -> None:
        """Greys what cannot be done just now."""
        reason = self._document.read_only_reason
        action = commands.actions["continue-draft"]
        action.setEnabled(bool(self.waiting))
        action.setStatusTip(t(reason, self._state.language) if reason else "")

    @property
    def _store(self) -> DraftStore:
        from viewer.widgets.forms.drafts import DraftStore

        return DraftStore(self._document.file_id)

    @cached_property
    def bar(self) -> DraftBar:
        from viewer.widgets.forms.draft_bar import DraftBar

        bar = DraftBar()
        bar.resumed.connect(self.resume)
        bar.discarded.connect(self.discard)
        self.made.emit(bar)
        return bar

    def begin(self) -> None:
        """Offers what was being written when the program ended; once the window stands."""
        self._has_begun = True
        self.look()

    def look(self) -> None:
        """Offers what waits just now, but for what stands in a form that is open."""
        if not self._has_begun:
            return
        self.waiting = self._found()
        if self.waiting or "bar" in self.__dict__:
            self.bar.offer(self.waiting, self._state.language)
        self.changed.emit()

    def _found(self) -> list[Waiting]:
        if self._document.path is None or self._document.read_only_reason is not None:
            return []
        if not self._store.every_key():  # as at most starts, which do without what reads drafts
            return []
        from viewer.widgets.forms.waiting import waiting_drafts

        at_work = self._at_work()
        found = waiting_drafts(self._document, self._store)
        return [each for each in found if each.key not in at_work]

    def resume_newest(self) -> None:
        """Goes on with the newest draft that waits."""
        if self.waiting:
            self.resume(self.waiting[0].key)

    def resume(self, key: str) -> None:
        """Goes on with a draft, in its own form."""
        self.look()
        waiting = next((each for each in self.waiting if each.key == key), None)
        if waiting is None:  # another window was faster
            return
        try:
            {
                "event": self._resume_event,
                "note": self._resume_note,
                "stage": self._resume_stage,
                "quote": self._resume_quote,
            }[waiting.kind](waiting)
        except AllianceError as error:
            from viewer.widgets.parts.messages import tell_error

            tell_error(self._window, error, self._state.language)
        self.look()

    def discard(self, key: str) -> None:
        """What was typed is not wanted."""
        self._store.remove(key)
        self.look()

    def _resume_event(self, waiting: Waiting) -> None:
        self.event_asked.emit(waiting.key)

    def _resume_quote(self, waiting: Waiting) -> None:
        self.quote_asked.emit(waiting.key)

    def _resume_note(self, waiting: Waiting) -> None:
        from viewer.widgets.forms.note_drafts import read_key
        from viewer.widgets.forms.waiting import note_target

        target = note_target(self._document, waiting.key)
        if target is None:
            self._show_words(waiting.key)
            return
        found = read_key(waiting.key)
        self.note_asked.emit(target, found[1] if found else None)

    def _show_words(self, key: str) -> None:
        """What a note was on is gone: the words are not thrown away without a question."""
        from viewer.widgets.forms.note_drafts import read_draft
        from viewer.widgets.parts.messages import ask

        language, draft = self._state.language, read_draft(self._store, key)
        text = t("notes.lost-target", language, words=draft.words if draft else "")
        discard = t("drafts.discard", language)
        ask(self._window, text, discard, language, lambda: self.discard(key))

    def _resume_stage(self, waiting: Waiting) -> None:
        """A stage that was deleted since is begun anew in its scheme."""
        from viewer.edits import kept_stages
        from viewer.widgets.forms.waiting import NEW_STAGE, STAGE

        key, data = waiting.key, self._store.read_bytes(waiting.key)
        draft = kept_stages.read(data) if data is not None else None
        if data is None or draft is None:
            return
        if not waiting.is_new:
            stage_id = int(key.removeprefix(STAGE))
            if self._document.has(("stage", stage_id)):
                self.stage_asked.emit(stage_id)
                return
            self._store.write_bytes(f"{NEW_STAGE}{draft.scheme_id}", data)
            self._store.remove(key)
        self.new_stage_asked.emit(draft.scheme_id)

    def _on_state(self, kind: str) -> None:
        if kind == "language":
            self.look()
