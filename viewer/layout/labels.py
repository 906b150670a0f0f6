"""Labels that stay put: each gets one row, one side and one scale from which it is shown.

Row, side and scale are a function of the data, the filter, the language and the number of
rows, never of the window or of what was shown before. So a pan moves nothing, and zooming in
takes no label away (active ranges after Been, Daiches and Yap, "Dynamic map labeling", 2006).

Lengths are in ems of the type size and days; a scale is ems per day. A mark covers the days
`start`..`end` of its event; around them it needs fixed room in ems, for the mark itself and on
one side the label. Two boxes in a row touch at scale s only while s times the days between
them is less than their room: once apart, zooming in keeps them apart. A long bar takes its
label inside from the scale at which it fits (`inside`), and then needs no room beside it.
"""

from __future__ import annotations

import math
from bisect import bisect_right, insort
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

RIGHT, LEFT = 0, 1
NEVER = math.inf
MOST = 10_000  # events of a picture that get labels; above, marks and counts alone

COARSEST, FINEST = -13, 6  # octaves of ems per day: a millennium in 45 ems, to a day of 64 ems
STEPS = 3  # levels in an octave
CELL = 2.5  # ems: of the events in a cell of this length only the best `KEPT` compete
KEPT = 16


class Labels(NamedTuple):
    """What was placed, an entry per event of the lane: `row` (-1 where there is none), `side`
    and `scale`, the ems per day from which it is shown (`NEVER` where it has no row)."""

    row: NDArray[np.int32]
    side: NDArray[np.int8]
    scale: NDArray[np.float64]


class Barrier(NamedTuple):
    """Something that labels yield to: in `row`, at every scale, from `left` ems before a `day`
    to `right` ems behind it (neither is negative)."""

    row: int
    day: float
    left: float
    right: float


class _Box(NamedTuple):
    """A label in a row: its days, its room in ems on both sides, the scale it is shown from."""

    start: float
    end: float
    left: float
    right: float
    bare: float  # on both sides, once the label stands inside its bar
    inside: float  # the scale from which it does
    shown: float


class _Choice(NamedTuple):
    """A side that a label may take, its box there, and the scale from which it may."""

    side: int
    box: _Box
    allowed: float


def place(
    start: NDArray[np.float64],
    end: NDArray[np.float64],
    width: NDArray[np.float64],
    room: NDArray[np.float64],
    inside: NDArray[np.float64],
    priority: NDArray[np.uint64],
    bounds: tuple[float, float],
    rows: int,
    barriers: Sequence[Barrier] = (),
    wishes: Mapping[int, Sequence[int]] = MappingProxyType({}),
) -> Labels:
    """Places the labels of one lane.

    Per event: days `start` <= `end`, the label's `width` beside its mark (gap and air
    included), the `room` that the mark itself needs on each side, the scale from which the
    label stands `inside` its bar (`NEVER` for points), a unique `priority`. `bounds` are the
    days that a picture of all the data shows: a label goes to a side on which it stays within
    them, for beyond them that picture would have to leave it out. `barriers` were there before.
    `wishes` are the rows of some entries in the order in which they like them, for all others
    the first is the best.
    """
    count = len(start)
    row = np.full(count, -1, np.int32)
    side = np.zeros(count, np.int8)
    shown = np.full(count, NEVER)
    filled: list[list[_Box]] = [[] for _ in range(rows)]
    barred: list[list[_Box]] = [[] for _ in range(rows)]
    for barrier in barriers:
        barred[barrier.row].append(_as_box(barrier))
    events = zip(
        start.tolist(), end.tolist(), width.tolist(), room.tolist(), inside.tolist(), strict=True
    )
    choices = [_choices(*event, bounds) for event in events]
    soonest = [0.0] * count
    usual = range(rows)
    waiting = np.argsort(priority)[::-1]
    previous = 0.0
    for octave in range(COARSEST, FINEST):
        waiting = waiting[row[waiting] < 0]
        if not len(waiting) or not rows:
            break
        eligible = _best_of_cells(waiting, start, CELL / 2.0 ** (octave + 1)).tolist()
        for step in range(1, STEPS + 1):
            level = 2.0 ** (octave + step / STEPS)
            for i in eligible:
                if row[i] >= 0 or soonest[i] > level:
                    continue
                found, soonest[i] = _first_free(
                    filled, barred, wishes.get(i, usual), choices[i], previous, level
                )
                if found is not None:
                    row[i], side[i], box = found
                    shown[i] = box.shown
                    insort(filled[row[i]], box)
            previous = level
    return Labels(row, side, shown)


def _as_box(barrier: Barrier) -> _Box:
    day, left, right = barrier.day, barrier.left, barrier.right
    return _Box(day, day, left, right, 0.0, NEVER, 0.0)


