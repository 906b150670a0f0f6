"""The canvas: shows the display list of the current view and turns hands and keys into changes
of the view or the selection. It lays nothing out and reads no records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QSizePolicy, QToolTip, QWidget

from viewer.display import box, theme
from viewer.layout import TimeScale, build, navigation
from viewer.layout.frame import SIDE
from viewer.render import fonts
from viewer.widgets.gestures import CLICK_REACH, BandZoom, Gesture, Pan
from viewer.widgets.picture import Picture
from viewer.words import t
from viewer.words.dates import edtf_words

if TYPE_CHECKING:
    from db.records import Ref
    from viewer.display import DisplayList, Primitive
    from viewer.document import Document
    from viewer.layout.navigation import Range
    from viewer.widgets.state import Selection, ViewState

_WHEEL_STEP = 1.25  # zoom factor of one notch (120 units)
_PAN_STEP = 0.12  # of the window, per key press
_KEY_PANS = {Qt.Key.Key_Left: -_PAN_STEP, Qt.Key.Key_Right: _PAN_STEP}
_RING, _RING_OFF = 0.13, 0.21  # ems: together clear of the label beside a mark
_STOPS = ("mark", "bar", "heading")  # roles that Tab goes to, in order of time


class Canvas(Picture):
    """The picture of the timeline in the window.

    `activated` asks for the source behind a ref (Enter, or a double click on a point event).
    """

    activated = Signal(object)

    def __init__(
        self,
        document: Document,
        state: ViewState,
        selection: Selection,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            document, state, lambda view: build(document.timeline, view, fonts.measure()), parent
        )
        self._selection = selection
        self._gesture: Gesture | None = None
        self._pressed: QPointF | None = None
        self._before: Range | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.grabGesture(Qt.GestureType.PinchGesture)
        selection.changed.connect(self._on_selection)
        self.retext()

    # What is shown

    def sizeHint(self) -> QSize:
        return QSize(900, 520)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 200)

    def scale(self) -> TimeScale:
        return TimeScale(self._state.start, self._state.end, SIDE, self.width() - SIDE)

    def retext(self) -> None:
        self.setAccessibleName(t("canvas.name", self._state.language))
        self._describe()

    def _on_selection(self, ref: Ref | None) -> None:
        if ref is not None and not self._is_in_view(ref):
            self._reveal(ref)
        self._describe()
        self.update()

    def _describe(self) -> None:
        ref = self._selection.ref
        self.setAccessibleDescription(
            self._told(ref) if ref else t("canvas.help", self._state.language)
        )

    # Painting

    def paint_over(self, painter: QPainter, display: DisplayList) -> None:
        self._paint_selection(painter, display)
        if isinstance(self._gesture, BandZoom):
            self._paint_band(painter, self._gesture)

    def _paint_selection(self, painter: QPainter, display: DisplayList) -> None:
        """A ring around each mark of the selected event, or around the heading of the stage."""
        ref = self._selection.ref
        chosen = [item for item in display.items if item.ref == ref and item.role in _STOPS]
        if ref is None or not chosen:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        em = self._state.type_size
        painter.setPen(QPen(QColor(theme(self._state.theme)["text"]), _RING * em))
        whole, off = QRectF(), _RING_OFF * em
        for item in chosen:
            around = QRectF(*box(item)).adjusted(-off, -off, off, off)
            if item.role == "heading":
                whole |= around  # a title and what is written behind it
            else:
                radius = around.height() / 2 if item.role == "mark" else 5.0
                painter.drawRoundedRect(around, radius, radius)
        if not whole.isNull():
            painter.drawRoundedRect(whole, 5.0, 5.0)

    def _paint_band(self, painter: QPainter, gesture: BandZoom) -> None:
        colour = QColor(theme(self._state.theme)["accent"])
        left, right = gesture.band
        painter.setPen(QPen(colour, 1.0))
        colour.setAlpha(40)
        painter.setBrush(colour)
        painter.drawRect(QRectF(left, 0.5, right - left, self.height() - 1))

    # The mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        band = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        x = event.position().x()
        self._pressed = event.position()
        self._before = (self._state.start, self._state.end)
        self._gesture = (
            BandZoom(self.scale(), x) if event.modifiers() & band == band else Pan(self.scale, x)
        )

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._gesture is None or self._pressed is None:
            over = self.display().hit(event.position().x(), event.position().y())
            hand = over is not None and over.role not in ("stage", "hatch")
            self.setCursor(
                Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor
            )
            return
        if isinstance(self._gesture, Pan) and not self._wandered(event.position()):
            return
        self.setCursor(Qt.CursorShape.ClosedHandCursor)
        found = self._gesture.move(event.position().x())
        if found is not None:
            self._state.set_range(*found, remember=False)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._gesture is None:
            return
        gesture, self._gesture = self._gesture, None
        self.setCursor(Qt.CursorShape.ArrowCursor)
        if isinstance(gesture, Pan) and not self._wandered(event.position()):
            self._click(event.position())
            return
        found = gesture.end(event.position().x())
        if found is not None and self._before is not None:
            self._state.set_range(*self._before, remember=False)
            self._state.set_range(*found)
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        item = self.display().hit(event.position().x(), event.position().y())
        ref = self._meant(item)
        if item is None or ref is None or event.button() != Qt.MouseButton.LeftButton:
            return
        if item.role == "heading" or (ref[0] == "event" and self._has_bar(ref)):
            self._state.zoom_to(ref)
        elif ref[0] == "event":
            self.activated.emit(ref)

    def _wandered(self, position: QPointF) -> bool:
        return (
            self._pressed is not None
            and (position - self._pressed).manhattanLength() >= CLICK_REACH
        )

    def _click(self, position: QPointF) -> None:
        self._selection.select(self._meant(self.display().hit(position.x(), position.y())))

    def _meant(self, item: Primitive | None) -> Ref | None:
        """The event or stage that an item stands for: of a callout what its note is on."""
        if item is None or item.ref is None or item.ref[0] != "note":
            return item.ref if item else None
        notes = {note.id: note.target for note in self._document.timeline.callouts}
        return notes.get(item.ref[1])

    def _has_bar(self, ref: Ref) -> bool:
        return any(item.ref == ref and item.role == "bar" for item in self.display().items)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel zooms about the pointer; sideways or with Shift it pans."""
        delta = event.angleDelta()
        sideways = delta.x()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not sideways:
            sideways = delta.y()
        if abs(sideways) > abs(delta.y()) or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._state.set_range(*navigation.panned(*self._range(), -sideways / 120 * _PAN_STEP))
        elif delta.y():
            self._zoom(_WHEEL_STEP ** (delta.y() / 120), event.position().x())
        event.accept()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self._zoom(1 + event.value(), event.position().x())
            return True
        if isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                centre = self.mapFromGlobal(pinch.centerPoint().toPoint())
                self._zoom(pinch.scaleFactor(), centre.x())
                event.accept()
            return True
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            item = self.display().hit(event.pos().x(), event.pos().y())
            QToolTip.showText(event.globalPos(), self._hover(item), self)
            return True
        return super().event(event)

    def _hover(self, item: Primitive | None) -> str:
        ref = self._meant(item)
        return self._told(ref) if ref is not None else ""

    def _zoom(self, factor: float, x: float) -> None:
        about = self.scale().day(x)
        self._state.set_range(*navigation.zoomed(*self._range(), factor, about))

    def _range(self) -> Range:
        return self._state.start, self._state.end

    # The keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _KEY_PANS:
            self._state.set_range(*navigation.panned(*self._range(), _KEY_PANS[key]))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            extent = navigation.extent(self._document.timeline, self._state.mask())
            day = extent[0] if key == Qt.Key.Key_Home else extent[1]
            self._state.set_range(*navigation.centred(*self._range(), day))
        elif key == Qt.Key.Key_Escape and self._gesture is not None:
            self._drop_gesture()
        elif key == Qt.Key.Key_Escape and self._selection.ref is not None:
            self._selection.select(None)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._selection.ref is not None:
            self.activated.emit(self._selection.ref)
        else:
            super().keyPressEvent(event)

    def _drop_gesture(self) -> None:
        self._gesture = None
        if self._before is not None:
            self._state.set_range(*self._before, remember=False)
        self.update()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab walks through what is on the picture, by time; past its ends the focus goes on."""
        found = self.step(1 if forward else -1)
        return True if found else super().focusNextPrevChild(forward)

    def step(self, way: int) -> bool:
        """Selects the next (1) or previous (-1) event or stage on the picture; False at the end."""
        stops = self._stops()
        here = self._selection.ref
        at = stops.index(here) + way if here in stops else (0 if way > 0 else len(stops) - 1)
        if not 0 <= at < len(stops):
            return False
        self._selection.select(stops[at])
        return True

    def _stops(self) -> list[Ref]:
        """Refs of what can be selected, by the px of their marks, each once."""
        places: dict[Ref, tuple[float, float]] = {}
        for item in self.display().items:
            if item.ref is not None and item.role in _STOPS:
                x, y, w, _ = box(item)
                place = (x + (w / 2 if item.role == "mark" else 0.0), y)
                places[item.ref] = min(places.get(item.ref, place), place)
        return sorted(places, key=lambda ref: places[ref])

    # The selection

    def _is_in_view(self, ref: Ref) -> bool:
        return any(item.ref == ref for item in self.display().items)

    def _reveal(self, ref: Ref) -> None:
        """Brings an event that a link or a list selected into the window."""
        timeline = self._document.timeline
        row = timeline.columns.row(ref[1]) if ref[0] == "event" else None
        if row is not None:
            middle = float(timeline.columns.first[row] + timeline.columns.last[row] + 1) / 2
            self._state.set_range(*navigation.centred(*self._range(), middle))

    def _told(self, ref: Ref) -> str:
        """Title and date in words, for the tool tip and for screen readers."""
        language = self._state.language
        if ref[0] == "stage":
            stage = self._document.stage(ref[1]).stage
            return f"{stage.title.text(language)} · {edtf_words(stage.start_edtf, language)}"
        detail = self._document.event(ref[1])
        dates = [edtf_words(date.edtf, language) for date in detail.dates[:1]]
        return " · ".join([detail.event.title.text(language), *dates])
