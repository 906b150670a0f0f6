"""The one drawing routine for Qt: screen, PNG and PDF translate the same display list.

On a raster device lines and the edges of plain rectangles are moved to whole device pixels,
so that a rule is crisp and neighbours leave no seam; on paper everything stays where it is.
Text is taken at one reference size and scaled, so that any type size is exact, and squeezed
or stretched where the font's own advance differs from the measured width.
"""

from __future__ import annotations

import math
from functools import lru_cache
from math import floor
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import (
    QColor,
    QImage,
    QPaintEngine,
    QPainter,
    QPainterPath,
    QPolygonF,
    QTransform,
)

from viewer.display import Bars, Image, Line, Path, Rect, Text
from viewer.render import fonts
from viewer.render.inks import (
    HINTS,
    LARGEST,
    PHASES,
    UNLIMITED,
    Budget,
    brush,
    colour,
    disc,
    fit,
    pen,
    title,
)
from viewer.render.plain import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from viewer.display import Box, DisplayList, Part, Style

_ENDS = (min, min, max, max)
_FEW_RUNS = 24  # of bars of one height, that are filled one by one
_VECTOR = (QPaintEngine.Type.Pdf, QPaintEngine.Type.SVG, QPaintEngine.Type.Picture)


def paint(
    painter: QPainter,
    display: DisplayList,
    boxes: Sequence[Box] | None = None,
    budget: Budget = UNLIMITED,
) -> None:
    """Paints the background and every item, in order, in the painter's own coordinates.

    The painter's transform says how many device pixels a px of the picture is. With `boxes` (px
    of the picture) only what touches one of them is painted; the caller clips where that matters.
    With a `budget` titles that are not drawn yet may be left out: it keeps account of them.
    The painter's state is given back as it was.
    """
    painter.save()
    painter.setRenderHints(HINTS)
    whole = QRectF(0.0, 0.0, display.width, display.height)
    if boxes:
        left, top, right, bottom = (
            each(ends) for each, ends in zip(_ENDS, zip(*boxes, strict=True), strict=True)
        )
        whole &= QRectF(left, top, right - left, bottom - top)
    painter.fillRect(whole, colour(display.background))
    ink = _Ink(painter, budget)
    if boxes is None:
        for part in display.parts:
            ink.part(part, part.clusters)
    else:
        for part, clusters in display.touching(boxes):
            ink.part(part, clusters)
    painter.restore()


class _Grid(NamedTuple):
    """The device's pixels: `scale` of them per px, the first of them `dx` and `dy` (0 to 1)
    pixels before the picture. Where on the device a picture lies makes no difference to it, as
    long as that is whole pixels."""

    scale: float
    dx: float
    dy: float

    def width(self, width: float) -> float:
        """The nearest width in whole pixels, one at least, in px."""
        return max(1, round(width * self.scale)) / self.scale

    def line(self, at: float, width: float, shift: float) -> float:
        """Where a line of `width` (from `width()`) lies on whole pixels, in px."""
        place = at * self.scale + shift
        odd = round(width * self.scale) % 2
        place = floor(place) + 0.5 if odd else floor(place + 0.5)
        return (place - shift) / self.scale

    def edges(self, start: float, length: float, shift: float) -> tuple[float, float]:
        """Start and length of a filled run on whole pixels, one pixel at least, in px."""
        first = floor(start * self.scale + shift + 0.5)
        last = floor((start + length) * self.scale + shift + 0.5)
        if last <= first:
            first = floor(start * self.scale + shift)
            last = first + 1
        return (first - shift) / self.scale, (last - first) / self.scale


def _grid(painter: QPainter) -> _Grid | None:
    """The pixel grid under the painter, None on paper and where the picture is turned."""
    if painter.paintEngine().type() in _VECTOR:
        return None
    transform = painter.deviceTransform()
    upright = transform.isAffine() and transform.m12() == transform.m21() == 0
    if not upright or transform.m11() != transform.m22() or transform.m11() <= 0:
        return None
    dx, dy = transform.dx(), transform.dy()
    return _Grid(transform.m11(), dx - floor(dx), dy - floor(dy))


