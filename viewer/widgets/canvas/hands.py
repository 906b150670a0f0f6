"""The mouse on the canvas: which gesture a press begins, and what comes of it at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, Qt, QTimer

from db.errors import AllianceError
from viewer.display import Rect, box
from viewer.layout import navigation, pointer
from viewer.layout.frame import EDGE, LANE_BAR
from viewer.widgets.canvas.gestures import (
    CLICK_REACH,
    BandSelect,
    BandZoom,
    Gesture,
    MoveCallout,
    MoveDate,
    Pan,
)
from viewer.widgets.canvas.over_picture import Ghost
from viewer.widgets.canvas.walk import STOPS

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent

    from db.records import Ref
    from viewer.document import Document
    from viewer.layout.navigation import Range
    from viewer.widgets.canvas.canvas import Canvas
    from viewer.widgets.state import Selection, ViewState

Modifier = Qt.KeyboardModifier
_EDGE = 28.0  # px at the sides of the picture where a date that is dragged turns its pages
_TURN = 30  # ms between two steps of that
_TURN_STEP = 0.012  # of the window
_ROUNDED = 2.0  # px that a callout may stand beside where it was dropped
_GHOSTS = 60  # marks that are shown on their way
_HELD = (
    "mark",
    "bar",
    "label",
    "sign",
    "struck",
    "flaw",
    "arrow",
    "soft",
)  # roles that a date is dragged by


class Hands(QObject):
    """Presses, moves and releases of the left button.

    Dragged on an event its date moves, on a callout its box, elsewhere the timeline; Ctrl drags
    the timeline wherever it is pressed, Shift or Alt draws a box to select by, Ctrl and Shift one
    to zoom to.
    """

    def __init__(
        self, canvas: Canvas, document: Document, state: ViewState, selection: Selection
    ) -> None:
        super().__init__(canvas)
        self._canvas, self._document = canvas, document
        self._state, self._selection = state, selection
        self.gesture: Gesture | None = None
        self._held: Ref | None = None  # the event whose date is in the hand
        self._edtfs: dict[Ref, str] = {}  # the dates that move with it
        self._pressed = self._at = QPointF()
        self._wandered = False
        self._before: Range = (state.start, state.end)
        self._turning = QTimer(self)
        self._turning.setInterval(_TURN)
        self._turning.timeout.connect(self._turn)
        document.changed.connect(self._forget)
        document.replaced.connect(self._forget)

    # From press to release

    def press(self, event: QMouseEvent) -> None:
        self._pressed = self._at = event.position()
        self._wandered = False
        self._before = (self._state.start, self._state.end)
        self.gesture = self._begun(event.position(), event.modifiers())

    def _begun(self, at: QPointF, modifiers: Modifier) -> Gesture:
        if modifiers & Modifier.ControlModifier and modifiers & Modifier.ShiftModifier:
            return BandZoom(self._canvas.scale(), at.x())
        adds = bool(modifiers & Modifier.ShiftModifier)
        if adds or modifiers & Modifier.AltModifier:
            return BandSelect(at.x(), at.y(), adds=adds)
        if modifiers & Modifier.ControlModifier or not self.can_change:
            return Pan(self._canvas.scale, at.x())
        return self._callout(at) or self._taken(at) or Pan(self._canvas.scale, at.x())

    def _callout(self, at: QPointF) -> MoveCallout | None:
        """The callout under the hand."""
        item = self._canvas.display().hit(at.x(), at.y())
        if item is None or item.ref is None or item.role != "callout":
            return None
        return self._grip_of_callout(item.ref[1], at)

    def _grip_of_callout(self, note_id: int, at: QPointF) -> MoveCallout | None:
        for each in self._canvas.display().items:
            if each.ref == ("note", note_id) and isinstance(each, Rect):
                room = (LANE_BAR + EDGE + _ROUNDED, self._canvas.width() - EDGE - _ROUNDED)
                return MoveCallout(note_id, at.x(), at.y(), box(each), room)
        return None

    def nudge(self, note_id: int, across: float, down: float) -> bool:
        """Moves a callout by so many px, as a hand would that cannot take it off the picture;
        False where it does not stand there."""
        found = self._grip_of_callout(note_id, QPointF())
        if found is not None:
            found.move(across, down)
            self._canvas.callout_moved.emit(note_id, found.box[:2])
        return found is not None

    def _taken(self, at: QPointF) -> MoveDate | None:
        """The date under the hand, where there is one."""
        item = self._canvas.display().hit(at.x(), at.y())
        if item is None or item.ref is None or item.role not in _HELD:
            return None
        timeline, ref = self._document.timeline, item.ref
        row = timeline.columns.row(ref[1]) if ref[0] == "event" else None
        if row is None:
            return None
        which = self._end_at(item.role, row, at.x())
        start, end = pointer.edges(timeline, row)
        edtf = self._main_dates([ref[1]]).get(ref[1])
        if edtf is None:
            return None
        edge = start if which == "start" else end
        self._held = ref
        return MoveDate(self._canvas.scale, at.x(), edtf, which, edge)

    def _end_at(self, role: str, row: int, x: float) -> pointer.End | None:
        if role not in ("bar", "arrow", "soft"):
            return None
        return pointer.end_at(self._document.timeline, self._canvas.scale(), row, x)

    @property
    def can_change(self) -> bool:
        return self._document.path is not None and self._document.read_only_reason is None

    def move(self, event: QMouseEvent) -> None:
        self._at = event.position()
        if self.gesture is None:
            self._canvas.setCursor(self._cursor(self._at))
            return
        away = (self._at - self._pressed).manhattanLength()
        if not self._wandered and away < CLICK_REACH:
            return
        if not self._wandered:
            self._wandered = True
            self._canvas.setCursor(self._grip(self.gesture))
            if isinstance(self.gesture, MoveDate):
                self._take_along(self.gesture)
        self._feed()

    def _feed(self) -> None:
        assert self.gesture is not None
        found = self.gesture.move(self._at.x(), self._at.y())
        if found is not None:
            self._canvas.hurry()
            self._state.set_range(*found, remember=False)
        self._canvas.update()

    def release(self, event: QMouseEvent) -> None:
        gesture, self.gesture = self.gesture, None
        if gesture is None:
            return
        self._turning.stop()
        at = self._at = event.position()
        self._canvas.setCursor(self._cursor(at))
        if not self._wandered:
            self._click(at, event.modifiers())
            return
        found = gesture.end(at.x(), at.y())
        if isinstance(gesture, MoveDate):
            found = (self._state.start, self._state.end)  # where its pages were turned to
        if found is not None:
            self._state.set_range(*self._before, remember=False)
            self._state.set_range(*found)
        if isinstance(gesture, BandSelect):
            self._choose(gesture)
        elif isinstance(gesture, MoveCallout):
            left, top, _, _ = gesture.box
            self._canvas.callout_moved.emit(gesture.note_id, (left, top))
        elif isinstance(gesture, MoveDate):
            if self._held not in self._selection.refs:
                self._selection.select(self._held)
            self._canvas.redate_asked.emit(tuple(self._edtfs), gesture.redate)
        self._canvas.update()

    def drop(self) -> None:
        """Ends the gesture as if it had not begun."""
        if self.gesture is not None:
            self._forget()
            self._state.set_range(*self._before, remember=False)

    def _forget(self) -> None:
        """The file is another than when the gesture began, or it is dropped."""
        self.gesture = None
        self._turning.stop()
        self._canvas.unsetCursor()
        self._canvas.update()

    def _click(self, at: QPointF, modifiers: Modifier) -> None:
        item = self._canvas.display().hit(at.x(), at.y())
        ref = self._canvas.meant(item)
        if (heap := self._canvas.heap(at)) is not None:
            self._canvas.list_heap(heap, at)
            return
        if not modifiers & (Modifier.ShiftModifier | Modifier.ControlModifier):
            self._selection.select(ref)
        elif ref is not None and modifiers & Modifier.ControlModifier:
            self._selection.toggle(ref)
        elif ref is not None:
            self._selection.add(ref)

    # Selecting by a box

    def _choose(self, gesture: BandSelect) -> None:
        """All events whose marks the box covers; where they are so many that only their number
        is drawn, all that are counted under it."""
        marked: list[Ref] = []
        counted: set[str] = set()  # lanes
        for item in self._canvas.display().items:
            if not gesture.covers(*box(item)):
                continue
            if item.role == "density" and item.lane is not None:
                counted.add(item.lane)
            elif item.ref is not None and item.ref[0] == "event" and item.role in STOPS:
                marked.append(item.ref)
        if counted:
            marked = [*self._counted(gesture, counted), *marked]
        before = self._selection.refs if gesture.adds else ()
        events = (ref for ref in (*before, *marked) if ref[0] == "event")
        self._selection.choose(tuple(dict.fromkeys(events)))

    def _counted(self, gesture: BandSelect, lanes: set[str]) -> list[Ref]:
        left, _, width, _ = gesture.box
        view = self._state.view(self._canvas.width(), self._canvas.height())
        timeline = self._document.timeline
        found = pointer.events_between(timeline, view, lanes, left, left + width)
        with_mark = {item.ref for item in self._canvas.display().items if item.role in STOPS}
        return [ref for ident in found if (ref := ("event", ident)) not in with_mark]

    # Moving dates

    def _take_along(self, gesture: MoveDate) -> None:
        """Notes which dates move: all that are selected where the one in the hand is among
        them. An end of a period moves alone."""
        held = self._held
        assert held is not None
        refs = tuple(("event", each) for each in self._selection.events)
        if held not in refs or gesture.which is not None:
            refs = (held,)
        self._edtfs = dict.fromkeys(refs, "")
        self._edtfs[held] = gesture.edtf
        for ident, edtf in self._main_dates([ident for _, ident in refs[:_GHOSTS]]).items():
            self._edtfs["event", ident] = edtf
        self._turning.start()

    def _main_dates(self, ids: list[int]) -> dict[int, str]:
        from viewer.edits.moves import main_dates

        try:
            return main_dates(self._document.rows_about("event", ids))
        except AllianceError:  # the file is out of reach: nothing of it can be moved
            return {}

    def ghosts(self) -> list[Ghost]:
        """Where the dates that are being dragged would stand."""
        gesture = self.gesture
        if not isinstance(gesture, MoveDate) or not self._wandered:
            return []
        middles: dict[Ref, float] = {}
        for item in self._canvas.display().items:
            if item.ref in self._edtfs and item.role in STOPS and item.ref is not None:
                _, y, _, h = box(item)
                middles[item.ref] = y + h / 2
        if self._held is not None:
            # Off the picture, where its pages were turned, it stays in the hand.
            middles.setdefault(self._held, self._pressed.y())
        as_of = self._document.timeline.as_of
        return [
            Ghost(gesture.redate(edtf), middles[ref], ref == self._held, as_of)
            for ref, edtf in self._edtfs.items()
            if edtf and ref in middles
        ]

    def _turn(self) -> None:
        """Moves the timeline along while a date is held at the side of the picture."""
        x, width = self._at.x(), self._canvas.width()
        way = (x > width - _EDGE) - (x < _EDGE)
        if way and isinstance(self.gesture, MoveDate):
            here = (self._state.start, self._state.end)
            self._state.set_range(*navigation.panned(*here, way * _TURN_STEP), remember=False)
            self._feed()

    # Cursors

    def _cursor(self, at: QPointF) -> Qt.CursorShape:
        item = self._canvas.display().hit(at.x(), at.y())
        if item is None or item.ref is None or item.role in ("stage", "hatch"):
            return Qt.CursorShape.ArrowCursor
        row = self._document.timeline.columns.row(item.ref[1])
        if self.can_change and row is not None and self._end_at(item.role, row, at.x()):
            return Qt.CursorShape.SizeHorCursor
        return Qt.CursorShape.PointingHandCursor

    def _grip(self, gesture: Gesture) -> Qt.CursorShape:
        if isinstance(gesture, MoveDate) and gesture.which:
            return Qt.CursorShape.SizeHorCursor
        if isinstance(gesture, (BandSelect, BandZoom)):
            return Qt.CursorShape.CrossCursor
        return Qt.CursorShape.ClosedHandCursor
