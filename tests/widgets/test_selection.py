"""Several events selected: by clicks, a box and keys; what the window shows of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest

from db.store import Store
from tests.helpers import click, open_window, press, settle
from tests.widgets.inspecting import button, shown
from tests.widgets.pointing import drag, place_of
from viewer.display import box
from viewer.widgets.canvas.walk import STOPS, stops
from viewer.widgets.panels.several_page import LISTED
from viewer.widgets.parts.paragraphs import Words
from viewer.widgets.state import Selection

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from db.records import Ref
    from viewer.app import Wired

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def wired(qtbot: QtBot, shipped: Path) -> Wired:
    return open_window(qtbot, shipped, language="ko")


def event(wired: Wired, slug: str) -> Ref:
    assert wired.document.path is not None
    with Store.open(wired.document.path, read_only=True) as store:
        found = store.find_event(slug)
    assert found is not None
    return "event", found


def click_with(wired: Wired, ref: Ref, modifiers: Qt.KeyboardModifier) -> None:
    canvas = wired.window.canvas
    place = place_of(canvas, ref, "mark", "bar", "heading")
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, modifiers, place)
    settle()


def test_shift_adds_and_ctrl_takes_in_and_out(wired: Wired) -> None:
    one, two = event(wired, "combined-forces-command"), event(wired, "korus-signed")
    click(wired.window.canvas, place_of(wired.window.canvas, one, "mark", "bar"))
    click_with(wired, two, SHIFT)
    assert wired.selection.refs == (one, two)
    click_with(wired, two, SHIFT)
    assert wired.selection.refs == (one, two)
    click_with(wired, one, CTRL)
    assert wired.selection.refs == (two,)
    click_with(wired, one, CTRL)
    assert wired.selection.refs == (two, one)


def test_a_click_beside_the_marks_keeps_what_shift_or_ctrl_have_chosen(wired: Wired) -> None:
    one = event(wired, "korus-signed")
    wired.selection.select(one)
    QTest.mouseClick(wired.window.canvas, Qt.MouseButton.LeftButton, CTRL, QPoint(300, 90))
    assert wired.selection.refs == (one,)
    click(wired.window.canvas, QPoint(300, 90))
    assert wired.selection.refs == ()


def test_a_stage_is_selected_alone(wired: Wired) -> None:
    stage = ("stage", wired.document.timeline.stages[1].id)
    wired.selection.select(event(wired, "korus-signed"))
    click_with(wired, stage, CTRL)
    assert wired.selection.refs == (stage,)
    click_with(wired, event(wired, "korus-signed"), SHIFT)
    assert wired.selection.refs == (event(wired, "korus-signed"),)


def marks_in(wired: Wired, area: QRect) -> set[Ref]:
    return {
        item.ref
        for item in wired.window.canvas.display().items
        if item.ref is not None
        and item.ref[0] == "event"
        and item.role in STOPS
        and area.intersects(QRect(*(round(each) for each in box(item))))
    }


@pytest.mark.parametrize(("held", "keeps"), [(SHIFT, True), (ALT, False)])
def test_a_box_selects_all_events_whose_marks_it_covers(
    wired: Wired, held: Qt.KeyboardModifier, keeps: bool
) -> None:
    canvas = wired.window.canvas
    area = QRect(QPoint(canvas.width() // 2, 200), QPoint(canvas.width() - 60, 330))
    inside = marks_in(wired, area)
    before = next(
        item.ref
        for item in canvas.display().items
        if item.role == "mark" and item.ref not in inside and item.ref is not None
    )
    wired.selection.select(before)
    drag(canvas, area.topLeft(), area.bottomRight(), held)
    chosen = set(wired.selection.refs)
    assert len(inside) > 5
    assert inside - chosen == set()
    assert len(chosen - inside - {before}) <= 2  # at the box's very edge
    assert (before in chosen) == keeps


def test_escape_drops_the_box(wired: Wired) -> None:
    canvas = wired.window.canvas
    plain = canvas.grab().toImage()
    drag(canvas, QPoint(300, 150), QPoint(500, 300), SHIFT, release=False)
    assert canvas.grab().toImage() != plain
    press(canvas, Qt.Key.Key_Escape)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, SHIFT, QPoint(500, 300))
    assert canvas.grab().toImage() == plain
    assert wired.selection.refs == ()


def test_ctrl_a_selects_what_the_status_line_counts(wired: Wired) -> None:
    canvas = wired.window.canvas
    wired.state.zoom(3)
    settle()
    press(canvas, Qt.Key.Key_A, CTRL)
    count = canvas.display().counts["shown"]
    assert 10 < count < 109
    assert len(set(wired.selection.refs)) == len(wired.selection.refs) == count


def test_ctrl_a_in_words_that_are_read_marks_the_words(wired: Wired) -> None:
    wired.selection.select(event(wired, "summit-2022"))
    settle()
    words = next(
        each for each in wired.window.inspector.page.findChildren(Words) if "반도체" in each.text()
    )
    click(words)
    press(words, Qt.Key.Key_A, CTRL)
    assert words.marked_text() == words.text()
    assert len(wired.selection.refs) == 1


def test_space_keeps_an_event_while_tab_goes_on(wired: Wired) -> None:
    canvas = wired.window.canvas
    canvas.setFocus()
    press(canvas, Qt.Key.Key_End)
    while wired.selection.ref is None or wired.selection.ref[0] != "event":
        press(canvas, Qt.Key.Key_Tab)
    first = wired.selection.ref
    press(canvas, Qt.Key.Key_Space)
    assert "선택에 넣었습니다" in wired.window.status.currentMessage()
    press(canvas, Qt.Key.Key_Tab)
    second = wired.selection.ref
    press(canvas, Qt.Key.Key_Tab)
    third = wired.selection.ref
    assert wired.selection.refs == (first, third)
    press(canvas, Qt.Key.Key_Space)
    assert wired.selection.refs == (first, third)
    press(canvas, Qt.Key.Key_Space)
    assert wired.selection.refs == (first,)
    press(canvas, Qt.Key.Key_Backtab, SHIFT)
    assert wired.selection.refs == (first, second)
    press(canvas, Qt.Key.Key_Escape)
    assert wired.selection.refs == ()


def test_all_that_are_selected_have_a_ring(wired: Wired) -> None:
    canvas = wired.window.canvas
    one, two = event(wired, "combined-forces-command"), event(wired, "korus-signed")
    wired.selection.choose((one, two))
    settle()
    both = canvas.grab().toImage()
    for alone, other in ((one, two), (two, one)):
        wired.selection.select(alone)
        settle()
        place = place_of(canvas, other, "mark", "bar")
        area = QRect(place.x() - 14, place.y() - 14, 28, 28)
        assert canvas.grab().toImage().copy(area) != both.copy(area)


def test_screen_readers_hear_how_many_are_selected(wired: Wired) -> None:
    wired.selection.choose((event(wired, "korus-signed"), event(wired, "summit-2022")))
    assert "사건 2건 선택" in wired.window.canvas.accessibleDescription()


# The page


def test_the_page_of_several_tells_how_many_and_which(wired: Wired) -> None:
    one, two = event(wired, "korus-signed"), event(wired, "summit-2022")
    wired.selection.choose((one, two))
    settle()
    page = wired.window.inspector.page
    assert "사건 2건 선택" in shown(page)
    summit = button(page, wired.document.event(two[1]).event.title.text("ko"))
    assert summit.accessibleDescription() == "2022년 5월 21일 토요일"
    click(button(page, wired.document.event(one[1]).event.title.text("ko")))
    assert wired.selection.refs == (one,)
    assert "사건 2건" not in shown(wired.window.inspector.page)


def test_a_long_list_tells_how_many_more_there_are(wired: Wired) -> None:
    wired.state.fit()
    press(wired.window.canvas, Qt.Key.Key_A, CTRL)
    count = len(wired.selection.refs)
    assert count > LISTED
    assert f"그 밖에 {count - LISTED}건" in shown(wired.window.inspector.page)


def test_what_is_deleted_leaves_the_selection_and_the_rest_stays() -> None:
    selection = Selection()
    selection.choose((("event", 1), ("event", 2), ("event", 3)))
    selection.keep(lambda ref: ref[1] != 2)
    assert selection.refs == (("event", 1), ("event", 3))


def test_a_box_over_what_is_only_counted_selects_what_it_counts(
    qtbot: QtBot, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What has no label is counted, and never drawn by itself.
    monkeypatch.setattr("viewer.layout.strip.ALONE", 0)
    monkeypatch.setattr("viewer.layout.strip.MANY", 0)
    wired = open_window(qtbot, copy)
    canvas = wired.window.canvas
    (counted,) = (
        item
        for item in canvas.display().items
        if item.role == "density" and item.lane == "military"
    )
    _x, y, _w, h = (round(each) for each in box(counted))
    right = canvas.width() - 4  # nothing is counted there, so a box begins
    drag(canvas, QPoint(right, y + h - 1), QPoint(canvas.width() // 2, y + h - 3), SHIFT)
    chosen = [wired.document.event(ident) for ident in wired.selection.events]
    assert 5 < len(chosen) < 45
    assert all("military" in {each.key for each in detail.lanes} for detail in chosen)


@pytest.mark.parametrize(("key", "way"), [(Qt.Key.Key_Tab, 1), (Qt.Key.Key_Backtab, -1)])
def test_the_walk_goes_on_from_where_the_deleted_event_was(
    qtbot: QtBot, copy: Path, key: Qt.Key, way: int
) -> None:
    wired = open_window(qtbot, copy, language="ko")
    canvas = wired.window.canvas
    places = stops(canvas.display())
    here = places.index(event(wired, "combined-forces-command"))
    wired.selection.select(places[here])
    settle()
    press(canvas, Qt.Key.Key_Delete)
    assert wired.selection.ref is None
    press(canvas, key)
    assert wired.selection.ref == places[here + way]
