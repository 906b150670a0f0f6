"""A newer edition in the window: offered, shown, taken over or left for later."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from db import seeds
from db.errors import AllianceError
from db.store import Store
from tests.helpers import choose, click, is_open, open_window, press, settle, told
from viewer.edits import events
from viewer.widgets.files.edition_dialog import EditionDialog
from viewer.widgets.parts.progress import ProgressBox

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from viewer.app import Wired


@pytest.fixture
def second(tmp_path: Path) -> Path:
    """Seed files of a second edition: one event of it has another title and importance."""
    folder = shutil.copytree(seeds.seeds_folder(), tmp_path / "둘째 판")
    edition, data = folder / "edition.toml", folder / "events.toml"
    text = edition.read_text("utf-8").replace("First edition", "둘째 판")
    edition.write_text(re.sub(r'date = ".*"', 'date = "2027-01-15"', text), "utf-8")
    text = data.read_text("utf-8")
    text = re.sub(r'(?s)(slug = "first-sma-1991".*?)importance = 3', r"\1importance = 5", text)
    data.write_text(text.replace("제1차 방위비분담특별협정(SMA)", "첫 방위비분담협정"), "utf-8")
    return folder


def find(path: Path) -> int:
    with Store.open(path, read_only=True) as store:
        found = store.find_event("first-sma-1991")
    assert found is not None
    return found


def offered(qtbot: QtBot, wired: Wired, folder: Path) -> EditionDialog:
    """As at the start, with other seeds than the shipped ones."""
    wired.window.editions.folder = folder
    wired.window.editions.look()
    qtbot.waitUntil(lambda: is_open(EditionDialog))
    dialog = wired.window.editions.dialog
    assert dialog is not None
    return dialog


def cells(dialog: EditionDialog) -> list[tuple[str, ...]]:
    return [dialog.items.cells(row) for row in range(dialog.items.rowCount())]


def test_it_is_shown_before_it_is_done_and_taken_over_with_a_backup(
    qtbot: QtBot, copy: Path, home: Path, second: Path
) -> None:
    event_id = find(copy)
    wired = open_window(qtbot, copy, language="ko")
    rows = wired.document.rows_about("event", [event_id])
    wired.document.apply(events.with_importance(rows, 1))
    dialog = offered(qtbot, wired, second)
    assert "2027년 1월 15일" in dialog.intro.text()
    assert [(each[0], each[2]) for each in cells(dialog)] == [
        ("갱신", "사건 · 제목(한국어)"),
        ("직접 고친 내용 유지", "사건 · 중요도"),
    ]
    assert cells(dialog)[1][3:] == ("1", "5")
    choose(dialog.fate, "kept")
    assert len(cells(dialog)) == 1
    assert wired.document.event(event_id).event.importance == 1
    press(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not is_open(ProgressBox))
    settle()
    event = wired.document.event(event_id).event
    assert (event.title.ko, event.importance) == ("첫 방위비분담협정", 1)
    backup = max((home / "backups").rglob("*.alliance"), key=lambda each: each.stat().st_mtime_ns)
    with Store.open(backup, read_only=True) as before:
        assert before.event(event_id).event.title.ko == "제1차 방위비분담특별협정(SMA)"
        assert before.edition()[0] == "First edition"
    wired.window.editing.revert("undo")
    assert wired.document.event(event_id).event.title.ko == "제1차 방위비분담특별협정(SMA)"


def test_not_now_changes_nothing_and_it_is_offered_again(
    qtbot: QtBot, copy: Path, second: Path
) -> None:
    wired = open_window(qtbot, copy)
    dialog = offered(qtbot, wired, second)
    click(dialog.leave)
    assert wired.document.edition()[0] == "First edition"
    assert wired.document.revertible("undo") is None
    press(offered(qtbot, wired, second), Qt.Key.Key_Escape)
    assert not is_open(EditionDialog)


def test_without_a_newer_one_nothing_is_offered_and_the_menu_says_so(
    qtbot: QtBot, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seeds, "load", lambda *_, **__: pytest.fail("the seeds were read"))
    wired = open_window(qtbot, copy)
    wired.window.editions.look()
    settle()
    assert not is_open(EditionDialog)
    wired.window.commands.actions["edition"].trigger()
    assert "“First edition” of 23 Nov 2026" in told()


def test_without_a_backup_it_is_not_taken_over(qtbot: QtBot, copy: Path, second: Path) -> None:
    wired = open_window(qtbot, copy)
    dialog = offered(qtbot, wired, second)

    def full() -> None:
        raise AllianceError("file.full", path=copy)

    wired.window.editions.back_up = full
    click(dialog.take)
    qtbot.waitUntil(lambda: not is_open(ProgressBox))
    assert copy.name in told()
    assert wired.document.edition()[0] == "First edition"


def test_a_file_that_was_changed_meanwhile_is_left_as_it_is(
    qtbot: QtBot, copy: Path, second: Path
) -> None:
    wired = open_window(qtbot, copy)
    dialog = offered(qtbot, wired, second)
    rows = wired.document.rows_about("event", [find(copy)])
    wired.document.apply(events.with_importance(rows, 2))
    click(dialog.take)
    qtbot.waitUntil(lambda: not is_open(ProgressBox))
    assert "changed meanwhile" in told()
    assert wired.document.edition()[0] == "First edition"
