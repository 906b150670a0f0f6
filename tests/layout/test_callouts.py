"""Callouts: where they stand, what they yield to (nothing), and what is written in them."""

from __future__ import annotations

from random import Random

import pytest

from db.filters import Filter
from db.records import Callout
from tests.pictures import MEASURE, Made, labels, of_role, overlap, picture, timeline, view
from viewer.display import Line, Rect, Text, box
from viewer.layout.callouts import offset_at
from viewer.layout.lines import note_lines, wrapped

TREATY = ("event", 1000)
NOTE = Callout(7, TREATY, 60, 40, "**조약**의 뜻을 다시 확인할 것")
EVENTS = (
    Made("1953-10-01", (0,), 5, "Mutual Defense Treaty", "상호방위조약"),
    Made("1966-07-09", (0,), 3, "SOFA", "주둔군지위협정"),
    Made("2007-06-30", (1,), 5, "KORUS FTA signed", "한미 FTA 서명"),
    Made("1971/1991", (0,), 3, "Troop levels", "병력 규모"),
)


def shown(**settings):
    return view("1940", "2026", **({"callouts": True, "language": "ko"} | settings))


def drawn(*callouts, events=EVENTS, **settings):
    return picture(timeline(events, callouts=callouts), shown(**settings))


def boxes(display):
    return [item for item in of_role(display, "callout") if isinstance(item, Rect)]


def written(display):
    return [item.text for item in of_role(display, "callout") if isinstance(item, Text)]


def test_a_callout_stands_at_its_offset_from_its_day_and_its_lane():
    display = drawn(NOTE)
    (note,) = boxes(display)
    (mark,) = [item for item in of_role(display, "mark") if item.ref == TREATY]
    lane = next(item for item in of_role(display, "stage") if item.lane == "military")
    assert note.ref == ("note", 7)
    assert note.lane == "military"
    assert note.x == pytest.approx(mark.x + mark.w / 2 + 60)
    assert box(lane)[1] < note.y < box(lane)[1] + 40 + 3 * 13
    assert boxes(drawn(NOTE._replace(y=90)))[0].y == pytest.approx(note.y + 50)


@pytest.mark.parametrize("size", [13.0, 19.0])
@pytest.mark.parametrize("target", [TREATY, ("stage", 2), ("stage", 9)])
def test_a_callout_is_where_it_was_put(target, size):
    made, seen = timeline(EVENTS), view("1870", "2029", callouts=True, type_size=size)
    place = offset_at(made, seen, target, 400.0, 210.0)
    assert place is not None
    note = NOTE._replace(target=target, x=place[0], y=place[1])
    (box_drawn,) = boxes(picture(timeline(EVENTS, callouts=[note]), seen))
    assert abs(box_drawn.x - 400) < 1
    assert abs(box_drawn.y - 210) < 1
    assert offset_at(made, seen, ("event", 4711), 400.0, 210.0) is None


def test_without_being_asked_for_no_callout_is_drawn_and_no_label_yields():
    with_it, without = drawn(NOTE, callouts=False), drawn()
    assert with_it == without
    assert of_role(with_it, "callout", "leader") == []


def test_a_leader_leads_from_the_box_to_the_mark():
    display = drawn(NOTE._replace(x=-60, y=70))
    (leader,) = of_role(display, "leader")
    assert isinstance(leader, Line)
    (mark,) = [item for item in of_role(display, "mark") if item.ref == TREATY]
    (note,) = boxes(display)
    assert (leader.x2, leader.y2) == pytest.approx((mark.x + mark.w / 2, mark.y + mark.h / 2))
    assert note.x <= leader.x1 <= note.x + note.w
    assert note.y <= leader.y1 <= note.y + note.h


def test_a_callout_does_not_move_when_500_events_are_added():
    """Also not when its own event's label has to take another row."""
    random = Random(3)
    more = [
        Made(f"{random.randrange(1945, 2025)}-0{random.randrange(1, 10)}-1{random.randrange(9)}",
             (random.randrange(3),), random.choice((2, 3, 4, 5)), "Talks", "회담")
        for _ in range(500)
    ]  # fmt: skip
    notes = (NOTE, Callout(8, ("stage", 2), 30, 70, "단계에 대한 메모"))
    before, after = drawn(*notes), drawn(*notes, events=(*EVENTS, *more))
    assert len(boxes(before)) == 2
    assert of_role(before, "callout") == of_role(after, "callout")


