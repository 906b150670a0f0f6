"""Marks, bars and labels: the ink of the events of one lane."""

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
from viewer.display import Idents, Style
from viewer.layout import events as ev
from viewer.layout.frame import EDGE, LANE_BAR
from viewer.layout.labels import LEFT
from viewer.layout.strip import strip
from viewer.layout.titles import BOLD_FROM

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from db.records import Ref
    from db.timeline import Timeline
    from viewer.display import Palette, Point
    from viewer.layout.frame import Frame, LaneFrame
    from viewer.layout.pen import Pen
    from viewer.layout.placed import Placed
    from viewer.layout.strip import Strip

_FULL = math.log1p(100)  # events behind a bar of density that is as high as the strip
_SOFT_START = APPROXIMATE_START | UNCERTAIN_START
_SOFT_END = APPROXIMATE_END | UNCERTAIN_END


class Shown(NamedTuple):
    """What of a lane came onto the picture: ids with a label, ids without, and where those marks
    are that are drawn one by one."""

    labelled: tuple[int, ...]
    hidden: Idents
    places: dict[int, Point]


class _Mark(NamedTuple):
    """One event about to be drawn: px of its span, and what decides its ink."""

    ref: Ref
    row: int
    left: float
    right: float
    shape: int
    importance: int
    status: int
    signed: bool  # signs stand behind its title
    flawed: bool  # one of them tells that it must not be taken at face value

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    @property
    def filled(self) -> bool:
        return self.importance >= BOLD_FROM


