"""What the placement of labels works on: the events of one lane, and when two boxes touch.

Lengths are in ems of the type size and days; a scale is ems per day. A mark covers the days
`start`..`end` of its event; around them it needs fixed room in ems, for the mark itself and on
one side the label. Two boxes in a row touch at scale s only while s times the days between
them is less than their room: once apart, zooming in keeps them apart. A long bar takes its
label inside from the scale at which it fits (`inside`), and then needs no room beside it.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

RIGHT, LEFT = 0, 1
NEVER = math.inf


class Barrier(NamedTuple):
    """Something that labels yield to: in `row`, at every scale, from `left` ems before a `day`
    to `right` ems behind it (neither is negative)."""

    row: int
    day: float
    left: float
    right: float


class Lane(NamedTuple):
    """The events of a lane, by `start`: an entry each in every array, ranks by place and back.

    `beside` is the room on the label's side, `room` that on the other and, from the scale
    `inside` on, on both. `rank` is greater the sooner an event is placed. A label may go to the
    right from the scale `to_right` on, to the left from `to_left` on. The last two arrays are
    filled as labels find their place: `row` (-1: none yet), `side`, `shown` (the scale).
    """

    start: NDArray[np.float64]
    end: NDArray[np.float64]
    beside: NDArray[np.float64]
    room: NDArray[np.float64]
    inside: NDArray[np.float64]
    rank: NDArray[np.int64]
    to_right: NDArray[np.float64]
    to_left: NDArray[np.float64]
    barriers: tuple[tuple[Barrier, ...], ...]
    row: NDArray[np.int32]
    side: NDArray[np.int8]
    shown: NDArray[np.float64]

    @property
    def rows(self) -> int:
        return len(self.barriers)

    @property
    def reach(self) -> float:
        """The ems beyond which no two boxes of the lane touch."""
        return 2.0 * float(self.beside.max(initial=0.0))

    def around(
        self, entries: NDArray[np.int64], scale: NDArray[np.float64] | float
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The ems that placed entries take to their left and right at a scale."""
        room = self.room[entries]
        wide = np.where(self.inside[entries] <= scale, room, self.beside[entries])
        left = self.side[entries] == LEFT
        return np.where(left, wide, room), np.where(left, room, wide)


Placed = tuple[float, float, float, float, float, float]
"""A box: start, end, ems to the left and to the right, ems on both sides once the label stands
inside the bar, and the scale from which it does."""


def apart_from(one: Placed, other: Placed) -> float:
    """The scale from which two boxes, `one` before `other`, are apart for ever.

    The room between them only shrinks with the scale, at once where a label goes inside.
    """
    days = other[0] - one[1]
    if days <= 0:
        return NEVER
    if one[5] == other[5] == NEVER:  # two points: nothing ever changes
        return (one[3] + other[2]) / days
    scale = 0.0
    while True:
        right = one[4] if scale >= one[5] else one[3]
        left = other[4] if scale >= other[5] else other[2]
        apart = max(scale, (right + left) / days)
        change = min((s for s in (one[5], other[5]) if s > scale), default=NEVER)
        if apart <= change:
            return apart
        scale = change


def all_apart_from(
    days: NDArray[np.float64],
    right: NDArray[np.float64],
    left: NDArray[np.float64],
    bare: tuple[NDArray[np.float64], NDArray[np.float64]],
    inside: tuple[NDArray[np.float64], NDArray[np.float64]],
) -> NDArray[np.float64]:
    """`apart_from` for n pairs: the days between them, the ems to the right of the first and to
    the left of the second, and of each what remains (`bare`) from which scale on (`inside`)."""
    first, second = np.minimum(*inside), np.maximum(*inside)
    with np.errstate(divide="ignore", invalid="ignore"):
        apart = (right + left) / days
        sooner = inside[0] <= inside[1]
        half = np.where(sooner, bare[0], right) + np.where(sooner, left, bare[1])
        equal = inside[0] == inside[1]
        half = np.where(equal, bare[0] + bare[1], half)
        halfway = np.maximum(first, half / days)
        last = np.maximum(second, (bare[0] + bare[1]) / days)
    found = np.where(apart <= first, apart, np.where(halfway <= second, halfway, last))
    return np.where(days > 0, found, NEVER)


def barrier_clear(barrier: Barrier, box: Placed) -> float:
    """The scale from which a box is clear of a barrier."""
    other = as_box(barrier)
    return apart_from(other, box) if barrier.day < box[0] else apart_from(box, other)


def as_box(barrier: Barrier) -> Placed:
    return (barrier.day, barrier.day, barrier.left, barrier.right, 0.0, NEVER)


def clear_of(
    barriers: Sequence[Barrier],
    start: NDArray[np.float64],
    end: NDArray[np.float64],
    left: NDArray[np.float64],
    right: NDArray[np.float64],
    room: NDArray[np.float64],
    inside: NDArray[np.float64],
) -> NDArray[np.float64]:
    """The scale from which each of n boxes is clear of all barriers; those may overlap."""
    clear = np.zeros(len(start))
    none, never = np.zeros(len(start)), np.full(len(start), NEVER)
    for barrier in barriers:
        behind = all_apart_from(
            start - barrier.day, none + barrier.right, left, (none, room), (never, inside)
        )
        before = all_apart_from(
            barrier.day - end, right, none + barrier.left, (room, none), (inside, never)
        )
        clear = np.maximum(clear, np.where(barrier.day < start, behind, before))
    return clear
