"""What the pointer is at: the lane and, as precisely as the zoom allows, the date."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

import numpy as np

from db.columns import INTERVAL, OPEN_END
from db.dates import FIRST_DAY, LAST_DAY, civil
from viewer.layout.events import days, drawn_lanes
from viewer.layout.frame import frame

if TYPE_CHECKING:
    from collections.abc import Collection

    from db.records import Lane
    from db.timeline import Timeline
    from viewer.layout.timescale import TimeScale
    from viewer.layout.view import View

End = Literal["start", "end"]
GRIP = 6.0  # px around the end of a bar that hold this end
_AIMED = 3.0  # px that a unit takes at least where a hand can aim at it
_MONTH = 365.2425 / 12


def edtf_at(scale: TimeScale, x: float) -> str:
    """The day, month or year at a px, in EDTF: the finest of them that one can aim at."""
    number = max(FIRST_DAY, min(math.floor(scale.day(x)), LAST_DAY))
    year, month, dom = civil(number)
    if scale.px_per_day >= _AIMED:
        return f"{year:04d}-{month:02d}-{dom:02d}"
    if scale.px_per_day * _MONTH >= _AIMED:
        return f"{year:04d}-{month:02d}"
    return f"{year:04d}"


def lane_at(timeline: Timeline, view: View, y: float) -> Lane | None:
    """The lane whose rows a px is in: not that of its heading, nor of the gap between two."""
    for each in frame(timeline, view).lanes:
        if each.top + each.heading <= y <= each.bottom:
            return each.lane
    return None


def edges(timeline: Timeline, row: int) -> tuple[float, float]:
    """The days between which a row's mark is drawn."""
    start, end = days(timeline, timeline.as_of, np.array([row]))
    return float(start[0]), float(end[0])


def end_at(timeline: Timeline, scale: TimeScale, row: int, x: float) -> End | None:
    """Which end of a period's bar a px is at; None within it, and for what is no period."""
    if not timeline.columns.shape[row] & INTERVAL:
        return None
    left, right = (scale.x(day) for day in edges(timeline, row))
    reach = min(GRIP, (right - left) / 4)
    if abs(x - right) <= reach:
        return "end"
    return "start" if abs(x - left) <= reach else None


def events_between(
    timeline: Timeline, view: View, lanes: Collection[str], left: float, right: float
) -> list[int]:
    """The ids of the shown events of some lanes (keys) whose middles are between two px."""
    start, end = days(timeline, timeline.as_of)
    scale = frame(timeline, view).scale
    middle = (start + end) / 2
    drawn = drawn_lanes(timeline, view)
    indices = [place for place, lane in enumerate(timeline.lanes) if lane.key in lanes]
    inside = (middle >= scale.day(left)) & (middle <= scale.day(right)) & np.isin(drawn, indices)
    return [int(each) for each in timeline.columns.id[inside]]


def beginning(timeline: Timeline, view: View, lane: str, first: float, last: float) -> list[int]:
    """The rows of a lane's (key) shown events whose marks begin between two days."""
    columns = timeline.columns
    # A mark begins within a day of its event's first one; rows stand by that.
    low, high = np.searchsorted(columns.first, [math.floor(first) - 1, math.ceil(last) + 1])
    rows = np.arange(low, high)
    index = next(place for place, each in enumerate(timeline.lanes) if each.key == lane)
    start, _end = days(timeline, timeline.as_of, rows)
    chosen = (start >= first) & (start < last) & (drawn_lanes(timeline, view)[rows] == index)
    return [int(each) for each in rows[chosen]]


def going_on(timeline: Timeline, view: View, lane: str, first: float, last: float) -> list[int]:
    """The rows of a lane's (key) shown events that have a length and touch the time between two
    days."""
    columns = timeline.columns
    goes_on = (columns.shape & OPEN_END) != 0
    rows = np.flatnonzero(((columns.last >= first - 1) | goes_on) & (columns.first <= last))
    index = next(place for place, each in enumerate(timeline.lanes) if each.key == lane)
    start, end = days(timeline, timeline.as_of, rows)
    chosen = (end > start) & (start < last) & (end > first)
    chosen &= drawn_lanes(timeline, view)[rows] == index
    return [int(each) for each in rows[chosen]]
