"""Placing labels all at once: what `labels_single` does, in arrays, for lanes of any size.

The labels that a row has at a scale leave gaps. The best candidate of each gap that fits into
it wins and splits it in two; the others go on in their half, until none is left. Row after row,
that is what placing one by one comes to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from viewer.layout.boxes import LEFT, RIGHT, all_apart_from, clear_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from viewer.layout.boxes import Lane

    Entries = NDArray[np.int64]
    Numbers = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    Sides = NDArray[np.int8]

_SAFE = 1.0 - 1e-9  # what a remembered scale is taken for: it was computed another way
_LESS_SAFE = 1.0 + 1e-9


class _Row:
    """The labels of a row by place: their entries and, in arrays of that length, their days,
    ems to both sides while the label stands beside its mark, ems on both sides once it stands
    inside it, the scale from which it does, and the scale they are shown from."""

    def __init__(self, lane: Lane, entries: Entries) -> None:
        self.entry = entries[:0]
        self.box = np.empty((7, 0))
        self.later = -1.0  # the greatest scale that any of them is shown from
        self.add(lane, entries)

    def add(self, lane: Lane, entries: Entries) -> Entries:
        """Takes more labels in; returns where they are."""
        left, right = lane.around(entries, 0.0)
        box = np.stack([lane.start[entries], lane.end[entries], left, right, lane.room[entries],
                        lane.inside[entries], lane.shown[entries]])  # fmt: skip
        places = self.entry.searchsorted(entries) + np.arange(len(entries))
        before, total = self.entry, len(self.entry) + len(entries)
        kept = np.ones(total, np.bool_)
        kept[places] = False
        self.entry, wider = np.empty(total, np.int64), np.empty((7, total))
        self.entry[kept], self.entry[places] = before, entries
        wider[:, kept], wider[:, places] = self.box, box
        self.box = wider
        self.later = max(self.later, float(lane.shown[entries].max(initial=-1.0)))
        return places


class _Offer(NamedTuple):
    """Candidates by place, each with the days that it covers at a scale: from `near_left` with
    its label to the right up to `far_right`, from `far_left` up to `near_right` otherwise; and
    whether it may go there. `gap` is which one it is in, `low` and `high` are its ends."""

    entry: Entries
    rank: Entries
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
            self.entry[chosen], self.rank[chosen], self.near_left[chosen], self.far_left[chosen],
            self.near_right[chosen], self.far_right[chosen], self.right[chosen],
            self.left[chosen], self.gap[chosen], self.low[chosen], self.high[chosen],
        )  # fmt: skip

    def fitting(self) -> _Offer:
        """Those that fit into their gap, on the sides on which they do."""
        right = self.right & (self.near_left >= self.low) & (self.far_right <= self.high)
        left = self.left & (self.far_left >= self.low) & (self.near_right <= self.high)
        return self._replace(right=right, left=left).of(right | left)


class _Waiting(NamedTuple):
    """Candidates by place that still wait: their number in the offer, their entry, days, room
    and the least room that they take on the label's side at any scale."""

    number: Entries
    entry: Entries
    start: Numbers
    end: Numbers
    room: Numbers
    least: Numbers

    def of(self, chosen: Flags) -> _Waiting:
        return _Waiting(
            self.number[chosen], self.entry[chosen], self.start[chosen], self.end[chosen],
            self.room[chosen], self.least[chosen],
        )  # fmt: skip


