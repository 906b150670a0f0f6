"""The axis: two tiers of cells above, grid lines through the lanes, a text at the start of cells.

What of it stands still in time is made once for a zoom; each picture chooses what it shows, and
writes for itself the texts of cells that its edges cut.
"""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from viewer.display import Block, Line, Part, Style, Text
from viewer.display import theme as theme_of
from viewer.layout.frame import EDGE, LANE_BAR
from viewer.layout.pen import BASELINE
from viewer.layout.same import Same
from viewer.layout.ticks import UNITS, lower_unit, ticks
from viewer.layout.timescale import TimeScale, all_on_step

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
    """The lines and texts of the axis from px `first` to `behind` of the line of px, counted from
    `first`: a cluster each, in `block`. `begin` and `end` are those of the cells, `air` what the
    picture's edge keeps from the text of each. `day` is the first of its cell; `left` and `right`
    those of the cell where the cluster is a text, else of the line."""

    first: int
    behind: int
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
    found = _covering(kind, scale.origin, width, pen.measure)
    dx = float(found.first - scale.origin)
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


def _covering(kind: _Kind, origin: float, width: float, measure: Measure) -> _Stretch:
    """The axis of a zoom over a picture: as much as that shows, or, where it is panned beyond
    what there is, enough for a while."""
    key = kind, width, Same(measure)
    found = _kept.get(key)
    if found is not None and found.first <= origin and origin + width <= found.behind:
        return found
    beyond = 0.0 if found is None else width / 2
    first, behind = floor(origin - beyond) - _AIR, ceil(origin + width + beyond) + _AIR
    made = _kept[key] = _stretch(kind, first, behind, measure)
    while len(_kept) > _KEPT:
        _kept.pop(next(iter(_kept)), None)
    return made


_AIR = 2  # px beyond a picture, so that what stands on its very edge is there each time
_KEPT = 8  # zooms
_kept: dict[tuple[_Kind, float, Same[Measure]], _Stretch] = {}


def _stretch(kind: _Kind, first: int, behind: int, measure: Measure) -> _Stretch:
    """The axis from px to px of the line of px."""
    theme, em = theme_of(kind.theme), kind.em
    unit, _, above = UNITS[kind.unit]
    rule, border = Style(stroke=theme["rule"]), Style(stroke=theme["border"])
    upper = _tier(kind, above, first, behind, measure, major=True) if unit != above else []
    lower = _tier(kind, unit, first, behind, measure, major=False)
    items: list[Primitive] = []
    begins, rows = [0], []
    baseline, colour = (_UPPER_MIDDLE + BASELINE) * em, theme["text"]
    for day, fits, (_, left, right, text, wide) in upper:
        items.append(Line(left, 0.0, left, kind.axis, border, "grid"))
        begins.append(len(items))
        rows.append((day, left, left, False, True))
        if fits:
            items.append(Text(left + _IN, baseline, wide, text, em, colour, True, "tick"))
            begins.append(len(items))
            rows.append((day, left, right, True, True))
    majors = {day for day, _, _ in upper}
    between, size, colour = _BETWEEN * em, _LOWER * em, theme["muted"]
    baseline = _LOWER_MIDDLE * em + BASELINE * size
    for day, fits, (_, left, right, text, wide) in lower:
        style = border if day in majors else rule
        items.append(Line(left, between, left, kind.axis, border, "grid"))
        items.append(Line(left, kind.plot_top, left, kind.plot_bottom, style, "grid"))
        begins.append(len(items))
        rows.append((day, left, left, False, False))
        if fits:
            items.append(Text(left + _IN, baseline, wide, text, size, colour, False, "tick"))
            begins.append(len(items))
            rows.append((day, left, right, True, False))
    table = np.array(rows, np.float64).reshape(-1, 5)
    texts = table[:, 3] > 0
    boxes = np.stack([table[:, 1] - 2, np.where(texts, 0.0, -2.0), table[:, 2] + 2,
                      np.where(texts, kind.axis, kind.plot_bottom + 2)], axis=1)  # fmt: skip
    cells = tuple(cell for _, _, cell in (*upper, *lower))
    begin, end = np.array([(cell.left, cell.right) for cell in cells]).reshape(-1, 2).T
    air = np.array([0.0 if cell.major else EDGE for cell in cells])
    return _Stretch(first, behind, Block(items, begins, boxes), cells, begin, end, air,
                    table[:, 0], table[:, 1], table[:, 2], texts, table[:, 4] > 0)  # fmt: skip


def _tier(
    kind: _Kind, unit: str, first: int, behind: int, measure: Measure, *, major: bool
) -> list[tuple[int, bool, _Cell]]:
    """The cells of a tier, each with its first day and whether its text fits it."""
    scale = TimeScale(first / kind.px_per_day, behind / kind.px_per_day, 0.0, behind - first)
    made = ticks(unit, scale, kind.language, major=major)
    begin = np.array([tick.day for tick in made], np.float64)
    end = np.array([tick.next_day for tick in made], np.float64)
    left = all_on_step(begin * kind.px_per_day) - first
    right = all_on_step(end * kind.px_per_day) - first
    wide = np.array([measure.width(tick.text, major) for tick in made])
    wide = wide * (1.0 if major else _LOWER) * kind.em
    fits = left + (2 * _IN if major else _IN) + wide + (EDGE if major else 0.0) <= right
    found = zip(made, left.tolist(), right.tolist(), wide.tolist(), fits.tolist(), strict=True)
    return [
        (tick.day, fitting, _Cell(major, x, until, tick.text, width))
        for tick, x, until, width, fitting in found
    ]
