"""Plain text in lines as wide as there is room: nothing is markup and nothing runs over.

A QLabel breaks at spaces only, so one long word would widen the whole panel; and each of its
measurements lays the text out anew, which many labels in one column make slow.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy

from db.quotes import from_utf16, to_utf16

if TYPE_CHECKING:
    from collections.abc import Sequence

SIDE = 4  # px beside words: room for the ring around those that have the focus
LEAST_WIDTH = 24  # px
_PITCH = 1.4  # of the type's size: the least distance of two lines
# The layout's own line break, and nothing for a carriage return: positions stay as they are.
_SHOWN = str.maketrans({"\n": "\u2028", "\r": "\u200b"})
# Qt keeps the words of a chain together: 무역·공급망·청정경제 would move to the next line as one.
_CHAIN = re.compile(r"(?<=[가-힣]·)(?=[가-힣])")
_BREAK = "\u200b"
_OPTION = QTextOption()
_OPTION.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)


def breakable(text: str) -> str:
    """A text that may also break behind the middle dots of a chain of Korean words."""
    return _CHAIN.sub(_BREAK, text)


class Wrapped:
    """A text in one font; lengths in px, positions in the text in code points."""

    def __init__(self, text: str, font: QFont) -> None:
        self.text = text
        # What is laid out has a character more at each of these places.
        self._breaks = [found.start() for found in _CHAIN.finditer(text)]
        self._shown = breakable(text.translate(_SHOWN))
        self._layout = QTextLayout(self._shown, font)
        self._layout.setTextOption(_OPTION)
        self._least_pitch = font.pixelSize() * _PITCH
        self._font = font
        self._broken_at = -1
        self._heights: dict[int, int] = {}
        self._tops: list[float] = []

    def height(self, width: int) -> int:
        """The height of the text in lines of `width`."""
        if width not in self._heights:
            self._break(width)
        return self._heights[width]

    @property
    def pitch(self) -> int:
        """The least height of a line."""
        return math.ceil(self._least_pitch)

    def natural_width(self) -> int:
        """The width of the text in one line."""
        return math.ceil(QFontMetricsF(self._font).horizontalAdvance(self.text))

    def draw(
        self,
        painter: QPainter,
        at: QPointF,
        width: int,
        colour: QColor,
        selected: tuple[int, int] = (0, 0),
        tones: Sequence[QColor] = (),
    ) -> None:
        """Paints the lines; `selected` is a stretch (start, end) in `tones`: ground and text."""
        self._break(width)
        painter.setPen(colour)
        ranges = []
        start, end = selected
        if start < end:
            marked = QTextLayout.FormatRange()
            first, last = (to_utf16(self._shown, self._to_shown(each)) for each in selected)
            marked.start, marked.length = first, last - first
            marked.format = QTextCharFormat()
            marked.format.setBackground(tones[0])
            marked.format.setForeground(tones[1])
            ranges.append(marked)
        self._layout.draw(painter, at, ranges)

    def position(self, x: float, y: float, width: int) -> int:
        """The place in the text that is nearest to a point."""
        self._break(width)
        count = self._layout.lineCount()
        if not count:
            return 0
        below = [place for place in range(count) if self._tops[place] <= y]
        line = self._layout.lineAt(below[-1] if below else 0)
        return self._from_shown(from_utf16(self._shown, line.xToCursor(x)))

    def _to_shown(self, place: int) -> int:
        return place + bisect_left(self._breaks, place)

    def _from_shown(self, place: int) -> int:
        return place - bisect_left([at + n for n, at in enumerate(self._breaks)], place)

    def _break(self, width: int) -> None:
        """Breaks the text into lines of `width`, the last time's if it is the same."""
        if width == self._broken_at:
            return
        self._broken_at, self._tops = width, []
        top = 0.0
        self._layout.beginLayout()
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(max(width, 1))
            pitch = max(line.height(), self._least_pitch)
            line.setPosition(QPointF(0.0, top + (pitch - line.height()) / 2))
            self._tops.append(top)
            top += pitch
        self._layout.endLayout()
        self._heights[width] = math.ceil(top)


def paint_focus(painter: QPainter, area: QRectF, colour: QColor) -> None:
    """The ring around what has the keyboard's focus, within `area`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = painter.pen()
    pen.setStyle(Qt.PenStyle.SolidLine)
    pen.setColor(colour)
    pen.setWidthF(2.0)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 4.0, 4.0)
    painter.restore()


def tall_as_needed() -> QSizePolicy:
    """As wide as there is room, and as high as the words are at that width."""
    policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    return policy
