"""Editing on the picture: dates dragged and stepped, a place pointed at, the menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from db.changes import ChangeSet
from db.dates import day, from_iso, to_iso
from db.records import Bilingual
from db.store import Store
from tests.helpers import click, open_window, press, settle
from tests.widgets.pointing import drag, place_of
from viewer.display import box
from viewer.edits import events
from viewer.edits.drafts import DateDraft, EventDraft
from viewer.layout import TimeScale, pointer

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from db.records import Ref
    from viewer.app import Wired

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier
DATES = {
    "해 무렵": "2002~",
    "달": "2004-05",
    "날": "2006-03-01",
    "불확실한 날": "2008-05-20?",
    "기간": "2010-03-01/2012-06~",
    "계속": "2014/..",
}


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A file whose lanes have one event of each kind of date."""
    path = tmp_path / "끌기.alliance"
    with Store.create(path, empty=True) as store:
        timeline = store.timeline()
        for place, (title, edtf) in enumerate(DATES.items()):
            draft = EventDraft(
                title=Bilingual(ko=title),
                kind_id=timeline.kinds[0].id,
                lane_ids=(timeline.lanes[place % 3].id,),
                dates=(DateDraft(edtf, primary=True),),
            )
            edit = events.added(draft)
            store.apply(ChangeSet(edit.changes, label=edit.label))
    return path


@pytest.fixture
def wired(qtbot: QtBot, made: Path) -> Wired:
    opened = open_window(qtbot, made, language="ko")
    opened.state.set_range(float(day(2000, 1, 1)), float(day(2018, 1, 1)))
    settle()
    return opened


def ref_of(wired: Wired, title: str) -> Ref:
    columns = wired.document.timeline.columns
    return "event", int(columns.id[columns.label_ko.index(title)])


def edtf_of(wired: Wired, title: str) -> str:
    return wired.document.event(ref_of(wired, title)[1]).dates[0].edtf


def changesets(wired: Wired) -> int:
    assert wired.document.path is not None
    with Store.open(wired.document.path, read_only=True) as store:
        return len(store.changesets())


def at(wired: Wired, title: str) -> QPoint:
    return place_of(wired.window.canvas, ref_of(wired, title), "mark", "bar")


def by_days(wired: Wired, title: str, days: float) -> tuple[QPoint, QPoint]:
    """Where the mark is, and where it is dragged to for so many days."""
    start = at(wired, title)
    return start, start + QPoint(round(days * wired.window.canvas.scale().px_per_day), 0)


# Dragging


@pytest.mark.parametrize(
    ("title", "days", "date"),
    [
        ("해 무렵", 800, "2004~"),
        ("달", 95, "2004-08"),
        ("기간", 366, "2011-03-01/2013-06~"),
        ("계속", -365, "2013/.."),
    ],
)
def test_a_drag_moves_a_date_by_its_own_unit_and_keeps_its_qualifiers(
    wired: Wired, title: str, days: float, date: str
) -> None:
    before = changesets(wired)
    drag(wired.window.canvas, *by_days(wired, title, days))
    assert edtf_of(wired, title) == date
    assert changesets(wired) == before + 1


def test_a_day_goes_as_far_as_the_hand_and_stays_uncertain(wired: Wired) -> None:
    start, end = by_days(wired, "불확실한 날", -366)
    drag(wired.window.canvas, start, end)
    days = round((end - start).x() / wired.window.canvas.scale().px_per_day)
    assert edtf_of(wired, "불확실한 날") == f"{to_iso(day(2008, 5, 20) + days)}?"


def test_the_label_is_a_handle_too(wired: Wired) -> None:
    canvas = wired.window.canvas
    start = place_of(canvas, ref_of(wired, "해 무렵"), "label")
    drag(canvas, start, start + QPoint(round(366 * canvas.scale().px_per_day), 0))
    assert edtf_of(wired, "해 무렵") == "2003~"


