"""Placing labels one by one: the plain way, quickest for few, and the measure of the other."""

from __future__ import annotations

from bisect import bisect_left
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from viewer.layout.boxes import LEFT, NEVER, RIGHT, apart_from, barrier_clear

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from viewer.layout.boxes import Lane, Placed

_SAFE = 1.0 - 1e-9  # what a remembered scale is taken for: it was computed another way


class _Row(NamedTuple):
    """The labels of a row by place: their entries, boxes and the scales they are shown from."""

    entries: list[int]
    boxes: list[Placed]
    shown: list[float]


class OneByOne:
    """Fills the rows of a lane with one candidate after the other."""

    def __init__(
        self, lane: Lane, wishes: Mapping[int, Sequence[int]] = MappingProxyType({})
    ) -> None:
        self.lane, self.wishes = lane, wishes
        self.reach = lane.reach
        self.rows = [_Row([], [], []) for _ in range(lane.rows)]
        for entry in np.flatnonzero(lane.row >= 0).tolist():
            self._insert(entry, lane.row[entry], lane.side[entry], lane.shown[entry])
        # The scales below which a candidate finds no room, in any row and by row: these fill up.
        self.soonest: dict[int, float] = {}
        self.due: dict[int, list[float]] = {}

    def offer(self, entries: NDArray[np.int64], previous: float, level: float) -> None:
        """Places what finds room at `level`."""
        lane = self.lane
        waiting = [entry for entry in entries.tolist() if self.soonest.get(entry, 0.0) <= level]
        for entry in sorted(waiting, key=lane.rank.__getitem__, reverse=True):
            found = self._first_free(entry, previous, level)
            if found is None:
                continue
            row, side, shown = found
            self.soonest[entry] = NEVER
            lane.row[entry], lane.side[entry], lane.shown[entry] = row, side, shown
            self._insert(entry, row, side, shown)

    def _insert(self, entry: int, row: int, side: int, shown: float) -> None:
        entries, boxes, scales = self.rows[row]
        at = bisect_left(entries, entry)
        entries.insert(at, entry)
        boxes.insert(at, self._box(entry, side))
        scales.insert(at, float(shown))

    def _box(self, entry: int, side: int) -> Placed:
        lane = self.lane
        room, beside = float(lane.room[entry]), float(lane.beside[entry])
        around = (beside, room) if side == LEFT else (room, beside)
        return (float(lane.start[entry]), float(lane.end[entry]), *around, room,
                float(lane.inside[entry]))  # fmt: skip

    def _first_free(
        self, entry: int, previous: float, level: float
    ) -> tuple[int, int, float] | None:
        """The first row, then the first side, that is free from `level` on, and the scale from
        which the label is shown there."""
        lane = self.lane
        choices = (
            (RIGHT, self._box(entry, RIGHT), float(lane.to_right[entry])),
            (LEFT, self._box(entry, LEFT), float(lane.to_left[entry])),
        )
        rows = self.wishes.get(entry, range(lane.rows))
        due = self.due.setdefault(entry, [0.0] * lane.rows)
        for row in rows:
            if due[row] > level:
                continue
            soonest = NEVER
            at = bisect_left(self.rows[row].entries, entry)
            for side, box, allowed in choices:
                free_from = max(allowed, self._blocked(row, at, box, level))
                clear = 0.0
                if free_from <= level:
                    clear = max(
                        (barrier_clear(each, box) for each in lane.barriers[row]), default=0.0
                    )
                    free_from = max(free_from, clear)
                if free_from <= level:
                    shown = self._shown_from(row, at, box, max(previous, clear), previous, level)
                    return row, side, min(shown, level)
                soonest = min(soonest, free_from)
            due[row] = soonest * _SAFE
        self.soonest[entry] = min((due[row] for row in rows), default=NEVER)
        return None

    def _blocked(self, row: int, at: int, box: Placed, level: float) -> float:
        """0 where a box, going to place `at`, touches none at `level`, nor at a finer scale one
        that has its place already but is shown later; else the scale until which it does."""
        _, boxes, shown = self.rows[row]
        for index in range(at - 1, -1, -1):
            other, scale = boxes[index], max(shown[index], level)
            if not _before(other, box, scale):
                return max(apart_from(other, box), level * 1.000001)
            if scale == level or (box[0] - other[1]) * level >= self.reach:
                break
        for index in range(at, len(boxes)):
            other, scale = boxes[index], max(shown[index], level)
            if not _before(box, other, scale):
                return max(apart_from(box, other), level * 1.000001)
            if scale == level or (other[0] - box[1]) * level >= self.reach:
                break
        return 0.0

    def _shown_from(
        self, row: int, at: int, box: Placed, shown: float, previous: float, level: float
    ) -> float:
        """The scale from which a box touches none that is shown at `level`."""
        _, boxes, scales = self.rows[row]
        for index in range(at - 1, -1, -1):
            if (box[0] - boxes[index][1]) * previous >= self.reach:
                break
            if scales[index] <= level:
                shown = max(shown, apart_from(boxes[index], box))
        for index in range(at, len(boxes)):
            if (boxes[index][0] - box[1]) * previous >= self.reach:
                break
            if scales[index] <= level:
                shown = max(shown, apart_from(box, boxes[index]))
        return shown


def _before(one: Placed, other: Placed, scale: float) -> bool:
    """Whether `one` ends where `other` begins or sooner, at a scale."""
    right = one[4] if scale >= one[5] else one[3]
    left = other[4] if scale >= other[5] else other[2]
    return one[1] + right / scale <= other[0] - left / scale
