"""The marks of a lane on one picture: parts for the display list, and what they account for."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from viewer.display import Bars, Block, Idents, Numbers, Part, Style
from viewer.layout.frame import EDGE, LANE_BAR, THIN
from viewer.layout.ink import IN_STRIP, Edges
from viewer.layout.stretch import stretch
from viewer.layout.strip import apart_at

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from viewer.display import Point, Primitive, Theme
    from viewer.layout.carried import Standing
    from viewer.layout.frame import Frame, LaneFrame
    from viewer.layout.ink import Inked
    from viewer.layout.measure import Measure
    from viewer.layout.placed import Entries
    from viewer.layout.stretch import Stretch

_FULL = math.log1p(100)  # events behind a bar of density that is as high as the strip
_LASTING = 3.0  # px, what goes on over the bars of density


class _Piece(NamedTuple):
    """Clusters of ink on the picture: all of a block (`chosen` None) or some, moved by `dx`."""

    inked: Inked
    dx: float
    chosen: NDArray[np.int64] | None

    @property
    def entries(self) -> Entries:
        return self.inked.entries if self.chosen is None else self.inked.entries[self.chosen]

    @property
    def over(self) -> Part:
        """The strokes over its marks."""
        shown = None
        if self.chosen is not None:
            shown = np.flatnonzero(np.isin(self.inked.flawed, self.chosen))
        return Part(self.inked.over, self.dx, shown)

    @property
    def labelled(self) -> NDArray[np.bool_]:
        return self.inked.labelled if self.chosen is None else self.inked.labelled[self.chosen]


class LaneMarks:
    """What of a lane came onto the picture."""

    def __init__(
        self,
        frame: Frame,
        lane: LaneFrame,
        standing: Standing,
        theme: Theme,
        measure: Measure,
    ) -> None:
        placed, timeline = standing.placed, standing.timeline
        self._frame, self._lane, self._timeline, self._placed = frame, lane, timeline, placed
        self._theme = theme
        self._edges = Edges(LANE_BAR, frame.width, LANE_BAR + EDGE, frame.width - EDGE)
        scale = frame.scale
        found = stretch(placed, theme, measure, frame.type_size, lane, timeline, scale.px_per_day)
        self._covered = found.cover(scale, frame.width)
        self._pieces, rows = self._shown(found)
        self.parts = (
            Part(Block(self._density(found, rows))),
            *(Part(each.inked.block, each.dx, each.chosen) for each in self._pieces),
            *(each.over for each in self._pieces if len(each.inked.flawed)),
        )
        self.count = placed.count(scale.start, scale.end)
        self.labelled = sum(int(np.count_nonzero(each.labelled)) for each in self._pieces)

    def _shown(self, found: Stretch) -> tuple[list[_Piece], NDArray[np.int32]]:
        """The ink on the picture, and the row of each entry of it in turn."""
        scale, edges, placed = self._frame.scale, self._edges, self._placed
        covered = self._covered
        pieces: list[_Piece] = []
        long = self._in_range(covered.long)
        # At the edges: the ink is another there, and each picture's own.
        edge, edge_rows = [covered.long[long]], [covered.long_rows[long]]
        rows = []
        for tiles in covered.tiles:
            dx, inked = tiles.base - scale.origin, tiles.inked
            boxes = inked.block.boxes
            inside = (boxes[:, 0] >= edges.leftmost - dx) & (boxes[:, 2] <= edges.rightmost - dx)
            shown = self._in_range(inked.entries)
            crossing = shown & ~inside
            edge.append(inked.entries[crossing])
            edge_rows.append(tiles.rows[crossing])
            chosen = np.flatnonzero(shown & inside)
            pieces.append(_Piece(inked, dx, chosen))
            rows.append(tiles.rows[chosen])
        entries, own_rows = np.concatenate(edge), np.concatenate(edge_rows)
        order = np.argsort(entries)
        entries, own_rows = entries[order], own_rows[order]
        own = found.ink.draw(
            placed, entries, own_rows, scale.px_per_day, scale.origin, self._edges
        )  # fmt: skip
        return [_Piece(own, 0.0, None), *pieces], np.concatenate([own_rows, *rows])

    def _in_range(self, entries: Entries) -> NDArray[np.bool_]:
        scale, placed = self._frame.scale, self._placed
        return np.asarray(
            (placed.end[entries] >= scale.start) & (placed.start[entries] <= scale.end)
        )

    @property
    def labelled_ids(self) -> NDArray[np.int64]:
        found = [each.entries[each.labelled] for each in self._pieces]
        return self._timeline.columns.id[self._placed.rows[np.concatenate(found)]]

    @property
    def hidden(self) -> Idents:
        """The ids of the events in the range that have no label here."""

        def find() -> list[int]:
            scale, placed = self._frame.scale, self._placed
            every = placed.rows[placed.touching(scale.start, scale.end)]
            found = np.setdiff1d(self._timeline.columns.id[every], self.labelled_ids)
            return [int(each) for each in found]

        return Idents(self.count - self.labelled, find)

    def places(self, asked: Collection[int]) -> dict[int, Point]:
        """Where the marks of some events (ids) are that are drawn one by one."""
        found: dict[int, Point] = {}
        for piece in self._pieces:
            ids = self._timeline.columns.id[self._placed.rows[piece.inked.entries]]
            chosen = np.isin(ids, list(asked))
            if piece.chosen is not None:
                kept = np.zeros(len(ids), np.bool_)
                kept[piece.chosen] = True
                chosen &= kept
            for index in np.flatnonzero(chosen).tolist():
                x = float(piece.inked.middle[index]) + piece.dx
                x = min(max(x, self._edges.leftmost), self._edges.rightmost)
                found[int(ids[index])] = (x, float(piece.inked.y[index]))
        return found

    def _density(self, found: Stretch, rows: NDArray[np.int32]) -> list[Primitive]:
        """Bars by how many events there are, on a scale of their own so that a pan changes none;
        over them a thin one where something goes on that has neither a row nor a bar of its own."""
        frame, lane, placed, scale = self._frame, self._lane, self._placed, self._frame.scale
        step = found.cells.bar
        # Only bars that lie wholly on the picture.
        first = math.ceil((scale.origin + LANE_BAR) / step)
        strip = self._covered.strip(first, math.floor((scale.origin + frame.width) / step))
        edges = found.cells.days(np.arange(first, first + len(strip.at)))
        drawn = np.concatenate([each.entries for each in self._pieces])
        # Only what begins in the range: the outermost bars reach beyond it.
        begun = placed.start[drawn[rows != IN_STRIP]]
        begun = begun[begun >= scale.start]
        apart = np.searchsorted(edges, begun, side="right")
        in_range = placed.start.searchsorted([scale.start, np.nextafter(scale.end, np.inf)])
        counts = np.diff(np.clip(strip.at, *in_range))
        counts -= np.bincount(apart, minlength=len(edges) + 1)[1 : len(edges)]
        counts[strip.few] = 0
        middles = (edges[:-1] + edges[1:]) / 2
        lasting = strip.going - apart_at(placed, middles, drawn)
        lasting *= (middles >= scale.start) & (middles <= scale.end)
        strong, key = self._theme.palette(lane.lane.colour).strong, lane.lane.key
        x = first * step - scale.origin
        items: list[Primitive] = []
        if lasting.any():
            heights = np.where(lasting > 0, _LASTING, 0.0)
            items.append(Bars(x, lane.thin + _LASTING / 2, step, Numbers(heights),
                              Numbers(lasting), Style(fill=strong, opacity=0.4), 0.0,
                              "lasting", None, key))  # fmt: skip
        if counts.any():
            most = max(lane.strip_height - THIN - 1, 2.0)
            heights = np.clip(np.log1p(counts) / _FULL, 0.25, 1.0) * most * (counts > 0)
            items.append(Bars(x, lane.bottom - 1, step, Numbers(heights), Numbers(counts),
                              Style(fill=strong, opacity=0.75), 0.0, "density", None,
                              key))  # fmt: skip
        return items
