"""A stretch of all lanes at one zoom, drawn once: what pictures that follow one another share.

The line of px is divided into tiles. What begins in a tile and is not long is drawn with it, once;
pictures show of it what lies wholly within their edges. What is long, begins before all tiles that
are drawn, or crosses an edge, each picture draws for itself. The strip is counted tile by tile as
well. Stretches are kept for the last few zooms; what they hold is the same whichever picture asked
first.
"""

from __future__ import annotations

from collections import OrderedDict
from math import floor
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np

from viewer.layout.forms import Forms, Found
from viewer.layout.ink import Ink
from viewer.layout.strip import CELL, PARTS, Cells, Density, Strips
from viewer.layout.timescale import on_step

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from db.timeline import Timeline
    from viewer.display import Theme
    from viewer.layout.frame import LaneFrame
    from viewer.layout.ink import Inked
    from viewer.layout.measure import Measure
    from viewer.layout.placed import Entries, Placed
    from viewer.layout.timescale import TimeScale

K = TypeVar("K")
V = TypeVar("V")

_TILE_CELLS = 12  # of the strip, in a tile: about 125 px
_LONG = 4  # tiles: what is longer than these
_AHEAD = 4  # tiles that are drawn at least when a pan comes to the last one
_TILES_KEPT = 96  # of a stretch that is panned on and on
_KEPT = 16  # zooms
_INKS = 4
_MANY = 1 << 14  # entries, from which on they are not looked at one by one


class Tiles(NamedTuple):
    """What begins in the tiles `first`..`behind` - 1 and is not long; px of the block are counted
    from `base`."""

    first: int
    behind: int
    base: float
    strips: Strips
    forms: Forms
    inked: Inked


class Covered:
    """Tiles one after another. `forms` are of all that a picture within them may show: of what is
    its own to draw, whose number is `outer`, and then of each tile. `left` and `right` is how far
    the ink of each goes (px on the line of px), without end for what is outer."""

    def __init__(self, tiles: list[Tiles], outer: Forms, forms: Forms, density: Density) -> None:
        self.tiles, self.forms, self.density = tiles, forms, density
        self.outer_forms, self.outer = outer, len(outer)
        self.first, self.behind = tiles[0].first, tiles[-1].behind
        endless = np.full(self.outer, np.inf)
        self.left = np.concatenate([-endless, *(each.inked.boxes[:, 0] for each in tiles)])
        self.right = np.concatenate([endless, *(each.inked.boxes[:, 2] for each in tiles)])
        self.labelled = np.concatenate(
            [np.zeros(self.outer, np.bool_), *(each.inked.labelled for each in tiles)]
        )


