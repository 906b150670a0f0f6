"""Moving about in time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.dates import day
from tests.pictures import Made, timeline
from viewer.layout import navigation

MADE = timeline([Made("1882-05-22"), Made("1953-10-01", importance=5), Made("2018/..")])
ranges = st.tuples(st.floats(-700_000, 2_900_000), st.floats(0.001, 800_000)).map(
    lambda pair: (pair[0], pair[0] + pair[1])
)


def test_fit_shows_every_event_with_room_at_both_ends():
    start, end = navigation.fit(MADE)
    assert start < day(1882, 5, 22)
    assert end > day(2018, 12, 31)


def test_fit_follows_the_filter():
    start, end = navigation.fit(MADE, MADE.columns.importance == 5)
    assert start < day(1953, 10, 1) < end
    assert end - start < 10


def test_fit_of_nothing_shows_the_years_around_today():
    start, end = navigation.fit(timeline([]))
    assert start < day(2026, 11, 23) < end


@given(ranges, st.floats(0.2, 5.0), st.floats(0.0, 1.0))
def test_zooming_keeps_the_day_under_the_hand_where_it_is(shown, factor, share):
    start, end = navigation.limited(*shown)
    about = start + share * (end - start)
    new_start, new_end = navigation.zoomed(start, end, factor, about)
    if new_start > navigation.FIRST_DAY and new_end < navigation.LAST_DAY:
        assert (about - new_start) / (new_end - new_start) == pytest.approx(share, abs=1e-6)


@given(ranges, st.floats(0.01, 100.0), st.floats(-2.0, 2.0))
def test_no_step_leaves_the_years_that_a_date_can_have(shown, factor, share):
    for start, end in (
        navigation.limited(*shown),
        navigation.zoomed(*navigation.limited(*shown), factor),
        navigation.panned(*navigation.limited(*shown), share),
    ):
        assert navigation.FIRST_DAY - 1e-6 <= start < end <= navigation.LAST_DAY + 1e-6
        assert navigation.SHORTEST - 1e-6 <= end - start <= navigation.LONGEST + 1e-6


def test_centring_keeps_the_length():
    assert navigation.centred(0.0, 100.0, 500.0) == (450.0, 550.0)


def test_the_extent_ends_with_the_last_day_of_the_last_event():
    start, end = navigation.extent(MADE, np.array([True, True, False]))
    assert (start, end) == (day(1882, 5, 22), day(1953, 10, 2))
