"""A widget that shows a display list: laid out once per change, painted with its focus frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from viewer.display import theme
from viewer.render.inks import UNLIMITED, Budget
from viewer.render.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from viewer.display import DisplayList
    from viewer.document import Document
    from viewer.layout import View
    from viewer.widgets.state import ViewState


_NEW_TITLES = 8  # that a frame draws while a hand is moving; the others follow when it rests
_NEW_AT_REST = 24  # at a time


class Picture(QWidget):
    """What canvas and overview have in common. `lay_out` makes the display list of a view of the
    widget's size; `drawn` tells of each new one."""

    drawn = Signal(object)

    def __init__(
        self,
        document: Document,
        state: ViewState,
        lay_out: Callable[[View], DisplayList],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document, self._state, self._lay_out = document, state, lay_out
        self._display: DisplayList | None = None
        self._sheet = Sheet()
        self._moving = False
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(0)
        self._resting.timeout.connect(self._finish)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        state.changed.connect(self._on_state)
        document.replaced.connect(self.refresh)
        document.changed.connect(self.follow)

    def view(self) -> View:
        """The settings of the picture as it is now."""
        return self._state.view(self.width(), self.height())

    def display(self) -> DisplayList:
        """The display list of the current view."""
        if self._display is None:
            self._display = self._lay_out(self.view())
            self.drawn.emit(self._display)
        return self._display

    def refresh(self) -> None:
        """Lays out anew before the next painting."""
        self._display = None
        self.update()

    def follow(self) -> None:
        """The file was changed."""
        self.refresh()

    def retext(self) -> None:
        """Says in the window's language what is not drawn: names and tool tips."""

    def paint_over(self, painter: QPainter, display: DisplayList) -> None:
        """Paints what the window adds to the picture."""

    def _on_state(self, kind: str) -> None:
        if kind == "language":
            self.retext()
        self.refresh()

    def hurry(self) -> None:
        """A hand is moving the range: the next frame leaves new titles to the ones after it."""
        self._moving = True

    def _finish(self) -> None:
        """Draws titles that the frames of a movement left out."""
        if self._sheet.waiting and self._display is not None and not self._moving:
            self._sheet.show(self._display, self.devicePixelRatioF(), Budget(_NEW_AT_REST))
            self.update()
        if self._sheet.waiting:
            self._resting.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        display = self.display()
        budget = Budget(_NEW_TITLES) if self._moving else UNLIMITED
        self._moving = False
        self._sheet.show(display, self.devicePixelRatioF(), budget)
        if self._sheet.waiting:
            self._resting.start()
        painter = QPainter(self)
        self._sheet.draw(painter, event.rect())
        self.paint_over(painter, display)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme(self._state.theme)["accent"]), 2.0))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.refresh()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()
