"""The ink of events: forms of marks in, blocks of primitives out.

Most marks are a disc or a bar, with or without a title: of these many are made at once. Those
with signs, soft edges, arrows or a stroke across are drawn one by one.
"""

from __future__ import annotations

from functools import partial
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from db.columns import (
    INTERVAL,
    OPEN_END,
    OPEN_START,
    STATUS_CODES,
    UNKNOWN_END,
    UNKNOWN_START,
)
from viewer.display import Block, Line, Path, Rect, Style, Text
from viewer.layout import events as ev
from viewer.layout.forms import (
    BAR_CORNER,
    CANCELLED,
    ENDS,
    HALF_BAR,
    NO_EDGES,
    PLANNED,
    SOFT_END,
    SOFT_START,
    THIN_BAR,
    Former,
)
from viewer.layout.frame import GAP
from viewer.layout.pen import BASELINE
from viewer.layout.timescale import on_step
from viewer.layout.titles import BOLD_FROM

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from db.timeline import Timeline
    from viewer.display import Primitive, Theme
    from viewer.layout.forms import Edges, Flags, Forms, Numbers, Placing
    from viewer.layout.frame import LaneFrame
    from viewer.layout.measure import Measure
    from viewer.layout.titles import Titles

    Boxes = NDArray[np.float64]

_STROKE = 0.13  # ems
_HALO = 1.6  # of a disc's radius
_FADES = 4
_TONES = {
    ev.BROKEN_SIGN: "dispute", ev.DISPUTED_SIGN: "dispute", ev.FORECAST_SIGN: "forecast"
}  # fmt: skip
_rects = partial(map, partial(tuple.__new__, Rect))
_texts = partial(map, partial(tuple.__new__, Text))


class Inked(NamedTuple):
    """Marks that were drawn, a cluster of the block each: whether each has its label, and all that
    its ink may touch (n, 4; px on the line of px). `over` has the strokes that lie over all marks,
    a cluster for each of the entries `flawed` (by index)."""

    block: Block
    over: Block
    flawed: Numbers
    labelled: Flags
    boxes: Boxes


class _Mark(NamedTuple):
    """One event about to be drawn by itself: px of its span and of its ink, and what decides
    that."""

    lane: int
    ident: int
    at: int  # the row in the columns
    left: float
    right: float
    y: float
    in_row: bool
    bar: bool
    first: float  # where the bar or the disc begins
    last: float
    shape: int
    importance: int
    status: int
    labelled: bool
    x: float  # of the label
    wide: float  # its title
    inside: bool  # its bar
    signed: bool


