"""Events on the picture: which lane, where in it, what of it is drawn and what only counted."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from db.columns import INTERVAL, OPEN_END
from viewer.layout.frame import shown_lanes
from viewer.layout.labels import MOST, NEVER, Barrier, Labels, place, priorities
from viewer.layout.navigation import fit
from viewer.layout.pen import elided

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from db.records import Language
    from db.timeline import Timeline
    from viewer.layout.measure import Measure
    from viewer.layout.view import View

# Ems of the type size.
RADIUS = 0.42  # of a point's disc; half the least length of a bar
TITLE_GAP = 0.42  # between a mark and its label
AIR = 0.7  # between a label and the next box
PADDING = 0.5  # around a title inside its bar
SUFFIX_GAP = 0.4  # between a title and each sign behind it
TAIL = 0.95  # an arrow or a fade at the end of a bar
LONGEST_TITLE = 21.0  # longer ones are cut, by this rule alone and wherever they stand
BOLD_FROM = 4  # importance
_NOTED = 8  # added to the importance of noted events: more than any other has


class Obstacles(NamedTuple):
    """What labels yield to, each barrier with the index of its lane.

    The labels of `noted` events are placed before all others, since it is their notes that take
    the room: ids, each with the rows of its lane in the order of their distance from the note.
    """

    barriers: tuple[tuple[int, Barrier], ...] = ()
    noted: tuple[tuple[int, tuple[int, ...]], ...] = ()


NO_OBSTACLES = Obstacles()

DISPUTED_SIGN, FORECAST_SIGN = "≠", "→"


class Placed(NamedTuple):
    """The events of one lane, an entry each: their rows in the columns, days and labels."""

    rows: NDArray[np.int64]
    start: NDArray[np.float64]
    end: NDArray[np.float64]
    titles: tuple[str, ...]
    labels: Labels


def lane_of(timeline: Timeline, view: View, mask: NDArray[np.bool_]) -> NDArray[np.int16]:
    """The lane (index) that each event is drawn in: its first that is shown, -1 for none."""
    lanes = timeline.columns.lanes
    visible = np.zeros(len(timeline.lanes) + 1, np.bool_)  # the last entry answers for -1
    visible[shown_lanes(timeline, view)] = True
    drawn = np.full(len(timeline.columns), -1, np.int16)
    for column in range(lanes.shape[1]):
        free = (drawn < 0) & visible[lanes[:, column]]
        drawn[free] = lanes[free, column]
    drawn[~mask] = -1
    return drawn


def days(
    timeline: Timeline, as_of: int, rows: NDArray[np.int64] | None = None
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Where the marks of all events, or of those `rows`, begin and end: a known day is a point at
    its middle, everything coarser the whole of its span; what goes on ends with `as_of`."""
    columns = timeline.columns
    chosen = slice(None) if rows is None else rows
    shape = columns.shape[chosen]
    start = columns.first[chosen].astype(np.float64)
    end = columns.last[chosen].astype(np.float64) + 1.0
    goes_on = (shape & OPEN_END) != 0
    end[goes_on] = np.maximum(end[goes_on], as_of + 1.0)
    point = (end - start <= 1.0) & ((shape & INTERVAL) == 0)
    start[point] += 0.5
    end[point] = start[point]
    return start, end


def suffixes(timeline: Timeline, row: int) -> list[str]:
    """The signs behind a title: the number of its quotes, a dispute, a forecast made there."""
    columns = timeline.columns
    signs = []
    if columns.quotes[row]:
        signs.append(f"“{columns.quotes[row]}")
    if columns.disputed[row]:
        signs.append(DISPUTED_SIGN)
    if columns.forecast_of[row] >= 0:
        signs.append(FORECAST_SIGN)
    return signs


class _Placements:
    """The last few placements, kept by what they are a function of."""

    KEPT = 12

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[object, ...], dict[int, Placed]] = OrderedDict()

    def get(
        self,
        timeline: Timeline,
        view: View,
        measure: Measure,
        rows: int,
        as_of: int,
        obstacles: Obstacles = NO_OBSTACLES,
    ) -> dict[int, Placed]:
        # The timeline and the measure are kept in the value's key, so their ids stay theirs.
        key = (timeline, view.filter, view.language, measure, rows, as_of, obstacles)
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = _place_all(timeline, view, measure, rows, as_of, obstacles)
            while len(self._kept) > self.KEPT:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(key)
        return found


