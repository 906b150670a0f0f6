"""Dates: the closed grammar of EDTF (ISO 8601-2) forms that the app takes, and their bounds.

`2022-05-21`, `2022-05`, `2022`, `195X`, `19XX`, `2026-XX`, `2022-05-XX`, seasons `1951-21` to
`1951-24`, each with `?`, `~` or `%` at its end; intervals of two such, with `..` for an end
that is open and nothing for one that is unknown. These and no others.

Days are counted from 1970-01-01 in the proleptic Gregorian calendar, years 0000 to 9999. A
calendar date is one of the place of the event: the machine's time zone plays no part.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

from db.errors import AllianceError
from db.shapes import (
    APPROXIMATE_END,
    APPROXIMATE_START,
    INTERVAL,
    OPEN_END,
    OPEN_START,
    UNCERTAIN_END,
    UNCERTAIN_START,
    UNKNOWN_END,
    UNKNOWN_START,
)

Precision = Literal["day", "month", "season", "year", "decade", "century"]
PRECISIONS: tuple[Precision, ...] = ("day", "month", "season", "year", "decade", "century")

FORMS = (
    "2022-05-21, 2022-05, 2022, 195X, 19XX, 2026-XX, 2022-05-XX, 1951-21 … 1951-24; "
    "+ ? ~ %; A/B, A/.., ../B, A/, /B"
)
"""The accepted forms, for whoever has to be told."""

_PART = re.compile(
    r"(?P<year>\d{4}|\d{3}X|\d{2}XX)"
    r"(?:-(?P<month>\d{2}|XX)(?:-(?P<day>\d{2}|XX))?)?"
    r"(?P<qualifier>[?~%])?"
)
_SPRING, _WINTER = 21, 24
_MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def month_length(year: int, month: int) -> int:
    return 29 if month == 2 and is_leap(year) else _MONTH_LENGTHS[month - 1]


def day(year: int, month: int, dom: int) -> int:
    """Days from 1970-01-01 to a calendar date (negative before)."""
    # Years are counted from March, so that the leap day is the last of its year.
    y = year - (month <= 2)
    era, of_era = divmod(y, 400)
    of_year = (153 * ((month + 9) % 12) + 2) // 5 + dom - 1
    return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468


def civil(number: int) -> tuple[int, int, int]:
    """Year, month and day of the month of a day number."""
    era, of_era = divmod(number + 719468, 146097)
    year = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    of_year = of_era - (365 * year + year // 4 - year // 100)
    shifted = (5 * of_year + 2) // 153
    month = shifted + 3 if shifted < 10 else shifted - 9
    return year + era * 400 + (month <= 2), month, of_year - (153 * shifted + 2) // 5 + 1


FIRST_DAY, LAST_DAY = day(0, 1, 1), day(9999, 12, 31)
"""The first and the last day that a date can name."""


def today() -> int:
    """The day it is where the machine stands."""
    now = date.today()
    return day(now.year, now.month, now.day)


def to_iso(number: int) -> str:
    """`YYYY-MM-DD` of a day number."""
    year, month, dom = civil(number)
    return f"{year:04d}-{month:02d}-{dom:02d}"


def from_iso(text: str) -> int:
    """The day number of `YYYY-MM-DD`; raises as `parse` does."""
    found = parse(text)
    if found.first is None or to_iso(found.first) != found.text:
        raise AllianceError("date.refused", text=text, forms="2022-05-21")
    return found.first


class Part(NamedTuple):
    """One end of a date. `year` holds its digits, X for an unspecified one; `month` and `day`
    are None where they are not written, `unspecified` says that they are written as XX."""

    year: str
    month: int | None
    day: int | None
    season: int | None
    unspecified_month: bool
    unspecified_day: bool
    approximate: bool
    uncertain: bool
    precision: Precision
    first: int
    last: int


class Edtf(NamedTuple):
    """A date: `start` is `end` unless it is an interval, None where an end is open or unknown.

    `first` and `last` are the first and last possible day, inclusive; None likewise.
    """

    text: str
    start: Part | None
    end: Part | None
    interval: bool
    open_start: bool
    open_end: bool
    unknown_start: bool
    unknown_end: bool

    @property
    def first(self) -> int | None:
        return self.start.first if self.start else None

    @property
    def last(self) -> int | None:
        return self.end.last if self.end else None

    @property
    def precision(self) -> Precision:
        """The coarsest precision of its parts."""
        found = [part.precision for part in (self.start, self.end) if part]
        return max(found, key=PRECISIONS.index)

    @property
    def shape(self) -> int:
        """The flags of `db.columns` that say how its ends are drawn."""
        shape = INTERVAL if self.interval else 0
        shape |= OPEN_START if self.open_start else 0
        shape |= OPEN_END if self.open_end else 0
        shape |= UNKNOWN_START if self.unknown_start else 0
        shape |= UNKNOWN_END if self.unknown_end else 0
        if self.start:
            shape |= APPROXIMATE_START if self.start.approximate else 0
            shape |= UNCERTAIN_START if self.start.uncertain else 0
        if self.end:
            shape |= APPROXIMATE_END if self.end.approximate else 0
            shape |= UNCERTAIN_END if self.end.uncertain else 0
        return shape

    @property
    def sort_key(self) -> tuple[int, int]:
        """By the first possible day, then the last; a missing one counts as the other."""
        first, last = self.first, self.last
        if first is None:
            assert last is not None
            return last, last
        return first, first if last is None else last


@lru_cache(maxsize=65_536)  # all days of 180 years, as a large table may have them
def parse(text: str) -> Edtf:
    """Reads a date.

    Raises `date.refused` (text, forms) for what is not one of the forms, `date.calendar` for a
    day or month that does not exist, `date.order` for an interval that can only run backwards
    (`2007-06/2007` can run forwards: from June to the end of that year).
    """
    stripped = text.strip()
    sides = stripped.split("/")
    if len(sides) == 1:
        part = _part(sides[0], stripped)
        return Edtf(stripped, part, part, False, False, False, False, False)
    if len(sides) != 2 or not any(side not in ("", "..") for side in sides):
        raise AllianceError("date.refused", text=stripped, forms=FORMS)
    start, end = (None if side in ("", "..") else _part(side, stripped) for side in sides)
    if start and end and start.first > end.last:
        raise AllianceError("date.order", text=stripped)
    return Edtf(
        stripped, start, end, True,
        sides[0] == "..", sides[1] == "..", sides[0] == "", sides[1] == "",
    )  # fmt: skip


def _part(text: str, whole: str) -> Part:
    match = _PART.fullmatch(text)
    if match is None or not text.isascii():
        raise AllianceError("date.refused", text=whole, forms=FORMS)
    year, month, dom, qualifier = match.groups()
    if ("X" in year and month) or (month == "XX" and dom is not None):
        raise AllianceError("date.refused", text=whole, forms=FORMS)
    season = int(month) if month not in (None, "XX") and int(month) >= _SPRING else None
    if season is not None and (season > _WINTER or dom is not None):
        code = "date.calendar" if season > _WINTER else "date.refused"
        raise AllianceError(code, text=whole, forms=FORMS)
    number = None if month in (None, "XX") or season else int(month)
    of_month = None if dom in (None, "XX") else int(dom)
    _check_calendar(year, number, of_month, whole)
    precision, first, last = _bounds(year, number, of_month, season)
    return Part(
        year, number, of_month, season, month == "XX", dom == "XX",
        qualifier in ("~", "%"), qualifier in ("?", "%"), precision, first, last,
    )  # fmt: skip


def _check_calendar(year: str, month: int | None, dom: int | None, whole: str) -> None:
    if month is None:
        return
    longest = month_length(int(year), month) if 1 <= month <= 12 else 0
    if not longest or (dom is not None and not 1 <= dom <= longest):
        raise AllianceError("date.calendar", text=whole)


def _bounds(
    year: str, month: int | None, dom: int | None, season: int | None
) -> tuple[Precision, int, int]:
    """Precision, first and last day of a part.

    What is not specified may be any day or month of the one above it: `2022-05-XX` has the
    bounds of May 2022, `2026-XX` those of 2026. Seasons are those of the northern half of the
    globe: spring is March to May, and winter begins in December of the year written, ending
    with the following February (that of 9999 with the last day there is).
    """
    if dom is not None and month is not None:
        only = day(int(year), month, dom)
        return "day", only, only
    low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if month is not None:
        return "month", day(low, month, 1), day(low, month, month_length(low, month))
    if season is not None:
        begin = 3 * (season - _SPRING) + 3
        last_year, last_month = (low + 1, 2) if season == _WINTER else (low, begin + 2)
        last = day(last_year, last_month, month_length(last_year, last_month))
        return "season", day(low, begin, 1), min(last, LAST_DAY)
    precision: Precision = "year" if low == high else "decade" if high - low == 9 else "century"
    return precision, day(low, 1, 1), day(high, 12, 31)
