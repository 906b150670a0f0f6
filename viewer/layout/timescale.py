"""The time scale: the only code that turns days into px and px into days.

Time lies on a line of px that all pictures of one zoom share: a day's place on it depends on the
zoom alone, and a picture begins on a whole px of it. So a pan moves everything by the same whole
number of px, to the last digit, and what was drawn once need only be copied. Places are multiples
of `STEP`, whose sums and differences are exact.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

STEP = 2.0**-10  # px
_BITS = 28  # of px per day that count: what a range's length loses in a pan lies below


def on_step(px: float) -> float:
    """The nearest multiple of `STEP`; what is without end stays so."""
    return px if math.isinf(px) else math.floor(px / STEP + 0.5) * STEP


def all_on_step(px: NDArray[np.float64]) -> NDArray[np.float64]:
    """`on_step` of each."""
    import numpy as np

    return np.asarray(np.floor(px / STEP + 0.5) * STEP)


class TimeScale:
    """Maps days `start`..`end` (since 1970-01-01, floats) linearly onto px `left`..`right`, to
    within half a px; `origin` is where on the line of px the picture begins."""

    __slots__ = ("end", "left", "origin", "px_per_day", "right", "start")

    def __init__(self, start: float, end: float, left: float, right: float) -> None:
        self.start, self.end, self.left, self.right = start, end, left, right
        mantissa, exponent = math.frexp((right - left) / (end - start))
        self.px_per_day = math.ldexp(round(math.ldexp(mantissa, _BITS)), exponent - _BITS)
        self.origin = math.floor(start * self.px_per_day - left + 0.5)

    def _key(self) -> tuple[float, ...]:
        return self.start, self.end, self.left, self.right

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TimeScale) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __repr__(self) -> str:
        return f"TimeScale{self._key()}"

    def x(self, day: float) -> float:
        return on_step(day * self.px_per_day) - self.origin

    def day(self, x: float) -> float:
        return (x + self.origin) / self.px_per_day
