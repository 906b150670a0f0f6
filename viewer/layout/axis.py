"""The axis: two tiers of cells above, grid lines through the lanes, a text at the start of cells.

What of it stands still in time is made once for a zoom; each picture chooses what it shows, and
writes for itself the texts of cells that its edges cut.
"""

from __future__ import annotations

from functools import lru_cache
from math import floor
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from viewer.display import Block, Line, Part, Style, Text
from viewer.display import theme as theme_of
from viewer.layout.frame import EDGE, LANE_BAR
from viewer.layout.pen import BASELINE
from viewer.layout.ticks import UNITS, lower_unit, ticks
from viewer.layout.timescale import TimeScale, on_step

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from db.records import Language
    from viewer.display import Primitive
    from viewer.layout.frame import Frame
    from viewer.layout.measure import Measure
    from viewer.layout.pen import Pen

_IN = 5.0  # px from a cell's start to its text
_BETWEEN, _LOWER = 1.55, 0.92  # ems: where the lower tier begins, and its type size
_UPPER_MIDDLE, _LOWER_MIDDLE = 0.8, 2.3  # ems


class _Kind(NamedTuple):
    """What an axis looks like and at which zoom, wherever on the line of px it begins."""

    px_per_day: float
    unit: int  # of the lower tier
    em: float
    language: Language
    theme: str
    axis: float
    plot_top: float
    plot_bottom: float


class _Cell(NamedTuple):
    """A cell from px to px, and its text, so many px wide."""

    major: bool
    left: float
    right: float
    text: str
    width: float


class _Stretch(NamedTuple):
    """The lines and texts of a stretch of the axis, px from where it begins: a cluster each, in
    `block`. `begin` and `end` are those of the cells, `air` what the picture's edge keeps from the
    text of each. `day` is the first of its cell; `left` and `right` those of the cell where the
    cluster is a text, else of the line."""

    block: Block
    cells: tuple[_Cell, ...]
    begin: NDArray[np.float64]
    end: NDArray[np.float64]
    air: NDArray[np.float64]
    day: NDArray[np.float64]
    left: NDArray[np.float64]
    right: NDArray[np.float64]
    text: NDArray[np.bool_]
    major: NDArray[np.bool_]


def draw_axis(pen: Pen, frame: Frame) -> list[Part]:
    """Everything that moves with time; what sticks to the edges goes to the pen."""
    if not frame.axis:
        return []
    scale, width = frame.scale, frame.width
    unit = lower_unit(scale, pen.language, pen.measure, frame.type_size)
    kind = _Kind(scale.px_per_day, unit, frame.type_size, pen.language, pen.theme.name, frame.axis,
                 frame.plot_top, frame.plot_bottom)  # fmt: skip
    number = floor(scale.origin / width)
    found = _stretch(kind, number, width, pen.measure)
    dx = float(floor(number * width) - scale.origin)
    left, right = found.left + dx, found.right + dx
    room = np.where(found.major, width, width - EDGE)
    lines = (found.day >= scale.start) & (left <= width)
    chosen = np.where(found.text, (left >= LANE_BAR) & (right <= room), lines)
    begin, end = found.begin + dx, found.end + dx
    cut = (begin < LANE_BAR) & (end > LANE_BAR) | (begin < width) & (end + found.air > width)
    for number in np.flatnonzero(cut).tolist():
        cell = found.cells[number]
        _write_cut(pen, frame, cell._replace(left=cell.left + dx, right=cell.right + dx))
    return [Part(found.block, dx, np.flatnonzero(chosen))]


def _write_cut(pen: Pen, frame: Frame, cell: _Cell) -> None:
    """The text of a cell that the picture's edge cuts, where what is left of it has room. In the
    upper tier it sticks to the edge."""
    em, begin = frame.type_size, max(cell.left, LANE_BAR)
    if cell.major:
        if cell.width + 2 * _IN <= min(cell.right, frame.width) - begin - EDGE:
            pen.text(begin + _IN, _UPPER_MIDDLE * em, cell.text, em, pen.theme["text"], bold=True,
                     role="tick")  # fmt: skip
    elif cell.left >= 0 and begin + _IN + cell.width <= min(cell.right, frame.width - EDGE):
        pen.text(begin + _IN, _LOWER_MIDDLE * em, cell.text, _LOWER * em, pen.theme["muted"],
                 role="tick")  # fmt: skip


@lru_cache(maxsize=8)
def _stretch(kind: _Kind, number: int, width: float, measure: Measure) -> _Stretch:
    """The axis from px `number * width` of the line of px on, for two widths: any picture that
    begins in the first of them finds itself there."""
    origin = floor(number * width)
    days = (origin / kind.px_per_day, (origin + 2 * width) / kind.px_per_day)
    scale, theme = TimeScale(*days, 0.0, 2 * width), theme_of(kind.theme)
    em, rule, border = kind.em, theme["rule"], theme["border"]
    unit, _, above = UNITS[kind.unit]
    items: list[Primitive] = []
    begins, rows, cells = [0], [], []
    majors: set[int] = set()

    def x(day: int) -> float:
        return on_step(day * kind.px_per_day) - origin

    def add(cell: _Cell, day: int, *made: Primitive, text: bool) -> None:
        items.extend(made)
        begins.append(len(items))
        rows.append((day, cell.left, cell.right if text else cell.left, text, cell.major))

    def line(at: float, top: float, bottom: float, colour: str) -> Line:
        return Line(at, top, at, bottom, Style(stroke=colour), "grid")

    if unit != above:
        for tick in ticks(above, scale, kind.language, major=True):
            majors.add(tick.day)
            wide = measure.width(tick.text, True) * em
            cell = _Cell(True, x(tick.day), x(tick.next_day), tick.text, wide)
            cells.append(cell)
            add(cell, tick.day, line(cell.left, 0.0, kind.axis, border), text=False)
            if cell.left + 2 * _IN + wide + EDGE <= cell.right:
                baseline = (_UPPER_MIDDLE + BASELINE) * em
                add(cell, tick.day, Text(cell.left + _IN, baseline, wide, tick.text, em,
                                         theme["text"], True, "tick"), text=True)  # fmt: skip
    for tick in ticks(unit, scale, kind.language, major=False):
        wide = measure.width(tick.text) * _LOWER * em
        cell = _Cell(False, x(tick.day), x(tick.next_day), tick.text, wide)
        cells.append(cell)
        colour = border if tick.day in majors else rule
        add(cell, tick.day, line(cell.left, _BETWEEN * em, kind.axis, border),
            line(cell.left, kind.plot_top, kind.plot_bottom, colour), text=False)  # fmt: skip
        if cell.left + _IN + wide <= cell.right:
            baseline = _LOWER_MIDDLE * em + BASELINE * _LOWER * em
            add(cell, tick.day, Text(cell.left + _IN, baseline, wide, tick.text, _LOWER * em,
                                     theme["muted"], False, "tick"), text=True)  # fmt: skip
    table = np.array(rows, np.float64).reshape(-1, 5)
    text = table[:, 3] > 0
    boxes = np.stack([table[:, 1] - 2, np.where(text, 0.0, -2.0), table[:, 2] + 2,
                      np.where(text, kind.axis, kind.plot_bottom + 2)], axis=1)  # fmt: skip
    begin, end = np.array([(cell.left, cell.right) for cell in cells]).reshape(-1, 2).T
    air = np.array([0.0 if cell.major else EDGE for cell in cells])
    return _Stretch(Block(items, begins, boxes), tuple(cells), begin, end, air, table[:, 0],
                    table[:, 1], table[:, 2], text, table[:, 4] > 0)  # fmt: skip
