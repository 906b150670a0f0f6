"""The two-tier axis: which units stand on it at a scale, and where their cells begin."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from db.dates import civil, day
from viewer.words.dates import tick_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.records import Language
    from viewer.layout.measure import Measure
    from viewer.layout.timescale import TimeScale

# Lower units from the finest, each with its mean length in days and the unit of the tier above.
UNITS = (
    ("day", 1.0, "month"),
    ("week", 7.0, "month"),
    ("month", 30.44, "year"),
    ("quarter", 91.3, "year"),
    ("year", 365.2425, "decade"),
    ("five", 5 * 365.2425, "century"),
    ("decade", 10 * 365.2425, "century"),
    ("twenty", 20 * 365.2425, "century"),
    ("half-century", 50 * 365.2425, "century"),
    ("century", 100 * 365.2425, "century"),
)
_YEARS = {"year": 1, "five": 5, "decade": 10, "twenty": 20, "half-century": 50, "century": 100}
_MONTHS = {"month": 1, "quarter": 3}
_LAST_YEAR = 9999


class Tick(NamedTuple):
    """The first day of a cell of the axis, its text and the first day of the next cell."""

    day: int
    next_day: int
    text: str


def cells(unit: str, start: float, end: float) -> Iterator[tuple[int, int]]:
    """First days (and those of the next cell) of all cells of a unit that touch start..end."""
    low, high = math.floor(start), math.ceil(end)
    if unit in _YEARS:
        step = _YEARS[unit]
        year = max(civil(low)[0] // step * step, 0)
        while year <= _LAST_YEAR and day(year, 1, 1) < high:
            after = min(year + step, _LAST_YEAR)
            yield day(year, 1, 1), day(after, 1, 1)
            year += step
    elif unit in _MONTHS:
        step = _MONTHS[unit]
        year, month, _ = civil(low)
        month = (month - 1) // step * step + 1
        while (first := day(year, month, 1)) < high:
            year, month = (year, month + step) if month + step <= 12 else (year + 1, 1)
            if year > _LAST_YEAR:
                return
            yield first, day(year, month, 1)
    else:
        step = 7 if unit == "week" else 1
        # Weeks begin on Monday; 1970-01-01 was a Thursday.
        first = low - (low + 3) % 7 if unit == "week" else low
        while first < high:
            yield first, first + step
            first += step


def lower_unit(scale: TimeScale, language: Language, measure: Measure, size: float) -> int:
    """Index in `UNITS` of the finest unit whose longest text fits its cell with air."""
    for index, (unit, length, _) in enumerate(UNITS):
        if length * scale.px_per_day * 0.93 >= _widest(unit, language, measure) * size + 10:
            return index
    return len(UNITS) - 1


@lru_cache(maxsize=4096)
def _words(unit: str, first: int, language: Language, major: bool) -> str:
    return tick_words(unit, first, language, major=major)


@lru_cache(maxsize=64)
def _widest(unit: str, language: Language, measure: Measure) -> float:
    """The width in ems of the longest text that the unit writes, by samples."""
    days = (
        [day(1988, month, 28) for month in range(1, 13)] if unit in _MONTHS else [day(1988, 9, 28)]
    )
    return max(measure.width(tick_words(unit, each, language, major=False)) for each in days)


def ticks(unit: str, scale: TimeScale, language: Language, *, major: bool) -> list[Tick]:
    """The ticks of one tier within the scale's range."""
    low, high = math.floor(scale.start), math.ceil(scale.end)
    span = _spans[unit]
    # A cell is never twice as long as they are in the mean.
    first = math.floor((low - 2 * span / _TOGETHER) / span)
    found: list[Tick] = []
    for number in range(first, high // span + 1):
        found += _together(unit, number, language, major)
    begin = max(bisect_right(found, low, key=_day) - 1, 0)
    if found and found[begin].day < found[begin].next_day <= low:
        begin += 1  # the last cells that there are end before the range
    return found[begin : bisect_left(found, high, key=_day)]


_TOGETHER = 24  # ticks, about, that are kept in one
_spans = {unit: math.ceil(length * _TOGETHER) for unit, length, _ in UNITS}
_day = itemgetter(0)


@lru_cache(maxsize=256)
def _together(unit: str, number: int, language: Language, major: bool) -> list[Tick]:
    """The ticks whose cells begin in one of the spans that time is divided into."""
    begin, end = number * _spans[unit], (number + 1) * _spans[unit]
    return [
        Tick(first, after, _words(unit, first, language, major))
        for first, after in cells(unit, begin, end)
        if begin <= first < end
    ]
