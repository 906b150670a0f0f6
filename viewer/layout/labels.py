"""Labels that stay put: each gets one row, one side and one scale from which it is shown.

Row, side and scale are a function of the data, the filter, the language and the number of
rows, never of the window or of what was shown before. So a pan moves nothing, and zooming in
takes no label away (active ranges after Been, Daiches and Yap, "Dynamic map labeling", 2006).

The scales are gone through from the coarsest to the finest, a few levels to an octave; at each
the labels that have a place keep it, and those that wait go in by importance, the shorter first,
into the first row with room. Those of the highest importance are up to an octave ahead of the
others, which keep clear of them: so they wait for few lesser ones. In an octave only the best
events of every cell of days compete.

So many labels as a window placed alone would hold cannot be had: labels of one width that never
leave cover three quarters of a row at best, since between two of them a third has to wait until
there is all of its room, and that window covers nearly all. Short labels make up for some of it.
"""

from __future__ import annotations

import math
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from viewer.layout.boxes import LEFT, NEVER, RIGHT, Barrier, Lane
from viewer.layout.labels_all import AllAtOnce
from viewer.layout.labels_rows import Rows
from viewer.layout.labels_single import OneByOne

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

__all__ = [
    "LEFT", "NEVER", "RIGHT", "Asked", "Barrier", "Labels", "place", "priorities", "sides",
]  # fmt: skip

COARSEST, FINEST = -13, 6  # octaves of ems per day: a millennium in 45 ems, to a day of 64 ems
# From a century to some months in a window: where labels are most crowded.
CROWDED = range(-9, 0)
STEPS, FEWER_STEPS = 8, 3  # levels in an octave of those, and in another
CELL = 2.5  # ems: of the events in a cell of this length only the best `KEPT` compete
KEPT = 8
# Powers of two in ems per day, behind one that is coarser than all.
LEVELS = (-math.inf, *(
    octave + step / steps
    for octave in range(COARSEST, FINEST)
    for steps in [STEPS if octave in CROWDED else FEWER_STEPS]
    for step in range(1, steps + 1)
))  # fmt: skip
# From the least importance of a class: how many octaves its labels are placed ahead of those of
# the last class, which then keep clear of them.
AHEAD = ((5, 1.0), (4, 0.55), (0, 0.0))
_SHORTER = 0.5  # ems: labels that differ by less count as equally short
_LONGER = 0.05  # ems: what a day of a bar counts for as if its label were longer
FEW = 120  # up to so many are placed one by one; the outcome is the same


class Labels(NamedTuple):
    """What was placed, an entry per event of the lane: `row` (-1 where there is none), `side`
    and `scale`, the ems per day from which it is shown (`NEVER` where it has no row)."""

    row: NDArray[np.int32]
    side: NDArray[np.int8]
    scale: NDArray[np.float64]


class Asked(NamedTuple):
    """The labels of a lane that are to be placed.

    Per event: days `start` <= `end`, the label's `width` beside its mark (gap and air
    included), the `room` that the mark itself needs on each side, the scale from which the
    label stands `inside` its bar (`NEVER` for points), a unique `priority`. `bounds` are the
    days that a picture of all the data shows: a label goes to a side on which it stays within
    them, for beyond them that picture would have to leave it out. `barriers` were there before.
    `wishes` are the rows of some entries in the order in which they like them, for all others
    the first is the best; those go before all.
    """

    start: NDArray[np.float64]
    end: NDArray[np.float64]
    width: NDArray[np.float64]
    room: NDArray[np.float64]
    inside: NDArray[np.float64]
    priority: NDArray[np.uint64]
    bounds: tuple[float, float]
    rows: int
    barriers: Sequence[Barrier] = ()
    wishes: Mapping[int, Sequence[int]] = MappingProxyType({})


