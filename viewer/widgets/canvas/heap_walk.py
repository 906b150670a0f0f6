"""The way to what is only counted by keys: Up and Down go from strip to strip, Left and Right
along one, and Space lists what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from viewer.display import Bars

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from viewer.display import DisplayList

_STEP = 6.0  # px at least that a key goes along a strip: what one place lists, the next does not
_AROUND = 5.0  # px from the place to the frame around it


class HeapWalk:
    """The place of a strip that the keys are at; `at` is None while they are elsewhere."""

    def __init__(self) -> None:
        self.at: QPointF | None = None
        self._lane: str | None = None

    def leave(self) -> None:
        self.at = self._lane = None

    def to_lane(self, display: DisplayList, way: int) -> bool:
        """Goes to the strip of the next (1) or previous (-1) lane; False where there is none."""
        strips = _strips(display)
        lanes = [strip.lane for strip in strips]
        if self._lane in lanes:
            number = lanes.index(self._lane) + way
        else:
            number = 0 if way > 0 else len(strips) - 1
        if not 0 <= number < len(strips):
            return False
        x = display.width / 2 if self.at is None else self.at.x()
        found = _nearest(strips[number], x)
        return self._go(strips[number], found)

    def along(self, display: DisplayList, way: int) -> bool:
        """Goes to the next place (1) or the one before (-1); False at the strip's end."""
        for strip in _strips(display):
            if strip.lane == self._lane and self.at is not None:
                middles = _middles(strip)
                far = (middles - self.at.x()) * way >= _STEP
                places = middles[far & (strip.counts.array > 0)]
                if len(places):
                    return self._go(strip, float(places[0] if way > 0 else places[-1]))
        return False

    def _go(self, strip: Bars, x: float) -> bool:
        self._lane, self.at = strip.lane, QPointF(x, strip.base - 2.0)
        return True

    def frame(self, display: DisplayList) -> QRectF | None:
        """Where to draw the frame around the place."""
        if self.at is None:  # no picture that is only looked at pays for it
            return None
        for strip in _strips(display):
            if strip.lane == self._lane:
                height = float(strip.heights.array.max(initial=0.0))
                return QRectF(self.at.x() - _AROUND, strip.base - height - 2.0, 2 * _AROUND,
                              height + 3.0)  # fmt: skip
        return None


def _strips(display: DisplayList) -> list[Bars]:
    """The bars of density, from the uppermost lane on."""
    found = [
        item
        for item in display.items
        if isinstance(item, Bars) and item.role == "density" and item.counts.array.any()
    ]
    return sorted(found, key=lambda item: item.base)


def _middles(strip: Bars) -> NDArray[np.floating]:
    return strip.x + (np.arange(len(strip.counts)) + 0.5) * strip.step


def _nearest(strip: Bars, x: float) -> float:
    places = _middles(strip)[strip.counts.array > 0]
    return float(places[np.argmin(np.abs(places - x))])
