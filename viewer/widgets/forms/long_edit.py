"""Edits of many rows: read and written beside the window, which tells how far it is and can stop
it; all of it is one changeset, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from db.changes import ChangeSet
from db.store import Store
from viewer.document import Changed
from viewer.widgets.parts.messages import tell_error
from viewer.widgets.parts.progress import working
from viewer.words import t

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from db.changes import Rows
    from viewer.document import Document
    from viewer.edits.edit import Edit
    from viewer.widgets.parts.steps import Steps
    from viewer.widgets.state import ViewState

    Make = Callable[[Rows], Edit]
    """Makes the edit of the rows about some events."""


class LongEdit:
    """One edit of many events, or the undo of one; `words` say what is being done.

    The window waits for it behind a box with a bar: nobody edits what is just being written.
    """

    def __init__(self, document: Document, state: ViewState, window: QWidget, words: str) -> None:
        self._document, self._window, self._words = document, window, words
        self._language = state.language

    def run(self, ids: Sequence[int], make: Make) -> None:
        """Makes the edit of the events with these ids and writes it."""
        author = self._document.author

        def job(store: Store, steps: Steps) -> Changed:
            edit = make(store.rows_about("event", ids))
            if edit.changes:
                store.apply(ChangeSet(edit.changes, label=edit.label, author=author), steps)
            return Changed("edit", edit.label)

        self._start(job, t("button.cancel", self._language))

    def revert(self, way: Literal["undo", "redo"]) -> None:
        """Undoes the last change, or does again the one undone last: that is not stopped."""
        author = self._document.author

        def job(store: Store, _steps: Steps) -> Changed:
            found = store.revert(way, author)
            return Changed(way, found.label if found else "")

        self._start(job, "")

    def _start(self, job: Callable[[Store, Steps], Changed], stop: str) -> None:
        path = self._document.path
        assert path is not None

        def whole(steps: Steps) -> Changed:
            # A store belongs to its thread.
            with Store.open(path) as store:
                return job(store, steps)

        working(
            self._window,
            self._words,
            stop,
            whole,
            done=self._document.read_anew,
            failed=lambda error: tell_error(self._window, error, self._language),
        )
