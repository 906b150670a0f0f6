"""Reading a large timeline beside the window, with a connection of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from db.errors import AllianceError
from db.store import Store
from viewer.steps import Steps, Stopped
from viewer.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from db.timeline import Timeline
    from db.undated import UndatedEvent


class Read(NamedTuple):
    """A timeline, the number of the last change when it was read, and the events that wait for a
    date."""

    timeline: Timeline
    last_change: int
    waiting: tuple[UndatedEvent, ...]


class Reading(QObject):
    """Reads the timeline of a file once, in a thread; `advanced` tells the percent, then either
    `done` a `Read` or `failed` an `AllianceError`, or neither once it was stopped."""

    advanced = Signal(int)
    done = Signal(object)
    failed = Signal(object)

    def __init__(
        self, path: Path, distrusted: frozenset[int], prepare: Callable[[Timeline], object]
    ) -> None:
        """Of the sources `distrusted` the quotes are held against the text; `prepare` does with
        what is read, in the thread, what the window would have to do else."""
        super().__init__()
        self._path, self._distrusted, self._prepare = path, distrusted, prepare
        self._steps = Steps()
        self._store: Store | None = None
        self._work = Work(self._read)
        self._steps.advanced.connect(self.advanced)
        self._work.done.connect(self.done)
        self._work.failed.connect(self._on_failed)

    def start(self) -> None:
        self._work.start()

    def stop(self) -> None:
        """Returns when the file is let go of; it may be closed then, and is one file again."""
        self._work.drop()
        self._steps.stop()
        store = self._store
        if store is not None:
            store.interrupt()
        self._work.wait()

    def wait(self) -> None:
        """Returns when it is read; that is told later, as always."""
        self._work.wait()

    def _read(self) -> Read:
        with Store.open(self._path, read_only=True) as store:
            self._store = store
            store.distrust(self._distrusted)
            try:
                timeline, known = store.whole(self._steps)
                # What was changed by now is in the log, so that it is looked at once more.
                waiting = store.undated(len(timeline.columns))
            finally:
                self._store = None
        if not self._steps.stopped:
            self._prepare(timeline)
        return Read(timeline, known, waiting)

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, AllianceError):
            self.failed.emit(error)
        elif not isinstance(error, Stopped):
            raise error
