"""The overview strip: the whole timeline as counts per lane, and which part the window shows."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from viewer.display import DisplayList, Style, theme
from viewer.layout.events import drawn_lanes
from viewer.layout.frame import SIDE, shown_lanes
from viewer.layout.navigation import fit
from viewer.layout.pen import Pen
from viewer.layout.ticks import UNITS, lower_unit, ticks
from viewer.layout.timescale import TimeScale
from viewer.layout.view import View

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from db.filters import Filter
    from db.timeline import Timeline
    from viewer.layout.measure import Measure

_CELL = 6.0  # px
_AT_ONCE = 1 << 15  # events, so that what is made on the way stays in the processor's cache


@lru_cache(maxsize=4)
def overview_scale(timeline: Timeline, width: float) -> TimeScale:
    """The strip's scale: all events of the file, whatever the filter, so that it stands still."""
    start, end = fit(timeline)
    return TimeScale(start, end, SIDE, max(width - SIDE, SIDE + 1.0))


def build_overview(
    timeline: Timeline, view: View, width: float, height: float, measure: Measure
) -> DisplayList:
    """Counts of the filtered events per lane and cell; the window is the view's start..end."""
    colours = theme(view.theme)
    pen = Pen(colours, measure, view.language)
    scale = overview_scale(timeline, width)
    size = 0.82 * view.type_size
    axis = 1.6 * size
    _draw_years(pen, scale, width, axis, size)
    _draw_counts(pen, timeline, view, scale, width, axis, height - 3)
    left = min(max(scale.x(view.start), 1.0), width - 4)
    right = max(min(scale.x(view.end), width - 1.0), left + 3)
    # What the window does not show is dimmed; a frame of its own makes it tell in greyscale.
    shade = Style(fill=colours["panel"], opacity=0.55)
    pen.rect(0, axis, left, height - axis, shade, role="outside")
    pen.rect(right, axis, width - right, height - axis, shade, role="outside")
    pen.rect(left, 1.0, right - left, height - 2.0, Style(stroke=colours["accent"], width=2.0),
             radius=3.0, role="window")  # fmt: skip
    return DisplayList(width, height, colours["panel"], tuple(pen.items))


def _draw_years(pen: Pen, scale: TimeScale, width: float, axis: float, size: float) -> None:
    index = lower_unit(scale, pen.language, pen.measure, size)
    for tick in ticks(UNITS[index][0], scale, pen.language, major=False):
        x = scale.x(tick.day)
        if x < 0 or x + pen.text_width(tick.text, size) + 4 > width:
            continue
        pen.line(x, axis - 3, x, axis, pen.theme["border"], role="grid")
        pen.text(x + 3, axis / 2, tick.text, size, pen.theme["muted"], role="tick")


@lru_cache(maxsize=4)
def _counts(
    timeline: Timeline, asked: Filter, scale: TimeScale, width: float
) -> tuple[dict[int, NDArray[np.int64]], int]:
    """The events of each cell, by index of the lane, and the most of any: the same from frame to
    frame, while the window is dragged over them."""
    columns = timeline.columns
    view = View(scale.start, scale.end, width, 0.0, asked)
    drawn = drawn_lanes(timeline, view)
    size = int(width // _CELL) + 3
    every = np.zeros((len(timeline.lanes) + 1) * size, np.int64)
    for first in range(0, len(columns), _AT_ONCE):
        some = slice(first, first + _AT_ONCE)
        middle = (columns.first[some] + columns.last[some] + 1) / 2
        cells = np.floor((scale.left + (middle - scale.start) * scale.px_per_day) / _CELL)
        # All lanes at once, what is drawn in none before them.
        cells = np.clip(cells, 0, size - 1) + (drawn[some].astype(np.int64) + 1) * size
        every += np.bincount(cells.astype(np.int64), minlength=len(every))
    table = every.reshape(-1, size)[1:]
    counts = {index: table[index] for index in shown_lanes(timeline, view)}
    return counts, max(int(count.max(initial=0)) for count in counts.values()) or 1


def _draw_counts(
    pen: Pen,
    timeline: Timeline,
    view: View,
    scale: TimeScale,
    width: float,
    top: float,
    bottom: float,
) -> None:
    """A row of bars per lane, each as high as the events of its cell, the same measure for all."""
    lanes = shown_lanes(timeline, view)
    if not lanes or not len(timeline.columns):
        return
    counts, most = _counts(timeline, view.filter, scale, width)
    each = (bottom - top) / len(lanes)
    for place, index in enumerate(lanes):
        lane = timeline.lanes[index]
        fill = Style(fill=pen.theme.palette(lane.colour).strong, opacity=0.85)
        base = top + each * (place + 1)
        number = counts[index]
        heights = np.maximum((each - 3) * np.sqrt(number / most), 1.5) * (number > 0)
        pen.bars(
            0.0, base, _CELL, heights[: int(width // _CELL)], number[: int(width // _CELL)], fill,
            gap=1.0, role="density", lane=lane.key,
        )  # fmt: skip
