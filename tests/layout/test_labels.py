"""The placement itself: exact for every pair in a row, at every scale."""

from __future__ import annotations

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from viewer.layout.labels import FEW, LEFT, NEVER, Asked, Barrier, Labels, place, priorities

GAP, ROOM = 1.0, 0.8


def alone(*asked: object, few: int = FEW) -> Labels:
    return place([Asked(*asked)], few)[0]  # type: ignore[arg-type]


def crowd(seed: int, count: int, rows: int) -> tuple[dict[str, np.ndarray], Labels]:
    """Random events, a third of them bars, in clusters; their placement."""
    rng = np.random.default_rng(seed)
    centres = rng.uniform(0, 20000, 6)
    start = rng.choice(centres, count) + rng.normal(0, rng.choice([3.0, 200.0]), count)
    length = np.where(rng.random(count) < 0.3, rng.exponential(500, count), 0.0)
    width = rng.uniform(3, 22, count)
    inside = np.where(length > 0, (width + 1) / np.maximum(length, 1e-9), NEVER)
    events = {"start": start, "end": start + length, "width": width, "inside": inside}
    importance = rng.integers(1, 6, count).astype(np.uint8)
    labels = alone(
        start,
        events["end"],
        width + GAP,
        np.full(count, ROOM),
        inside,
        priorities(importance, np.arange(count)),
        (start.min() - 700, float(events["end"].max()) + 700),
        rows,
    )
    return events, labels


def span(
    events: dict[str, np.ndarray], labels: Labels, i: int, scale: float
) -> tuple[float, float]:
    """The ems that label i with its mark covers at a scale."""
    beside = events["width"][i] + GAP if scale < events["inside"][i] else 0.0
    left = ROOM + (beside if labels.side[i] == LEFT else 0.0)
    right = ROOM + (0.0 if labels.side[i] == LEFT else beside)
    return events["start"][i] * scale - left, events["end"][i] * scale + right


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from([5, 40, 130]), st.integers(1, 6))
@example(844, 40, 2)  # a label that appears late does not shield those behind it before
@example(1200, 40, 2)
def test_two_labels_of_a_row_are_apart_wherever_both_are_shown(seed, count, rows):
    events, labels = crowd(seed, count, rows)
    for row in range(rows):
        members = np.flatnonzero(labels.row == row)
        for n, i in enumerate(members):
            for j in members[n + 1 :]:
                both = max(labels.scale[i], labels.scale[j])
                for scale in (both, both * 1.0001, both * 1.3, both * 4, both * 50):
                    one, other = sorted(
                        (span(events, labels, i, scale), span(events, labels, j, scale))
                    )
                    assert one[1] <= other[0] + 1e-6 * max(1.0, abs(other[0]))


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from([12, 90]))
def test_the_order_of_the_events_changes_nothing(seed, count):
    events, _labels = crowd(seed, count, 4)
    rng = np.random.default_rng(seed)
    order = rng.permutation(count)
    importance = np.full(count, 3, np.uint8)
    ids = np.arange(count)
    bounds = (events["start"].min() - 9, events["end"].max() + 9)
    settings_ = (np.full(count, ROOM), events["inside"], priorities(importance, ids))
    straight = alone(events["start"], events["end"], events["width"], *settings_, bounds, 4)
    shuffled = alone(
        *(events[key][order] for key in ("start", "end", "width")),
        *(each[order] for each in settings_),
        bounds,
        4,
    )
    assert (straight.row[order] == shuffled.row).all()
    assert (straight.scale[order] == shuffled.scale).all()
    assert (straight.side[order] == shuffled.side).all()


def test_the_more_important_of_two_events_of_one_day_takes_the_first_row():
    place_of = np.zeros(2)
    labels = alone(
        place_of, place_of, np.array([9.0, 9.0]), np.full(2, ROOM), np.full(2, NEVER),
        priorities(np.array([3, 5], np.uint8), np.array([10, 11])), (-400.0, 400.0), 3,
    )  # fmt: skip
    assert labels.row.tolist() == [1, 0]


