"""A date as running text says it, before it is known which day is meant.

`18일`, `last October` and `the 24th` say a part; `viewer.edits.said_meaning` completes it from
the document's date and from what the sentence named before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from viewer.edits.typed_forms import MONTH_NAMES, RELATIVE, SEASONS, WEEKDAYS

if TYPE_CHECKING:
    import re

PAST, COMING, THIS = -1, 1, 0

YEARS_AWAY = {
    "재작년": -2, "지난해": -1, "작년": -1, "올해": 0, "올": 0, "금년": 0, "내년": 1, "내후년": 2,
    "last year": -1, "this year": 0, "next year": 1,
}  # fmt: skip
YEARS_ON = {
    "같은 해": 0, "같은해": 0, "그해": 0, "그 해": 0, "이듬해": 1, "다음 해": 1,
    "the same year": 0, "that year": 0, "the following year": 1,
}  # fmt: skip
MONTHS_AWAY = {
    "지난달": -1, "지난 달": -1, "이달": 0, "이번 달": 0, "이번달": 0, "내달": 1, "다음 달": 1,
    "다음달": 1, "last month": -1, "this month": 0, "next month": 1,
}  # fmt: skip
MONTHS_ON = {"같은 달": 0, "같은달": 0}
DAYS_AWAY = {**RELATIVE, "그제": -2, "그저께": -2, "모레": 2}
DAYS_AWAY |= {"the day before yesterday": -2, "the day after tomorrow": 2}
WAYS = {
    "지난": PAST, "오는": COMING, "다가오는": COMING, "last": PAST, "this past": PAST,
    "next": COMING, "this coming": COMING, "this": THIS,
}  # fmt: skip
_ORDINALS = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4,
    "상": 1, "하": 2,
}  # fmt: skip


class Said(NamedTuple):
    """Where a date stands (code points, end exclusive) and what is said of it.

    `year`, `month`, `day` are figures (`short` is a year without its century); the `…_away`
    count from the document's date, the `…_on` from the date named before. `way` is PAST, COMING
    or THIS; `season` as EDTF has it; `months` are the first and last of a quarter or a half;
    `last_day`, `last_month` end a period within the month, the year; `decade` is EDTF's `195X`.
    """

    start: int
    end: int
    korean: bool
    year: int | None = None
    short: int | None = None
    years_away: int | None = None
    years_on: int | None = None
    month: int | None = None
    last_month: int | None = None
    months_away: int | None = None
    months_on: int | None = None
    day: int | None = None
    last_day: int | None = None
    days_away: int | None = None
    last_year: int | None = None
    weekday: int | None = None
    way: int | None = None
    season: str | None = None
    months: tuple[int, int] | None = None
    decade: str | None = None
    about: bool = False

    @property
    def names_year(self) -> bool:
        own = (self.year, self.short, self.years_away, self.years_on)
        return any(each is not None for each in own)

    @property
    def is_bare_day(self) -> bool:
        """A day of an unnamed month: `18일`, `the 24th`."""
        month = (self.month, self.months_away, self.months_on)
        return self.day is not None and all(each is None for each in month)

    def of_the_year_of(self, other: Said) -> Said:
        return self._replace(
            year=other.year,
            short=other.short,
            years_away=other.years_away,
            years_on=other.years_on,
        )


def said_of(match: re.Match[str], korean: bool) -> Said:
    """What the groups of one of the forms say; each group has the name of what it is."""
    # `year2` is the year in another branch of the same form.
    groups = {name.rstrip("2"): text for name, text in match.groupdict().items() if text}
    start, end = match.span("date") if "date" in groups else match.span()

    def number(name: str) -> int | None:
        return int(groups[name]) if name in groups else None

    def looked_up(name: str, table: dict[str, int]) -> int | None:
        return table.get(" ".join(groups.get(name, "").lower().split()))

    year = number("year")
    month = number("month")
    if "name" in groups:
        month = MONTH_NAMES[groups["name"].lower()]
    season = SEASONS[groups["season"].lower()] if "season" in groups else None
    decade = groups.get("decade")
    if decade and len(decade) == 2:
        decade = "19" + decade
    return Said(
        start,
        end,
        korean,
        year=year,
        short=number("short"),
        years_away=looked_up("relyear", YEARS_AWAY),
        years_on=looked_up("relyear", YEARS_ON),
        month=month,
        last_month=number("lastmonth"),
        months_away=looked_up("relmonth", MONTHS_AWAY),
        months_on=looked_up("relmonth", MONTHS_ON),
        day=number("day"),
        last_day=number("last"),
        days_away=looked_up("relday", DAYS_AWAY),
        last_year=_last_year(year, groups.get("lastyear")),
        weekday=looked_up("weekday", WEEKDAYS),
        way=looked_up("way", WAYS),
        season=season,
        months=_months(groups),
        decade=decade and f"{decade[:3]}X",
        about="about" in groups,
    )


def _months(groups: dict[str, str]) -> tuple[int, int] | None:
    for name, length in (("quarter", 3), ("half", 6)):
        if text := groups.get(name):
            at = int(text) if text.isdecimal() else _ORDINALS[text.lower()]
            return (at - 1) * length + 1, at * length
    return None


def _last_year(year: int | None, text: str | None) -> int | None:
    """The end of `2014-18` and of `2014-2018`."""
    if year is None or text is None:
        return None
    return int(str(year)[: -len(text)] + text)
