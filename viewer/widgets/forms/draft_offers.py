"""The drafts of the open file that wait to be gone on with, and the bar that offers them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from db.records import Language
    from viewer.document import Document
    from viewer.widgets.forms.draft_bar import DraftBar
    from viewer.widgets.forms.drafts import DraftStore, Waiting


class DraftOffers(QObject):
    """`resumed` tells the draft to go on with (a `Waiting`), `made` the bar once there is one,
    `changed` that other drafts wait than before."""

    resumed = Signal(object)
    made = Signal(object)
    changed = Signal()

    def __init__(self, document: Document, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._file = ""
        self.waiting: list[Waiting] = []

    def look_at_file(self) -> None:
        """Another file is open: its own drafts are meant from now on."""
        self._file = self._document.file_id

    @property
    def store(self) -> DraftStore:
        from viewer.widgets.forms.drafts import DraftStore

        return DraftStore(self._file)

    @cached_property
    def bar(self) -> DraftBar:
        from viewer.widgets.forms.draft_bar import DraftBar

        bar = DraftBar()
        bar.resumed.connect(self._on_resumed)
        bar.discarded.connect(self._on_discarded)
        self.made.emit(bar)
        return bar

    def refresh(self, language: Language, without: str = "") -> None:
        """Offers what waits, but for the draft of the form that is open."""
        self._language, self._without = language, without
        found = self.store.waiting() if self._document.read_only_reason is None else []
        self.waiting = [each for each in found if each.key != without]
        if self.waiting or "bar" in self.__dict__:
            self.bar.offer(self.waiting, language)
        self.changed.emit()

    def _on_resumed(self, key: str) -> None:
        found = next((each for each in self.store.waiting() if each.key == key), None)
        if found is None:  # another window was faster
            self.refresh(self._language, self._without)
        else:
            self.resumed.emit(found)

    def _on_discarded(self, key: str) -> None:
        self.store.remove(key)
        self.refresh(self._language, self._without)
