"""Dates: which forms are taken, which days they may mean, and what is refused how."""

from __future__ import annotations

import pytest

from db import columns, dates
from db.errors import AllianceError

BOUNDS = [
    ("1882-05-22", "1882-05-22", "1882-05-22", "day"),
    ("2024-02-29", "2024-02-29", "2024-02-29", "day"),
    ("2022-05", "2022-05-01", "2022-05-31", "month"),
    ("2024-02", "2024-02-01", "2024-02-29", "month"),
    ("1900-02", "1900-02-01", "1900-02-28", "month"),
    ("2000-02", "2000-02-01", "2000-02-29", "month"),
    ("1953", "1953-01-01", "1953-12-31", "year"),
    ("0000", "0000-01-01", "0000-12-31", "year"),
    ("195X", "1950-01-01", "1959-12-31", "decade"),
    ("19XX", "1900-01-01", "1999-12-31", "century"),
    ("2026-XX", "2026-01-01", "2026-12-31", "year"),
    ("2022-05-XX", "2022-05-01", "2022-05-31", "month"),
    ("1951-21", "1951-03-01", "1951-05-31", "season"),
    ("1951-22", "1951-06-01", "1951-08-31", "season"),
    ("1951-23", "1951-09-01", "1951-11-30", "season"),
    ("1951-24", "1951-12-01", "1952-02-29", "season"),
    ("9999-24", "9999-12-01", "9999-12-31", "season"),
    ("2006-02/2007-04", "2006-02-01", "2007-04-30", "month"),
    ("2007-06-30/2012", "2007-06-30", "2012-12-31", "year"),
    ("195X/1962-22", "1950-01-01", "1962-08-31", "decade"),
    ("2007/2007", "2007-01-01", "2007-12-31", "year"),
]


@pytest.mark.parametrize(("text", "first", "last", "precision"), BOUNDS)
@pytest.mark.parametrize("qualifier", ["", "?", "~", "%"])
def test_a_date_spans_its_first_to_its_last_possible_day(
    text: str, first: str, last: str, precision: str, qualifier: str
) -> None:
    date = dates.parse(text + qualifier)
    assert date.first is not None
    assert date.last is not None
    assert (dates.to_iso(date.first), dates.to_iso(date.last)) == (first, last)
    assert date.precision == precision
    assert date.text == text + qualifier


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2012-03-15/..", "2012-03-15", None),
        ("../1953-07-27", None, "1953-07-27"),
        ("1979/", "1979-01-01", None),
        ("/1979", None, "1979-12-31"),
        ("195X~/..", "1950-01-01", None),
        ("../2026-XX?", None, "2026-12-31"),
    ],
)
def test_an_open_or_unknown_end_has_no_day(text: str, first: str | None, last: str | None) -> None:
    date = dates.parse(text)
    assert (date.first, date.last) == tuple(day and dates.from_iso(day) for day in (first, last))
    known = dates.from_iso(first or last or "")
    assert date.sort_key == (known, known)


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("1882-05-22", 0),
        ("1882~", columns.APPROXIMATE_START | columns.APPROXIMATE_END),
        ("1882?", columns.UNCERTAIN_START | columns.UNCERTAIN_END),
        ("2006-02~/2007-04", columns.INTERVAL | columns.APPROXIMATE_START),
        ("2006-02/2007-04?", columns.INTERVAL | columns.UNCERTAIN_END),
        (
            "2006-02/2007-04%",
            columns.INTERVAL | columns.APPROXIMATE_END | columns.UNCERTAIN_END,
        ),
        ("2012-03-15/..", columns.INTERVAL | columns.OPEN_END),
        ("../1953-07-27", columns.INTERVAL | columns.OPEN_START),
        ("1979/", columns.INTERVAL | columns.UNKNOWN_END),
        ("/1979", columns.INTERVAL | columns.UNKNOWN_START),
    ],
)
def test_the_shape_says_how_the_ends_are_drawn(text: str, shape: int) -> None:
    assert dates.parse(text).shape == shape


