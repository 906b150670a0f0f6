"""The ink of events: arrays of a lane's entries in, blocks of primitives out.

All that a mark's place and form follow from is worked out for many at once; what remains to be
done one by one is to make the primitives. Lengths are multiples of a step, so that the same mark
comes out the same to the last digit wherever the picture begins.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from db.columns import (
    APPROXIMATE_END,
    APPROXIMATE_START,
    INTERVAL,
    OPEN_END,
    OPEN_START,
    STATUS_CODES,
    UNCERTAIN_END,
    UNCERTAIN_START,
    UNKNOWN_END,
    UNKNOWN_START,
)
from viewer.display import Block, Line, Path, Rect, Style, Text
from viewer.layout import events as ev
from viewer.layout.labels import LEFT
from viewer.layout.pen import BASELINE
from viewer.layout.timescale import STEP, all_on_step, on_step
from viewer.layout.titles import BOLD_FROM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from db.timeline import Timeline
    from viewer.display import Primitive, Theme
    from viewer.layout.frame import LaneFrame
    from viewer.layout.measure import Measure
    from viewer.layout.placed import Entries, Placed

    Floats = NDArray[np.float64]

IN_STRIP = -1  # the row of what has none
_SOFT_START = APPROXIMATE_START | UNCERTAIN_START
_SOFT_END = APPROXIMATE_END | UNCERTAIN_END
_ENDS = OPEN_START | OPEN_END | UNKNOWN_START | UNKNOWN_END | _SOFT_START | _SOFT_END
_PLANNED, _CANCELLED = STATUS_CODES["planned"], STATUS_CODES["cancelled"]
_STRIP_RADIUS, _STRIP_LEAST, _STRIP_BAR = 0.26, 0.25, 0.6  # ems
_THIN = 3.0  # px, a bar that found no row
_HALO = 1.6  # of a disc's radius
_FADES = 4
_TONES = {
    ev.BROKEN_SIGN: "dispute", ev.DISPUTED_SIGN: "dispute", ev.FORECAST_SIGN: "forecast"
}  # fmt: skip


class Edges(NamedTuple):
    """Px where marks are cut (`left`, `right`) and beyond which nothing is written."""

    left: float
    right: float
    leftmost: float
    rightmost: float


NO_EDGES = Edges(-math.inf, math.inf, -math.inf, math.inf)


class Inked(NamedTuple):
    """Entries that were drawn: a cluster of the block each, whether each has its label, and the
    middle of each mark: px, as the block has them. `over` has the strokes that lie over all marks
    of the lane, a cluster for each of the entries `flawed` (by index)."""

    entries: Entries
    block: Block
    over: Block
    flawed: NDArray[np.int64]
    labelled: NDArray[np.bool_]
    middle: Floats
    y: Floats


class _Mark(NamedTuple):
    """One event about to be drawn: px of its span and of its ink, and what decides that."""

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
    inside: bool  # its bar
    signed: bool
    flawed: bool  # a sign tells that it must not be taken at face value


class LaneInk:
    """Draws events of one lane in a theme and a type size."""

    def __init__(
        self, theme: Theme, measure: Measure, em: float, lane: LaneFrame, timeline: Timeline
    ) -> None:
        self.theme, self.measure, self.em, self.lane = theme, measure, em, lane
        self.timeline = timeline
        self.palette = theme.palette(lane.lane.colour)
        self.key = lane.lane.key
        self.radius, self.small = on_step(ev.RADIUS * em), on_step(_STRIP_RADIUS * em)
        self.thin = Style(fill=self.palette.strong)
        self.halo = Style(fill=self.palette.strong, opacity=0.25)
        self.styles: dict[tuple[int, int], Style] = {}

    def draw(
        self,
        placed: Placed,
        entries: Entries,
        rows: NDArray[np.int32],
        px_per_day: float,
        base: float,
        edges: Edges = NO_EDGES,
    ) -> Inked:
        """Entries of a lane, in their `rows` (`IN_STRIP` for none), with px counted from `base`
        on the line of px."""
        columns, em = self.timeline.columns, self.em
        at = placed.rows[entries]
        start, end = placed.start[entries], placed.end[entries]
        left = all_on_step(start * px_per_day) - base
        right = all_on_step(end * px_per_day) - base
        middle = (left + right) / 2
        shape = columns.shape[at]
        in_row = rows >= 0
        radius = np.where(in_row, self.radius, self.small)
        least = np.where(in_row, self.radius, on_step(_STRIP_LEAST * em))
        long = right - left > np.where(in_row, 2 * self.radius, _STRIP_BAR * em)
        bar = ((shape & INTERVAL) != 0) | long
        without_row = np.where(bar, self.lane.thin, self.lane.strip)
        y = np.where(in_row, self.lane.row_y(0) + self.lane.pitch * rows, without_row)
        # A disc at the picture's edge stands wholly within it, a bar is cut there.
        disc = np.minimum(np.maximum(middle, edges.left + radius), edges.right - radius)
        first = np.where(bar, np.maximum(np.minimum(left, middle - least), edges.left),
                         disc - radius)  # fmt: skip
        last = np.where(bar, np.minimum(np.maximum(right, middle + least), edges.right),
                        disc + radius)  # fmt: skip
        signed = self._signed(at) & in_row
        width = self._widths(placed, at, in_row, signed)
        inside = in_row & ((end - start) * px_per_day >= width + 2 * ev.PADDING * em)
        on_left = placed.labels.side[entries] == LEFT
        x, fits = self._label_places(left, right, width, inside, on_left, shape, edges)
        labelled = fits & in_row
        marks = map(_Mark._make, zip(
            columns.id[at].tolist(), at.tolist(), left.tolist(), right.tolist(), y.tolist(),
            in_row.tolist(), bar.tolist(), first.tolist(), last.tolist(), shape.tolist(),
            columns.importance[at].tolist(), columns.status[at].tolist(), labelled.tolist(),
            x.tolist(), inside.tolist(), signed.tolist(),
            (columns.broken[at] | columns.disputed[at]).tolist(), strict=True,
        ))  # fmt: skip
        items: list[Primitive] = []
        begins = [0]
        over: list[_Mark] = []
        flawed: list[int] = []
        for number, mark in enumerate(marks):
            if mark.bar:
                self._draw_bar(items, mark, edges)
            else:
                self._draw_disc(items, mark)
            if mark.labelled:
                self._write(items, mark, placed)
            elif mark.flawed:
                over.append(mark)
                flawed.append(number)
            begins.append(len(items))
        # Beyond the ends of a mark there may be an arrow, a fade or a halo; and there are strokes.
        around = np.where((shape & _ENDS) != 0, ev.TAIL * em, 0.0) + 0.13 * em + 2.0
        boxes = np.stack([
            np.where(labelled, np.minimum(first, x - 0.3 * em), first) - around,
            y - 0.95 * em,
            np.where(labelled, np.maximum(last, x + width + 0.3 * em), last) + around,
            y + 0.95 * em,
        ], axis=1)  # fmt: skip
        strokes = Block([stroke for mark in over for stroke in self._flaws(mark, edges)],
                        range(0, 2 * len(over) + 1, 2), boxes[flawed])  # fmt: skip
        return Inked(entries, Block(items, begins, boxes), strokes, np.array(flawed, np.int64),
                     labelled, middle, y)  # fmt: skip

    def _signed(self, at: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which events have signs behind their titles."""
        columns = self.timeline.columns
        return np.asarray(
            (columns.quotes[at] > 0)
            | columns.broken[at]
            | columns.disputed[at]
            | (columns.forecast_of[at] >= 0)
        )

    def _widths(
        self,
        placed: Placed,
        at: NDArray[np.int64],
        in_row: NDArray[np.bool_],
        signed: NDArray[np.bool_],
    ) -> Floats:
        """Px of what is written for each event in a row: its title and its signs."""
        widths = np.zeros(len(at))
        widths[in_row] = placed.titles.width[at[in_row]] * self.em
        for entry in np.flatnonzero(signed).tolist():
            for sign in ev.suffixes(self.timeline, int(at[entry])):
                widths[entry] += (ev.SUFFIX_GAP + self.measure.width(sign)) * self.em
        return widths

    def _label_places(
        self,
        left: Floats,
        right: Floats,
        width: Floats,
        inside: NDArray[np.bool_],
        on_left: NDArray[np.bool_],
        shape: NDArray[np.uint16],
        edges: Edges,
    ) -> tuple[Floats, NDArray[np.bool_]]:
        """The left edge of each label, and whether it crosses no edge of the picture. The title
        of a long bar stays in view, inside the part of the bar that is."""
        em, padding = self.em, on_step(ev.PADDING * self.em)
        half = np.maximum((right - left) / 2, self.radius)
        full = np.where(on_left, OPEN_START | UNKNOWN_START, OPEN_END | UNKNOWN_END)
        soft = np.where(on_left, _SOFT_START, _SOFT_END)
        # What an arrow, a fade or a soft edge takes beyond that end of the bar.
        tail = np.where((shape & full) != 0, ev.TAIL * em,
                        np.where((shape & soft) != 0, ev.TAIL * em / 2, 0.0))  # fmt: skip
        away = half + all_on_step(tail + ev.TITLE_GAP * em)
        middle = (left + right) / 2
        beside = np.where(on_left, middle - away - all_on_step(width), middle + away)
        x = np.where(inside, np.maximum(left, edges.leftmost) + padding, beside)
        most = np.where(inside, np.minimum(right + STEP, edges.rightmost) - padding,
                        edges.rightmost)  # fmt: skip
        return x, (x >= edges.leftmost) & (x + width <= most)

    # Ink

    def _style(self, mark: _Mark) -> Style:
        """Filled from importance 4 up, open below; planned is dashed, cancelled pale."""
        key = (mark.importance >= BOLD_FROM, mark.status)
        found = self.styles.get(key)
        if found is None:
            dash = (3.0, 2.0) if mark.status == _PLANNED else ()
            cancelled = mark.status == _CANCELLED
            fill = self.palette.strong if key[0] and not mark.status else self.theme["ground"]
            found = self.styles[key] = Style(
                fill, self.palette.strong, 0.13 * self.em, dash, 0.7 if cancelled else 1.0
            )
        return found

    def _draw_disc(self, items: list[Primitive], mark: _Mark) -> None:
        ref, size = ("event", mark.ident), mark.last - mark.first
        if mark.shape & (_SOFT_START | _SOFT_END):
            halo = size / 2 * _HALO
            around = halo - size / 2
            items.append(Rect(mark.first - around, mark.y - halo, 2 * halo, 2 * halo, self.halo,
                              halo, "soft", ref, self.key))  # fmt: skip
        items.append(Rect(mark.first, mark.y - size / 2, size, size, self._style(mark), size / 2,
                          "mark", ref, self.key))  # fmt: skip

    def _flaws(self, mark: _Mark, edges: Edges) -> Iterator[Path]:
        """Across a mark without a label: a cross where a quote is broken, a stroke where it is
        disputed. On a ground of its own, so that it is seen on a filled one too."""
        y = mark.y
        half = on_step(min(0.36 * self.em, y - self.lane.top, self.lane.bottom - y))
        x = min(max((mark.left + mark.right) / 2, edges.left + half), edges.right - half)
        strokes = [((x - half, y + half), (x + half, y - half))]
        if self.timeline.columns.broken[mark.at]:
            strokes.append(((x - half, y - half), (x + half, y + half)))
        for colour, width in (("ground", 0.3), ("dispute", 0.13)):
            style = Style(stroke=self.theme[colour], width=width * self.em)
            yield Path(tuple(strokes), style, False, "flaw", ("event", mark.ident), self.key)

    def _draw_bar(self, items: list[Primitive], mark: _Mark, edges: Edges) -> None:
        """A period's bar, or the pale span of a date that is known to the month or year only;
        in the strip a thin one."""
        ref, wide = ("event", mark.ident), mark.last - mark.first
        if wide <= 0:
            return
        if not mark.in_row:
            items.append(Rect(mark.first, mark.y - _THIN / 2, wide, _THIN, self.thin, 0.0, "bar",
                              ref, self.key))  # fmt: skip
            return
        half = 0.62 * self.em
        style = self._style(mark)
        if mark.shape & INTERVAL:
            items.append(Rect(mark.first, mark.y - half, wide, 2 * half, style, 0.2 * self.em,
                              "bar", ref, self.key))  # fmt: skip
        else:
            pale = style._replace(fill=self.palette.band)
            items.append(Rect(mark.first, mark.y - half, wide, 2 * half, pale, half, "mark", ref,
                              self.key))  # fmt: skip
        if mark.shape & _ENDS:
            self._draw_ends(items, mark, half, edges)

    def _draw_ends(self, items: list[Primitive], mark: _Mark, half: float, edges: Edges) -> None:
        """What stands at the ends of a bar: an arrow where it goes on, a fade where the end is
        unknown, a soft edge where it is approximate or uncertain."""
        ends = ((mark.left, -1.0, OPEN_START, UNKNOWN_START, _SOFT_START),
                (mark.right, 1.0, OPEN_END, UNKNOWN_END, _SOFT_END))  # fmt: skip
        for x, way, open_end, unknown, soft in ends:
            tail = on_step(way * ev.TAIL * self.em)
            if not edges.left <= min(x, x + tail) <= max(x, x + tail) <= edges.right:
                continue
            if mark.shape & open_end:
                arrow = ((x, mark.y - half), (x + tail, mark.y), (x, mark.y + half))
                items.append(Path((arrow,), self.thin, True, "arrow", ("event", mark.ident),
                                  self.key))  # fmt: skip
            elif mark.shape & (unknown | soft):
                self._draw_fade(items, mark, x, tail if mark.shape & unknown else tail / 2, half)

    def _draw_fade(
        self, items: list[Primitive], mark: _Mark, x: float, tail: float, half: float
    ) -> None:
        for step in range(_FADES):
            at, wide = x + tail * step / _FADES, abs(tail) / _FADES
            style = Style(fill=self.palette.strong, opacity=0.6 * (1 - step / _FADES))
            items.append(Rect(min(at, at + tail / _FADES), mark.y - half, wide, 2 * half, style,
                              0.0, "soft", ("event", mark.ident), self.key))  # fmt: skip

    def _write(self, items: list[Primitive], mark: _Mark, placed: Placed) -> None:
        """The title, struck through where the event was cancelled, and the signs behind it."""
        em, ref = self.em, ("event", mark.ident)
        filled = mark.importance >= BOLD_FROM
        colour = self.theme["text" if mark.importance > 2 else "muted"]
        if mark.inside:
            on_strong = filled and mark.shape & INTERVAL and not mark.status
            colour = self.theme["ground"] if on_strong else self.palette.text
        baseline = mark.y + BASELINE * em
        wide = float(placed.titles.width[mark.at]) * em
        items.append(Text(mark.x, baseline, wide, placed.titles.text(mark.at), em, colour, filled,
                          "label", ref, self.key))  # fmt: skip
        x = mark.x + on_step(wide)
        if mark.status == _CANCELLED:
            style = Style(stroke=colour, width=1.2)
            items.append(Line(mark.x, mark.y, mark.x + wide, mark.y, style, "struck", ref,
                              self.key))  # fmt: skip
        for sign in ev.suffixes(self.timeline, mark.at) if mark.signed else ():
            tone = colour if mark.inside else self.theme[_TONES.get(sign, "muted")]
            x += on_step(ev.SUFFIX_GAP * em)
            wide = self.measure.width(sign) * em
            items.append(Text(x, baseline, wide, sign, em, tone, False, "sign", ref, self.key))
            x += on_step(wide)