class AllAtOnce:
    """Fills the rows of a lane with all candidates of a level in turn."""

    def __init__(self, lane: Lane) -> None:
        self.lane = lane
        self.reach = lane.reach
        self.rows = [_Row(lane, np.flatnonzero(lane.row == row)) for row in range(lane.rows)]
        # The least room that a label takes on its side at any scale.
        self.least = np.where(np.isfinite(lane.inside), lane.room, lane.beside)
        # The scale below which a candidate finds no row: rows only fill up.
        self.soonest = np.zeros(len(lane.row))

    def offer(self, entries: Entries, previous: float, level: float) -> None:
        """Places what finds room at `level`."""
        entries = entries[self.soonest[entries] <= level]
        if not len(entries):
            return
        lane = self.lane
        waiting = _Waiting(
            np.arange(len(entries)), entries, lane.start[entries], lane.end[entries],
            lane.room[entries], self.least[entries],
        )  # fmt: skip
        soonest = np.full(len(entries), np.inf)
        for row in range(lane.rows):
            won, side = self._winners(row, waiting, soonest, level)
            if len(won):
                order = np.argsort(won)
                won, side = won[order], side[order]
                lane.row[won], lane.side[won], lane.shown[won] = row, side, level
                self._refine(row, won, previous, level)
                waiting = waiting.of(lane.row[waiting.entry] < 0)
                if not len(waiting.entry):
                    break
        self.soonest[entries] = soonest * _SAFE

    def _winners(
        self, row: int, waiting: _Waiting, soonest: Numbers, level: float
    ) -> tuple[Entries, Sides]:
        """The entries that go into a row at a level, and their sides."""
        there = self.rows[row]
        entry, box = there.entry, there.box
        later = None
        if there.later > level:
            later = box[6] > level
            entry, box = entry[~later], box[:, ~later]
        # Between which two labels each candidate would stand, and from which scale at the least.
        bounds = np.concatenate([[0], waiting.entry.searchsorted(entry), [len(waiting.entry)]])
        counts = np.diff(bounds)
        near_left, near_right = np.where(box[5] < np.inf, box[4], box[2:4])
        before = waiting.start - np.concatenate([[-np.inf], box[1]]).repeat(counts)
        behind = np.concatenate([box[0], [np.inf]]).repeat(counts) - waiting.end
        its_right = np.concatenate([[0.0], near_right]).repeat(counts)
        its_left = np.concatenate([near_left, [0.0]]).repeat(counts)
        room, least = waiting.room, waiting.least
        with np.errstate(divide="ignore"):
            to_right = np.maximum((its_right + room) / before, (its_left + least) / behind)
            to_left = np.maximum((its_right + least) / before, (its_left + room) / behind)
        needed = np.minimum(to_right, to_left)
        needed[(before <= 0) | (behind <= 0)] = np.inf
        soonest[waiting.number] = np.minimum(soonest[waiting.number], needed)
        chosen = np.flatnonzero(needed <= level * _LESS_SAFE)
        if not len(chosen):
            return entry[:0], entry[:0].astype(np.int8)
        inside = box[5] <= level
        left, right = np.where(inside, box[4], box[2]), np.where(inside, box[4], box[3])
        low = np.concatenate([[-np.inf], box[1] + right / level])
        high = np.concatenate([box[0] - left / level, [np.inf]])
        gap = bounds.searchsorted(chosen, side="right") - 1
        offer = self._at(waiting.entry[chosen], gap, low[gap], high[gap], level).fitting()
        if self.lane.barriers[row]:
            offer = self._clear(row, offer, level)
        if later is not None and len(offer.entry):
            offer = self._yielding(offer, there.box[:, later], there.entry[later], level)
        return _settle(offer)

    def _at(
        self, entries: Entries, gap: Entries, low: Numbers, high: Numbers, level: float
    ) -> _Offer:
        lane = self.lane
        start, end, room = lane.start[entries], lane.end[entries], lane.room[entries]
        near = room / level
        far = np.where(lane.inside[entries] <= level, room, lane.beside[entries]) / level
        return _Offer(
            entries, lane.rank[entries], start - near, start - far, end + near, end + far,
            lane.to_right[entries] <= level, lane.to_left[entries] <= level, gap, low, high,
        )  # fmt: skip

    def _clear(self, row: int, offer: _Offer, level: float) -> _Offer:
        """Those that are clear of the row's barriers."""
        right = offer.right & (self._clear_from(row, offer.entry, RIGHT) <= level)
        left = offer.left & (self._clear_from(row, offer.entry, LEFT) <= level)
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

    def _yielding(self, offer: _Offer, box: Numbers, later: Entries, level: float) -> _Offer:
        """Those that do not touch, where they are shown, the labels that have their place in
        the row already but are shown only `later`."""
        lane = self.lane
        start, end, left, right, bare, inside, scale = box
        begin = start - np.where(inside <= scale, bare, left) / scale
        close = end + np.where(inside <= scale, bare, right) / scale
        mine = offer.entry
        my_start, my_end = lane.start[mine], lane.end[mine]
        room, beside, inside = lane.room[mine], lane.beside[mine], lane.inside[mine]
        to_right, to_left = offer.right.copy(), offer.left.copy()
        at = np.searchsorted(later, mine)
        for way in (1, -1):
            reach = self.reach / level
            limit = my_end + reach if way > 0 else my_start - reach
            live, nth = _around(at, way, start if way > 0 else end, limit)
            then = scale[nth]
            short = room[live] / then
            far = np.where(inside[live] <= then, room[live], beside[live]) / then
            if way > 0:
                to_right[live[my_end[live] + far > begin[nth]]] = False
                to_left[live[my_end[live] + short > begin[nth]]] = False
            else:
                to_right[live[my_start[live] - short < close[nth]]] = False
                to_left[live[my_start[live] - far < close[nth]]] = False
        return offer._replace(right=to_right, left=to_left).of(to_right | to_left)

    def _refine(self, row: int, won: Entries, previous: float, level: float) -> None:
        """Takes the winners into the row, each with the scale within the level from which it
        touches none that is shown."""
        lane, there = self.lane, self.rows[row]
        places = there.add(lane, won)
        box, at, entries = there.box, places, there.entry
        if there.later > level:
            now = box[6] <= level
            box, entries = box[:, now], entries[now]
            at = np.searchsorted(entries, won)
        new = np.zeros(len(entries), np.bool_)
        new[at] = True
        rank = lane.rank[entries]
        shown = np.full(len(won), previous)
        for way in (1, -1):
            # Only neighbours that are near enough to touch at the level before.
            own = box[3, at] if way > 0 else box[2, at]
            if previous:
                reach = (own + float(box[2 if way > 0 else 3].max())) / previous
            else:
                reach = np.full(len(at), np.inf)
            edge = box[1, at] + reach if way > 0 else box[0, at] - reach
            live, other = _around(at + 1 if way > 0 else at, way, box[0 if way > 0 else 1], edge)
            if not len(live):
                continue
            first, second = (at[live], other) if way > 0 else (other, at[live])
            apart = all_apart_from(
                box[0, second] - box[1, first], box[3, first], box[2, second],
                (box[4, first], box[4, second]), (box[5, first], box[5, second]),
            )  # fmt: skip
            # Of a pair the one placed later waits: the new one, of two new the lesser.
            waits = ~new[other] | (rank[at[live]] < rank[other])
            np.maximum.at(shown, live[waits], apart[waits])
        if lane.barriers[row]:
            shown = np.maximum(shown, self._clear_from(row, won, lane.side[won]))
        lane.shown[won] = there.box[6, places] = np.minimum(shown, level)