_placements = _Placements()
placements = _placements.get


def _place_all(
    timeline: Timeline, view: View, measure: Measure, rows: int, as_of: int, obstacles: Obstacles
) -> dict[int, Placed]:
    """All lanes' events and labels, by index of the lane."""
    mask = view.filter.mask(timeline)
    drawn = lane_of(timeline, view, mask)
    start, end = days(timeline, as_of)
    labelled = rows > 0 and int((drawn >= 0).sum()) <= MOST
    bounds = fit(timeline, drawn >= 0)
    result = {}
    for index in shown_lanes(timeline, view):
        chosen = np.flatnonzero(drawn == index)
        titles: tuple[str, ...] = ()
        if labelled:
            titles = _titles(timeline, chosen, view.language, measure)
            widths = _widths(timeline, chosen, titles, measure)
            own = [barrier for lane, barrier in obstacles.barriers if lane == index]
            wishes = _wishes(timeline.columns.id[chosen], obstacles)
            labels = _labels(timeline, chosen, start, end, widths, bounds, rows, own, wishes)
        else:
            none = np.full(len(chosen), -1, np.int32)
            labels = Labels(none, none.astype(np.int8), np.full(len(chosen), NEVER))
        result[index] = Placed(chosen, start[chosen], end[chosen], titles, labels)
    return result


def _titles(
    timeline: Timeline, rows: NDArray[np.int64], language: Language, measure: Measure
) -> tuple[str, ...]:
    columns = timeline.columns
    source = columns.label_ko if language == "ko" else columns.label_en
    bold = columns.importance[rows] >= BOLD_FROM
    return tuple(
        elided(source[row], LONGEST_TITLE, measure, bold=bool(heavy))
        for row, heavy in zip(rows, bold, strict=True)
    )


def _widths(
    timeline: Timeline, rows: NDArray[np.int64], titles: tuple[str, ...], measure: Measure
) -> NDArray[np.float64]:
    """Ems of each title with its signs."""
    bold = timeline.columns.importance[rows] >= BOLD_FROM
    widths = np.asarray(measure.widths(titles, bold), np.float64)
    for entry, row in enumerate(rows):
        for sign in suffixes(timeline, int(row)):
            widths[entry] += SUFFIX_GAP + measure.width(sign, False)
    return widths


def _wishes(ids: NDArray[np.int64], obstacles: Obstacles) -> dict[int, tuple[int, ...]]:
    """The rows that noted events of a lane would like, by their entry in it."""
    noted = dict(obstacles.noted)
    entries = np.flatnonzero(np.isin(ids, list(noted))) if noted else ()
    return {int(entry): noted[int(ids[entry])] for entry in entries}


def _labels(
    timeline: Timeline,
    rows: NDArray[np.int64],
    start: NDArray[np.float64],
    end: NDArray[np.float64],
    widths: NDArray[np.float64],
    bounds: tuple[float, float],
    lane_rows: int,
    barriers: list[Barrier],
    wishes: dict[int, tuple[int, ...]],
) -> Labels:
    columns = timeline.columns
    importance = columns.importance[rows]
    importance[list(wishes)] += _NOTED
    length = (end - start)[rows]
    inside = np.full(len(rows), NEVER)
    long = length > 0
    inside[long] = (widths[long] + 2 * PADDING) / length[long]
    room = np.full(len(rows), RADIUS + AIR / 2)
    tails = np.uint16(~INTERVAL & 0xFFFF)  # whatever an end can have beyond it
    room[(columns.shape[rows] & tails) != 0] += TAIL
    return place(
        start[rows],
        end[rows],
        widths + TITLE_GAP + AIR / 2,
        room,
        inside,
        priorities(importance, columns.id[rows]),
        bounds,
        lane_rows,
        barriers,
        wishes,
    )
