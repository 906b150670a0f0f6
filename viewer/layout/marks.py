"""The marks of all lanes on one picture: parts for the display list, and what they account for."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from viewer.display import Bars, Block, Idents, Numbers, Part, Style
from viewer.layout.forms import Edges
from viewer.layout.frame import EDGE, LANE_BAR, THIN
from viewer.layout.stretch import stretch

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from numpy.typing import NDArray

    from db.timeline import Timeline
    from viewer.display import Point, Primitive, Theme
    from viewer.layout.frame import Frame
    from viewer.layout.ink import Inked
    from viewer.layout.measure import Measure
    from viewer.layout.placed import Placed
    from viewer.layout.stretch import Covered, Stretch

_MOST = 100  # events behind a bar of density that is as high as the strip
_HEIGHTS = np.clip(np.log1p(np.arange(_MOST + 2)) / math.log1p(_MOST), 0.25, 1.0)
_HEIGHTS[0] = 0.0
_LASTING = 3.0  # px, what goes on over the bars of density


class _Piece(NamedTuple):
    """Clusters of ink on the picture: all of a block (`chosen` None) or some, moved by `dx`."""

    inked: Inked
    lane: NDArray[np.int64]  # of each cluster of the block, in order
    dx: float
    chosen: NDArray[np.int64] | None

    @property
    def part(self) -> Part:
        return Part(self.inked.block, self.dx, self.chosen)

    @property
    def over(self) -> Part:
        """The strokes over its marks."""
        shown = None
        if self.chosen is not None:
            shown = np.flatnonzero(np.isin(self.inked.flawed, self.chosen))
        return Part(self.inked.over, self.dx, shown)

    def of(self, lane: int) -> tuple[Part, Part]:
        """Its marks of one lane, and the strokes over them."""
        begin, stop = self.lane.searchsorted([lane, lane + 1])
        chosen = np.arange(begin, stop)
        if self.chosen is not None:
            chosen = self.chosen[slice(*self.chosen.searchsorted([begin, stop]))]
        own = self._replace(chosen=chosen)
        return own.part, own.over


class Marks:
    """What of the lanes came onto the picture: `parts` in painting order."""

    def __init__(
        self,
        frame: Frame,
        timeline: Timeline,
        placed: tuple[Placed, ...],
        theme: Theme,
        measure: Measure,
    ) -> None:
        """`placed` are the events of each lane of the frame."""
        self._frame, self._timeline, self._placed = frame, timeline, placed
        self._theme = theme
        scale = frame.scale
        if not placed:
            self._pieces: list[_Piece] = []
            self._bars: list[list[Primitive]] = []
            self.parts: tuple[Part, ...] = ()
            self.count = self.labelled = 0
            return
        self._edges = Edges(LANE_BAR, frame.width, LANE_BAR + EDGE, frame.width - EDGE)
        found = stretch(
            placed, theme, measure, frame.type_size, frame.lanes, timeline, scale.px_per_day
        )  # fmt: skip
        covered = found.cover(scale, frame.width)
        self._pieces = self._shown(found, covered)
        self.count = sum(each.count(scale.start, scale.end) for each in placed)
        self._bars = self._density(found, covered)
        self.parts = (
            Part(Block([bars for lane in self._bars for bars in lane])),
            *(each.part for each in self._pieces),
            *(each.over for each in self._pieces if len(each.inked.flawed)),
        )

    def _shown(self, found: Stretch, covered: Covered) -> list[_Piece]:
        """The ink on the picture."""
        scale, forms = self._frame.scale, covered.forms
        edges = self._edges.moved(scale.origin)
        shown = (forms.end >= scale.start) & (forms.start <= scale.end)
        inside = (covered.left >= edges.leftmost) & (covered.right <= edges.rightmost)
        whole = shown & inside
        # At the edges: the ink is another there, and each picture's own.
        crossing = np.flatnonzero(shown & ~inside)
        crossing = crossing[np.lexsort((forms.entry[crossing], forms.lane[crossing]))]
        own = forms.some(crossing)
        drawn = found.ink.draw(own, scale.origin, edges)
        self._entries, self._drawn = forms, (own, drawn)
        self._whole = np.flatnonzero(whole)
        labelled = covered.labelled[self._whole]
        self._labelled = self._whole[labelled]
        self.labelled = len(self._labelled) + int(np.count_nonzero(drawn.labelled))
        pieces = [_Piece(drawn, own.lane, 0.0, None)]
        begin = covered.outer
        for tiles in covered.tiles:
            number = len(tiles.forms)
            chosen = np.flatnonzero(whole[begin : begin + number])
            begin += number
            pieces.append(_Piece(tiles.inked, tiles.forms.lane, tiles.base - scale.origin, chosen))
        return pieces

    def items(self) -> Iterator[Primitive]:
        """All items, lane by lane."""
        for lane, bars in enumerate(self._bars):
            yield from bars
            parts = [each.of(lane) for each in self._pieces]
            for marks, _ in parts:
                yield from marks.items()
            for _, over in parts:
                yield from over.items()

    @property
    def hidden(self) -> Idents:
        """The ids of the events in the range that have no label here."""

        def find() -> list[int]:
            ids, scale = self._timeline.columns.id, self._frame.scale
            every = [
                each.rows[each.touching(scale.start, scale.end)] for each in self._placed
            ]  # fmt: skip
            if not every:
                return []
            own, drawn = self._drawn
            labelled = [self._entries.at[self._labelled], own.at[drawn.labelled]]
            found = np.setdiff1d(ids[np.concatenate(every)], ids[np.concatenate(labelled)])
            return [int(each) for each in found]

        return Idents(self.count - self.labelled, find)

    def places(self, asked: Collection[int]) -> dict[int, Point]:
        """Where the marks of some events (ids) are that are drawn one by one."""
        if not self._placed:
            return {}
        found: dict[int, Point] = {}
        edges = self._edges
        for forms in (self._drawn[0], self._entries.some(self._whole)):
            ids = self._timeline.columns.id[forms.at]
            for index in np.flatnonzero(np.isin(ids, list(asked))).tolist():
                x = float(forms.middle[index]) - self._frame.scale.origin
                x = min(max(x, edges.leftmost), edges.rightmost)
                found[int(ids[index])] = (x, float(forms.y[index]))
        return found

    def _density(self, found: Stretch, covered: Covered) -> list[list[Primitive]]:
        """Of each lane, bars by how many events there are, on a scale of their own so that a pan
        changes none; over them a thin one where something goes on that has neither a row nor a
        bar of its own."""
        frame, scale, step = self._frame, self._frame.scale, found.cells.bar
        # Only bars that lie wholly on the picture.
        first = math.ceil((scale.origin + LANE_BAR) / step)
        behind = math.floor((scale.origin + frame.width) / step)
        counts, lasting = covered.density.shown(scale, self._placed, first, behind)
        x = first * step - scale.origin
        high = _HEIGHTS[np.minimum(counts, _MOST + 1)]
        thin = np.where(lasting > 0, _LASTING, 0.0)
        some: list[bool] = np.any(counts, axis=1).tolist()
        goes_on: list[bool] = np.any(lasting, axis=1).tolist()
        bars: list[list[Primitive]] = []
        for number, lane in enumerate(frame.lanes):
            strong, key = self._theme.palette(lane.lane.colour).strong, lane.lane.key
            items: list[Primitive] = []
            if goes_on[number]:
                items.append(Bars(x, lane.thin + _LASTING / 2, step, Numbers(thin[number]),
                                  Numbers(lasting[number]), Style(fill=strong, opacity=0.4), 0.0,
                                  "lasting", None, key))  # fmt: skip
            if some[number]:
                most = max(lane.strip_height - THIN - 1, 2.0)
                items.append(Bars(x, lane.bottom - 1, step, Numbers(high[number] * most),
                                  Numbers(counts[number]), Style(fill=strong, opacity=0.75), 0.0,
                                  "density", None, key))  # fmt: skip
            bars.append(items)
        return bars
