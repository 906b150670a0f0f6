"""Offers to go on with a note that was being written, in a bar above the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from db.errors import AllianceError
from viewer.words import t

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from db.records import Ref
    from viewer.document import Document
    from viewer.widgets.forms.drafts import DraftStore
    from viewer.widgets.parts.notice_bar import NoticeBar
    from viewer.widgets.state import ViewState


class NoteOffers(QObject):
    """The draft of a note that waits; `made` tells the bar once there is one, `resumed` what a
    draft is on (an event or a stage, or None), and the id of its note where there is one."""

    made = Signal(object)
    resumed = Signal(object, object)

    def __init__(
        self,
        document: Document,
        state: ViewState,
        target_of: Callable[[int], Ref | None],
        title_of: Callable[[Ref], str],
        window: QWidget,
    ) -> None:
        """`target_of` gives what a note is on, None where there is no such note; `title_of` what
        an event or stage is called."""
        super().__init__(window)
        self._document, self._state, self._window = document, state, window
        self._target_of, self._title_of = target_of, title_of
        self.bar: NoticeBar | None = None
        self._key = ""

    @property
    def _store(self) -> DraftStore:
        from viewer.widgets.forms.drafts import DraftStore

        return DraftStore(self._document.file_id)

    def refresh(self, *, offers: bool) -> None:
        """Offers what waits, where it `offers` anything just now."""
        from viewer.widgets.forms.note_drafts import read_key

        found = [key for key in self._store.every_key() if read_key(key)] if offers else []
        self._key = found[0] if found else ""
        if self.bar is None:
            if not self._key:
                return
            self.bar = self._made()
        language = self._state.language
        self.bar.name(self.bar.buttons[0], t("drafts.resume", language))
        self.bar.name(self.bar.buttons[1], t("drafts.discard", language))
        self.bar.say(self._told() if self._key else "")

    def _made(self) -> NoticeBar:
        from viewer.widgets.parts.notice_bar import NoticeBar

        bar = NoticeBar(2)
        bar.buttons[0].clicked.connect(self._resume)
        bar.buttons[1].clicked.connect(self._forget)
        self.made.emit(bar)
        return bar

    def _meant(self) -> tuple[Ref | None, int | None]:
        """What the draft is on, None where that is gone, and the id of its note."""
        from viewer.widgets.forms.note_drafts import read_key

        target, note_id = read_key(self._key) or (None, None)
        if note_id is not None:
            target = self._target_of(note_id)
        elif target is not None and not self._document.has(target):
            target = None
        return target, note_id

    def _told(self) -> str:
        language = self._state.language
        try:
            target, _ = self._meant()
            if target is not None:
                return t("notes.waiting-on", language, title=self._title_of(target))
        except AllianceError:
            pass  # the file is out of reach: the note waits all the same
        return t("notes.waiting", language)

    def _resume(self) -> None:
        target, note_id = self._meant()
        if target is not None:
            self.resumed.emit(target, note_id)
        else:
            self._show_words()

    def _show_words(self) -> None:
        """What it was on is gone: the words are not thrown away without a question."""
        from viewer.widgets.forms.note_drafts import read_draft
        from viewer.widgets.parts.messages import ask

        language, draft = self._state.language, read_draft(self._store, self._key)
        text = t("notes.lost-target", language, words=draft.words if draft else "")
        ask(self._window, text, t("drafts.discard", language), language, self._forget)

    def _forget(self) -> None:
        self._store.remove(self._key)
        self.refresh(offers=True)
