"""Mouse gestures on the canvas, one small class each: begun by a press, fed by moves, ended
by the release or dropped by Escape. They know px, dates and ranges, not widgets."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol

from viewer.edits.moving import end_moved, moved
from viewer.layout import navigation

if TYPE_CHECKING:
    from collections.abc import Callable

    from viewer.edits.moving import End
    from viewer.layout.navigation import Range
    from viewer.layout.timescale import TimeScale

    Redate = Callable[[str], str]
    """Makes one date of another, both EDTF."""

CLICK_REACH = 4.0  # px a press may wander and still be a click


class Gesture(Protocol):
    """What every gesture has. Ranges are the window's, days."""

    def move(self, x: float, y: float) -> Range | None:
        """The range to show while the hand is at a place; None leaves it."""

    def end(self, x: float, y: float) -> Range | None:
        """The range that the gesture ends with; None leaves it as it was at the beginning."""


class Pan:
    """Drags the timeline along: the day under the hand stays under it, also where the wheel or
    a key zooms meanwhile. `scale` tells the present one."""

    def __init__(self, scale: Callable[[], TimeScale], x: float) -> None:
        self._scale = scale
        self._day = scale().day(x)

    def move(self, x: float, _y: float) -> Range:
        now = self._scale()
        days = self._day - now.day(x)
        return navigation.limited(now.start + days, now.end + days)

    def end(self, x: float, y: float) -> Range:
        return self.move(x, y)


class BandZoom:
    """Draws a band across the lanes and zooms to it; `band` is what to draw meanwhile, px."""

    def __init__(self, scale: TimeScale, x: float) -> None:
        self._scale = scale
        self._x = x
        self.band = (x, x)

    def move(self, x: float, _y: float) -> None:
        self.band = (min(self._x, x), max(self._x, x))

    def end(self, x: float, y: float) -> Range | None:
        self.move(x, y)
        if self.band[1] - self.band[0] < CLICK_REACH:
            return None
        return navigation.limited(self._scale.day(self.band[0]), self._scale.day(self.band[1]))


class BandSelect:
    """Draws a box over the marks; `box` is its left, top, width and height, px. What it covers
    is chosen at the end, beside what was before where it `adds`."""

    def __init__(self, x: float, y: float, *, adds: bool) -> None:
        self._begin = (x, y)
        self.adds = adds
        self.box = (x, y, 0.0, 0.0)

    def move(self, x: float, y: float) -> None:
        left, top = min(self._begin[0], x), min(self._begin[1], y)
        self.box = (left, top, abs(x - self._begin[0]), abs(y - self._begin[1]))

    def end(self, x: float, y: float) -> None:
        self.move(x, y)

    def covers(self, left: float, top: float, width: float, height: float) -> bool:
        """Whether any of a mark's box is under it."""
        x, y, w, h = self.box
        return x <= left + width and left <= x + w and y <= top + height and top <= y + h


class MoveDate:
    """Drags a date, or one `end` of a period, to another day; nothing is written meanwhile.

    `edtf` is the date of the mark that is held, `edge` the day where that end is drawn. `redate`
    is what the hand has done to it so far, for this date and those that move with it.
    """

    def __init__(
        self,
        scale: Callable[[], TimeScale],
        x: float,
        edtf: str,
        end: End | None = None,
        edge: float = 0.0,
    ) -> None:
        self._scale = scale
        self._day = scale().day(x)
        self._edge = edge
        self.edtf, self.which = edtf, end
        self.redate: Redate = str

    @property
    def now(self) -> str:
        """The date that it would become."""
        return self.redate(self.edtf)

    def move(self, x: float, _y: float) -> None:
        days = self._scale().day(x) - self._day
        if self.which is None:
            self.redate = partial(moved, days=days)
        else:
            # A period is drawn up to the end of its last day.
            number = round(self._edge + days) - (self.which == "end")
            self.redate = partial(end_moved, which=self.which, number=number)

    def end(self, x: float, y: float) -> None:
        self.move(x, y)


class MoveCallout:
    """Drags a callout's box; `box` is where it would stand: left, top, width and height, px.

    Across it stays within `room`, from px to px: one that reaches out of the picture would not be
    drawn, and nobody could take it back.
    """

    def __init__(
        self,
        note_id: int,
        x: float,
        y: float,
        box: tuple[float, float, float, float],
        room: tuple[float, float],
    ) -> None:
        self.note_id = note_id
        self._room = room
        self._begin, self._from = (x, y), box
        self.box = box

    def move(self, x: float, y: float) -> None:
        left, top, width, height = self._from
        least, most = self._room
        across = max(least, min(left + x - self._begin[0], most - width))
        self.box = (across, top + y - self._begin[1], width, height)

    def end(self, x: float, y: float) -> None:
        self.move(x, y)
