"""Places carried over an edit: what stays has its label where it was, until all of the lane is
placed anew; what is new has none yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from viewer.layout.events import days, drawn_lanes
from viewer.layout.labels import NEVER, Labels
from viewer.layout.placed import Placed
from viewer.layout.titles import splice_titles, titles

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from db.splicing import Splice
    from db.timeline import Timeline
    from viewer.layout.measure import Measure
    from viewer.layout.view import View


def carried(
    before: Timeline,
    places: dict[int, Placed],
    now: Timeline,
    how: Splice,
    view: View,
    measure: Measure,
) -> dict[int, Placed] | None:
    """The events of each lane of `now`, by index, where they had their `places` in the same view
    of the timeline `before`; None where the lanes are not the same."""
    if [lane.id for lane in before.lanes] != [lane.id for lane in now.lanes]:
        return None
    splice_titles(how, now.columns, view.language, measure)
    drawn = drawn_lanes(now, view)[how.come]
    as_of = _as_of(now, view)
    return {
        index: _carried(now, how, lane, how.come[drawn == index], as_of, view, measure)
        for index, lane in places.items()
    }


def _as_of(timeline: Timeline, view: View) -> int:
    return timeline.as_of if view.as_of is None else view.as_of


def _carried(
    now: Timeline,
    how: Splice,
    lane: Placed,
    come: NDArray[np.int64],
    as_of: int,
    view: View,
    measure: Measure,
) -> Placed:
    """A lane without the rows that are gone and with those that have come, which have no label
    unless they look as they did."""
    stays = np.isin(lane.rows, how.gone, invert=True)
    rows = how.moved(lane.rows[stays])
    every, was = titles(now.columns, view.language, measure), lane.labels
    if not len(come) and len(rows) == len(lane):
        return lane.moved(rows, every)
    start, end = days(now, as_of, come)
    order = np.argsort(start, kind="stable")
    come, start, end = come[order], start[order], end[order]
    at = np.searchsorted(lane.start[stays], start)
    row = np.full(len(come), -1, np.int32)
    side, shown = np.zeros(len(come), np.int8), np.full(len(come), NEVER)
    for entry, each in enumerate(come.tolist()):
        same = _as_before(now, how, lane, each, (start[entry], end[entry]), every.width[each])
        if same is not None:
            row[entry], side[entry] = was.row[same], was.side[same]
            shown[entry] = was.scale[same]
    labels = Labels(
        np.insert(was.row[stays], at, row),
        np.insert(was.side[stays], at, side),
        np.insert(was.scale[stays], at, shown),
    )
    return Placed(
        np.insert(rows, at, come),
        np.insert(lane.start[stays], at, start),
        np.insert(lane.end[stays], at, end),
        every,
        labels,
    )


def _as_before(
    now: Timeline,
    how: Splice,
    lane: Placed,
    row: int,
    span: tuple[float, float],
    width: float,
) -> int | None:
    """The entry of a lane that an event had with the same days and a title as wide."""
    was = how.gone[how.before.id[how.gone] == now.columns.id[row]]
    if not len(was):
        return None
    low, high = np.searchsorted(lane.start, [span[0], np.nextafter(span[0], np.inf)])
    for entry in range(int(low), int(high)):
        same = lane.rows[entry] == was[0] and lane.end[entry] == span[1]
        if same and lane.titles.width[lane.rows[entry]] == width:
            return entry
    return None
