"""The strip at the bottom of a lane: what has no label there, one by one or as density.

The few events of a small lane are all drawn. Of others, the strip is divided into cells that
stand still in time: where few events of the lane begin in a cell each is drawn by itself, where
many do, they are counted; how many of them have a label does not matter, so that nothing changes
its kind as one pans.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from viewer.layout.forms import Forms
    from viewer.layout.placed import Days, Entries, Placed
    from viewer.layout.timescale import TimeScale

    Counts = NDArray[np.int64]

CELL = 0.8  # ems
PARTS = 4  # bars of density in a cell
MANY = 2  # events that begin in a cell; more are drawn as density
ALONE = 200  # events of a lane: up to so many are all drawn one by one


class Cells(NamedTuple):
    """The strip's division of the line of px at a zoom: bar k begins at `bar` * k px."""

    bar: float
    px_per_day: float

    def day(self, bar: int) -> float:
        """Where a bar begins."""
        return bar * self.bar / self.px_per_day

    def days(self, bars: NDArray[np.int64]) -> Days:
        """Where bars begin, in days."""
        return np.asarray(bars * self.bar / self.px_per_day, np.float64)

    def begun_among_few(self, placed: Placed, entries: Entries) -> NDArray[np.bool_]:
        """Which entries begin in a cell where few do."""
        start = placed.start[entries]
        cells = np.floor(start * self.px_per_day / (self.bar * PARTS)).astype(np.int64)
        # By the very days that the bars begin on, which may be a rounding away.
        cells -= start < self.days(cells * PARTS)
        cells += start >= self.days((cells + 1) * PARTS)
        beginning = np.searchsorted(placed.start, self.days((cells + 1) * PARTS))
        beginning -= np.searchsorted(placed.start, self.days(cells * PARTS))
        return np.asarray(beginning <= many(placed))


def many(placed: Placed) -> int:
    """Up to how many events that begin in a cell are few."""
    return MANY if len(placed) > ALONE else ALONE


class Strips(NamedTuple):
    """The strips' bars of some tiles, lane by lane: up to which entry events begin at each bar's
    edges (lanes, n + 1), whether they are few there, and how many last over each bar's middle
    (lanes, n)."""

    first: int  # number of the first bar on the line of px
    at: Counts
    few: NDArray[np.bool_]
    going: Counts

    @classmethod
    def of(cls, lanes: Sequence[Placed], cells: Cells, first: int, behind: int) -> Strips:
        """The bars `first`..`behind` - 1, which are whole cells."""
        edges = cells.days(np.arange(first, behind + 1))
        middles = (edges[:-1] + edges[1:]) / 2
        at = np.stack([_numbers(placed.start, edges, "left") for placed in lanes])
        most = np.array([[many(placed)] for placed in lanes])
        few = np.repeat(np.diff(at[:, ::PARTS]) <= most, PARTS, axis=1)
        return cls(first, at, few, np.stack([_going_on_at(placed, middles) for placed in lanes]))

    @classmethod
    def together(cls, parts: Sequence[Strips]) -> Strips:
        """Those of tiles one after another."""
        if len(parts) == 1:
            return parts[0]
        at = np.concatenate([parts[0].at, *(each.at[:, 1:] for each in parts[1:])], axis=1)
        few = np.concatenate([each.few for each in parts], axis=1)
        going = np.concatenate([each.going for each in parts], axis=1)
        return cls(parts[0].first, at, few, going)


def _going_on_at(placed: Placed, days: Days) -> Counts:
    """How many events that have a length go on on each of n days, in order."""
    start, end = placed.lasting
    return _numbers(start, days, "right") - _numbers(end, days, "left")


def _numbers(among: Days, days: Days, side: Literal["left", "right"]) -> Counts:
    """`among.searchsorted(days, side)` of days in order, by whichever is less work."""
    low, high = among.searchsorted(days[[0, -1]], side)
    some = among[low:high]
    if 4 * len(some) > len(days):
        return np.asarray(some.searchsorted(days, side) + low)
    behind = days.searchsorted(some, "right" if side == "left" else "left")
    return np.asarray(np.cumsum(np.bincount(behind, minlength=len(days))) + low)


