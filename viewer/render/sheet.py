"""A sheet: the picture in pixels, brought up to date with as little painting as it takes.

A pan copies what stays and paints what comes in at the edge, and whatever else is another than
before; the pixels are those of a whole painting. The sheet is wider than the picture, so that
mostly nothing needs to be copied but the picture to the screen.
"""

from __future__ import annotations

import ctypes
import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from viewer.display.changes import changes
from viewer.render.inks import UNLIMITED, Budget, colour
from viewer.render.painter import paint
from viewer.render.press import pixels_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtCore import QRect

    from viewer.display import Box, DisplayList

_SPARE = 0.5  # of the picture's width, on each side


class Sheet:
    """Holds the pixels of one picture at a time, `ratio` device pixels to a px."""

    def __init__(self) -> None:
        self._image = QImage()
        self._ratio = 1.0
        self._size = (0, 0)  # of the picture, device pixels
        self._offset = 0  # device pixels from the image's left edge to the picture's
        self._display: DisplayList | None = None
        self.waiting: list[Box] = []  # where titles are still to be drawn, px
        self.copied = False  # whether the last `show` used what was there

    def forget(self) -> None:
        """The next `show` paints everything."""
        self._display = None

    def show(self, display: DisplayList, ratio: float = 1.0, budget: Budget = UNLIMITED) -> None:
        """Brings the pixels up to date; titles that the budget has no room for are left out."""
        size = (math.ceil(display.width * ratio), math.ceil(display.height * ratio))
        before, self._display = self._display, display
        if before is display and not self.waiting and ratio == self._ratio:
            self.copied = True
            return
        boxes = None
        if before is not None and (size, ratio) == (self._size, self._ratio):
            boxes = self._moved(before, display)
        if boxes is None:
            self._begin(size, ratio)
        self._paint(display, boxes, budget)

    def _begin(self, size: tuple[int, int], ratio: float) -> None:
        spare = round(size[0] * _SPARE)
        if (size[0] + 2 * spare, size[1]) != (self._image.width(), self._image.height()):
            self._image = QImage(size[0] + 2 * spare, size[1], QImage.Format.Format_RGB32)
            self._image.fill(Qt.GlobalColor.black)
        self._size, self._ratio, self._offset, self.waiting = size, ratio, spare, []

    def _moved(self, before: DisplayList, after: DisplayList) -> list[Box] | None:
        """Moves the picture to where it is to be; what has to be painted anew, None for all."""
        # Between whole ratios a px has no whole pixels, and copies would not be exact.
        found = changes(before, after) if self._ratio % 1 == 0 else None
        if found is None:
            return None
        self._offset -= int(found.shift * self._ratio)
        if self._offset < 0 or self._offset + self._size[0] > self._image.width():
            self._recentre()
        return [*found.boxes, *self._waiting_at(found.shift)]

    def _waiting_at(self, shift: float) -> Iterable[Box]:
        waiting, self.waiting = self.waiting, []
        return ((left + shift, top, right + shift, bottom) for left, top, right, bottom in waiting)

    def _recentre(self) -> None:
        """Moves the picture to the middle of the image; rows that run over are painted anew."""
        middle = (self._image.width() - self._size[0]) // 2
        by = (middle - self._offset) * 4
        begin = ctypes.addressof(ctypes.c_char.from_buffer(self._image.bits()))
        length = self._image.sizeInBytes() - abs(by)
        ctypes.memmove(begin + max(by, 0), begin + max(-by, 0), length)
        self._offset = middle

    def _paint(self, display: DisplayList, boxes: list[Box] | None, budget: Budget) -> None:
        """Paints some boxes of the picture anew, or all of it."""
        width, height = self._size
        pixels = pixels_of(self._image)
        painter = QPainter(self._image)
        if boxes is None and (width, height) != (display.width * self._ratio,
                                                 display.height * self._ratio):  # fmt: skip
            # To the edges of pixels that the picture covers in part only.
            painter.fillRect(self._offset, 0, width, height, colour(display.background))
        painter.translate(self._offset, 0)
        painter.scale(self._ratio, self._ratio)
        paint(painter, display, boxes, budget, pixels)
        painter.end()
        self.waiting = budget.waiting
        self.copied = boxes is not None

    def draw(self, painter: QPainter, area: QRect) -> None:
        """Copies a part of the picture (px) to where the painter has it."""
        ratio = self._ratio
        source = QRectF(area.x() * ratio + self._offset, area.y() * ratio, area.width() * ratio,
                        area.height() * ratio)  # fmt: skip
        painter.drawImage(QRectF(area), self._image, source)

    def image(self) -> QImage:
        """A copy of the picture alone."""
        return self._image.copy(self._offset, 0, *self._size)