def place(asked: Sequence[Asked], few: int = FEW, upto: float = math.inf) -> list[Labels]:
    """Places the labels of lanes, which have the same number of rows: each as it would be alone,
    they only share the work. Up to `few` in all are placed one by one. With `upto` (a power of two,
    ems per day) only the labels that are shown at that scale are sure to be among those placed:
    coarse scales come first, so what stands there is settled in a fraction of the time."""
    orders = [np.lexsort((each.priority, each.start)) for each in asked]
    lanes = [_lane(each, order) for each, order in zip(asked, orders, strict=True)]
    importance = [
        (each.priority >> np.uint64(56))[order] for each, order in zip(asked, orders, strict=True)
    ]
    if lanes and lanes[0].rows:
        for lane, each, order in zip(lanes, asked, orders, strict=True):
            _grant(lane, each.wishes, order)
        if sum(len(order) for order in orders) <= few:
            for lane, own in zip(lanes, importance, strict=True):
                classes = _classes(lane, own, np.zeros(0, np.int64))
                _fill(classes, [OneByOne(lane)] * len(classes), upto)
        else:
            rows = Rows(lanes)
            least = np.zeros(1, np.uint64)
            every = np.concatenate([part for own in importance for part in (own, least)])
            classes = _classes(rows, every, rows.closing)
            _fill(classes, [AllAtOnce(rows) for _ in classes], upto)
            rows.hand_back()
    return [_in_order(lane, order) for lane, order in zip(lanes, orders, strict=True)]


def _lane(asked: Asked, order: NDArray[np.int64]) -> Lane:
    """A lane by the days that its events begin on; `order` brings them so."""
    start, end, width, room, inside, priority, bounds, rows, barriers, _ = asked
    ranks = np.empty(len(start), np.int64)
    length = width + _LONGER * (end - start)
    ranks[np.argsort(_shorter_first(priority, length))] = np.arange(len(start))
    start, end, room, beside = start[order], end[order], room[order], (room + width)[order]
    barred = tuple(tuple(each for each in barriers if each.row == row) for row in range(rows))
    to_right, to_left = sides(start, end, beside, bounds)
    return Lane(start, end, beside, room, inside[order], ranks[order], to_right, to_left, barred,
                *_unplaced(len(start)))  # fmt: skip


def _in_order(lane: Lane, order: NDArray[np.int64]) -> Labels:
    result = Labels(*_unplaced(len(order)))
    result.row[order], result.side[order], result.scale[order] = lane.row, lane.side, lane.shown
    return result


def _grant(lane: Lane, wishes: Mapping[int, Sequence[int]], order: NDArray[np.int64]) -> None:
    """Places those that have wishes, before all others."""
    if not wishes:
        return
    places = np.empty(len(order), np.int64)
    places[order] = np.arange(len(order))
    wished = {int(places[entry]): each for entry, each in wishes.items()}
    members = np.array(sorted(wished), np.int64)
    single = OneByOne(lane, wished)
    for previous, level in pairwise(LEVELS):
        single.offer(members, 2.0**previous, 2.0**level)


def _shorter_first(priority: NDArray[np.uint64], length: NDArray[np.float64]) -> NDArray[np.uint64]:
    """Priorities in which, of events of one importance, the shorter ones go before: more of them
    find room."""
    shortness = 255 - np.minimum(length * (1 / _SHORTER), 255).astype(np.uint64)
    importance = priority >> np.uint64(56) << np.uint64(56)
    ties = (priority - importance) >> np.uint64(8)
    return np.asarray(importance | shortness << np.uint64(48) | ties)


def _unplaced(
    count: int,
) -> tuple[NDArray[np.int32], NDArray[np.int8], NDArray[np.float64]]:
    return np.full(count, -1, np.int32), np.zeros(count, np.int8), np.full(count, NEVER)


