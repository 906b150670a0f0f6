"""Long work beside the window: a function in a thread, its result told in the window's own."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

# Work lives until its thread has told its end, whoever began it may be gone by then.
_running: set[Work] = set()


class Work(QObject):
    """Runs one function in a thread of its own.

    `done` tells what it returned, `failed` the exception that it raised; neither is told once
    `drop` was called. The function must not touch widgets.
    """

    done = Signal(object)
    failed = Signal(object)
    _ended = Signal(object, object)

    def __init__(self, job: Callable[[], object]) -> None:
        super().__init__()
        self._job = job
        self._begun = False
        self._dropped = threading.Event()
        self._ended.connect(self._tell)
        # The end of the program does not wait for work that nobody will see.
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Begins, unless it has begun."""
        if not self._begun:
            self._begun = True
            _running.add(self)
            self._thread.start()

    def drop(self) -> None:
        """Lets go of the result."""
        self._dropped.set()

    def wait(self) -> None:
        """Returns when the function has; what it came to is told later, as always."""
        self._thread.join()

    @property
    def dropped(self) -> bool:
        """For a job that can stop early, or must not finish what is no longer wanted."""
        return self._dropped.is_set()

    def _run(self) -> None:
        result, error = None, None
        try:
            result = self._job()
        except Exception as raised:  # noqa: BLE001 - told to whoever began the work
            error = raised
        with suppress(RuntimeError):  # the application is gone already
            self._ended.emit(result, error)

    def _tell(self, result: object, error: object) -> None:
        _running.discard(self)
        if self.dropped:
            return
        if error is not None:
            self.failed.emit(error)
        else:
            self.done.emit(result)
