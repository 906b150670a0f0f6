"""The axis: two tiers whose texts fit their cells, from centuries to days."""

from __future__ import annotations

import itertools

import pytest

from db.dates import day
from tests.pictures import MEASURE, of_role, overlap, picture, timeline, view
from viewer.display import Text
from viewer.layout.ticks import UNITS, cells, lower_unit
from viewer.layout.timescale import TimeScale


@pytest.mark.parametrize(
    ("start", "end", "lower", "upper"),
    [
        ("1000", "1999", "half-century", "century"),
        ("0500", "3499", "century", "century"),
        ("1850", "2049", "decade", "century"),
        ("1950", "2030", "five", "century"),
        ("1990", "2005", "year", "decade"),
        ("2020", "2022", "quarter", "year"),
        ("2021-10", "2022-12", "month", "year"),
        ("2022-05", "2022-08", "week", "month"),
        ("2022-05-10", "2022-05-31", "day", "month"),
    ],
)
def test_the_units_follow_the_scale_from_centuries_to_days(start, end, lower, upper):
    shown = view(start, end, width=900)
    scale = TimeScale(shown.start, shown.end, 14, 886)
    unit, _, above = UNITS[lower_unit(scale, "en", MEASURE, 13.0)]
    assert (unit, above) == (lower, upper)


def test_cells_follow_one_another_without_a_gap_across_leap_years_and_year_ends():
    for unit, _, _ in UNITS:
        found = list(cells(unit, day(1995, 11, 20), day(2104, 3, 2)))
        assert found[0][0] <= day(1995, 11, 20)
        assert found[-1][1] >= day(2104, 3, 2)
        assert all(one[1] == other[0] for one, other in itertools.pairwise(found))


def test_weeks_begin_on_monday():
    assert (day(2022, 5, 16), day(2022, 5, 23)) in list(
        cells("week", day(2022, 5, 18), day(2022, 5, 22))
    )


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize(
    "span", [("1882", "2026"), ("2007-01", "2007-12"), ("2022-05-01", "2022-05-28")]
)
@pytest.mark.parametrize("width", [120.0, 700.0, 3840.0])
def test_no_two_texts_of_the_axis_overlap(language, span, width):
    display = picture(timeline([]), view(*span, width=width, language=language))
    texts = [item for item in of_role(display, "tick") if isinstance(item, Text)]
    for i, one in enumerate(texts):
        assert all(not overlap(one, other) for other in texts[i + 1 :])


def test_the_axis_is_written_in_the_language_of_the_view():
    shown = {
        language: {item.text for item in of_role(
            picture(timeline([]), view("2021-10", "2022-12", width=1400, language=language)), "tick"
        )}
        for language in ("en", "ko")
    }  # fmt: skip
    assert {"2022", "May"} <= shown["en"]
    assert {"2022년", "5월"} <= shown["ko"]


def test_the_year_that_began_before_the_picture_sticks_to_its_edge():
    display = picture(timeline([]), view("2022-05-10", "2022-05-31"))
    first = min((item for item in of_role(display, "tick")), key=lambda item: (item.y, item.x))
    assert first.text == "May 2022"
    assert first.x < 30
