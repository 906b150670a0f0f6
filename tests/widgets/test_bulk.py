"""Edits of all that is selected, from the Edit menu and the inspector's page of several."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu, QMessageBox

from db.changes import ChangeSet
from db.records import Bilingual
from db.store import Store
from tests.helpers import click, dialog, fill, is_open, open_window, press, settle, told
from tests.widgets.inspecting import button
from viewer.edits import events
from viewer.edits.drafts import DateDraft, EventDraft
from viewer.widgets.forms import bulk, editing
from viewer.widgets.forms.tag_dialog import TagDialog
from viewer.widgets.parts.progress import ProgressBox
from viewer.widgets.parts.steps import Steps

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from viewer.app import Wired

COUNT = 12
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A file with twelve events of the first lane."""
    path = tmp_path / "여럿.alliance"
    with Store.create(path, empty=True) as store:
        timeline = store.timeline()
        for place in range(COUNT):
            draft = EventDraft(
                title=Bilingual(ko=f"회의 {place}"),
                kind_id=timeline.kinds[0].id,
                lane_ids=(timeline.lanes[0].id,),
                dates=(DateDraft(f"20{place:02d}-05-21", primary=True),),
            )
            edit = events.added(draft)
            store.apply(ChangeSet(edit.changes, label=edit.label))
    return path


@pytest.fixture
def wired(qtbot: QtBot, made: Path) -> Wired:
    opened = open_window(qtbot, made, language="ko")
    press(opened.window.canvas, Qt.Key.Key_A, CTRL)
    assert len(opened.selection.refs) == COUNT
    return opened


def changesets(wired: Wired) -> int:
    assert wired.document.path is not None
    with Store.open(wired.document.path, read_only=True) as store:
        return len(store.changesets())


def entries(wired: Wired, key: str) -> list[str]:
    return [action.text() for action in wired.window.commands.submenus[key].actions()]


def choose(wired: Wired, key: str, text: str) -> None:
    """Takes an entry of a submenu of the Edit menu."""
    menu = wired.window.commands.submenus[key]
    assert menu.isEnabled()
    next(action for action in menu.actions() if text in action.text()).trigger()
    settle()


def details(wired: Wired) -> list:  # type: ignore[type-arg]
    return [wired.document.event(ident) for _, ident in wired.selection.refs]


def give_tag(wired: Wired, name: str) -> None:
    choose(wired, "add-tag", "새 꼬리표")
    asked = dialog(TagDialog)
    assert not asked.add.isEnabled()
    fill(asked.field, name)
    click(asked.add)


def test_importance_is_set_in_one_step_and_undone_in_one(wired: Wired) -> None:
    before = changesets(wired)
    choose(wired, "importance", "5")
    assert {each.event.importance for each in details(wired)} == {5}
    assert changesets(wired) == before + 1
    press(wired.window.canvas, Qt.Key.Key_Z, CTRL)
    assert {each.event.importance for each in details(wired)} == {3}


def test_a_lane_is_set_for_all(wired: Wired) -> None:
    lane = wired.document.timeline.lanes[2]
    before = changesets(wired)
    choose(wired, "set-lane", lane.name.text("ko"))
    assert all(each.lanes[0].id == lane.id for each in details(wired))
    assert changesets(wired) == before + 1


def test_a_choice_that_changes_nothing_leaves_no_trace(wired: Wired) -> None:
    before = changesets(wired)
    choose(wired, "importance", "3")
    choose(wired, "set-lane", wired.document.timeline.lanes[0].name.text("ko"))
    assert changesets(wired) == before


def test_a_new_tag_is_asked_for_and_given_to_all(wired: Wired) -> None:
    before = changesets(wired)
    give_tag(wired, "연합훈련")
    assert all([tag.name.ko for tag in each.tags] == ["연합훈련"] for each in details(wired))
    assert changesets(wired) == before + 1
    assert "연합훈련" in entries(wired, "add-tag")


def test_a_tag_that_exists_is_not_made_twice(wired: Wired) -> None:
    give_tag(wired, "연합훈련")
    press(wired.window.canvas, Qt.Key.Key_Z, CTRL)
    press(wired.window.canvas, Qt.Key.Key_Y, CTRL)
    choose(wired, "remove-tag", "연합훈련")
    give_tag(wired, " 연합훈련 ")
    assert [tag.name.ko for tag in wired.document.timeline.tags] == ["연합훈련"]
    assert all(len(each.tags) == 1 for each in details(wired))


def test_only_tags_that_are_borne_can_be_taken_away(wired: Wired) -> None:
    assert not wired.window.commands.submenus["remove-tag"].isEnabled()
    whole = wired.selection.refs
    wired.selection.select(whole[0])
    give_tag(wired, "연합훈련")
    wired.selection.select(whole[1])
    assert not wired.window.commands.submenus["remove-tag"].isEnabled()
    wired.selection.choose(whole)
    choose(wired, "remove-tag", "연합훈련")
    assert all(each.tags == () for each in details(wired))