class LaneArtist:
    """Draws the events of one lane into a pen."""

    def __init__(self, pen: Pen, frame: Frame, lane: LaneFrame, timeline: Timeline) -> None:
        self.pen, self.frame, self.lane, self.timeline = pen, frame, lane, timeline
        self.em = frame.type_size
        self.palette: Palette = pen.theme.palette(lane.lane.colour)
        self.key = lane.lane.key
        # What is written inside the picture keeps clear of its edges and of the lane's own bar.
        self.leftmost, self.rightmost = LANE_BAR + EDGE, frame.width - EDGE

    def draw(self, placed: Placed) -> Shown:
        scale, columns = self.frame.scale, self.timeline.columns
        in_rows = placed.with_row(scale.start, scale.end, scale.px_per_day / self.em)
        below = strip(placed, scale, self.em, in_rows)
        places: dict[int, Point] = {}
        self._draw_density(below)
        in_strip = self._marks(placed, below.single)
        for mark in in_strip:
            self._draw_in_strip(mark)
            places[mark.ref[1]] = (self._within(mark.middle), self.lane.strip)
        for mark in in_strip:  # over all of them: they lie close together
            self._draw_flaws(mark, self.lane.strip)
        labelled: list[int] = []
        rows, sides = placed.labels.row[in_rows].tolist(), placed.labels.side[in_rows].tolist()
        for mark, row, side in zip(self._marks(placed, in_rows), rows, sides, strict=True):
            y = self.lane.row_y(row)
            places[mark.ref[1]] = (self._within(mark.middle), y)
            if self._draw_in_row(mark, y, placed.titles.text(mark.row), left=side == LEFT):
                labelled.append(mark.ref[1])

        def hidden() -> list[int]:
            every = columns.id[placed.rows[placed.touching(scale.start, scale.end)]]
            return [int(each) for each in np.setdiff1d(every, labelled)]

        count = placed.count(scale.start, scale.end) - len(labelled)
        return Shown(tuple(labelled), Idents(count, hidden), places)

    def _marks(self, placed: Placed, entries: NDArray[np.int64]) -> list[_Mark]:
        columns, scale = self.timeline.columns, self.frame.scale
        rows = placed.rows[entries]
        flawed = columns.broken[rows] | columns.disputed[rows]
        signed = (columns.quotes[rows] > 0) | flawed | (columns.forecast_of[rows] >= 0)
        numbers = (
            columns.id[rows],
            rows,
            scale.left + (placed.start[entries] - scale.start) * scale.px_per_day,
            scale.left + (placed.end[entries] - scale.start) * scale.px_per_day,
            columns.shape[rows],
            columns.importance[rows],
            columns.status[rows],
            signed,
            flawed,
        )
        return [
            _Mark(("event", ident), *others)
            for ident, *others in zip(*(each.tolist() for each in numbers), strict=True)
        ]

    def _within(self, x: float) -> float:
        return min(max(x, self.leftmost), self.rightmost)

    # Ink

    def _style(self, mark: _Mark) -> Style:
        """Filled from importance 4 up, open below; planned is dashed, cancelled pale."""
        dash = (3.0, 2.0) if mark.status == STATUS_CODES["planned"] else ()
        cancelled = mark.status == STATUS_CODES["cancelled"]
        filled = mark.filled and not dash and not cancelled
        fill = self.palette.strong if filled else self.pen.theme["ground"]
        return Style(fill, self.palette.strong, 0.13 * self.em, dash, 0.7 if cancelled else 1.0)

    def _draw_in_strip(self, mark: _Mark) -> None:
        y = self.lane.strip
        if mark.shape & INTERVAL or mark.right - mark.left > 0.6 * self.em:
            left, right = self._span(mark, 0.25 * self.em)
            if right > left:
                self.pen.rect(left, y - 1.5, right - left, 3, Style(fill=self.palette.strong),
                              role="bar", ref=mark.ref, lane=self.key)  # fmt: skip
            return
        self._disc(mark, y, 0.26 * self.em)

    def _span(self, mark: _Mark, least: float) -> tuple[float, float]:
        """Px of a bar on the picture: at least `2 * least` long, cut at the picture's edges."""
        left = min(mark.left, mark.middle - least)
        right = max(mark.right, mark.middle + least)
        return max(left, LANE_BAR), min(right, self.frame.width)

    def _disc(self, mark: _Mark, y: float, radius: float) -> None:
        x = mark.middle
        if not x - radius >= LANE_BAR or x + radius > self.frame.width:
            x = min(max(x, LANE_BAR + radius), self.frame.width - radius)
        if mark.shape & (_SOFT_START | _SOFT_END):
            halo = radius * 1.6
            self.pen.rect(x - halo, y - halo, 2 * halo, 2 * halo,
                          Style(fill=self.palette.strong, opacity=0.25), radius=halo,
                          role="soft", ref=mark.ref, lane=self.key)  # fmt: skip
        self.pen.rect(x - radius, y - radius, 2 * radius, 2 * radius, self._style(mark),
                      radius=radius, role="mark", ref=mark.ref, lane=self.key)  # fmt: skip

    def _draw_flaws(self, mark: _Mark, y: float) -> None:
        """Across a mark without a label: a cross where a quote is broken, a stroke where it is
        disputed. On a ground of its own, so that it is seen on a filled one too."""
        if not mark.flawed:
            return
        columns = self.timeline.columns
        half = min(0.36 * self.em, self.lane.strip_height / 2)
        x = min(max(mark.middle, LANE_BAR + half), self.frame.width - half)
        strokes = [((x - half, y + half), (x + half, y - half))]
        if columns.broken[mark.row]:
            strokes.append(((x - half, y - half), (x + half, y + half)))
        for colour, width in (("ground", 0.3), ("dispute", 0.13)):
            style = Style(stroke=self.pen.theme[colour], width=width * self.em)
            self.pen.path(tuple(strokes), style, role="flaw", ref=mark.ref, lane=self.key)

    def _draw_bar(self, mark: _Mark, y: float) -> None:
        """A period's bar, or the pale span of a date that is known to the month or year only."""
        em = self.em
        half = 0.62 * em
        left, right = self._span(mark, ev.RADIUS * em)
        if right <= left:
            return
        period = bool(mark.shape & INTERVAL)
        style = self._style(mark)
        if not period:
            style = Style(
                self.palette.band, self.palette.strong, style.width, style.dash, style.opacity
            )
        self.pen.rect(left, y - half, right - left, 2 * half, style,
                      radius=0.2 * em if period else half, role="bar" if period else "mark",
                      ref=mark.ref, lane=self.key)  # fmt: skip
        self._draw_ends(mark, y, half)

    def _draw_ends(self, mark: _Mark, y: float, half: float) -> None:
        """What stands at the ends of a bar: an arrow where it goes on, a fade where the end is
        unknown, a soft edge where it is approximate or uncertain."""
        ends = ((mark.left, -1.0, OPEN_START, UNKNOWN_START, _SOFT_START),
                (mark.right, 1.0, OPEN_END, UNKNOWN_END, _SOFT_END))  # fmt: skip
        for x, way, open_end, unknown, soft in ends:
            tail = way * ev.TAIL * self.em
            if not (LANE_BAR <= x <= self.frame.width) or not (
                LANE_BAR <= x + tail <= self.frame.width
            ):
                continue
            if mark.shape & open_end:
                arrow = ((x, y - half), (x + tail, y), (x, y + half))
                self.pen.path((arrow,), Style(fill=self.palette.strong), closed=True,
                              role="arrow", ref=mark.ref, lane=self.key)  # fmt: skip
            elif mark.shape & (unknown | soft):
                self._draw_fade(mark, x, tail if mark.shape & unknown else tail / 2, y, half)

    def _draw_fade(self, mark: _Mark, x: float, tail: float, y: float, half: float) -> None:
        steps = 4
        for step in range(steps):
            at, wide = x + tail * step / steps, abs(tail) / steps
            style = Style(fill=self.palette.strong, opacity=0.6 * (1 - step / steps))
            self.pen.rect(min(at, at + tail / steps), y - half, wide, 2 * half, style,
                          role="soft", ref=mark.ref, lane=self.key)  # fmt: skip

    # Labels

    def _draw_in_row(self, mark: _Mark, y: float, title: str, *, left: bool) -> bool:
        """Draws a mark in its row with its label; False where the picture's edge takes it."""
        em = self.em
        bar = bool(mark.shape & INTERVAL) or mark.right - mark.left > 2 * ev.RADIUS * em
        if bar:
            self._draw_bar(mark, y)
        else:
            self._disc(mark, y, ev.RADIUS * em)
        signs = ev.suffixes(self.timeline, mark.row) if mark.signed else []
        width = self._label_width(title, signs, mark.filled)
        inside = mark.right - mark.left >= width + 2 * ev.PADDING * em
        x = self._label_x(mark, width, inside, left=left)
        if x is None:
            self._draw_flaws(mark, y)
            return False
        colour = self.pen.theme["text" if mark.importance > 2 else "muted"]
        if inside:
            on_strong = mark.filled and mark.shape & INTERVAL and not mark.status
            colour = self.pen.theme["ground"] if on_strong else self.palette.text
        self._write(mark, x, y, title, signs, colour, plain=inside)
        return True

    def _label_width(self, title: str, signs: list[str], bold: bool) -> float:
        width = self.pen.text_width(title, self.em, bold=bold)
        for sign in signs:
            width += ev.SUFFIX_GAP * self.em + self.pen.text_width(sign, self.em)
        return width

    def _label_x(self, mark: _Mark, width: float, inside: bool, *, left: bool) -> float | None:
        """The left edge of a label, None where it would cross the picture's edge. The title of
        a long bar stays in view, inside the part of the bar that is."""
        em = self.em
        if inside:
            x = max(mark.left, self.leftmost) + ev.PADDING * em
            return x if x + width <= min(mark.right, self.rightmost) - ev.PADDING * em else None
        half = max((mark.right - mark.left) / 2, ev.RADIUS * em)
        away = half + self._tail(mark, left=left) + ev.TITLE_GAP * em
        x = mark.middle - away - width if left else mark.middle + away
        return x if x >= self.leftmost and x + width <= self.rightmost else None

    def _tail(self, mark: _Mark, *, left: bool) -> float:
        """Px that an arrow, a fade or a soft edge takes beyond that end of a bar."""
        full = OPEN_START | UNKNOWN_START if left else OPEN_END | UNKNOWN_END
        soft = _SOFT_START if left else _SOFT_END
        if mark.shape & full:
            return ev.TAIL * self.em
        return ev.TAIL * self.em / 2 if mark.shape & soft else 0.0

    def _write(
        self,
        mark: _Mark,
        x: float,
        y: float,
        title: str,
        signs: list[str],
        colour: str,
        *,
        plain: bool,
    ) -> None:
        pen, em = self.pen, self.em
        begin = x
        x += pen.text(
            x, y, title, em, colour, bold=mark.filled, role="label", ref=mark.ref, lane=self.key
        )
        if mark.status == STATUS_CODES["cancelled"]:
            pen.line(begin, y, x, y, colour, 1.2, role="struck", ref=mark.ref, lane=self.key)
        tones = {
            ev.BROKEN_SIGN: "dispute", ev.DISPUTED_SIGN: "dispute", ev.FORECAST_SIGN: "forecast"
        }  # fmt: skip
        for sign in signs:
            tone = colour if plain else pen.theme[tones.get(sign, "muted")]
            x += ev.SUFFIX_GAP * em
            x += pen.text(x, y, sign, em, tone, role="sign", ref=mark.ref, lane=self.key)

    def _draw_density(self, below: Strip) -> None:
        """Bars by how many events there are, on a scale of its own so that a pan changes none;
        under them a thin one where something goes on."""
        scale, lane = self.frame.scale, self.lane
        x, step = scale.x(below.first), below.step * scale.px_per_day
        # Only bars that lie wholly on the picture.
        first = max(math.ceil((LANE_BAR - x) / step - 1e-9), 0)
        last = min(math.floor((self.frame.width - x) / step + 1e-9), len(below.counts))
        counts, lasting = below.counts[first:last], below.lasting[first:last]
        x += first * step
        if lasting.any():
            self.pen.bars(x, lane.strip + 1.5, step, np.where(lasting, 3.0, 0.0), counts * 0,
                          Style(fill=self.palette.strong, opacity=0.4),
                          role="density", lane=self.key)  # fmt: skip
        if counts.any():
            most = lane.strip_height - 2
            heights = np.clip(np.log1p(counts) / _FULL, 0.25, 1.0) * most * (counts > 0)
            self.pen.bars(x, lane.bottom - 1, step, heights, counts,
                          Style(fill=self.palette.strong, opacity=0.75),
                          role="density", lane=self.key)  # fmt: skip
