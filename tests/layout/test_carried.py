"""What is known of a lane is brought up to date over an edit, and is as if found anew."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from db.splicing import pieces
from viewer.layout.labels import Labels
from viewer.layout.placed import Placed
from viewer.layout.titles import no_titles

SCALE = 0.37  # ems per day

Events = st.lists(
    st.tuples(
        st.integers(0, 300),
        st.sampled_from((0, 0, 0, 1, 3, 4, 5, 16, 17, 300)),
        st.sampled_from((0.01, 0.3, 0.5, 2.0, np.inf)),
    ),
    max_size=14,
)


def placed(events: list[tuple[int, int, float]]) -> Placed:
    events = sorted(events, key=lambda each: each[0])
    start, length, scale = (
        np.array([each[place] for each in events], np.float64) for place in range(3)
    )
    rows = np.arange(len(events))
    labels = Labels(rows.astype(np.int32) % 3, rows.astype(np.int8) % 2, scale)
    return Placed(rows, start, start + length, no_titles(), labels)


def asked(lane: Placed) -> list[object]:
    """What pictures ask of a lane."""
    found: list[object] = [lane.ends.tolist(), [each.tolist() for each in lane.lasting]]
    for first, last in ((-5, 400), (10, 11), (90, 160), (250.5, 250.5)):
        found.append(lane.count(first, last))
        found.append(lane.with_row(first, last, SCALE).tolist())
        for least in (0.0, 3.0):
            entries = lane.touching(first, last, least)
            found.append([e for e in entries.tolist() if lane.end[e] - lane.start[e] >= least])
    return found


@given(before=Events, come=Events, picks=st.lists(st.integers(0, 99), max_size=9))
def test_a_lane_after_an_edit_answers_as_one_that_nothing_was_known_of(before, come, picks) -> None:
    lane, new = placed(before), placed(come)
    asked(lane)  # it is known from now on
    gone = np.array(sorted({each % len(before) for each in picks} if before else ()), np.int64)
    how = pieces(len(lane), gone, np.searchsorted(lane.start, new.start))
    rows = how.array(lane.rows, new.rows + 1000)
    now = lane.spliced(how, new, rows)
    fresh = Placed(now.rows, now.start, now.end, now.titles, now.labels)
    assert np.all(np.diff(now.start) >= 0)
    assert len(now) == len(before) - len(gone) + len(come)
    assert asked(now) == asked(fresh)