def test_what_is_not_specified_is_told_apart_from_what_is_not_written() -> None:
    month, month_and_day = dates.parse("2026-XX").start, dates.parse("2022-05-XX").start
    assert month is not None
    assert month.unspecified_month
    assert month.month is None
    assert month_and_day is not None
    assert month_and_day.unspecified_day
    assert (month_and_day.month, month_and_day.day) == (5, None)
    plain = dates.parse("2022-05").start
    assert plain is not None
    assert not plain.unspecified_day


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "어제", "2022년 5월", "198", "20220521", "2022-5", "2022-05-1", "22-05-21",
        "2022/05/21", "2022.05.21", "2022-05-21T10:00", "2022-05-21Z", "-0044", "Y20220", "12022",
        "X022", "1XXX", "XXXX", "20X2", "2022-0X", "2022-X5", "2022-05-2X", "2022-XX-15",
        "2022-XX-XX", "195X-05", "19XX-XX", "2022-21-05", "2022-21-XX",
        "?2022", "2022?-05", "2022??", "2022~?", "2022-05?-21", "2022-", "2022-05-",
        "..", "/", "../..", "../", "/..", "2022/2023/2024", "2022/...", "2022--2023", "2022 / 2023",
        "[2022,2023]", "{2022}", "2022-05-21\n2022-05-22", "２０２２", "٢٠٢٢", "2022–05", "195x",
    ],
)  # fmt: skip
def test_any_other_form_is_refused_with_the_accepted_ones(text: str) -> None:
    with pytest.raises(AllianceError) as refused:
        dates.parse(text)
    assert refused.value.code == "date.refused"
    assert refused.value.fields == {"text": text.strip(), "forms": dates.FORMS}


@pytest.mark.parametrize(
    "text",
    [
        "2022-13", "2022-00", "2022-20", "2022-25", "2022-99", "2022-13-01", "2022-00-XX",
        "2022-02-30", "2023-02-29", "1900-02-29", "2022-04-31", "2022-05-00", "2022-05-32",
        "2004-01-01/2005-02-29", "2022-13/..", "../2022-06-31~",
    ],
)  # fmt: skip
def test_a_day_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(AllianceError) as refused:
        dates.parse(text)
    assert refused.value.code == "date.calendar"
    assert refused.value.fields["text"] == text


@pytest.mark.parametrize(
    "text", ["1953/1950", "2022-05-21/2022-05-20", "196X/195X", "1000/0999", "2022-06~/2022-05-31"]
)
def test_an_interval_that_can_only_run_backwards_is_refused(text: str) -> None:
    with pytest.raises(AllianceError) as refused:
        dates.parse(text)
    assert refused.value.code == "date.order"
    assert refused.value.fields["text"] == text


@pytest.mark.parametrize("text", ["2007-06/2007", "2007/2007-06", "195X/1953-07-27"])
def test_an_interval_that_may_run_forwards_is_taken(text: str) -> None:
    date = dates.parse(text)
    assert date.first is not None
    assert date.last is not None
    assert date.first <= date.last


def test_spaces_around_a_date_are_not_part_of_it() -> None:
    assert dates.parse("  2022-05-21~\n").text == "2022-05-21~"


@pytest.mark.parametrize("form", dates.FORMS.split("; ")[0].replace(" … ", ", ").split(", "))
def test_every_form_that_a_refusal_names_is_taken(form: str) -> None:
    assert dates.parse(form).text == form


@pytest.mark.parametrize(
    "text", ["2022", "2022-05", "2022-05-21~", "2022-05-21/2022-05-21", "2022-05-21/.."]
)
def test_an_iso_day_is_one_exact_day(text: str) -> None:
    with pytest.raises(AllianceError, match=r"date\.refused"):
        dates.from_iso(text)
