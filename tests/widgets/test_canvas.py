"""The canvas under a hand: click, drag, wheel, pinch and keys move the view and the selection."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from db.dates import day
from tests.helpers import click, press, settle
from tests.widgets.pointing import drag, place_of
from viewer.display import box
from viewer.document import Document
from viewer.layout import navigation
from viewer.widgets.canvas.canvas import Canvas
from viewer.widgets.canvas.overview import Overview
from viewer.widgets.state import Selection, ViewState

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

SIZE = (1100, 640)


@pytest.fixture
def document(shipped: Path) -> Iterator[Document]:
    made = Document()
    made.open(shipped)
    yield made
    made.close()


@pytest.fixture
def state(document: Document) -> ViewState:
    return ViewState(document)


@pytest.fixture
def selection() -> Selection:
    return Selection()


@pytest.fixture
def canvas(qtbot: QtBot, document: Document, state: ViewState, selection: Selection) -> Canvas:
    made = Canvas(document, state, selection)
    qtbot.addWidget(made)
    made.resize(*SIZE)
    made.show()
    made.setFocus()
    settle()
    return made


def event_id(document: Document, slug: str) -> int:
    for ident in document.timeline.columns.id.tolist():
        if document.event(ident).event.slug == slug:
            return int(ident)
    raise LookupError(slug)


def wheel(canvas: Canvas, x: int, delta: QPoint, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    turn(canvas, x, delta, modifiers)
    settle()


def turn(canvas: Canvas, x: int, delta: QPoint, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    """The wheel, faster than frames are drawn."""
    at = QPointF(x, 200)
    event = QWheelEvent(
        at, canvas.mapToGlobal(at), QPoint(), delta, Qt.MouseButton.NoButton, modifiers,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(canvas, event)


def shown(state: ViewState) -> tuple[float, float]:
    return state.start, state.end


def test_a_click_on_a_mark_selects_its_event_and_one_beside_it_nothing(canvas, document, selection):
    ref = ("event", event_id(document, "combined-forces-command"))
    click(canvas, place_of(canvas, ref, "mark"))
    assert selection.ref == ref
    click(canvas, QPoint(300, 90))
    assert selection.ref is None


def test_a_click_on_a_label_selects_its_event(canvas, document, selection):
    ref = ("event", event_id(document, "summit-2022"))
    click(canvas, place_of(canvas, ref, "label"))
    assert selection.ref == ref


def test_a_click_on_a_band_selects_its_stage(canvas, document, selection):
    stage = next(each for each in document.timeline.stages if each.slug == "military-alliance")
    click(canvas, place_of(canvas, ("stage", stage.id), "heading"))
    assert selection.ref == ("stage", stage.id)


def a_px(canvas) -> float:
    """The days of a px and half a px of the picture before: pictures begin on whole ones."""
    return 1.5 / canvas.scale().px_per_day


def test_a_drag_moves_the_day_along_with_the_hand(canvas, state):
    under = canvas.scale().day(600)
    drag(canvas, QPoint(600, 300), QPoint(400, 300))
    assert canvas.scale().day(400) == pytest.approx(under, abs=a_px(canvas))
    state.back()
    assert canvas.scale().day(600) == pytest.approx(under, abs=a_px(canvas))


def test_escape_drops_a_drag_and_leaves_the_view_as_it_was(canvas, state):
    before = shown(state)
    drag(canvas, QPoint(600, 300), QPoint(400, 300), release=False)
    assert shown(state) != before
    press(canvas, Qt.Key.Key_Escape)
    assert shown(state) == before
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(400, 300))
    assert shown(state) == before
    assert not state.can_go_back


def test_a_drag_goes_on_from_what_the_wheel_made_of_the_view_meanwhile(canvas, state):
    drag(canvas, QPoint(600, 300), QPoint(500, 300), release=False)
    wheel(canvas, 500, QPoint(0, 120))
    under, length = canvas.scale().day(500), state.end - state.start
    QTest.mouseMove(canvas, QPoint(480, 300))
    settle()
    assert state.end - state.start == pytest.approx(length)
    assert canvas.scale().day(480) == pytest.approx(under, abs=a_px(canvas))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(480, 300))


@pytest.mark.parametrize("size", [11.0, 13.0, 24.0])
def test_the_ring_of_the_selection_leaves_the_labels_alone(
    canvas, state, document, selection, size
):
    state.set_type_size(size)
    state.set_language("ko")
    settle()
    before = canvas.grab().toImage()
    ref = ("event", event_id(document, "ipef-launch-2022"))
    selection.select(ref)
    settle()
    after = canvas.grab().toImage()
    assert before != after
    for item in canvas.display().items:
        if item.ref == ref and item.role in ("label", "sign"):
            area = QRectF(*box(item)).adjusted(-0.5, 0, 0.5, 0).toAlignedRect()
            assert before.copy(area) == after.copy(area), item


def test_the_wheel_zooms_about_the_pointer_and_with_shift_pans(canvas, state):
    under, length = canvas.scale().day(800), state.end - state.start
    wheel(canvas, 800, QPoint(0, 120))
    assert state.end - state.start == pytest.approx(length / 1.25)
    assert canvas.scale().day(800) == pytest.approx(under, abs=a_px(canvas))
    start, length = state.start, state.end - state.start
    wheel(canvas, 800, QPoint(0, -120), Qt.KeyboardModifier.ShiftModifier)
    assert state.end - state.start == pytest.approx(length)
    assert state.start > start


def drawn(qtbot, canvas):
    """The pixels of the canvas once all of its titles are there."""
    canvas.repaint()
    qtbot.waitUntil(lambda: not canvas._sheet.waiting)
    return canvas.grab().toImage()


@pytest.mark.parametrize("ratio", [1, 20])
def test_a_thousand_zoom_steps_in_and_out_come_back_to_the_pixel(qtbot, canvas, state, ratio):
    """By notches of the wheel anywhere, and by the tenths of them that touchpads send."""
    middle = (state.start + state.end) / 2
    state.set_range(middle - 4000.0, middle + 4000.0)
    settle()
    before, range_before, chance = drawn(qtbot, canvas), shown(state), Random(1000 + ratio)
    steps = 0
    while steps < 1000:
        there = [
            (chance.choice((-120, 120)) // ratio, chance.randrange(20, SIZE[0] - 20))
            for _ in range(25)
        ]
        for delta, x in there:
            turn(canvas, x, QPoint(0, delta))
        settle()
        assert shown(state) != range_before
        for delta, x in reversed(there):
            turn(canvas, x, QPoint(0, -delta))
        steps += 50
    assert shown(state) == pytest.approx(range_before, rel=1e-9)
    assert drawn(qtbot, canvas) == before


def test_a_pinch_zooms_about_its_middle(canvas, state):
    under, length = canvas.scale().day(500), state.end - state.start
    at = QPointF(500, 300)
    event = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture, QPointingDevice.primaryPointingDevice(), 2,
        at, at, canvas.mapToGlobal(at), 0.5, QPointF(),
    )  # fmt: skip
    QApplication.sendEvent(canvas, event)
    settle()
    assert state.end - state.start == pytest.approx(length / 1.5)
    assert canvas.scale().day(500) == pytest.approx(under, abs=a_px(canvas))


def test_a_band_drawn_with_ctrl_and_shift_is_zoomed_to(canvas, state):
    left, right = canvas.scale().day(500), canvas.scale().day(700)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    before = shown(state)
    drag(canvas, QPoint(500, 200), QPoint(700, 200), both)
    assert shown(state) == pytest.approx((left, right), rel=1e-9)
    state.back()
    assert shown(state) == before
    drag(canvas, QPoint(700, 300), QPoint(500, 100), both)  # leftwards as well
    assert shown(state) == pytest.approx((left, right), rel=1e-9)


def test_arrows_pan_and_home_and_end_go_to_the_first_and_last_event(canvas, state, document):
    start = state.start
    press(canvas, Qt.Key.Key_Right)
    assert state.start > start
    press(canvas, Qt.Key.Key_Left)
    assert state.start == pytest.approx(start)
    first, last = navigation.extent(document.timeline)
    press(canvas, Qt.Key.Key_Home)
    assert (state.start + state.end) / 2 == pytest.approx(first)
    press(canvas, Qt.Key.Key_End)
    assert (state.start + state.end) / 2 == pytest.approx(last)


def test_tab_walks_through_what_is_shown_by_time_and_enter_asks_for_the_source(
    qtbot, canvas, document, selection
):
    for _ in range(3):
        press(canvas, Qt.Key.Key_Tab)
    ref = selection.ref
    press(canvas, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert selection.ref != ref
    press(canvas, Qt.Key.Key_Tab)
    assert selection.ref == ref
    with qtbot.waitSignal(canvas.activated) as asked:
        press(canvas, Qt.Key.Key_Return)
    assert asked.args == [ref]


def test_tab_reaches_every_event_and_stage_once_and_then_leaves(canvas, document, selection):
    seen = []
    while canvas.step(1):
        seen.append(selection.ref)
    assert len(seen) == len(set(seen)) == 109 + 4


def test_a_double_click_on_a_heading_zooms_to_its_stage(canvas, state, document):
    stage = next(each for each in document.timeline.stages if each.slug == "economic-alliance")
    QTest.mouseDClick(
        canvas, Qt.MouseButton.LeftButton, pos=place_of(canvas, ("stage", stage.id), "heading")
    )
    settle()
    assert state.start < day(2007, 6, 30)
    assert state.end - state.start < 25 * 366


def test_a_double_click_on_a_period_zooms_to_it(canvas, state, document):
    ref = ("event", event_id(document, "nixon-doctrine-7th-division"))
    QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=place_of(canvas, ref, "bar"))
    settle()
    assert day(1969, 7, 25) - 60 < state.start < day(1969, 7, 25)
    assert day(1971, 3, 27) < state.end < day(1971, 3, 27) + 60


def test_an_event_selected_from_elsewhere_is_brought_into_view(canvas, state, document, selection):
    state.set_range(float(day(2020, 1, 1)), float(day(2021, 1, 1)))
    selection.select(("event", event_id(document, "korus-signed")))
    assert state.start < day(2007, 6, 30) < state.end


def test_screen_readers_hear_the_name_and_what_is_selected(canvas, state, document, selection):
    selection.select(("event", event_id(document, "ipef-launch-2022")))
    state.set_language("ko")
    assert canvas.accessibleName() == "연표"
    assert "2022년 5월 23일" in canvas.accessibleDescription()


def test_dragging_the_window_in_the_overview_pans_and_its_edge_zooms(qtbot, document, state):
    strip = Overview(document, state)
    qtbot.addWidget(strip)
    strip.resize(1000, 96)
    strip.show()
    settle()
    state.set_range(float(day(1950, 1, 1)), float(day(1970, 1, 1)))
    scale = strip._scale()
    middle, right = round(scale.x(day(1960, 1, 1))), round(scale.x(day(1970, 1, 1)))
    drag(strip, QPoint(middle, 60), QPoint(middle + 200, 60))
    moved = scale.day(middle + 200) - scale.day(middle)
    assert state.start == pytest.approx(day(1950, 1, 1) + moved, abs=30)
    right += 200
    drag(strip, QPoint(right, 60), QPoint(right + 100, 60))
    assert state.start == pytest.approx(day(1950, 1, 1) + moved, abs=30)
    assert state.end == pytest.approx(scale.day(right + 100), abs=60)
    state.back()
    state.back()
    assert shown(state) == (day(1950, 1, 1), day(1970, 1, 1))


def test_a_hand_that_leaves_the_overview_takes_the_window_no_farther_than_its_edge(
    qtbot, document, state
):
    strip = Overview(document, state)
    qtbot.addWidget(strip)
    strip.resize(1000, 96)
    strip.show()
    settle()
    state.set_range(float(day(1950, 1, 1)), float(day(1970, 1, 1)))
    right = round(strip._scale().x(day(1970, 1, 1)))
    drag(strip, QPoint(right, 60), QPoint(3000, -200))
    assert state.end == pytest.approx(strip._scale().day(1000), abs=1)
    middle = round(strip._scale().x(day(1960, 1, 1)))
    drag(strip, QPoint(middle, 60), QPoint(-3000, 60))
    assert state.start < strip._scale().day(0) < state.end


def test_a_press_beside_the_window_in_the_overview_goes_there(qtbot, document, state):
    strip = Overview(document, state)
    qtbot.addWidget(strip)
    strip.resize(1000, 96)
    strip.show()
    state.set_range(float(day(1950, 1, 1)), float(day(1960, 1, 1)))
    click(strip, QPoint(round(strip._scale().x(day(2010, 1, 1))), 50))
    assert state.start < day(2010, 1, 1) < state.end


def test_the_filter_acts_on_the_canvas_and_on_the_overview_at_once(canvas, state, document, qtbot):
    strip = Overview(document, state)
    qtbot.addWidget(strip)
    strip.resize(1000, 96)
    state.set_filter(replace(state.filter, min_importance=5))
    drawn = {
        item.ref for item in canvas.display().items if item.ref and item.role in ("mark", "bar")
    }
    assert len(drawn) == 11
    bars = [item for item in strip.display().items if item.role == "density"]
    assert sum(sum(item.counts) for item in bars) == 11


def test_an_event_that_the_filter_hides_is_told_so_and_the_range_stays(
    canvas: Canvas, document: Document, state: ViewState, selection: Selection
) -> None:
    told: list[str] = []
    canvas.news.connect(told.append)
    columns = document.timeline.columns
    military = int(columns.id[columns.lanes[:, 0] == 0][0])
    state.set_filter(replace(state.filter, lanes=("technology",)))
    state.set_range(18_000.0, 20_000.0)
    settle()
    selection.select(("event", military))
    settle()
    title = document.event(military).event.title.en
    assert told == [f"“{title}” is not on the picture: the filter at the left hides it just now."]
    assert (state.start, state.end) == (18_000.0, 20_000.0)
