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

    from db.splicing import Moves, Pieces
    from viewer.layout.labels import Labels
    from viewer.layout.titles import Titles

    Entries = NDArray[np.int64]
    Days = NDArray[np.float64]

_OCTAVES_KEPT = 4


class _Class(NamedTuple):
    """Entries, by place, none longer than `longest` days, and where they begin."""

    number: int
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

    def spliced(self, how: Pieces, new: Placed, rows: Entries) -> Placed:
        """Some of them with others, put together the way that is told; `rows` are those of all.
        What is known of them already is brought up to date, in a fraction of the time."""
        was, other = self.labels, new.labels
        labels = was._replace(row=how.array(was.row, other.row),
                              side=how.array(was.side, other.side),
                              scale=how.array(was.scale, other.scale))  # fmt: skip
        made = Placed(rows, how.array(self.start, new.start), how.array(self.end, new.end),
                      new.titles, labels)  # fmt: skip
        gone, known = how.moves.gone, vars(self)
        if "ends" in known:
            made.ends = _exchanged(self.ends, self.end[gone], new.end)
        if "lasting" in known:
            gone, lasting = gone[self.end[gone] > self.start[gone]], new.end > new.start
            made.lasting = (
                _exchanged(self.lasting[0], self.start[gone], new.start[lasting]),
                _exchanged(self.lasting[1], self.end[gone], new.end[lasting]),
            )
        come = how.moves.come
        if "_classes" in known:
            made._classes = _spliced(self._classes, how.moves, made, come)
        for octave, classes in [*self._octaves.items()][-1:]:
            shown = come[made.labels.scale[come] < 2.0 ** (octave + 1)]
            made._octaves[octave] = _spliced(classes, how.moves, made, shown)
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
        numbers = _numbers(self.end - self.start)
        found = []
        for number in np.unique(numbers).tolist():
            entries = np.flatnonzero(numbers == number)
            start = self.start[entries]
            longest = float((self.end[entries] - start).max()) if number else 0.0
            found.append(_Class(number, longest, entries, start))
        return found

    def count(self, first: float, last: float) -> int:
        """How many touch the days `first`..`last`."""
        begun = int(self.start.searchsorted(last, side="right"))
        return begun - int(self.ends.searchsorted(first))

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
                each._replace(entries=each.entries[shown], start=each.start[shown])
                for each in self._classes
                if (shown := self.labels.scale[each.entries] < 2.0 ** (octave + 1)).any()
            ]
            while len(self._octaves) > _OCTAVES_KEPT:
                self._octaves.popitem(last=False)
        found = _joined([each.touching(self, first, last) for each in classes])
        return found[self.labels.scale[found] <= scale]


def _joined(parts: list[Entries]) -> Entries:
    return np.sort(np.concatenate(parts)) if parts else np.zeros(0, np.int64)


def _numbers(length: Days) -> NDArray[np.int8]:
    """The class of each of some lengths."""
    numbers = np.zeros(len(length), np.int8)
    lasting = length > 0
    numbers[lasting] = np.maximum(np.ceil(np.log2(length[lasting]) / 2), 0) + 1
    return numbers


def _spliced(classes: list[_Class], moves: Moves, placed: Placed, come: Entries) -> list[_Class]:
    """The classes after an edit, of what is `placed` now; those that have `come` are to be in
    them."""
    before = {each.number: each for each in classes}
    length = placed.end[come] - placed.start[come]
    numbers = _numbers(length)
    found = []
    for number in sorted({*before, *numbers.tolist()}):
        own = numbers == number
        longest, new = float(length[own].max(initial=0.0)), come[own]
        entries, start = new, placed.start[new]
        if number in before:
            was = before[number]
            longest = max(longest, was.longest)
            entries, start = _without(was, moves.gone)
            entries = moves.moved(entries)
            if len(new):
                at = entries.searchsorted(new)
                entries, start = (
                    np.insert(entries, at, new),
                    np.insert(start, at, placed.start[new]),
                )
        found.append(_Class(number, longest, entries, start))
    return found


def _without(some: _Class, gone: Entries) -> tuple[Entries, Days]:
    """The entries of a class, and where they begin, without those that are gone."""
    at = some.entries.searchsorted(gone)
    at, asked = at[at < len(some.entries)], gone[at < len(some.entries)]
    at = at[some.entries[at] == asked]
    return (
        (np.delete(some.entries, at), np.delete(some.start, at))
        if len(at)
        else (some.entries, some.start)
    )


def _exchanged(days: Days, gone: Days, come: Days) -> Days:
    """Days in order without some that are among them, and with others."""
    if len(gone):
        gone = np.sort(gone)
        # Of days that are alike, one after the other goes.
        at = days.searchsorted(gone) + np.arange(len(gone)) - gone.searchsorted(gone)
        days = np.delete(days, at)
    return np.insert(days, days.searchsorted(np.sort(come)), np.sort(come)) if len(come) else days
