"""Edits of many rows: read and written beside the window, which tells how far it is and can stop
it; all of it is one changeset, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, Signal

from db.changes import ChangeSet
from db.errors import AllianceError
from db.store import Store
from viewer.document import Changed
from viewer.widgets.busy_box import PARTS, BusyBox
from viewer.widgets.messages import tell_error
from viewer.widgets.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from db.changes import Rows
    from viewer.document import Document
    from viewer.edits.edit import Edit
    from viewer.widgets.state import ViewState

    Make = Callable[[Rows], Edit]
    """Makes the edit of the rows about some events."""


class LongEdit(QObject):
    """One edit of many events, or the undo of one. It lives until it is written, refused or
    stopped; `words` say what is being done.

    The window waits for it behind a box with a bar: nobody edits what is just being written.
    """

    _written = Signal(int)

    def __init__(self, document: Document, state: ViewState, window: QWidget, words: str) -> None:
        super().__init__(window)
        self._document, self._state, self._window = document, state, window
        self._work: Work | None = None
        self._changed: Changed | None = None  # what was written, as soon as it is on the disk
        self._told = 0  # of the thousand parts that are written
        self.box = BusyBox(words, state.language, window)
        self._written.connect(self.box.show_parts)

    def run(self, ids: Sequence[int], make: Make) -> None:
        """Makes the edit of the events with these ids and writes it."""
        author = self._document.author

        def job(store: Store) -> Changed:
            edit = make(store.rows_about("event", ids))
            if edit.changes:
                changeset = ChangeSet(edit.changes, label=edit.label, author=author)
                store.apply(changeset, self._tell_progress)
            return Changed("edit", edit.label)

        self.box.can_be_left(self._stop)
        self._start(job)

    def revert(self, way: Literal["undo", "redo"]) -> None:
        """Undoes the last change, or does again the one undone last: that is not stopped."""
        author = self._document.author

        def job(store: Store) -> Changed:
            found = store.revert(way, author)
            return Changed(way, found.label if found else "")

        self._start(job)

    def _start(self, job: Callable[[Store], Changed]) -> None:
        path = self._document.path
        assert path is not None

        def whole() -> Changed:
            # A store belongs to its thread.
            with Store.open(path) as store:
                self._changed = job(store)
            return self._changed

        self._work = Work(whole)
        self._work.done.connect(lambda _: self._done())
        self._work.failed.connect(self._failed)
        self.box.open()
        self._work.start()

    def _tell_progress(self, done: int, of: int) -> None:
        """Told in the thread that writes; what it raises takes all back."""
        assert self._work is not None
        if self._work.dropped:
            raise _Stopped
        parts = done * PARTS // of
        if parts > self._told:
            self._told = parts
            self._written.emit(parts)

    def _stop(self) -> None:
        if self._work is not None:
            self._work.drop()
            # The next edit does not meet the lock of this one.
            self._work.wait()
        self._done()

    def _done(self) -> None:
        """It is written; or stopped, unless that came too late."""
        self._leave()
        if self._changed is not None:
            self._document.read_anew(self._changed)

    def _failed(self, error: object) -> None:
        self._leave()
        if not isinstance(error, AllianceError):
            assert isinstance(error, Exception)
            raise error
        tell_error(self._window, error, self._state.language)

    def _leave(self) -> None:
        self.box.done(0)
        self.box.deleteLater()
        self.deleteLater()


class _Stopped(Exception):  # noqa: N818 - nothing went wrong
    """The user wants no more of it."""
