"""What is only counted can be read: under the pointer, and in a list to choose from."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from db.columns import INTERVAL
from tests.bench.files import write
from tests.bench.synthetic import synthetic
from tests.helpers import click, dialog, is_open, settle
from tests.layout.test_label_rules import crowds
from tests.pictures import MEASURE
from viewer.display import Bars
from viewer.document import Document
from viewer.layout import View, build, navigation
from viewer.layout.events import days
from viewer.layout.frame import frame
from viewer.widgets.canvas.canvas import Canvas
from viewer.widgets.canvas.heap_list import HeapDialog
from viewer.widgets.canvas.heap_walk import HeapWalk
from viewer.widgets.canvas.heaps import heap_at, heap_menu, told
from viewer.widgets.state import Selection, ViewState

COUNT = 3000


@pytest.fixture(scope="module")
def shown():
    made = synthetic(COUNT)
    view = View(*navigation.fit(made), 1200.0, 700.0, language="ko")
    return made, view, build(made, view, MEASURE)


def highest(display):
    """The lane's bars with the most events at one place, and that place."""
    found = [item for item in display.items if isinstance(item, Bars) and any(item.counts)]
    item = max(found, key=lambda each: max(each.counts))
    at = int(np.argmax(item.counts))
    return item, item.x + (at + 0.5) * item.step, item.base - 3


def test_the_pointer_is_told_how_many_there_are_and_which(shown):
    made, view, display = shown
    item, x, y = highest(display)
    heap = heap_at(display, made, view, x, y)
    assert heap is not None
    assert heap.number == len(heap.rows) >= max(item.counts)
    lines = told(heap, made, view).splitlines()
    assert lines[0] == f"이름이 표시되지 않은 사건 {heap.number}건"
    assert made.columns.label_ko[heap.rows[0]] in lines[1]
    lanes = made.columns.lanes[heap.rows, 0]
    assert {made.lanes[lane].key for lane in lanes} == {item.lane}
    assert heap_at(display, made, view, x, item.base - 60) is None


def test_every_counted_event_is_in_one_heap_or_another(shown):
    made, view, display = shown
    found = set()
    for item in display.items:
        if isinstance(item, Bars) and any(item.counts):
            for nth in range(len(item.counts)):
                heap = heap_at(display, made, view, item.x + (nth + 0.5) * item.step, item.base - 1)
                found |= set(heap.rows) if heap else set()
    drawn = {item.ref[1] for item in display.items if item.ref and item.ref[0] == "event"}
    assert set(made.columns.id[sorted(found)].tolist()) == set(made.columns.id.tolist()) - drawn


def test_an_event_is_chosen_from_the_list(shown, qtbot):
    made, view, display = shown
    heap = heap_at(display, made, view, *highest(display)[1:])
    chosen = []
    menu = heap_menu(heap, made, view, chosen.append, lambda: chosen.append("all"))
    qtbot.addWidget(menu)
    menu.actions()[1].trigger()
    assert chosen == [("event", int(made.columns.id[heap.rows[1]]))]


@pytest.mark.parametrize("nth", range(6))
def test_at_the_edges_of_the_picture_a_heap_lists_what_begins_in_the_range_alone(nth):
    made = synthetic(20_000)
    begin = 5000.0 + 7.3 * nth
    view = View(begin, begin + 3000.0, 1200.0, 700.0)
    display = build(made, view, MEASURE)
    begins, _ends = days(made, made.as_of)
    edges = 0
    for item in display.items:
        if isinstance(item, Bars) and item.role == "density":
            for x in (13.0, 15.0, 1185.0, 1187.0):
                heap = heap_at(display, made, view, x, item.base - 1)
                if heap is not None:
                    edges += 1
                    assert heap.number == len(heap.rows)
                    assert begins[heap.rows].min() >= view.start
                    assert begins[heap.rows].max() <= view.end
    assert edges > 6


@settings(max_examples=60, deadline=None)
@given(crowds())
def test_every_place_of_every_strip_lists_as_many_as_it_says_and_all_strips_together_every_one(
    crowd,
):
    made, view = crowd.timeline(), crowd.shown
    display = build(made, view, MEASURE)
    drawn = {item.ref[1] for item in display.items if item.ref and item.ref[0] == "event"}
    found = set()
    for item in display.items:
        if not isinstance(item, Bars):
            continue
        for nth, count in enumerate(item.counts):
            y = item.base - max(item.heights) / 2
            heap = heap_at(display, made, view, item.x + (nth + 0.5) * item.step, y)
            assert count == 0 or heap is not None
            if heap is not None:
                assert heap.number == len(heap.rows) == len(set(heap.rows)) >= count
                found |= set(made.columns.id[heap.rows].tolist())
    assert not found & drawn
    counted = set(display.hidden) - drawn
    # What has begun before the range is counted while it goes on, and stands in the list then.
    assert found <= counted
    begins, ends = days(made, made.as_of)
    px = frame(made, view).scale.px_per_day
    inside = (begins >= view.start) & (begins <= view.end)
    assert counted - found <= set(made.columns.id[~inside & ((ends - begins) * px < 2)].tolist())