def test_nothing_is_written_while_a_date_is_dragged_and_escape_drops_it(wired: Wired) -> None:
    canvas, before = wired.window.canvas, changesets(wired)
    start, end = by_days(wired, "날", 700)
    plain = canvas.grab().toImage()
    drag(canvas, start, end, release=False)
    assert canvas.grab().toImage() != plain
    assert (edtf_of(wired, "날"), changesets(wired)) == ("2006-03-01", before)
    press(canvas, Qt.Key.Key_Escape)
    assert canvas.grab().toImage() == plain
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, PLAIN, end)
    settle()
    assert (edtf_of(wired, "날"), changesets(wired)) == ("2006-03-01", before)


def test_a_drag_back_to_where_it_began_leaves_no_trace(wired: Wired) -> None:
    canvas, before = wired.window.canvas, changesets(wired)
    start, end = by_days(wired, "날", 700)
    drag(canvas, start, end, release=False)
    QTest.mouseMove(canvas, start)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, PLAIN, start)
    settle()
    assert (edtf_of(wired, "날"), changesets(wired)) == ("2006-03-01", before)


def test_a_press_that_wanders_less_than_a_click_moves_nothing(wired: Wired) -> None:
    start, before = at(wired, "날"), changesets(wired)
    drag(wired.window.canvas, start, start + QPoint(2, 1))
    assert changesets(wired) == before
    assert wired.selection.ref == ref_of(wired, "날")


def test_a_drag_is_one_step_of_undo(wired: Wired) -> None:
    drag(wired.window.canvas, *by_days(wired, "달", 95))
    assert "달" in wired.window.commands.actions["undo"].text()
    press(wired.window.canvas, Qt.Key.Key_Z, CTRL)
    assert edtf_of(wired, "달") == "2004-05"


def test_dragging_one_of_several_moves_them_all_each_by_its_own_unit(wired: Wired) -> None:
    for title in ("해 무렵", "달", "날"):
        wired.selection.add(ref_of(wired, title))
    before = changesets(wired)
    drag(wired.window.canvas, *by_days(wired, "해 무렵", 731))
    assert edtf_of(wired, "해 무렵") == "2004~"
    assert edtf_of(wired, "달")[:4] == "2006"
    assert edtf_of(wired, "날")[:4] == "2008"
    assert changesets(wired) == before + 1
    assert "3" in wired.window.commands.actions["undo"].text()


@pytest.mark.parametrize(
    ("title", "which", "days", "date"),
    [
        ("기간", "end", 366, "2010-03-01/2013-06~"),
        ("계속", "start", -400, "2012/.."),
        ("기간", "end", -4000, "2010-03-01/2010-03~"),
    ],
)
def test_an_end_of_a_bar_is_dragged_alone(
    wired: Wired, title: str, which: str, days: float, date: str
) -> None:
    canvas = wired.window.canvas
    start = end_of(wired, title, which)
    drag(canvas, start, start + QPoint(round(days * canvas.scale().px_per_day), 0))
    assert edtf_of(wired, title) == date


def end_of(wired: Wired, title: str, which: str) -> QPoint:
    canvas, ref = wired.window.canvas, ref_of(wired, title)
    row = wired.document.timeline.columns.row(ref[1])
    assert row is not None
    edge = pointer.edges(wired.document.timeline, row)[which == "end"]
    return QPoint(round(canvas.scale().x(edge)), at(wired, title).y())


def test_the_cursor_tells_what_a_press_would_take(wired: Wired) -> None:
    canvas = wired.window.canvas
    QTest.mouseMove(canvas, end_of(wired, "기간", "end"))
    settle()
    assert canvas.cursor().shape() == Qt.CursorShape.SizeHorCursor
    QTest.mouseMove(canvas, at(wired, "기간"))
    settle()
    assert canvas.cursor().shape() == Qt.CursorShape.PointingHandCursor


def test_ctrl_moves_the_timeline_also_where_an_event_is(wired: Wired) -> None:
    before, start = changesets(wired), wired.state.start
    drag(wired.window.canvas, *by_days(wired, "날", 700), CTRL)
    assert wired.state.start < start
    assert changesets(wired) == before


