"""Placing labels all at once: what `labels_single` does, in arrays, for lanes of any size.

The labels that the rows have at a scale leave gaps. Which candidates fit into which gap is found
for all rows together. A candidate that is the best of its first gap, as rows go, wins it: nobody
better can come into it any more. It leaves all others and splits this one in two; who was in it
goes on in a half, and so on until none is left. That is what placing one by one comes to.

While more candidates wait than labels stand, those between the ends of each gap are looked at. Of
fewer it is remembered for each row at which scale they could be free of their neighbours there:
it only grows as rows fill up, and until then they need not be looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from viewer.layout.boxes import LEFT, NEVER, RIGHT, all_apart_from, clear_of
from viewer.layout.labels_offers import Offer, settle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from viewer.layout.labels_rows import Rows

    Entries = NDArray[np.int64]
    Numbers = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    Sides = NDArray[np.int8]

_LESS = 1.0 - 1e-9  # for bounds that leave out what is checked exactly later
_SAFE = 1.0 - 1e-6  # what a remembered scale is taken for: it was computed another way
_NEXT = 1.0 + 1e-6  # a scale that was in vain, until the next one
_SLACK = 1e-6  # days
_AT_ONCE = 1 << 15  # pairs of a gap and a candidate: they stay in the processor's cache
_SOME = 1 << 13  # pairs of a row and a candidate


class _Candidates(NamedTuple):
    """Days, ems and scales of candidates, `wide` on the side of the label; see `Lane`."""

    start: Numbers
    end: Numbers
    bare: Numbers
    wide: Numbers
    inside: Numbers
    to_right: Numbers
    to_left: Numbers

    @classmethod
    def of(cls, rows: Rows, entries: Entries, level: float) -> _Candidates:
        return cls(
            rows.start[entries], rows.end[entries], rows.bare[entries], rows.wide(entries, level),
            rows.inside[entries], rows.to_right[entries], rows.to_left[entries],
        )  # fmt: skip

    def at(self, chosen: Entries) -> _Candidates:
        return _Candidates(*(each[chosen] for each in self))


class _Gaps(NamedTuple):
    """From where marks end to where the next ones begin; the ems that their labels take in between
    at the one side and the other; the scale at which the first of these goes inside."""

    close: Numbers
    begin: Numbers
    right: Numbers
    left: Numbers
    inside: Numbers

    @classmethod
    def between(cls, rows: Rows, one: Entries, other: Entries, level: float) -> _Gaps:
        inside = [np.where(each > level, each, NEVER) for each in (rows.inside[one],
                                                                   rows.inside[other])]  # fmt: skip
        return cls(
            rows.end[one], rows.start[other], rows.to_the_right(one, level),
            rows.to_the_left(other, level), np.minimum(*inside),
        )  # fmt: skip

    def at(self, chosen: Entries) -> _Gaps:
        return _Gaps(*(each[chosen] for each in self))


def _free_from(some: _Candidates, gaps: _Gaps, level: float) -> Numbers:
    """A scale below which candidates, from the level on, touch what ends before them or what begins
    behind them: the room between only shrinks, at once where a label goes inside its bar."""
    before, behind = some.start - gaps.close, gaps.begin - some.end
    with np.errstate(divide="ignore", invalid="ignore"):
        right = np.maximum((gaps.right + some.bare) / before, (some.wide + gaps.left) / behind)
        left = np.maximum((gaps.right + some.wide) / before, (some.bare + gaps.left) / behind)
    found = np.minimum(np.maximum(right, some.to_right), np.maximum(left, some.to_left))
    inside = np.where(some.inside > level, some.inside, NEVER)
    found = np.minimum(found, np.minimum(inside, gaps.inside))
    return np.where((before > 0) & (behind > 0), found * _SAFE, NEVER)


class AllAtOnce:
    """Fills the rows of lanes with all candidates of a level in turn."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.barred = any(any(each.barriers) for each in rows.lanes)
        # Of the candidates that are remembered: the scales, by row and candidate, below which
        # there is no room.
        self.members = np.zeros(0, np.int64)
        self.due = np.zeros((rows.number, 0), np.float32)
        self.known = np.zeros(rows.stride, np.bool_)
        self.eligible = self.waiting = np.zeros(0, np.int64)

    def offer(self, entries: Entries, previous: float, level: float) -> None:
        """Places what finds room at `level` of those that wait among some entries: all that there
        were before, and others."""
        rows = self.rows
        if entries is not self.eligible:
            self.eligible = entries
            self.waiting = entries[rows.row[entries] < 0]
        if not len(self.waiting):
            return
        if len(self.waiting) > len(rows.at):
            offer = self._in_gaps(self.waiting, level)
        else:
            self._remember(self.waiting, level)
            offer = self._due(level)
        if self.barred and offer.any:
            offer = self._clear(offer, level)
        if not offer.any:
            return
        won = settle(offer, rows)
        rows.shown[won] = level
        self._refine(won, previous, level)
        left = np.ones(len(self.waiting), np.bool_)
        left[self.waiting.searchsorted(won)] = False
        self.waiting = self.waiting[left]
        remembered = won[self.known[won]]
        if len(remembered):
            self.due[:, self.members.searchsorted(remembered)] = NEVER

    def _in_gaps(self, entries: Entries, level: float) -> Offer:
        """What fits into the gaps between what is shown, found from these."""
        rows = self.rows
        start, end, room = rows.start[entries], rows.end[entries], rows.bare[entries]
        near, far = room / level, rows.wide(entries, level) / level
        at, standing = rows.standing(level)
        low = rows.end[standing[:-1]] + rows.to_the_right(standing[:-1], level) / level
        high = rows.start[standing[1:]] - rows.to_the_left(standing[1:], level) / level
        need = (end - start + near + far) * _LESS
        gaps = (high - low >= need.min()).nonzero()[0]
        low, high = low[gaps], high[gaps]
        part = rows.part[standing[gaps + 1]]
        short = float(near.min()) * _LESS
        keys = rows.key[entries]
        first = keys.searchsorted(rows.keys(low + short, part) - _SLACK)
        behind = keys.searchsorted(rows.keys(high - short, part) + _SLACK, "right")
        which, nth = _roomy(first, behind, need, high - low)
        near_left, near_right = (start - near)[which], (end + near)[which]
        low, high = low[nth], high[nth]
        fits = ((near_left >= low) & (near_right <= high)).nonzero()[0]
        which, nth, low, high = which[fits], nth[fits], low[fits], high[fits]
        far_left, far_right = (start - far)[which], (end + far)[which]
        right, left = far_right <= high, far_left >= low
        fewer = (right | left).nonzero()[0]
        fits, which, nth = fits[fewer], which[fewer], nth[fewer]
        entry = entries[which]
        may = np.array([right[fewer] & (rows.to_right[entry] <= level),
                        left[fewer] & (rows.to_left[entry] <= level)])  # fmt: skip
        row = at[gaps[nth] + 1] // rows.stride
        if rows.later > level:
            self._yield(entry, rows.at.searchsorted(row * rows.stride + entry), may, level)
        offer = Offer(
            np.array([entry, row, nth]),
            np.array([near_left[fits], far_left[fewer], far_right[fewer], near_right[fits],
                      low[fewer], high[fewer]]),
            may,
        )  # fmt: skip
        return offer.possible()

    def _yield(
        self, entry: Entries, behind: Entries, may: Flags, level: float
    ) -> tuple[Entries, Entries]:
        """Where in `at` the neighbours are that are shown at a level, of candidates that would go
        before what is `behind` them. Forbids the sides on which they would touch, where these
        are shown, those between that have their places already but are shown only later."""
        rows = self.rows
        found = []
        for way in (-1, 0):
            nth = behind + way
            other = rows.entry[nth]
            live = (rows.shown[other] > level).nonzero()[0]
            other = other[live]
            while len(live):
                mine, scale = entry[live], rows.shown[other]
                near, far = rows.bare[mine] / scale, rows.wide(mine, scale) / scale
                if way:
                    close = rows.end[other] + rows.to_the_right(other, scale) / scale
                    may[0, live[rows.start[mine] - near < close]] = False
                    may[1, live[rows.start[mine] - far < close]] = False
                else:
                    begin = rows.start[other] - rows.to_the_left(other, scale) / scale
                    may[0, live[rows.end[mine] + far > begin]] = False
                    may[1, live[rows.end[mine] + near > begin]] = False
                nth[live] += 1 if way == 0 else -1
                other = rows.entry[nth[live]]
                still = rows.shown[other] > level
                live, other = live[still], other[still]
            found.append(nth)
        return found[0], found[1]

    def _remember(self, entries: Entries, level: float) -> None:
        """Takes up candidates, with the scales from which they could be in each row."""
        entries = entries[~self.known[entries]]
        if not len(entries):
            return
        old = (self.rows.row[self.members] < 0).nonzero()[0]
        self.known[entries] = True
        members = np.concatenate([self.members[old], entries])
        order = members.argsort(kind="stable")
        self.members = members[order]
        due = np.concatenate([self.due.take(old, 1), self._could_be(entries, level)], axis=1)
        self.due = due.take(order, 1)

    def _could_be(self, entries: Entries, level: float) -> NDArray[np.float32]:
        """By row and candidate: a scale below which it touches its neighbours in the row."""
        rows = self.rows
        gaps = _Gaps.between(rows, rows.entry[:-1], rows.entry[1:], level)
        later = rows.shown[rows.entry] > level  # may come to stand aside: not counted
        gaps.close[later[:-1]], gaps.begin[later[1:]] = -np.inf, np.inf
        # How many of the candidates are in each gap, and the gaps of each row.
        upto = rows.at // rows.stride * len(entries) + entries.searchsorted(rows.entry)
        upto[0] = 0
        counts = np.diff(upto)
        ends = rows.at.searchsorted(np.arange(rows.number + 1) * rows.stride) - 1
        some = _Candidates.of(rows, entries, level)
        found = np.empty((rows.number, len(entries)), np.float32)
        at_once = max(1, _AT_ONCE // len(entries))
        for row in range(0, rows.number, at_once):
            here = found[row : row + at_once]
            part = slice(ends[row], ends[row + len(here)])
            around = (each[part].repeat(counts[part]).reshape(here.shape) for each in gaps)
            here[:] = _free_from(some, _Gaps(*around), level)
        return found

    def _due(self, level: float) -> Offer:
        """Of the remembered candidates what fits between its neighbours."""
        asked = (self.due.reshape(-1) <= level).nonzero()[0]
        found = [
            self._looked_at(asked[begin : begin + _SOME], level)
            for begin in range(0, max(len(asked), 1), _SOME)
        ]
        if len(found) == 1:
            return found[0]
        return Offer(*(np.concatenate(each, axis=1) for each in zip(*found, strict=True)))

    def _looked_at(self, asked: Entries, level: float) -> Offer:
        """Those of some pairs that fit; the others are remembered anew."""
        rows = self.rows
        row = asked // max(len(self.members), 1)
        entry = self.members[asked - row * len(self.members)]
        behind = rows.at.searchsorted(row * rows.stride + entry)
        before = behind - 1
        some = _Candidates.of(rows, entry, level)
        may = np.array([some.to_right <= level, some.to_left <= level])
        if rows.later > level:
            before, behind = self._yield(entry, behind, may, level)
        gaps = _Gaps.between(rows, rows.entry[before], rows.entry[behind], level)
        near, far = some.bare / level, some.wide / level
        offer = Offer(
            np.array([entry, row, before]),
            np.array([some.start - near, some.start - far, some.end + far, some.end + near,
                      gaps.close + gaps.right / level, gaps.begin - gaps.left / level]),
            may,
        )  # fmt: skip
        offer = offer._replace(may=offer.fits)
        out = (~(offer.may[0] | offer.may[1])).nonzero()[0]
        due = np.full(len(asked), level)
        due[out] = _free_from(some.at(out), gaps.at(out), level)
        self.due.reshape(-1)[asked] = np.maximum(due, level * _NEXT)
        return offer.possible()

    def _clear(self, offer: Offer, level: float) -> Offer:
        """Those that are clear of their row's barriers."""
        entry, row, _ = offer.which
        may = offer.may.copy()
        for number, nth, here in self._barred(row, entry):
            for side in (RIGHT, LEFT):
                clear = self._clear_from(number, nth, entry[here], side)
                may[int(side == LEFT), here] &= clear <= level
        return offer._replace(may=may).possible()

    def _barred(
        self, row: NDArray[np.integer], entries: Entries
    ) -> Iterator[tuple[int, int, Entries]]:
        """The lanes and rows that have barriers, and which of some entries are there."""
        for number, lane in enumerate(self.rows.lanes):
            for nth, barriers in enumerate(lane.barriers):
                if barriers:
                    here = ((row == nth) & (self.rows.part[entries] == number)).nonzero()[0]
                    if len(here):
                        yield number, nth, here

    def _clear_from(self, lane: int, row: int, entries: Entries, side: int | Sides) -> Numbers:
        rows = self.rows
        room, beside = rows.bare[entries], rows.beside[entries]
        to_left = np.full(len(entries), side) == LEFT
        return clear_of(
            rows.lanes[lane].barriers[row], rows.start[entries], rows.end[entries],
            np.where(to_left, beside, room), np.where(to_left, room, beside), room,
            rows.inside[entries],
        )  # fmt: skip

    def _refine(self, won: Entries, previous: float, level: float) -> None:
        """Takes the winners into their rows, each with the scale within the level from which it
        touches none that is shown."""
        rows = self.rows
        won, at = rows.add(won)
        rows.new[won] = True
        shown = np.full(len(won), previous)
        for way in (1, -1):
            # Only neighbours that are near enough to touch at the level before.
            reach = np.full(len(won), np.inf)
            if previous:
                reach = ((rows.right if way > 0 else rows.left)[won] + rows.widest) / previous
            live, nth = np.arange(len(won)), at + way
            while True:
                mine, other = won[live], rows.entry[nth]
                first, second = (mine, other) if way > 0 else (other, mine)
                days = rows.start[second] - rows.end[first]
                near = (days < reach[live]).nonzero()[0]
                if not len(near):
                    break
                live, nth, mine, other = live[near], nth[near], mine[near], other[near]
                # Of a pair the one placed later waits: the new one, of two new the lesser.
                waits = rows.shown[other] <= level
                waits &= ~rows.new[other] | (rows.rank[mine] < rows.rank[other])
                first, second, days = first[near], second[near], days[near]
                apart = self._apart(first[waits], second[waits], days[waits], level)
                waiting = live[waits]
                shown[waiting] = np.maximum(shown[waiting], apart)
                nth = nth + way
        rows.new[won] = False
        for number, row, here in self._barred(rows.row[won], won):
            clear = self._clear_from(number, row, won[here], rows.side[won[here]])
            shown[here] = np.maximum(shown[here], clear)
        rows.shown[won] = np.minimum(shown, level)

    def _apart(self, first: Entries, second: Entries, days: Numbers, level: float) -> Numbers:
        """The scale from which pairs of boxes in a row are apart."""
        rows = self.rows
        apart = (rows.right[first] + rows.left[second]) / days
        if rows.bars <= level:
            # Some titles go inside their bars before they would be.
            inside = rows.inside[first], rows.inside[second]
            sooner = (np.minimum(*inside) < apart).nonzero()[0]
            if len(sooner):
                first, second = first[sooner], second[sooner]
                apart[sooner] = all_apart_from(
                    days[sooner], rows.right[first], rows.left[second],
                    (rows.bare[first], rows.bare[second]), (inside[0][sooner], inside[1][sooner]),
                )  # fmt: skip
        return np.asarray(apart)


def _roomy(
    first: Entries, behind: Entries, need: Numbers, room: Numbers
) -> tuple[Entries, Entries]:
    """Of n gaps with the numbers of the candidates in them, from `first` to `behind`: all pairs of
    a candidate and its gap in which the gap has the room that the candidate needs."""
    counts = np.maximum(behind - first, 0)
    ends = np.cumsum(counts)
    found = []
    total = int(ends[-1]) if len(ends) else 0
    cuts = [*ends.searchsorted(np.arange(_AT_ONCE, total, _AT_ONCE)).tolist(), len(counts)]
    begin = done = 0
    for cut in cuts:
        some = slice(begin, cut)
        many = counts[some]
        upto = int(ends[cut - 1]) if cut else 0
        which = np.repeat(first[some] - (ends[some] - many), many) + np.arange(done, upto)
        fits = np.flatnonzero(need[which] <= np.repeat(room[some], many))
        found.append((which[fits], np.repeat(np.arange(begin, cut), many)[fits]))
        begin, done = cut, upto
    whiches, nths = zip(*found, strict=True)
    return np.concatenate(whiches), np.concatenate(nths)
