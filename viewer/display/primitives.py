"""The display list: what is on a picture, before any ink.

Six primitives in picture units (px at 96 per inch, y down), painted in order, already inside
the picture: no writer clips. Colours are resolved (`#rrggbb`), curves are polylines. They are
named tuples because a frame makes hundreds of them, and those are made fastest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import ArrayLike, NDArray

    from db.records import Ref

Point = tuple[float, float]


class Style(NamedTuple):
    """`fill` and `stroke` are `#rrggbb` or None; `dash` is on and off lengths in px."""

    fill: str | None = None
    stroke: str | None = None
    width: float = 1.0
    dash: tuple[float, ...] = ()
    opacity: float = 1.0


class Rect(NamedTuple):
    """A rectangle; `radius` rounds its corners (at most half the shorter side)."""

    x: float
    y: float
    w: float
    h: float
    style: Style
    radius: float = 0.0
    role: str = ""
    ref: Ref | None = None
    lane: str | None = None


class Line(NamedTuple):
    x1: float
    y1: float
    x2: float
    y2: float
    style: Style
    role: str = ""
    ref: Ref | None = None
    lane: str | None = None


class Path(NamedTuple):
    """Straight runs of points; `closed` ones are filled as well as stroked."""

    runs: tuple[tuple[Point, ...], ...]
    style: Style
    closed: bool = False
    role: str = ""
    ref: Ref | None = None
    lane: str | None = None


class Text(NamedTuple):
    """One line of text. `x` is its left edge, `y` its baseline, `w` the measured width in px.

    A writer fits the glyphs into `w`, so that no renderer's own advances make an overlap.
    """

    x: float
    y: float
    w: float
    text: str
    size: float
    colour: str
    bold: bool = False
    role: str = ""
    ref: Ref | None = None
    lane: str | None = None


class Image(NamedTuple):
    """A PNG (bytes) scaled into a box."""

    x: float
    y: float
    w: float
    h: float
    png: bytes
    role: str = ""
    ref: Ref | None = None
    lane: str | None = None


class Numbers:
    """Numbers in order, kept as an array: a frame has thousands of them."""

    __slots__ = ("array",)

    def __init__(self, numbers: ArrayLike) -> None:
        self.array: NDArray[Any] = np.asarray(numbers)

    def __len__(self) -> int:
        return len(self.array)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.array.tolist())

    def __getitem__(self, index: slice) -> Numbers:
        return Numbers(self.array[index])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Numbers) and np.array_equal(self.array, other.array)

    def __hash__(self) -> int:
        return hash(self.array.tobytes())

    def __repr__(self) -> str:
        return repr(self.array.tolist())


class Bars(NamedTuple):
    """Filled rectangles side by side on a base line, one every `step` px from `x` on, each that
    wide but for a `gap` at its right.

    `heights` are px up from the line at `base`; `counts` say how much each stands for.
    """

    x: float
    base: float
    step: float
    heights: Numbers
    counts: Numbers
    style: Style
    gap: float = 0.0
    role: str = ""
    ref: Ref | None = None
    lane: str | None = None

    def rects(self) -> list[tuple[float, float, float, float]]:
        """x, y, width and height of each, those of one height that touch in one."""
        found: list[tuple[float, float, float, float]] = []
        heights: list[float] = list(self.heights)
        first = 0
        for index in range(1, len(heights) + 1):
            height = heights[first]
            if self.gap or index == len(heights) or heights[index] != height:
                if height > 0:
                    left = self.x + first * self.step
                    width = (index - first) * self.step - self.gap
                    found.append((left, self.base - height, width, height))
                first = index
        return found


Primitive = Rect | Line | Path | Text | Image | Bars

ASCENT, DESCENT = 0.88, 0.24  # of the type size: the box that a line of text is given


def box(item: Primitive) -> tuple[float, float, float, float]:
    """x, y, width and height in px of what is drawn (strokes not counted)."""
    if isinstance(item, Text):
        return item.x, item.y - ASCENT * item.size, item.w, (ASCENT + DESCENT) * item.size
    if isinstance(item, Line):
        x, y = min(item.x1, item.x2), min(item.y1, item.y2)
        return x, y, abs(item.x2 - item.x1), abs(item.y2 - item.y1)
    if isinstance(item, Path):
        xs = [x for run in item.runs for x, _ in run]
        ys = [y for run in item.runs for _, y in run]
        return min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)
    if isinstance(item, Bars):
        height = float(item.heights.array.max()) if len(item.heights) else 0.0
        return item.x, item.base - height, len(item.heights) * item.step, height
    return item.x, item.y, item.w, item.h
