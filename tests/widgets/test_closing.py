"""The window goes at once; what belongs to closing a file is done beside it, and can be let be."""

from __future__ import annotations

import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from db import backup, copying
from db.store import Store
from tests.helpers import open_window, press
from tests.processes import ROOT
from viewer.edits import events
from viewer.widgets.files import closing
from viewer.widgets.parts.progress import ProgressBox

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from viewer.app import Wired

DATE = "1999-09-09"


def edited(wired: Wired) -> int:
    """The id of an event that has got another date."""
    ident = int(wired.document.timeline.columns.id[3])
    rows = wired.document.rows_about("event", [ident])
    wired.document.apply(events.redated(rows, ident, DATE))
    return ident


def date_in(path: Path, ident: int) -> str:
    with Store.open(path, read_only=True) as store:
        return store.event(ident).dates[0].edtf


def held(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Has the check of a backup last until the event is set, or until it is to stop."""
    go_on = threading.Event()
    sound = copying.check_sound

    def lasting(connection: object, path: Path, progress: Callable[[int, int], object]) -> None:
        while not go_on.wait(0.01):
            progress(1, 2)
        sound(connection, path, progress)  # type: ignore[arg-type]

    monkeypatch.setattr(copying, "check_sound", lasting)
    return go_on


def boxes() -> list[ProgressBox]:
    return [
        each
        for each in QApplication.topLevelWidgets()
        if isinstance(each, ProgressBox) and each.isVisible()
    ]


@pytest.fixture
def wired(qtbot: QtBot, copy: Path) -> Wired:
    made = open_window(qtbot, copy, language="ko")
    qtbot.waitUntil(lambda: not made.window.safekeeping.is_busy)
    return made


def test_while_the_backup_is_made_the_window_is_gone_and_the_file_is_closed(
    wired: Wired, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ident, go_on = edited(wired), held(monkeypatch)
    monkeypatch.setattr(closing, "PATIENCE", 0)
    seen: list[object] = []

    def look() -> None:
        if not boxes():
            QTimer.singleShot(10, look)
            return
        box = boxes()[0]
        seen.extend([wired.window.isVisible(), sorted(each.name for each in copy.parent.iterdir())])
        seen.extend([date_in(copy, ident), copy.name in box.label.text(), box.windowTitle()])
        go_on.set()

    wired.window.close()
    QTimer.singleShot(0, look)
    wired.close()
    assert seen[:3] == [False, [copy.name], DATE]
    assert seen[3:] == [True, f"{copy.name} 닫는 중"]
    assert not boxes()
    assert date_in(backup.backups(copy, wired.settings.backups)[-1].path, ident) == DATE


def test_the_backup_can_be_let_be_and_nothing_of_it_is_left(
    wired: Wired, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = backup.backups(copy, wired.settings.backups)
    ident, _ = edited(wired), held(monkeypatch)
    monkeypatch.setattr(closing, "PATIENCE", 0)

    def leave() -> None:
        if not boxes():
            QTimer.singleShot(10, leave)
            return
        assert boxes()[0].stop.text() == "백업하지 않고 닫기"
        press(boxes()[0], Qt.Key.Key_Escape)

    wired.window.close()
    QTimer.singleShot(0, leave)
    wired.close()
    assert backup.backups(copy, wired.settings.backups) == before
    folder = wired.settings.backups
    assert {each.suffix for each in folder.rglob("*") if each.is_file()} <= {".alliance"}
    assert not list(folder.rglob(".*"))
    assert date_in(copy, ident) == DATE


def test_a_file_that_is_closed_soon_shows_no_box(
    wired: Wired, monkeypatch: pytest.MonkeyPatch
) -> None:
    edited(wired)
    monkeypatch.setattr(closing, "PATIENCE", 60_000)
    shown: list[object] = []
    monkeypatch.setattr(closing.Closing, "_show", lambda self: shown.append(self))
    wired.window.close()
    wired.close()
    assert not shown


def test_a_program_killed_while_it_backs_a_closed_file_up_loses_nothing(copy: Path) -> None:
    code = f"""
import os
from pathlib import Path
from PySide6.QtWidgets import QApplication
from db import copying
from tests.widgets.test_closing import edited
from viewer.app import Wired
from viewer.widgets.settings import Settings

copying.check_sound = lambda *_: os._exit(9)
application = QApplication([])
wired = Wired(application, Path({str(copy)!r}), Settings(), "ko")
print(edited(wired), flush=True)
wired.close()
"""
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 9, ran.stderr
    assert list(copy.parent.iterdir()) == [copy]
    assert date_in(copy, int(ran.stdout)) == DATE
    with Store.open(copy) as store:
        assert store.check() == []
        assert store.revert("undo") is not None
    assert list(copy.parent.iterdir()) == [copy]