def test_a_callout_moves_with_time_and_only_with_time():
    here, there = (
        drawn(NOTE),
        picture(
            timeline(EVENTS, callouts=[NOTE]), view("1930", "2016", callouts=True, language="ko")
        ),
    )
    marks = [
        next(item for item in of_role(each, "mark") if item.ref == TREATY) for each in (here, there)
    ]
    (one,), (other,) = boxes(here), boxes(there)
    assert other.y == one.y
    assert other.x - marks[1].x == pytest.approx(one.x - marks[0].x)


def test_the_event_of_a_callout_keeps_its_label_among_more_important_ones():
    crowd = [Made("1966-07-01", (0,), 5, "Talks", "중요한 회담") for _ in range(30)]
    sofa = NOTE._replace(target=("event", 1001), x=20, y=0)
    assert 1001 not in labels(drawn(events=(*EVENTS, *crowd)))
    assert 1001 in labels(drawn(sofa, events=(*EVENTS, *crowd)))


def test_labels_yield_to_a_callout_and_return_when_it_goes():
    early = Made("1954-06-01", (0,), 3, "x", "협의 의사록")
    everywhere = [NOTE._replace(id=n, y=y) for n, y in enumerate(range(0, 400, 30))]
    assert 1004 in labels(drawn(events=(*EVENTS, early)))
    assert 1004 not in labels(drawn(*everywhere, events=(*EVENTS, early)))
    assert 1004 in drawn(*everywhere, events=(*EVENTS, early)).hidden


def test_a_callout_of_a_filtered_or_undated_event_or_a_hidden_lane_is_not_drawn():
    assert boxes(drawn(NOTE, filter=Filter(min_importance=5)))
    sofa = NOTE._replace(target=("event", 1001))
    assert boxes(drawn(sofa))
    assert not boxes(drawn(sofa, filter=Filter(min_importance=5)))
    assert not boxes(drawn(sofa, filter=Filter(lanes=("economic",))))
    assert not boxes(drawn(NOTE._replace(target=("event", 4711))))
    stage = NOTE._replace(target=("stage", 1))
    assert boxes(drawn(stage))
    assert not boxes(drawn(stage, filter=Filter(lanes=("economic",))))


def test_a_callout_that_would_cross_a_side_of_the_picture_is_not_drawn():
    assert not boxes(drawn(NOTE._replace(x=-400)))
    assert not boxes(drawn(NOTE._replace(x=1100)))
    assert not of_role(drawn(NOTE._replace(x=1100)), "leader")


def test_a_callout_whose_event_is_outside_the_range_is_not_drawn():
    made = timeline(EVENTS, callouts=[NOTE._replace(x=40)])
    assert boxes(picture(made, view("1950", "1990", callouts=True)))
    late = NOTE._replace(x=-600, target=("event", 1002))
    made = timeline(EVENTS, callouts=[late])
    assert not boxes(picture(made, view("1940", "2000", callouts=True)))


def test_up_and_down_a_callout_is_kept_in_the_picture():
    for y in (-5000, 5000):
        (note,) = boxes(drawn(NOTE._replace(y=y)))
        assert note.y >= 3.1 * 13
        assert note.y + note.h <= 640 - 1.75 * 13 + 0.01


def test_another_type_size_keeps_the_callout_in_proportion():
    small, large = drawn(NOTE), drawn(NOTE, type_size=26.0, width=2400, height=1280)
    (one,), (other,) = boxes(small), boxes(large)
    assert other.w == pytest.approx(2 * one.w)
    mark_1, mark_2 = (
        next(item for item in of_role(each, "mark") if item.ref == TREATY)
        for each in (small, large)
    )
    middle_1, middle_2 = (each.x + each.w / 2 for each in (mark_1, mark_2))
    assert other.x - middle_2 == pytest.approx(2 * (one.x - middle_1))


def test_the_leader_of_a_period_goes_to_its_nearest_part_and_that_of_a_stage_to_its_opening():
    period = drawn(NOTE._replace(target=("event", 1003), x=120, y=100))
    (leader,) = of_role(period, "leader")
    (bar,) = [item for item in of_role(period, "bar") if item.ref == ("event", 1003)]
    assert leader.x1 == leader.x2
    assert bar.x < leader.x2 < bar.x + bar.w
    assert bar.y < leader.y2 < bar.y + bar.h
    for x in (60, -40):
        stage = drawn(NOTE._replace(target=("stage", 1), x=x))
        leader, _dot = of_role(stage, "leader")
        opening = next(item for item in of_role(stage, "opening") if item.ref == ("stage", 1))
        assert leader.x2 == pytest.approx(opening.x1)


