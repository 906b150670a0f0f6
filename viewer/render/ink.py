"""Items one by one, in px, with pen and brush: on paper, and what else no stamp can do.

Text is taken at one reference size and scaled, so that any type size is exact, and squeezed
or stretched where the font's own advance differs from the measured width.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPolygonF, QTransform

from viewer.display import Bars, Image, Line, Path, Rect, Text
from viewer.render import fonts
from viewer.render.grid import Grid, grid_of
from viewer.render.inks import brush, fit, pen
from viewer.render.plain import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from viewer.display import Primitive, Style


class Ink:
    """Draws items one by one in px: remembers the pen and brush that are set. `is_cut` tells
    whether a clip may cut through what is drawn."""

    def __init__(self, painter: QPainter, *, is_cut: bool = False) -> None:
        self.painter, self.is_cut = painter, is_cut
        self.whole = self.base = painter.worldTransform()
        found = grid_of(painter)
        self.grid = self.grid_of_all = None if found is None else found.fraction()
        self.shift = 0.0
        self.style: tuple[Style, float] | None = None
        self.bold: bool | None = None
        self.opacity = 1.0
        self.ways: dict[type, Callable[[Any], None]] = {
            Text: self.text, Rect: self.rect, Line: self.line,
            Path: self.path, Bars: self.bars, Image: self.image,
        }  # fmt: skip

    def move(self, dx: float) -> None:
        """What follows is drawn so many px further right than it says."""
        if dx != self.shift:
            self.shift = dx
            self.base = QTransform.fromTranslate(dx, 0.0) * self.whole
            self.painter.setWorldTransform(self.base)
            if self.grid_of_all is not None:
                scale, all_dx, dy = self.grid_of_all
                self.grid = Grid(scale, all_dx + dx * scale, dy).fraction()

    def draw(self, item: Primitive) -> None:
        self.ways[item.__class__](item)

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
        if grid is not None and radius <= 0 and style.stroke is not None:
            width = grid.thick(width) / grid.scale
            x, right = grid.line(x, width, grid.dx), grid.line(x + w, width, grid.dx)
            y, bottom = grid.line(y, width, grid.dy), grid.line(y + h, width, grid.dy)
            w, h = right - x, bottom - y
        self.use(style, width)
        if radius > 0:
            self.painter.drawRoundedRect(QRectF(x, y, w, h), radius, radius)
        else:
            self.painter.drawRect(QRectF(x, y, w, h))

    def line(self, item: Line) -> None:
        grid, style = self.grid, item.style
        width = style.width
        x1, y1, x2, y2 = item.x1, item.y1, item.x2, item.y2
        if grid is not None and style.stroke is not None and (x1 == x2 or y1 == y2):
            width = grid.thick(width) / grid.scale
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
        """Lines, as the quadrangles that they are where a clip may cut through them: Qt's own are
        a shade different there, and a part that is painted anew must equal a whole painting."""
        self.fade(opacity)
        self.style = None
        if not self.is_cut:
            self.painter.setPen(pen(stroke, width, ()))
            self.painter.drawLines(list(lines))
            return
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

    def bars(self, item: Bars) -> None:
        self.use(item.style, 0.0)
        self.painter.drawRects([QRectF(*each) for each in item.rects()])

    def image(self, item: Image) -> None:
        self.fade(1.0)
        self.style = None
        self.painter.drawImage(QRectF(item.x, item.y, item.w, item.h), _image(item.png))


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
