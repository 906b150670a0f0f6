"""What of a block comes onto whole pixels, worked out once and kept with the block.

A stamp is a tuple that begins with one of the numbers below: what is copied, filled or written,
and where, in pixels from where the block begins. A block that stands on the same fraction of a
pixel as before needs no more than its stamps.
"""

from __future__ import annotations

import math
from functools import lru_cache
from math import floor
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtGui import QPainter

from viewer.display import Bars, Image, Line, Rect, Text, moved, reach
from viewer.render.ink import Ink
from viewer.render.inks import HINTS, LARGEST, PHASES, QUARTERS, blank, disc, rounded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from viewer.display import Block, Primitive
    from viewer.render.grid import Grid

Stamp = tuple[Any, ...]

COPY, WRITE, RULE, FILL, CUT, BARS, DRAW = range(7)
"""(COPY, image, x, y)
(WRITE, key of the title, x, y, item)
(RULE, x, y, w, h, colour): a line straight down
(FILL, x, y, w, h, colour, opacity)
(CUT, image, x, y, left, w): columns of an image from `left` on
(BARS, item, heights): those of its bars, a nought, and the greatest of them
(DRAW, item): anything else, in px
"""

_BETWEEN = 128  # pixels between the ends of a rectangle with round corners, at a time
_LONGEST = 256  # pixels of one that is kept whole
_SMALL, _LARGE = 100_000, 1_000_000  # pixels of an item that is drawn once and copied
_WHOLE = 32.0  # px that are whole pixels at most ratios
_KEPT = 4  # places between two pixels that a block is kept for


def stamps_of(block: Block, grid: Grid, exact: bool) -> list[Sequence[Stamp] | None]:
    """The stamps of each cluster, None where they are to be made: `grid` is less than a pixel
    away."""
    key = grid, exact
    found = block.kept.get(key)
    if found is None:
        if len(block.kept) >= _KEPT:
            block.kept.clear()
        found = block.kept[key] = [None] * len(block)
    return found


def stamps(items: Sequence[Primitive], grid: Grid, exact: bool) -> list[Stamp]:
    """The stamps of some items, in order; if `exact` what is not drawn on whole pixels is drawn
    where it stands."""
    found: list[Stamp] = []
    scale, dx, dy = grid
    for item in items:
        if isinstance(item, Text):
            found.append(_text(item, scale, dx, dy))
        elif isinstance(item, Rect):
            found += _rect(item, grid, exact)
        elif isinstance(item, Line):
            found.append(_line(item, grid, exact))
        elif isinstance(item, Bars):
            found += _bars(item, scale)
        else:
            found.append(_drawn(item, grid, exact))
    return found


def _text(item: Text, scale: float, dx: float, dy: float) -> Stamp:
    size = item.size * scale
    if size > LARGEST or size <= 0:
        return DRAW, item
    x, y = floor(item.x * scale + dx + 0.5), floor(item.y * scale + dy + 0.5)
    return WRITE, (item.text, size, item.bold, item.colour, item.w * scale), x, y, item


def _bars(item: Bars, scale: float) -> Sequence[Stamp]:
    heights = np.zeros(len(item.heights) + 2, np.intp)
    heights[:-2] = np.rint(item.heights.array * scale)
    heights[-1] = heights.max()
    return ((BARS, item, heights),) if heights[-1] else ()


