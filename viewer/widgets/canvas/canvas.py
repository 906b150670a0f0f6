"""The canvas: shows the display list of the current view and turns hands and keys into changes
of the view or the selection. It lays nothing out and reads no records."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QWheelEvent,
)
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QSizePolicy, QToolTip, QWidget

from viewer.display import box, theme
from viewer.edits.steps import end_stepped, start_stepped, stepped
from viewer.layout import TimeScale, navigation, pointer
from viewer.layout.frame import AXIS, SIDE
from viewer.layout.signs import with_words
from viewer.widgets.canvas import heaps
from viewer.widgets.canvas.gestures import BandSelect, BandZoom, MoveCallout, MoveDate
from viewer.widgets.canvas.hands import Hands
from viewer.widgets.canvas.heap_walk import HeapWalk
from viewer.widgets.canvas.over_picture import (
    paint_band,
    paint_frame,
    paint_moved,
    paint_notice,
    paint_rings,
)
from viewer.widgets.canvas.picture import Picture
from viewer.widgets.canvas.placing import Placing
from viewer.widgets.canvas.walk import STOPS, Walk, stops, stops_at
from viewer.widgets.parts.look import Look
from viewer.widgets.parts.telling import date_in_words
from viewer.words import n, t
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
_KEY_LANES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_GROUND = ("stage", "hatch", "opening")  # roles that an empty place may have
_ALT, _CTRL, _SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
_MODIFIERS = _ALT | _CTRL | _SHIFT
# What the arrows move of a date, by what is held with them.
_ARROWS = {_ALT | _SHIFT: stepped, _SHIFT: end_stepped, _CTRL | _SHIFT: start_stepped}


class Canvas(Picture):
    """The picture of the timeline in the window.

    `activated` asks for the source behind a ref (Enter, or a double click on a point event),
    `new_event_asked` for a new event in a lane (its id) at a date (EDTF), `edit_asked` for the
    form of an event, `redate_asked` for other dates of events: their refs, and a function that
    makes the one EDTF of the other, `callout_moved` for another place of a callout: the id of its
    note, and left and top of its box in px.
    `menu_asked` asks for the menu of what is selected at a place of the screen, with lane and
    date where it is an empty one of the picture. `news` is a sentence on what a key just did.
    """

    activated = Signal(object)
    new_event_asked = Signal(object, str)
    edit_asked = Signal(object)
    redate_asked = Signal(object, object)
    callout_moved = Signal(object, object)
    menu_asked = Signal(object, object)
    news = Signal(str)

    def __init__(
        self,
        document: Document,
        state: ViewState,
        selection: Selection,
        parent: QWidget | None = None,
    ) -> None:
        self.placing = Placing(document)
        super().__init__(document, state, self.placing.lay_out, parent)
        self.placing.placed.connect(self.refresh)
        document.prepare = lambda: self.placing.prepared(self.view())
        self._selection = selection
        self._hands = Hands(self, document, state, selection)
        self._walk = Walk(selection)
        self._heap_walk = HeapWalk()
        self._last: tuple[Ref, float] | None = None  # what was selected last, and its day
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
        if ref is not None:
            middle = self._middle_of(ref)
            self._last = None if middle is None else (ref, self.scale().day(middle.x()))
        self._describe()
        self.update()

    def _describe(self) -> None:
        ref, several = self._selection.ref, len(self._selection.refs)
        told = self._told(ref) if ref else t("canvas.help", self._state.language)
        if several > 1:
            told = f"{told} · {n('gesture.selected', several, self._state.language)}"
        self.setAccessibleDescription(told)

    def refresh(self) -> None:
        """What the keys were at may stand elsewhere now."""
        self._heap_walk.leave()
        super().refresh()

    # Painting

    def paint_over(self, painter: QPainter, display: DisplayList) -> None:
        em, colours = self._state.type_size, theme(self._state.theme)
        paint_rings(painter, display, self._selection.refs, em, colours)
        if (around := self._heap_walk.frame(display)) is not None:
            paint_frame(painter, around, colours)
        gesture = self._hands.gesture
        if isinstance(gesture, BandZoom):
            left, right = gesture.band
            paint_band(painter, QRectF(left, 0.5, right - left, self.height() - 1), colours)
        elif isinstance(gesture, (BandSelect, MoveCallout)):
            paint_band(painter, QRectF(*gesture.box), colours)
        elif isinstance(gesture, MoveDate):
            words = date_in_words(gesture.now, Look.of(self._state))
            paint_moved(painter, self._hands.ghosts(), words, self.scale(), em, colours)
        if self.placing.edited:
            from viewer.widgets.canvas.edited import paint_edited

            paint_edited(
                painter, display, self.placing.edited, self._document.timeline, self.view()
            )
        outline = self._document.is_outline
        if outline or (self.placing.busy and not self.placing.is_whole(self.view())):
            words = t("bigfiles.outline" if outline else "engine.placing", self._state.language)
            paint_notice(painter, words, self.width(), AXIS * em, em, colours)

    # The mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._hands.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hands.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._hands.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        item = self.display().hit(event.position().x(), event.position().y())
        place, ref = self.place_at(event.position()), self.meant(item)
        if place is not None:
            self.new_event_asked.emit(*place)
        elif item is None or ref is None:
            return
        elif item.role == "heading" or (ref[0] == "event" and self._has_bar(ref)):
            self._state.zoom_to(ref)
        elif ref[0] == "event":
            self.activated.emit(ref)

    def meant(self, item: Primitive | None) -> Ref | None:
        """The event or stage that an item stands for: of a callout what its note is on."""
        if item is None or item.ref is None or item.ref[0] != "note":
            return item.ref if item else None
        notes = {note.id: note.target for note in self._document.timeline.callouts}
        return notes.get(item.ref[1])

    def place_at(self, at: QPointF) -> tuple[int, str] | None:
        """The lane and the date of an empty place, stage bands included; None elsewhere."""
        item = self.display().hit(at.x(), at.y())
        view = self._state.view(self.width(), self.height())
        lane = pointer.lane_at(self._document.timeline, view, at.y())
        if lane is None or (item is not None and item.role not in _GROUND):
            return None
        return lane.id, pointer.edtf_at(self.scale(), at.x())

    def _has_bar(self, ref: Ref) -> bool:
        return any(item.ref == ref and item.role == "bar" for item in self.display().items)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with what is under the pointer, or with what is selected where a key
        asks for it."""
        if self._hands.gesture is not None:
            return
        at = QPointF(event.pos())
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            at = self._middle_of(self._selection.ref) or QPointF(self.rect().center())
        else:
            item = self.display().hit(at.x(), at.y())
            under = self.meant(item) if item is not None and item.role not in _GROUND else None
            if under not in self._selection.refs:
                self._selection.select(under)
        self.menu_asked.emit(self.place_at(at), self.mapToGlobal(at.toPoint()))

    def nudge_callout(self, note_id: int, across: float, down: float) -> bool:
        """Moves a callout by so many px within the picture; False where it does not stand there."""
        return self._hands.nudge(note_id, across, down)

    def _middle_of(self, ref: Ref | None) -> QPointF | None:
        for item in self.display().items:
            if ref is not None and item.ref == ref and item.role in STOPS:
                return QRectF(*box(item)).center()
        return None

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel zooms about the pointer; sideways or with Shift it pans."""
        self.hurry()
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
                self.hurry()
                self._zoom(1 + event.value(), event.position().x())
            return True
        if isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                centre = self.mapFromGlobal(pinch.centerPoint().toPoint())
                self.hurry()
                self._zoom(pinch.scaleFactor(), centre.x())
                event.accept()
            return True
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._hover(QPointF(event.pos())), self)
            return True
        return super().event(event)

    def _hover(self, at: QPointF) -> str:
        heap = self.heap(at)
        if heap is not None:
            return heaps.told(heap, self._document.timeline, self.view())
        ref = self.meant(self.display().hit(at.x(), at.y()))
        return self._told(ref) if ref is not None else ""

    def heap(self, at: QPointF) -> heaps.Heap | None:
        """The events that are only counted at a place, where there is no mark."""
        item = self.display().hit(at.x(), at.y())
        if item is not None and item.role not in _GROUND:
            return None
        return heaps.heap_at(self.display(), self._document.timeline, self.view(), at.x(), at.y())

    def list_heap(self, heap: heaps.Heap, at: QPointF) -> None:
        """Opens the list of what is counted at a place."""
        timeline, view = self._document.timeline, self.view()

        def choose(ref: Ref) -> None:
            if self._document.has(ref):  # it may be gone since the list was opened
                self._selection.select(ref)

        def list_all() -> None:
            from viewer.widgets.canvas.heap_list import HeapDialog

            HeapDialog(heap, timeline, view, choose, self).open()

        menu = heaps.heap_menu(heap, timeline, view, choose, list_all)
        menu.popup(self.mapToGlobal(at.toPoint()))
        self.heap_menu = menu  # it has no parent that would keep it

    def _zoom(self, factor: float, x: float) -> None:
        # By the range itself: its picture may begin half a px beside it, which would add up.
        share = (x - SIDE) / max(self.width() - 2 * SIDE, 1.0)
        about = self._state.start + share * (self._state.end - self._state.start)
        self._state.set_range(*navigation.zoomed(*self._range(), factor, about))

    def _range(self) -> Range:
        return self._state.start, self._state.end

    # The keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _KEY_PANS and event.modifiers() & _MODIFIERS:
            if not self._redate(event.modifiers(), 1 if key == Qt.Key.Key_Right else -1):
                super().keyPressEvent(event)
        elif self._walks_heaps(key):
            pass
        elif key in _KEY_PANS:
            self.hurry()
            self._state.set_range(*navigation.panned(*self._range(), _KEY_PANS[key]))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            extent = navigation.extent(self._document.timeline, self._state.mask())
            day = extent[0] if key == Qt.Key.Key_Home else extent[1]
            self._state.set_range(*navigation.centred(*self._range(), day))
        elif key == Qt.Key.Key_Escape and self._hands.gesture is not None:
            self._hands.drop()
        elif key == Qt.Key.Key_Escape and self._selection.ref is not None:
            self._selection.select(None)
        elif key == Qt.Key.Key_Space and (kept := self._walk.keep()) is not None:
            words = "gesture.kept" if kept else "gesture.let-go"
            self.news.emit(t(words, self._state.language))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._selection.ref is not None:
            self.activated.emit(self._selection.ref)
        else:
            super().keyPressEvent(event)

    def _walks_heaps(self, key: Qt.Key) -> bool:
        """Whether a key went on among what is only counted, or listed it."""
        walk, display = self._heap_walk, self.display()
        if key in _KEY_LANES:
            moved = walk.to_strip(display, _KEY_LANES[key])
        elif walk.at is None:
            return False
        elif key in _KEY_PANS:
            moved = walk.along(display, 1 if _KEY_PANS[key] > 0 else -1)
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            heap = self.heap(walk.at)
            if heap is not None:
                self.list_heap(heap, walk.at)
            return True
        elif key == Qt.Key.Key_Escape:
            walk.leave()
            self.update()
            return True
        else:
            return False
        if moved and walk.at is not None and (heap := self.heap(walk.at)) is not None:
            words = heaps.told(heap, self._document.timeline, self.view())
            self.setAccessibleDescription(words)
            self.news.emit(words.splitlines()[0])
            self.update()
        return moved

    def _redate(self, modifiers: Qt.KeyboardModifier, way: int) -> bool:
        """Moves the dates of what is selected, or the end or the start of its period, by one of
        their units; False where the keys do not mean that."""
        events = tuple(ref for ref in self._selection.refs if ref[0] == "event")
        held = modifiers & _MODIFIERS
        if not events or held not in _ARROWS or not self._hands.can_change:
            return False
        self.redate_asked.emit(events, partial(_ARROWS[held], way=way))
        return True

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab walks through what is on the picture, by time; past its ends the focus goes on."""
        found = self.step(1 if forward else -1)
        return True if found else super().focusNextPrevChild(forward)

    def step(self, way: int) -> bool:
        """Selects the next (1) or previous (-1) event or stage on the picture; False at the end.
        Where what was selected is gone it goes on from where that was."""
        places = stops_at(self.display())
        gap = None
        if self._selection.ref is None and self._last is not None:
            ref, day = self._last
            if not self._document.has(ref):
                x = self.scale().x(day)
                gap = sum(place < x for place, _ in places.values())
        return self._walk.step(list(places), way, gap)

    def select_all(self) -> None:
        """Selects every event on the picture, those included that are only counted there."""
        display = self.display()
        marked = [ref for ref in stops(display) if ref[0] == "event"]
        known = set(marked)
        hidden = (("event", ident) for ident in display.hidden)
        self._selection.choose((*(ref for ref in hidden if ref not in known), *marked))

    # The selection

    def _is_in_view(self, ref: Ref) -> bool:
        return any(item.ref == ref for item in self.display().items)

    def _reveal(self, ref: Ref) -> None:
        """Brings an event that a link or a list selected into the window, or says that the filter
        keeps it off the picture."""
        timeline = self._document.timeline
        row = timeline.columns.row(ref[1]) if ref[0] == "event" else None
        if row is not None and not self._state.mask()[row]:
            language = self._state.language
            title = self._document.event(ref[1]).event.title.text(language)
            self.news.emit(t("canvas.filtered", language, title=title))
        elif row is not None:
            middle = float(timeline.columns.first[row] + timeline.columns.last[row] + 1) / 2
            self._state.set_range(*navigation.centred(*self._range(), middle))

    def _told(self, ref: Ref) -> str:
        """Title, date in words and what is doubtful about it, for the tool tip and for screen
        readers."""
        language = self._state.language
        if ref[0] == "stage":
            stage = self._document.stage(ref[1]).stage
            told = f"{stage.title.text(language)} · {edtf_words(stage.start_edtf, language)}"
            return with_words(told, self._document.timeline, ref, language)
        detail = self._document.event(ref[1])
        dates = [edtf_words(date.edtf, language) for date in detail.dates[:1]]
        told = " · ".join([detail.event.title.text(language), *dates])
        return with_words(told, self._document.timeline, ref, language)