class Stretch:
    """The lanes of a picture at one zoom, over as many tiles as pictures asked for."""

    def __init__(self, placed: tuple[Placed, ...], ink: Ink, px_per_day: float) -> None:
        self.placed, self.ink, self.px_per_day = placed, ink, px_per_day
        self.cells = Cells(on_step(CELL * ink.em / PARTS), px_per_day)
        self.tile = self.cells.bar * PARTS * _TILE_CELLS
        self._covered: Covered | None = None

    def cover(self, scale: TimeScale, width: float) -> Covered:
        """What a picture may show something of."""
        first = floor(scale.origin / self.tile)
        behind = floor((scale.origin + width) / self.tile) + 1
        now = self._covered
        if now is not None and now.first <= first and behind <= now.behind:
            return now
        if now is None or first > now.behind or behind < now.first:
            self._covered = self._extended([], [(first, behind)])
            return self._covered
        asked = []
        if first < now.first:
            asked.append((min(first, now.first - _AHEAD), now.first))
        if behind > now.behind:
            asked.append((now.behind, max(behind, now.behind + _AHEAD)))
        tiles = now.tiles
        if max(behind, now.behind) - min(first, now.first) > _TILES_KEPT:
            tiles = [each for each in tiles if each.behind > first and each.first < behind]
        self._covered = self._extended(tiles, asked)
        return self._covered

    def _extended(self, tiles: list[Tiles], asked: Sequence[tuple[int, int]]) -> Covered:
        """With the tiles of some ranges beside those that there are."""
        first = min(begin for begin, _ in (*asked, *((each.first, 0) for each in tiles)))
        behind = max(stop for _, stop in (*asked, *((0, each.behind) for each in tiles)))
        strips = [self._strips(*each) for each in asked]
        outer = self._outer(first, behind)
        entries = [outer, *(self._begun(each) for each in strips)]
        shown = self.px_per_day / self.ink.em
        found = Found.of(self.placed, [lane for each in entries for lane in each], shown)
        forms = self.ink.forms(found, self.px_per_day)
        parts, begin = [], 0
        for each in entries:
            number = sum(len(lane) for lane in each)
            parts.append(forms.some(slice(begin, begin + number)))
            begin += number
        made = [
            self._drawn(*each, own, drawn)
            for each, own, drawn in zip(asked, strips, parts[1:], strict=True)
        ]  # fmt: skip
        if tiles:
            made = sorted([*tiles, *made], key=lambda each: each.first)
            forms = Forms.together([parts[0], *(each.forms for each in made)])
        joined = Strips.together([each.strips for each in made])
        return Covered(made, parts[0], forms, Density(self.cells, joined, forms))

    def _drawn(self, first: int, behind: int, strips: Strips, forms: Forms) -> Tiles:
        base = float(round(first * self.tile))
        return Tiles(first, behind, base, strips, forms, self.ink.draw(forms, base))

    def _strips(self, first: int, behind: int) -> Strips:
        bars = _TILE_CELLS * PARTS
        return Strips.of(self.placed, self.cells, first * bars, behind * bars)

    def _day(self, tile: int) -> float:
        return self.cells.day(tile * _TILE_CELLS * PARTS)

    # Which entries, lane by lane

    def _begun(self, strips: Strips) -> list[Entries]:
        """What begins in some tiles and is not long, by place."""
        return [
            self._begun_in(placed, at, few)
            for placed, at, few in zip(self.placed, strips.at, strips.few, strict=True)
        ]

    def _begun_in(
        self, placed: Placed, at: NDArray[np.int64], few: NDArray[np.bool_]
    ) -> Entries:  # fmt: skip
        begin, stop = int(at[0]), int(at[-1])
        shown = self.px_per_day / self.ink.em
        few = few[::PARTS]
        cells = at[::PARTS]
        if stop - begin <= _MANY:
            chosen = placed.labels.scale[begin:stop] <= shown
            # Of cells where few begin each is drawn by itself.
            chosen |= np.repeat(few, np.diff(cells))
            entries = begin + np.flatnonzero(chosen)
        else:
            alone = _ranges(cells[:-1][few], cells[1:][few])
            days = float(placed.start[begin]), float(placed.start[stop - 1])
            in_rows = placed.with_row(*days, shown)
            in_rows = in_rows[(in_rows >= begin) & (in_rows < stop)]
            alone = alone[placed.labels.scale[alone] > shown]
            entries = np.sort(np.concatenate([alone, in_rows]))
        return entries[~self._are_long(placed, entries)]

    def _are_long(self, placed: Placed, entries: Entries) -> NDArray[np.bool_]:
        length = placed.end[entries] - placed.start[entries]
        return np.asarray(length * self.px_per_day > self.tile * _LONG)

    def _outer(self, first: int, behind: int) -> list[Entries]:
        """What touches some tiles and is long or begins before them, by place."""
        days = self._day(first), self._day(behind)
        return [self._outer_of(placed, *days) for placed in self.placed]

    def _outer_of(self, placed: Placed, first: float, behind: float) -> Entries:
        begin = int(placed.start.searchsorted(first))
        least = self.tile * _LONG / self.px_per_day
        long = placed.touching(first, behind, least)
        long = long[self._are_long(placed, long)]
        low = int(placed.start.searchsorted(first - least - 1 / self.px_per_day))
        if begin - low <= _MANY:
            before = low + np.flatnonzero(placed.end[low:begin] >= first)
        else:
            before = placed.touching(first, first)
            before = before[before < begin]
        before = before[~self._are_long(placed, before)]
        entries = np.sort(np.concatenate([long, before]))
        shown = self.px_per_day / self.ink.em
        chosen = placed.labels.scale[entries] <= shown
        if not chosen.all():
            chosen[~chosen] = self.cells.begun_among_few(placed, entries[~chosen])
        return np.asarray(entries[chosen])


def _ranges(starts: NDArray[np.int64], ends: NDArray[np.int64]) -> Entries:
    """The numbers `starts[i]`..`ends[i]` - 1 of all i, one after another."""
    lengths = ends - starts
    upto = np.cumsum(lengths)
    return np.repeat(starts - upto + lengths, lengths) + np.arange(int(lengths.sum()))


_inks: OrderedDict[tuple[object, ...], Ink] = OrderedDict()
_stretches: OrderedDict[tuple[object, ...], Stretch] = OrderedDict()
_lock = Lock()


def stretch(
    placed: tuple[Placed, ...],
    theme: Theme,
    measure: Measure,
    em: float,
    lanes: tuple[LaneFrame, ...],
    timeline: Timeline,
    px_per_day: float,
) -> Stretch:
    """The stretch of some lanes at a zoom: the one that is kept, or a new one."""
    # These are kept with the ink and the stretch, so their ids stay theirs.
    titles = placed[0].titles
    look = id(timeline.columns), id(measure), id(titles), theme.name, em, lanes
    with _lock:
        ink = _kept(_inks, look, _INKS, lambda: Ink(theme, measure, em, lanes, timeline, titles))
        key = id(ink), tuple(map(id, placed)), px_per_day
        return _kept(_stretches, key, _KEPT, lambda: Stretch(placed, ink, px_per_day))


def _kept(kept: OrderedDict[K, V], key: K, most: int, make: Callable[[], V]) -> V:
    found = kept.get(key)
    if found is None:
        found = kept[key] = make()
        if len(kept) > most:
            kept.popitem(last=False)
    else:
        kept.move_to_end(key)
    return found
