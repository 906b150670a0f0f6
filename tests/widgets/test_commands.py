"""The commands: one table, words in both languages, keys that do not contradict each other."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog

from db.records import LANGUAGES, Language
from tests.helpers import dialog, is_open, open_window, press, settle
from viewer.widgets.commands import MENUS, every_command, plain_text
from viewer.widgets.goto_dialog import GoToDialog

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from viewer.app import Wired


@pytest.fixture
def wired(qtbot: QtBot, shipped: Path) -> Wired:
    return open_window(qtbot, shipped)


def test_every_command_has_an_action_and_a_meaning(wired: Wired) -> None:
    keys = [command.key for command in every_command()]
    assert list(wired.window.commands.actions) == keys
    assert [key for key, _ in MENUS] == ["file", "edit", "view", "help"]


def test_no_key_means_two_things(wired: Wired) -> None:
    sequences = [
        key.toString()
        for action in wired.window.findChildren(QAction)
        for key in action.shortcuts()
    ]
    assert [key for key, times in Counter(sequences).items() if times > 1] == []
    assert all(QKeySequence(key).count() == 1 for key in sequences)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_mnemonic_stands_twice_in_a_menu(wired: Wired, language: Language) -> None:
    wired.state.set_language(language)
    commands = wired.window.commands
    for menu in (*commands.menus.values(), commands.submenus["theme"], commands.submenus["type"]):
        marks = [mark for action in menu.actions() if (mark := mnemonic(action.text()))]
        assert sorted(set(marks)) == sorted(marks), menu.title()


def mnemonic(text: str) -> str:
    place = text.replace("&&", "").find("&")
    return text.replace("&&", "")[place + 1].lower() if place >= 0 else ""


def test_a_text_without_its_mnemonic_reads_as_written() -> None:
    assert plain_text("이미지 내보내기(&E)…") == "이미지 내보내기…"
    assert plain_text("Zoom &in") == "Zoom in"


def test_plus_minus_and_zero_zoom_wherever_the_focus_is(wired: Wired) -> None:
    window = wired.window
    window.side.importance.setFocus()
    whole = wired.state.end - wired.state.start
    press(window.side.importance, Qt.Key.Key_Plus)
    assert wired.state.end - wired.state.start < whole
    press(window.side.importance, Qt.Key.Key_Minus)
    press(window.side.importance, Qt.Key.Key_Minus)
    assert wired.state.end - wired.state.start > whole
    press(window.side.importance, Qt.Key.Key_0)
    assert wired.state.end - wired.state.start == pytest.approx(whole)


def test_g_asks_for_a_date(wired: Wired) -> None:
    press(wired.window.canvas, Qt.Key.Key_G)
    assert is_open(GoToDialog)


def test_alt_left_goes_back_and_is_grey_where_there_is_nothing_before(wired: Wired) -> None:
    back = wired.window.commands.actions["back"]
    assert not back.isEnabled()
    start = wired.state.start
    wired.state.zoom(4)
    assert back.isEnabled()
    press(wired.window.canvas, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert wired.state.start == start
    assert not back.isEnabled()


def test_the_stages_and_views_of_the_file_stand_in_the_view_menu(wired: Wired) -> None:
    submenus = wired.window.commands.submenus
    wired.state.set_language("ko")
    names = [action.text() for action in submenus["stages"].actions()]
    assert len(names) == 4
    assert "군사동맹" in names
    assert len(submenus["views"].actions()) == 2


def test_a_saved_view_is_reached_by_its_number(wired: Wired) -> None:
    press(wired.window.canvas, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert wired.state.saved_view == wired.document.timeline.views[0]


def test_ctrl_l_switches_the_language_and_names_the_other(wired: Wired) -> None:
    press(wired.window.canvas, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert wired.state.language == "ko"
    assert wired.window.commands.actions["other-language"].text() == "영어로 전환"
    settle()


def test_next_event_selects_one_and_brings_the_focus_to_the_picture(wired: Wired) -> None:
    wired.window.commands.actions["next-event"].trigger()
    assert wired.selection.ref is not None


@pytest.mark.parametrize(
    "command", ["history", "settings", "restore", "go-to-date", "export", "shortcuts", "open"]
)
def test_the_window_has_the_keyboard_again_when_a_dialog_is_closed(
    qtbot: QtBot, copy: Path, command: str
) -> None:
    """Also where no window manager gives it back."""
    wired = open_window(qtbot, copy)
    asked: list[object] = []
    wired.window.activateWindow = lambda: asked.append(None)  # type: ignore[method-assign]
    wired.window.commands.actions[command].trigger()
    settle()
    press(dialog(QDialog), Qt.Key.Key_Escape)
    assert not is_open(QDialog)
    assert asked
