"""The events of one lane, placed: what of them a window shows, found without looking at all.

The entries stand by the day they begin on. What begins before the window and still reaches into
it is found by length: the entries are divided into classes whose longest is four times their
shortest, and of each class only that much before the window has to be looked at.
"""

from __future__ import annotations

from collections import OrderedDict
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from viewer.layout.labels import Labels
    from viewer.layout.titles import Titles

    Entries = NDArray[np.int64]
    Days = NDArray[np.float64]

_OCTAVES_KEPT = 4


class _Class(NamedTuple):
    """Entries, by place, none longer than `longest` days, and where they begin."""

    longest: float
    entries: Entries
    start: Days

    def touching(self, placed: Placed, first: float, last: float) -> Entries:
        low, high = self.start.searchsorted([first - self.longest, last])
        high += int(self.start[high:].searchsorted(last, side="right"))
        found = self.entries[low:high]
        return found if self.longest == 0.0 else found[placed.end[found] >= first]


class Placed:
    """The events of a lane, an entry each, by the day they begin on: their `rows` in the
    columns, `start` and `end` in days, `labels`, and the `titles` of all rows."""

    def __init__(
        self, rows: Entries, start: Days, end: Days, titles: Titles, labels: Labels
    ) -> None:
        self.rows, self.start, self.end = rows, start, end
        self.titles, self.labels = titles, labels
        self._octaves: OrderedDict[int, list[_Class]] = OrderedDict()

    def moved(self, rows: Entries, titles: Titles) -> Placed:
        """The same events at the same places, where they stand in other rows of the columns."""
        made = Placed(rows, self.start, self.end, titles, self.labels)
        made._octaves = self._octaves
        for name in ("ends", "lasting", "_classes"):
            if name in vars(self):
                vars(made)[name] = vars(self)[name]
        return made

    def __len__(self) -> int:
        return len(self.rows)

    @cached_property
    def ends(self) -> Days:
        """All ends, sorted."""
        return np.sort(self.end)

    @cached_property
    def lasting(self) -> tuple[Days, Days]:
        """Where those that have a length begin and end, each sorted."""
        lasting = self.end > self.start
        return self.start[lasting], np.sort(self.end[lasting])

    @cached_property
    def _classes(self) -> list[_Class]:
        length = self.end - self.start
        numbers = np.zeros(len(length), np.int8)
        lasting = length > 0
        numbers[lasting] = np.maximum(np.ceil(np.log2(length[lasting]) / 2), 0) + 1
        found = []
        for number in np.unique(numbers).tolist():
            entries = np.flatnonzero(numbers == number)
            longest = 0.0 if number == 0 else float(length[entries].max())
            found.append(_Class(longest, entries, self.start[entries]))
        return found

    def count(self, first: float, last: float) -> int:
        """How many touch the days `first`..`last`."""
        begun = int(np.searchsorted(self.start, last, side="right"))
        return begun - int(np.searchsorted(self.ends, first))

    def touching(self, first: float, last: float, least: float = 0.0) -> Entries:
        """The entries that touch the days `first`..`last`, by place: all that are so many days
        long at `least`, and maybe some that are shorter."""
        return _joined([
            each.touching(self, first, last) for each in self._classes if each.longest >= least
        ])  # fmt: skip

    def with_row(self, first: float, last: float, scale: float) -> Entries:
        """Those of `touching` that stand in a row at `scale` (ems per day)."""
        octave = int(np.floor(np.log2(scale)))
        classes = self._octaves.get(octave)
        if classes is None:
            classes = self._octaves[octave] = [
                _Class(each.longest, each.entries[shown], each.start[shown])
                for each in self._classes
                if (shown := self.labels.scale[each.entries] < 2.0 ** (octave + 1)).any()
            ]
            while len(self._octaves) > _OCTAVES_KEPT:
                self._octaves.popitem(last=False)
        found = _joined([each.touching(self, first, last) for each in classes])
        return found[self.labels.scale[found] <= scale]


def _joined(parts: list[Entries]) -> Entries:
    return np.sort(np.concatenate(parts)) if parts else np.zeros(0, np.int64)
