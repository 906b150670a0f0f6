"""A check box as wide as its panel, with its colour in the box and a count at the right."""

from __future__ import annotations

import math

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from viewer.widgets.parts.wrapped import breakable

_BOX = 14.0  # px, a side of the box
_GAP = 9.0
_SIDE = 4.0
_LEVEL = 18.0  # px that a row of the next level stands further in
_DEEPEST = 3  # levels that stand further in; what is deeper stands as far
_LONGEST_WORD = 16  # letters that a name is made room for without a break
_AIR = 8.0  # px, above and below the text together
_WRAPPED = int(
    Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
)


class CheckRow(QCheckBox):
    """`colour` fills the box while it is checked; `strong` names stand in bold; a row of a `level`
    belongs to one above it of the level before."""

    def __init__(
        self, parent: QWidget | None = None, *, strong: bool = False, level: int = 0
    ) -> None:
        super().__init__(parent)
        self._left = _SIDE + _LEVEL * min(level, _DEEPEST)
        self._strong = strong
        self._count: int | None = None
        self._colour = QColor()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_colour(self, colour: str) -> None:
        self._colour = QColor(colour)
        self.update()

    def show_count(self, count: int, told: str) -> None:
        """The number at the right, and the words that are read out for name and number."""
        self._count = count
        self.setAccessibleName(told)
        self.update()

    @property
    def count(self) -> int | None:
        return self._count

    def sizeHint(self) -> QSize:
        text = self._metrics().horizontalAdvance(self.text())
        width = self._left + _SIDE + _BOX + 2 * _GAP + text + self._count_width()
        return QSize(math.ceil(width), self.heightForWidth(10_000))

    def minimumSizeHint(self) -> QSize:
        """As wide as the longest of its words, within reason."""
        metrics = self._metrics()
        parts = breakable(self.text()).replace("\u200b", " ").split()
        words = max(map(metrics.horizontalAdvance, parts), default=0)
        words = min(words, metrics.averageCharWidth() * _LONGEST_WORD)
        width = self._left + _SIDE + _BOX + 2 * _GAP + words + self._count_width()
        return QSize(max(math.ceil(width), 120), self.heightForWidth(10_000))

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's own name
        """A name that is too long for one line goes on in the next."""
        room = QRect(0, 0, max(math.floor(self._text_area(width).width()), 1), 1000)
        text = self._metrics().boundingRect(room, _WRAPPED, breakable(self.text()))
        return math.ceil(text.height() + _AIR)

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(self._text_font())

    def _text_font(self) -> QFont:
        font = QFont(self.font())
        font.setBold(self._strong)
        return font

    def _count_width(self) -> float:
        widest = max(f"{self._count or 0:,}", "888", key=len)
        return float(self.fontMetrics().horizontalAdvance(widest))

    def _text_area(self, width: float) -> QRectF:
        left = self._left + _BOX + _GAP
        return QRectF(left, 0, width - left - _SIDE - self._count_width() - _GAP, self.height())

    def hitButton(self, pos: QPoint) -> bool:  # noqa: N802 - Qt's own name
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self.palette()
        if self.underMouse() and self.isEnabled():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.color(QPalette.ColorRole.Midlight))
            painter.drawRoundedRect(QRectF(self.rect()), 4.0, 4.0)
        self._paint_box(painter)
        self._paint_words(painter)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.color(QPalette.ColorRole.Accent), 2.0))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4.0, 4.0)
        painter.end()

    def _paint_box(self, painter: QPainter) -> None:
        colours = self.palette()
        box = QRectF(self._left, (self.height() - _BOX) / 2, _BOX, _BOX)
        colour = (
            self._colour if self._colour.isValid() else colours.color(QPalette.ColorRole.Accent)
        )
        painter.setPen(QPen(colour, 1.5))
        painter.setBrush(colour if self.isChecked() else colours.color(QPalette.ColorRole.Base))
        painter.drawRoundedRect(box.adjusted(0.75, 0.75, -0.75, -0.75), 3.0, 3.0)
        if self.isChecked():
            tick = [(0.26, 0.52), (0.43, 0.69), (0.75, 0.33)]
            points = [QPointF(box.x() + x * _BOX, box.y() + y * _BOX) for x, y in tick]
            painter.setPen(QPen(colours.color(QPalette.ColorRole.HighlightedText), 1.8))
            painter.drawPolyline(points)

    def _paint_words(self, painter: QPainter) -> None:
        colours, roles = self.palette(), QPalette.ColorRole
        if self._count is not None:
            painter.setPen(colours.color(roles.PlaceholderText))
            area = QRectF(self.rect()).adjusted(0, 0, -_SIDE, 0)
            aligned = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(area, aligned, f"{self._count:,}")
        painter.setFont(self._text_font())
        painter.setPen(
            colours.color(roles.WindowText if self.isChecked() else roles.PlaceholderText)
        )
        painter.drawText(self._text_area(self.width()), _WRAPPED, breakable(self.text()))
