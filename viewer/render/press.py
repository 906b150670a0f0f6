"""The fast way onto a raster device: stamps of whole pixels, an area at a time."""

from __future__ import annotations

from functools import lru_cache
from itertools import repeat
from math import ceil, floor
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QColor, QImage

from viewer.render.areas import areas
from viewer.render.grid import Grid
from viewer.render.ink import Ink
from viewer.render.inks import colour, kept_title, title
from viewer.render.stamps import BARS, COPY, CUT, FILL, RULE, WRITE, stamps, stamps_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray
    from PySide6.QtGui import QPainter

    from viewer.display import Bars, Box, DisplayList, Part, Primitive
    from viewer.render.areas import Area
    from viewer.render.inks import Budget
    from viewer.render.stamps import Stamp

    Pixels = NDArray[np.uint32]

_SINGLY = 4  # rules that are filled one by one
_OPAQUE = 0xFF000000


class Press:
    """Paints parts of a picture on whole device pixels; `grid` says where those lie."""

    def __init__(
        self, painter: QPainter, grid: Grid, budget: Budget, pixels: Pixels | None, exact: bool
    ) -> None:
        self.painter, self.grid, self.budget, self.pixels = painter, grid, budget, pixels
        self.exact = exact
        self.known: dict[int, tuple[Part, int, Grid, list[Sequence[Stamp] | None]]] = {}
        self.ink = Ink(painter, is_cut=not exact)
        world = painter.worldTransform()
        # Where the painter's own coordinates are the device's pixels.
        self.device = (world.inverted()[0] * painter.deviceTransform()).inverted()[0]

    def whole(self, display: DisplayList) -> None:
        area = self._area(display)
        self.painter.setWorldTransform(self.device)
        for part, clusters in enumerate(each.clusters for each in display.parts):
            self._print(display, repeat(part), clusters, area)

    def _area(self, display: DisplayList) -> Area:
        scale, dx, dy = self.grid
        return (floor(dx), floor(dy), ceil(display.width * scale + dx),
                ceil(display.height * scale + dy))  # fmt: skip

    def some(self, display: DisplayList, boxes: Sequence[Box]) -> None:
        """What touches some boxes, each on a ground of its own."""
        scale, dx, dy = self.grid
        picture = self._area(display)
        found = areas(
            [(x1 * scale + dx, y1 * scale + dy, x2 * scale + dx, y2 * scale + dy)
             for x1, y1, x2, y2 in boxes], picture)  # fmt: skip
        self.painter.setWorldTransform(self.device)
        ground = colour(display.background)
        for area in found:
            self.painter.fillRect(*_sides(area), ground)
        asked = (np.array(found).reshape(-1, 4) - (dx, dy, dx, dy)) / scale
        which, parts, clusters = display.touching(asked)
        begins = np.searchsorted(which, np.arange(len(found) + 1)).tolist()
        parts, clusters = parts.tolist(), clusters.tolist()
        for area, begin, end in zip(found, begins, begins[1:], strict=False):
            if begin < end:
                self.painter.setClipRect(*_sides(area))
                self._print(display, parts[begin:end], clusters[begin:end], area)

    def _print(
        self, display: DisplayList, parts: Iterable[int], clusters: Iterable[int], area: Area
    ) -> None:
        """Clusters of parts, by their numbers, within an area."""
        painter, ink, grid = self.painter, self.ink, self.grid
        copy, fill = painter.drawImage, painter.fillRect
        rules: dict[tuple[int, int, int, str], list[int]] = {}
        now, x0, y0 = -1, 0, floor(grid.dy)
        for number, cluster in zip(parts, clusters, strict=False):
            if number != now:
                if rules:
                    self._rule(rules, area)
                now = number
                known = self.known.get(number)
                if known is None:
                    part = display.parts[number]
                    dx = grid.dx + part.dx * grid.scale
                    x0 = floor(dx)
                    here = Grid(grid.scale, dx - x0, grid.dy - y0)
                    made = stamps_of(part.block, here, self.exact)
                    self.known[number] = part, x0, here, made
                else:
                    part, x0, here, made = known
            found = made[cluster]
            if found is None:
                found = made[cluster] = stamps(list(part.own((cluster,))), here, self.exact)
            for stamp in found:
                kind = stamp[0]
                if kind == WRITE:
                    _, key, x, y, item = stamp
                    made_title = kept_title(key) or title(key, self.budget)
                    if made_title is None:
                        self.budget.wait(item, part.dx)
                    else:
                        if ink.opacity != 1.0:
                            ink.fade(1.0)
                        image, left, up = made_title
                        copy(x0 + x - left, y0 + y - up, image)
                    continue
                if kind == RULE:
                    _, x, y, w, h, name = stamp
                    place = (y0 + y, w, h, name)
                    if place in rules:
                        rules[place].append(x0 + x)
                    else:
                        rules[place] = [x0 + x]
                    continue
                if rules:
                    self._rule(rules, area)
                if kind == COPY:
                    if ink.opacity != 1.0:
                        ink.fade(1.0)
                    copy(x0 + stamp[2], y0 + stamp[3], stamp[1])
                elif kind == FILL:
                    _, x, y, w, h, name, opacity = stamp
                    if ink.opacity != opacity:
                        ink.fade(opacity)
                    fill(x0 + x, y0 + y, w, h, colour(name))
                elif kind == CUT:
                    if ink.opacity != 1.0:
                        ink.fade(1.0)
                    _, image, x, y, left, w = stamp
                    copy(x0 + x, y0 + y, image, left, 0, w, -1)
                elif kind == BARS:
                    self._bars(stamp[1], stamp[2], x0, y0, here, area)
                else:
                    self._draw(stamp[1], part.dx)
        if rules:
            self._rule(rules, area)

    def _draw(self, item: Primitive, dx: float) -> None:
        """Anything that is no stamp."""
        self.painter.setWorldTransform(self.ink.base)
        self.ink.move(dx)
        self.ink.draw(item)
        self.painter.setWorldTransform(self.device)

    def _rule(self, rules: dict[tuple[int, int, int, str], list[int]], area: Area) -> None:
        """Lines straight down, many at once: one by one each of them goes through all memory."""
        left, top, right, bottom = area
        pixels, ink = self.pixels, self.ink
        if ink.opacity != 1.0:
            ink.fade(1.0)
        for (y, w, h, name), xs in rules.items():
            if pixels is None:
                for x in xs:
                    self.painter.fillRect(x, y, w, h, colour(name))
                continue
            begin, end, value = max(y, top), min(y + h, bottom), _pixel(name)
            columns = [x + k for x in xs for k in range(w) if left <= x + k < right]
            if len(columns) < _SINGLY:
                for x in columns:
                    pixels[begin:end, x] = value
            elif begin < end:
                pixels[begin:end][:, columns] = value
        rules.clear()

    def _bars(
        self, item: Bars, heights: NDArray[np.intp], x0: int, y0: int, grid: Grid, area: Area
    ) -> None:
        """The bars within an area as one image: hundreds of them in one call."""
        first, wide = grid.run(item.x, item.step * (len(heights) - 2), grid.dx)
        left, right = max(area[0] - x0, first), min(area[2] - x0, first + wide)
        most = int(heights[-1])
        bottom = y0 + grid.near(item.base, grid.dy)
        if left >= right or bottom <= area[1] or bottom - most >= area[3]:
            return
        nth = _places(item.x, item.step, item.gap, len(heights) - 2, grid, left, right)
        table = _table(item.style.fill or "#000000", item.style.opacity, most)
        data = table.take(heights.take(nth), 1)
        image = QImage(data.data, right - left, most, 4 * (right - left),
                       QImage.Format.Format_ARGB32_Premultiplied)  # fmt: skip
        if self.ink.opacity != 1.0:
            self.ink.fade(1.0)
        self.painter.drawImage(x0 + left, bottom - most, image)


