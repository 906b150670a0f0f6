"""A stretch of a lane at one zoom, drawn once: what pictures that follow one another share.

The line of px is divided into tiles. What begins in a tile and is no longer than one is drawn
with it, once; pictures show of it what lies wholly within their edges. What is longer, or crosses
an edge, each picture draws for itself. The strip is counted tile by tile as well. Stretches are
kept for the last few zooms; what they hold is the same whichever picture asked first.
"""

from __future__ import annotations

from collections import OrderedDict
from math import floor
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from viewer.layout.ink import IN_STRIP, LaneInk
from viewer.layout.strip import CELL, PARTS, Cells, going_on_at, many
from viewer.layout.timescale import on_step

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from db.timeline import Timeline
    from viewer.display import Theme
    from viewer.layout.frame import LaneFrame
    from viewer.layout.ink import Inked
    from viewer.layout.measure import Measure
    from viewer.layout.placed import Entries, Placed
    from viewer.layout.timescale import TimeScale

_TILE_CELLS = 48  # of the strip, in a tile: about 500 px
_TILES_KEPT = 24  # of a stretch that is panned on and on
_KEPT = 48  # stretches: some lanes of some zooms


class Strip(NamedTuple):
    """The strip's bars of some tiles: up to which entry events begin at each bar's edges (n + 1),
    whether they are few there, and how many last over each bar's middle (n)."""

    first: int  # number of the first bar on the line of px
    at: NDArray[np.int64]
    few: NDArray[np.bool_]
    going: NDArray[np.int64]


class Tiles(NamedTuple):
    """What begins in the tiles `first`..`behind` - 1 and is no longer than one; px of the block
    are counted from `base`."""

    first: int
    behind: int
    base: float
    inked: Inked
    rows: NDArray[np.int32]
    strip: Strip


class Covered(NamedTuple):
    """Tiles one after another; and what is longer than one and touches them, by place, with its
    rows."""

    tiles: list[Tiles]
    long: Entries
    long_rows: NDArray[np.int32]

    def strip(self, first: int, behind: int) -> Strip:
        """The bars `first`..`behind` - 1."""
        strips = [each.strip for each in self.tiles]
        at, few, going = strips[0].at, strips[0].few, strips[0].going
        if len(strips) > 1:
            at = np.concatenate([at, *(each.at[1:] for each in strips[1:])])
            few = np.concatenate([each.few for each in strips])
            going = np.concatenate([each.going for each in strips])
        begin = first - strips[0].first
        some = slice(begin, max(behind - strips[0].first, begin))
        return Strip(first, at[some.start : some.stop + 1], few[some], going[some])


