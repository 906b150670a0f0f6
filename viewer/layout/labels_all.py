"""Placing labels all at once: what `labels_single` does, in arrays, for lanes of any size.

The labels that the rows have at a scale leave gaps. Which candidates fit into which gap is found
for all rows together. A candidate that is the best of its first gap, as rows go, wins it: nobody
better can come into it any more. It leaves all others and splits this one in two; who was in it
goes on in a half, and so on until none is left. That is what placing one by one comes to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from viewer.layout.boxes import LEFT, NEVER, RIGHT, all_apart_from, clear_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from viewer.layout.boxes import Lane

    Entries = NDArray[np.int64]
    Numbers = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    Sides = NDArray[np.int8]

_LESS = 1.0 - 1e-9  # for bounds that leave out what is checked exactly later

_AT_ONCE = 1 << 15  # pairs of a gap and a candidate: they stay in the processor's cache


class _Offer(NamedTuple):
    """Candidates by row and place, each with the days that it covers at a scale: from `near_left`
    with its label to the right up to `far_right`, from `far_left` up to `near_right` otherwise;
    and whether it may go there. `gap` is which one it is in, `low` and `high` are its ends."""

    row: Entries
    entry: Entries
    near_left: Numbers
    far_left: Numbers
    near_right: Numbers
    far_right: Numbers
    right: Flags
    left: Flags
    gap: Entries
    low: Numbers
    high: Numbers

    def of(self, chosen: Flags | Entries) -> _Offer:
        return _Offer(
            self.row[chosen], self.entry[chosen], self.near_left[chosen], self.far_left[chosen],
            self.near_right[chosen], self.far_right[chosen], self.right[chosen],
            self.left[chosen], self.gap[chosen], self.low[chosen], self.high[chosen],
        )  # fmt: skip

    def fitting(self) -> _Offer:
        """Those that fit into their gap, on the sides on which they do."""
        right = self.right & (self.near_left >= self.low) & (self.far_right <= self.high)
        left = self.left & (self.far_left >= self.low) & (self.near_right <= self.high)
        return self._replace(right=right, left=left).of((right | left).nonzero()[0])


class _Rows:
    """What stands in all rows: a row after the other, and in it by place.

    Before each row and behind the last stands a mark that is no label: it ends before all days
    and begins behind them. `at` are the sorted places, `entry` the entries there, the number of
    events for a mark; the others are the boxes there: days, ems to both sides while the label
    stands beside its mark, ems on both sides once it stands inside it, the scale from which it
    does, and the scale that it is shown from.
    """

    def __init__(self, lane: Lane) -> None:
        count = len(lane.row)
        self.lane, self.stride = lane, count + 1
        placed = np.flatnonzero(lane.row >= 0)
        marks = np.arange(lane.rows + 1, dtype=np.int64) * self.stride
        self.at = np.sort(np.concatenate([marks, self.places(lane.row[placed], placed)]))
        self._gather()

    def places(self, rows: NDArray[np.integer], entries: Entries) -> Entries:
        return rows.astype(np.int64) * self.stride + entries + 1

    def add(self, entries: Entries) -> Entries:
        """Takes more labels in; returns where they are, in the order given."""
        places = self.places(self.lane.row[entries], entries)
        self.at = np.sort(np.concatenate([self.at, places]), kind="stable")
        self._gather()
        return self.at.searchsorted(places)

    def _gather(self) -> None:
        lane = self.lane
        self.entry = self.at % self.stride - 1
        marks = np.flatnonzero(self.entry < 0)
        entry = self.entry
        self.start, self.end = lane.start[entry], lane.end[entry]
        self.bare, self.inside, self.shown = lane.room[entry], lane.inside[entry], lane.shown[entry]
        beside, to_left = lane.beside[entry], lane.side[entry] == LEFT
        self.left = np.where(to_left, beside, self.bare)
        self.right = np.where(to_left, self.bare, beside)
        self.start[marks], self.end[marks], self.shown[marks] = np.inf, -np.inf, -1.0
        self.inside[marks] = NEVER
        self.later = float(self.shown.max())
        self.bars = float(self.inside.min())  # the least scale from which one stands inside
        self.widest = float(max(self.left.max(), self.right.max()))

    def edges(self, level: float) -> tuple[Entries | None, Numbers, Numbers]:
        """Where at a level those begin and end that are shown there, and which ones these are
        (None: all)."""
        left, right, start, end, now = self.left, self.right, self.start, self.end, None
        if self.bars <= level:
            inside = self.inside <= level
            left, right = np.where(inside, self.bare, left), np.where(inside, self.bare, right)
        begin, close = start - left / level, end + right / level
        if self.later > level:
            now = np.flatnonzero(self.shown <= level)
            begin, close = begin[now], close[now]
        return now, begin, close


class AllAtOnce:
    """Fills the rows of a lane with all candidates of a level in turn."""

    def __init__(self, lane: Lane) -> None:
        self.lane = lane
        self.reach = lane.reach
        self.rows = _Rows(lane)
        self.barred = any(lane.barriers)
        # The least room that a label takes on its side at any scale.
        self.least = np.where(np.isfinite(lane.inside), lane.room, lane.beside)

    def offer(self, entries: Entries, previous: float, level: float) -> None:
        """Places what finds room at `level`."""
        lane = self.lane
        offer = self._fitting(entries, level)
        if self.barred and len(offer.entry):
            offer = self._clear(offer, level)
        if self.rows.later > level and len(offer.entry):
            offer = self._yielding(offer, level)
        if not len(offer.entry):
            return
        won, rows, sides = _settle(offer, lane.rank)
        order = won.argsort()
        won, rows, sides = won[order], rows[order], sides[order]
        lane.row[won], lane.side[won], lane.shown[won] = rows, sides, level
        self._refine(won, previous, level)

    def _fitting(self, entries: Entries, level: float) -> _Offer:
        """The candidates that fit into a gap of a row, for each such row."""
        lane, rows = self.lane, self.rows
        start, end, room = lane.start[entries], lane.end[entries], lane.room[entries]
        near = room / level
        far = np.where(lane.inside[entries] <= level, room, lane.beside[entries]) / level
        near_left, near_right = start - near, end + near
        need = (end - start + near + far) * _LESS
        now, begin, close = rows.edges(level)
        low, high = close[:-1], begin[1:]
        gaps = (high - low >= need.min()).nonzero()[0]
        low, high = low[gaps], high[gaps]
        short = float(near.min()) * _LESS
        first, behind = start.searchsorted(low + short), start.searchsorted(high - short, "right")
        which, nth = _roomy(first, behind, need, high - low)
        fits = np.flatnonzero((near_left[which] >= low[nth]) & (near_right[which] <= high[nth]))
        which, nth = which[fits], nth[fits]
        gap, entry = gaps[nth], entries[which]
        row = rows.at[gap if now is None else now[gap]] // rows.stride
        return _Offer(
            row, entry, near_left[which], (start - far)[which], near_right[which],
            (end + far)[which], lane.to_right[entry] <= level, lane.to_left[entry] <= level,
            gap, low[nth], high[nth],
        ).fitting()  # fmt: skip

    def _clear(self, offer: _Offer, level: float) -> _Offer:
        """Those that are clear of their row's barriers."""
        right, left = offer.right.copy(), offer.left.copy()
        for row, barriers in enumerate(self.lane.barriers):
            here = np.flatnonzero(offer.row == row)
            if barriers and len(here):
                entries = offer.entry[here]
                right[here] &= self._clear_from(row, entries, RIGHT) <= level
                left[here] &= self._clear_from(row, entries, LEFT) <= level
        return offer._replace(right=right, left=left).of(right | left)

    def _clear_from(self, row: int, entries: Entries, side: int | Sides) -> Numbers:
        lane = self.lane
        room, beside = lane.room[entries], lane.beside[entries]
        to_left = np.full(len(entries), side) == LEFT
        return clear_of(
            lane.barriers[row], lane.start[entries], lane.end[entries],
            np.where(to_left, beside, room), np.where(to_left, room, beside), room,
            lane.inside[entries],
        )  # fmt: skip

    def _yielding(self, offer: _Offer, level: float) -> _Offer:
        """Those that do not touch, where they are shown, the labels that have their place in
        the row already but are shown only later."""
        lane, rows = self.lane, self.rows
        later = np.flatnonzero((rows.shown > level) | (rows.shown < 0))  # the marks among them
        at = rows.at[later]
        start, end, then = rows.start[later], rows.end[later], rows.shown[later]
        then[then < 0] = level
        inside = rows.inside[later] <= then
        begin = start - np.where(inside, rows.bare[later], rows.left[later]) / then
        close = end + np.where(inside, rows.bare[later], rows.right[later]) / then
        mine = offer.entry
        my_start, my_end = lane.start[mine], lane.end[mine]
        room, beside, inside = lane.room[mine], lane.beside[mine], lane.inside[mine]
        to_right, to_left = offer.right.copy(), offer.left.copy()
        place = at.searchsorted(rows.places(offer.row, mine))
        reach = self.reach / level
        for way in (1, -1):
            live = np.arange(len(mine))
            nth = place if way > 0 else place - 1
            while True:
                away = start[nth] - my_end[live] if way > 0 else my_start[live] - end[nth]
                near = away < reach
                live, nth = live[near], nth[near]
                if not len(live):
                    break
                scale = then[nth]
                short = room[live] / scale
                far = np.where(inside[live] <= scale, room[live], beside[live]) / scale
                if way > 0:
                    to_right[live[my_end[live] + far > begin[nth]]] = False
                    to_left[live[my_end[live] + short > begin[nth]]] = False
                else:
                    to_right[live[my_start[live] - short < close[nth]]] = False
                    to_left[live[my_start[live] - far < close[nth]]] = False
                nth = nth + way
        return offer._replace(right=to_right, left=to_left).of(to_right | to_left)

    def _refine(self, won: Entries, previous: float, level: float) -> None:
        """Takes the winners into their rows, each with the scale within the level from which it
        touches none that is shown."""
        lane, rows = self.lane, self.rows
        at = rows.add(won)
        new = np.zeros(len(rows.at), np.bool_)
        new[at] = True
        rank = lane.rank
        shown = np.full(len(won), previous)
        for way in (1, -1):
            # Only neighbours that are near enough to touch at the level before.
            reach = np.full(len(won), np.inf)
            if previous:
                reach = ((rows.right if way > 0 else rows.left)[at] + rows.widest) / previous
            live, other = np.arange(len(won)), at + way
            while True:
                mine = at[live]
                first, second = (mine, other) if way > 0 else (other, mine)
                days = rows.start[second] - rows.end[first]
                near = days < reach[live]
                live, other, days = live[near], other[near], days[near]
                if not len(live):
                    break
                mine, first, second = at[live], first[near], second[near]
                # Of a pair the one placed later waits: the new one, of two new the lesser.
                waits = rows.shown[other] <= level
                waits &= ~new[other] | (rank[won[live]] < rank[rows.entry[other]])
                apart = self._apart(first[waits], second[waits], days[waits], level)
                waiting = live[waits]
                shown[waiting] = np.maximum(shown[waiting], apart)
                other = other + way
        if self.barred:
            for row in range(lane.rows):
                here = np.flatnonzero(lane.row[won] == row)
                clear = self._clear_from(row, won[here], lane.side[won[here]])
                shown[here] = np.maximum(shown[here], clear)
        lane.shown[won] = rows.shown[at] = np.minimum(shown, level)

    def _apart(self, first: Entries, second: Entries, days: Numbers, level: float) -> Numbers:
        """The scale from which pairs of boxes in a row are apart."""
        rows = self.rows
        if rows.bars > level:  # no title stands inside before they are
            return np.asarray((rows.right[first] + rows.left[second]) / days)
        return all_apart_from(
            days, rows.right[first], rows.left[second], (rows.bare[first], rows.bare[second]),
            (rows.inside[first], rows.inside[second]),
        )  # fmt: skip


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


