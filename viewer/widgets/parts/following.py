"""Following what is done to the open file: the picture goes first where that takes a while."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject

    from viewer.document import Document


COUNTING, DRAWING = 20, 40
"""Ms after which what goes through all events follows: one after the other, so that a hand is
answered between them."""


def follow(document: Document, owner: QObject, job: Callable[[], object], after: int = 0) -> QTimer:
    """Has a job done after each change of the file; where there are many events, once the canvas
    has shown what was changed, `after` so many ms. Who does the job meanwhile may stop the timer,
    which the `owner` has."""
    later = QTimer(owner, singleShot=True, interval=after)
    later.timeout.connect(job)
    document.changed.connect(lambda: later.start() if document.has_many else job())
    return later
