"""The main window: one switch for both languages, files, sources, themes."""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QWidget

from db.records import LANGUAGES
from tests.helpers import (
    choose_file,
    click,
    dialog,
    is_open,
    open_window,
    press,
    settle,
    texts,
    told,
)
from viewer.widgets import viewing
from viewer.widgets.commands import every_command

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from viewer.app import Wired

# What may stand in Latin letters alone in Korean: keys, formats, names of files, of the other
# language's button and of what has no Korean name.
NAMES = re.compile(
    r"EN|PNG|SVG|PDF|\d{4}-\d{2}-\d{2}|Esc|F\d+|"
    r"(Tab|Shift|Home|End|Ctrl|Alt|Enter|Del|Space|[A-Z0=,.+← →-]|, )+"
)


@pytest.fixture
def wired(qtbot: QtBot, copy: Path) -> Wired:
    return open_window(qtbot, copy)


def latin_only(text: str) -> bool:
    """Whether a text has Latin letters, no Hangul, and is none of the known names."""
    return (
        bool(re.search("[A-Za-z]{2}", text))
        and not re.search("[가-힣]", text)
        and not NAMES.fullmatch(text.replace("&", ""))
    )


def test_one_click_switches_the_whole_window_to_korean(wired: Wired) -> None:
    click(wired.window.toolbar.language.buttons["ko"])
    assert wired.window.windowTitle() == "사본.alliance — 한미동맹 연표"
    assert wired.window.commands.menus["file"].title() == "파일(&F)"
    assert "사건 109건" in wired.window.status.shown.text()
    ticks = [item for item in wired.window.canvas.display().items if item.role == "tick"]
    assert any("년" in item.text for item in ticks if hasattr(item, "text"))


def test_nothing_of_the_window_is_left_in_english(wired: Wired) -> None:
    wired.state.set_language("ko")
    settle()
    window = wired.window
    menus = (*window.commands.menus.values(), *window.commands.submenus.values())
    own = (window.side, window.toolbar, window.status, window.menuBar(), *menus)
    left = [(where, text) for widget in own for where, text in texts(widget) if latin_only(text)]
    assert left == []


@pytest.mark.parametrize("key", ["export", "go-to-date", "shortcuts", "about"])
def test_nothing_of_a_dialog_is_left_in_english(wired: Wired, key: str) -> None:
    wired.state.set_language("ko")
    wired.window.commands.actions[key].trigger()
    settle()
    found = dialog(QDialog)
    assert [(where, text) for where, text in texts(found) if latin_only(text)] == []


def test_every_widget_that_takes_the_focus_has_a_name(wired: Wired) -> None:
    window = wired.window
    for part in (window.side, window.toolbar, window.canvas, window.overview):
        for widget in (part, *part.findChildren(type(part).__mro__[-3])):
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
                assert widget.accessibleName(), widget


def test_the_status_line_tells_range_counts_file_and_that_nothing_is_sent(wired: Wired) -> None:
    status = wired.window.status
    assert "109 events" in status.shown.text()
    assert "Offline · 사본.alliance" in status.file.text()


def test_the_file_is_checked_in_the_background(qtbot: QtBot, wired: Wired) -> None:
    qtbot.waitUntil(lambda: wired.window.status.check.text() == "File checked", timeout=30_000)


def test_counts_follow_the_filter_at_once(wired: Wired) -> None:
    click(wired.window.side.disputed)
    assert "12 events" in wired.window.status.shown.text()


@pytest.mark.parametrize("what", ["none", "empty", "random", "directory", "other"])
def test_a_file_that_is_refused_is_told_and_the_old_one_stays(
    qtbot: QtBot, wired: Wired, tmp_path: Path, what: str
) -> None:
    path = tmp_path / "다른.alliance"
    if what == "empty":
        path.write_bytes(b"")
    elif what == "random":
        path.write_bytes(bytes(range(256)) * 64)
    elif what == "directory":
        path.mkdir()
    elif what == "other":
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE t (x)")
        connection.close()
    before = wired.document.path
    wired.window.commands.actions["open"].trigger()
    settle()
    choose_file(path)
    sentence = told()
    assert "다른.alliance" in sentence
    assert "Traceback" not in sentence
    assert wired.document.path == before
    assert len(wired.document.timeline.columns) == 109
    assert path.exists() == (what != "none")
    qtbot.waitUntil(lambda: wired.window.status.check.text() == "File checked", timeout=30_000)


def test_another_file_opens_in_place_of_the_first(wired: Wired, shipped: Path) -> None:
    wired.state.show_lanes(["military"])
    wired.window.commands.actions["open"].trigger()
    settle()
    choose_file(shipped)
    assert wired.window.windowTitle().startswith(shipped.name)
    assert wired.state.filter.lanes == ()
    assert wired.settings.folder == str(shipped.parent)


def test_a_new_file_gets_its_suffix_and_is_opened(wired: Wired, tmp_path: Path) -> None:
    wired.window.commands.actions["new"].trigger()
    settle()
    choose_file(tmp_path / "새 연표")
    assert wired.document.path == tmp_path / "새 연표.alliance"


def test_a_new_file_never_replaces_an_old_one(wired: Wired, copy: Path) -> None:
    size = copy.stat().st_size
    wired.window.commands.actions["new"].trigger()
    settle()
    choose_file(copy)
    assert copy.name in told()
    assert copy.stat().st_size >= size


