"""What is only counted can be read: under the pointer, and in a list to choose from."""

from __future__ import annotations

import numpy as np
import pytest

from tests.bench.synthetic import synthetic
from tests.pictures import MEASURE
from viewer.display import Bars
from viewer.layout import View, build, navigation
from viewer.widgets.canvas.heaps import heap_at, heap_menu, told

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
    menu = heap_menu(heap, made, view, chosen.append)
    qtbot.addWidget(menu)
    menu.actions()[1].trigger()
    assert chosen == [("event", int(made.columns.id[heap.rows[1]]))]