def _choices(
    start: float,
    end: float,
    width: float,
    room: float,
    inside: float,
    bounds: tuple[float, float],
) -> tuple[_Choice, _Choice]:
    """Both sides of an event, each with the scale from which it may be taken: the roomier one
    always, the other one once the label is within the bounds on both."""
    beside = room + width
    to_right, to_left = bounds[1] - end, start - bounds[0]
    narrow = min(to_right, to_left)
    both = beside / narrow if narrow > 0 else NEVER
    right = _Box(start, end, room, beside, room, inside, 0.0)
    left = _Box(start, end, beside, room, room, inside, 0.0)
    return (
        _Choice(RIGHT, right, 0.0 if to_right >= to_left else both),
        _Choice(LEFT, left, both if to_right >= to_left else 0.0),
    )


def _best_of_cells(
    waiting: NDArray[np.int64], start: NDArray[np.float64], cell: float
) -> NDArray[np.int64]:
    """Of `waiting` (best first) those that are among the best `KEPT` of their cell of days."""
    cells = np.floor(start[waiting] / cell).astype(np.int64)
    order = np.argsort(cells, kind="stable")
    ordered = cells[order]
    begins = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    lengths = np.diff(np.r_[begins, len(ordered)])
    rank = np.arange(len(ordered)) - np.repeat(begins, lengths)
    keep = np.zeros(len(waiting), np.bool_)
    keep[order[rank < KEPT]] = True
    return waiting[keep]


def _first_free(
    filled: list[list[_Box]],
    barred: list[list[_Box]],
    order: Sequence[int],
    choices: tuple[_Choice, _Choice],
    previous: float,
    level: float,
) -> tuple[tuple[int, int, _Box] | None, float]:
    """The first row, then the first side, where the label is free from `level` on; and where
    there is none, a scale below which there will be none either: rows only fill up."""
    soonest = NEVER
    key = choices[0].box  # either side's box has the same place in a row
    for row in order:
        boxes = filled[row]
        at = bisect_right(boxes, key)
        before = boxes[at - 1] if at else None
        after = boxes[at] if at < len(boxes) else None
        if (before and before.end >= key.start) or (after and after.start <= key.end):
            continue  # their marks touch, at every scale
        for side, box, free_from in choices:
            if before:
                free_from = max(free_from, _apart_from(before, box))
            if free_from > level and free_from >= soonest:
                continue
            if after:
                free_from = max(free_from, _apart_from(box, after))
            clear = 0.0
            if barred[row] and free_from <= max(level, soonest):
                clear = _clear_of(barred[row], box)
                free_from = max(free_from, clear)
            if free_from <= level:
                shown = _shown_from(boxes, at, box._replace(shown=max(previous, clear)))
                return (row, side, box._replace(shown=shown)), 0.0
            soonest = min(soonest, free_from)
    return None, soonest


def _clear_of(barriers: list[_Box], box: _Box) -> float:
    """The scale from which a box is clear of all barriers of a row, which may lie on each other."""
    return max(
        _apart_from(barrier, box) if barrier.start < box.start else _apart_from(box, barrier)
        for barrier in barriers
    )


def _shown_from(boxes: list[_Box], at: int, box: _Box) -> float:
    """The scale from which a box, going to place `at`, touches none that is shown.

    A neighbour shown from that scale on shields the box from those behind it; one that appears
    only later does not, so the next ones count as well.
    """
    shown = box.shown
    for index in range(at - 1, -1, -1):
        shown = max(shown, _apart_from(boxes[index], box))
        if boxes[index].shown <= shown:
            break
    for index in range(at, len(boxes)):
        shown = max(shown, _apart_from(box, boxes[index]))
        if boxes[index].shown <= shown:
            break
    return shown


def _apart_from(one: _Box, other: _Box) -> float:
    """The scale from which two boxes, `one` before `other`, are apart for ever.

    The room between them only shrinks with the scale, at once where a label goes inside.
    """
    days = other[0] - one[1]  # by place, not by name: this is asked thousands of times
    if days <= 0:
        return NEVER
    if one[5] == other[5] == NEVER:  # two points: nothing ever changes
        return (one[3] + other[2]) / days
    scale = 0.0
    while True:
        right = one.bare if scale >= one.inside else one.right
        left = other.bare if scale >= other.inside else other.left
        apart = max(scale, (right + left) / days)
        change = min((s for s in (one.inside, other.inside) if s > scale), default=NEVER)
        if apart <= change:
            return apart
        scale = change


def priorities(importance: NDArray[np.uint8], ids: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Importance first, then a hash of the id: unique, and no chain of ties along the axis."""
    mixed = ids.astype(np.uint64)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    return (importance.astype(np.uint64) << np.uint64(56)) | (mixed >> np.uint64(8))
