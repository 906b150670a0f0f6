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
        self._strip: tuple[str, str | None] | None = None  # role and lane

    def leave(self) -> None:
        self.at = self._strip = None

    def to_strip(self, display: DisplayList, way: int) -> bool:
        """Goes to the next strip (1) or the previous one (-1); False where there is none."""
        strips = _strips(display)
        keys = [_key(strip) for strip in strips]
        if self._strip in keys:
            number = keys.index(self._strip) + way
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
            if _key(strip) == self._strip and self.at is not None:
                middles = _middles(strip)
                far = (middles - self.at.x()) * way >= _STEP
                places = middles[far & (strip.counts.array > 0)]
                if len(places):
                    return self._go(strip, float(places[0] if way > 0 else places[-1]))
        return False

    def _go(self, strip: Bars, x: float) -> bool:
        self._strip, self.at = _key(strip), QPointF(x, strip.base - 2.0)
        return True

    def frame(self, display: DisplayList) -> QRectF | None:
        """Where to draw the frame around the place."""
        if self.at is None:  # no picture that is only looked at pays for it
            return None
        for strip in _strips(display):
            if _key(strip) == self._strip:
                height = float(strip.heights.array.max(initial=0.0))
                return QRectF(self.at.x() - _AROUND, strip.base - height - 2.0, 2 * _AROUND,
                              height + 3.0)  # fmt: skip
        return None


def _key(strip: Bars) -> tuple[str, str | None]:
    return strip.role, strip.lane


def _strips(display: DisplayList) -> list[Bars]:
    """The bars of density and of what goes on, from the uppermost on."""
    found = [item for item in display.items if isinstance(item, Bars) and item.counts.array.any()]
    return sorted(found, key=lambda item: item.base)


def _middles(strip: Bars) -> NDArray[np.floating]:
    return strip.x + (np.arange(len(strip.counts)) + 0.5) * strip.step


def _nearest(strip: Bars, x: float) -> float:
    places = _middles(strip)[strip.counts.array > 0]
    return float(places[np.argmin(np.abs(places - x))])