def _rect(item: Rect, grid: Grid, exact: bool) -> Sequence[Stamp]:
    x, y, w, h, style = item[:5]
    radius = min(item.radius, w / 2, h / 2)
    scale, dx, dy = grid
    if radius == w / 2 == h / 2 and w * scale <= LARGEST:
        across = floor((x * scale + dx) * PHASES + 0.5)
        down = floor((y * scale + dy) * PHASES + 0.5)
        made = disc(w * scale, style.width * scale, style, across % PHASES, down % PHASES)
        return ((COPY, made.image, across // PHASES - made.x, down // PHASES - made.y),)
    if radius > 0 and not exact:
        return _rounded(item, radius, grid)
    if radius > 0 or style.stroke is not None:
        return (_drawn(item, grid, exact),)
    if style.fill is None:
        return ()
    left, wide = grid.run(x, w, dx)
    top, high = grid.run(y, h, dy)
    return ((FILL, left, top, wide, high, style.fill, style.opacity),)


def _drawn(item: Primitive, grid: Grid, exact: bool) -> Stamp:
    left, top, right, bottom = reach(item)
    pixels = (right - left) * (bottom - top) * grid.scale**2
    if exact or pixels > _LARGE or isinstance(item, Image):
        return DRAW, item
    # Whole pixels further right it is the same picture.
    by = floor(left / _WHOLE) * _WHOLE
    if by * grid.scale % 1:
        by = 0.0
    kept = _print if pixels <= _SMALL else _large
    kind, image, x, y = kept(moved(item, -by), grid)
    return kind, image, x + round(by * grid.scale), y


@lru_cache(maxsize=96)
def _print(item: Primitive, grid: Grid) -> Stamp:
    """A small item, drawn once: the same strokes stand on many marks and at the picture's edges."""
    left, top, right, bottom = reach(item)
    scale, dx, dy = grid
    x, y = floor(left * scale + dx) - 1, floor(top * scale + dy) - 1
    image = blank((right - left) * scale + 3, (bottom - top) * scale + 3)
    painter = QPainter(image)
    painter.setRenderHints(HINTS)
    painter.translate(dx - x, dy - y)
    painter.scale(scale, scale)
    Ink(painter).draw(item)
    painter.end()
    return COPY, image, x, y


# Pieces of hatching in the high lanes of a large screen: few are kept, as each takes some MB.
_large = lru_cache(maxsize=16)(_print.__wrapped__)


def _rounded(item: Rect, radius: float, grid: Grid) -> Sequence[Stamp]:
    """Two ends and what lies between them, cut from one that is long enough: those of all lengths
    are the same."""
    x, y, w, h, style = item[:5]
    scale, dx, dy = grid
    high, radius, stroke = h * scale, radius * scale, style.width * scale
    if high > LARGEST:
        return ((DRAW, item),)
    left, right = (floor((each * scale + dx) * QUARTERS + 0.5) for each in (x, x + w))
    top = floor((y * scale + dy) * QUARTERS + 0.5)
    first, behind, above = left // QUARTERS, right // QUARTERS, top // QUARTERS
    end = math.ceil(radius + stroke / 2) + 2
    if behind - first < 2 * end or style.dash:
        if right - left > QUARTERS * _LONGEST or right <= left:
            return ((DRAW, item),)
        made = rounded((right - left) / QUARTERS, high, radius, stroke, style, left % QUARTERS,
                       top % QUARTERS)  # fmt: skip
        return ((COPY, made.image, first - made.x, above - made.y),)
    length = 2 * end + _BETWEEN
    made = rounded(length, high, radius, stroke, style, left % QUARTERS, top % QUARTERS)
    other = rounded(length, high, radius, stroke, style, right % QUARTERS, top % QUARTERS)
    above -= made.y
    found: list[Stamp] = [(CUT, made.image, first - made.x, above, 0, made.x + end)]
    at, stop = first + end, behind - end
    while at < stop:
        found.append((CUT, made.image, at, above, made.x + end, min(stop - at, _BETWEEN)))
        at += _BETWEEN
    found.append((CUT, other.image, stop, above, other.x + length - end, end + other.x + 1))
    return found


def _line(item: Line, grid: Grid, exact: bool) -> Stamp:
    x1, y1, x2, y2, style = item[:5]
    if style.dash or style.stroke is None or (x1 != x2 and y1 != y2):
        return _drawn(item, grid, exact)
    thick = grid.thick(style.width)
    if x1 == x2:
        left = grid.begin(x1, thick, grid.dx)
        top, high = grid.run(min(y1, y2), abs(y2 - y1), grid.dy)
        if style.opacity == 1.0:
            return RULE, left, top, thick, high, style.stroke
        return FILL, left, top, thick, high, style.stroke, style.opacity
    left, wide = grid.run(min(x1, x2), abs(x2 - x1), grid.dx)
    return FILL, left, grid.begin(y1, thick, grid.dy), wide, thick, style.stroke, style.opacity
