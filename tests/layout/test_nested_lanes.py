"""Lanes that sit under others: a row of their own below them, named with those above."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.pictures import (
    LANES,
    NESTED,
    PILLAR,
    STAGES,
    Made,
    of_role,
    overlap,
    picture,
    stage,
    timeline,
    view,
)
from viewer.display import Text, box

SHOWN = view("1940", "2030", height=720)


def nested(events=()):
    return timeline(events, lanes=NESTED)


def names(display) -> dict[str, str]:
    """What is written at the edge of each lane that is named there."""
    return {item.lane: item.text for item in of_role(display, "lane") if isinstance(item, Text)}


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Economic › IPEF"), ("ko", "경제 › 인도태평양경제프레임워크")],
)
def test_a_lane_without_a_stage_is_named_with_those_that_it_sits_under(language, said):
    found = names(picture(nested(), replace(SHOWN, language=language)))
    assert found["ipef"] == said
    assert found["pillar"].startswith(f"{said} › ")


def test_every_lane_without_a_stage_has_its_name_at_every_height_that_has_headings():
    for height in (500, 720, 1080):
        found = names(picture(nested(), view("1940", "2030", height=height)))
        assert {"ipef", "pillar"} <= set(found)


def test_where_the_whole_path_has_no_room_the_lane_is_called_by_its_own_name():
    early = stage(0, "1952-10-01", None, "Supply chain talks", 7)._replace(lane_id=PILLAR.id)
    tight = [*STAGES, early]
    display = picture(timeline([], lanes=NESTED, stages=tight), SHOWN)
    assert names(display)["pillar"] == "Supply chains"


def test_a_lane_stands_below_the_one_that_it_sits_under_and_holds_its_own_events():
    made = Made("2022-05-23", lanes=(2,), en="IPEF launched", ko="출범")
    display = picture(nested([made]), SHOWN)
    tops = {item.lane: box(item)[1] for item in of_role(display, "lane")
            if not isinstance(item, Text)}  # fmt: skip
    assert tops["economic"] < tops["ipef"] < tops["pillar"] < tops["technology"]
    (label,) = of_role(display, "label")
    assert label.lane == "ipef"


def test_no_name_of_a_lane_runs_into_a_heading_or_a_label():
    events = [Made(f"{year}-05-01", lanes=(year % 5,), en=f"Event of {year}")
              for year in range(1945, 2026)]  # fmt: skip
    display = picture(nested(events), SHOWN)
    written = [item for item in display.items if isinstance(item, Text)
               and item.role in ("lane", "heading", "label")]  # fmt: skip
    for place, one in enumerate(written):
        assert not [other.text for other in written[place + 1 :] if overlap(one, other)], one.text


def test_lanes_in_a_ring_are_drawn_and_end():
    ring = (LANES[0]._replace(parent_id=2), LANES[1]._replace(parent_id=1))
    made = timeline([], lanes=ring, stages=())
    assert [lane.id for lane in made.lane_path(ring[0])] == [2, 1]
    assert len(names(picture(made, SHOWN))) == 2


def test_seven_lanes_have_their_names_and_a_row_of_labels_in_a_small_window():
    lanes = [lane._replace(id=10 + place, key=f"lane-{place}", parent_id=None)
             for place, lane in enumerate((*NESTED, *LANES[:2]))]  # fmt: skip
    events = [Made(f"19{50 + 5 * place}", lanes=(place,)) for place in range(7)]
    display = picture(timeline(events, lanes=lanes), view("1940", "2030", 810, 503))
    assert len(names(display)) == 7
    assert {item.lane for item in of_role(display, "label")} == {lane.key for lane in lanes}


def test_lanes_too_low_for_a_heading_say_their_names_on_their_strips():
    lanes = [lane._replace(id=10 + place, key=f"lane-{place}", parent_id=None)
             for place, lane in enumerate((*NESTED, *LANES))]  # fmt: skip
    events = [Made(f"{1950 + 3 * place}", lanes=(place,)) for place in range(8)]
    display = picture(timeline(events, lanes=lanes[:8]), view("1940", "2030", 810, 440))
    assert len(names(display)) == 8
    assert {item.lane for item in of_role(display, "label")} == {f"lane-{n}" for n in range(8)}
    written = [item for item in display.items if isinstance(item, Text)
               and item.role in ("lane", "label")]  # fmt: skip
    for place, one in enumerate(written):
        assert not [other.text for other in written[place + 1 :] if overlap(one, other)], one.text