def _around(at: Entries, way: int, edges: Numbers, limits: Numbers) -> tuple[Entries, Entries]:
    """For n boxes the neighbours of a row that may touch them: pairs of numbers of a box and a
    neighbour. To the right (`way` 1) those from `at` on that begin (`edges`) before the box's
    limit, to the left those before `at` that end behind it."""
    if way > 0:
        first, behind = at, np.searchsorted(edges, limits)
    else:
        first, behind = np.searchsorted(edges, limits, side="right"), at
    counts = np.maximum(behind - first, 0)
    total = int(counts.sum())
    ends = np.cumsum(counts)
    live = np.repeat(np.arange(len(at)), counts)
    return live, np.arange(total) + np.repeat(first - ends + counts, counts)


def _settle(offer: _Offer) -> tuple[Entries, Sides]:
    """The best of every gap wins it and splits it, until nothing fits any more."""
    won: list[Entries] = []
    sides: list[Sides] = []
    while len(offer.entry):
        heads = np.flatnonzero(np.concatenate([[True], offer.gap[1:] != offer.gap[:-1]]))
        lengths = np.diff(np.concatenate([heads, [len(offer.gap)]]))
        best = np.repeat(np.maximum.reduceat(offer.rank, heads), lengths)
        winners = np.flatnonzero(offer.rank == best)
        to_left = ~offer.right[winners]
        won.append(offer.entry[winners])
        sides.append(np.where(to_left, LEFT, RIGHT).astype(np.int8))
        if len(winners) == len(offer.entry):
            break
        begin = np.where(to_left, offer.far_left[winners], offer.near_left[winners])
        end = np.where(to_left, offer.near_right[winners], offer.far_right[winners])
        behind = np.arange(len(offer.gap)) >= np.repeat(winners, lengths)
        which = np.repeat(np.arange(len(heads)), lengths)
        low = np.where(behind, end[which], offer.low)
        high = np.where(behind, offer.high, begin[which])
        others = np.ones(len(offer.gap), np.bool_)
        others[winners] = False
        split = offer._replace(gap=2 * which + behind, low=low, high=high)
        offer = split.of(others).fitting()
    if not won:
        return offer.entry, offer.entry.astype(np.int8)
    return np.concatenate(won), np.concatenate(sides)
