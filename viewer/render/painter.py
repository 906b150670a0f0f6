"""The one drawing routine for Qt: screen, PNG and PDF translate the same display list.

On a raster device lines and the edges of plain rectangles are moved to whole device pixels,
so that a rule is crisp and neighbours leave no seam; on paper everything stays where it is.
Text is taken at one reference size and scaled, so that any type size is exact, and squeezed
or stretched where the font's own advance differs from the measured width.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

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

from viewer.display import Bars, Image, Line, Path, Rect, Text, box
from viewer.render import fonts
from viewer.render.inks import HINTS, LARGEST, PHASES, brush, colour, disc, fit, pen, title
from viewer.render.plain import plain

if TYPE_CHECKING:
    from viewer.display import DisplayList, Primitive, Style

_VECTOR = (QPaintEngine.Type.Pdf, QPaintEngine.Type.SVG, QPaintEngine.Type.Picture)


def paint(painter: QPainter, display: DisplayList, area: QRectF | None = None) -> None:
    """Paints the background and every item, in order, in the painter's own coordinates.

    The painter's transform says how many device pixels a px of the picture is. With an `area`
    (px of the picture) only what touches it is painted; the caller clips where that matters.
    The painter's state is given back as it was.
    """
    painter.save()
    painter.setRenderHints(HINTS)
    whole = QRectF(0.0, 0.0, display.width, display.height)
    painter.fillRect(whole if area is None else area & whole, colour(display.background))
    ink = _Ink(painter, _grid(painter))
    for item in display.items:
        if area is None or _touches(item, area):
            ink.draw(item)
    painter.restore()


@dataclass(frozen=True, slots=True)
class _Grid:
    """The device's pixels: `scale` of them per px, shifted by `dx` and `dy`."""

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
        place = math.floor(place) + 0.5 if odd else math.floor(place + 0.5)
        return (place - shift) / self.scale

    def edges(self, start: float, length: float, shift: float) -> tuple[float, float]:
        """Start and length of a filled run on whole pixels, one pixel at least, in px."""
        first = math.floor(start * self.scale + shift + 0.5)
        last = math.floor((start + length) * self.scale + shift + 0.5)
        if last <= first:
            first = math.floor(start * self.scale + shift)
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
    return _Grid(transform.m11(), transform.dx(), transform.dy())


