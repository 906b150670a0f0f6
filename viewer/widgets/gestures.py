"""Mouse gestures on the canvas, one small class each: begun by a press, fed by moves, ended
by the release or dropped by Escape. They know px and ranges, not widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from viewer.layout import navigation

if TYPE_CHECKING:
    from collections.abc import Callable

    from viewer.layout.navigation import Range
    from viewer.layout.timescale import TimeScale

CLICK_REACH = 4.0  # px a press may wander and still be a click


class Gesture(Protocol):
    """What the canvas needs of a gesture. Ranges are the window's, days."""

    def move(self, x: float) -> Range | None:
        """The range to show while the hand is at `x`; None leaves it."""

    def end(self, x: float) -> Range | None:
        """The range that the gesture ends with; None leaves it as it was at the beginning."""


class Pan:
    """Drags the timeline along: the day under the hand stays under it, also where the wheel or
    a key zooms meanwhile. `scale` tells the present one."""

    def __init__(self, scale: Callable[[], TimeScale], x: float) -> None:
        self._scale = scale
        self._day = scale().day(x)

    def move(self, x: float) -> Range:
        now = self._scale()
        days = self._day - now.day(x)
        return navigation.limited(now.start + days, now.end + days)

    def end(self, x: float) -> Range:
        return self.move(x)


class BandZoom:
    """Draws a band across the lanes and zooms to it; `band` is what to draw meanwhile, px."""

    def __init__(self, scale: TimeScale, x: float) -> None:
        self._scale = scale
        self._x = x
        self.band = (x, x)

    def move(self, x: float) -> None:
        self.band = (min(self._x, x), max(self._x, x))

    def end(self, x: float) -> Range | None:
        self.move(x)
        if self.band[1] - self.band[0] < CLICK_REACH:
            return None
        return navigation.limited(self._scale.day(self.band[0]), self._scale.day(self.band[1]))
