"""Places carried over an edit: what stays has its label where it was, until all of the lane is
placed anew; what is new has none yet. A lane that no edit has touched has its places as before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from db.splicing import pieces
from viewer.layout.events import days, drawn_lanes, keep_drawn, lane_of
from viewer.layout.labels import NEVER, Labels
from viewer.layout.placed import Placed
from viewer.layout.titles import splice_titles, titles

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from db.splicing import Splice
    from db.timeline import Timeline
    from viewer.layout.measure import Measure
    from viewer.layout.titles import Titles
    from viewer.layout.view import View


def carried(
    before: Timeline,
    lanes: Mapping[int, Placed],
    now: Timeline,
    how: Splice,
    view: View,
    measure: Measure,
) -> dict[int, Placed] | None:
    """The `lanes` of `now`, by index, as they stood in the same view of the timeline `before`;
    None where there are others now."""
    if [lane.id for lane in before.lanes] != [lane.id for lane in now.lanes]:
        return None
    was, drawn = _drawn(before, now, how, view)
    touched = {*was.tolist(), *drawn.tolist()}
    splice_titles(how, now.columns, view.language, measure)
    every = titles(now.columns, view.language, measure)
    return {
        index: _carried(now, how, lane, drawn == index, view, every)
        if index in touched
        else lane.moved(how.moves.moved(lane.rows), every)
        for index, lane in lanes.items()
    }


def within(lanes: Mapping[int, Placed], rows: int) -> dict[int, Placed]:
    """The lanes for a picture with so many rows: what stands in one beyond them has no label."""
    return {
        index: lane if lane.labels.row.max(initial=-1) < rows else _within(lane, rows)
        for index, lane in lanes.items()
    }


def _within(lane: Placed, rows: int) -> Placed:
    row, side, scale = lane.labels
    beyond = row >= rows
    labels = Labels(np.where(beyond, np.int32(-1), row), side, np.where(beyond, NEVER, scale))
    return Placed(lane.rows, lane.start, lane.end, lane.titles, labels)


def _drawn(
    before: Timeline, now: Timeline, how: Splice, view: View
) -> tuple[NDArray[np.int16], NDArray[np.int16]]:
    """The lanes that what is gone was drawn in, and those that what has come is drawn in."""
    was, part = drawn_lanes(before, view), replace(now, columns=how.part)
    drawn = lane_of(part, view, view.filter.mask(part))
    keep_drawn(now, view, how.pieces.array(was, drawn))
    return was[how.moves.gone], drawn


def _carried(
    now: Timeline,
    how: Splice,
    was: Placed,
    here: NDArray[np.bool_],
    view: View,
    every: Titles,
) -> Placed:
    """A lane without the rows that are gone and with those that have come `here`, which have no
    label unless they look as they did."""
    rows = was.rows
    part = replace(now, columns=how.part)
    start, end = days(part, now.as_of if view.as_of is None else view.as_of)
    chosen = np.flatnonzero(here)
    chosen = chosen[np.argsort(start[chosen], kind="stable")]
    start, end = start[chosen], end[chosen]
    row = np.full(len(chosen), -1, np.int32)
    side, shown = np.zeros(len(chosen), np.int8), np.full(len(chosen), NEVER)
    for entry, each in enumerate(chosen.tolist()):
        width = every.width[how.moves.come[each]]
        same = _as_before(how, was, each, (start[entry], end[entry]), width)
        if same is not None:
            row[entry], side[entry] = was.labels.row[same], was.labels.side[same]
            shown[entry] = was.labels.scale[same]
    gone = np.flatnonzero(np.isin(rows, how.moves.gone))
    together = pieces(len(rows), gone, np.searchsorted(was.start, start))
    # Of what is gone nothing is taken, wherever it would have moved to.
    rows = together.array(how.moves.moved(rows), how.moves.come[chosen])
    new = Placed(how.moves.come[chosen], start, end, every, Labels(row, side, shown))
    return was.spliced(together, new, rows)


def _as_before(
    how: Splice,
    lane: Placed,
    new: int,
    span: tuple[float, float],
    width: float,
) -> int | None:
    """The entry of a lane that a new event had with the same days and a title as wide."""
    gone = how.moves.gone
    was = gone[how.before.id[gone] == how.part.id[new]]
    if not len(was):
        return None
    low, high = np.searchsorted(lane.start, [span[0], np.nextafter(span[0], np.inf)])
    for entry in range(int(low), int(high)):
        same = lane.rows[entry] == was[0] and lane.end[entry] == span[1]
        if same and lane.titles.width[lane.rows[entry]] == width:
            return entry
    return None
