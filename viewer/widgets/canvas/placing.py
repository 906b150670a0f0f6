"""Laying out the canvas without making a hand wait: many labels are placed in a worker."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from viewer.layout import build, is_placed
from viewer.layout.carried import carried, within
from viewer.layout.frame import frame
from viewer.layout.kept_places import arrays_of, take
from viewer.layout.places import places_key, places_near, places_of, shown_at
from viewer.render import fonts
from viewer.widgets.parts.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from db.timeline import Timeline
    from viewer.display import DisplayList
    from viewer.document import Changed, Document
    from viewer.layout import View
    from viewer.layout.kept_places import Arrays
    from viewer.layout.measure import Measure
    from viewer.layout.placed import Placed

FEW = 500  # events whose labels are placed within a frame
MANY = 5_000  # from which on those that the picture shows are placed before all others
_SHOWN = 40  # events that an edit changed, shown each by itself until they have their places


class _Carried(NamedTuple):
    """Places of a timeline for the time being, in a view: carried over from the one before, or
    those that are shown `upto` a scale (ems per day), of what a picture with this `key` shows."""

    timeline: Timeline
    view: View
    lanes: Mapping[int, Placed]
    key: tuple[object, ...] = ()
    upto: float = 0.0


class Placing(QObject):
    """Makes display lists of the open file.

    While a worker places labels, the last labels stay: after an edit each where it was, for
    another filter those of the data and filter before, in the range that is asked for. Where there
    is no such picture, the events are shown without labels. Of many events those labels are placed
    first that the picture shows; it is whole then (`is_whole`), while a worker goes on with what
    comes further in. `placed` tells that it is time to lay out anew. `edited` are the ids of events
    that an edit changed and that wait for their places.
    """

    placed = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._last: tuple[Timeline, View] | None = None
        self._carried: _Carried | None = None
        self._work: Work | None = None  # for what is shown
        self._rest: Work | None = None  # for all others
        self._is_due = False  # whether what was placed is still to be shown
        self._kept = document.kept_beside
        self._waiting: list[Callable[[], object]] = []
        self.edited: tuple[int, ...] = ()
        document.replaced.connect(self._forget)
        document.changed.connect(self._on_changed)

    def _forget(self) -> None:
        """What another file showed is no picture of this one."""
        self._last = self._carried = None
        self._kept = self._document.kept_beside
        self.edited = ()

    def _on_changed(self, changed: Changed, _initiator: object) -> None:
        """An outline is no picture of all that was read since."""
        if changed.way == "read":
            self._forget()

    def to_keep(self, view: View) -> Callable[[], Arrays]:
        """What finds, in whatever thread, what lets the view be placed at once when the file is
        opened again."""
        timeline, measure = self._document.timeline, fonts.measure()
        if len(timeline.columns) <= FEW or not is_placed(timeline, view, measure):
            return dict
        return partial(arrays_of, timeline, view, measure)

    def prepared(self, view: View) -> Callable[[Timeline], object]:
        """What makes, in whatever thread, all that the first picture of a timeline asks for."""
        return partial(build, view=view, measure=fonts.measure(), bare=True)

    @property
    def busy(self) -> bool:
        return self._is_due or self._work is not None or self._rest is not None

    def is_whole(self, view: View) -> bool:
        """Whether the picture of a view shows all labels that it will have."""
        timeline, measure = self._document.timeline, fonts.measure()
        if len(timeline.columns) <= FEW or is_placed(timeline, view, measure):
            return True
        near = self._near(timeline, view)
        return near is not None and shown_at(timeline, view) <= near.upto

    def _near(self, timeline: Timeline, view: View) -> _Carried | None:
        """What a view shows first, where that is placed already."""
        here = self._carried
        if here is None or here.key != places_key(timeline, view, fonts.measure()):
            return None
        return here

    def then(self, do: Callable[[], object]) -> None:
        """Calls `do` once the labels of all that was read have their places: work beside the
        window that can wait leaves them the processor."""
        if self._is_settled:
            do()
        else:
            self._waiting.append(do)

    @property
    def _is_settled(self) -> bool:
        document = self._document
        is_shown = self._last is not None and self._last[0] is document.timeline
        return is_shown and not (self.busy or document.is_outline)

    def _go_on(self) -> None:
        if self._is_settled:
            waiting, self._waiting = self._waiting, []
            for do in waiting:
                do()

    def lay_out(self, view: View) -> DisplayList:
        self._is_due = False
        timeline, measure = self._document.timeline, fonts.measure()
        if len(self._kept):
            # Only the first picture of a file is the one whose places were kept.
            take(self._kept, timeline, view, measure)
            self._kept = {}
        if len(timeline.columns) <= FEW or is_placed(timeline, view, measure):
            self._last, self._carried = (timeline, view), None
            self.edited = ()
            if self._waiting:
                QTimer.singleShot(0, self._go_on)
            return build(timeline, view, measure)
        self._carry_over(timeline)
        self._begin(timeline, view)
        return self._meanwhile(timeline, view) or build(timeline, view, measure, bare=True)

    def _meanwhile(self, timeline: Timeline, view: View) -> DisplayList | None:
        measure = fonts.measure()
        if self._carried is not None:
            shown = _settled(view, self._carried.view)
            # It may be lower than the one that they were placed for, or its type larger.
            lanes = within(self._carried.lanes, frame(timeline, shown).rows)
            self._carried = self._carried._replace(lanes=lanes)
            return build(timeline, shown, measure, placed=lanes)
        if self._last is None:
            return None
        before, settled = self._last
        settled = _settled(view, settled)
        if not is_placed(before, settled, measure):
            return None
        return _still_there(build(before, settled, measure), before, timeline)

    def _carry_over(self, timeline: Timeline) -> None:
        """Takes the places along from the timeline that this one came from by an edit."""
        how, measure = self._document.splice, fonts.measure()
        if self._carried is not None and self._carried.timeline is timeline:
            return
        found, self._carried = self._carried, None
        if found is None and self._last is not None and is_placed(*self._last, measure):
            before, view = self._last
            found = _Carried(before, view, places_of(before, view, measure))
        if how is None or found is None or how.before is not found.timeline.columns:
            return
        lanes = carried(found.timeline, found.lanes, timeline, how, found.view, measure)
        if lanes is not None:
            self._carried = _Carried(timeline, found.view, lanes)
            come = how.part.id[:_SHOWN].tolist()
            self.edited = tuple(dict.fromkeys((*self.edited, *come)))[-_SHOWN:]

    def _begin(self, timeline: Timeline, view: View) -> None:
        """One worker of a kind at a time: what is asked for meanwhile is seen to when it has
        ended. Nobody waits for the rest, so that what is shown never waits for it."""
        measure = fonts.measure()
        every = partial(build, timeline, view, measure)
        if len(timeline.columns) < MANY:
            self._work = self._work or self._begun(every, self._end)
        elif self._near(timeline, view) is not None:
            self._rest = self._rest or self._begun(every, self._end_rest)
        else:
            self._work = self._work or self._begun(
                partial(_placed_near, timeline, view, measure),
                partial(self._end_near, timeline, view),
            )

    def _begun(self, job: Callable[[], object], end: Callable[[Any], None]) -> Work:
        work = Work(job)
        work.done.connect(end)
        work.failed.connect(self._fail)
        if self._carried is None:
            work.start()
        else:  # what was edited is painted first
            QTimer.singleShot(0, work.start)
        return work

    def _end(self, _display: object) -> None:
        self._work = None
        self.placed.emit()

    def _end_rest(self, _display: object) -> None:
        self._rest = None
        self.placed.emit()

    def _end_near(
        self, timeline: Timeline, view: View, found: tuple[Mapping[int, Placed], float]
    ) -> None:
        self._work = None
        if timeline is self._document.timeline:
            key = places_key(timeline, view, fonts.measure())
            self._carried = _Carried(timeline, view, found[0], key, found[1])
            self.edited = ()
        self._is_due = True
        self.placed.emit()

    def _fail(self, error: BaseException) -> None:
        self._work = self._rest = None
        raise error

    def wait(self) -> None:
        """Returns when the workers that run now have ended."""
        for work in (self._work, self._rest):
            if work is not None:
                work.start()
                work.wait()


def _placed_near(
    timeline: Timeline, view: View, measure: Measure
) -> tuple[dict[int, Placed], float]:
    """What `places_near` finds, with all that its first picture asks for made already."""
    lanes, upto = places_near(timeline, view, measure)
    build(timeline, view, measure, placed=lanes)
    return lanes, upto


def _settled(view: View, settled: View) -> View:
    """What is asked for, of the events that a view before it showed."""
    return replace(view, filter=settled.filter, language=settled.language, rows=settled.rows)


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
