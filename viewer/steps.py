"""How far long work has come, told across threads, and the wish that it should stop."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from collections.abc import Callable


class Stopped(Exception):  # noqa: N818 - not an error: somebody asked for it
    """Raised within work that was asked to stop."""


class Steps(QObject):
    """Handed to work in a thread, which calls it with what is done and with how much there is.

    `advanced` tells the percent in the window's thread. Once `stop` was called the next step
    raises `Stopped`, so that the work takes back what it has begun.
    """

    advanced = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._stopped = threading.Event()
        self._percent = -1

    def __call__(self, done: int, total: int) -> None:
        if self._stopped.is_set():
            raise Stopped
        percent = done * 100 // max(total, 1)
        if percent != self._percent:
            self._percent = percent
            self.advanced.emit(percent)

    def part(self, start: int, end: int) -> Callable[[int, int], None]:
        """The steps of a part of the work, which lasts from one percent to another."""
        return lambda done, total: self(start * total + (end - start) * done, 100 * total)

    def stop(self) -> None:
        self._stopped.set()

    @property
    def stopped(self) -> bool:
        """For work that looks by itself whether it is to stop."""
        return self._stopped.is_set()
