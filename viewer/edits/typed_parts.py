"""One date as it is typed, in English, Korean or figures, before it is known to be whole.

`23` in `23–25 May 2022` and `25일` in `2022년 5월 23일~25일` are parts too: they are completed
from the other end of their period.
"""

from __future__ import annotations

from typing import NamedTuple

from db import dates
from db.errors import AllianceError
from viewer.edits.typed_forms import (
    FORMS,
    MARKS,
    MONTH_NAMES,
    RELATIVE,
    SEASONS,
    TWO_DIGIT_END,
    WEEKDAY_AROUND,
    WEEKDAYS,
)

_MOST_MARKS = 8
"""Around one date, `on the` and the like counted too: a heap of signs is not worth more work."""


class Typed(NamedTuple):
    """A date as far as it was typed. `year`, `month` (or season) and `day` are the digits that
    EDTF writes, `number` is a figure that may be a day or a month; `marks` are of ~ ? % and of
    `day` and `month`, said to be unknown; `weekday` counts from Monday; `text` is what stood there.
    """

    text: str
    year: str | None = None
    month: str | None = None
    day: str | None = None
    number: str | None = None
    marks: frozenset[str] = frozenset()
    weekday: int | None = None

    @property
    def names_month(self) -> bool:
        return self.month is not None and self.month.isdecimal() and int(self.month) <= 12

    def completed(self, other: Typed) -> Typed:
        """With the month and year that only the other end of the period says."""
        whole = self
        if whole.number is not None and other.day:
            whole = whole._replace(number=None, day=_two_digits(whole.number))
        elif whole.number is not None and other.names_month:
            whole = whole._replace(number=None, month=_two_digits(whole.number))
        if whole.day is not None and whole.month is None and other.names_month:
            whole = whole._replace(month=other.month)
        says_when = other.names_month or other.day
        if whole.month is not None and whole.year is None and says_when:
            whole = whole._replace(year=other.year)
        return whole

    def edtf(self) -> str | None:
        """Its EDTF text; None while something is missing or what is said does not fit together.

        Raises `date.calendar` for a day that does not exist, `date.weekday` for one that falls
        on another day of the week than was typed.
        """
        if self.year is None or self.number is not None or (self.day and not self.month):
            return None
        pieces = [piece for piece in (self.year, self.month, self.day) if piece]
        if unknown := self.marks & {"day", "month"}:
            if unknown != ({"day"} if self.names_month else {"month"}) or self.day:
                return None
            if self.month is None or unknown == {"day"}:
                pieces.append("XX")
        text = "-".join(pieces) + self._qualifier()
        try:
            found = dates.parse(text)
        except AllianceError as refused:
            if refused.code != "date.calendar":
                return None
            raise AllianceError("date.calendar", text=self.text) from None
        if self.weekday is not None:
            # 1970-01-01 was a Thursday; the week is counted from Monday.
            if found.precision != "day" or found.first is None:
                return None
            if (found.first + 3) % 7 != self.weekday:
                raise AllianceError("date.weekday", text=self.text)
        return text

    def _qualifier(self) -> str:
        if "%" in self.marks or {"~", "?"} <= self.marks:
            return "%"
        return "~" if "~" in self.marks else "?" if "?" in self.marks else ""


def part(text: str, today: int) -> Typed | None:
    """Reads one date or what can be one end of a period; None for what is neither.

    Raises `date.calendar` for a month that does not exist, `date.day-or-month` and
    `date.century-or-decade` for what can mean two things, `date.tilde` for a tilde that would
    be a qualifier for one reader and a period for another, `date.year` for a short year.
    """
    text = text.strip()
    _refuse_tilde(text, today)
    return _found(text, today)


def _found(text: str, today: int) -> Typed | None:
    core, marks = _unmarked(text)
    core, weekday = _without_weekday(core)
    core = core.rstrip(". ")
    found = _relative(core, today) or _exact(core, text) or _formed(core, text)
    return found and found._replace(text=text, marks=marks, weekday=weekday)


def _refuse_tilde(text: str, today: int) -> None:
    """`2012년~` and `~1953` say `since` and `until` to Koreans, and `about` to EDTF's readers."""
    before = text[:-1].rstrip()
    since = text.endswith("~") and before.endswith(tuple("년월일대기봄여름가을겨울"))
    until = text.startswith("~")
    if not (since or until):
        return
    # Not `part` again: a text of tildes would be taken apart one by one, for each end of each.
    rest = _found(before if since else text[1:].strip(), today)
    if rest and (plain := rest.edtf()):
        about = rest._replace(marks=rest.marks | {"~"}).edtf()
        period = f"{plain}/.." if since else f"../{plain}"
        raise AllianceError("date.tilde", text=text, about=about, period=period)


