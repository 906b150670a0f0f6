"""The display list: what is on a picture, before any ink.

Five primitives in picture units (px at 96 per inch, y down), painted in order, already inside
the picture: no writer clips. Colours are resolved (`#rrggbb`), curves are polylines. They are
named tuples because a frame makes hundreds of them, and those are made fastest.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

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


Primitive = Rect | Line | Path | Text | Image

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
    return item.x, item.y, item.w, item.h


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
    hidden: tuple[int, ...] = ()
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
