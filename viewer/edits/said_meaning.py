"""Which day, month or year is meant by what a text says of it.

The rules, in the order in which they are asked:

1. What names its year means it. `'22` is the year of that ending which is not more than twenty
   years after the document's.
2. What counts from the document (`어제`, `지난달 28일`, `next year`) is counted from its date.
3. `지난` and `last` mean the latest such day up to the document's own, or the latest such month
   or season before its own; `오는` and `next` the first such day or month from the document's on
   (in English the first month after it, which is what `next May` says in May).
4. A month without its year, or a day without its month, counts on from the date before it in the
   sentence, if that named a year (for a day: a day) and comes earlier in the year (the month);
   not if it is the day on which something is `밝혔다`. A month that is not next to the document's
   counts on from the sentence before, too: histories name a year once.
5. Else Korean means the document's year, for other years are said (`지난해`, `내년`). English
   means the one in the twelve months around the document that the sentence speaks of: ten before
   it and two after, or, where the sentence speaks of what will be, two before and ten after.
6. A day alone is one of the document's month. A day of the week is the latest up to the
   document's day where the sentence speaks of what was, else the first from it on.

Without what a rule needs there is no date: nothing is guessed from today. `같은 해` and `그해`
with nothing more only repeat what was said, and are none.
"""

from __future__ import annotations

from typing import NamedTuple

from db import dates
from db.errors import AllianceError
from viewer.edits.said_dates import COMING, PAST, Said

_SHORT_YEARS_AHEAD = 20
_NEAR = 1
"""Months from the document's within which a date is its own, whatever the sentence before said."""
_WINDOW = 10
"""Months that English looks to the one side of the document, of twelve."""


class Point(NamedTuple):
    """A year, month or day; `season` in place of a month."""

    year: int
    month: int | None = None
    day: int | None = None
    season: str | None = None

    def edtf(self) -> str:
        month = self.season if self.month is None else f"{self.month:02d}"
        day = None if self.day is None else f"{self.day:02d}"
        return "-".join(each for each in (f"{self.year:04d}", month, day) if each)

    @property
    def months(self) -> int:
        """Months from the year 0 on."""
        return self.year * 12 + (self.month or 1) - 1


class Around(NamedTuple):
    """What a date without year or month is completed from: the document's own date, as far as it
    is known; the last date of the sentence, if it named a year, and that of the sentence before,
    which `이듬해` may mean; whether the sentence speaks of what will be or of what was, and whether
    it says that something is told on the day."""

    document: Point | None
    before: Point | None = None
    earlier: Point | None = None
    coming: bool = False
    past: bool = False
    told: bool = False


def document_point(edtf: str | None) -> Point | None:
    """The document's date as far as it is one: no period, decade or season. An unreadable one
    raises as `db.dates.parse` does."""
    if not edtf:
        return None
    start = (found := dates.parse(edtf)).start
    if found.interval or start is None or not start.year.isdecimal():
        return None
    return Point(int(start.year), start.month, start.day)


def meaning(said: Said, until: Said | None, around: Around) -> tuple[str, Point | None] | None:
    """The EDTF text, and the point from which the next date of the sentence may count on; None
    where it cannot be known or does not exist."""
    if said.decade:
        return _checked(said.decade, None)
    if until and until.names_year and not said.names_year and said.month is not None:
        # `11월부터 내년 3월` begins this year, but `July to September 2021` in that of its end.
        return _whole(said.of_the_year_of(until), until, around) or _whole(said, until, around)
    return _whole(said, until, around)


def _whole(said: Said, until: Said | None, around: Around) -> tuple[str, Point | None] | None:
    first = _point(said, around)
    if first is None:
        return None
    if said.months:
        low, high = (first._replace(month=month) for month in said.months)
        return _checked(f"{low.edtf()}/{high.edtf()}", None)
    last = _end_of_same(said, first)
    if until:
        last = _end(until, first, around)
        if last is None:
            return None
    about = "~" if said.about else ""
    text = first.edtf() + about
    end = about or (until is not None and until.about)
    if last:
        text += f"/{last.edtf()}{'~' if end else ''}"
    return _checked(text, last or first)


def _checked(text: str, point: Point | None) -> tuple[str, Point | None] | None:
    try:
        return dates.parse(text).text, point
    except AllianceError:
        return None


def _end_of_same(said: Said, first: Point) -> Point | None:
    """The end that stands in the same form: `20~22일`, `3~5월`, `2014-18`."""
    if said.last_day is not None:
        return first._replace(day=said.last_day, month=said.last_month or first.month)
    if said.last_month is not None:
        return first._replace(month=said.last_month)
    return Point(said.last_year) if said.last_year is not None else None


def _end(until: Said, first: Point, around: Around) -> Point | None:
    """The other end of a period, whose year and month may stand at its first."""
    if until.names_year or until.months_away is not None or until.days_away is not None:
        return _point(until, around._replace(before=first))
    if until.month is not None:
        year = first.year + (first.month is not None and until.month < first.month)
        return Point(year, until.month, until.day)
    if until.day is None or first.day is None or first.month is None:
        return None
    if until.day >= first.day:
        return first._replace(day=until.day)
    return _month_away(first, 1)._replace(day=until.day)


