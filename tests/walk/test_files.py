"""Walks around whole files: drafts, backups, others who have the file, full disks: `make walk`."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from db import seeds
from db.backup import backups
from db.store import Store
from tests.db.test_log import rows
from tests.walk.desk import ROOT, Desk
from tests.walk.test_picture import ident

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.long


@contextmanager
def disk(folder: Path, size: str) -> Iterator[Path]:
    """A small disk of its own; only root can have one."""
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    if made.returncode:
        pytest.skip("only root can mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)


def command(home: Path, *arguments: str) -> str:
    """What the command line prints."""
    environment = {**os.environ, "ALLIANCE_TIMELINE_HOME": str(home)}
    done = subprocess.run(
        [sys.executable, "-m", "viewer", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def begin_event(desk: Desk, title: str) -> None:
    desk.press("n")
    desk.until("window.adding.form is not None")
    desk.type(title)


def choose_file(desk: Desk, path: Path) -> None:
    """Names a file in the file dialog that is open; a name in Hangul is pasted."""
    desk.until("is_asking()")
    desk.press("ctrl+a")
    desk.type(str(path))
    desk.press("Return")


def titles(path: Path, words: str) -> int:
    with Store.open(path, read_only=True) as store:
        return len(store.find_titles(words))


# Drafts


@pytest.mark.parametrize("end", ["kill", "quit"])
def test_a_half_filled_form_is_offered_at_the_next_start(desk: Desk, copy: Path, end: str) -> None:
    desk.start(copy)
    begin_event(desk, "Half filled")
    if end == "kill":
        # A second is what is promised: the draft is there before the program is not.
        drafts = Path(desk.home, "drafts")
        desk.wait(lambda: any("Half filled" in each.read_text() for each in drafts.rglob("*.json")))
        desk.kill()
    else:
        desk.press("ctrl+q")
        assert desk.wait_for_end() == 0
    desk.start(copy)
    assert "Half filled" in desk.ask("labels(window.resuming.bar)")
    desk.shot(f"offered-after-{end}")
    desk.press("ctrl+shift+n")
    desk.until("window.adding.form is not None")
    assert desk.ask("field()") == "Half filled"
    desk.press("ctrl+s")
    desk.until("window.adding.form is None")
    assert titles(copy, "Half filled") == 1


def test_another_file_is_opened_over_an_open_form_and_the_draft_waits(
    desk: Desk, copy: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.alliance"
    Store.create(other).close()
    desk.start(copy)
    begin_event(desk, "Left behind")
    desk.press("ctrl+o")
    choose_file(desk, other)
    desk.until("document.path.name == 'other.alliance'")
    desk.until("window.adding.form is None")
    assert not desk.ask("window.resuming.waiting")
    desk.press("ctrl+o")
    desk.until("is_asking()")
    desk.press("ctrl+a")
    desk.type(str(copy))
    desk.press("Return")
    desk.until("document.path.name != 'other.alliance'")
    assert "Left behind" in desk.ask("labels(window.resuming.bar)")
    desk.shot("draft-waits-in-its-file")


# Others who have the file


def test_what_the_command_line_and_a_second_window_write_is_seen(
    desk: Desk, copy: Path, home: Path, display: str, tmp_path: Path
) -> None:
    desk.start(copy)
    command(home, "add-event", str(copy), "--date", "2026-11-24", "--lane", "military",
            "--title-en", "From the command line")  # fmt: skip
    desk.until("document.find_titles('From the command line')")
    desk.until("'elsewhere' in said()")
    desk.shot("changed-elsewhere")
    second = Desk(display, tmp_path, home)
    second.start(copy)
    try:
        begin_event(second, "From a second window")
        second.press("ctrl+s")
        second.until("window.adding.form is None")
    finally:
        second.kill()
    desk.until("document.find_titles('From a second window')")
    desk.click("at(window.canvas, 0.02, 0.02)")
    desk.press("ctrl+z", "ctrl+z")
    desk.until("not document.find_titles('From the command line')")
    desk.shot("undone-of-others")


def test_a_note_in_somebody_elses_file_loads_no_picture(desk: Desk, copy: Path, home: Path) -> None:
    asked: list[str] = []

    class Counting(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

    with HTTPServer(("127.0.0.1", 0), Counting) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        words = f"# 메모\n\n![remote]({address}/a.png) <img src='{address}/b.png'> ![own](/x.png)"
        added = command(home, "add-event", str(copy), "--date", "1999-05-01", "--lane", "military",
                        "--title-en", "With pictures", "--note", words)  # fmt: skip
        desk.start(copy)
        desk.click(f'mark("event", {int(added)})')
        desk.until("bool(document.event(selection.ref[1]).notes)")
        desk.shot("foreign-note")
        desk.button("Show on the picture")
        desk.until("len(document.timeline.callouts)")
        desk.shot("foreign-callout")
        desk.button("Edit the note")
        desk.until("window.noting.form is not None")
        desk.shot("foreign-preview")
        desk.kill()
        server.shutdown()
    assert asked == []


# Read-only and full disks


def test_a_file_that_cannot_be_written_says_so_and_offers_a_copy(
    desk: Desk, copy: Path, tmp_path: Path
) -> None:
    with disk(tmp_path / "disc", "20m") as folder:
        there = folder / "disc.alliance"
        shutil.copyfile(copy, there)
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        desk.start(there)
        desk.shot("read-only")
        desk.press("n")
        assert desk.ask("window.adding.form is None")
        desk.button("Save a copy…")
        choose_file(desk, tmp_path / "copy.alliance")
        desk.until("document.path.name == 'copy.alliance'")
        begin_event(desk, "In the copy")
        desk.press("ctrl+s")
        desk.until("window.adding.form is None")
        assert titles(tmp_path / "copy.alliance", "In the copy") == 1
        desk.kill()


def test_a_full_disk_refuses_the_edit_and_the_form_keeps_its_text(
    desk: Desk, copy: Path, tmp_path: Path
) -> None:
    with disk(tmp_path / "disc", "6m") as folder:
        there = folder / "full.alliance"
        shutil.copyfile(copy, there)
        desk.start(there)
        before = rows(there)
        begin_event(desk, "No room for this")
        filler = folder / "filler"
        with suppress(OSError), filler.open("wb", buffering=0) as file:
            while file.write(bytes(4096)):
                pass
        desk.press("ctrl+s")
        desk.until("window.adding.form.fault_box.isVisible()")
        desk.shot("disk-full")
        assert desk.ask("window.adding.form.fields.title.both[0]") == "No room for this"
        assert rows(there) == before
        desk.click(f'mark("event", {ident(there, "armistice-1953")})')  # reading goes on
        filler.unlink()
        desk.click("at(window.adding.form.again)")
        desk.until("window.adding.form is None")
        assert titles(there, "No room for this") == 1
        desk.kill()


def test_a_full_disk_for_backups_is_told_and_harms_nothing(
    desk: Desk, copy: Path, tmp_path: Path
) -> None:
    with disk(tmp_path / "disc", "300k") as folder:
        desk.start(copy)
        desk.press("ctrl+comma")
        desk.until("is_asking()")
        desk.click("at(named('Folder'))")
        desk.press("ctrl+a")
        desk.type(str(folder))
        desk.press("Return", "Escape")
        desk.until("not dialogs()")
        desk.command("File", "Back up now")
        desk.until("is_asking()")
        desk.shot("backup-disk-full")
        assert "full" in desk.ask("said()").lower() or "space" in desk.ask("said()").lower()
        desk.press("Escape")
        begin_event(desk, "Edited all the same")
        desk.press("ctrl+s")
        desk.until("window.adding.form is None")
        assert titles(copy, "Edited all the same") == 1


# Backups


def test_backups_are_made_and_gone_back_to_from_window_and_command_line(
    desk: Desk, copy: Path, home: Path
) -> None:
    first = rows(copy)
    desk.start(copy)
    desk.until("not window.safekeeping.is_busy")
    begin_event(desk, "After the backup")
    desk.press("ctrl+s")
    desk.until("window.adding.form is None")
    second = rows(copy)
    desk.command("File", "Restore from a backup…")
    desk.until("is_asking()")
    desk.until("dialog().restore.isEnabled()")
    desk.shot("backups")
    desk.press("Return")
    desk.until("not dialogs()")
    desk.until("not document.find_titles('After the backup')")
    assert rows(copy) == first
    desk.shot("restored")
    desk.press("ctrl+q")
    assert desk.wait_for_end() == 0
    # The state before going back is a backup too, from which it can be had again.
    kept = [each.path for each in backups(copy, home / "backups")]
    then = next(each for each in kept if rows(each) == second)
    command(home, "restore", str(then), str(copy))
    assert rows(copy) == second


def test_closing_while_a_backup_is_made_leaves_a_sound_file(desk: Desk, copy: Path) -> None:
    desk.start(copy)
    begin_event(desk, "Just before the end")
    desk.press("ctrl+s")
    desk.until("window.adding.form is None")
    desk.command("File", "Back up now")
    desk.press("ctrl+q")
    assert desk.wait_for_end() == 0
    with Store.open(copy, read_only=True) as store:
        assert store.check() == []
    assert titles(copy, "Just before the end") == 1


def test_closing_while_the_file_is_restored_leaves_it_whole(desk: Desk, copy: Path) -> None:
    first = rows(copy)
    desk.start(copy)
    desk.until("not window.safekeeping.is_busy")
    begin_event(desk, "Before the restore")
    desk.press("ctrl+s")
    desk.until("window.adding.form is None")
    second = rows(copy)
    desk.command("File", "Restore from a backup…")
    desk.until("is_asking()")
    desk.until("dialog().restore.isEnabled()")
    desk.press("Return", "ctrl+q", "alt+F4")
    desk.end()
    assert rows(copy) in (first, second)
    with Store.open(copy, read_only=True) as store:
        assert store.check() == []


# Settings and editions


def test_settings_are_kept(desk: Desk, copy: Path) -> None:
    desk.start(copy)
    desk.press("ctrl+comma")
    desk.until("is_asking()")
    desk.press("ctrl+a")
    desk.type("Kim Minsu")
    desk.press("Tab")
    desk.shot("settings")
    desk.press("Escape")
    desk.until("not dialogs()")
    desk.press("ctrl+l", "ctrl+shift+period")
    desk.until("state.language == 'ko'")
    size = desk.ask("state.type_size")
    place = desk.ask("[window.width(), window.height()]")
    desk.press("ctrl+q")
    assert desk.wait_for_end() == 0
    desk.start()
    assert desk.ask("document.path.name") == copy.name
    assert desk.ask("[state.language, state.type_size]") == ["ko", size]
    assert desk.ask("[window.width(), window.height()]") == place
    assert desk.ask("document.author") == "Kim Minsu"
    desk.shot("settings-kept")


@pytest.fixture
def older(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of an older edition than the shipped one."""
    folder = shutil.copytree(seeds.seeds_folder(), tmp_path / "first")
    edition, data = folder / "edition.toml", folder / "events.toml"
    edition.write_text(
        re.sub(r'date = ".*"', 'date = "2025-01-15"', edition.read_text("utf-8")), "utf-8"
    )
    text = data.read_text("utf-8")
    text = re.sub(r'(?s)(slug = "first-sma-1991".*?)importance = 3', r"\1importance = 5", text)
    data.write_text(text, "utf-8")
    monkeypatch.setattr(seeds, "seeds_folder", lambda: folder)
    path = tmp_path / "older.alliance"
    Store.create(path).close()
    return path


def test_a_newer_edition_is_shown_and_taken_over(desk: Desk, older: Path) -> None:
    event = ident(older, "first-sma-1991")
    before = rows(older)
    desk.start(older)
    desk.until("is_asking()")
    desk.shot("newer-edition")
    desk.go_to("Take over")
    desk.press("Return")
    desk.until("not dialogs()")
    desk.until(f"document.event({event}).event.importance == 3")
    desk.press("ctrl+z")
    desk.until(f"document.event({event}).event.importance == 5")
    assert rows(older)["event"] == before["event"]
