"""Dates as they are dragged: by their own unit, with their form and qualifiers kept.

A year moves by years and stays one, `195X` by decades, `1951-21` by seasons, `2022-05-XX` by
months; `?`, `~` and `%` stay. A period moves as one: both ends by the unit of the coarser, so
that `2022-05-31/2023` becomes `2023-05-31/2024`; a day that its new month does not have becomes
the last of that month. An end that is open or unknown stays so. Nothing leaves the years 0000
to 9999: a date stops at the last place where all of it is still inside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from db.dates import (
    FIRST_DAY,
    LAST_DAY,
    PRECISIONS,
    Precision,
    civil,
    day,
    month_length,
    parse,
    to_iso,
)

if TYPE_CHECKING:
    from db.dates import Edtf, Part

End = Literal["start", "end"]

_MONTHS: dict[Precision, int] = {
    "day": 1, "month": 1, "season": 3, "year": 12, "decade": 120, "century": 1200,
}  # fmt: skip
"""How many months a unit has; a day moves by months in a period with a coarser end only."""

_MEAN_MONTH = 365.2425 / 12
_ALL_MONTHS = 12 * 10_000
_SPRING = 21


def moved(edtf: str, days: float) -> str:
    """A date after it was dragged by so many days, which need not be whole.

    It moves by the number of units that brings its first day (its last where the start is
    missing) nearest to where it was dragged, and is the same while that number is none.
    Raises as `db.dates.parse` does.
    """
    date = parse(edtf)
    steps = _nearest_steps(date, days)
    return shifted(date.text, steps) if steps else date.text


def shifted(edtf: str, steps: int) -> str:
    """A date some units later, or earlier where `steps` is negative: the unit is that of its
    coarsest end. Past the years there are it stops. Raises as `db.dates.parse` does."""
    date = parse(edtf)
    low, high = _room(date)
    return _shifted(date, max(low, min(steps, high)))


def end_moved(edtf: str, which: End, number: int) -> str:
    """A date whose start or end was dragged to a day, counted from 1970-01-01.

    The end becomes the unit of its own precision that has this day, with its form and its
    qualifier, and never passes the other end: there it stops. An open or unknown end that is
    dragged gets a date, as precise as the other end and without a qualifier, since it then ends
    where the pointer says. A date that is no period becomes one from itself to the unit that the
    pointer is in, both with its qualifier, once it is another unit than its own. Raises as
    `db.dates.parse` does.
    """
    date = parse(edtf)
    dragged, other = (date.start, date.end) if which == "start" else (date.end, date.start)
    number = max(FIRST_DAY, min(number, LAST_DAY))
    if other is not None:
        number = min(number, other.last) if which == "start" else max(number, other.first)
    if dragged is not None:
        text = _written(dragged, _at_day(dragged.precision, number))
        if text == _written(dragged, _place(dragged)):
            return date.text
    else:
        assert other is not None
        text = _bare(other.precision, _at_day(other.precision, number))
    sides = date.text.split("/")
    kept = sides[0] if which == "end" else sides[-1]
    return f"{text}/{kept}" if which == "start" else f"{kept}/{text}"


def _nearest_steps(date: Edtf, days: float) -> int:
    """The number of units that moves its first known day nearest to `days` from where it is."""
    low, high = _room(date)
    if date.precision == "day":
        return max(low, min(round(days), high))
    guess = round(days / (_MONTHS[date.precision] * _MEAN_MONTH))
    origin = _first_known(date)

    def away(steps: int) -> tuple[float, int]:
        at = _first_known(parse(_shifted(date, steps)))
        return abs(at - origin - days), abs(steps)

    near = {max(low, min(guess + step, high)) for step in (-2, -1, 0, 1, 2)}
    return min(near, key=away)


def _first_known(date: Edtf) -> int:
    found = date.start or date.end
    assert found is not None
    return found.first


def _room(date: Edtf) -> tuple[int, int]:
    """How many units a date may go down and up within the years there are."""
    parts = [part for part in (date.start, date.end) if part]
    if date.precision == "day":
        return max(FIRST_DAY - part.first for part in parts), min(
            LAST_DAY - part.first for part in parts
        )
    unit = _MONTHS[date.precision]
    lows, highs = [], []
    for part in parts:
        at, own = _place(part), _MONTHS[part.precision]
        month = _month_of_day(at) if part.precision == "day" else at * own
        lows.append(-(month // unit))
        highs.append((_ALL_MONTHS - own - month) // unit)
    return max(lows), min(highs)


def _shifted(date: Edtf, steps: int) -> str:
    if not date.interval:
        assert date.start is not None
        return _stepped(date.start, date.precision, steps)
    sides = date.text.split("/")
    ends = [
        _stepped(part, date.precision, steps) if part else side
        for part, side in zip((date.start, date.end), sides, strict=True)
    ]
    return "/".join(ends)


def _stepped(part: Part, unit: Precision, steps: int) -> str:
    """A part after steps of a unit, which is its own or coarser."""
    at = _place(part)
    if unit == "day":
        return _written(part, at + steps)
    months = steps * _MONTHS[unit]
    if part.precision != "day":
        return _written(part, at + months // _MONTHS[part.precision])
    year, month = divmod(_month_of_day(at) + months, 12)
    of_month = min(civil(at)[2], month_length(year, month + 1))
    return _written(part, day(year, month + 1, of_month))


def _place(part: Part) -> int:
    """Where a part stands in the row of all units of its precision."""
    if part.precision == "day":
        return part.first
    if part.precision == "month":
        return _month_of_day(part.first)
    if part.season is not None:
        return int(part.year) * 4 + part.season - _SPRING
    return int(part.year.replace("X", ""))


def _month_of_day(number: int) -> int:
    year, month, _ = civil(number)
    return year * 12 + month - 1


def _at_day(precision: Precision, number: int) -> int:
    """The place of the unit that has a day."""
    if precision == "day":
        return number
    month = _month_of_day(number)
    if precision == "season":
        # Spring begins in March; the two months before the first one have no season.
        return max(0, (month - 2) // 3)
    return month // _MONTHS[precision]


def _bare(precision: Precision, at: int) -> str:
    """The text of a unit by its place, without a qualifier."""
    if precision == "day":
        return to_iso(at)
    if precision == "month":
        return f"{at // 12:04d}-{at % 12 + 1:02d}"
    if precision == "season":
        return f"{at // 4:04d}-{at % 4 + _SPRING}"
    digits = 4 - PRECISIONS.index(precision) + PRECISIONS.index("year")
    return f"{at:0{digits}d}".ljust(4, "X")


def _written(part: Part, at: int) -> str:
    """The text of a part at another place, in its own form and with its qualifier."""
    unknown = "-XX" if part.unspecified_day or part.unspecified_month else ""
    marks = {(True, True): "%", (True, False): "~", (False, True): "?", (False, False): ""}
    return _bare(part.precision, at) + unknown + marks[part.approximate, part.uncertain]