def test_a_file_of_a_newer_version_is_shown_read_only_with_the_reason(
    qtbot: QtBot, copy: Path
) -> None:
    with sqlite3.connect(copy) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    wired = open_window(qtbot, copy)
    assert "newer version" in wired.window.status.file.text()
    assert len(wired.document.timeline.columns) == 109


def event_with_quotes(wired: Wired, *, some: bool) -> tuple[str, int]:
    columns = wired.document.timeline.columns
    return "event", int(columns.id[(columns.quotes > 0) == some][0])


def test_enter_on_an_event_opens_its_first_quote_in_the_source(wired: Wired) -> None:
    wired.selection.select(event_with_quotes(wired, some=True))
    wired.window.canvas.setFocus()
    press(wired.window.canvas, Qt.Key.Key_Return)
    assert wired.window.reader.isVisible()


def test_enter_on_an_event_without_quotes_opens_no_source(wired: Wired) -> None:
    wired.selection.select(event_with_quotes(wired, some=False))
    press(wired.window.canvas, Qt.Key.Key_Return)
    assert not wired.window.reader.isVisible()


def test_an_address_is_shown_whole_and_opened_only_if_agreed_to(
    wired: Wired, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    address = "https://www.example.org/동맹?a=1&b=2"
    wired.window.ask_and_follow(address)
    box = dialog(QMessageBox)
    assert "https://www.example.org/" in box.text()
    press(box, Qt.Key.Key_Escape)
    assert opened == []
    wired.window.ask_and_follow(address)
    box = dialog(QMessageBox)
    next(b for b in box.buttons() if b.text() == "Open in the browser").click()
    settle()
    assert len(opened) == 1


@pytest.mark.parametrize("address", ["file:///etc/hostname", "javascript:alert(1)", "//server/x"])
def test_other_addresses_are_refused(
    wired: Wired, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    opened: list[object] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    wired.window.ask_and_follow(address)
    assert address in told()
    assert opened == []


def test_the_systems_theme_is_followed_until_one_is_chosen(
    wired: Wired, monkeypatch: pytest.MonkeyPatch
) -> None:
    wired.window.viewing.choose_theme("system")
    monkeypatch.setattr(viewing, "system_theme", lambda: "dark")
    QApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert wired.state.theme == "dark"
    assert wired.window.canvas.display().background == "#12181f"
    wired.window.viewing.choose_theme("light")
    QApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert wired.state.theme == "light"


def test_the_stage_rule_is_switched_with_one_click_and_the_bands_follow(wired: Wired) -> None:
    canvas = wired.window.canvas
    assert [item for item in canvas.display().items if item.role == "hatch"]
    click(wired.window.toolbar.rule.buttons["entry-into-force"])
    assert not [item for item in canvas.display().items if item.role == "hatch"]
    assert wired.window.commands.actions["rule-entry-into-force"].isChecked()


def test_larger_type_makes_larger_letters_everywhere(wired: Wired) -> None:
    before = wired.window.side.fontMetrics().height()
    wired.window.commands.actions["type-larger"].trigger()
    settle()
    assert wired.window.side.fontMetrics().height() > before
    assert wired.window.canvas.display().items
    wired.window.commands.actions["type-usual"].trigger()


def test_full_screen_and_back(wired: Wired) -> None:
    wired.window.commands.actions["full-screen"].trigger()
    assert wired.window.isFullScreen()
    wired.window.commands.actions["full-screen"].trigger()
    assert not wired.window.isFullScreen()


def test_the_windows_place_is_remembered(wired: Wired) -> None:
    wired.window.resize(1111, 666)
    wired.window.close()
    assert QByteArray.fromHex(wired.settings.geometry.encode()).size() > 0
    assert wired.settings.columns


def test_the_window_fits_a_small_screen_without_hiding_anything(wired: Wired) -> None:
    wired.window.resize(1280, 720)
    settle()
    assert wired.window.size().width() == 1280
    assert wired.window.size().height() == 720
    for language in LANGUAGES:
        wired.state.set_language(language)
        settle()
        for button in wired.window.toolbar.findChildren(QWidget):
            if button.isVisible() and button.accessibleName():
                assert button.width() >= button.minimumSizeHint().width(), button.accessibleName()


def test_the_list_of_keys_tells_every_command_that_has_some(wired: Wired) -> None:
    wired.window.commands.actions["shortcuts"].trigger()
    settle()
    shown = [text for _, text in texts(dialog(QDialog))]
    for command in every_command():
        if command.shortcuts:
            assert any(command.shortcuts[0] in text for text in shown), command.key
    for view in wired.window.commands.submenus["views"].actions():
        key = view.shortcut().toString()
        assert any(key in text for text in shown), view.text()
    assert "Undo" in shown
    assert "Move the callout: Left" in shown


def test_about_names_the_licence_and_the_state_of_the_data(wired: Wired) -> None:
    wired.window.commands.actions["about"].trigger()
    settle()
    shown = "\n".join(text for _, text in texts(dialog(QDialog)))
    assert "MIT" in shown
    assert "23 Nov 2026" in shown
    assert is_open(QDialog)
