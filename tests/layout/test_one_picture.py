"""One view, one picture: whichever way it was come to, and in another process too."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np

from db.filters import Filter
from db.store import Store
from tests.bench.files import write
from tests.bench.synthetic import synthetic
from tests.pictures import MEASURE, labels, picture
from viewer.layout import View, navigation
from viewer.layout.events import placements
from viewer.layout.frame import frame

COUNT = 4000
FRESH = f"""
from tests.bench.synthetic import synthetic
from tests.layout.test_one_picture import asked
from tests.pictures import picture
print(picture(synthetic({COUNT}), asked()))
"""


def asked() -> View:
    return View(9000.0, 10500.0, 1280.0, 720.0, language="ko")


def test_three_ways_to_a_view_and_a_fresh_process_give_the_same_marks():
    made, view = synthetic(COUNT), asked()
    once = str(picture(made, view))
    start, end = view.start, view.end
    for _ in range(40):  # panned there, a day at a time
        picture(made, replace(view, start=start - 40.0, end=end - 40.0))
    assert str(picture(made, view)) == once
    for factor in (0.2, 0.5, 3.0, 40.0):  # zoomed, from coarser and from finer
        near = navigation.zoomed(start, end, factor)
        picture(made, replace(view, start=near[0], end=near[1]))
    assert str(picture(made, view)) == once
    for other in (Filter(min_importance=4), Filter(lanes=("economic",)), Filter(first=9800)):
        picture(made, replace(view, filter=other))
    picture(made, replace(view, language="en", type_size=19.0))
    assert str(picture(made, view)) == once
    fresh = subprocess.run(
        [sys.executable, "-c", FRESH],
        cwd=Path(__file__).parents[2],
        check=True,
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONIOENCODING": "utf-8", "PYTHONPATH": "."},
    )
    assert fresh.stdout.strip() == once


def test_hiding_a_lane_and_showing_it_again_equals_a_fresh_picture():
    made, view = synthetic(COUNT), asked()
    picture(made, view)
    fewer = replace(view, filter=Filter(lanes=("military", "technology")))
    assert str(picture(made, fewer)) == str(picture(synthetic(COUNT), fewer))
    assert str(picture(made, view)) == str(picture(synthetic(COUNT), view))


def test_every_event_is_a_label_a_mark_or_counted_by_density_in_its_lane():
    made = synthetic(COUNT)
    view = View(*navigation.fit(made), 1280.0, 720.0, Filter(min_importance=2))
    display = picture(made, view)
    drawn: dict[str | None, set[int]] = {}
    density: dict[str | None, int] = {}
    for item in display.items:
        if item.role in ("mark", "bar") and item.ref:
            drawn.setdefault(item.lane, set()).add(item.ref[1])
        if item.role == "density":
            density[item.lane] = density.get(item.lane, 0) + sum(item.counts)
    kept = made.columns.importance >= 2
    for index, lane in enumerate(made.lanes):
        here = int((kept & (made.columns.lanes[:, 0] == index)).sum())
        assert len(drawn[lane.key]) + density[lane.key] == here
    assert display.counts["shown"] == int(kept.sum())
    assert display.counts["labelled"] == len(labels(display))


def test_an_edit_places_only_the_lane_anew_that_it_is_in():
    made, view = synthetic(COUNT), asked()
    plan = frame(made, view)
    before = placements(made, view, MEASURE, plan.rows, made.as_of)
    row = int(np.flatnonzero(made.columns.lanes[:, 0] == 1)[COUNT // 8])
    importance = made.columns.importance.copy()
    importance[row] = 5
    edited = replace(made, columns=replace(made.columns, importance=importance))
    after = placements(edited, view, MEASURE, plan.rows, made.as_of)
    assert after[0].labels is before[0].labels
    assert after[2].labels is before[2].labels
    entry = int(np.flatnonzero(after[1].rows == row)[0])
    assert after[1].labels.scale[entry] < before[1].labels.scale[entry]
    again = replace(made, columns=replace(made.columns, importance=importance.copy()))
    assert str(picture(edited, view)) == str(picture(again, view))


def test_five_hundred_pans_move_all_labels_alike_and_lose_none_but_at_the_edges():
    made, view = synthetic(COUNT // 4), replace(asked(), width=640.0, height=400.0)
    chance = Random(500)
    px = (view.width - 28.0) / (view.end - view.start)
    before, start = labels(picture(made, view)), view.start
    lasting = set(made.columns.id[made.columns.last > made.columns.first].tolist())
    for _ in range(500):
        to = min(max(start + chance.uniform(-400.0, 400.0), -7000.0), 20000.0)
        after = labels(picture(made, replace(view, start=to, end=to + view.end - view.start)))
        shift = (start - to) * px
        moved = []
        for event in (set(before) | set(after)) - lasting:
            if event in before and event in after:
                assert after[event].y == before[event].y
                moved.append(after[event].x - before[event].x)
                continue
            x = before[event].x + shift if event in before else after[event].x - shift
            w = (before.get(event) or after[event]).w
            # Its mark, its label and the signs behind it are a little more than the title.
            assert x < 40.0 or x + w > view.width - 40.0
        if moved:  # as one, and to whole pixels
            assert max(moved) - min(moved) < 1e-6
            assert abs(moved[0] - shift) <= 1.0
        before, start = after, to


def test_labels_marks_and_density_account_for_every_event_that_sql_counts_in_a_lane(tmp_path):
    path = tmp_path / "많은 사건.alliance"
    write(path, 2500)
    with Store.open(path, read_only=True) as store:
        made = store.timeline()
    display = picture(made, View(*navigation.fit(made), 1280.0, 720.0, Filter(min_importance=2)))
    told: dict[str | None, int] = {}
    drawn = {(item.lane, item.ref) for item in display.items if item.role in ("mark", "bar")}
    for lane, _ref in drawn:
        told[lane] = told.get(lane, 0) + 1
    for item in display.items:
        if item.role == "density":
            told[item.lane] = told.get(item.lane, 0) + sum(item.counts)
    with closing(sqlite3.connect(path)) as connection:
        counted = connection.execute(
            "SELECT lane.key, count(*) FROM event JOIN event_lane ON event_id = event.id"
            " JOIN lane ON lane.id = lane_id WHERE importance >= 2 GROUP BY lane.id"
        ).fetchall()
    assert told == dict(counted)
    assert display.counts["shown"] == sum(number for _lane, number in counted)