def _point(said: Said, around: Around) -> Point | None:
    document = around.document
    if said.days_away is not None or said.weekday is not None:
        return _day_of_week_or_counted(said, around)
    if said.months_on is not None:
        before = around.before or around.earlier
        return before._replace(day=said.day) if before and before.month else None
    if said.months_away is not None:
        if document is None or document.month is None:
            return None
        return _month_away(document, said.months_away)._replace(day=said.day)
    if said.years_on is not None and said.month is None and not (said.season or said.months):
        return None
    if said.names_year:
        year = _year(said, around)
        return None if year is None else Point(year, said.month, said.day, said.season)
    if said.season is not None:
        return _season(said, document)
    if said.is_bare_day:
        return _day(said, around)
    return _month(said, around)


def _year(said: Said, around: Around) -> int | None:
    if said.year is not None:
        return said.year
    if said.years_on is not None:
        before = around.before or around.earlier
        return None if before is None else before.year + said.years_on
    if around.document is None:
        return None
    if said.short is not None:
        latest = around.document.year + _SHORT_YEARS_AHEAD
        return latest - (latest - said.short) % 100
    return around.document.year + (said.years_away or 0)


def _month(said: Said, around: Around) -> Point | None:
    document, month = around.document, said.month
    if month is None:
        return None
    here = _counted_on(said, month, around)
    if here is not None:
        return here
    if document is None:
        return None
    this = Point(document.year, month, said.day)
    if document.month is None or (said.way is None and said.korean):
        return this if said.way is None else None
    away = (month, said.day or 0) > (document.month, (document.day or 0) if said.day else 0)
    same = month == document.month and (said.day is None or said.day == document.day)
    if said.way == PAST:
        latest_may_be_same = same and said.day is not None
        return this if not away and (not same or latest_may_be_same) else _years(this, -1)
    if said.way == COMING:
        first_may_be_same = same and (said.day is not None or said.korean)
        return this if (away and not same) or first_may_be_same else _years(this, 1)
    if said.way is not None:
        return this
    return _nearest(this, document, around.coming)


def _counted_on(said: Said, month: int, around: Around) -> Point | None:
    """In the year of the date before it, where it comes later in that year."""
    if said.way is not None or around.told:
        return None
    before, document = around.before, around.document
    if before is None:
        before = around.earlier
        if document and abs(Point(document.year, month).months - document.months) <= _NEAR:
            return None
    if before is None or before.month is None:
        return None
    later = (month, said.day or 31) > (before.month, before.day or 0)
    return Point(before.year, month, said.day) if later else None


def _nearest(this: Point, document: Point, coming: bool) -> Point:
    """The one of the twelve months that begin ten, or two, before the document's."""
    behind = 12 - _WINDOW if coming else _WINDOW
    ahead = 12 - behind
    apart = this.months - document.months
    if apart > ahead:
        return _years(this, -1)
    return _years(this, 1) if apart <= -behind and apart + 12 <= ahead else this


def _day(said: Said, around: Around) -> Point | None:
    document, before = around.document, around.before
    if said.day is None:
        return None
    if said.way is None and before and before.day is not None and not around.told:
        own = document is not None and before.months == document.months
        return before._replace(day=said.day) if own or said.day >= before.day else None
    if document is None or document.month is None:
        return None
    here = document._replace(day=said.day)
    if said.way is None:
        return here
    if document.day is None:
        return None
    step = said.way if (said.day - document.day) * said.way < 0 else 0
    # The latest 31st lies two months back where the month between has none.
    for months in (step, 2 * step) if step else (0, said.way):
        there = _month_away(here, months)._replace(day=said.day)
        if said.day <= dates.month_length(there.year, there.month or 1):
            return there
    return None


def _season(said: Said, document: Point | None) -> Point | None:
    if document is None or document.month is None or said.season is None:
        return None
    begin = 3 * (int(said.season) - 21) + 3
    # Whole seasons lie before the month or begin after it; the winter of 2021 ends in 2022.
    apart = document.months - (document.year * 12 + begin - 1)
    if said.way == PAST:
        years = 0 if apart >= 3 else -1 if apart + 12 >= 3 else -2
    elif said.way == COMING:
        years = 0 if apart < 0 else 1
    else:
        years = -1 if apart + 12 < 3 else 0
    return Point(document.year + years, season=said.season)


def _day_of_week_or_counted(said: Said, around: Around) -> Point | None:
    document = around.document
    if document is None or document.month is None or document.day is None:
        return None
    number = dates.day(document.year, document.month, document.day)
    if said.days_away is not None:
        number += said.days_away
    elif said.weekday is not None:
        # 1970-01-01 was a Thursday; the week is counted from Monday.
        back = ((number + 3) - said.weekday) % 7
        number += -back if around.past and not around.coming else (7 - back) % 7
    return Point(*dates.civil(number))


def _month_away(point: Point, months: int) -> Point:
    year, month = divmod(point.months + months, 12)
    return Point(year, month + 1)


def _years(point: Point, years: int) -> Point:
    return point._replace(year=point.year + years)