def test_in_a_file_that_cannot_be_changed_a_drag_moves_the_timeline(
    qtbot: QtBot, made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.store.media.obstacle", lambda _: "read-only.file")
    wired = open_window(qtbot, made)
    start = wired.state.start
    drag(wired.window.canvas, *by_days(wired, "날", 700))
    assert wired.state.start < start
    assert edtf_of(wired, "날") == "2006-03-01"
    assert not wired.window.commands.actions["delete-event"].isEnabled()


def test_a_date_held_at_the_side_turns_the_pages(qtbot: QtBot, wired: Wired) -> None:
    canvas, before = wired.window.canvas, wired.state.end
    start = at(wired, "날")
    side = QPoint(canvas.width() - 5, start.y())
    drag(canvas, start, side, release=False)
    qtbot.waitUntil(lambda: wired.state.end > before + 400)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, PLAIN, side)
    settle()
    assert from_iso(edtf_of(wired, "날")) > before + 300
    assert wired.state.can_go_back


def test_a_change_from_elsewhere_drops_the_drag(wired: Wired) -> None:
    canvas, before = wired.window.canvas, changesets(wired)
    start, end = by_days(wired, "날", 700)
    drag(canvas, start, end, release=False)
    wired.document.read_anew()
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, PLAIN, end)
    settle()
    assert (edtf_of(wired, "날"), changesets(wired)) == ("2006-03-01", before)


# By keys


def test_alt_shift_and_an_arrow_move_a_date_by_one_unit(wired: Wired) -> None:
    canvas = wired.window.canvas
    wired.selection.select(ref_of(wired, "해 무렵"))
    before = changesets(wired)
    press(canvas, Qt.Key.Key_Right, ALT | SHIFT)
    press(canvas, Qt.Key.Key_Right, ALT | SHIFT)
    assert edtf_of(wired, "해 무렵") == "2004~"
    assert changesets(wired) == before + 2
    press(canvas, Qt.Key.Key_Left, ALT | SHIFT)
    assert edtf_of(wired, "해 무렵") == "2003~"


def test_shift_and_an_arrow_move_the_end_and_with_ctrl_the_start(wired: Wired) -> None:
    canvas = wired.window.canvas
    wired.selection.select(ref_of(wired, "기간"))
    press(canvas, Qt.Key.Key_Right, SHIFT)
    assert edtf_of(wired, "기간") == "2010-03-01/2012-07~"
    press(canvas, Qt.Key.Key_Left, SHIFT | CTRL)
    assert edtf_of(wired, "기간") == "2010-02-28/2012-07~"


def test_shift_and_an_arrow_leave_a_date_that_is_no_period(wired: Wired) -> None:
    wired.selection.select(ref_of(wired, "날"))
    before = changesets(wired)
    press(wired.window.canvas, Qt.Key.Key_Right, SHIFT)
    assert (edtf_of(wired, "날"), changesets(wired)) == ("2006-03-01", before)


# An empty place


@pytest.mark.parametrize(("years", "date"), [(0.5, "2006-03-11"), (10, "2006-03"), (200, "2006")])
def test_a_place_has_the_finest_date_that_the_zoom_lets_one_aim_at(years: float, date: str) -> None:
    middle = day(2006, 3, 11) + 0.5
    half = years * 365.25 / 2
    assert pointer.edtf_at(TimeScale(middle - half, middle + half, 0, 1000), 500) == date


def test_a_double_click_on_an_empty_place_asks_for_an_event_in_that_lane(
    qtbot: QtBot, wired: Wired
) -> None:
    canvas = wired.window.canvas
    x = round(canvas.scale().x(day(2001, 1, 15)))
    place = QPoint(x, at(wired, "날").y())
    with qtbot.waitSignal(canvas.new_event_asked) as asked:
        QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=place)
    lane, edtf = asked.args
    assert lane == wired.document.timeline.lanes[2].id
    assert edtf[:4] in ("2000", "2001")