def _settle(offer: _Offer, ranks: Entries) -> tuple[Entries, Entries, Sides]:
    """The entries that win a gap, their rows and their sides."""
    won: list[tuple[Entries, Entries, Sides]] = []
    first = np.empty(len(ranks), np.int64)
    gone = np.zeros(len(ranks), np.bool_)
    while len(offer.entry):
        entry, gap = offer.entry, offer.gap
        numbers = np.arange(len(gap))
        new = np.concatenate([[True], gap[1:] != gap[:-1]])
        heads = new.nonzero()[0]
        which = new.cumsum() - 1
        rank = ranks[entry]
        # Of what is written to one place several times, the last stays: the first of each entry.
        first[entry[::-1]] = numbers[::-1]
        wins = (rank == np.maximum.reduceat(rank, heads)[which]) & (first[entry] == numbers)
        winners = wins.nonzero()[0]
        to_left = ~offer.right[winners]
        won.append((entry[winners], offer.row[winners],
                    np.where(to_left, LEFT, RIGHT).astype(np.int8)))  # fmt: skip
        gone[entry[winners]] = True
        others = (~gone[entry]).nonzero()[0]
        if not len(others):
            break
        winner = np.full(len(heads), -1)
        winner[which[winners]] = winners
        begin, end = np.full(len(heads), np.inf), np.full(len(heads), -np.inf)
        begin[which[winners]] = np.where(to_left, offer.far_left[winners], offer.near_left[winners])
        end[which[winners]] = np.where(to_left, offer.near_right[winners], offer.far_right[winners])
        which, offer = which[others], offer.of(others)
        behind = (others > winner[which]) & (winner[which] >= 0)
        before = others < winner[which]
        offer = offer._replace(
            gap=2 * which + behind,
            low=np.where(behind, end[which], offer.low),
            high=np.where(before, begin[which], offer.high),
        ).fitting()
    entries, rows, sides = zip(*won, strict=True)
    return np.concatenate(entries), np.concatenate(rows), np.concatenate(sides)
