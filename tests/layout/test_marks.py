"""Marks say what they are: their shape follows the date, the importance and the status."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.flaws import NO_FLAWS
from tests.pictures import Made, labels, of_role, picture, timeline, view
from viewer.display import Line, Path, Rect, Text, box
from viewer.layout import TimeScale
from viewer.layout.view import Caption


def only(display, role: str):
    (item,) = of_role(display, role)
    return item


def drawn(event: Made, start: str = "2020", end: str = "2024", **settings):
    shown = view(start, end, **settings)
    return picture(timeline([event], stages=()), shown), shown


def test_an_event_of_a_known_day_is_a_disc_on_the_middle_of_that_day():
    display, shown = drawn(Made("2022-05-21"), "2022-05-15", "2022-05-28")
    x, _, w, h = box(only(display, "mark"))
    assert w == h
    scale = TimeScale(shown.start, shown.end, 14, shown.width - 14)
    assert scale.day(x + w / 2) == pytest.approx(19133.5)


def test_discs_are_filled_from_importance_four_up():
    pale, _ = drawn(Made("2022-05-21", importance=3))
    strong, _ = drawn(Made("2022-05-21", importance=4))
    assert only(pale, "mark").style.fill == pale.background
    assert only(strong, "mark").style.fill == only(strong, "mark").style.stroke


def test_a_year_only_date_is_as_wide_as_the_year():
    display, shown = drawn(Made("2022"))
    x, _, w, _ = box(only(display, "mark"))
    scale = TimeScale(shown.start, shown.end, 14, shown.width - 14)
    assert scale.day(x) == pytest.approx(18993)
    assert scale.day(x + w) == pytest.approx(18993 + 365)


def test_a_period_is_a_bar_from_its_first_to_its_last_day():
    display, shown = drawn(Made("2021-03-01/2022-06-30"))
    _x, _, w, _ = box(only(display, "bar"))
    scale = TimeScale(shown.start, shown.end, 14, shown.width - 14)
    assert w == pytest.approx(scale.px_per_day * 487)
    assert isinstance(only(display, "bar"), Rect)


def test_the_title_of_a_long_bar_stays_in_view_inside_the_bar():
    display, _ = drawn(Made("1990-01-01/2023-06-30", en="조약 Long period"), "2020", "2024")
    x, _y, w, _h = box(only(display, "bar"))
    label = labels(display)[1000]
    assert x <= label.x
    assert label.x + label.w <= x + w
    assert label.x < 40


def test_what_goes_on_has_an_arrow_and_what_ends_unknown_a_fade():
    going, _ = drawn(Made("2021-03-01/.."), "2020", "2030")
    fading, _ = drawn(Made("2021-03-01/"), "2020", "2030")
    assert isinstance(only(going, "arrow"), Path)
    assert not of_role(fading, "arrow")
    assert len(of_role(fading, "soft")) > 2


@pytest.mark.parametrize("qualifier", ["~", "?", "%"])
def test_an_approximate_or_uncertain_date_has_soft_ends(qualifier):
    sharp, _ = drawn(Made("2022-05-21"))
    soft, _ = drawn(Made("2022-05-21" + qualifier))
    assert not of_role(sharp, "soft")
    assert of_role(soft, "soft")


def test_planned_is_dashed_and_cancelled_is_struck_through():
    planned, _ = drawn(Made("2022-05-21", status=1))
    cancelled, _ = drawn(Made("2022-05-21", status=2))
    assert only(planned, "mark").style.dash
    struck = only(cancelled, "struck")
    assert isinstance(struck, Line)
    assert struck.x2 - struck.x1 == pytest.approx(labels(cancelled)[1000].w)


def test_the_number_of_quotes_and_a_dispute_stand_behind_the_title():
    display, _ = drawn(
        Made("2022-05-23", en="IPEF launched", ko="IPEF 출범", quotes=8, disputed=True)
    )
    signs = [item.text for item in of_role(display, "sign") if isinstance(item, Text)]
    assert signs == ["“8", "≠"]


def test_two_events_of_one_day_both_have_their_label():
    made = timeline([Made("2022-05-21", en="Summit"), Made("2022-05-21", en="SCCD raised")])
    display = picture(made, view("2022-04", "2022-06"))
    assert {label.text for label in labels(display).values()} == {"Summit", "SCCD raised"}


def test_a_title_of_eighty_characters_is_cut_by_one_rule_and_stays_inside():
    made = timeline([Made("2022-05-21", en="W" * 80)])
    for span in (("2022-05-01", "2022-06-10"), ("2010", "2030")):
        label = labels(picture(made, view(*span)))[1000]
        assert label.text.endswith("…")
        assert label.w <= 21 * 13


def test_a_label_that_would_cross_the_edge_gives_way_to_its_mark_and_is_counted():
    made = timeline([Made("2022-05-30", en="A label of some length"), Made("2010", en="Far away")])
    display = picture(made, view("2021-12-01", "2022-06-01"))
    middle = picture(made, view("2022-03-01", "2022-08-31"))
    assert 1000 in labels(middle)
    near_end = picture(made, view("2022-05-29", "2022-05-31", width=200))
    assert 1000 not in labels(near_end)
    assert 1000 in near_end.hidden
    assert [item.ref for item in of_role(near_end, "mark")] == [("event", 1000)]
    assert display.counts["shown"] == 1


def test_an_event_of_two_lanes_is_drawn_in_the_first_that_is_shown():
    from db.filters import Filter

    made = timeline([Made("2022-05-21", lanes=(2, 0))])
    both = picture(made, view("2020", "2024"))
    one = picture(made, view("2020", "2024", filter=Filter(lanes=("military", "economic"))))
    assert only(both, "mark").lane == "technology"
    assert only(one, "mark").lane == "military"
    none = picture(made, view("2020", "2024", filter=Filter(lanes=("economic",))))
    assert not of_role(none, "mark")


def test_ten_thousand_events_have_labels_and_density_stands_for_the_others():
    made = timeline([Made(f"{1950 + i % 60}-0{1 + i % 9}-1{i % 10}", (0,)) for i in range(10_001)])
    display = picture(made, view("1950", "2010"))
    assert len(labels(display)) > 40
    assert display.counts["shown"] == len(labels(display)) + len(display.hidden) == 10_001
    density = sum(sum(item.counts) for item in of_role(display, "density"))
    alone = {item.ref for item in of_role(display, "mark")}
    assert density + len(alone) == 10_001


def captions(display) -> list[str]:
    return [item.text for item in of_role(display, "caption") if isinstance(item, Text)]


def test_a_broken_quote_and_a_dispute_are_signs_behind_the_title_and_the_caption_says_so():
    made = timeline([
        Made("2022-05-18", en="Briefing", ko="브리핑", quotes=2, broken=True, disputed=True),
        Made("1953-10-01", en="Treaty signed", ko="조약 서명", quotes=1),
    ])  # fmt: skip
    for language, told in (("en", "does not stand in its source"), ("ko", "원문과 다른 인용")):
        for colours in ("light", "dark", "print"):
            shown = view("1950", "2030", language=language, theme=colours, caption=Caption())
            display = picture(made, shown)
            signs = [item.text for item in of_role(display, "sign") if item.ref == ("event", 1000)]
            assert signs == ["“2", "“×", "≠"]
            assert "“×" in captions(display)[-1]
            assert told in captions(display)[-1]


def test_a_picture_without_doubt_has_no_legend_of_it_and_keeps_the_room():
    doubtful, plain = timeline([Made("2022-05-18", broken=True)]), timeline([Made("2022-05-18")])
    shown = view("1950", "2030", caption=Caption())
    assert len(captions(picture(doubtful, shown))) == len(captions(picture(plain, shown))) + 1
    # What lies outside the range has no legend either.
    early = view("1900", "1950", caption=Caption())
    assert "“×" not in "".join(captions(picture(doubtful, early)))


def test_the_heading_of_a_stage_bears_the_signs_of_its_own_quotes():
    made = replace(
        timeline([]),
        flaws=NO_FLAWS._replace(broken_stages=frozenset({1}), disputed_stages=frozenset({9})),
    )
    display = picture(made, view("1880", "2030", caption=Caption()))
    headings = {item.text for item in of_role(display, "heading")}
    assert {"Military alliance “×", "Before ≠", "Economic alliance"} <= headings
    assert "“×" in captions(display)[-1]


def test_a_mark_without_a_label_is_crossed_where_a_quote_is_broken():
    crowd = [Made("2022-05-18", importance=5, en="한미 " * 9) for _ in range(60)]
    crowd += [
        Made("2022-05-18", importance=1, broken=True),
        Made("2022-05-18", importance=1, disputed=True),
    ]
    display = picture(timeline(crowd), view("2022-05-17", "2022-05-19"))
    strokes = {item.ref: len(item.runs) for item in of_role(display, "flaw")}
    assert strokes == {("event", 1060): 2, ("event", 1061): 1}
