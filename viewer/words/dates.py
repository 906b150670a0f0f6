"""Dates in words: EDTF, days, ranges and the texts of the axis, in English and Korean.

All words come from the catalogue: the names of months and weekdays were put there by Babel
when it was compiled, so that a picture does not wait for Babel to load.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from db.dates import civil, parse
from db.dates import day as day_number
from viewer.words.catalogue import t

if TYPE_CHECKING:
    from db.dates import Edtf, Part
    from db.records import Language


def day_words(number: int, language: Language) -> str:
    """`2 Apr 2007` or `2007년 4월 2일`; `number` counts days from 1970-01-01."""
    return _put_together("date.day", number, language)


def moment_words(time: str, language: Language) -> str:
    """`25 Nov 2026, 22:40` or `2026년 11월 25일 22:40`: a time of the log (UTC) as the clocks here
    showed it."""
    here = datetime.fromisoformat(time).astimezone()
    day = day_words(day_number(here.year, here.month, here.day), language)
    return t("date.moment", language, day=day, time=f"{here:%H:%M}")


def weekday_words(number: int, language: Language) -> str:
    """`Saturday` or `토요일`."""
    # 1970-01-01 was a Thursday; the week is counted from Monday.
    return t(f"calendar.weekday.{(number + 3) % 7}", language)


def year_words(year: int, language: Language) -> str:
    """A year as it stands in a sentence."""
    return t("date.year", language, year=year)


def decade_words(year: int, language: Language) -> str:
    """The decade that begins with a year: `1950s` or `1950년대`."""
    return t("date.decade", language, year=year)


def century_words(year: int, language: Language) -> str:
    """The hundred years that begin with one: `20th century (1900–1999)`, which is what `19XX`
    says, and a year off what purists call the 20th century."""
    from babel import Locale

    number = year // 100 + 1
    ordinal = t(f"date.ordinal.{Locale(language).ordinal_form(number)}", language, number=number)
    return t("date.century", language, ordinal=ordinal, first=year, last=year + 99)


def month_words(number: int, language: Language) -> str:
    """Month and year of a day: `Apr 2007` or `2007년 4월`."""
    return _put_together("date.month", number, language)


@lru_cache(maxsize=4096)
def _put_together(key: str, number: int, language: Language) -> str:
    """A day by one of the catalogue's patterns of `{day}`, `{month}` and `{year}`."""
    year, month, dom = civil(number)
    name = t(f"calendar.month.{month}", language)
    return t(key, language, day=dom, month=name, year=year)


def range_words(first: int, last: int, language: Language) -> str:
    """From one day to another, the first one shortened to what differs."""
    if first == last:
        return day_words(first, language)
    start, end = civil(first), civil(last)
    whole_years = start[1:] == (1, 1) and end[1:] == (12, 31)
    if whole_years:
        low, high = (year_words(year, language) for year in (start[0], end[0]))
        return low if low == high else t("date.range", language, start=low, end=high)
    return _days_or_months(first, last, language, "day")


def _days_or_months(first: int, last: int, language: Language, precision: str) -> str:
    start = _shortened(first, last, language, precision)
    # `23–25 May 2022`: no air where a bare number stands before the dash.
    key = "date.range-of-days" if start.isdecimal() else "date.range"
    return t(key, language, start=start, end=_rest(first, last, language, precision))


def _shortened(first: int, last: int, language: Language, precision: str) -> str:
    """The first day of a range; in English without what the last one says after it."""
    if language == "ko":
        return _exact(first, precision, language)
    start, end = civil(first), civil(last)
    if start[0] != end[0]:
        return _exact(first, precision, language)
    if precision == "month":
        return _short_month(first, language)
    if start[1] != end[1]:
        return _put_together("date.day-of-year", first, language)
    return _put_together("date.day-of-month", first, language)


def _rest(first: int, last: int, language: Language, precision: str) -> str:
    """The last day of a range; in Korean without what the first one has said."""
    start, end = civil(first), civil(last)
    if language == "en" or start[0] != end[0]:
        return _exact(last, precision, language)
    if precision == "month":
        return _short_month(last, language)
    if start[1] != end[1]:
        return _put_together("date.day-of-year", last, language)
    return _put_together("date.day-of-month", last, language)


def _exact(number: int, precision: str, language: Language) -> str:
    return month_words(number, language) if precision == "month" else day_words(number, language)


@lru_cache(maxsize=4096)
def edtf_words(text: str, language: Language) -> str:
    """An EDTF date in words. Raises as `db.dates.parse` does."""
    date = parse(text)
    if not date.interval:
        assert date.start is not None
        return _part_words(date.start, language)
    if date.start is None or date.end is None:
        return _half_open_words(date, language)
    return _interval_words(date.start, date.end, language)


def _interval_words(start: Part, end: Part, language: Language) -> str:
    alike = start.precision == end.precision and start.precision in ("day", "month")
    if alike and start.first != end.first and _is_plain(start) and _is_plain(end):
        return _days_or_months(start.first, end.first, language, start.precision)
    low, high = _part_words(start, language), _part_words(end, language)
    return low if low == high else t("date.range", language, start=low, end=high)


def _is_plain(part: Part) -> bool:
    return not (
        part.approximate or part.uncertain or part.unspecified_day or part.unspecified_month
    )


def _half_open_words(date: Edtf, language: Language) -> str:
    if date.start is not None:
        key = "date.goes-on" if date.open_end else "date.end-unknown"
        return t(key, language, date=_part_words(date.start, language))
    assert date.end is not None
    key = "date.open-start" if date.open_start else "date.start-unknown"
    return t(key, language, date=_part_words(date.end, language))


def _part_words(part: Part, language: Language) -> str:
    """One date with its qualifier."""
    words = _unqualified(part, language)
    if part.approximate and part.uncertain:
        return t("date.about-uncertain", language, date=words)
    if part.approximate:
        return t("date.about", language, date=words)
    if part.uncertain:
        return t("date.uncertain", language, date=words)
    return words


def _unqualified(part: Part, language: Language) -> str:
    year = civil(part.first)[0]
    if part.precision == "day":
        return day_words(part.first, language)
    if part.precision == "month":
        words = month_words(part.first, language)
        return t("date.day-unknown", language, date=words) if part.unspecified_day else words
    if part.season is not None:
        # Winter ends in the year after the one that names it.
        return t(f"date.season.{part.season}", language, year=year, next=year + 1)
    if part.precision == "year":
        words = year_words(year, language)
        return t("date.month-unknown", language, date=words) if part.unspecified_month else words
    if part.precision == "decade":
        return decade_words(year, language)
    return century_words(year, language)


def tick_words(unit: str, number: int, language: Language, *, major: bool) -> str:
    """The text of an axis cell that begins on a day: in the upper tier with all it needs to
    stand alone, in the lower as short as the tier above allows.

    `unit` is one of century, half-century, twenty, decade, five, year, quarter, month, week
    and day. Years are plain digits, without a separator of thousands.
    """
    year, month, dom = civil(number)
    if unit in ("week", "day"):
        return day_words(number, language) if major else str(dom)
    if unit == "month":
        return month_words(number, language) if major else _short_month(number, language)
    if unit == "quarter":
        key = "tick.quarter-of-year" if major else "tick.quarter"
        return t(key, language, quarter=(month + 2) // 3, year=year)
    if unit == "century" and major:
        return t("tick.century", language, year=year)
    if unit == "decade" and major:
        return decade_words(year, language)
    return year_words(year, language)


def _short_month(number: int, language: Language) -> str:
    return t(f"calendar.month.{civil(number)[1]}", language)
