"""The strip at the bottom of a lane: what has no label there, one by one or as density.

The few events of a small lane are all drawn. Of others, the strip is divided into cells that
stand still in time: where few events of the lane begin in a cell each is drawn by itself, where
many do, they are counted; how many of them have a label does not matter, so that nothing changes
its kind as one pans.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from viewer.layout.placed import Days, Entries, Placed

CELL = 0.8  # ems
PARTS = 4  # bars of density in a cell
MANY = 2  # events that begin in a cell; more are drawn as density
ALONE = 200  # events of a lane: up to so many are all drawn one by one


class Cells(NamedTuple):
    """The strip's division of the line of px at a zoom: bar k begins at `bar` * k px."""

    bar: float
    px_per_day: float

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


def going_on_at(placed: Placed, days: Days) -> NDArray[np.int64]:
    """How many events that have a length go on on each of n days, in order."""
    start, end = placed.lasting
    return np.asarray(np.searchsorted(start, days, side="right") - np.searchsorted(end, days))


def apart_at(placed: Placed, days: Days, apart: Entries) -> NDArray[np.int64]:
    """How many of some entries that have a length go on on each of n days, in order."""
    start, end = placed.start[apart], placed.end[apart]
    lasting = end > start
    begin = np.searchsorted(days, start[lasting])
    stop = np.searchsorted(days, end[lasting], side="right")
    change = np.bincount(begin, minlength=len(days) + 1)
    change -= np.bincount(stop, minlength=len(days) + 1)
    return np.asarray(np.cumsum(change)[:-1])
