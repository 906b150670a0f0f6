"""The display list: what is on a picture, before any ink.

Six primitives in picture units (px at 96 per inch, y down), painted in order, already inside
the picture: no writer clips. Colours are resolved (`#rrggbb`), curves are polylines. They are
named tuples because a frame makes hundreds of them, and those are made fastest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, overload

if TYPE_CHECKING:
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


class Bars(NamedTuple):
    """Filled rectangles side by side on a base line, one every `step` px from `x` on, each that
    wide but for a `gap` at its right.

    `heights` are px up from the line at `base`; `counts` say how much each stands for.
    """

    x: float
    base: float
    step: float
    heights: tuple[float, ...]
    counts: tuple[int, ...]
    style: Style
    gap: float = 0.0
    role: str = ""
    ref: Ref | None = None
    lane: str | None = None

    def rects(self) -> list[tuple[float, float, float, float]]:
        """x, y, width and height of each, those of one height that touch in one."""
        found: list[tuple[float, float, float, float]] = []
        first = 0
        for index in range(1, len(self.heights) + 1):
            height = self.heights[first]
            if self.gap or index == len(self.heights) or self.heights[index] != height:
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
        height = max(item.heights, default=0.0)
        return item.x, item.base - height, len(item.heights) * item.step, height
    return item.x, item.y, item.w, item.h


class Idents(Sequence[int]):
    """Ids in order, of which it is known how many they are; they are found when asked for."""

    __slots__ = ("_count", "_find", "_found")

    def __init__(self, count: int, find: Callable[[], Iterable[int]]) -> None:
        self._count, self._find = count, find
        self._found: tuple[int, ...] | None = None

    def _all(self) -> tuple[int, ...]:
        if self._found is None:
            self._found = tuple(sorted(self._find()))
        return self._found

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[int, ...]: ...
    def __getitem__(self, index: int | slice) -> int | tuple[int, ...]:
        return self._all()[index]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Idents) and self._all() == other._all()

    def __hash__(self) -> int:
        return hash(self._all())

    def __repr__(self) -> str:
        return repr(self._all())


NO_IDENTS = Idents(0, tuple)


@dataclass(frozen=True, slots=True)
class DisplayList:
    """A whole picture of `width` by `height` px on `background`.

    `hidden` are the ids of the shown events that have no label here; `counts` are the numbers
    the status line tells: shown, labelled, marks, per lane key. Items from the index `upper` on
    lie above the others, which cannot be pressed through them.
    """

    width: float
    height: float
    background: str
    items: tuple[Primitive, ...]
    hidden: Idents = NO_IDENTS
    counts: dict[str, int] = field(default_factory=dict)
    upper: int | None = None

    def hit(self, x: float, y: float, reach: float = 3.0) -> Primitive | None:
        """The smallest item with a ref within `reach` px of a point, the topmost of equals: a
        mark rather than the band, or the line, that it stands on."""
        if self.upper is None:
            return _smallest(self.items, x, y, reach)
        above = _smallest(self.items[self.upper :], x, y, 0.0)
        return above or _smallest(self.items[: self.upper], x, y, reach)

    def __str__(self) -> str:
        """One line per item, for tests and for reading."""
        lines = [f"{self.width:g} x {self.height:g} on {self.background}"]
        for item in self.items:
            x, y, w, h = box(item)
            ref = f" {item.ref[0]}:{item.ref[1]}" if item.ref else ""
            text = f" {item.text!r}" if isinstance(item, Text) else ""
            kind = type(item).__name__.lower()
            lines.append(f"{kind} {item.role}{ref} {x:.1f} {y:.1f} {w:.1f} {h:.1f}{text}")
        return "\n".join(lines)


def _smallest(items: Iterable[Primitive], x: float, y: float, reach: float) -> Primitive | None:
    """The smallest item with a ref within `reach` px of a point, the last of equals."""
    found: Primitive | None = None
    smallest = float("inf")
    for item in items:
        if item.ref is None:
            continue
        left, top, width, height = box(item)
        inside = -reach <= x - left <= width + reach and -reach <= y - top <= height + reach
        # As large as what it can be hit by: a line has no area of its own.
        area = (width + 2 * reach) * (height + 2 * reach)
        if inside and area <= smallest:
            found, smallest = item, area
    return found
