"""Drafts: what is typed outlives the form, the window and the program."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from db.errors import AllianceError
from db.store import Store
from tests.helpers import click, is_open, open_window, press, settle, told, write
from tests.widgets.forming import begin, edit, focused, form_of, key, save, title_event
from viewer.widgets.forms.draft_keeper import LATEST, PAUSE

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from viewer.app import Wired

ROOT = Path(__file__).parents[2]


@pytest.fixture
def wired(qtbot: QtBot, copy: Path) -> Wired:
    return open_window(qtbot, copy, language="ko")


def files(home: Path) -> list[Path]:
    return sorted((home / "drafts").glob("*/*.json"))


def on_disk(home: Path) -> str:
    """The Korean title in the one draft that there is."""
    (path,) = files(home)
    return str(json.loads(path.read_text("utf-8"))["typed"]["title"][1])


def leave() -> None:
    key(Qt.Key.Key_Escape)


# Keeping


def test_what_is_typed_is_on_the_disk_without_saving(
    qtbot: QtBot, wired: Wired, home: Path
) -> None:
    begin(wired)
    write(focused(), "한미 정상 통화")
    qtbot.waitUntil(lambda: bool(files(home)), timeout=10_000)
    assert on_disk(home) == "한미 정상 통화"


def test_whoever_types_without_a_pause_is_kept_too(qtbot: QtBot, wired: Wired, home: Path) -> None:
    begin(wired)

    def one_more_letter() -> bool:
        write(focused(), "쉬")
        return bool(files(home))

    # A letter every few ms: there is no pause to wait for.
    qtbot.waitUntil(one_more_letter, timeout=30_000)
    assert on_disk(home).startswith("쉬쉬쉬")


def test_both_waits_together_stay_within_a_second() -> None:
    assert PAUSE <= 700
    assert LATEST <= 1000


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights elsewhere")
def test_nobody_else_may_read_a_draft(wired: Wired, home: Path) -> None:
    begin(wired)
    write(focused(), "한미 정상 통화")
    leave()
    (path,) = files(home)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_an_untouched_form_leaves_no_draft(wired: Wired, home: Path) -> None:
    begin(wired)
    leave()
    assert wired.window.adding.form is None
    assert files(home) == []


def test_what_was_typed_and_taken_back_is_no_draft(wired: Wired, home: Path) -> None:
    form = begin(wired)
    write(focused(), "한")
    form.fields.title.edits["ko"].clear()
    leave()
    assert files(home) == []


def test_saving_and_discarding_remove_the_draft(wired: Wired, home: Path) -> None:
    begin(wired)
    write(focused(), "한미 정상 통화")
    wired.window.adding.flush()
    assert files(home)
    save()
    assert files(home) == []
    form = begin(wired)
    write(focused(), "다른 사건")
    wired.window.adding.flush()
    click(form.discard)
    assert wired.window.adding.form is None
    assert files(home) == []
    assert wired.window.resuming.bar.isHidden()


def test_a_draft_that_cannot_be_kept_is_told_in_the_form(
    wired: Wired, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = begin(wired)

    def full(path: Path, data: bytes) -> None:
        raise AllianceError("export.full", path=path)

    monkeypatch.setattr("viewer.widgets.forms.drafts.write_atomically", full)
    write(focused(), "한미 정상 통화")
    assert not wired.window.adding.flush()
    assert "임시 저장할 수 없습니다" in form.fault.text()
    assert form.again.isHidden()
    for _ in range(2):  # neither Escape nor closing the window takes it away
        leave()
        wired.window.close()
        assert wired.window.isVisible()
        assert wired.window.adding.form is form
    assert form.fields.title.both.ko == "한미 정상 통화"
    monkeypatch.undo()
    wired.window.adding.flush()
    assert form.fault_box.isHidden()


def test_a_form_that_cannot_be_kept_keeps_its_file_open(
    wired: Wired, copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "다른.alliance"
    Store.create(other).close()
    form = begin(wired)

    def full(path: Path, data: bytes) -> None:
        raise AllianceError("export.full", path=path)

    monkeypatch.setattr("viewer.widgets.forms.drafts.write_atomically", full)
    write(focused(), "한미 정상 통화")
    for leave_file in (
        lambda: wired.window.files.open(other),
        lambda: wired.window.files.make(tmp_path / "새.alliance"),
        lambda: wired.window.safekeeping.restore(copy),
    ):
        leave_file()
        assert "파일을 그대로 열어" in told()
        assert wired.document.path == copy
        assert wired.window.adding.form is form
        assert form.fields.title.both.ko == "한미 정상 통화"
    assert not (tmp_path / "새.alliance").exists()


# Offering


def test_escape_keeps_what_was_typed_and_offers_it(wired: Wired, home: Path) -> None:
    form = begin(wired)
    write(focused(), "한미 정상 통화")
    form.fields.date.line.setFocus()
    write(focused(), "2022년 봄이던가")
    leave()
    assert not is_open(QMessageBox)
    assert wired.window.inspector.isVisible()
    bar = wired.window.resuming.bar
    assert bar.isVisible()
    assert "‘한미 정상 통화’" in bar.told.text()
    press(bar.resume, Qt.Key.Key_Space)
    again = form_of(wired)
    assert again.fields.title.both.ko == "한미 정상 통화"
    assert again.fields.date.text == "2022년 봄이던가"
    assert again.notice.isVisible()
    assert bar.isHidden()
    assert len(files(home)) == 1


def test_the_menu_goes_on_with_a_draft_too(wired: Wired) -> None:
    action = wired.window.commands.actions["continue-draft"]
    assert not action.isEnabled()
    begin(wired)
    write(focused(), "한미 정상 통화")
    leave()
    assert action.isEnabled()
    press(
        wired.window.canvas,
        Qt.Key.Key_N,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    assert form_of(wired).fields.title.both.ko == "한미 정상 통화"


def test_a_new_event_does_not_write_over_the_draft_of_another(wired: Wired, home: Path) -> None:
    for title in ("첫째 사건", "둘째 사건"):
        begin(wired)
        write(focused(), title)
        leave()
    assert len(files(home)) == 2
    bar = wired.window.resuming.bar
    assert "둘째 사건" in bar.told.text()
    assert "1건" in bar.told.text()
    click(bar.discard)
    assert "첫째 사건" in bar.told.text()
    assert len(files(home)) == 1


def test_f2_goes_on_with_what_was_being_written_in_that_event(wired: Wired) -> None:
    ref = title_event(wired, "한미 정상 통화", "2022-05-21")
    form = edit(wired, ref)
    write(form.fields.marking.line, "대외비")
    leave()
    assert wired.document.event(ref[1]).event.marking is None
    again = edit(wired, ref)
    assert again.fields.marking.text == "대외비"
    save()
    assert wired.document.event(ref[1]).event.marking == "대외비"


def test_an_event_deleted_since_its_draft_is_added_anew(wired: Wired) -> None:
    ref = title_event(wired, "한미 정상 통화", "2022-05-21")
    form = edit(wired, ref)
    write(form.fields.marking.line, "대외비")
    leave()
    press(wired.window.canvas, Qt.Key.Key_Delete)
    assert not wired.document.has(ref)
    click(wired.window.resuming.bar.resume)
    assert "삭제" in form_of(wired).notice.text()
    save()
    assert wired.selection.ref is not None
    assert wired.document.event(wired.selection.ref[1]).event.marking == "대외비"


def test_closing_the_window_keeps_a_half_filled_form(
    qtbot: QtBot, wired: Wired, copy: Path
) -> None:
    form = begin(wired)
    write(focused(), "한미 정상 통화")
    form.fields.tags.line.setFocus()
    write(focused(), "공급")
    wired.window.close()
    wired.close()
    later = open_window(qtbot, copy, language="en")
    bar = later.window.resuming.bar
    assert bar.isVisible()
    assert "“한미 정상 통화”" in bar.told.text()
    click(bar.resume)
    again = form_of(later)
    assert again.fields.title.both.ko == "한미 정상 통화"
    assert again.fields.tags.pending == "공급"


def test_another_file_keeps_the_draft_for_the_first(
    qtbot: QtBot, wired: Wired, copy: Path, tmp_path: Path
) -> None:
    begin(wired)
    write(focused(), "한미 정상 통화")
    assert wired.window.files.make(tmp_path / "새.alliance")
    settle()
    assert wired.window.adding.form is None
    assert wired.window.resuming.bar.isHidden()
    assert wired.window.files.open(copy)
    settle()
    assert wired.window.resuming.bar.isVisible()


def test_a_read_only_file_offers_no_draft(
    qtbot: QtBot, wired: Wired, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(wired)
    write(focused(), "한미 정상 통화")
    leave()
    monkeypatch.setattr("db.media.obstacle", lambda path: "read-only.folder")
    assert wired.window.files.open(copy)
    settle()
    assert wired.window.resuming.bar.isHidden()


def test_a_damaged_draft_disturbs_nobody(wired: Wired, home: Path) -> None:
    begin(wired)
    write(focused(), "한미 정상 통화")
    leave()
    (path,) = files(home)
    path.write_bytes(path.read_bytes()[:50])
    wired.window.resuming.begin()
    assert wired.window.resuming.bar.isHidden()
    assert path.exists()


TYPING = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from viewer.app import Wired
from viewer.widgets.settings import Settings

application = QApplication([])
wired = Wired(application, Path(sys.argv[1]), Settings(), "ko")
wired.window.completed.connect(lambda: QTimer.singleShot(0, start))

def start():
    wired.window.adding.new_event("2022-05-21")
    wired.window.adding.form.fields.title.edits["ko"].setText("끊긴 사건")

wired.window.show()
application.exec()
"""


def test_a_program_that_was_killed_offers_what_was_typed(
    qtbot: QtBot, copy: Path, home: Path
) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", TYPING, str(copy)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    try:
        qtbot.waitUntil(
            lambda: any("끊긴 사건" in path.read_text("utf-8") for path in files(home)),
            timeout=60_000,
        )
    finally:
        child.send_signal(signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)
        child.wait()
    wired = open_window(qtbot, copy, language="ko")
    bar = wired.window.resuming.bar
    assert "끊긴 사건" in bar.told.text()
    click(bar.resume)
    form = form_of(wired)
    assert form.fields.title.both.ko == "끊긴 사건"
    assert form.fields.date.text == "2022-05-21"
    save()
    assert wired.document.find_titles("끊긴 사건")
    assert files(home) == []
