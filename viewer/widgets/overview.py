"""The overview strip: the whole timeline under the canvas, with the window in it to drag."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from viewer.display import theme
from viewer.layout import build_overview, navigation, overview_scale
from viewer.render import fonts
from viewer.render.painter import paint
from viewer.words import t

if TYPE_CHECKING:
    from viewer.display import DisplayList
    from viewer.document import Document
    from viewer.layout import TimeScale
    from viewer.widgets.state import Selection, ViewState

_HEIGHT = 96
_GRIP = 6.0  # px within which a press takes hold of the window's edge
_MOVE, _START, _END = "move", "start", "end"


class Overview(QWidget):
    """Counts per lane over the whole timeline. Dragging the window pans, dragging one of its
    edges changes its length, a press beside it centres it there."""

    def __init__(
        self,
        document: Document,
        state: ViewState,
        selection: Selection,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document, self._state = document, state
        self._display: DisplayList | None = None
        self._hold: str | None = None
        self._grabbed = 0.0  # days from the window's start to the hand
        self._before: navigation.Range | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        state.changed.connect(self._on_state)
        document.replaced.connect(self.refresh)
        self.retext()

    def sizeHint(self) -> QSize:
        return QSize(900, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, _HEIGHT)

    def refresh(self) -> None:
        self._display = None
        self.update()

    def retext(self) -> None:
        self.setAccessibleName(t("overview.name", self._state.language))
        self.setToolTip(t("overview.help", self._state.language))

    def display(self) -> DisplayList:
        if self._display is None:
            view = self._state.view(self.width(), self.height())
            self._display = build_overview(
                self._document.timeline, view, self.width(), self.height(), fonts.measure()
            )
        return self._display

    def _on_state(self, kind: str) -> None:
        if kind == "language":
            self.retext()
        self.refresh()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint(painter, self.display())
        if self.hasFocus():
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

    # The mouse

    def _scale(self) -> TimeScale:
        return overview_scale(self._document.timeline, self.width())

    def _hold_at(self, x: float) -> str | None:
        """What a press at `x` takes hold of."""
        left, right = self._scale().x(self._state.start), self._scale().x(self._state.end)
        if abs(x - right) <= _GRIP:
            return _END
        if abs(x - left) <= _GRIP:
            return _START
        return _MOVE if left < x < right else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        x = event.position().x()
        day = self._scale().day(x)
        self._before = (self._state.start, self._state.end)
        self._hold = self._hold_at(x)
        if self._hold is None:
            self._hold = _MOVE
            self._show(navigation.centred(*self._before, day))
        self._grabbed = day - self._state.start

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        if self._hold is None:
            edge = self._hold_at(x) in (_START, _END)
            self.setCursor(Qt.CursorShape.SizeHorCursor if edge else Qt.CursorShape.ArrowCursor)
            return
        # A hand that leaves the strip takes nothing farther than to its edge.
        day = self._scale().day(min(max(x, 0.0), float(self.width())))
        start, end = self._state.start, self._state.end
        if self._hold == _MOVE:
            begin = day - self._grabbed
            self._show(navigation.limited(begin, begin + end - start))
        elif self._hold == _START and day < end - navigation.SHORTEST:
            self._show((day, end))
        elif self._hold == _END and day > start + navigation.SHORTEST:
            self._show((start, day))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._hold is None or self._before is None:
            return
        self._hold = None
        found = (self._state.start, self._state.end)
        if found != self._before:
            # One entry in the history for the whole drag, from where it began.
            self._state.set_range(*self._before, remember=False)
            self._state.set_range(*found)

    def _show(self, found: navigation.Range) -> None:
        self._state.set_range(*found, remember=False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        factor = 1.25 ** (event.angleDelta().y() / 120)
        self._state.set_range(*navigation.zoomed(self._state.start, self._state.end, factor))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -0.25, Qt.Key.Key_Right: 0.25}
        key = Qt.Key(event.key())
        if key in steps:
            self._state.set_range(
                *navigation.panned(self._state.start, self._state.end, steps[key])
            )
        else:
            super().keyPressEvent(event)
