"""What stands in the rows of several lanes, in arrays: `labels_all` fills them.

The lanes lie one behind another, each closed by an entry that is no event, which begins behind all
days and ends before them. Every row runs through all lanes: what stands in it stands between the
closing entries.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import numpy as np

from viewer.layout.boxes import LEFT, NEVER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from viewer.layout.boxes import Lane

    Entries = NDArray[np.int64]
    Numbers = NDArray[np.float64]

T = TypeVar("T", bound=np.generic)


class Rows:
    """The entries of all lanes, the closing ones among them, and where they stand.

    `at` are the sorted places of what stands: in the first row, then in the second, and so on.
    The other arrays have an entry each, as in `Lane`; `part` is the number of its lane, `left` and
    `right` the ems that a label takes while it stands beside its mark.
    """

    def __init__(self, lanes: Sequence[Lane]) -> None:
        self.lanes, self.number = lanes, lanes[0].rows
        counts = np.array([len(each.row) for each in lanes])
        self.stride = int(counts.sum()) + len(lanes)
        self.part = np.arange(len(lanes)).repeat(counts + 1)
        closing = np.cumsum(counts + 1) - 1

        def together(parts: list[NDArray[T]], last: float) -> NDArray[T]:
            closed = np.full(1, last, parts[0].dtype)
            return np.concatenate([each for part in parts for each in (part, closed)])

        self.start = together([each.start for each in lanes], np.inf)
        self.end = together([each.end for each in lanes], -np.inf)
        self.beside = together([each.beside for each in lanes], 0.0)
        self.bare = together([each.room for each in lanes], 0.0)
        self.inside = together([each.inside for each in lanes], NEVER)
        self.to_right = together([each.to_right for each in lanes], NEVER)
        self.to_left = together([each.to_left for each in lanes], NEVER)
        # No two are equal, in whichever lanes they are.
        self.rank = together([each.rank.astype(np.int64) for each in lanes], 0)
        self.rank += (closing - counts)[self.part]
        self.row = together([each.row for each in lanes], -1)
        self.side = together([each.side for each in lanes], 0)
        self.shown = together([each.shown for each in lanes], -1.0)
        self.closing = closing
        # For the time of a level: which are new, and which pair is the first of each.
        self.new, self.first = np.zeros(self.stride, np.bool_), np.empty(self.stride, np.int64)
        self.reach = max(each.reach for each in lanes)
        self.left, self.right = np.zeros(self.stride), np.zeros(self.stride)
        # Days from the first event on, lane behind lane: for finding what lies between days.
        firsts = [each.start[0] for each in lanes if len(each.row)]
        lasts = [each.start[-1] for each in lanes if len(each.row)]
        self.origin = min(firsts, default=0.0)
        self.span = max(lasts, default=0.0) - self.origin
        self.key = self.keys(self.start, self.part)
        self.later, self.bars, self.widest = -1.0, NEVER, 0.0
        self.at = np.append(-1, (np.arange(self.number)[:, None] * self.stride + closing).ravel())
        self.entry = self.at % self.stride
        self.add((self.row >= 0).nonzero()[0])

    def add(self, entries: Entries) -> tuple[Entries, Entries]:
        """Takes in what has its row, side and scale now; returns it by place, and where in `at`
        it is."""
        places = self.row[entries] * np.int64(self.stride) + entries
        order = places.argsort()
        entries, places = entries[order], places[order]
        if not len(entries):
            return entries, entries
        before = self.at.searchsorted(places)
        self.at = np.insert(self.at, before, places)
        self.entry = np.insert(self.entry, before, entries)
        beside, bare, to_left = self.beside[entries], self.bare[entries], self.side[entries] == LEFT
        left, right = np.where(to_left, beside, bare), np.where(to_left, bare, beside)
        self.left[entries], self.right[entries] = left, right
        self.later = max(self.later, float(self.shown[entries].max()))
        self.bars = min(self.bars, float(self.inside[entries].min()))
        self.widest = max(self.widest, float(left.max()), float(right.max()))
        return entries, before + np.arange(len(before))

    def standing(self, level: float) -> tuple[Entries, Entries]:
        """Places, and the entries there, of what is shown at a level."""
        if self.later > level:
            now = (self.shown[self.entry] <= level).nonzero()[0]
            return self.at[now], self.entry[now]
        return self.at, self.entry

    def to_the_left(self, entries: Entries, scale: Numbers | float) -> Numbers:
        """Ems that what stands there takes to its left at scales."""
        return self._without_titles(self.left[entries], entries, scale)

    def to_the_right(self, entries: Entries, scale: Numbers | float) -> Numbers:
        return self._without_titles(self.right[entries], entries, scale)

    def _without_titles(self, ems: Numbers, entries: Entries, scale: Numbers | float) -> Numbers:
        """The ems, less the labels that are inside their bars at scales."""
        inside = (self.inside[entries] <= scale).nonzero()[0]
        if len(inside):
            ems[inside] = self.bare[entries[inside]]
        return ems

    def wide(self, entries: Entries, scale: Numbers | float) -> Numbers:
        """Ems on the side of the label, were it there, at scales."""
        return self._without_titles(self.beside[entries], entries, scale)

    def keys(self, days: Numbers, part: Entries) -> Numbers:
        """Numbers that rise through all lanes as the days do in each."""
        return np.clip(days - self.origin, -1.0, self.span + 1.0) + part * (self.span + 3.0)

    def hand_back(self) -> None:
        """Tells the lanes what was placed."""
        end = 0
        for each in self.lanes:
            mine = slice(end, end + len(each.row))
            end = mine.stop + 1
            each.row[:], each.side[:], each.shown[:] = (
                self.row[mine], self.side[mine], self.shown[mine]
            )  # fmt: skip
