"""Of very many events: what the picture, the overview and `marks` tell, against SQL and the
window. At a hundred thousand in every run, at a million in the long one."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from db import dates
from db.filters import Filter
from db.store import Store
from tests.bench.files import write
from tests.cli.conftest import run as run
from tests.helpers import open_window
from tests.pictures import MEASURE
from viewer.cli.pictures import as_data
from viewer.display import Bars
from viewer.layout import View, build, build_overview, navigation, overview_scale
from viewer.layout.frame import frame

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from db.timeline import Timeline
    from tests.cli.conftest import Run
    from viewer.display import DisplayList

SIZES = [100_000, pytest.param(1_000_000, marks=pytest.mark.long)]
CELL = 6.0  # px of the overview
IN_LANES = """
    SELECT lane.key, {0} FROM event JOIN event_lane ON event_lane.event_id = event.id
    JOIN lane ON lane.id = lane_id JOIN event_date ON event_date.event_id = event.id
    WHERE importance >= ? AND {1} GROUP BY {2}"""
# A point is in the middle of its day, a period begins with its first one.
BEGIN = "(CASE WHEN edtf LIKE '%/%' THEN first_day ELSE first_day + 0.5 END)"
END = "(CASE WHEN edtf LIKE '%/%' THEN last_day + 1 ELSE first_day + 0.5 END)"


@pytest.fixture(scope="module", params=SIZES)
def file(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / f"사건 {request.param}건.alliance"
    write(path, request.param)
    return path


@pytest.fixture(scope="module")
def made(file: Path) -> Timeline:
    with Store.open(file, read_only=True) as store:
        return store.timeline()


def counted(file: Path, what: str, where: str, by: str, *asked: float) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(IN_LANES.format(what, where, by), asked).fetchall()


def accounted(display: DisplayList, made: Timeline, start: float) -> dict[str | None, int]:
    """By lane the events that begin in the picture's range: drawn by themselves or counted."""
    drawn = {
        (item.lane, item.ref[1])
        for item in display.items
        if item.role in ("mark", "bar") and item.ref
    }
    told: dict[str | None, int] = {}
    for lane, ident in drawn:
        row = made.columns.row(ident)
        assert row is not None
        told[lane] = told.get(lane, 0) + bool(made.columns.first[row] >= start)
    for item in display.items:
        if isinstance(item, Bars) and item.role == "density":
            told[item.lane] = told.get(item.lane, 0) + sum(item.counts)
    return told


@pytest.mark.parametrize("share", [1.0, 0.31, 0.004])
@pytest.mark.parametrize("least", [1, 3])
def test_labels_marks_and_density_account_for_what_sql_counts_in_each_lane(
    file: Path, made: Timeline, share: float, least: int
) -> None:
    start, end = navigation.fit(made)
    middle, half = (start + end) / 2, round((end - start) * share / 2)
    view = View(middle // 1 - half, middle // 1 + half, 1600.0, 900.0, Filter(min_importance=least))
    display = build(made, view, MEASURE)
    begun = counted(
        file, "count(*)", f"{BEGIN} BETWEEN ? AND ?", "lane.key", least, view.start, view.end
    )
    told = accounted(display, made, view.start)
    assert {lane: number for lane, number in told.items() if number} == dict(begun)
    touching = counted(
        file, "count(*)", f"{END} >= ? AND {BEGIN} <= ?", "lane.key", least, view.start, view.end
    )
    assert display.counts["shown"] == sum(int(str(number)) for _, number in touching)
    labelled = {item.ref[1] for item in display.items if item.role == "label" and item.ref}
    assert display.counts["labelled"] == len(labelled)
    assert len(display.hidden) == display.counts["shown"] - len(labelled)


@pytest.mark.parametrize("least", [1, 4])
def test_the_overview_counts_in_each_place_what_sql_does(
    file: Path, made: Timeline, least: int
) -> None:
    width = 1600.0
    view = View(*navigation.fit(made), width, 900.0, Filter(min_importance=least))
    scale = overview_scale(made, width)
    cell = f"CAST(({scale.left!r} + ((first_day + last_day + 1) / 2.0 - {scale.start!r}) *" \
           f" {scale.px_per_day!r}) / {CELL} AS INTEGER)"  # fmt: skip
    found = {
        (item.lane, nth): number
        for item in build_overview(made, view, width, 96.0, MEASURE).items
        if isinstance(item, Bars)
        for nth, number in enumerate(item.counts)
        if number
    }
    asked = counted(file, f"{cell} AS cell, count(*)", "1", "lane.key, cell", least)
    assert found == {(lane, nth): number for lane, nth, number in asked}


@pytest.mark.parametrize("language", ["en", "ko"])
def test_marks_prints_the_very_list_that_the_window_draws(
    file: Path, run: Run, qtbot: QtBot, language: str
) -> None:
    wired = open_window(qtbot, file, language="ko" if language == "ko" else "en")
    canvas, state = wired.window.canvas, wired.state
    qtbot.waitUntil(lambda: not wired.document.is_reading, timeout=240_000)
    for first, last, least in (("1950", "2029", 1), ("1987-03", "1988-10", 1), ("1960", "2010", 4)):
        state.set_filter(Filter(min_importance=least))
        begin, end = dates.parse(first).first, dates.parse(last).last
        assert begin is not None
        assert end is not None
        state.set_range(float(begin), float(end + 1))
        canvas.display()
        qtbot.waitUntil(lambda: not canvas.placing.busy, timeout=240_000)
        drawn = json.loads(json.dumps(as_data(canvas.display())))
        printed = run(
            "marks", file, "--size", f"{canvas.width()}x{canvas.height()}", "--window", "--json",
            "--language", language, "--from", first, "--to", last, "--min-importance", least,
        ).data  # fmt: skip
        assert printed["marks"] == drawn["marks"]
        assert sorted(printed["hidden"]) == sorted(drawn["hidden"])
        assert sum(each["role"] == "label" for each in printed["marks"]) > 10


def test_a_frame_and_its_scale_are_the_windows(made: Timeline) -> None:
    """What the SQL above counts between is what the picture shows."""
    view = View(*navigation.fit(made), 1600.0, 900.0)
    assert (frame(made, view).scale.start, frame(made, view).scale.end) == (view.start, view.end)
