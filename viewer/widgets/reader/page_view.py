"""Pages of a PDF below each other, with the chosen quote boxed on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from viewer.display import theme
from viewer.widgets.parts.wrapped import paint_focus

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QFocusEvent

    from viewer.sources.records import Box
    from viewer.widgets.parts.look import Look
    from viewer.widgets.reader.page_drawing import DrawnPage

_AROUND = 10  # px beside and between pages
_SHAPE = 1.414  # height by width of a page that was not seen yet
_BOX_AIR = 2.0  # px between the letters and their box


class PageView(QScrollArea):
    """`resized` tells that there is another width. `boxes_of` gives the boxes on a page, and
    `picture_of` its picture, None as long as there is none."""

    resized = Signal()
    zoomed = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.picture_of: Callable[[int], DrawnPage | None] = lambda _: None
        self.boxes_of: Callable[[int], Sequence[Box]] = lambda _: ()
        self.stance = "supports"
        self.pages: tuple[int, ...] = ()
        self.zoom = 1.0
        self._holds = True  # the boxes stay in sight until somebody scrolls
        self._shape = _SHAPE
        self._look = look
        self._sheets = _Sheets(self)
        self.setWidget(self._sheets)
        self.setFrameShape(QFrame.Shape.NoFrame)
        # A page is as wide as there is room: a bar that came and went would never find its end.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.actionTriggered.connect(self._let_go)
        self.dress(look)

    def _let_go(self) -> None:
        self._holds = False

    @property
    def look(self) -> Look:
        return self._look

    def dress(self, look: Look) -> None:
        self._look = look
        self._sheets.update()

    @property
    def sheet_width(self) -> int:
        """How wide a page is, in px of the window."""
        return max(round((self.viewport().width() - 2 * _AROUND) * self.zoom), 40)

    def show_pages(self, pages: tuple[int, ...]) -> None:
        self.pages = pages
        self.refresh()

    def refresh(self) -> None:
        """What is known of the pages is another: their pictures, boxes or size."""
        for page in self.pages:
            drawn = self.picture_of(page)
            if drawn is not None:
                self._shape = drawn.image.height() / max(drawn.image.width(), 1)
        areas = self.areas()
        bottom = areas[-1][1].bottom() if areas else 0.0
        wide = self.sheet_width + 2 * _AROUND
        self._sheets.resize(QSize(max(wide, self.viewport().width()), round(bottom) + _AROUND))
        self._sheets.update()
        if self._holds:
            self._centre()

    def areas(self) -> list[tuple[int, QRectF]]:
        """Where each page is, in px of what is scrolled."""
        found: list[tuple[int, QRectF]] = []
        top, width = float(_AROUND), float(self.sheet_width)
        left = max((self.viewport().width() - width) / 2, float(_AROUND))
        for page in self.pages:
            drawn = self.picture_of(page)
            shape = self._shape
            if drawn is not None:
                shape = drawn.image.height() / max(drawn.image.width(), 1)
            found.append((page, QRectF(left, top, width, width * shape)))
            top = found[-1][1].bottom() + _AROUND
        return found

    def boxes(self) -> list[tuple[int, QRectF]]:
        """The boxes around the chosen quote, with their pages, in px of what is scrolled."""
        return [
            (page, _placed(box, area)) for page, area in self.areas() for box in self.boxes_of(page)
        ]

    def show_boxes(self) -> None:
        """Scrolls to the boxes, and to the top where there are none; they stay in sight."""
        self._holds = True
        self._centre()

    def _centre(self) -> None:
        """One below the other that are higher than the view begin at its top."""
        boxes = [area for _, area in self.boxes()]
        whole = boxes[0] if boxes else QRectF()
        for area in boxes:
            whole = whole.united(area)
        height = self.viewport().height()
        fits = whole.height() < height
        top = whole.center().y() - height / 2 if fits else whole.top() - 2 * _AROUND
        self.verticalScrollBar().setValue(round(top) if boxes else 0)
        if boxes and self.zoom > 1:
            middle = whole.center().x() - self.viewport().width() / 2
            self.horizontalScrollBar().setValue(round(middle))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.refresh()
        self.resized.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl the wheel makes the page larger, as everywhere."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoomed.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            self._let_go()
            super().wheelEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._sheets.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._sheets.update()


class _Sheets(QWidget):
    def __init__(self, view: PageView) -> None:
        super().__init__()
        self._view = view

    def paintEvent(self, event: QPaintEvent) -> None:
        view = self._view
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), view.look.colour("rule"))
        for page, area in view.areas():
            painter.fillRect(area, QColor(Qt.GlobalColor.white))
            drawn = view.picture_of(page)
            if drawn is not None:
                painter.drawImage(area, drawn.image)
            painter.setPen(view.look.colour("border"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area)
        self._paint_boxes(painter)
        if view.hasFocus():
            seen = QRectF(self.visibleRegion().boundingRect())
            paint_focus(painter, seen, view.look.colour("accent"))
        painter.end()

    def _paint_boxes(self, painter: QPainter) -> None:
        # The page is white in the dark theme too: its boxes are those of the light one.
        colour = QColor(theme("light")[self._view.stance])
        tint = QColor(colour)
        tint.setAlpha(46)
        pen = QPen(colour, 2.0)
        if self._view.stance != "supports":
            pen.setStyle(_LINES[self._view.stance])
        painter.setPen(pen)
        painter.setBrush(tint)
        for _, area in self._view.boxes():
            painter.drawRoundedRect(area, 2.0, 2.0)


_LINES = {"disputes": Qt.PenStyle.DashLine, "context": Qt.PenStyle.DotLine}


def _placed(box: Box, area: QRectF) -> QRectF:
    upper = QPointF(area.left() + box.left * area.width(), area.top() + box.top * area.height())
    lower = QPointF(area.left() + box.right * area.width(), area.top() + box.bottom * area.height())
    return QRectF(upper, lower).adjusted(-_BOX_AIR, -_BOX_AIR, _BOX_AIR, _BOX_AIR)
