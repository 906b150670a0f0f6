"""The time scale: the only code that turns days into px and px into days."""

from __future__ import annotations

from typing import NamedTuple


class TimeScale(NamedTuple):
    """Maps days `start`..`end` (since 1970-01-01, floats) linearly onto px `left`..`right`."""

    start: float
    end: float
    left: float
    right: float

    @property
    def px_per_day(self) -> float:
        return (self.right - self.left) / (self.end - self.start)

    def x(self, day: float) -> float:
        return self.left + (day - self.start) * self.px_per_day

    def day(self, x: float) -> float:
        return self.start + (x - self.left) / self.px_per_day
