"""The settings dialog: what is changed counts at once and is there at the next start."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QMessageBox, QSpinBox

from db.records import LANGUAGES
from db.store import Store
from tests.helpers import choose, click, dialog, fill, is_open, open_window, press, settle, texts
from tests.words.usage import catalogue
from viewer.app import Wired, last_file
from viewer.edits import events
from viewer.widgets.settings import (
    OWN_FILE,
    Settings,
    load_settings,
    settings_path,
    system_name,
)
from viewer.widgets.settings_dialog import SettingsDialog

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from db.records import Language


def open_settings(wired: Wired) -> SettingsDialog:
    press(wired.window.canvas, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    return dialog(SettingsDialog)


def start(qtbot: QtBot, settings: Settings, language: Language = "en") -> Wired:
    """The program as it starts without a file."""
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance()
    assert isinstance(application, QApplication)
    wired = Wired(application, None, settings, language)
    qtbot.addWidget(wired.window, before_close_func=lambda _: wired.close())
    wired.show()
    qtbot.waitExposed(wired.window)
    settle()
    return wired


def test_the_name_stands_in_the_history_from_the_next_edit_on(qtbot: QtBot, copy: Path) -> None:
    wired = open_window(qtbot, copy)
    assert wired.document.author == system_name() != ""
    found = open_settings(wired)
    fill(found.author, " 홍길동  사무관 ")
    event_id = int(wired.document.timeline.columns.id[0])
    rows = wired.document.rows_about("event", [event_id])
    wired.document.apply(events.with_new_tag(rows, "방위비"))
    last = wired.document.revertible("undo")
    assert last is not None
    assert last.author == "홍길동 사무관"
    fill(found.author, "")
    assert wired.document.author == system_name()


def test_language_colours_and_type_change_at_once(qtbot: QtBot, copy: Path) -> None:
    wired = open_window(qtbot, copy)
    found = open_settings(wired)
    choose(found.language, "ko")
    assert wired.state.language == "ko"
    assert found.windowTitle() == "설정"
    choose(found.theme, "dark")
    assert wired.state.theme == "dark"
    found.type.setValue(18)
    assert wired.state.type_size == 18
    wired.state.change_type(0)
    assert found.type.value() == 13


def test_it_is_all_remembered(qtbot: QtBot, copy: Path, tmp_path: Path) -> None:
    wired = open_window(qtbot, copy)
    found = open_settings(wired)
    fill(found.author, "김민수")
    fill(found.folder, str(tmp_path / "백업"))
    found.kept["backup_weeks"].setValue(3)
    choose(found.theme, "dark")
    found.type.setValue(16)
    press(found, Qt.Key.Key_Escape)
    kept = load_settings(settings_path())
    assert (kept.author, kept.backups, kept.backup_weeks) == ("김민수", tmp_path / "백업", 3)
    assert (kept.theme, kept.type_size) == ("dark", 16)


def enter(found: SettingsDialog, folder: str) -> None:
    """Types a folder and goes on to the next field."""
    fill(found.folder, folder)
    press(found.folder, Qt.Key.Key_Tab)


def test_what_can_be_no_folder_is_told_and_does_not_count(
    qtbot: QtBot, copy: Path, tmp_path: Path
) -> None:
    wired = open_window(qtbot, copy)
    found = open_settings(wired)
    good = tmp_path / "백업"
    enter(found, str(good))
    for wrong in (str(copy), "그냥 이름", str(copy / "아래")):
        enter(found, wrong)
        assert found.folder_told.text() == f"This is no folder: {wrong}"
        assert wired.settings.backup_folder == str(good)
    found.folder.setFocus()
    found.folder.selectAll()
    press(found.folder, Qt.Key.Key_Backspace)
    press(found.folder, Qt.Key.Key_Tab)
    assert wired.settings.backup_folder == ""


def test_a_number_takes_its_unit_in_its_plural(qtbot: QtBot, copy: Path) -> None:
    found = open_settings(open_window(qtbot, copy))
    box = found.kept["backup_days"]
    box.setValue(2)
    assert box.text() == "2 days"
    box.setValue(1)
    assert box.text() == "1 day"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_has_a_name_in_the_language(
    qtbot: QtBot, copy: Path, language: Language
) -> None:
    wired = open_window(qtbot, copy, language="en" if language == "ko" else "ko")
    found = open_settings(wired)
    wired.state.set_language(language)
    for kind in (QLineEdit, QComboBox, QSpinBox):
        for field in found.findChildren(kind):
            inner = isinstance(field.parent(), QSpinBox)
            assert inner or field.accessibleName(), field
    other = "en" if language == "ko" else "ko"
    foreign = {each.texts[0] for each in catalogue(other).values() if each.room == "settings"}
    foreign -= {each.texts[0] for each in catalogue(language).values()}
    assert [text for _, text in texts(found) if text in foreign] == []


def test_the_file_opened_last_is_opened_at_the_start(qtbot: QtBot, copy: Path, home: Path) -> None:
    first = open_window(qtbot, copy)
    kept = first.remembered()
    first.close()
    assert kept.last_file == str(copy)
    wired = start(qtbot, kept)
    assert wired.document.path == copy
    assert not (home / OWN_FILE).exists()


def test_where_it_is_gone_the_users_own_is_opened_and_that_is_said(
    qtbot: QtBot, tmp_path: Path, home: Path
) -> None:
    gone = tmp_path / "없는 파일.alliance"
    wired = start(qtbot, Settings(last_file=str(gone)), "ko")
    assert wired.document.path == home / OWN_FILE
    box = dialog(QMessageBox)
    assert str(gone) in box.text()
    assert "사용자의 연표" in box.text()
    box.reject()


def test_where_it_is_damaged_the_reason_is_told(qtbot: QtBot, tmp_path: Path, home: Path) -> None:
    bad = tmp_path / "망가진.alliance"
    bad.write_bytes("엉망".encode())
    wired = start(qtbot, Settings(last_file=str(bad)))
    assert wired.document.path == home / OWN_FILE
    box = dialog(QMessageBox)
    assert "망가진.alliance" in box.text()
    box.reject()


def test_the_first_start_opens_the_users_own_without_a_word(qtbot: QtBot, home: Path) -> None:
    wired = start(qtbot, Settings())
    assert wired.document.path == home / OWN_FILE
    assert not is_open(QMessageBox)
    assert last_file(Settings(last_file=str(home / OWN_FILE))) == (None, None)
    Store.open(home / OWN_FILE, read_only=True).close()


def test_a_click_closes_it(qtbot: QtBot, copy: Path) -> None:
    found = open_settings(open_window(qtbot, copy))
    click(found.leave)
    assert not is_open(SettingsDialog)