class Ink(Former):
    """Draws events of the lanes of a picture in a theme and a type size."""

    def __init__(
        self,
        theme: Theme,
        measure: Measure,
        em: float,
        lanes: Sequence[LaneFrame],
        timeline: Timeline,
        titles: Titles,
    ) -> None:
        super().__init__(measure, em, lanes, timeline, titles)
        self.theme, self.lanes = theme, lanes
        self.palettes = [theme.palette(lane.lane.colour) for lane in lanes]
        self.keys = [lane.lane.key for lane in lanes]
        self._halos = [Style(fill=palette.strong, opacity=0.25) for palette in self.palettes]
        self._looks = [
            self._look(lane, filled, status, pale)
            for lane in range(len(lanes))
            for pale in (False, True)
            for filled in (False, True)
            for status in range(len(STATUS_CODES))
        ]
        self._thin_styles = [Style(fill=palette.strong) for palette in self.palettes]
        self._looks += self._thin_styles
        inside = [palette.text for palette in self.palettes]
        self._tones = [*inside, theme["text"], theme["muted"], theme["ground"]]

    def _look(self, lane: int, filled: bool, status: int, pale: bool) -> Style:
        """Filled from importance 4 up, open below; planned is dashed, cancelled pale; and the
        `pale` span of a date that is known to the month or year only."""
        palette = self.palettes[lane]
        fill = palette.strong if filled and not status else self.theme["ground"]
        dash = (3.0, 2.0) if status == PLANNED else ()
        opacity = 0.7 if status == CANCELLED else 1.0
        return Style(
            palette.band if pale else fill, palette.strong, _STROKE * self.em, dash, opacity
        )

    def draw(self, forms: Forms, base: float, edges: Edges = NO_EDGES) -> Inked:
        """Marks between the edges (px on the line of px), in px counted from `base`."""
        placing = self.place(forms, edges)
        labelled = placing.labelled
        flawed = np.flatnonzero(forms.flawed & ~labelled)
        items, begins = self._items(forms, placing, base, edges)
        boxes = self._boxes(forms, placing)
        own = boxes - np.array([base, 0.0, base, 0.0])
        strokes = [
            stroke
            for mark in self._marks(forms.some(flawed), placing, flawed, base)
            for stroke in self._flaws(mark, edges.moved(-base))
        ]
        over = Block(strokes, range(0, len(strokes) + 1, 2), own[flawed])
        return Inked(Block(items, begins, own), over, flawed, labelled, boxes)

    def _boxes(self, forms: Forms, placing: Placing) -> Boxes:
        first, last, x, labelled = placing
        em = self.em
        # Beyond the ends of a mark there may be an arrow, a fade or a halo; and there are strokes.
        around = (
            np.where(forms.single, ev.TAIL * em, 0.0) + _STROKE * em + 2.0
        )  # fmt: skip
        found = np.empty((len(x), 4))
        found[:, 0] = np.where(labelled, np.minimum(first, x - 0.3 * em), first) - around
        found[:, 1] = forms.y - 0.95 * em
        found[:, 2] = np.where(labelled, np.maximum(last, x + forms.width + 0.3 * em), last)
        found[:, 2] += around
        found[:, 3] = forms.y + 0.95 * em
        return found

    def _items(
        self, forms: Forms, placing: Placing, base: float, edges: Edges
    ) -> tuple[list[Primitive], list[int]]:
        """The items of all marks, and where those of each begin."""
        labelled = placing.labelled
        size = placing.last - placing.first
        single = forms.single | labelled & (forms.signed | forms.struck)
        single |= forms.bar & (size <= 0)
        written = np.flatnonzero(labelled)
        rects = self._all_rects(forms, placing.first - base, size)
        texts = self._all_texts(forms, written, placing.x[written] - base)
        if not single.any():
            behind = np.cumsum(labelled + 1).tolist()
            items: list[Primitive] = [None] * behind[-1] if behind else []  # type: ignore[list-item]
            begins = [0, *behind]
            for begin, rect in zip(begins, rects, strict=False):
                items[begin] = rect
            for entry, title in zip(written.tolist(), texts, strict=True):
                items[begins[entry] + 1] = title
            return items, begins
        items, begins = [], [0]
        which = np.flatnonzero(single)
        by_themselves = self._marks(forms.some(which), placing, which, base)
        moved = edges.moved(-base)
        for rect, with_text, alone in zip(rects, labelled.tolist(), single.tolist(), strict=True):
            text = next(texts) if with_text else None
            if alone:
                self._draw(items, next(by_themselves), moved)
            else:
                items.append(rect)
                if text is not None:
                    items.append(text)
            begins.append(len(items))
        return items, begins

    def _all_rects(
        self, forms: Forms, first: NDArray[np.float64], size: NDArray[np.float64]
    ) -> Iterator[Rect]:
        """A disc, a period's bar, or the pale span of a date that is known to the month or year
        only, for each; without a row a thin bar."""
        look = forms.look.tolist()
        return _rects(zip(
            first.tolist(), (forms.y - forms.down).tolist(), size.tolist(),
            (2 * forms.down).tolist(), map(self._looks.__getitem__, look), forms.corner.tolist(),
            map(("mark", "bar").__getitem__, forms.as_bar.tolist()),
            zip(repeat("event"), forms.ident.tolist()),
            map(self.keys.__getitem__, forms.lane.tolist()), strict=False,
        ))  # fmt: skip

    def _all_texts(
        self, forms: Forms, written: Numbers, x: NDArray[np.float64]
    ) -> Iterator[Text]:  # fmt: skip
        """The titles of some, without signs."""
        baseline = forms.y[written] + BASELINE * self.em
        return _texts(zip(
            x.tolist(), baseline.tolist(), forms.title[written].tolist(),
            map(self.titles.text, forms.at[written].tolist()), repeat(self.em),
            map(self._tones.__getitem__, forms.tone[written].tolist()),
            forms.bold[written].tolist(), repeat("label"),
            zip(repeat("event"), forms.ident[written].tolist()),
            map(self.keys.__getitem__, forms.lane[written].tolist()), strict=False,
        ))  # fmt: skip

    # One by one

    def _marks(
        self, forms: Forms, placing: Placing, which: Numbers, base: float
    ) -> Iterator[_Mark]:
        """Some of the marks, their forms chosen already."""
        if not len(which):
            return iter(())
        columns, at = self.timeline.columns, forms.at
        return map(_Mark._make, zip(
            forms.lane.tolist(), forms.ident.tolist(), at.tolist(),
            (forms.left - base).tolist(), (forms.right - base).tolist(), forms.y.tolist(),
            forms.in_row.tolist(), forms.bar.tolist(), (placing.first[which] - base).tolist(),
            (placing.last[which] - base).tolist(), forms.shape.tolist(),
            columns.importance[at].tolist(), columns.status[at].tolist(),
            placing.labelled[which].tolist(), (placing.x[which] - base).tolist(),
            forms.title.tolist(), forms.inside.tolist(), forms.signed.tolist(), strict=True,
        ))  # fmt: skip

    def _style(self, mark: _Mark, pale: bool = False) -> Style:
        states, filled = len(STATUS_CODES), mark.importance >= BOLD_FROM
        return self._looks[((mark.lane * 2 + pale) * 2 + filled) * states + mark.status]

    def _draw(self, items: list[Primitive], mark: _Mark, edges: Edges) -> None:
        if mark.bar:
            self._draw_bar(items, mark, edges)
        else:
            self._draw_disc(items, mark)
        if mark.labelled:
            self._write(items, mark)

    def _draw_disc(self, items: list[Primitive], mark: _Mark) -> None:
        ref, size, key = ("event", mark.ident), mark.last - mark.first, self.keys[mark.lane]
        if mark.shape & (SOFT_START | SOFT_END):
            lane = self.lanes[mark.lane]
            # In a low strip it may reach between the lanes, but no further.
            room = min(mark.y - lane.top, lane.bottom - mark.y) + GAP / 2
            halo = min(size / 2 * _HALO, room)
            around = on_step(halo - size / 2)
            items.append(Rect(mark.first - around, mark.y - halo, 2 * halo, 2 * halo,
                              self._halos[mark.lane], halo, "soft", ref, key))  # fmt: skip
        items.append(Rect(mark.first, mark.y - size / 2, size, size, self._style(mark), size / 2,
                          "mark", ref, key))  # fmt: skip

    def _draw_bar(self, items: list[Primitive], mark: _Mark, edges: Edges) -> None:
        """A period's bar, or the pale span of a date that is known to the month or year only;
        in the strip a thin one."""
        ref, wide, key = ("event", mark.ident), mark.last - mark.first, self.keys[mark.lane]
        if wide <= 0:
            return
        if not mark.in_row:
            items.append(Rect(mark.first, mark.y - THIN_BAR / 2, wide, THIN_BAR,
                              self._thin_styles[mark.lane], 0.0, "bar", ref, key))  # fmt: skip
            return
        half = HALF_BAR * self.em
        if mark.shape & INTERVAL:
            items.append(Rect(mark.first, mark.y - half, wide, 2 * half, self._style(mark),
                              BAR_CORNER * self.em, "bar", ref, key))  # fmt: skip
        else:
            items.append(Rect(mark.first, mark.y - half, wide, 2 * half,
                              self._style(mark, pale=True), half, "mark", ref, key))  # fmt: skip
        if mark.shape & ENDS:
            self._draw_ends(items, mark, half, edges)

    def _draw_ends(self, items: list[Primitive], mark: _Mark, half: float, edges: Edges) -> None:
        """What stands at the ends of a bar: an arrow where it goes on, a fade where the end is
        unknown, a soft edge where it is approximate or uncertain."""
        ends = ((mark.left, -1.0, OPEN_START, UNKNOWN_START, SOFT_START),
                (mark.right, 1.0, OPEN_END, UNKNOWN_END, SOFT_END))  # fmt: skip
        for x, way, open_end, unknown, soft in ends:
            tail = on_step(way * ev.TAIL * self.em)
            if not edges.left <= min(x, x + tail) <= max(x, x + tail) <= edges.right:
                continue
            if mark.shape & open_end:
                arrow = ((x, mark.y - half), (x + tail, mark.y), (x, mark.y + half))
                items.append(Path((arrow,), self._thin_styles[mark.lane], True, "arrow",
                                  ("event", mark.ident), self.keys[mark.lane]))  # fmt: skip
            elif mark.shape & (unknown | soft):
                self._draw_fade(items, mark, x, tail if mark.shape & unknown else tail / 2, half)

    def _draw_fade(
        self, items: list[Primitive], mark: _Mark, x: float, tail: float, half: float
    ) -> None:
        for step in range(_FADES):
            at, wide = x + tail * step / _FADES, abs(tail) / _FADES
            style = Style(fill=self.palettes[mark.lane].strong, opacity=0.6 * (1 - step / _FADES))
            items.append(Rect(min(at, at + tail / _FADES), mark.y - half, wide, 2 * half, style,
                              0.0, "soft", ("event", mark.ident),
                              self.keys[mark.lane]))  # fmt: skip

    def _write(self, items: list[Primitive], mark: _Mark) -> None:
        """The title, struck through where the event was cancelled, and the signs behind it."""
        em, ref, key = self.em, ("event", mark.ident), self.keys[mark.lane]
        filled = mark.importance >= BOLD_FROM
        colour = self.theme["text" if mark.importance > 2 else "muted"]
        if mark.inside:
            on_strong = filled and mark.shape & INTERVAL and not mark.status
            colour = self.theme["ground"] if on_strong else self.palettes[mark.lane].text
        baseline, wide = mark.y + BASELINE * em, mark.wide
        items.append(Text(mark.x, baseline, wide, self.titles.text(mark.at), em, colour, filled,
                          "label", ref, key))  # fmt: skip
        x = mark.x + on_step(wide)
        if mark.status == CANCELLED:
            style = Style(stroke=colour, width=1.2)
            items.append(Line(mark.x, mark.y, x, mark.y, style, "struck", ref, key))
        for sign in ev.suffixes(self.timeline, mark.at) if mark.signed else ():
            tone = colour if mark.inside else self.theme[_TONES.get(sign, "muted")]
            x += on_step(ev.SUFFIX_GAP * em)
            wide = self.measure.width(sign) * em
            items.append(Text(x, baseline, wide, sign, em, tone, False, "sign", ref, key))
            x += on_step(wide)

    def _flaws(self, mark: _Mark, edges: Edges) -> Iterator[Path]:
        """Across a mark without a label: a cross where a quote is broken, a stroke where it is
        disputed. On a ground of its own, so that it is seen on a filled one too."""
        y, lane = mark.y, self.lanes[mark.lane]
        half = on_step(min(0.36 * self.em, y - lane.top, lane.bottom - y))
        x = min(max((mark.left + mark.right) / 2, edges.left + half), edges.right - half)
        strokes = [((x - half, y + half), (x + half, y - half))]
        if self.timeline.columns.broken[mark.at]:
            strokes.append(((x - half, y - half), (x + half, y + half)))
        for colour, width in (("ground", 0.3), ("dispute", _STROKE)):
            style = Style(stroke=self.theme[colour], width=width * self.em)
            yield Path(tuple(strokes), style, False, "flaw", ("event", mark.ident),
                       self.keys[mark.lane])  # fmt: skip