class Stretch:
    """A lane at one zoom, over as many tiles as pictures asked for."""

    def __init__(self, placed: Placed, ink: LaneInk, px_per_day: float) -> None:
        self.placed, self.ink, self.px_per_day = placed, ink, px_per_day
        self.cells = Cells(on_step(CELL * ink.em / PARTS), px_per_day)
        self.tile = self.cells.bar * PARTS * _TILE_CELLS
        self._covered = Covered([], np.zeros(0, np.int64), np.zeros(0, np.int32))

    def cover(self, scale: TimeScale, width: float) -> Covered:
        """What a picture may show something of."""
        # What begins in the tile before the first may reach into it.
        first = floor(scale.origin / self.tile) - 1
        behind = floor((scale.origin + width) / self.tile) + 1
        tiles = self._covered.tiles
        if not tiles or first > tiles[-1].behind or behind < tiles[0].first:
            tiles = [self._made(first, behind)]
        if first < tiles[0].first:
            tiles = [self._made(first, tiles[0].first), *tiles]
        if behind > tiles[-1].behind:
            tiles = [*tiles, self._made(tiles[-1].behind, behind)]
        if tiles is not self._covered.tiles:
            if tiles[-1].behind - tiles[0].first > _TILES_KEPT:
                tiles = [each for each in tiles if each.behind > first and each.first < behind]
            self._covered = Covered(tiles, *self._long(tiles[0].first, tiles[-1].behind))
        return self._covered

    def _day(self, tile: int) -> float:
        return tile * self.tile / self.px_per_day

    def _made(self, first: int, behind: int) -> Tiles:
        placed = self.placed
        strip = self._strip(first * _TILE_CELLS * PARTS, behind * _TILE_CELLS * PARTS)
        begin, stop = int(strip.at[0]), int(strip.at[-1])
        # Of cells where few begin each is drawn by itself.
        cells = np.flatnonzero(strip.few[::PARTS])
        starts, ends = strip.at[cells * PARTS], strip.at[cells * PARTS + PARTS]
        alone = _ranges(starts, ends)
        shown = self.px_per_day / self.ink.em
        alone = alone[placed.labels.scale[alone] > shown]
        in_rows = placed.with_row(self._day(first), self._day(behind), shown)
        in_rows = in_rows[(in_rows >= begin) & (in_rows < stop)]
        entries = np.sort(np.concatenate([alone, in_rows]))
        entries = entries[~self._are_long(entries)]
        rows = self._rows(entries)
        base = float(round(first * self.tile))
        inked = self.ink.draw(placed, entries, rows, self.px_per_day, base)
        return Tiles(first, behind, base, inked, rows, strip)

    def _rows(self, entries: Entries) -> NDArray[np.int32]:
        labels, shown = self.placed.labels, self.px_per_day / self.ink.em
        return np.where(
            labels.scale[entries] <= shown, labels.row[entries], IN_STRIP
        ).astype(np.int32)  # fmt: skip

    def _are_long(self, entries: Entries) -> NDArray[np.bool_]:
        placed = self.placed
        length = placed.end[entries] - placed.start[entries]
        return np.asarray(length * self.px_per_day > self.tile)

    def _long(self, first: int, behind: int) -> tuple[Entries, NDArray[np.int32]]:
        """What is longer than a tile and touches some tiles, by place, and its rows."""
        placed = self.placed
        least = self.tile / self.px_per_day
        entries = placed.touching(self._day(first), self._day(behind), least)
        entries = entries[self._are_long(entries)]
        rows = self._rows(entries)
        chosen = rows != IN_STRIP
        chosen[~chosen] = self.cells.begun_among_few(placed, entries[~chosen])
        return entries[chosen], rows[chosen]

    def _strip(self, first: int, behind: int) -> Strip:
        placed = self.placed
        edges = self.cells.days(np.arange(first, behind + 1))
        at = np.searchsorted(placed.start, edges)
        beginning = np.diff(at).reshape(-1, PARTS).sum(axis=1)
        few = np.repeat(beginning <= many(placed), PARTS)
        return Strip(first, at, few, going_on_at(placed, (edges[:-1] + edges[1:]) / 2))


def _ranges(starts: NDArray[np.int64], ends: NDArray[np.int64]) -> Entries:
    """The numbers `starts[i]`..`ends[i]` - 1 of all i, one after another."""
    lengths = ends - starts
    upto = np.cumsum(lengths)
    return np.repeat(starts - upto + lengths, lengths) + np.arange(int(lengths.sum()))


_stretches: OrderedDict[tuple[object, ...], Stretch] = OrderedDict()
_lock = Lock()


def stretch(
    placed: Placed,
    theme: Theme,
    measure: Measure,
    em: float,
    lane: LaneFrame,
    timeline: Timeline,
    px_per_day: float,
) -> Stretch:
    """The stretch of a lane at a zoom: the one that is kept, or a new one."""
    # These are kept with the stretch, so their ids stay theirs.
    key = (id(placed), id(timeline.columns), id(measure), theme.name, em, lane, px_per_day)
    with _lock:
        found = _stretches.get(key)
        if found is None:
            ink = LaneInk(theme, measure, em, lane, timeline)
            found = _stretches[key] = Stretch(placed, ink, px_per_day)
            if len(_stretches) > _KEPT:
                _stretches.popitem(last=False)
        else:
            _stretches.move_to_end(key)
    return found