def test_a_bar_of_what_goes_on_lists_the_periods_that_have_neither_row_nor_bar(shown):
    made, view, display = shown
    bars = [item for item in display.items if item.role == "lasting"]
    item = max(bars, key=lambda each: max(each.counts))
    at = int(np.argmax(item.counts))
    x, y = item.x + (at + 0.5) * item.step, item.base - 1
    heap = heap_at(display, made, view, x, y)
    assert heap is not None
    assert heap.number == len(heap.rows) >= max(item.counts)
    drawn = {each.ref for each in display.items if each.ref}
    scale = frame(made, view).scale
    day, reach = scale.day(x), 6 / scale.px_per_day
    for row in heap.rows:
        assert made.columns.shape[row] & INTERVAL
        assert made.columns.first[row] - reach <= day <= made.columns.last[row] + 1 + reach
        assert ("event", int(made.columns.id[row])) not in drawn
    # It has a band of its own, which the bars of density under it do not reach.
    density = next(
        each for each in display.items if each.role == "density" and each.lane == item.lane
    )
    assert density.base - max(density.heights) >= item.base


def test_keys_go_from_strip_to_strip_and_along_them(shown):
    _made, _view, display = shown
    walk = HeapWalk()
    assert walk.to_strip(display, 1)
    first = walk.at
    assert walk.to_strip(display, 1)
    assert walk.at.y() > first.y()
    second = walk.at
    assert walk.along(display, 1)
    assert walk.at.x() > second.x()
    assert walk.along(display, -1)
    assert walk.at.x() == pytest.approx(second.x(), abs=8)
    assert walk.frame(display).contains(walk.at)
    while walk.to_strip(display, 1):
        pass
    bars = [item for item in display.items if isinstance(item, Bars) and any(item.counts)]
    assert {item.role for item in bars} == {"density", "lasting"}
    assert walk.at.y() == max(item.base for item in bars) - 2
    passed = {walk.at.y()}
    while walk.to_strip(display, -1):
        passed.add(walk.at.y())
    assert passed == {item.base - 2 for item in bars}
    walk.leave()
    assert walk.frame(display) is None


@pytest.fixture
def window(qtbot, tmp_path):
    """A canvas of many events with their labels, and what is selected in it."""
    path = tmp_path / "많은 사건.alliance"
    write(path, 2000)
    document = Document()
    document.open(path)
    document.wait()
    state, selection = ViewState(document, language="ko", theme="light"), Selection()
    canvas = Canvas(document, state, selection)
    qtbot.addWidget(canvas)
    canvas.resize(1100, 640)
    canvas.show()
    canvas.placing.wait()
    qtbot.waitUntil(lambda: not canvas.placing.busy)
    yield canvas, selection
    document.close()


def test_in_the_window_space_lists_what_the_keys_are_at(window):
    canvas, selection = window
    told = []
    canvas.news.connect(told.append)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Space):
        QTest.keyClick(canvas, key)
    assert told[-1].startswith("이름이 표시되지 않은 사건 ")
    assert canvas.heap_menu.isVisible()
    canvas.heap_menu.actions()[0].trigger()
    assert selection.ref is not None
    before = canvas.scale().start
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert canvas.scale().start > before


def test_of_a_heap_with_very_many_events_every_one_is_reached_by_keys(window):
    canvas, selection = window
    _item, x, y = highest(canvas.display())
    heap = canvas.heap(QPointF(x, y))
    view = canvas.view()
    many = heap._replace(number=1500, rows=list(range(1500)))
    canvas.list_heap(many, QPointF(x, y))
    menu = canvas.heap_menu
    events = [each for each in menu.actions() if not each.isSeparator()]
    assert len(events) == 24 + 1
    assert events[-1].text() == "1,500건 모두 보기…"
    assert told(many, canvas._document.timeline, view).splitlines()[-1].startswith("외 1,494건")
    QTest.keyClick(menu, Qt.Key.Key_Up)  # from the top to the last entry
    QTest.keyClick(menu, Qt.Key.Key_Return)
    settle()
    listed = dialog(HeapDialog)
    assert listed.label.text() == "이름이 표시되지 않은 사건 1,500건"
    assert listed.list.hasFocus() or listed.focusWidget() is listed.list
    assert listed.list.model().rowCount() == 1500
    QTest.keyClick(listed.list, Qt.Key.Key_End)
    titles = canvas._document.timeline.columns.label_ko
    assert titles[1499] in listed.list.currentIndex().data()
    QTest.keyClick(listed, Qt.Key.Key_Return)
    settle()
    assert not is_open(HeapDialog)
    assert selection.ref == ("event", int(canvas._document.timeline.columns.id[1499]))


def test_a_click_on_a_bar_of_density_lists_what_the_pointer_is_told_there(window):
    canvas, _selection = window
    _item, x, y = highest(canvas.display())
    at = QPointF(x, y)
    heap = canvas.heap(at)
    assert canvas._hover(at).splitlines()[0] == f"이름이 표시되지 않은 사건 {heap.number:,}건"
    click(canvas, at.toPoint())
    titles = [each.text() for each in canvas.heap_menu.actions() if not each.isSeparator()]
    columns = canvas._document.timeline.columns
    for row, told_there in zip(heap.rows, titles[:24], strict=False):
        assert columns.label_ko[row].replace("&", "&&") in told_there