def test_a_stage_without_a_lane_has_its_callout_too():
    display = drawn(NOTE._replace(target=("stage", 9), x=700, y=60), callouts=True)
    assert not boxes(display)  # its start, 1882, is far to the left of this range's marks
    made = timeline(EVENTS, callouts=[NOTE._replace(target=("stage", 9))])
    assert boxes(picture(made, view("1870", "2026", callouts=True)))


def test_a_press_hits_the_callout_and_not_the_mark_under_it():
    crowd = [Made("1953-10-02", (0,), 1, "x", "가") for _ in range(40)]
    bottom = NOTE._replace(x=-10, y=5000)
    display = drawn(bottom, events=(*EVENTS, *crowd))
    (note,) = boxes(display)
    hit = display.hit(note.x + note.w / 2, note.y + note.h / 2)
    assert hit is not None
    assert hit.ref == ("note", 7)
    for x in range(int(note.x) + 1, int(note.x + note.w)):
        found = display.hit(x, note.y + note.h - 2)
        assert found is not None
        assert found.ref == ("note", 7)


def test_a_callout_shows_the_first_lines_of_its_note_without_its_signs():
    note = NOTE._replace(
        text="# 검토\n\n- **조약** 본문\n- [발효](https://a.b)일\n\n" + "긴 말 " * 80
    )
    lines = written(drawn(note))
    assert lines[:3] == ["검토", "• 조약 본문", "• 발효일"]
    assert len(lines) == 5
    assert lines[-1].endswith("…")
    bold = [item.bold for item in of_role(drawn(note), "callout") if isinstance(item, Text)]
    assert bold[:2] == [True, False]


def test_its_text_stays_in_its_box():
    for text in ("가" * 200, "Supercalifragilistic" * 9, "짧음", "- 항목 하나 " * 30, "i" * 999):
        display = drawn(NOTE._replace(text=text))
        (note,) = boxes(display)
        for line in of_role(display, "callout"):
            x, y, w, h = box(line)
            assert note.x <= x
            assert x + w <= note.x + note.w + 0.01
            assert note.y <= y
            assert y + h <= note.y + note.h + 0.01
        assert note.w <= 16 * 13 + 0.01


def test_a_note_without_a_word_has_no_box():
    assert not of_role(drawn(NOTE._replace(text="---\n\n&nbsp;")), "callout", "leader")


def test_lines_break_between_words_and_in_words_that_are_too_long():
    assert wrapped("한미 동맹 조약", 4.0, MEASURE) == ["한미", "동맹", "조약"]
    assert wrapped("한미 동맹 조약", 5.0, MEASURE) == ["한미 동맹", "조약"]
    assert wrapped("대한민국정부수립", 3.0, MEASURE) == ["대한민", "국정부", "수립"]


def test_an_item_of_a_list_hangs_behind_its_sign():
    lines = note_lines("- 한미 동맹 조약", 5, 5.0, MEASURE)
    assert lines[0].text.startswith("• ")
    assert all(line.indent > 0 for line in lines[1:])


def test_headings_make_room_for_a_callout():
    """A callout stays where it was put, also on the row of a heading."""
    seen, made = shown(), timeline(EVENTS)
    names = [
        item for item in picture(made, seen).items
        if isinstance(item, Text) and item.role in ("heading", "lane")
    ]  # fmt: skip
    assert len(names) > 6
    for name in names:
        place = offset_at(made, seen, TREATY, max(name.x - 10, 10.0), box(name)[1])
        assert place is not None
        display = drawn(NOTE._replace(x=place[0], y=place[1]))
        (note,) = boxes(display)
        assert overlap(note, name)
        others = [item for item in display.items if isinstance(item, Text)]
        if name.bold and name.role == "heading":  # the rest may be left out
            assert name.text in [each.text for each in others]
        for each in others:
            assert each.role == "callout" or not overlap(note, each), (name.text, each.text)


@pytest.mark.parametrize("x", range(-330, 100, 70))
@pytest.mark.parametrize("y", [0, 70, 140])
def test_a_leader_does_not_strike_its_own_label_through(x, y):
    display = drawn(NOTE._replace(target=("event", 1002), x=x, y=y))
    for leader in of_role(display, "leader"):
        assert isinstance(leader, Line)
        left, top, w, h = box(labels(display)[1002])
        for part in range(101):
            across = leader.x1 + (leader.x2 - leader.x1) * part / 100
            down = leader.y1 + (leader.y2 - leader.y1) * part / 100
            inside = left + 1 < across < left + w - 1 and top + 1 < down < top + h - 1
            assert not inside
