"""The first sight of a large file: its lanes, its time, and how many dates begin when.

It is up in half the time that the window needs to be made, from what the file's indexes tell, and
the window takes its place as soon as that is drawn: with an outline first, then with all events.
Like the opening picture, of which there is none yet, it is painted before numpy and the layout
are there.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from db.dates import day
from db.errors import AllianceError
from viewer.layout import navigation
from viewer.layout.ticks import UNITS, ticks
from viewer.layout.timescale import TimeScale
from viewer.render.family import family
from viewer.themes import theme
from viewer.widgets.files.opening_picture import show_until
from viewer.widgets.main_window import panel_widths
from viewer.widgets.settings import system_theme
from viewer.words import t
from viewer.words.dates import tick_words

if TYPE_CHECKING:
    from pathlib import Path

    from db.records import Language
    from db.sight import Sight
    from viewer.themes import Theme
    from viewer.widgets.main_window import MainWindow
    from viewer.widgets.settings import Settings

# About where the window will have its picture: px and ems above and below, px of the overview.
_ABOVE, _BELOW, _OVERVIEW = (46.0, 3.4), (6.0, 1.7), 96.0
_AXIS, _HEADING = 3.1, 1.9  # ems
_SIDE, _GAP, _LANE_BAR, _IN = 14.0, 6.0, 5.0, 5.0  # px
_LONG = day(1988, 9, 28)  # writes as much as any day
_AIR = 7.0  # px between the words of a notice and its edge


def show(
    window: MainWindow, seen: Sight, path: Path, settings: Settings, language: Language
) -> bool:
    """Shows a window that is still empty with what was seen of its file; returns when it is
    painted. What the user does meanwhile waits for the window's parts, but for closing it.
    False where there is no font for it, which the window itself tells."""
    try:
        family()
    except AllianceError:
        return False
    name = system_theme() if settings.theme == "system" else settings.theme
    found = FirstSight(seen, theme(name), language, settings.type_size, window)
    window.setWindowTitle(f"{path.name} — {t('window.program', language)}")
    show_until(found.painted, window)
    return True


class FirstSight(QWidget):
    """Lies on a window that is still empty, then on its parts until its picture is drawn."""

    painted = Signal()

    def __init__(
        self, seen: Sight, colours: Theme, language: Language, em: float, window: MainWindow
    ) -> None:
        super().__init__(window)
        self._seen, self._colours, self._language, self._em = seen, colours, language, em
        self._shows = window
        # Not told to be opaque: what lies under it has to be painted for it to go.
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(t("bigfiles.sight", language))
        self.resize(window.size())
        window.filled.connect(self._stay)

    def _stay(self) -> None:
        self.raise_()
        self._shows.canvas.drawn.connect(self._leave)

    def _leave(self) -> None:
        self._shows.canvas.drawn.disconnect(self._leave)
        QTimer.singleShot(0, self.deleteLater)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._colours["panel"]))
        left, right = panel_widths(self.width())
        em = self._em
        above, below = (px + ems * em for px, ems in (_ABOVE, _BELOW))
        area = QRectF(self.rect()).adjusted(left, above, -right, -below)
        picture = area.adjusted(0, 0, 0, -_OVERVIEW)
        painter.fillRect(picture, QColor(self._colours["ground"]))
        seen = self._seen
        start, end = navigation.with_margin(float(seen.first), seen.last + 1.0)
        scale = TimeScale(start, end, area.left() + _SIDE, area.right() - _SIDE)
        painter.setClipRect(area)
        self._paint_axis(painter, picture, scale)
        self._paint_lanes(painter, picture)
        self._paint_begun(painter, QRectF(picture.bottomLeft(), area.bottomRight()), scale)
        self._paint_notice(painter, picture)
        painter.end()
        self.painted.emit()

    def _font(self, size: float, *, bold: bool = False) -> QFont:
        made = QFont(family())
        made.setPixelSize(max(1, round(size)))
        made.setBold(bold)
        made.setKerning(False)
        return made

    def _paint_axis(self, painter: QPainter, area: QRectF, scale: TimeScale) -> None:
        em, colours = self._em, self._colours
        room = QFontMetricsF(self._font(em))
        unit, above = UNITS[-1][0], UNITS[-1][2]
        for each, length, over in reversed(UNITS):
            widest = room.horizontalAdvance(tick_words(each, _LONG, self._language, major=False))
            if 0.93 * length * scale.px_per_day < widest + 2 * _IN:
                break
            unit, above = each, over
        if unit != above:
            self._paint_tier(painter, area, scale, above, major=True)
        self._paint_tier(painter, area, scale, unit, major=False)
        axis = area.top() + _AXIS * em
        painter.setPen(QColor(colours["border"]))
        painter.drawLine(QPointF(area.left(), axis - 0.5), QPointF(area.right(), axis - 0.5))

    def _paint_tier(
        self, painter: QPainter, area: QRectF, scale: TimeScale, unit: str, *, major: bool
    ) -> None:
        em, colours = self._em, self._colours
        painter.setFont(self._font(em if major else 0.92 * em, bold=major))
        room, axis = painter.fontMetrics(), area.top() + _AXIS * em
        top, bottom = (area.top(), axis - 1.5 * em) if major else (axis - 1.6 * em, axis)
        for each in ticks(unit, scale, self._language, major=major):
            x, end = round(scale.x(each.day)) + 0.5, scale.x(each.next_day)
            painter.setPen(QColor(colours["border" if major else "rule"]))
            painter.drawLine(QPointF(x, top), QPointF(x, axis if major else area.bottom()))
            # A text of the upper tier stays at the edge that cuts its cell.
            x = (max(x, area.left() + _LANE_BAR) if major else x) + _IN
            wide = room.horizontalAdvance(each.text)
            if x >= area.left() and x + wide <= min(end, area.right()):
                painter.setPen(QColor(colours["text" if major else "muted"]))
                place = QRectF(x, top, wide + em, bottom - top)
                painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, each.text)

    def _paint_lanes(self, painter: QPainter, area: QRectF) -> None:
        em, lanes = self._em, self._seen.lanes
        top = area.top() + _AXIS * em + _GAP / 2
        room = (area.bottom() - top) / max(len(lanes), 1)
        painter.setFont(self._font(min(1.15 * em, 0.8 * room), bold=True))
        for each in lanes:
            palette = self._colours.palette(each.colour)
            painter.fillRect(
                QRectF(area.left(), top, _LANE_BAR, room - _GAP), QColor(palette.strong)
            )
            painter.setPen(QColor(palette.text))
            heading = QRectF(area.left() + _SIDE, top, area.width(), min(_HEADING * em, room))
            name = each.name.text(self._language)
            painter.drawText(heading, Qt.AlignmentFlag.AlignVCenter, name)
            top += room

    def _paint_begun(self, painter: QPainter, area: QRectF, scale: TimeScale) -> None:
        """A bar for each part of the time: as the overview has it, by the root of the number."""
        seen = self._seen
        most = max(seen.begun) or 1
        base, height = area.bottom() - 2, area.height() - 0.6 * self._em
        colour = QColor(self._colours.palette("neutral").strong)
        for number, count in enumerate(seen.begun):
            if count:
                left, right = scale.x(seen.part(number)), scale.x(seen.part(number + 1))
                high = max(height * sqrt(count / most), 1.5)
                painter.fillRect(QRectF(left, base - high, max(right - left - 1, 1), high), colour)

    def _paint_notice(self, painter: QPainter, area: QRectF) -> None:
        em, colours = self._em, self._colours
        painter.setFont(self._font(em, bold=True))
        words = t("bigfiles.sight", self._language)
        size = painter.fontMetrics().size(0, words)
        width, height = size.width() + 2 * _AIR, size.height() + _AIR
        top = area.top() + _AXIS * em + _AIR
        bubble = QRectF(area.center().x() - width / 2, top, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours["accent"]), 1.0))
        painter.setBrush(QColor(colours["raised"]))
        painter.drawRoundedRect(bubble, 5.0, 5.0)
        painter.setPen(QColor(colours["text"]))
        painter.drawText(bubble, Qt.AlignmentFlag.AlignCenter, words)
