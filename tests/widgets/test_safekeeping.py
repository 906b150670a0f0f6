"""Backups made by themselves, going back to one, and copies of a file that cannot be edited."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from db import backup
from db.changes import ChangeSet, Update
from db.store import Store
from tests.helpers import (
    choose_file,
    click,
    dialog,
    is_open,
    open_window,
    press,
    settle,
    texts,
    write,
)
from tests.widgets.forming import begin, focused, save
from viewer.widgets.files.restore_dialog import RestoreDialog
from viewer.widgets.parts.progress import ProgressBox

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from db.copying import Progress
    from viewer.app import Wired


def summary(path: Path) -> str | None:
    with Store.open(path, read_only=True) as store:
        event = store.find_event("korus-signed")
        assert event is not None
        return store.event(event).event.summary.ko


def rewrite(path: Path, text: str) -> None:
    with Store.open(path) as store:
        event = store.find_event("korus-signed")
        assert event is not None
        change = Update("event", event, {"summary_ko": text})
        store.apply(ChangeSet((change,), label="edit-event: 요약"))


def folder(wired: Wired) -> Path:
    return wired.settings.backups


def made(wired: Wired, path: Path, qtbot: QtBot, count: int) -> None:
    qtbot.waitUntil(
        lambda: (
            not wired.window.safekeeping.is_busy
            and len(backup.backups(path, folder(wired))) == count
        )
    )


def test_an_opened_file_is_backed_up_and_again_once_it_has_changed(
    qtbot: QtBot, copy: Path
) -> None:
    wired = open_window(qtbot, copy)
    made(wired, copy, qtbot, 1)
    wired.close()
    assert len(backup.backups(copy, folder(wired))) == 1
    rewrite(copy, "고친 요약")
    again = open_window(qtbot, copy)
    made(again, copy, qtbot, 2)
    newest = backup.backups(copy, folder(again))[-1]
    assert summary(newest.path) == "고친 요약"


def test_what_was_edited_is_backed_up_when_the_window_closes(qtbot: QtBot, copy: Path) -> None:
    wired = open_window(qtbot, copy)
    made(wired, copy, qtbot, 1)
    rewrite(copy, "닫기 전에 고침")
    wired.close()
    assert summary(backup.backups(copy, folder(wired))[-1].path) == "닫기 전에 고침"


def test_the_file_goes_back_to_a_backup_that_is_chosen_by_keys(qtbot: QtBot, copy: Path) -> None:
    before = summary(copy)
    wired = open_window(qtbot, copy, language="ko")
    made(wired, copy, qtbot, 1)
    rewrite(copy, "잘못 고친 요약")
    wired.window.commands.actions["restore"].trigger()
    settle()
    found = dialog(RestoreDialog)
    assert found.list.topLevelItemCount() == 1
    press(found.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: wired.document.path == copy and summary(copy) == before)
    # What the file was before is kept, too.
    kept = [summary(each.path) for each in backup.backups(copy, folder(wired))]
    assert "잘못 고친 요약" in kept


def test_backups_made_before_another_folder_was_chosen_are_on_offer_too(
    qtbot: QtBot, copy: Path, tmp_path: Path
) -> None:
    wired = open_window(qtbot, copy, language="ko")
    made(wired, copy, qtbot, 1)
    former = folder(wired)
    for number, name in enumerate(("새 폴더", "더 새 폴더")):
        wired.settings.put_backups(str(tmp_path / name))
        rewrite(copy, f"{number}번째로 고친 요약")
        wired.window.safekeeping.back_up()
        made(wired, copy, qtbot, 1)
    wired.settings.put_backups("")
    wired.settings.put_backups(str(tmp_path / "새 폴더"))
    wired.window.commands.actions["restore"].trigger()
    settle()
    found = dialog(RestoreDialog)
    items = [found.list.topLevelItem(place) for place in range(found.list.topLevelItemCount())]
    folders = [Path(item.toolTip(0)).parents[1] for item in items if item is not None]
    assert sorted(folders) == sorted([former, tmp_path / "새 폴더", tmp_path / "더 새 폴더"])


def test_the_window_waits_while_its_file_is_restored(
    qtbot: QtBot, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No file is open meanwhile: a click on a mark would find none."""
    from db import restoring

    wired = open_window(qtbot, copy, language="ko")
    made(wired, copy, qtbot, 1)
    go_on, real = threading.Event(), restoring.restore

    def slow(*args: Path, progress: Progress) -> Path | None:
        go_on.wait()
        return real(*args, progress=progress)

    monkeypatch.setattr(restoring, "restore", slow)
    (kept,) = backup.backups(copy, folder(wired))
    wired.window.safekeeping.restore(kept.path)
    settle()
    assert "복원하는 중" in dialog(ProgressBox).label.text()
    assert QApplication.activeModalWidget() is dialog(ProgressBox)
    press(dialog(ProgressBox), Qt.Key.Key_Escape)
    assert is_open(ProgressBox)
    go_on.set()
    qtbot.waitUntil(lambda: wired.document.path == copy)
    settle()
    assert not is_open(ProgressBox)
    assert not wired.document.read_only_reason


