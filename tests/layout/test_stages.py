"""Stage bands, hatches and headings, derived from the events that the stages name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db import dates
from tests.pictures import STAGES, of_role, picture, stage, timeline, view
from viewer.display import box
from viewer.layout import TimeScale


def x_of(display, shown, iso: str) -> float:
    return TimeScale(shown.start, shown.end, 14.0, shown.width - 14.0).x(dates.from_iso(iso))


def band(display, lane: str, role: str = "stage"):
    """Left, top, width and height of all of a lane's band: the point at its end is an item."""
    found = [box(item) for item in of_role(display, role) if item.lane == lane]
    if not found:
        return None
    left, top = min(each[0] for each in found), min(each[1] for each in found)
    right, bottom = max(x + w for x, _, w, _ in found), max(y + h for _, y, _, h in found)
    return left, top, right - left, bottom - top


def headings(display) -> list[str]:
    return [item.text for item in of_role(display, "heading")]


SHOWN = view("1940", "2030")


def test_each_band_opens_on_the_day_its_stage_was_signed_and_runs_on_to_the_edge():
    display = picture(timeline([]), SHOWN)
    for lane, signed in (("military", "1953-10-01"), ("economic", "2007-06-30")):
        x, _, w, _ = band(display, lane)
        assert x == pytest.approx(x_of(display, SHOWN, signed))
        assert x + w == pytest.approx(SHOWN.width)


def test_signed_and_not_yet_in_force_is_hatched_between_the_two_days():
    display = picture(timeline([]), SHOWN)
    x, _, w, _ = band(display, "economic", "hatch")
    assert x == pytest.approx(x_of(display, SHOWN, "2007-06-30"), abs=1)
    assert x + w == pytest.approx(x_of(display, SHOWN, "2012-03-15"), abs=1)
    assert band(display, "technology", "hatch") is None


def test_a_later_entry_into_force_moves_the_hatch():
    later = [*STAGES[:2], stage(1, "2007-06-30", "2013-03-15", "Economic alliance", 2), STAGES[3]]
    display = picture(timeline([], stages=later), SHOWN)
    x, _, w, _ = band(display, "economic", "hatch")
    assert x + w == pytest.approx(x_of(display, SHOWN, "2013-03-15"), abs=1)


def test_by_entry_into_force_the_bands_move_and_nothing_is_hatched():
    display = picture(timeline([]), replace(SHOWN, rule="entry-into-force"))
    assert band(display, "economic")[0] == pytest.approx(x_of(display, SHOWN, "2012-03-15"))
    assert band(display, "economic", "hatch") is None


def test_a_stage_without_an_entry_into_force_stays_and_says_so():
    display = picture(timeline([]), replace(view("2015", "2030"), rule="entry-into-force"))
    assert band(display, "technology")[0] == pytest.approx(
        x_of(display, view("2015", "2030"), "2022-05-21")
    )
    assert any("so it stays" in text for text in headings(display))


def test_the_prelude_ends_where_the_first_stage_begins_under_either_rule():
    shown = view("1880", "1960")
    for rule, first in (("signature", "1953-10-01"), ("entry-into-force", "1954-11-17")):
        display = picture(timeline([]), replace(shown, rule=rule))
        x, _, w, _ = band(display, None)
        assert x + w == pytest.approx(x_of(display, shown, first))


def test_headings_of_later_stages_stand_in_the_picture_even_at_its_right_edge():
    display = picture(timeline([]), view("1882", "2026", width=1000))
    assert {"Military alliance", "Economic alliance", "Technology alliance"} <= set(
        headings(display)
    )


def test_a_stage_that_began_before_the_picture_keeps_its_heading_at_the_edge():
    display = picture(timeline([]), view("2024", "2025"))
    left = {item.text: item.x for item in of_role(display, "heading")}
    assert left["Military alliance"] < 20
    assert left["Economic alliance"] < 20


def test_the_line_below_says_whose_scheme_it_is_and_by_which_rule():
    (line,) = of_role(picture(timeline([]), replace(SHOWN, language="ko")), "whose")
    assert "당국자" in line.text
    assert "서명 기준" in line.text


@pytest.mark.parametrize("height", [600.0, 1000.0, 2160.0, 4000.0])
def test_a_heading_row_has_at_least_a_fiftieth_of_the_picture(height):
    display = picture(timeline([]), view("1940", "2030", height=height, width=3000))
    tops = {item.lane: box(item)[1] for item in of_role(display, "stage") if item.lane}
    openings = [item for item in of_role(display, "opening") if item.style.opacity == 1.0]
    assert len(openings) == len(tops) == 3
    assert all(box(item)[3] >= 0.02 * height for item in openings)
