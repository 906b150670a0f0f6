"""Pens, brushes and fonts for the painter, and the small pictures that it draws again and again.

A title or a disc is drawn once into an image of its own, which is then copied wherever it
stands: in whole device pixels for a title, in eighths of one for a disc.
"""

from __future__ import annotations

import math
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen, QTransform

from viewer.display import reach
from viewer.render import fonts
from viewer.render.plain import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from viewer.display import Style, Text

HINTS = (
    QPainter.RenderHint.Antialiasing
    | QPainter.RenderHint.TextAntialiasing
    | QPainter.RenderHint.SmoothPixmapTransform
    | QPainter.RenderHint.LosslessImageRendering
)
LARGEST = 40.0  # device pixels of a type size or a disc; larger ones are drawn where they stand
MOST_TITLES = 1200  # that are kept; half of them at least
PHASES = 8  # places of a disc between two pixels
QUARTERS = 4  # and of a rectangle with round corners
_FIT = 0.001  # a difference of width below this is nobody's to see


class Sprite(NamedTuple):
    """A picture in device pixels, and where in it the point is that it is placed by."""

    image: QImage
    x: int
    y: int


def blank(width: float, height: float) -> QImage:
    """An image with nothing on it."""
    image = QImage(math.ceil(width), math.ceil(height), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    return image


class Budget:
    """How many titles may still be drawn for the first time (None: all), and where those would
    stand that waited: boxes in px. A title costs fifty times its copy, so while a hand zooms or
    pans a frame draws a few of them and leaves the others to the next idle moment."""

    def __init__(self, left: int | None = None) -> None:
        self.left = left
        self.waiting: list[tuple[float, float, float, float]] = []

    def take(self) -> bool:
        """Whether one more may be drawn."""
        if self.left is None:
            return True
        self.left -= 1
        return self.left >= 0

    def wait(self, item: Text, dx: float) -> None:
        """Keeps account of a title that was left out, `dx` px further right than it says."""
        left, top, right, bottom = reach(item)
        self.waiting.append((left + dx, top, right + dx, bottom))


UNLIMITED = Budget()
_NOTHING = Sprite(QImage(), 0, 0)
TitleKey = tuple[str, float, bool, str, float]
"""Text, type size in device pixels, whether it is bold, colour, width in device pixels."""
# Titles in two generations: what is asked for again moves on to the younger one, and where that
# is full the older one goes. A title costs a frame one look into a dictionary so.
_titles: list[dict[TitleKey, Sprite]] = [{}, {}]
_lock = Lock()  # an export paints in a thread of its own


def kept_title(key: TitleKey) -> Sprite | None:
    """The picture of a line of text that was asked for lately."""
    return _titles[0].get(key)


def title(key: TitleKey, budget: Budget = UNLIMITED) -> Sprite | None:
    """The picture of a line of text, placed by where its baseline starts; None where it is not
    drawn yet and the budget has no room for it."""
    with _lock:
        young, old = _titles
        found = young.get(key) or old.get(key)
    if found is None:
        if not budget.take():
            return None
        found = _title(*key)
    with _lock:
        if len(_titles[0]) >= MOST_TITLES // 2:
            _titles[:] = {}, _titles[0]
        _titles[0][key] = found
    return found


def forget_titles() -> None:
    """Draws all titles anew when they are asked for."""
    with _lock:
        _titles[:] = {}, {}


def _title(text: str, size: float, bold: bool, colour_name: str, width: float) -> Sprite:
    text = plain(text)
    if not text or size <= 0:
        return _NOTHING
    around = math.ceil(0.3 * size) + 1  # glyphs may lean out of their line
    up = math.ceil(1.2 * size)
    image = blank(width + 2 * around, 1.7 * size)
    scale = size / fonts.REFERENCE
    painter = QPainter(image)
    painter.setRenderHints(HINTS)
    painter.setFont(fonts.font(fonts.REFERENCE, bold))
    painter.setPen(pen(colour_name, 1.0, ()))
    across = scale * fit(text, bold, size, width)
    painter.setWorldTransform(QTransform(across, 0.0, 0.0, scale, around, up))
    painter.drawText(QPointF(0.0, 0.0), text)
    painter.end()
    left, top, wide, high = _inked(image)
    return Sprite(image.copy(left, top, wide, high), around - left, up - top)


def _inked(image: QImage) -> tuple[int, int, int, int]:
    """Left, top, width and height of what is not transparent: copying the rest would change
    nothing, and take a third of the time."""
    pixels = np.frombuffer(image.constBits(), np.uint32)
    pixels = pixels.reshape(image.height(), -1)[:, : image.width()]
    down, across = np.flatnonzero(pixels.any(axis=1)), np.flatnonzero(pixels.any(axis=0))
    if not len(down):
        return 0, 0, 1, 1
    left, top = int(across[0]), int(down[0])
    return left, top, int(across[-1]) + 1 - left, int(down[-1]) + 1 - top


@lru_cache(maxsize=600)
def disc(diameter: float, stroke: float, style: Style, across: int, down: int) -> Sprite:
    """A disc and its rim, in device pixels, shifted by eighths of one; placed by its corner."""
    size, corner = QSizeF(diameter, diameter), QPointF(across / PHASES, down / PHASES)
    return _shape(size, corner, stroke, math.ceil(stroke) + 1, style, QPainter.drawEllipse)


@lru_cache(maxsize=384)
def rounded(
    width: float, height: float, radius: float, stroke: float, style: Style, across: int, down: int
) -> Sprite:
    """A rectangle with round corners and its outline, as `disc` has its own, shifted by quarters
    of a pixel."""

    def draw(painter: QPainter, place: QRectF) -> None:
        painter.drawRoundedRect(place, radius, radius)

    size, corner = QSizeF(width, height), QPointF(across / QUARTERS, down / QUARTERS)
    return _shape(size, corner, stroke, math.ceil(stroke / 2) + 1, style, draw)


def _shape(
    size: QSizeF,
    corner: QPointF,
    stroke: float,
    around: int,
    style: Style,
    draw: Callable[[QPainter, QRectF], None],
) -> Sprite:
    """What is drawn in a style, with `around` pixels of air; its corner is part of a pixel on."""
    image = blank(size.width() + 2 * around + 1, size.height() + 2 * around + 1)
    painter = QPainter(image)
    painter.setRenderHints(HINTS)
    dash = tuple(length * stroke / style.width for length in style.dash)
    painter.setPen(pen(style.stroke, stroke, dash))
    painter.setBrush(brush(style.fill))
    painter.setOpacity(style.opacity)
    draw(painter, QRectF(QPointF(around, around) + corner, size))
    painter.end()
    return Sprite(image, around, around)


@lru_cache(maxsize=256)
def colour(name: str) -> QColor:
    return QColor(name)


@lru_cache(maxsize=256)
def brush(name: str | None) -> QBrush:
    return QBrush(Qt.BrushStyle.NoBrush) if name is None else QBrush(colour(name))


@lru_cache(maxsize=512)
def pen(name: str | None, width: float, dash: tuple[float, ...]) -> QPen:
    if name is None or width <= 0:
        return QPen(Qt.PenStyle.NoPen)
    pen = QPen(colour(name), width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if dash:
        # Qt counts dashes in pen widths and wants pairs, as SVG makes of an odd number.
        pairs = dash if len(dash) % 2 == 0 else dash * 2
        pen.setDashPattern([length / width for length in pairs])
    return pen


def _advance(text: str, bold: bool) -> float:
    """The width in ems that Qt gives a line. Of ASCII the measure knows it, which is faster."""
    if text.isascii():
        return fonts.measure().width(text, bold)
    return fonts.advance(text, bold)


def fit(text: str, bold: bool, size: float, width: float) -> float:
    """How much wider than by itself a text is drawn, to be `width` px wide."""
    measured, own = width, _advance(text, bold) * size
    if measured <= 0 or own <= 0 or abs(own / measured - 1) <= _FIT:
        return 1.0
    return measured / own