def sides(
    start: NDArray[np.float64],
    end: NDArray[np.float64],
    beside: NDArray[np.float64],
    bounds: tuple[float, float],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The scales from which each label may go to the right and to the left: to the roomier side
    always, to the other one once it is within the bounds on both."""
    right, left = bounds[1] - end, start - bounds[0]
    narrow = np.minimum(right, left)
    both = np.full(len(start), NEVER)
    np.divide(beside, narrow, out=both, where=narrow > 0)
    roomier = right >= left
    return np.where(roomier, 0.0, both), np.where(roomier, both, 0.0)


class _Class(NamedTuple):
    """Entries, by place, that are some octaves ahead of the least important ones, and those of
    them that compete in each octave."""

    members: NDArray[np.int64]
    ahead: float
    eligible: dict[int, NDArray[np.int64]]


def _classes(
    lane: Lane | Rows, importance: NDArray[np.uint64], closing: NDArray[np.int64]
) -> list[_Class]:
    """Of all that waits, in one lane or in several of which each has a `closing` entry."""
    found = []
    waiting = lane.row < 0
    waiting[closing] = False
    for least, ahead in AHEAD:
        members = np.flatnonzero(waiting & (importance >= least))
        waiting[members] = False
        if len(members):
            found.append(_Class(members, ahead, _pyramid(lane, members, closing)))
    return found


def _fill(classes: Sequence[_Class], fillings: Sequence[OneByOne | AllAtOnce], upto: float) -> None:
    """Takes the events through the levels, each class by its filling."""
    for previous, level in pairwise(LEVELS):
        if previous >= upto:  # what comes now is shown only beyond
            break
        for each, own in zip(classes, fillings, strict=True):
            if (at := level + each.ahead) <= FINEST:
                entries = each.eligible[math.ceil(at) - 1]
                own.offer(entries, 2.0 ** (previous + each.ahead), 2.0**at)


def _pyramid(
    lane: Lane | Rows, members: NDArray[np.int64], closing: NDArray[np.int64]
) -> dict[int, NDArray[np.int64]]:
    """The entries, by place, that compete in each octave: the best `KEPT` of their cell of days.

    The cells of an octave are halves of those of the coarser one, whose best are among theirs.
    """
    place_of = np.zeros(len(lane.rank), np.int64)
    place_of[lane.rank[members]] = members
    found: dict[int, NDArray[np.int64]] = {}
    for octave in range(FINEST - 1, COARSEST - 1, -1):
        if len(members) > KEPT:
            members = _best(lane, members, CELL / 2.0 ** (octave + 1), place_of, closing)
        found[octave] = members
    return found


def _best(
    lane: Lane | Rows,
    members: NDArray[np.int64],
    cell: float,
    place_of: NDArray[np.int64],
    closing: NDArray[np.int64],
) -> NDArray[np.int64]:
    cells = np.floor(lane.start[members] / cell)
    new = np.concatenate([[True], cells[1:] != cells[:-1]])
    ends = members.searchsorted(closing)
    new[ends[ends < len(members)]] = True  # a cell ends with its lane
    begins = new.nonzero()[0]
    lengths = np.diff(begins, append=len(members))
    crowded = lengths > KEPT
    if not crowded.any():
        return members
    inside = np.repeat(crowded, lengths)
    crowds = lengths[crowded]
    # One sort of whole numbers: the crowd's number above, the rank from the best down below.
    below = np.int64(len(lane.rank))
    key = (np.repeat(np.arange(len(crowds)), crowds) << 32) | (below - lane.rank[members[inside]])
    key.sort()
    nth = np.arange(len(key)) - np.repeat(np.cumsum(crowds) - crowds, crowds)
    best = place_of[below - (key[nth < KEPT] & 0xFFFFFFFF)]
    return np.sort(np.concatenate([members[~inside], best]))


def priorities(importance: NDArray[np.uint8], ids: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Importance first, then a hash of the id: unique, and no chain of ties along the axis."""
    mixed = ids.astype(np.uint64)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    return (importance.astype(np.uint64) << np.uint64(56)) | (mixed >> np.uint64(8))
