"""Candidates in the gaps between what stands in rows, and which of them win theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from viewer.layout.labels_rows import Rows

    Entries = NDArray[np.int64]
    Numbers = NDArray[np.float64]
    Flags = NDArray[np.bool_]


class Offer(NamedTuple):
    """Candidates by row and place: `which` are (3, n) entries, rows and gaps, `days` (6, n) where
    each begins with its label to the right and to the left, where it ends so, and where its gap
    begins and ends, `may` (2, n) whether it fits with its label to the right and to the left."""

    which: Entries
    days: Numbers
    may: Flags

    @property
    def any(self) -> bool:
        return self.may.size > 0

    def of(self, chosen: Entries) -> Offer:
        return Offer(
            self.which.take(chosen, 1), self.days.take(chosen, 1), self.may.take(chosen, 1)
        )

    def fitting(self) -> Offer:
        """Those that fit into their gap, on the sides on which they do."""
        return self._replace(may=self.fits).possible()

    @property
    def fits(self) -> Flags:
        """On which sides each does."""
        days = self.days
        return np.asarray(self.may & (days[:2] >= days[4]) & (days[2:4] <= days[5]))

    def possible(self) -> Offer:
        """Those that fit on a side."""
        return self.of((self.may[0] | self.may[1]).nonzero()[0])


def settle(offer: Offer, rows: Rows) -> Entries:
    """Gives the entries that win a gap their rows and sides; returns them."""
    won: list[Entries] = []
    first = rows.first
    while True:
        entry, row, gap = offer.which
        numbers = np.arange(len(gap))
        new = np.concatenate([[True], gap[1:] != gap[:-1]])
        heads = new.nonzero()[0]
        which = new.cumsum() - 1
        rank = rows.rank[entry]
        # Of what is written to one place several times, the last stays: the first of each entry.
        first[entry[::-1]] = numbers[::-1]
        best = np.maximum.reduceat(rank, heads)
        winners = ((rank == best[which]) & (first[entry] == numbers)).nonzero()[0]
        side = 1 - offer.may[0, winners]
        mine = entry[winners]
        won.append(mine)
        rows.row[mine], rows.side[mine] = row[winners], side
        others = (rows.row[entry] < 0).nonzero()[0]
        winner = np.full(len(heads), -1)
        begin, end = np.full(len(heads), np.inf), np.full(len(heads), -np.inf)
        split = which[winners]
        winner[split] = winners
        begin[split], end[split] = offer.days[side, winners], offer.days[2 + side, winners]
        which = which[others]
        winner = winner[which]
        behind = (others > winner) & (winner >= 0)
        before = others < winner
        offer = offer.of(others)
        offer.which[2] = 2 * which + behind
        offer.days[4] = np.where(behind, end[which], offer.days[4])
        offer.days[5] = np.where(before, begin[which], offer.days[5])
        offer = offer.fitting()
        if not offer.any:
            return np.concatenate(won)
