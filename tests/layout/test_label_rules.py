"""The four rules that labels keep, on random data, on the screen's sizes and a page's."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from db import dates
from db.columns import OPEN_END
from db.filters import Filter
from db.records import Callout, Lane
from tests.pictures import LANES, NESTED, STAGES, Made, labels, of_role, overlap, picture, timeline
from viewer.display import box
from viewer.layout import View
from viewer.layout.events import days
from viewer.layout.frame import frame

if TYPE_CHECKING:
    from db.timeline import Timeline

WORDS = ("조약", "한미상호방위조약 체결", "발효", "KORUS FTA signed", "Summit", "x" * 80, "가" * 60)


def _date(random: Random, centre: int, spread: float) -> str:
    """A date near `centre` in one of the forms that marks have shapes for."""
    first = centre + round(random.gauss(0, spread))
    day = dates.to_iso(first)
    form = random.choice(["day", "day", "day", "day", "month", "year", "interval", "open", "about"])
    if form == "interval":
        return f"{day}/{dates.to_iso(first + round(random.expovariate(1 / (spread + 1))))}"
    return {"day": day, "month": day[:7], "year": day[:4], "about": day[:4] + "~",
            "open": day + random.choice(["/..", "/"])}[form]  # fmt: skip


NOTES = ("", "확인", "# 검토\n\n- 조약 **본문** 대조\n- 발효일", "to be checked " * 12, "가" * 90)


class Crowd(NamedTuple):
    """Made-up events, notes on some of them, and a view of them."""

    made: list[Made]
    callouts: list[Callout]
    lanes: tuple[Lane, ...]
    shown: View

    def __repr__(self) -> str:
        return f"{len(self.made)} events, {len(self.callouts)} notes, {self.shown}"

    def timeline(self) -> Timeline:
        return timeline(self.made, lanes=self.lanes, callouts=self.callouts)


def _callout(random: Random, ident: int, events: int) -> Callout:
    """A note on any event or stage, put anywhere near it."""
    target = ("event", 1000 + random.randrange(events))
    if random.random() < 0.3:
        target = ("stage", random.choice(STAGES).id)
    x, y = round(random.gauss(40, 120)), round(random.gauss(60, 120))
    return Callout(ident, target, x, y, random.choice(NOTES))


@st.composite
def crowds(draw: st.DrawFn) -> Crowd:
    """Events in clusters, as dense as real ones and denser, notes among them, and a view that has
    them in it."""
    random = Random(draw(st.integers(0, 2**32)))
    count = draw(st.sampled_from([1, 12, 60, 150, 700]))
    centre = random.randint(-8000, 18000)
    spread = draw(st.sampled_from([2.0, 60.0, 1500.0, 6000.0]))
    lanes = draw(st.sampled_from([LANES, NESTED]))
    in_lanes = [(0,), (1,), (2,), (0, 2), (2, 1, 0)]
    if lanes is NESTED:
        in_lanes += [(3,), (4,), (2, 3), (4, 3, 1)]
    made = [
        Made(
            _date(random, centre, spread),
            random.choice(in_lanes),
            random.choice([1, 2, 3, 3, 3, 4, 4, 5]),
            random.choice(WORDS),
            random.choice(WORDS),
            quotes=random.choice([0, 0, 1, 12]),
            disputed=random.random() < 0.2,
            status=random.choice([0, 0, 0, 0, 1, 2]),
        )
        for _ in range(count)
    ]
    callouts = [_callout(random, ident, count) for ident in range(draw(st.integers(0, 6)))]
    span = 6 * spread * draw(st.sampled_from([0.05, 0.3, 1.0, 1.0, 4.0])) + 4
    middle = centre + draw(st.floats(-0.4, 0.4)) * span
    width = draw(st.sampled_from([64.0, 320.0, 1000.0, 1587.0, 3840.0]))
    height = draw(st.sampled_from([64.0, 240.0, 560.0, 1123.0, 2160.0]))
    return Crowd(
        made,
        callouts,
        lanes,
        View(
            middle - span / 2,
            middle + span / 2,
            width,
            height,
            Filter(
                lanes=draw(st.sampled_from([(), (), ("military",), ("economic", "technology")])),
                min_importance=draw(st.sampled_from([1, 1, 3, 4])),
            ),
            language=draw(st.sampled_from(["en", "ko"])),
            rule=draw(st.sampled_from([None, "signature", "entry-into-force"])),
            # Of twice the size no picture is as small as a thumb.
            type_size=draw(
                st.sampled_from([10.0, 13.0, 19.0, 26.0 if min(width, height) > 64 else 13.0])
            ),
            callouts=draw(st.sampled_from([True, True, False])),
        ),
    )


@settings(max_examples=120, deadline=None)
@given(crowds())
def test_no_label_overlaps_another_label_a_foreign_mark_or_bar_a_heading_or_a_callout(crowd):
    shown = crowd.shown
    display = picture(crowd.timeline(), shown)
    written = of_role(display, "label", "sign")
    solid = of_role(
        display, "mark", "bar", "arrow", "soft", "heading", "lane", "density", "tick", "callout"
    )
    for i, one in enumerate(written):
        for other in [*written[i + 1 :], *solid]:
            if other.ref is not None and other.ref == one.ref and other.role != "sign":
                continue
            assert not overlap(one, other), f"{one}\n{other}"


@settings(max_examples=120, deadline=None)
@given(crowds())
def test_no_callout_covers_the_mark_of_a_label_the_axis_or_the_lines_below(crowd):
    shown = crowd.shown
    display = picture(crowd.timeline(), shown)
    labelled = set(labels(display))
    marks = [
        item
        for item in of_role(display, "mark", "bar", "arrow", "soft", "tick", "whose", "caption")
        if item.ref is None or item.ref[1] in labelled
    ]
    for note in of_role(display, "callout"):
        for other in marks:
            assert not overlap(note, other), f"{note}\n{other}"


@settings(max_examples=120, deadline=None)
@given(crowds())
def test_a_bar_is_in_a_row_with_its_title_inside_or_beside_it_or_thin_in_its_band(crowd):
    made, shown = crowd.timeline(), crowd.shown
    display = picture(made, shown)
    lanes = {lane.lane.key: lane for lane in frame(made, shown).lanes}
    written = labels(display)
    for bar in of_role(display, "bar"):
        x, y, w, h = box(bar)
        lane, middle = lanes[bar.lane], y + h / 2
        in_rows = [abs(lane.row_y(row) - middle) < 0.01 for row in range(lane.rows)]
        if not any(in_rows):
            assert abs(lane.thin - middle) < 0.01
            assert h < 4
            assert bar.ref[1] in display.hidden
        elif bar.ref[1] in written:
            left, wide = written[bar.ref[1]].x, written[bar.ref[1]].w
            is_inside = x <= left and left + wide <= x + w
            assert is_inside or left + wide <= x or x + w <= left
            assert left >= 0
            assert left + wide <= shown.width


@settings(max_examples=120, deadline=None)
@given(crowds())
def test_nothing_is_drawn_outside_the_picture(crowd):
    shown = crowd.shown
    display = picture(crowd.timeline(), shown)
    for item in display.items:
        x, y, w, h = box(item)
        assert x >= -0.01
        assert y >= -0.01 or item.role == "grid"
        assert x + w <= shown.width + 0.01, item
        assert y + h <= shown.height + 0.01, item


@settings(max_examples=80, deadline=None)
@given(crowds(), st.floats(-0.6, 0.6))
def test_panning_moves_no_label_up_or_down_or_to_the_other_side(crowd, share):
    shown = crowd.shown
    made_up = crowd.timeline()
    days = (shown.end - shown.start) * share
    here = picture(made_up, shown)
    there = picture(made_up, _ranged(shown, shown.start + days, shown.end + days))
    shift = days * (shown.width - 28.0) / (shown.end - shown.start)
    sticky = long_ones(made_up, shown)
    after = labels(there)
    moves: set[float] = set()
    for event, label in labels(here).items():
        if event in after:
            assert after[event].y == label.y
            if event not in sticky:
                # A picture begins on a whole px: all labels are moved by the same number of them.
                assert abs(after[event].x + shift - label.x) < 1.01
                moves.add(after[event].x - label.x)
        elif event not in sticky:
            # Lost only where the label, its signs or its mark would stand on the picture's edge.
            x, em = label.x - shift, shown.type_size
            lost_at_edge = x < 14 + 2.6 * em or x + label.w > shown.width - 14 - 6.5 * em
            assert lost_at_edge, "lost a label away from the edges"
    assert len(moves) <= 1
    assert all(each == int(each) for each in moves)


@settings(max_examples=80, deadline=None)
@given(crowds(), st.floats(1.05, 30.0), st.floats(0.1, 0.9))
def test_zooming_in_takes_no_label_away_and_keeps_its_row(crowd, factor, share):
    shown = crowd.shown
    made_up = crowd.timeline()
    about = shown.start + (shown.end - shown.start) * share
    before = labels(picture(made_up, shown))
    closer = _ranged(
        shown, about - (about - shown.start) / factor, about + (shown.end - about) / factor
    )
    display = picture(made_up, closer)
    after = labels(display)
    bars = long_ones(made_up, closer)
    px = (closer.width - 28.0) / (closer.end - closer.start)
    columns = made_up.columns
    for event, label in before.items():
        if event in after:
            assert after[event].y == label.y
            continue
        row = columns.row(event)
        middle = 14 + ((columns.first[row] + columns.last[row] + 1) / 2 - closer.start) * px
        room = label.w + 80 + 2 * closer.type_size
        at_edge = middle - room < 0 or middle + room > closer.width
        assert at_edge or event in bars, "zooming in took a label away"


@settings(max_examples=60, deadline=None)
@given(crowds())
def test_labels_and_hidden_events_account_for_every_event_in_the_range(crowd):
    shown = crowd.shown
    made_up = crowd.timeline()
    display = picture(made_up, shown)
    assert not set(labels(display)) & set(display.hidden)
    drawn = {item.ref[1] for item in of_role(display, "mark", "bar") if item.ref}
    assert drawn <= set(labels(display)) | set(display.hidden)
    inside = made_up.columns.id[
        shown.filter.mask(made_up)
        & (made_up.columns.first >= shown.start)
        & (made_up.columns.last + 1 <= shown.end)
    ]
    assert set(inside.tolist()) <= set(labels(display)) | set(display.hidden)
    density = sum(sum(item.counts) for item in of_role(display, "density"))
    begins, _ends = days(made_up, made_up.as_of)
    begun = made_up.columns.id[(begins >= shown.start) & (begins <= shown.end)]
    assert density == len(set(begun.tolist()) & set(display.hidden) - drawn)


@settings(max_examples=40, deadline=None)
@given(crowds())
def test_the_picture_depends_on_the_data_not_on_their_order_or_the_way_there(crowd):
    shown = crowd.shown
    made_up = crowd.timeline()
    once = picture(made_up, shown)
    picture(made_up, _ranged(shown, shown.start - 500, shown.end + 900))
    assert picture(made_up, shown) == once
    again = crowd.timeline()
    assert str(picture(again, shown)) == str(once)


def long_ones(made_up: Timeline, shown: View) -> set[int]:
    """Events longer on the picture than a disc: their titles may stick to the edge inside."""
    columns = made_up.columns
    px = (shown.width - 28.0) / (shown.end - shown.start)
    last = np.where(columns.shape & OPEN_END, made_up.as_of, columns.last)
    return set(columns.id[(last + 1 - columns.first) * px > shown.type_size * 0.8].tolist())


def _ranged(shown: View, start: float, end: float) -> View:
    return replace(shown, start=start, end=end)


def test_hiding_a_lane_moves_no_label_of_another_to_a_different_row():
    random = Random(7)
    made = timeline(
        Made(_date(random, 15000, 900), (random.randrange(3),), random.randint(1, 5), "조약 서명")
        for _ in range(120)
    )
    shown = View(12000.0, 18000.0, 1200.0, 700.0)
    every = picture(made, shown)
    fewer = picture(made, replace(shown, filter=Filter(lanes=("military", "technology"))))
    for lane in ("military", "technology"):
        rows = [
            {event: label.y for event, label in labels(display).items() if label.lane == lane}
            for display in (every, fewer)
        ]
        ranks = [{y: i for i, y in enumerate(sorted(set(row.values())))} for row in rows]
        assert len(rows[0]) > 10
        assert {e: ranks[0][y] for e, y in rows[0].items()} == {
            e: ranks[1][y] for e, y in rows[1].items()
        }
