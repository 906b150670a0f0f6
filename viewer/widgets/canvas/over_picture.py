"""What the window paints over the picture: rings around what is selected, the bands of gestures,
and where a date that is being dragged would stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from db import dates
from viewer.display import box
from viewer.layout.events import RADIUS
from viewer.layout.frame import SIDE
from viewer.render import fonts
from viewer.widgets.canvas.walk import STOPS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.records import Ref
    from viewer.display import DisplayList, Theme
    from viewer.layout import TimeScale

_RING, _RING_OFF = 0.13, 0.21  # ems: together clear of the label beside a mark
_BAR_CORNER = 5.0
_AIR = 7.0  # px between the words of a bubble and its edge


class Ghost(NamedTuple):
    """A mark where it would stand: its date, the middle of its row in px, and whether it is the
    one in the hand. What goes on is drawn up to the day `as_of`."""

    edtf: str
    y: float
    held: bool
    as_of: int


def paint_rings(
    painter: QPainter, display: DisplayList, refs: tuple[Ref, ...], em: float, colours: Theme
) -> None:
    """A ring around each mark of the selected events, or around the heading of the stage. Where
    there are several, the last of them, which the walk is at, has the darker one."""
    if not refs:
        return
    chosen = set(refs)
    items = [item for item in display.items if item.ref in chosen and item.role in STOPS]
    if not items:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    whole, off = QRectF(), _RING_OFF * em
    for item in items:
        token = "text" if item.ref == refs[-1] else "accent"
        painter.setPen(QPen(QColor(colours[token]), _RING * em))
        around = QRectF(*box(item)).adjusted(-off, -off, off, off)
        if item.role == "heading":
            whole |= around  # a title and what is written behind it
        else:
            radius = around.height() / 2 if item.role == "mark" else _BAR_CORNER
            painter.drawRoundedRect(around, radius, radius)
    if not whole.isNull():
        painter.drawRoundedRect(whole, _BAR_CORNER, _BAR_CORNER)


def paint_band(painter: QPainter, area: QRectF, colours: Theme) -> None:
    """A span to zoom to, or a box whose marks are to be chosen."""
    colour = QColor(colours["accent"])
    painter.setPen(QPen(colour, 1.0))
    colour.setAlpha(40)
    painter.setBrush(colour)
    painter.drawRect(area)


def paint_frame(painter: QPainter, area: QRectF, colours: Theme) -> None:
    """Around a place of a strip that the keys are at."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colours["text"]), 2.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(area, 3.0, 3.0)


def paint_moved(
    painter: QPainter,
    ghosts: Iterable[Ghost],
    words: str,
    scale: TimeScale,
    em: float,
    colours: Theme,
) -> None:
    """The marks where they would stand, and over the one that is held a bubble with the date."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for ghost in ghosts:
        area = _area(ghost, scale, em)
        colour = QColor(colours["accent"])
        painter.setPen(QPen(colour, _RING * em))
        colour.setAlpha(150)
        painter.setBrush(colour)
        corner = min(area.height(), area.width()) / 2
        painter.drawRoundedRect(area, corner, corner)
        if ghost.held:
            _paint_bubble(painter, area, scale.right + SIDE, words, em, colours)


def paint_notice(
    painter: QPainter, words: str, width: float, axis: float, em: float, colours: Theme
) -> None:
    """A bubble in the middle, under the axis: what the picture still waits for."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_bubble(painter, QRectF(width / 2, 0.0, 0.0, axis), width, words, em, colours)


def _area(ghost: Ghost, scale: TimeScale, em: float) -> QRectF:
    """Where a date is drawn: a point in the middle of its day, anything longer as its span."""
    date = dates.parse(ghost.edtf)
    known = [day for day in (date.first, date.last) if day is not None]
    until = max(known[-1], ghost.as_of) if date.open_end else known[-1]
    left, right = scale.x(known[0]), scale.x(until + 1)
    half = RADIUS * em
    middle = (left + right) / 2
    left, right = min(left, middle - half), max(right, middle + half)
    return QRectF(left, ghost.y - half, right - left, 2 * half)


def _paint_bubble(
    painter: QPainter, mark: QRectF, room: float, words: str, em: float, colours: Theme
) -> None:
    """Above the mark, below it where there is no room, and never past the picture's edges."""
    painter.setFont(fonts.font(em, bold=True))
    size = painter.fontMetrics().size(0, words)
    width, height = size.width() + 2 * _AIR, size.height() + _AIR
    left = min(max(mark.center().x() - width / 2, 4.0), max(room - width - 4.0, 4.0))
    top = mark.top() - height - _AIR
    if top < 4.0:
        top = mark.bottom() + _AIR
    area = QRectF(QPointF(left, top), QPointF(left + width, top + height))
    painter.setPen(QPen(QColor(colours["accent"]), 1.0))
    painter.setBrush(QColor(colours["raised"]))
    painter.drawRoundedRect(area, _BAR_CORNER, _BAR_CORNER)
    painter.setPen(QColor(colours["text"]))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, words)
