"""Dates as they are said, in both languages."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from db.dates import FIRST_DAY, LAST_DAY, day, from_iso
from db.errors import AllianceError
from viewer.words.dates import (
    day_words,
    edtf_words,
    month_words,
    range_words,
    tick_words,
    weekday_words,
    year_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True, params=["Asia/Seoul", "UTC", "America/New_York"])
def _zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patched:
        patched.setenv("TZ", request.param)
        time.tzset()
        yield
    time.tzset()


@pytest.mark.parametrize(
    ("edtf", "english", "korean"),
    [
        ("2007-04-02", "2 Apr 2007", "2007년 4월 2일"),
        ("2022-05", "May 2022", "2022년 5월"),
        ("1953", "1953", "1953년"),
        ("0476", "476", "476년"),
        ("2022-05~", "about May 2022", "2022년 5월경"),
        ("1953?", "1953 (uncertain)", "1953년(불확실)"),
        ("1951-21%", "about spring 1951 (uncertain)", "1951년 봄경(불확실)"),
        ("2026-XX", "2026 (month unknown)", "2026년(월 미상)"),
        ("2022-05-XX", "May 2022 (day unknown)", "2022년 5월(일자 미상)"),
        ("195X", "1950s", "1950년대"),
        ("19XX", "20th century (1900–1999)", "20세기(1900~1999년)"),
        ("20XX", "21st century (2000–2099)", "21세기(2000~2099년)"),
        ("1951-21", "spring 1951", "1951년 봄"),
        ("1951-22", "summer 1951", "1951년 여름"),
        ("1951-23", "autumn 1951", "1951년 가을"),
        ("1951-24", "winter 1951–1952", "1951~1952년 겨울"),
    ],
)
def test_a_date_is_said_as_precisely_as_it_is_known(edtf: str, english: str, korean: str) -> None:
    assert edtf_words(edtf, "en") == english
    assert edtf_words(edtf, "ko") == korean


@pytest.mark.parametrize(
    ("edtf", "english", "korean"),
    [
        ("2022-05-23/2022-05-25", "23–25 May 2022", "2022년 5월 23일~25일"),
        ("2022-05-23/2022-06-02", "23 May – 2 Jun 2022", "2022년 5월 23일~6월 2일"),
        ("2022-12-30/2023-01-02", "30 Dec 2022 – 2 Jan 2023", "2022년 12월 30일~2023년 1월 2일"),
        ("2007-02/2007-04", "Feb – Apr 2007", "2007년 2월~4월"),
        ("2006-02/2007-04", "Feb 2006 – Apr 2007", "2006년 2월~2007년 4월"),
        ("1950/1953", "1950 – 1953", "1950년~1953년"),
        ("1950/1953-07-27", "1950 – 27 Jul 1953", "1950년~1953년 7월 27일"),
        ("2022-05~/2022-08", "about May 2022 – Aug 2022", "2022년 5월경~2022년 8월"),
        ("195X/196X?", "1950s – 1960s (uncertain)", "1950년대~1960년대(불확실)"),
        ("2007/2007", "2007", "2007년"),
        ("2022-05-23/2022-05-23", "23 May 2022", "2022년 5월 23일"),
    ],
)
def test_a_period_is_said_without_saying_anything_twice(
    edtf: str, english: str, korean: str
) -> None:
    assert edtf_words(edtf, "en") == english
    assert edtf_words(edtf, "ko") == korean


@pytest.mark.parametrize(
    ("edtf", "english", "korean"),
    [
        ("2012-03-15/..", "since 15 Mar 2012", "2012년 3월 15일부터 계속"),
        ("../1953-07-27", "until 27 Jul 1953", "1953년 7월 27일까지"),
        ("1979/", "from 1979, end unknown", "1979년부터(종료 시점 미상)"),
        ("/1979~", "until about 1979, start unknown", "1979년경까지(시작 시점 미상)"),
    ],
)
def test_an_end_that_is_open_is_told_from_one_that_is_unknown(
    edtf: str, english: str, korean: str
) -> None:
    assert edtf_words(edtf, "en") == english
    assert edtf_words(edtf, "ko") == korean


def test_what_is_no_date_is_refused_as_everywhere() -> None:
    with pytest.raises(AllianceError, match=r"date\.refused"):
        edtf_words("어제", "ko")


@pytest.mark.parametrize(
    ("first", "last", "english", "korean"),
    [
        ("2022-05-21", "2022-05-21", "21 May 2022", "2022년 5월 21일"),
        ("1950-01-01", "1950-12-31", "1950", "1950년"),
        ("1950-01-01", "2030-12-31", "1950 – 2030", "1950년~2030년"),
        ("2021-10-02", "2022-05-03", "2 Oct 2021 – 3 May 2022", "2021년 10월 2일~2022년 5월 3일"),
        ("2022-05-20", "2022-05-22", "20–22 May 2022", "2022년 5월 20일~22일"),
    ],
)  # fmt: skip
def test_a_range_names_whole_years_as_years(
    first: str, last: str, english: str, korean: str
) -> None:
    days = from_iso(first), from_iso(last)
    assert range_words(*days, "en") == english
    assert range_words(*days, "ko") == korean


def test_single_days_months_and_years_are_said_alone() -> None:
    number = day(2022, 5, 21)
    assert [day_words(number, "en"), day_words(number, "ko")] == ["21 May 2022", "2022년 5월 21일"]
    assert [month_words(number, "en"), month_words(number, "ko")] == ["May 2022", "2022년 5월"]
    assert [year_words(1882, "en"), year_words(1882, "ko")] == ["1882", "1882년"]
    assert [weekday_words(number, "en"), weekday_words(number, "ko")] == ["Saturday", "토요일"]


def test_the_first_and_the_last_day_of_all_have_words() -> None:
    assert day_words(FIRST_DAY, "ko") == "0년 1월 1일"
    assert weekday_words(FIRST_DAY, "en") == "Saturday"
    assert day_words(LAST_DAY, "en") == "31 Dec 9999"
    assert weekday_words(LAST_DAY, "ko") == "금요일"


@pytest.mark.parametrize(
    ("unit", "lower", "upper"),
    [
        ("century", ("1950", "1950년"), ("1950s", "1950년대")),
        ("half-century", ("1950", "1950년"), ("1950", "1950년")),
        ("twenty", ("1950", "1950년"), ("1950", "1950년")),
        ("decade", ("1950", "1950년"), ("1950s", "1950년대")),
        ("five", ("1950", "1950년"), ("1950", "1950년")),
        ("year", ("1950", "1950년"), ("1950", "1950년")),
        ("quarter", ("Q2", "2분기"), ("Q2 1950", "1950년 2분기")),
        ("month", ("Jun", "6월"), ("Jun 1950", "1950년 6월")),
        ("week", ("25", "25"), ("25 Jun 1950", "1950년 6월 25일")),
        ("day", ("25", "25"), ("25 Jun 1950", "1950년 6월 25일")),
    ],
)
def test_the_axis_is_short_below_and_whole_above(
    unit: str, lower: tuple[str, str], upper: tuple[str, str]
) -> None:
    number = day(1950, 6, 25)
    for tier, major in ((lower, False), (upper, True)):
        assert tuple(tick_words(unit, number, each, major=major) for each in ("en", "ko")) == tier
