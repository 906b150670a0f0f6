"""Dates that are dragged: by their own unit, whole or at one end."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from db import dates
from tests.edtf_texts import any_date, singles
from viewer.edits.moving import End, end_moved, moved, shifted

often = settings(max_examples=300, deadline=None)
steps = st.integers(-60, 60)
near_days = st.floats(-40_000, 40_000)
all_days = st.integers(dates.FIRST_DAY, dates.LAST_DAY)


@pytest.mark.parametrize(
    ("edtf", "days", "after"),
    [
        ("2022-05-21", 11, "2022-06-01"),
        ("2022-05-21", -0.4, "2022-05-21"),
        ("2022-05-21?", 0.6, "2022-05-22?"),
        ("2024-02-29~", 366, "2025-03-01~"),
        ("2022-05", 10, "2022-05"),
        ("2022-05", 20, "2022-06"),
        ("2022-12~", 31, "2023-01~"),
        ("2022-01%", -31, "2021-12%"),
        ("2022-05-XX", 31, "2022-06-XX"),
        ("1953", 182, "1953"),
        ("1953", 183, "1954"),
        ("1953~", -800, "1951~"),
        ("2026-XX?", 365, "2027-XX?"),
        ("195X", 1000, "195X"),
        ("195X~", 3650, "196X~"),
        ("19XX", 36_525, "20XX"),
        ("1951-21", 92, "1951-22"),
        ("1951-24?", 91, "1952-21?"),
        ("1951-21", -91, "1950-24"),
        ("2022-05-23/2022-05-25?", 9, "2022-06-01/2022-06-03?"),
        ("2006-02~/2007-04", 31, "2006-03~/2007-05"),
        ("2012-03-15/..", 1, "2012-03-16/.."),
        ("../1953-07-27", -27, "../1953-06-30"),
        ("1979/", 365, "1980/"),
        ("/1979~", -365, "/1978~"),
    ],
)
def test_a_date_moves_by_its_own_unit_and_keeps_what_else_it_says(
    edtf: str, days: float, after: str
) -> None:
    assert moved(edtf, days) == after


@pytest.mark.parametrize(
    ("edtf", "days", "after"),
    [
        ("2022-05-31/2023", 365, "2023-05-31/2024"),
        ("2024-02-29/2025", 366, "2025-02-28/2026"),
        ("2022-05-31/2022-09", 30, "2022-06-30/2022-10"),
        ("1951-21/1953-07-27", 92, "1951-22/1953-10-27"),
        ("1951-21/1953", 365, "1952-21/1954"),
        ("195X~/1962-22", 3652, "196X~/1972-22"),
        ("19XX/2022-05-21", 36_525, "20XX/2122-05-21"),
    ],
)
def test_a_period_moves_by_the_unit_of_its_coarser_end(edtf: str, days: float, after: str) -> None:
    assert moved(edtf, days) == after


@pytest.mark.parametrize(
    ("edtf", "far", "last"),
    [
        ("2022-05-21", 9e9, "9999-12-31"),
        ("2022-05-21", -9e9, "0000-01-01"),
        ("1953~", 9e9, "9999~"),
        ("195X", 9e9, "999X"),
        ("19XX", -9e9, "00XX"),
        ("1951-21", 9e9, "9999-24"),
        ("1951-21", -9e9, "0000-21"),
        ("1950/1953", 9e9, "9996/9999"),
        ("1950/1953", -9e9, "0000/0003"),
        ("2022-05/..", 9e9, "9999-12/.."),
    ],
)
def test_a_date_stops_at_the_last_year_there_is(edtf: str, far: float, last: str) -> None:
    assert moved(edtf, far) == last


@pytest.mark.parametrize(
    ("edtf", "which", "to", "after"),
    [
        ("2022-05-23/2022-05-25", "end", "2022-06-02", "2022-05-23/2022-06-02"),
        ("2022-05-23~/2022-05-25", "start", "2022-05-01", "2022-05-01~/2022-05-25"),
        ("2006-02/2007-04?", "end", "2008-01-31", "2006-02/2008-01?"),
        ("1950/1953-07-27", "start", "1948-08-15", "1948/1953-07-27"),
        ("1951-21/1952-22%", "end", "1953-02-01", "1951-21/1952-24%"),
        ("195X/199X", "end", "2003-01-01", "195X/200X"),
        ("2022-05-XX/2022-08", "start", "2022-07-09", "2022-07-XX/2022-08"),
        ("2012-03-15/..", "start", "2012-03-01", "2012-03-01/.."),
        ("/1979~", "end", "1981-05-05", "/1981~"),
    ],
)
def test_an_end_goes_to_the_day_under_the_pointer_at_its_own_precision(
    edtf: str, which: End, to: str, after: str
) -> None:
    assert end_moved(edtf, which, dates.from_iso(to)) == after


@pytest.mark.parametrize(
    ("edtf", "which", "to", "after"),
    [
        ("2022-05-23/2022-05-25", "start", "2022-07-01", "2022-05-25/2022-05-25"),
        ("1950/1953", "end", "1940-01-01", "1950/1950"),
        ("1950-06-25/1953", "end", "1940-01-01", "1950-06-25/1950"),
        ("1950/1953-07-27", "start", "1999-01-01", "1953/1953-07-27"),
    ],
)
def test_an_end_stops_at_the_other(edtf: str, which: End, to: str, after: str) -> None:
    assert end_moved(edtf, which, dates.from_iso(to)) == after


@pytest.mark.parametrize(
    ("edtf", "which", "to", "after"),
    [
        ("2012-03-15/..", "end", "2018-09-24", "2012-03-15/2018-09-24"),
        ("2012~/..", "end", "2018-09-24", "2012~/2018"),
        ("2012/..", "end", "1990-01-01", "2012/2012"),
        ("../1953-07", "start", "1950-06-25", "1950-06/1953-07"),
        ("1979-XX/", "end", "1981-01-01", "1979-XX/1981"),
    ],
)
def test_an_end_without_a_date_gets_one_as_precise_as_the_other(
    edtf: str, which: End, to: str, after: str
) -> None:
    assert end_moved(edtf, which, dates.from_iso(to)) == after


@pytest.mark.parametrize(
    ("edtf", "which", "to", "after"),
    [
        ("1953~", "end", "1953-12-31", "1953~"),
        ("1953~", "end", "1954-01-01", "1953~/1954~"),
        ("1953", "start", "1950-06-25", "1950/1953"),
        ("1953", "start", "1960-01-01", "1953"),
    ],
)
def test_a_date_pulled_at_one_end_becomes_a_period(
    edtf: str, which: End, to: str, after: str
) -> None:
    assert end_moved(edtf, which, dates.from_iso(to)) == after


def _first(edtf: str) -> int:
    date = dates.parse(edtf)
    found = date.start or date.end
    assert found is not None
    return found.first


def _said(part: dates.Part | None) -> tuple[object, ...] | None:
    """What moving must keep of one end."""
    return part and (
        part.precision, part.approximate, part.uncertain, part.unspecified_day,
        part.unspecified_month, part.season is None,
    )  # fmt: skip


def _form(edtf: str) -> tuple[object, ...]:
    date = dates.parse(edtf)
    return date.shape, _said(date.start), _said(date.end)


@often
@given(any_date, near_days)
def test_moving_keeps_precision_form_and_qualifiers(edtf: str, days: float) -> None:
    after = moved(edtf, days)
    assert _form(after) == _form(edtf)
    assert dates.parse(after).text == after


@often
@given(any_date, steps)
def test_there_and_back_is_where_it_was(edtf: str, by: int) -> None:
    date = dates.parse(edtf)
    parts = [part for part in (date.start, date.end) if part]
    assume(all(part.day is None or part.day <= 28 for part in parts) or date.precision == "day")
    there = shifted(edtf, by)
    # Where it was stopped by the edge of time it went less far.
    assume(by == 0 or shifted(edtf, by - 1) != there != shifted(edtf, by + 1))
    assert shifted(there, -by) == edtf


@often
@given(any_date, near_days, near_days)
def test_whoever_drags_farther_moves_no_less(edtf: str, one: float, other: float) -> None:
    less, more = sorted((one, other))
    assert _first(moved(edtf, less)) <= _first(moved(edtf, more))


@often
@given(any_date, near_days)
def test_no_other_step_is_nearer_to_the_pointer(edtf: str, days: float) -> None:
    target = _first(edtf) + days
    after = moved(edtf, days)
    beside = [shifted(after, step) for step in (-1, 1)]
    assert all(abs(_first(after) - target) <= abs(_first(each) - target) for each in beside)


@often
@given(any_date)
def test_what_is_not_dragged_stays_as_it_is(edtf: str) -> None:
    assert moved(edtf, 0) == edtf == shifted(edtf, 0)


@often
@given(singles, singles, st.floats(-9e9, 9e9))
def test_no_distance_turns_a_period_round_or_leaves_the_years_there_are(
    one: str, other: str, days: float
) -> None:
    first, last = sorted((one, other), key=lambda text: dates.parse(text).sort_key)
    after = moved(f"{first}/{last}", days)
    assert _form(after) == _form(f"{first}/{last}")


@often
@given(any_date, st.sampled_from(["start", "end"]), all_days)
def test_a_dragged_end_never_passes_the_other_and_leaves_it_alone(
    edtf: str, which: End, number: int
) -> None:
    before, after = dates.parse(edtf), dates.parse(end_moved(edtf, which, number))
    start, end = (after.start, after.end)
    assert before.interval or after.interval or after == before
    kept, was = (end, before.end) if which == "start" else (start, before.start)
    assert kept == was
    dragged, had = (start, before.start) if which == "start" else (end, before.end)
    assert dragged is not None
    if had is not None:
        assert _said(dragged) == _said(had)
    elif was is not None:
        assert dragged.precision == was.precision


@often
@given(any_date, st.sampled_from(["start", "end"]), all_days)
def test_the_day_under_the_pointer_is_in_the_end_where_nothing_is_in_the_way(
    edtf: str, which: End, number: int
) -> None:
    before, after = dates.parse(edtf), dates.parse(end_moved(edtf, which, number))
    dragged = after.start if which == "start" else after.end
    other = before.end if which == "start" else before.start
    assert dragged is not None
    if other is not None:
        assume(number <= other.last if which == "start" else number >= other.first)
    assume(number >= dates.day(0, 3, 1))  # no season has the two months before
    assert dragged.first <= number <= dragged.last
