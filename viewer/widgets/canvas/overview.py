"""The overview strip: the whole timeline under the canvas, with the window in it to drag."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QSizePolicy, QWidget

from viewer.layout import build_overview, navigation, overview_scale
from viewer.render import fonts
from viewer.widgets.canvas.picture import Picture
from viewer.widgets.parts.following import DRAWING
from viewer.words import t

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QKeyEvent,
        QMouseEvent,
        QWheelEvent,
    )

    from viewer.display import DisplayList
    from viewer.document import Document
    from viewer.layout import TimeScale, View
    from viewer.widgets.state import ViewState

_HEIGHT = 96
_GRIP = 6.0  # px within which a press takes hold of the window's edge
_MOVE, _START, _END = "move", "start", "end"


class Overview(Picture):
    """Counts per lane over the whole timeline. Dragging the window pans, dragging one of its
    edges changes its length, a press beside it centres it there."""

    def __init__(self, document: Document, state: ViewState, parent: QWidget | None = None) -> None:
        super().__init__(document, state, self._counts, parent)
        self._later = QTimer(self, singleShot=True, interval=DRAWING)
        self._later.timeout.connect(self.refresh)
        self._hold: str | None = None
        self._grabbed = 0.0  # days from the window's start to the hand
        self._before: navigation.Range | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retext()

    def sizeHint(self) -> QSize:
        return QSize(900, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, _HEIGHT)

    def retext(self) -> None:
        self.setAccessibleName(t("overview.name", self._state.language))
        self.setToolTip(t("overview.help", self._state.language))

    def follow(self) -> None:
        """Counts many events anew when the canvas has shown what was changed."""
        if self._document.has_many:
            self._later.start()
        else:
            self.refresh()

    def _counts(self, view: View) -> DisplayList:
        timeline = self._document.timeline
        return build_overview(timeline, view, view.width, view.height, fonts.measure())

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
