"""The reader takes most of the window, and gives it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.helpers import click, open_window, press, settle

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from viewer.app import Wired


@pytest.fixture
def wired(qtbot: QtBot, shipped: Path) -> Wired:
    made = open_window(qtbot, shipped, language="ko")
    qtbot.waitUntil(lambda: made.window.side.isVisible())
    window = made.window
    window.reader_place.show_source(window._document.sources()[0].id)
    settle()
    return made


def test_a_key_widens_the_reader_and_gives_the_room_back(wired: Wired) -> None:
    window = wired.window
    before = window.columns.sizes()
    assert not window.reader.margin.isVisible()
    press(window.reader.text, Qt.Key.Key_F9)
    assert window.reader.width() > 0.6 * window.width()
    assert window.reader.margin.isVisible()
    assert window.reader.text.hasFocus()
    press(window.reader.text, Qt.Key.Key_F9)
    assert window.columns.sizes() == before


def test_tab_goes_through_the_reader_from_top_to_bottom(wired: Wired) -> None:
    window = wired.window
    reader = window.reader
    press(reader.text, Qt.Key.Key_F9)
    press(reader.text, Qt.Key.Key_Tab)
    press(reader.margin, Qt.Key.Key_Return)  # selects, so the inspector is made anew too
    press(reader.margin, Qt.Key.Key_Tab)
    focused = QApplication.focusWidget()
    assert reader.targets is not None
    assert focused is not None
    assert reader.targets.isAncestorOf(focused)
    press(focused, Qt.Key.Key_Backtab)
    assert reader.margin.hasFocus()
    press(reader.margin, Qt.Key.Key_Backtab)
    assert reader.text.hasFocus()


def test_the_button_does_the_same(wired: Wired) -> None:
    window = wired.window
    assert window.reader.header is not None
    narrow = window.reader.width()
    click(window.reader.header.wide_button)
    assert window.reader.width() > 1.5 * narrow


def test_the_room_is_given_back_when_the_reader_is_closed(wired: Wired) -> None:
    window = wired.window
    before = window.columns.sizes()
    press(window.reader.text, Qt.Key.Key_F9)
    press(window.reader.text, Qt.Key.Key_Escape)
    assert window.reader.isHidden()
    assert window.columns.sizes() == before


def test_what_is_kept_for_the_next_start_is_the_usual_room(wired: Wired) -> None:
    window = wired.window
    before = window.columns.sizes()
    press(window.reader.text, Qt.Key.Key_F9)
    window.close()
    assert window.columns.sizes() == before