def _unmarked(text: str) -> tuple[str, frozenset[str]]:
    """The text without the marks around it, and which they are."""
    marks: set[str] = set()
    for _ in range(_MOST_MARKS):
        for pattern, mark in MARKS:
            if match := pattern.search(text):
                text = (text[: match.start()] + text[match.end() :]).strip()
                marks.add(mark)
                break
        else:
            break
    return text, frozenset(marks - {""})


def _without_weekday(text: str) -> tuple[str, int | None]:
    for match in WEEKDAY_AROUND.finditer(text):
        at = WEEKDAYS.get(match[match.lastgroup or 0].lower())
        if at is not None:
            return (text[: match.start()] + text[match.end() :]).strip(), at
    return text, None


def _relative(core: str, today: int) -> Typed | None:
    away = RELATIVE.get(core.lower())
    return None if away is None else _from_edtf(dates.to_iso(today + away), core)


def _from_edtf(edtf: str, text: str) -> Typed:
    year, month, day, *_ = [*edtf.split("-"), None, None]
    return Typed(text, year, month, day)


def _exact(core: str, text: str) -> Typed | None:
    """A date in EDTF without its qualifier."""
    if "/" in core:
        return None
    try:
        return _from_edtf(dates.parse(core.upper()).text, text)
    except AllianceError as refused:
        if refused.code == "date.refused":
            return None
        if TWO_DIGIT_END.fullmatch(core):
            raise AllianceError("date.year", text=text) from None
        raise AllianceError("date.calendar", text=text) from None


def _formed(core: str, text: str) -> Typed | None:
    for form in FORMS:
        match = form.fullmatch(core)
        if match and (found := _built(match.groupdict(), text)):
            return found
    return None


def _built(said: dict[str, str | None], text: str) -> Typed | None:
    """A date out of the groups of one form; None where they do not fit together."""
    if decade := said.get("decade"):
        return _decade(decade, text)
    if century := said.get("century"):
        return _century(int(century), said.get("low"), said.get("high"), text)
    year, day = said.get("year"), said.get("day")
    if season := said.get("season"):
        following = said.get("next")
        if following and following not in _years_after(str(year)):
            return None
        return Typed(text, year, SEASONS[season.lower()])
    if (one := said.get("one")) and (other := said.get("other")) and year:
        return _day_and_month(int(one), int(other), year, text)
    month = said.get("month")
    if short := said.get("short"):
        if may_end_a_period(str(year), short):
            return None
        month = short
    if name := said.get("name"):
        if name.lower() not in MONTH_NAMES:
            return None
        month = str(MONTH_NAMES[name.lower()])
    # Above twenty it would turn into a season.
    if month and not 1 <= int(month) <= 12:
        raise AllianceError("date.calendar", text=text)
    return Typed(
        text, year, month and _two_digits(month), day and _two_digits(day), said.get("number")
    )


def _two_digits(number: str) -> str:
    return number.zfill(2)


def may_end_a_period(year: str, short: str) -> bool:
    """Whether the figure after a year may be the end of a later one: `1904/05`, not `2022/05`."""
    return int(short) > 12 or int(short) > int(year[-len(short) :])


def _years_after(year: str) -> tuple[str, str]:
    """How the second year of a winter may be written: 1952 or 52."""
    following = str(int(year) + 1)
    return following, following[-2:]


def _day_and_month(one: int, other: int, year: str, text: str) -> Typed | None:
    """`21/05/2022`, in either order, as long as only one of them can be the month."""
    if one > 12 or one == other:
        day, month = one, other
    elif other > 12:
        day, month = other, one
    else:
        first, second = (f"{year}-{m:02d}-{d:02d}" for d, m in ((one, other), (other, one)))
        raise AllianceError("date.day-or-month", text=text, first=first, second=second)
    if not 1 <= month <= 12:
        raise AllianceError("date.calendar", text=text)
    return Typed(text, year, f"{month:02d}", f"{day:02d}")


def _decade(first: str, text: str) -> Typed:
    """The ten years that `1950s` names; `1900s` may be ten or a hundred."""
    if first.endswith("00"):
        raise AllianceError(
            "date.century-or-decade", text=text, decade=f"{first[:3]}X", century=f"{first[:2]}XX"
        )
    return Typed(text, f"{first[:3]}X")


def _century(number: int, low: str | None, high: str | None, text: str) -> Typed | None:
    """`20th century` is `19XX`, as our words for it say; years in brackets must be those."""
    first = (number - 1) * 100
    if not 0 <= first <= 9900 or (low and high and (int(low), int(high)) != (first, first + 99)):
        return None
    return Typed(text, f"{number - 1:02d}XX")
