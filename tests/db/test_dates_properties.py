"""Dates: what holds for all of them, wherever the machine stands.

The `edtf` library is asked as well where it is right. It is not for impossible days inside
intervals, reversed intervals, ends that are unknown, winters (which it ends on 31 December),
seasons with a qualifier (which it refuses) and intervals with an X in an end (which it
refuses, mostly, or fails on).
"""

from __future__ import annotations

import datetime
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import dates
from db.errors import AllianceError
from tests.edtf_texts import (
    any_date,
    intervals,
    plain,
    qualified,
    qualifiers,
    seasons,
    singles,
    whole_days,
    written_out,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

ZONES = ("Asia/Seoul", "UTC", "America/New_York")

slow = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
quick = settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(autouse=True, params=ZONES)
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The machine stands in each of the three zones in turn."""
    with monkeypatch.context() as patched:
        patched.setenv("TZ", request.param)
        time.tzset()
        yield request.param
    time.tzset()


@quick
@given(any_date)
def test_every_form_comes_back_as_it_was_written(text: str) -> None:
    assert dates.parse(text).text == text


@quick
@given(any_date)
def test_the_first_day_never_follows_the_last(text: str) -> None:
    date = dates.parse(text)
    assert date.first is not None or date.last is not None
    if date.first is not None and date.last is not None:
        assert dates.FIRST_DAY <= date.first <= date.last <= dates.LAST_DAY
    for part in filter(None, (date.start, date.end)):
        assert part.first <= part.last


@quick
@given(singles, st.text("0123456789X-/.?~% ", min_size=1, max_size=3), st.integers(0, 11))
def test_a_spoilt_date_is_taken_whole_or_refused_with_a_code(
    text: str, noise: str, place: int
) -> None:
    spoilt = text[:place] + noise + text[place:]
    assert _taken_or_refused(spoilt) in (
        spoilt.strip(),
        "date.refused",
        "date.calendar",
        "date.order",
    )


@quick
@given(st.text(max_size=24))
def test_no_text_at_all_gives_another_kind_of_error(text: str) -> None:
    assert _taken_or_refused(text) in (text.strip(), "date.refused")


def _taken_or_refused(text: str) -> str:
    """The text of the date, or the code of the refusal."""
    try:
        return dates.parse(text).text
    except AllianceError as refused:
        return refused.code


@quick
@given(plain, qualifiers.filter(bool))
def test_a_qualifier_moves_no_bound(text: str, qualifier: str) -> None:
    bare, marked = dates.parse(text), dates.parse(text + qualifier)
    assert (marked.first, marked.last, marked.precision) == (bare.first, bare.last, bare.precision)
    assert marked.start is not None
    assert marked.start.approximate == (qualifier in "~%")
    assert marked.start.uncertain == (qualifier in "?%")


@quick
@given(whole_days, whole_days)
def test_days_are_ordered_as_their_texts_are(one: str, other: str) -> None:
    assert (dates.parse(one).sort_key < dates.parse(other).sort_key) == (one < other)


@quick
@given(singles, singles)
def test_an_interval_of_two_runs_from_the_first_of_one_to_the_last_of_the_other(
    one: str, other: str
) -> None:
    first, last = dates.parse(one).first, dates.parse(other).last
    assert first is not None
    assert last is not None
    if first > last:
        with pytest.raises(AllianceError, match=r"date\.order"):
            dates.parse(f"{one}/{other}")
    else:
        both = dates.parse(f"{one}/{other}")
        assert (both.first, both.last) == (first, last)


@quick
@given(st.integers(dates.FIRST_DAY, dates.LAST_DAY))
def test_a_day_number_comes_back_from_its_calendar_date(number: int) -> None:
    assert dates.day(*dates.civil(number)) == number
    assert dates.from_iso(dates.to_iso(number)) == number


@quick
@given(st.dates())
def test_day_numbers_are_those_of_the_standard_calendar(date: datetime.date) -> None:
    number = date.toordinal() - datetime.date(1970, 1, 1).toordinal()
    assert dates.day(date.year, date.month, date.day) == number
    assert dates.civil(number) == (date.year, date.month, date.day)


def test_today_is_the_day_where_the_machine_stands(
    zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Six in the evening of the 20th by UTC: already the 21st in Seoul.
    moment = datetime.datetime(2022, 5, 20, 18, tzinfo=datetime.UTC).timestamp()

    class Clock(datetime.date):
        @classmethod
        def today(cls) -> Clock:
            return cls.fromtimestamp(moment)

    monkeypatch.setattr(dates, "date", Clock)
    there = "2022-05-21" if zone == "Asia/Seoul" else "2022-05-20"
    assert dates.to_iso(dates.today()) == there


def _asked(text: str) -> tuple[int, int]:
    """The bounds that the `edtf` library gives."""
    from edtf import parse_edtf

    found = parse_edtf(text)
    low, high = found.lower_strict(), found.upper_strict()
    return dates.day(*low[:3]), dates.day(*high[:3])


@slow
@given(qualified)
def test_the_library_gives_the_same_bounds(text: str) -> None:
    date = dates.parse(text)
    assert (date.first, date.last) == _asked(text)


@slow
@given(seasons)
def test_the_library_gives_the_same_seasons_but_for_the_end_of_winter(text: str) -> None:
    date = dates.parse(text)
    first, last = _asked(text)
    assert date.first == first
    assert date.last is not None
    if text.endswith("24"):
        assert date.last == last + (0 if text.startswith("9999") else 59 + _leap_after(text))
    else:
        assert date.last == last


def _leap_after(text: str) -> int:
    return int(dates.is_leap(int(text[:4]) + 1))


@slow
@given(intervals(written_out))
def test_the_library_gives_the_same_intervals(text: str) -> None:
    date = dates.parse(text)
    assert (date.first, date.last) == _asked(text)


@slow
@given(written_out)
def test_the_library_leaves_the_same_end_open(text: str) -> None:
    from edtf import parse_edtf

    going_on, gone = dates.parse(f"{text}/.."), dates.parse(f"../{text}")
    asked_going_on, asked_gone = parse_edtf(going_on.text), parse_edtf(gone.text)
    assert going_on.first == dates.day(*asked_going_on.lower_strict()[:3])
    assert gone.last == dates.day(*asked_gone.upper_strict()[:3])
    assert going_on.last is None
    assert asked_going_on.upper_strict() == float("inf")
    assert gone.first is None
    assert asked_gone.lower_strict() == -float("inf")


@slow
@given(st.one_of(qualified, seasons, intervals(written_out)))
def test_the_library_writes_each_as_we_do(text: str) -> None:
    from edtf import parse_edtf

    assert str(parse_edtf(text)) == dates.parse(text).text