class _Ink:
    """One pass over a display list: remembers the pen and brush that are set."""

    def __init__(self, painter: QPainter, budget: Budget) -> None:
        self.painter = painter
        self.budget = budget
        self.whole = self.base = painter.worldTransform()
        self.grid = self.grid_of_all = _grid(painter)
        # Whether whole pixels are whole to the last digit in px.
        self.exact = self.grid is None or math.frexp(self.grid.scale)[0] == 0.5
        self.shift = 0.0
        self.style: tuple[Style, float] | None = None
        self.bold: bool | None = None
        self.opacity = 1.0
        self.ways: dict[type, Callable[[Any], None]] = {
            Text: self.text, Rect: self.rect, Line: self.line,
            Path: self.path, Bars: self.bars, Image: self.image,
        }  # fmt: skip

    def part(self, part: Part, clusters: Iterable[int]) -> None:
        """Some clusters of a part."""
        if part.dx != self.shift:
            self.shift = part.dx
            self.base = QTransform.fromTranslate(part.dx, 0.0) * self.whole
            self.painter.setWorldTransform(self.base)
            if self.grid_of_all is not None:
                scale, dx, dy = self.grid_of_all
                dx += part.dx * scale
                self.grid = _Grid(scale, dx - floor(dx), dy)
        ways = self.ways
        for item in part.own(clusters):
            ways[item.__class__](item)

    def use(self, style: Style, width: float) -> None:
        """Sets pen, brush and opacity unless they are set already; `width` is the pen's."""
        self.fade(style.opacity)
        if self.style == (style, width):
            return
        self.style = style, width
        self.painter.setPen(pen(style.stroke, width, style.dash))
        self.painter.setBrush(brush(style.fill))

    def fade(self, opacity: float) -> None:
        if opacity != self.opacity:
            self.opacity = opacity
            self.painter.setOpacity(opacity)

    def rect(self, item: Rect) -> None:
        grid, style = self.grid, item.style
        x, y, w, h, width = item.x, item.y, item.w, item.h, style.width
        radius = min(item.radius, w / 2, h / 2)
        if grid is not None and radius == w / 2 == h / 2 and w * grid.scale <= LARGEST:
            self.disc(item, grid)
            return
        if grid is not None and radius <= 0:
            if style.stroke is None:
                if style.fill is not None:
                    x, w = grid.edges(x, w, grid.dx)
                    y, h = grid.edges(y, h, grid.dy)
                    self.fill(x, y, w, h, style.fill, style.opacity)
                return
            width = grid.width(width)
            x, right = grid.line(x, width, grid.dx), grid.line(x + w, width, grid.dx)
            y, bottom = grid.line(y, width, grid.dy), grid.line(y + h, width, grid.dy)
            w, h = right - x, bottom - y
        self.use(style, width)
        if radius > 0:
            self.painter.drawRoundedRect(QRectF(x, y, w, h), radius, radius)
        else:
            self.painter.drawRect(QRectF(x, y, w, h))

    def fill(self, x: float, y: float, w: float, h: float, name: str, opacity: float) -> None:
        """Fills whole pixels, which takes neither pen nor brush."""
        self.fade(opacity)
        if self.exact:
            self.painter.fillRect(QRectF(x, y, w, h), colour(name))
        else:  # a rounding away from an edge would be another shade there
            self.painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            self.painter.fillRect(QRectF(x, y, w, h), colour(name))
            self.painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def line(self, item: Line) -> None:
        grid, style = self.grid, item.style
        width = style.width
        x1, y1, x2, y2 = item.x1, item.y1, item.x2, item.y2
        if grid is not None and style.stroke is not None and (x1 == x2 or y1 == y2):
            width = grid.width(width)
            if not style.dash:
                if x1 == x2:
                    x1, (y1, y2) = grid.line(x1, width, grid.dx) - width / 2, sorted((y1, y2))
                    y1, length = grid.edges(y1, y2 - y1, grid.dy)
                    self.fill(x1, y1, width, length, style.stroke, style.opacity)
                else:
                    y1, (x1, x2) = grid.line(y1, width, grid.dy) - width / 2, sorted((x1, x2))
                    x1, length = grid.edges(x1, x2 - x1, grid.dx)
                    self.fill(x1, y1, length, width, style.stroke, style.opacity)
                return
            if x1 == x2:
                x1 = x2 = grid.line(x1, width, grid.dx)
            else:
                y1 = y2 = grid.line(y1, width, grid.dy)
        if grid is not None and style.stroke is not None:
            # Qt begins the dashes anew where it cuts a line off at the device's edge.
            dashes = _dashes(x1, y1, x2, y2, style.dash)
            self.strokes(dashes, style.stroke, width, style.opacity)
        else:
            self.use(style, width)
            self.painter.drawLine(QLineF(x1, y1, x2, y2))

    def strokes(self, lines: Iterable[QLineF], stroke: str, width: float, opacity: float) -> None:
        """Lines as the quadrangles that they are. Qt's own lines are a shade different where the
        clip cuts through them, and a part that is painted anew must equal a whole painting."""
        self.fade(opacity)
        self.style = None
        self.painter.setPen(pen(None, 0.0, ()))
        self.painter.setBrush(brush(stroke))
        for line in lines:
            if length := line.length():
                across = QPointF(-line.dy(), line.dx()) * (width / 2 / length)
                one, other = line.p1(), line.p2()
                self.painter.drawConvexPolygon(
                    QPolygonF([one + across, other + across, other - across, one - across])
                )

    def path(self, item: Path) -> None:
        style = item.style
        runs = [[QPointF(x, y) for x, y in run] for run in item.runs]
        lines = not item.closed and all(len(run) == 2 for run in runs)
        if lines and self.grid is not None and style.stroke is not None and not style.dash:
            found = (QLineF(start, end) for start, end in runs)
            self.strokes(found, style.stroke, style.width, style.opacity)
            return
        self.use(style, style.width)
        if item.closed:
            outline = QPainterPath()
            for run in runs:
                outline.addPolygon(QPolygonF(run))
                outline.closeSubpath()
            self.painter.drawPath(outline)
        elif lines:
            self.painter.drawLines([QLineF(start, end) for start, end in runs])
        else:
            for run in runs:
                self.painter.drawPolyline(QPolygonF(run))

    def text(self, item: Text) -> None:
        grid = self.grid
        if grid is not None and item.size * grid.scale <= LARGEST:
            scale = grid.scale
            made = title(item.text, item.size * scale, item.bold, item.colour, item.w * scale,
                         self.budget)  # fmt: skip
            if made is None:
                self.budget.wait(item, self.shift)
            else:
                self.copy(made.image, floor(item.x * scale + grid.dx + 0.5) - made.x,
                          floor(item.y * scale + grid.dy + 0.5) - made.y, grid)  # fmt: skip
            return
        text = plain(item.text)
        if not text or item.size <= 0:
            return
        self.style = None
        if self.bold != item.bold:
            self.bold = item.bold
            self.painter.setFont(fonts.font(fonts.REFERENCE, item.bold))
        self.painter.setPen(pen(item.colour, 1.0, ()))
        self.fade(1.0)
        scale = item.size / fonts.REFERENCE
        across = scale * fit(text, item.bold, item.size, item.w)
        place = QTransform(across, 0.0, 0.0, scale, item.x, item.y)
        self.painter.setWorldTransform(place * self.base)
        self.painter.drawText(QPointF(0.0, 0.0), text)
        self.painter.setWorldTransform(self.base)

    def copy(self, image: QImage, x: int, y: int, grid: _Grid) -> None:
        """Copies an image to whole device pixels."""
        if self.opacity != 1.0:
            self.fade(1.0)
        if grid.scale == 1.0 and grid.dx == grid.dy == 0.0:
            self.painter.drawImage(x, y, image)
            return
        if grid.scale != 1.0:
            image = QImage(image)  # the same pixels, under another ratio
            image.setDevicePixelRatio(grid.scale)
        self.painter.drawImage(
            QPointF((x - grid.dx) / grid.scale, (y - grid.dy) / grid.scale), image
        )

    def disc(self, item: Rect, grid: _Grid) -> None:
        scale = grid.scale
        across = floor((item.x * scale + grid.dx) * PHASES + 0.5)
        down = floor((item.y * scale + grid.dy) * PHASES + 0.5)
        made = disc(
            item.w * scale, item.style.width * scale, item.style, across % PHASES, down % PHASES
        )
        self.copy(made.image, across // PHASES - made.x, down // PHASES - made.y, grid)

    def bars(self, item: Bars) -> None:
        if self.grid is not None:
            self.bars_on_grid(item, self.grid)
            return
        self.use(item.style, 0.0)
        self.painter.drawRects([QRectF(*each) for each in item.rects()])

    def bars_on_grid(self, item: Bars, grid: _Grid) -> None:
        """The bars as one image of whole device pixels: hundreds of them in one call."""
        heights = np.rint(item.heights.array * grid.scale).astype(np.int32)
        most = int(heights.max(initial=0))
        if not most:
            return
        if not item.gap and self.runs(item, heights, grid):
            return
        # Each begins on the very pixel that it begins on as a run of its own.
        edges = (item.x + np.arange(len(heights) + 1) * item.step) * grid.scale + grid.dx
        edges = np.floor(edges + 0.5).astype(np.int64)
        first, wide = int(edges[0]), int(edges[-1] - edges[0])
        if not wide:
            return
        nth = np.repeat(np.arange(len(heights)), np.diff(edges))
        columns = heights[nth]
        if item.gap:
            at = np.arange(first, first + wide) + 0.5 - grid.dx - item.x * grid.scale
            columns[at / (item.step * grid.scale) - nth >= 1 - item.gap / item.step] = 0
        ink = QColor(colour(item.style.fill or "#000000"))
        ink.setAlphaF(item.style.opacity)
        # A table with a column of pixels for each height: 0 to `most` of them, from below.
        inked = np.arange(most - 1, -1, -1)[:, None] < np.arange(most + 1)
        data = np.take(np.where(inked, np.uint32(_premultiplied(ink)), np.uint32(0)), columns, 1)
        image = QImage(
            data.data, wide, most, 4 * wide, QImage.Format.Format_ARGB32_Premultiplied
        )  # fmt: skip
        bottom = floor(item.base * grid.scale + grid.dy + 0.5)
        self.copy(image, first, bottom - most, grid)

    def runs(self, item: Bars, heights: NDArray[np.int32], grid: _Grid) -> bool:
        """Fills bars that make up a few runs of one height; False where they are many."""
        ends = np.flatnonzero(np.diff(heights, append=-1)) + 1
        if len(ends) > _FEW_RUNS:
            return False
        bottom = floor(item.base * grid.scale + grid.dy + 0.5)
        first = 0
        for behind in ends.tolist():
            height = int(heights[first])
            x, w = grid.edges(item.x + first * item.step, (behind - first) * item.step, grid.dx)
            if height:
                self.fill(x, (bottom - height - grid.dy) / grid.scale, w, height / grid.scale,
                          item.style.fill or "#000000", item.style.opacity)  # fmt: skip
            first = behind
        return True

    def image(self, item: Image) -> None:
        self.fade(1.0)
        self.style = None
        self.painter.drawImage(QRectF(item.x, item.y, item.w, item.h), _image(item.png))


def _premultiplied(ink: QColor) -> int:
    """A colour as a pixel whose channels are multiplied by its alpha."""
    alpha = ink.alpha()
    red, green, blue = (
        round(each * alpha / 255) for each in (ink.red(), ink.green(), ink.blue())
    )  # fmt: skip
    return alpha << 24 | red << 16 | green << 8 | blue


def _dashes(x1: float, y1: float, x2: float, y2: float, dash: tuple[float, ...]) -> list[QLineF]:
    """The drawn parts of a dashed line, from its first end on; of one without dashes itself."""
    length = math.hypot(x2 - x1, y2 - y1)
    period = sum(dash) * (2 if len(dash) % 2 else 1)
    if period <= 0 or length <= 0:
        return [QLineF(x1, y1, x2, y2)]
    whole = QLineF(x1, y1, x2, y2)
    drawn: list[QLineF] = []
    at, number = 0.0, 0
    while at < length:
        end = min(at + dash[number % len(dash)], length)
        if number % 2 == 0:
            drawn.append(QLineF(whole.pointAt(at / length), whole.pointAt(end / length)))
        at, number = end, number + 1
    return drawn


@lru_cache(maxsize=16)
def _image(png: bytes) -> QImage:
    return QImage.fromData(png)