def _sides(area: Area) -> tuple[int, int, int, int]:
    """Left, top, width and height."""
    left, top, right, bottom = area
    return left, top, right - left, bottom - top


@lru_cache(maxsize=8)
def _places(
    x: float, step: float, gap: float, count: int, grid: Grid, left: int, right: int
) -> NDArray[np.intp]:
    """Which of some bars stands in each of some columns of pixels, -2 in gaps. The bars of all
    lanes stand in the same places."""
    step *= grid.scale
    place = (np.arange(left, right) + (0.5 - grid.dx - x * grid.scale)) / step
    nth = np.minimum(place.astype(np.intp), count - 1)
    if gap:
        nth[place - nth >= 1 - gap * grid.scale / step] = -2
    return nth


@lru_cache(maxsize=64)
def _table(name: str, opacity: float, most: int) -> Pixels:
    """A column of `most` pixels for each height up to that, filled from below."""
    ink = QColor(name)
    alpha = 255 * int(opacity * 256) >> 8  # as Qt fades what it fills
    red, green, blue = (round(each * alpha / 255) for each in ink.getRgb()[:3])  # type: ignore[index]
    filled = np.uint32(alpha << 24 | red << 16 | green << 8 | blue)
    inked = np.arange(most - 1, -1, -1)[:, None] < np.arange(most + 1)
    return np.where(inked, filled, np.uint32(0))


@lru_cache(maxsize=256)
def _pixel(name: str) -> int:
    """A colour as Qt keeps it in an image without alpha."""
    return QColor(name).rgb() | _OPAQUE


def pixels_of(image: QImage) -> Pixels:
    """The pixels of an image of 32 bits each, (rows, columns), to be written to."""
    return np.frombuffer(image.bits(), np.uint32).reshape(image.height(), -1)