def test_delete_takes_all_in_one_step(wired: Wired) -> None:
    before = changesets(wired)
    press(wired.window.canvas, Qt.Key.Key_Delete)
    assert len(wired.document.timeline.columns) == 0
    assert wired.selection.refs == ()
    assert changesets(wired) == before + 1
    press(wired.window.canvas, Qt.Key.Key_Z, CTRL)
    assert len(wired.document.timeline.columns) == COUNT


def test_many_are_deleted_only_after_a_question_that_names_the_number(
    wired: Wired, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "ASKED_FROM", COUNT - 1)
    press(wired.window.canvas, Qt.Key.Key_Delete)
    assert f"{COUNT}건" in told()
    assert len(wired.document.timeline.columns) == COUNT
    wired.window.commands.actions["delete-event"].trigger()
    box = dialog(QMessageBox)
    click(next(each for each in box.buttons() if each.text() == "삭제"))
    assert len(wired.document.timeline.columns) == 0


def test_an_event_that_a_stage_begins_with_is_not_deleted(qtbot: QtBot, copy: Path) -> None:
    wired = open_window(qtbot, copy, language="ko")
    stage = wired.document.timeline.stages[-1]
    wired.selection.select(("event", wired.document.stage(stage.id).stage.start_event_id))
    press(wired.window.canvas, Qt.Key.Key_Delete)
    assert stage.title.text("ko") in told()
    assert len(wired.document.timeline.columns) == 109


def test_without_a_selection_nothing_is_offered(wired: Wired) -> None:
    wired.selection.select(None)
    for key in ("set-lane", "add-tag", "remove-tag", "importance"):
        assert not wired.window.commands.submenus[key].isEnabled()
    assert not wired.window.commands.actions["delete-event"].isEnabled()


def test_the_page_of_several_opens_the_same_menus(wired: Wired) -> None:
    click(button(wired.window.inspector.page, "중요도"))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert menu is wired.window.commands.submenus["importance"]
    menu.close()
    click(button(wired.window.inspector.page, "삭제"))
    assert len(wired.document.timeline.columns) == 0


# Many, written beside the window


@pytest.fixture
def many(wired: Wired, monkeypatch: pytest.MonkeyPatch) -> Wired:
    monkeypatch.setattr(bulk, "LONG_FROM", COUNT - 1)
    return wired


def test_what_takes_long_is_written_beside_the_window(qtbot: QtBot, many: Wired) -> None:
    before = changesets(many)
    press(many.window.canvas, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(many.document.timeline.columns) == 0)
    assert not is_open(ProgressBox)
    assert changesets(many) == before + 1
    assert f"{COUNT}건" in many.window.status.currentMessage()
    many.window.commands.actions["undo"].trigger()
    assert len(many.document.timeline.columns) == COUNT


def test_what_takes_long_tells_so_and_can_be_stopped(
    qtbot: QtBot, many: Wired, monkeypatch: pytest.MonkeyPatch
) -> None:
    from threading import Event

    go_on, before = Event(), changesets(many)
    whole, stop = events.deleted, Steps.stop

    def stopped(steps: Steps) -> None:
        stop(steps)
        go_on.set()

    def slow(rows):  # type: ignore[no-untyped-def]
        go_on.wait(20)
        return whole(rows)

    monkeypatch.setattr(events, "deleted", slow)
    monkeypatch.setattr(Steps, "stop", stopped)
    press(many.window.canvas, Qt.Key.Key_Delete)
    box = dialog(ProgressBox)
    assert f"사건 {COUNT}건" in box.label.text()
    click(box.stop)
    qtbot.waitUntil(lambda: not is_open(ProgressBox))
    assert len(many.document.timeline.columns) == COUNT
    assert changesets(many) == before


def test_what_is_refused_after_long_work_is_told(
    qtbot: QtBot, many: Wired, monkeypatch: pytest.MonkeyPatch
) -> None:
    from db.errors import AllianceError

    def refuse(rows):  # type: ignore[no-untyped-def]
        raise AllianceError("event.starts-stage", stage="기술동맹")

    monkeypatch.setattr(events, "deleted", refuse)
    press(many.window.canvas, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: is_open(QMessageBox))
    assert "기술동맹" in told()
    assert len(many.document.timeline.columns) == COUNT


def test_a_long_undo_and_redo_go_beside_the_window_too(
    qtbot: QtBot, wired: Wired, monkeypatch: pytest.MonkeyPatch
) -> None:
    press(wired.window.canvas, Qt.Key.Key_Delete)
    monkeypatch.setattr(editing, "LONG_FROM", COUNT)
    undo, redo = (wired.window.commands.actions[key] for key in ("undo", "redo"))
    undo.trigger()
    assert is_open(ProgressBox)
    qtbot.waitUntil(lambda: len(wired.document.timeline.columns) == COUNT)
    assert not is_open(ProgressBox)
    assert f"{COUNT}건" in redo.text()
    redo.trigger()
    qtbot.waitUntil(lambda: len(wired.document.timeline.columns) == 0)