class Density:
    """How many events each bar of some tiles stands for, beside those that are drawn themselves
    (`forms`): `counts` begin there, `lasting` go on there (lanes, n)."""

    def __init__(self, cells: Cells, strips: Strips, forms: Forms) -> None:
        self._strips, self._forms = strips, forms
        lanes, number = strips.few.shape
        self._edges = cells.days(np.arange(strips.first, strips.first + number + 1))
        self._middles = (self._edges[:-1] + self._edges[1:]) / 2
        # The bar that each begins in, where it has a row and begins in one of these at all.
        bar = np.searchsorted(self._edges, forms.start, side="right") - 1
        bar[~forms.in_row | (bar == number)] = -1
        # Where those of each lane begin that have a row, in order.
        starts, lane = forms.start[forms.in_row], forms.lane[forms.in_row]
        self._begun = [np.sort(starts[lane == each]) for each in range(lanes)]
        self._counts = np.diff(strips.at) - _by_lane(forms.lane, bar, lanes, number)
        self._counts[strips.few] = 0
        self._lasting = strips.going - self._apart(lanes, number)

    def _apart(self, lanes: int, number: int) -> Counts:
        """How many of the forms go on over each bar's middle."""
        lasting = np.flatnonzero(self._forms.end > self._forms.start)
        lane = self._forms.lane[lasting]
        begin = self._middles.searchsorted(self._forms.start[lasting])
        stop = self._middles.searchsorted(self._forms.end[lasting], side="right")
        change = _by_lane(lane, begin, lanes, number + 1) - _by_lane(lane, stop, lanes, number + 1)
        return np.cumsum(change, axis=1)[:, :-1]

    def shown(
        self, scale: TimeScale, lanes: Sequence[Placed], first: int, behind: int
    ) -> tuple[Counts, Counts]:
        """Of the bars `first`..`behind` - 1: what begins, and what goes on, within the range."""
        low, high = first - self._strips.first, max(behind, first) - self._strips.first
        counts, lasting = self._counts[:, low:high].copy(), self._lasting[:, low:high].copy()
        ends = np.array([scale.start, scale.end])
        begin, end = (self._edges.searchsorted(ends, side="right") - 1).tolist()
        counts[:, : max(begin - low, 0)] = 0
        counts[:, max(end + 1 - low, 0) :] = 0
        # The two that the ends of the range are in: only what is within.
        for bar in {begin, end}:
            if low <= bar < high:
                counts[:, bar - low] = self._cut(bar, scale, lanes)
        begin = int(self._middles.searchsorted(scale.start))
        end = int(self._middles.searchsorted(scale.end, side="right"))
        lasting[:, : max(begin - low, 0)] = 0
        lasting[:, max(end - low, 0) :] = 0
        return counts, lasting

    def _cut(self, bar: int, scale: TimeScale, lanes: Sequence[Placed]) -> list[int]:
        """What begins within the range in a bar of each lane."""
        left, right = self._edges[bar : bar + 2].tolist()
        within = max(left, scale.start), min(right, math.nextafter(scale.end, math.inf))
        found = []
        for few, placed, begun in zip(
            self._strips.few[:, bar].tolist(), lanes, self._begun, strict=True
        ):
            number = 0
            if not few:
                begin, end = placed.start.searchsorted(within).tolist()
                apart = begun.searchsorted(within).tolist()
                number = max(end - begin, 0) - max(apart[1] - apart[0], 0)
            found.append(number)
        return found


def _by_lane(lane: Counts, place: Counts, lanes: int, number: int) -> Counts:
    """How many stand at each place of each lane (lanes, number); at -1 they stand nowhere."""
    there = place >= 0
    found = np.bincount((lane * number + place)[there], minlength=lanes * number)
    return np.asarray(found.reshape(lanes, number))