def test_a_damaged_backup_is_told_and_cannot_be_chosen(qtbot: QtBot, copy: Path) -> None:
    wired = open_window(qtbot, copy)
    made(wired, copy, qtbot, 1)
    (only,) = backup.backups(copy, folder(wired))
    data = bytearray(only.path.read_bytes())
    data[4096:12288] = bytes(8192)
    only.path.write_bytes(data)
    wired.window.commands.actions["restore"].trigger()
    settle()
    found = dialog(RestoreDialog)

    def state() -> str:
        item = found.list.topLevelItem(0)
        return item.text(2) if item else ""

    qtbot.waitUntil(lambda: "damaged" in state())
    assert not found.restore.isEnabled()
    found.reject()


def test_a_backup_that_cannot_be_made_is_told_once_and_editing_goes_on(
    qtbot: QtBot, copy: Path, tmp_path: Path
) -> None:
    wired = open_window(qtbot, copy)
    made(wired, copy, qtbot, 1)
    blocked = tmp_path / "파일"
    blocked.write_text("폴더가 아님")
    wired.settings.backup_folder = str(blocked)
    rewrite(copy, "백업 없이")
    wired.window.safekeeping.back_up()
    qtbot.waitUntil(lambda: "No backup" in wired.window.status.currentMessage())


@pytest.fixture
def read_only(copy: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that lies on a share, as the system tells it."""
    monkeypatch.setattr("db.media.is_share", lambda path: path.name == copy.name)
    return copy


def test_a_file_that_cannot_be_edited_says_why_and_offers_a_copy(
    qtbot: QtBot, read_only: Path, tmp_path: Path
) -> None:
    wired = open_window(qtbot, read_only)
    bar = wired.window.safekeeping.bar
    assert bar is not None
    assert "share" in bar.told.text()
    assert not wired.window.commands.actions["new-event"].isEnabled()
    assert backup.backups(read_only, folder(wired)) == ()
    click(bar.buttons[0])
    target = tmp_path / "내 사본.alliance"
    choose_file(target)
    qtbot.waitUntil(lambda: wired.document.path == target)
    assert wired.document.read_only_reason is None
    assert not bar.isVisible()
    assert wired.window.commands.actions["new-event"].isEnabled()


def test_a_file_that_was_taken_away_is_told_and_a_copy_rescues_it(
    qtbot: QtBot, copy: Path, tmp_path: Path
) -> None:
    wired = open_window(qtbot, copy, language="ko")
    made(wired, copy, qtbot, 1)
    window = wired.window
    elsewhere = copy.with_name("옮긴 연표.alliance")
    copy.rename(elsewhere)
    window.editing.look_elsewhere()
    bar = window.safekeeping.bar
    assert bar is not None
    assert bar.isVisible()
    assert "원래 위치에 없음" in bar.told.text()
    assert not window.commands.actions["new-event"].isEnabled()
    elsewhere.rename(copy)
    window.editing.look_elsewhere()
    assert not bar.isVisible()
    assert window.commands.actions["new-event"].isEnabled()
    copy.unlink()
    window.editing.look_elsewhere()
    rescued = tmp_path / "건진 연표.alliance"
    click(bar.buttons[0])
    choose_file(rescued)
    assert wired.document.path == rescued
    assert not bar.isVisible()
    assert window.commands.actions["new-event"].isEnabled()


def test_what_is_typed_stays_in_the_form_where_the_file_is_gone(qtbot: QtBot, copy: Path) -> None:
    wired = open_window(qtbot, copy, language="ko")
    made(wired, copy, qtbot, 1)
    form = begin(wired)
    write(focused(), "사라질 뻔한 사건")
    copy.unlink()
    save()
    assert form.isVisible()
    told = [text for _, text in texts(form)]
    assert any("사라질 뻔한 사건" in text for text in told)
    assert any("더 이상 그 자리에 없습니다" in text for text in told)
