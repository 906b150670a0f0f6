"""The shipped timeline in pictures of many sizes: the rules hold with the real font too."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from db.filters import Filter
from db.store import Store
from tests.pictures import labels, of_role, overlap
from viewer.display import box
from viewer.layout import Caption, View, build, build_overview, navigation
from viewer.render import fonts

if TYPE_CHECKING:
    from pathlib import Path

    from db.timeline import Timeline

SIZES = ((1280.0, 720.0), (1123.0, 794.0), (794.0, 1123.0), (1587.0, 1123.0), (3840.0, 2160.0))


@pytest.fixture(scope="module")
def made(shipped: Path) -> Timeline:
    with Store.open(shipped, read_only=True) as store:
        return store.timeline()


def whole(made: Timeline, width: float, height: float, **settings: object) -> View:
    return View(*navigation.fit(made), width, height, caption=Caption("한미동맹"), **settings)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("zoom", [1.0, 6.0, 60.0])
def test_no_two_texts_overlap_and_nothing_crosses_the_edge(made, size, language, zoom):
    view = whole(made, *size, language=language)
    start, end = navigation.zoomed(view.start, view.end, zoom, 19133.0)
    display = build(made, replace(view, start=start, end=end), fonts.measure())
    texts = of_role(
        display, "label", "sign", "heading", "lane", "tick", "whose", "caption", "legend"
    )
    texts = [item for item in texts if hasattr(item, "text")]
    for i, one in enumerate(texts):
        x, y, w, h = box(one)
        assert x >= 0
        assert y >= 0
        assert x + w <= size[0]
        assert y + h <= size[1]
        assert not any(overlap(one, other) for other in texts[i + 1 :]), one


def test_a_larger_page_shows_more_labels_at_the_same_type_size(made):
    counts, sizes = [], set()
    for width, height in ((1123.0, 794.0), (1587.0, 1123.0), (3840.0, 2160.0)):
        written = labels(build(made, whole(made, width, height), fonts.measure()))
        counts.append(len(written))
        sizes |= {label.size for label in written.values()}
    assert counts == sorted(set(counts))
    assert sizes == {13.0}


def test_the_drawn_events_of_importance_five_are_those_that_sql_names(made, shipped):
    view = whole(made, 1280.0, 720.0, filter=Filter(min_importance=5))
    display = build(made, view, fonts.measure())
    with sqlite3.connect(shipped) as connection:
        rows = connection.execute("SELECT id FROM event WHERE importance = 5").fetchall()
    drawn = {item.ref[1] for item in of_role(display, "mark", "bar")}
    assert drawn == {row[0] for row in rows}
    assert set(labels(display)) | set(display.hidden) == drawn


def test_the_shipped_picture_names_the_three_stages_and_most_turning_points(made):
    display = build(made, whole(made, 1280.0, 720.0, language="ko"), fonts.measure())
    headings = {item.text for item in of_role(display, "heading")}
    assert {"군사동맹", "경제동맹(FTA)", "기술동맹"} <= headings
    top = set(made.columns.id[made.columns.importance == 5].tolist())
    assert len(top & set(labels(display))) >= 9


def test_the_overview_counts_what_the_filter_leaves(made):
    view = whole(made, 1000.0, 96.0)
    every = of_role(build_overview(made, view, 1000, 96, fonts.measure()), "density")
    few = replace(view, filter=Filter(lanes=("technology",), min_importance=5))
    one = of_role(build_overview(made, few, 1000, 96, fonts.measure()), "density")
    assert {item.lane for item in every} == {"military", "economic", "technology"}
    assert {item.lane for item in one} == {"technology"}
    assert sum(sum(item.counts) for item in every) == len(made.columns)
    assert sum(one[0].counts) == len(few.filter.mask(made).nonzero()[0])
