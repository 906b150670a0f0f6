"""What is placed anew and what is kept; always the same as a fresh start would make it."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from db import dates
from db.filters import Filter
from db.records import Bilingual, Kind
from tests.pictures import KINDS, LANES, MEASURE, NESTED, Made, timeline
from viewer.layout import View, events

if TYPE_CHECKING:
    from db.timeline import Timeline
    from viewer.layout.labels import Labels

ROWS = 5
TITLES = ("조약", "한미상호방위조약 체결", "KORUS FTA signed", "Summit of the two presidents")
TWO_KINDS = (*KINDS, Kind(2, "summit", 1, 2, Bilingual("Summit", "정상회담")))


def some_event(random: Random, ident: int, lanes: int = 3) -> Made:
    day = dates.to_iso(random.randint(0, 9000))
    date = random.choice([day, day, day[:4], f"{day}/{dates.to_iso(random.randint(9000, 9500))}"])
    inside = random.sample(range(lanes), random.choice([1, 1, 1, 2]))
    title = random.choice(TITLES)
    return Made(date, inside, random.randint(1, 5), title, title, ident=ident)


def crowd(random: Random, count: int, lanes: int = 3) -> list[Made]:
    """Events between two that stand at the ends of everything."""
    ends = [Made("1965-01-01", (0,), ident=1), Made("2000-01-01", (1,), ident=2)]
    return ends + [some_event(random, 10 + nth, lanes) for nth in range(count)]


def labels_of(made: Timeline, language: str = "ko", **asked: object) -> dict[str, Labels]:
    """The labels of each lane that is shown, by its key."""
    shown = View(0.0, 9000.0, 1200, 640, Filter(**asked), language)  # type: ignore[arg-type]
    found = events.placements(made, shown, MEASURE, ROWS, made.as_of)
    return {made.lanes[index].key: placed.labels for index, placed in found.items()}


def forgotten() -> None:
    """As in a process that has just begun."""
    for kept in (events._pictures, events._lanes, events._found, events._drawn):
        kept.clear()


def same(one: dict[str, Labels], other: dict[str, Labels]) -> bool:
    return one.keys() == other.keys() and all(
        np.array_equal(a, b) for key in one for a, b in zip(one[key], other[key], strict=True)
    )


def test_hiding_a_lane_leaves_those_that_gain_nothing_as_they_are_and_it_comes_back_as_it_was():
    made = timeline(crowd(Random(3), 60))
    made = replace(made, columns=replace(made.columns, lanes=made.columns.lanes[:, :1]))
    every = labels_of(made)
    fewer = labels_of(made, lanes=("economic", "technology"))  # the first event is hidden
    assert fewer["economic"] is every["economic"]
    assert fewer["technology"] is every["technology"]
    again = labels_of(made)
    assert all(again[key] is every[key] for key in every)


def test_a_lane_that_gains_events_of_a_hidden_one_is_placed_with_them():
    made = timeline([*crowd(Random(4), 20), Made("1990-05-01", (2, 0), ident=900)])
    every, fewer = labels_of(made), labels_of(made, lanes=("military", "economic"))
    assert len(fewer["military"].row) > len(every["military"].row)
    forgotten()
    assert same(fewer, labels_of(made, lanes=("military", "economic")))


def test_lanes_in_another_order_keep_their_labels():
    made = timeline(crowd(Random(5), 80))
    before = labels_of(made)
    order = np.array([1, 2, 0])  # where each lane goes
    lanes = made.columns.lanes
    moved = np.where(lanes >= 0, order[lanes], -1).astype(np.int16)
    after = replace(
        made, lanes=tuple(LANES[each] for each in np.argsort(order)),
        columns=replace(made.columns, lanes=moved),
    )  # fmt: skip
    for key, labels in labels_of(after).items():
        assert labels is before[key]


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from([LANES, NESTED]))
def test_any_way_through_lanes_kinds_and_languages_ends_where_a_fresh_start_does(seed, lanes):
    random = Random(seed)
    made = timeline(crowd(random, random.choice([8, 70, 160]), len(lanes)), lanes=lanes)
    kind = np.array([random.randrange(2) for _ in range(len(made.columns))], np.int16)
    made = replace(made, kinds=TWO_KINDS, columns=replace(made.columns, kind=kind))
    keys = [lane.key for lane in lanes]
    for _ in range(6):
        asked = {
            "lanes": tuple(random.sample(keys, random.randint(0, len(keys)))),
            "kinds": random.choice([(), ("treaty",), ("summit",)]),
            "min_importance": random.choice([1, 1, 3]),
            "language": random.choice(["ko", "en"]),
        }
        found = labels_of(made, **asked)
    forgotten()
    assert same(found, labels_of(made, **asked))


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 2**32))
def test_after_any_edits_the_labels_are_those_of_a_fresh_start_and_only_lanes_edited_are_placed(
    seed,
):
    random = Random(seed)
    made = {each.ident: each for each in crowd(random, random.choice([8, 70, 160]))}
    before = labels_of(timeline(made.values()))
    for ident in range(2000, 2006):
        what = random.choice(["new", "moved", "called otherwise", "gone"])
        touched = set()
        if what != "new":
            ident = random.choice([each for each in made if each >= 10])
            old = made.pop(ident)
            touched |= set(old.lanes[:1])
        if what != "gone":
            made[ident] = some_event(random, ident)
            touched |= set(made[ident].lanes[:1])
        if what == "called otherwise":
            made[ident].date, made[ident].lanes = old.date, old.lanes
        after = labels_of(timeline(made.values()))
        for number, lane in enumerate(LANES):
            if number not in touched:
                assert after[lane.key] is before[lane.key]
        before = after
    forgotten()
    assert same(before, labels_of(timeline(made.values())))


def test_an_event_that_reaches_a_little_beyond_all_others_moves_no_label_of_another_lane():
    made = crowd(Random(6), 90)
    before = labels_of(timeline(made))
    after = labels_of(timeline([*made, Made("2000-01-09", (2,), ident=3)]))
    assert after["military"] is before["military"]
    assert after["economic"] is before["economic"]
