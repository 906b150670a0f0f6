"""Callouts in the window: shown unless put away, pressed like what they are about, exported."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint

from db.changes import ChangeSet, Insert
from db.store import Store
from tests.helpers import click, dialog, open_window, settle
from viewer.display import DisplayList, Rect
from viewer.widgets.files.export_dialog import ExportDialog

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from viewer.app import Wired


@pytest.fixture
def noted(copy: Path) -> Path:
    """The shipped data with a callout on an event and one on a stage."""
    told = {"author": "김 서기관", "time": "2026-11-24T09:30:00.000Z"}
    with Store.open(copy) as store:
        event = store.find_event("korus-signed")
        stage = next(
            each.id for each in store.timeline().stages if each.slug == "military-alliance"
        )
        store.apply(
            ChangeSet(
                (
                    Insert("note", 1, told | {"event_id": event, "text": "**서명일** 확인",
                                              "callout_x": -200, "callout_y": 30}),
                    Insert("note", 2, told | {"stage_id": stage, "text": "군사동맹에 대한 메모",
                                              "callout_x": 30, "callout_y": 20}),
                )
            )
        )  # fmt: skip
    return copy


@pytest.fixture
def wired(qtbot: QtBot, noted: Path) -> Wired:
    return open_window(qtbot, noted, language="ko")


def boxes(display: DisplayList) -> dict[int, Rect]:
    return {
        item.ref[1]: item
        for item in display.items
        if isinstance(item, Rect) and item.role == "callout" and item.ref
    }


def middle(box: Rect) -> QPoint:
    return QPoint(round(box.x + box.w / 2), round(box.y + box.h / 2))


def test_the_window_shows_callouts_until_they_are_put_away(wired: Wired) -> None:
    canvas, row = wired.window.canvas, wired.window.side.callouts
    assert set(boxes(canvas.display())) == {1, 2}
    assert (row.isChecked(), row.count) == (True, 2)
    click(row)
    assert boxes(canvas.display()) == {}
    click(row)
    assert set(boxes(canvas.display())) == {1, 2}


def test_a_file_without_callouts_offers_nothing_about_them(qtbot: QtBot, shipped: Path) -> None:
    wired = open_window(qtbot, shipped)
    assert not wired.window.side.callouts.isVisible()
    wired.window.open_export()
    assert not dialog(ExportDialog).form.callouts.isVisible()


def test_a_press_on_a_callout_selects_what_it_is_about(wired: Wired) -> None:
    canvas = wired.window.canvas
    for note, target in ((1, "event"), (2, "stage")):
        click(canvas, middle(boxes(canvas.display())[note]))
        callout = next(each for each in wired.document.timeline.callouts if each.id == note)
        assert callout.target[0] == target
        assert wired.selection.ref == callout.target


def test_a_saved_view_shows_callouts_or_not(wired: Wired) -> None:
    wired.state.show_callouts(False)
    wired.state.apply(wired.document.timeline.views[0])
    assert wired.state.callouts
    assert wired.state.saved_view is not None
    wired.state.show_callouts(False)
    assert wired.state.saved_view is None
    wired.state.apply(wired.document.timeline.views[0]._replace(callouts=False))
    assert not wired.state.callouts


@pytest.mark.parametrize("on", [True, False])
def test_an_export_begins_as_the_window_is_and_can_be_told_otherwise(
    wired: Wired, on: bool
) -> None:
    wired.state.show_callouts(on)
    wired.window.open_export()
    settle()
    opened = dialog(ExportDialog)
    opened.show_page()
    assert opened.preview.picture is not None
    assert (set(boxes(opened.preview.picture)) == {1, 2}) is on
    click(opened.form.callouts)
    opened.show_page()
    assert (set(boxes(opened.preview.picture)) == {1, 2}) is not on