class _Ink:
    """One pass over a display list: remembers the pen and brush that are set."""

    def __init__(self, painter: QPainter, grid: _Grid | None) -> None:
        self.painter = painter
        self.grid = grid
        self.base = painter.worldTransform()
        self.style: tuple[Style, float] | None = None
        self.bold: bool | None = None
        self.opacity = 1.0

    def draw(self, item: Primitive) -> None:
        if isinstance(item, Text):
            self.text(item)
        elif isinstance(item, Rect):
            self.rect(item)
        elif isinstance(item, Line):
            self.line(item)
        elif isinstance(item, Path):
            self.path(item)
        elif isinstance(item, Bars):
            self.bars(item)
        else:
            self.image(item)

    def use(self, style: Style, width: float) -> None:
        """Sets pen, brush and opacity unless they are set already; `width` is the pen's."""
        if self.style == (style, width):
            return
        self.style = style, width
        self.painter.setPen(pen(style.stroke, width, style.dash))
        self.painter.setBrush(brush(style.fill))
        self.fade(style.opacity)

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
                x, w = grid.edges(x, w, grid.dx)
                y, h = grid.edges(y, h, grid.dy)
            else:
                width = grid.width(width)
                x, right = grid.line(x, width, grid.dx), grid.line(x + w, width, grid.dx)
                y, bottom = grid.line(y, width, grid.dy), grid.line(y + h, width, grid.dy)
                w, h = right - x, bottom - y
        self.use(style, width)
        if radius > 0:
            self.painter.drawRoundedRect(QRectF(x, y, w, h), radius, radius)
        else:
            self.painter.drawRect(QRectF(x, y, w, h))

    def line(self, item: Line) -> None:
        grid, width = self.grid, item.style.width
        x1, y1, x2, y2 = item.x1, item.y1, item.x2, item.y2
        if grid is not None and (x1 == x2 or y1 == y2):
            width = grid.width(width)
            if x1 == x2:
                x1 = x2 = grid.line(x1, width, grid.dx)
            else:
                y1 = y2 = grid.line(y1, width, grid.dy)
        self.use(item.style, width)
        if grid is not None and item.style.dash:
            # Qt begins the dashes anew where it cuts a line off at the device's edge.
            self.painter.setPen(pen(item.style.stroke, width, ()))
            self.style = None
            self.painter.drawLines(_dashes(x1, y1, x2, y2, item.style.dash))
        else:
            self.painter.drawLine(QLineF(x1, y1, x2, y2))

    def path(self, item: Path) -> None:
        self.use(item.style, item.style.width)
        runs = [[QPointF(x, y) for x, y in run] for run in item.runs]
        if item.closed:
            outline = QPainterPath()
            for run in runs:
                outline.addPolygon(QPolygonF(run))
                outline.closeSubpath()
            self.painter.drawPath(outline)
        elif all(len(run) == 2 for run in runs):
            self.painter.drawLines([QLineF(start, end) for start, end in runs])
        else:
            for run in runs:
                self.painter.drawPolyline(QPolygonF(run))

    def text(self, item: Text) -> None:
        text = plain(item.text)
        if not text or item.size <= 0:
            return
        self.style = None
        grid = self.grid
        if grid is not None and item.size * grid.scale <= LARGEST:
            width = item.w * grid.scale
            made = title(text, item.size * grid.scale, item.bold, item.colour, width)
            self.copy(made.image, round(item.x * grid.scale + grid.dx) - made.x,
                      round(item.y * grid.scale + grid.dy) - made.y, grid)  # fmt: skip
            return
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
        self.fade(1.0)
        if grid.scale != 1.0:
            image = QImage(image)  # the same pixels, under another ratio
            image.setDevicePixelRatio(grid.scale)
        self.painter.drawImage(
            QPointF((x - grid.dx) / grid.scale, (y - grid.dy) / grid.scale), image
        )

    def disc(self, item: Rect, grid: _Grid) -> None:
        x, y = item.x * grid.scale + grid.dx, item.y * grid.scale + grid.dy
        across, down = round(x * PHASES), round(y * PHASES)
        made = disc(
            item.w * grid.scale, item.style.width * grid.scale, item.style,
            across % PHASES, down % PHASES,
        )  # fmt: skip
        self.copy(made.image, across // PHASES - made.x, down // PHASES - made.y, grid)

    def bars(self, item: Bars) -> None:
        if self.grid is not None:
            self.bars_on_grid(item, self.grid)
            return
        self.use(item.style, 0.0)
        self.painter.drawRects([QRectF(*each) for each in item.rects()])

    def bars_on_grid(self, item: Bars, grid: _Grid) -> None:
        """The bars as one image of whole device pixels: hundreds of them in one call."""
        heights = np.round(np.array(item.heights) * grid.scale).astype(np.int64)
        most = int(heights.max(initial=0))
        if not most:
            return
        x, w = grid.edges(item.x, item.step * len(heights), grid.dx)
        wide = round(w * grid.scale)
        step = item.step * grid.scale
        offset = (x - item.x) * grid.scale + 0.5
        place = (np.arange(wide) + offset) / step
        nth = np.clip(np.floor(place).astype(np.int64), 0, len(heights) - 1)
        columns = np.where(place - nth < 1 - item.gap / item.step, heights[nth], 0)
        ink = QColor(colour(item.style.fill or "#000000"))
        ink.setAlphaF(item.style.opacity)
        inked = np.arange(most)[:, None] >= most - columns[None, :]
        pixels = np.where(inked, np.uint32(ink.rgba()), np.uint32(0))
        data = np.ascontiguousarray(pixels, np.uint32)
        image = QImage(data.data, wide, most, 4 * wide, QImage.Format.Format_ARGB32)
        self.fade(1.0)
        self.style = None
        bottom = math.floor(item.base * grid.scale + grid.dy + 0.5)
        top = (bottom - most - grid.dy) / grid.scale
        self.painter.drawImage(QRectF(x, top, w, most / grid.scale), image)

    def image(self, item: Image) -> None:
        self.fade(1.0)
        self.style = None
        self.painter.drawImage(QRectF(item.x, item.y, item.w, item.h), _image(item.png))


def _dashes(x1: float, y1: float, x2: float, y2: float, dash: tuple[float, ...]) -> list[QLineF]:
    """The drawn parts of a dashed line, from its first end on."""
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


def _touches(item: Primitive, area: QRectF) -> bool:
    """Whether an item's ink may lie in `area`: its box, its stroke, and a pixel for the grid."""
    x, y, w, h = box(item)
    if isinstance(item, Text):
        # Glyphs may lean out of their line a little, accents and brackets above all.
        reach = 0.3 * item.size
    elif isinstance(item, Image):
        reach = 1.0
    else:
        reach = item.style.width + 1.0
    return (
        x - reach <= area.right()
        and y - reach <= area.bottom()
        and x + w + reach >= area.left()
        and y + h + reach >= area.top()
    )


@lru_cache(maxsize=16)
def _image(png: bytes) -> QImage:
    return QImage.fromData(png)
