"""Importing a table in the window: seen row by row before anything is written, all or nothing."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from db import schema
from db.records import LANGUAGES, Language
from tests.helpers import (
    choose,
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
from viewer.edits.importing import LARGE
from viewer.widgets.files.import_dialog import ImportDialog
from viewer.widgets.files.import_table import COLUMNS
from viewer.widgets.files.importing import Importing

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from viewer.app import Wired

TABLE = """date,lane,title_ko,title_en,summary_ko,importance,tags
2027-03-01,군사,새 회담,New talks,"첫 줄
둘째 줄",4,국방|통상
2007-04-02,economic,한미 FTA 협상 타결,,,5,
1882-05-22,economic,조미수호통상조약,,,,
"""
FTA = "한미 FTA 협상 타결"
WRONG = TABLE + "2027-02-30,군사,없는 날,,,,\n"


@pytest.fixture
def wired(qtbot: QtBot, copy: Path) -> Wired:
    return open_window(qtbot, copy)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "사건 표.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


@pytest.fixture
def done() -> list[int]:
    """The changesets that were written."""
    return []


@pytest.fixture
def importing(wired: Wired, done: list[int]) -> Importing:
    def on_done(changeset_id: int) -> None:
        done.append(changeset_id)
        wired.document.read_anew()

    return Importing(wired.document, wired.state, wired.settings, wired.window, on_done=on_done)


def opened(qtbot: QtBot, importing: Importing, table: Path) -> ImportDialog:
    """The dialog on a table, chosen in the file dialog, once it has been read."""
    importing.ask_and_import()
    choose_file(table)
    return ready(qtbot, dialog(ImportDialog))


def ready(qtbot: QtBot, found: ImportDialog) -> ImportDialog:
    qtbot.waitUntil(lambda: not found.progress.isVisible(), timeout=60_000)
    settle()
    return found


def rows_of(found: ImportDialog) -> list[list[str]]:
    """What stands in the table, cell by cell."""
    return [
        [found.rows.index(row, column).data() for column in range(len(COLUMNS))]
        for row in range(found.rows.rowCount())
    ]


def dump(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    with closing(sqlite3.connect(path)) as connection:
        names = [table.name for table in schema.tables().values() if table.logged]
        return {
            name: connection.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall()
            for name in (*names, "change", "changeset")
        }


def test_every_row_is_shown_with_what_becomes_of_it(
    qtbot: QtBot, importing: Importing, table: Path, copy: Path
) -> None:
    before = dump(copy)
    found = opened(qtbot, importing, table)
    rows = rows_of(found)
    assert [row[:2] for row in rows] == [["2", "+ Added"], ["4", "~ Changed"], ["5", "= Same"]]
    assert rows[0][2:5] == ["1 Mar 2027", "New talks", "Military"]
    assert "→ 5" in rows[1][5]
    assert "국방, 통상" in found.told.text()
    assert found.accept_all.text() == "Import 2 events"
    assert dump(copy) == before


def test_the_import_is_written_and_shown_and_undone_in_one_step(
    qtbot: QtBot, importing: Importing, table: Path, wired: Wired, done: list[int]
) -> None:
    wired.document.author = "홍길동"
    found = opened(qtbot, importing, table)
    before = len(wired.document.timeline.columns)
    with qtbot.waitSignal(found.written, timeout=60_000):
        press(found, Qt.Key.Key_Return)
    settle()
    assert len(done) == 1
    assert not is_open(ImportDialog)
    assert len(wired.document.timeline.columns) == before + 1
    undo = wired.document.revertible("undo")
    assert undo is not None
    assert (undo.id, undo.author, undo.label) == (done[0], "홍길동", "import: 사건 표.csv")
    wired.window.editing.revert("undo")
    assert len(wired.document.timeline.columns) == before


def test_one_refused_row_holds_the_table_back(
    qtbot: QtBot, importing: Importing, table: Path
) -> None:
    table.write_text(WRONG, encoding="utf-8")
    found = opened(qtbot, importing, table)
    assert not found.accept_all.isEnabled()
    assert found.told.property("rank") == "error"
    assert "whole or not at all" in found.told.text()
    assert [row[:2] for row in rows_of(found)] == [["6", "! Refused"]]
    assert "2027-02-30" in found.detail.toPlainText()
    table.write_text(TABLE, encoding="utf-8")
    click(found.again)
    ready(qtbot, found)
    assert found.accept_all.isEnabled()


def test_the_rows_of_one_verdict_are_shown_alone(
    qtbot: QtBot, importing: Importing, table: Path
) -> None:
    found = opened(qtbot, importing, table)
    assert found.verdicts.buttons["changed"].text() == "~ Changed  1"
    assert not found.verdicts.buttons["refused"].isEnabled()
    click(found.verdicts.buttons["same"])
    assert [row[0] for row in rows_of(found)] == ["5"]
    click(found.verdicts.buttons["all"])
    assert len(rows_of(found)) == 3


def test_all_of_a_row_is_read_without_the_mouse(
    qtbot: QtBot, importing: Importing, table: Path
) -> None:
    found = opened(qtbot, importing, table)
    reached = set()
    for _ in range(20):
        press(QApplication.focusWidget() or found, Qt.Key.Key_Tab)
        reached.add(QApplication.focusWidget())
    assert {found.view, found.detail, found.encoding, found.leave, found.accept_all} <= reached
    assert set(found.verdicts.buttons.values()) & reached
    found.view.setFocus()
    assert "둘째 줄" in found.detail.toPlainText()
    press(found.view, Qt.Key.Key_Down)
    assert "Importance" in found.detail.toPlainText()


def test_an_encoding_that_is_not_certain_is_asked_for(
    qtbot: QtBot, importing: Importing, table: Path
) -> None:
    table.write_bytes("date,lane,title_ko\n2027,military,똠펲햏\n".encode("cp949"))
    found = opened(qtbot, importing, table)
    assert found.told.property("rank") == "error"
    assert "cp949" in found.told.text()
    assert not found.accept_all.isEnabled()
    choose(found.encoding, "cp949")
    ready(qtbot, found)
    assert rows_of(found)[0][3] == "똠펲햏"
    assert found.accept_all.isEnabled()


def test_the_encoding_that_was_found_is_told_and_can_be_overruled(
    qtbot: QtBot, importing: Importing, table: Path
) -> None:
    table.write_bytes(TABLE.encode("cp949"))
    found = opened(qtbot, importing, table)
    assert found.encoding.currentText() == "Automatic (CP949)"
    choose(found.encoding, "utf-8")
    ready(qtbot, found)
    assert found.told.property("rank") == "error"
    assert rows_of(found) == []


def test_what_is_in_the_file_already_need_not_be_imported(
    qtbot: QtBot, importing: Importing, table: Path, done: list[int]
) -> None:
    table.write_text("date,lane,title_ko\n1882-05-22,economic,조미수호통상조약\n", encoding="utf-8")
    found = opened(qtbot, importing, table)
    assert not found.accept_all.isEnabled()
    assert "already" in found.told.text()
    press(found, Qt.Key.Key_Escape)
    assert not is_open(ImportDialog)
    assert done == []


class Held:
    """Something made before a large import, which waits for the test."""

    def __init__(self) -> None:
        self.begun, self.go_on = threading.Event(), threading.Event()

    def __call__(self) -> None:
        self.begun.set()
        assert self.go_on.wait(60)


@pytest.fixture
def large(table: Path) -> Path:
    rows = (f"{1900 + year}-03-01,군사,회담 {year}\n" for year in range(LARGE + 1))
    table.write_text("date,lane,title_ko\n" + "".join(rows), encoding="utf-8")
    return table


def test_cancelling_the_writing_changes_nothing(
    qtbot: QtBot, wired: Wired, large: Path, copy: Path, done: list[int]
) -> None:
    before, held = dump(copy), Held()
    importing = Importing(
        wired.document, wired.state, wired.settings, wired.window,
        on_done=done.append, before_large=held,
    )  # fmt: skip
    found = opened(qtbot, importing, large)
    click(found.accept_all)
    qtbot.waitUntil(held.begun.is_set, timeout=60_000)
    press(found, Qt.Key.Key_Escape)
    found.close()
    assert found.isVisible()  # until it is known what came of it
    assert not found.accept_all.isEnabled()
    held.go_on.set()
    ready(qtbot, found)
    assert "nothing was changed" in found.told.text()
    assert done == []
    assert dump(copy) == before
    assert found.accept_all.isEnabled()
    with qtbot.waitSignal(found.written, timeout=60_000):
        click(found.accept_all)


def test_only_a_large_import_waits_for_what_is_made_before(
    qtbot: QtBot, wired: Wired, table: Path, done: list[int]
) -> None:
    made: list[str] = []
    importing = Importing(
        wired.document, wired.state, wired.settings, wired.window,
        on_done=done.append, before_large=lambda: made.append("백업"),
    )  # fmt: skip
    found = opened(qtbot, importing, table)
    with qtbot.waitSignal(found.written, timeout=60_000):
        click(found.accept_all)
    assert (len(done), made) == (1, [])


def test_a_file_that_was_changed_meanwhile_is_compared_again(
    qtbot: QtBot, importing: Importing, table: Path, copy: Path, done: list[int]
) -> None:
    found = opened(qtbot, importing, table)
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute(
            "UPDATE event SET importance = 5 WHERE title_ko LIKE '한미 FTA 협상 타%'"
        )
    click(found.accept_all)
    qtbot.waitUntil(lambda: "meanwhile" in found.told.text(), timeout=60_000)
    ready(qtbot, found)
    assert done == []
    assert [row[1] for row in rows_of(found)] == ["+ Added", "= Same", "= Same"]
    with qtbot.waitSignal(found.written, timeout=60_000):
        click(found.accept_all)


def test_a_file_that_can_only_be_read_is_told_at_once(
    qtbot: QtBot, shipped: Path, tmp_path: Path, done: list[int]
) -> None:
    path = tmp_path / "읽기 전용.alliance"
    path.write_bytes(shipped.read_bytes())
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    wired = open_window(qtbot, path)
    Importing(
        wired.document, wired.state, wired.settings, wired.window, on_done=done.append
    ).ask_and_import()
    assert "읽기 전용" in told()


def test_the_folder_of_the_table_is_remembered(
    qtbot: QtBot, importing: Importing, table: Path, wired: Wired
) -> None:
    opened(qtbot, importing, table)
    assert wired.settings.import_folder == str(table.parent)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_control_has_a_name_in_the_windows_language(
    qtbot: QtBot, wired: Wired, importing: Importing, table: Path, language: Language
) -> None:
    wired.state.set_language(language)
    table.write_text(WRONG, encoding="utf-8")
    found = opened(qtbot, importing, table)
    for control in (found.view, found.detail, found.encoding, found.progress, found.verdicts):
        assert control.accessibleName()
    words = " ".join(text for _, text in texts(found))
    assert ("다시 읽기" in words) == (language == "ko")
    heads = [found.rows.headerData(place, Qt.Orientation.Horizontal) for place in range(6)]
    assert ("분야" in heads) == (language == "ko")


def test_a_hundred_thousand_rows_make_words_only_for_those_in_sight(
    qtbot: QtBot, importing: Importing, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "".join(f"2027-03-01,군사,회담 {number}\n" for number in range(5000))
    table.write_text("date,lane,title_ko\n" + rows, encoding="utf-8")
    found = opened(qtbot, importing, table)
    asked: set[int] = set()
    text = found.rows.text
    monkeypatch.setattr(
        found.rows, "text", lambda row, column: (asked.add(row.line), text(row, column))[1]
    )
    QTest.keyClick(found.view, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    found.view.viewport().repaint()
    assert 5001 in asked
    assert len(asked) < 100
