"""Laying out the canvas without making a hand wait: many labels are placed in a worker."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from viewer.layout import build, is_placed
from viewer.render import fonts
from viewer.widgets.parts.work import Work

if TYPE_CHECKING:
    from db.timeline import Timeline
    from viewer.display import DisplayList
    from viewer.document import Document
    from viewer.layout import View

FEW = 500  # events whose labels are placed within a frame


class Placing(QObject):
    """Makes display lists of the open file.

    While a worker places labels, the last labels stay: the same data and filter as before, in
    the range that is asked for. Where there is no such picture, the events are shown without
    labels. `placed` tells that it is time to lay out anew.
    """

    placed = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._last: tuple[Timeline, View] | None = None
        self._work: Work | None = None
        document.replaced.connect(self._forget)

    def _forget(self) -> None:
        """What another file showed is no picture of this one."""
        self._last = None

    @property
    def busy(self) -> bool:
        return self._work is not None

    def lay_out(self, view: View) -> DisplayList:
        timeline, measure = self._document.timeline, fonts.measure()
        if len(timeline.columns) <= FEW or is_placed(timeline, view, measure):
            self._last = timeline, view
            return build(timeline, view, measure)
        self._begin(timeline, view)
        if self._last is not None:
            before, settled = self._last
            settled = replace(
                view, filter=settled.filter, language=settled.language, rows=settled.rows
            )
            if is_placed(before, settled, measure):
                return _still_there(build(before, settled, measure), before, timeline)
        return build(timeline, view, measure, bare=True)

    def _begin(self, timeline: Timeline, view: View) -> None:
        """One worker at a time: what is asked for meanwhile is seen to when it has ended."""
        if self._work is not None:
            return
        measure = fonts.measure()
        self._work = Work(lambda: build(timeline, view, measure))
        self._work.done.connect(self._end)
        self._work.failed.connect(self._fail)
        self._work.start()

    def _end(self, _display: object) -> None:
        self._work = None
        self.placed.emit()

    def _fail(self, error: BaseException) -> None:
        self._work = None
        raise error

    def wait(self) -> None:
        """Returns when the worker that runs now has ended."""
        if self._work is not None:
            self._work.wait()


def _still_there(display: DisplayList, before: Timeline, now: Timeline) -> DisplayList:
    """The picture of data as they were, in which what is gone meanwhile cannot be pressed."""
    if before is now:
        return display
    gone = set(np.setdiff1d(before.columns.id, now.columns.id).tolist())
    items = tuple(
        item._replace(ref=None) if item.ref and item.ref[0] == "event" and item.ref[1] in gone
        else item
        for item in display.items
    )  # fmt: skip
    return display.with_items(items) if gone else display