def test_events_of_one_day_beyond_the_rows_never_get_a_label():
    count = 5
    days = np.zeros(count)
    labels = alone(
        days, days, np.full(count, 9.0), np.full(count, ROOM), np.full(count, NEVER),
        priorities(np.full(count, 3, np.uint8), np.arange(count)), (-400.0, 400.0), 3,
    )  # fmt: skip
    assert sorted(labels.row.tolist()) == [-1, -1, 0, 1, 2]
    assert np.isinf(labels.scale[labels.row < 0]).all()


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32))
def test_no_room_is_left_that_a_waiting_label_would_fit_into(seed):
    """At a level of the placement every label without a row really has none to go to, save where
    a more important one appears within the next octave."""
    events, labels = crowd(seed, 40, 2)
    scale = 2.0**-4  # a level: an octave's last step
    shown = labels.scale <= scale
    for i in np.flatnonzero(~shown):
        low, high = span(
            events, Labels(labels.row, np.zeros_like(labels.side), labels.scale), i, scale
        )
        for row in range(2):
            others = [
                span(events, labels, j, scale)
                for j in np.flatnonzero((labels.scale <= 2 * scale) & (labels.row == row))
            ]
            free = all(high <= one or other <= low for one, other in others)
            in_bounds = high <= (events["end"].max() + 700) * scale
            both_sides = low - events["width"][i] - GAP >= (events["start"].min() - 700) * scale
            assert not (free and in_bounds and both_sides), "a label was left out for no reason"


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from([1, 5, 40, 130]), st.integers(1, 6))
@example(34, 40, 5)  # beside what is shown later a title goes inside its bar
def test_placing_all_at_once_comes_to_the_same_as_placing_one_by_one(seed, count, rows):
    rng = np.random.default_rng(seed)
    spread = rng.choice([3.0, 200.0, 2000.0])
    start = np.round(2 * (rng.choice(rng.uniform(0, 20000, 6), count)
                          + rng.normal(0, spread, count))) / 2  # fmt: skip
    length = np.where(rng.random(count) < 0.3, np.round(rng.exponential(500, count)), 0.0)
    width = rng.uniform(3, 22, count)
    inside = np.where(length > 0, (width + 1) / np.maximum(length, 1e-9), NEVER)
    importance = rng.integers(1, 6, count).astype(np.uint8)
    barriers = [
        Barrier(int(rng.integers(rows)), float(rng.choice(start)), *rng.uniform(0, 20, 2).tolist())
        for _ in range(rng.integers(0, 5))
    ]
    wishes = {
        int(entry): tuple(rng.permutation(rows).tolist())
        for entry in rng.choice(count, min(count, 2), replace=False)
    }
    plain, quick = (
        alone(
            start, start + length, width + GAP, np.full(count, ROOM), inside,
            priorities(importance, np.arange(count)),
            (start.min() - 700, float((start + length).max()) + 700), rows, barriers, wishes,
            few=few,
        )
        for few in (count, 0)
    )  # fmt: skip
    assert plain.row.tolist() == quick.row.tolist()
    assert plain.side.tolist() == quick.side.tolist()
    assert plain.scale.tolist() == quick.scale.tolist()


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from([0, 3, 40, 130]), st.sampled_from([0, 10_000]))
def test_lanes_that_are_placed_together_are_as_if_each_was_alone(seed, count, few):
    """One of them may be empty, and they may lie in wholly different times."""
    rng = np.random.default_rng(seed)
    lanes = []
    for number, size in enumerate((count, 25, 60)):
        start = np.sort(rng.choice(rng.uniform(0, 4000, 6), size) + rng.normal(0, 60, size))
        start = np.round(start) + rng.choice([0, 40_000]) * number
        length = np.where(rng.random(size) < 0.3, np.round(rng.exponential(500, size)), 0.0)
        width = rng.uniform(3, 22, size)
        inside = np.where(length > 0, (width + 1) / np.maximum(length, 1e-9), NEVER)
        importance = rng.integers(1, 6, size).astype(np.uint8)
        barriers = [Barrier(int(rng.integers(3)), float(rng.uniform(0, 4000)), 3.0, 8.0)]
        wishes = {0: (2, 0, 1)} if size and number else {}
        ids = rng.permutation(size)
        lanes.append(Asked(start, start + length, width + GAP, np.full(size, ROOM), inside,
                           priorities(importance, ids), (-900.0, 90_000.0), 3, barriers,
                           wishes))  # fmt: skip
    for together, each in zip(place(lanes, few), lanes, strict=True):
        single = alone(*each, few=few)
        assert together.row.tolist() == single.row.tolist()
        assert together.side.tolist() == single.side.tolist()
        assert together.scale.tolist() == single.scale.tolist()


@settings(max_examples=40, deadline=None)
@given(
    st.integers(0, 2**32), st.sampled_from([3, 40, 130]), st.sampled_from([0, 10_000]),
    st.floats(-13.5, 6.5),
)  # fmt: skip
def test_what_is_shown_up_to_a_scale_is_placed_so_by_itself(seed, count, few, upto):
    events, _ = crowd(seed, count, 4)
    asked = Asked(
        events["start"], events["end"], events["width"] + GAP, np.full(count, ROOM),
        events["inside"], priorities(np.full(count, 3, np.uint8), np.arange(count)),
        (events["start"].min() - 700, float(events["end"].max()) + 700), 4,
    )  # fmt: skip
    (every,), (near,) = place([asked], few), place([asked], few, upto)
    shown = every.scale <= 2.0**upto
    assert (shown == (near.scale <= 2.0**upto)).all()
    for one, other in zip(every, near, strict=True):
        assert (one[shown] == other[shown]).all()
    # And what else was placed has the place that it has in the end.
    known = near.row >= 0
    assert (near.row[known] == every.row[known]).all()