def test_a_stage_band_is_an_empty_place_and_a_heading_or_the_axis_is_none(
    qtbot: QtBot, copy: Path
) -> None:
    wired = open_window(qtbot, copy)
    canvas = wired.window.canvas
    band = next(
        item for item in canvas.display().items if item.role == "stage" and item.lane == "economic"
    )
    x, y, w, h = box(band)
    free = next(
        found
        for dy in range(round(h) - 3, 30, -4)
        if (found := canvas.place_at(QPointF(x + w - 40, y + dy)))
    )
    lane = next(each for each in wired.document.timeline.lanes if each.key == "economic")
    assert free[0] == lane.id
    assert canvas.place_at(QPointF(x + w - 40, y + 5)) is None
    assert canvas.place_at(QPointF(600, 20)) is None
    heading = next(item for item in canvas.display().items if item.role == "heading")
    x, y, w, h = box(heading)
    assert canvas.place_at(QPointF(x + w / 2, y + h / 2)) is None


# The menu


def menu_at(wired: Wired, place: QPoint, *, by_key: bool = False) -> QMenu:
    canvas = wired.window.canvas
    reason = QContextMenuEvent.Reason.Keyboard if by_key else QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(canvas, QContextMenuEvent(reason, place, canvas.mapToGlobal(place)))
    settle()
    found = QApplication.activePopupWidget()
    assert isinstance(found, QMenu)
    return found


def entries(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def test_the_menu_of_an_event_offers_what_can_be_done_with_it(wired: Wired) -> None:
    menu = menu_at(wired, at(wired, "날"))
    assert wired.selection.ref == ref_of(wired, "날")
    assert entries(menu)[:2] == ["출처 열기", "편집…"]
    assert "사건 삭제(&D)" in entries(menu)
    assert "분야(&L)" in entries(menu)
    menu.close()


def test_the_menu_key_opens_the_menu_of_what_is_selected(wired: Wired) -> None:
    for title in ("달", "날"):
        wired.selection.add(ref_of(wired, title))
    menu = menu_at(wired, QPoint(5, 5), by_key=True)
    assert len(wired.selection.refs) == 2
    assert "편집…" not in entries(menu)
    assert "사건 삭제(&D)" in entries(menu)
    menu.close()


def test_the_menu_of_an_empty_place_offers_a_new_event_there(qtbot: QtBot, wired: Wired) -> None:
    canvas = wired.window.canvas
    place = QPoint(round(canvas.scale().x(day(2001, 1, 15))), at(wired, "날").y())
    menu = menu_at(wired, place)
    assert len(menu.actions()) == 1
    with qtbot.waitSignal(canvas.new_event_asked):
        menu.actions()[0].trigger()
    menu.close()


def test_an_event_on_the_line_where_a_stage_opens_can_be_taken(qtbot: QtBot, copy: Path) -> None:
    wired = open_window(qtbot, copy)
    with Store.open(copy, read_only=True) as store:
        ref = ("event", store.find_event("summit-2022"))
    assert ref[1] is not None
    click(wired.window.canvas, place_of(wired.window.canvas, (ref[0], ref[1]), "mark"))
    assert wired.selection.ref == ref


def test_a_double_click_opens_the_form_with_that_lane_and_date(wired: Wired) -> None:
    canvas = wired.window.canvas
    place = QPoint(round(canvas.scale().x(day(2001, 1, 15))), at(wired, "날").y())
    asked = canvas.place_at(QPointF(place))
    assert asked is not None
    QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=place)
    settle()
    form = wired.window.adding.form
    assert form is not None
    draft = form.fields.draft()
    assert draft.lane_ids == (asked[0],)
    assert [date.edtf for date in draft.dates] == [asked[1]]


def test_edit_in_the_menu_opens_the_form_of_the_event(wired: Wired) -> None:
    menu = menu_at(wired, at(wired, "날"))
    next(action for action in menu.actions() if action.text() == "편집…").trigger()
    menu.close()
    settle()
    form = wired.window.adding.form
    assert form is not None
    assert form.fields.draft().title.ko == "날"
