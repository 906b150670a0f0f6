"""`backup` and `restore`, as a script or a scheduled job uses them."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from db.changes import ChangeSet, Insert
from db.store import Store
from tests.cli.conftest import refused
from tests.processes import ROOT, another_process, opened_by

if TYPE_CHECKING:
    from tests.cli.conftest import Done, Run


def add(path: Path, key: str) -> None:
    with Store.open(path) as store:
        number = 5 + len(store.timeline().tags)
        store.apply(ChangeSet((Insert("tag", number, {"key": key, "name_ko": "꼬리표"}),)))


def tags(path: Path) -> list[str]:
    with Store.open(path, read_only=True) as store:
        return [tag.key for tag in store.timeline().tags]


def printed(done: Done) -> Path:
    """The path that a command printed, alone on its line."""
    assert done.code == 0, done
    (line,) = done.out.splitlines()
    return Path(line)


def test_backup_prints_where_it_put_it_and_restore_brings_it_back(
    run: Run, copy: Path, home: Path
) -> None:
    first = printed(run("backup", copy))
    assert first.is_relative_to(home / "backups")
    assert first.name.startswith("사본 20")
    add(copy, "새것")
    done = run("restore", first, copy)
    assert (done.code, done.out) == (0, "")
    assert tags(copy) == []
    listed = run("backup", copy, "--list", "--json").data
    assert len(listed) == 2
    assert listed[1]["path"] in done.err  # where the state before is
    assert tags(Path(listed[1]["path"])) == ["새것"]
    assert run("check", copy).code == 0


def test_backup_makes_none_of_a_file_that_did_not_change(run: Run, copy: Path) -> None:
    first = run("backup", copy, "--json").data
    again = run("backup", copy, "--json")
    assert first["made"] is True
    assert again.data == {"path": first["path"], "made": False}
    assert "not changed" in again.err


def test_backup_to_a_place_of_ones_own_never_overwrites(run: Run, copy: Path) -> None:
    out = copy.with_name("보낼 것.alliance")
    assert printed(run("backup", copy, out)) == out
    assert tags(out) == []
    add(copy, "새것")
    refused(run("backup", copy, out), out.name)
    refused(run("backup", copy, copy), copy.name)
    refused(run("backup", copy, copy.parent / "없음" / "x.alliance"), "없음")
    assert tags(out) == []


def test_the_list_tells_time_size_and_whether_each_is_good(run: Run, copy: Path) -> None:
    assert (run("backup", copy, "--list").out, run("backup", copy, "--list", "--json").data) == (
        "",
        [],
    )
    good = printed(run("backup", copy))
    add(copy, "새것")
    bad = printed(run("backup", copy))
    bad.write_bytes(bad.read_bytes()[:50_000])
    told = run("backup", copy, "--list", "--json").data
    assert [(each["path"], each["good"]) for each in told] == [(str(good), True), (str(bad), False)]
    assert told[0]["bytes"] == good.stat().st_size
    assert datetime.fromisoformat(told[0]["time"]).utcoffset() is not None
    first, second = run("backup", copy, "--list").out.splitlines()
    assert str(good) in first
    assert "good" in first
    assert "damaged" in second


def test_the_backups_of_a_file_that_is_gone_or_spoilt_are_found_by_its_name(
    run: Run, copy: Path
) -> None:
    found = printed(run("backup", copy))
    copy.write_bytes(b"\0" * 5000)
    assert [each["path"] for each in run("backup", copy, "--list", "--json").data] == [str(found)]
    copy.unlink()
    assert [each["path"] for each in run("backup", copy, "--list", "--json").data] == [str(found)]
    other = copy.with_name("다른 연표.alliance")
    assert run("backup", other, "--list", "--json").data == []
    assert run("restore", found, copy).code == 0
    assert tags(copy) == []


def test_restore_sets_a_damaged_file_aside_and_says_where(run: Run, copy: Path) -> None:
    found = printed(run("backup", copy))
    copy.write_bytes(copy.read_bytes()[:50_000])
    done = run("restore", found, copy)
    assert done.code == 0
    (aside,) = copy.parent.glob("사본 damaged *.alliance")
    assert str(aside) in done.err
    assert aside.stat().st_size == 50_000
    assert run("check", copy).code == 0


def test_restore_refuses_what_is_no_good_backup(run: Run, copy: Path) -> None:
    before = copy.read_bytes()
    text = copy.with_name("보고서.alliance")
    text.write_text("백업이 아닙니다")
    refused(run("restore", text, copy), text.name)
    refused(run("restore", copy.with_name("없음.alliance"), copy), "없음.alliance")
    refused(run("restore", copy, copy), copy.name)
    assert copy.read_bytes() == before


@pytest.mark.parametrize("language", ["en", "ko"])
def test_restore_refuses_a_file_that_somebody_has_open_and_says_who(
    run: Run, copy: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("ALLIANCE_TIMELINE_LANGUAGE", language)
    found = printed(run("backup", copy))
    with another_process(opened_by("김민수", copy)):
        refused(run("restore", found, copy), "김민수", copy.name)
    assert run("restore", found, copy).code == 0


def test_a_file_is_backed_up_while_another_process_has_it_open(run: Run, copy: Path) -> None:
    with another_process(opened_by("김민수", copy, "store.timeline()")):
        found = printed(run("backup", copy))
    assert tags(found) == []


def test_place_and_number_of_backups_are_settings(
    run: Run, copy: Path, home: Path, tmp_path: Path
) -> None:
    settings = {"backup_folder": str(tmp_path / "따로"), "backup_days": 0, "backup_weeks": 0}
    settings |= {"backup_months": 0, "author": "김민수"}
    (home / "settings.json").write_text(json.dumps(settings), encoding="utf-8")
    found = printed(run("backup", copy))
    assert found.is_relative_to(tmp_path / "따로")
    old = found.with_name("사본 2026-01-01 09.00.00.alliance")
    shutil.copyfile(found, old)
    add(copy, "새것")
    printed(run("backup", copy))
    assert found.exists()
    assert not old.exists()


def test_a_foreign_database_is_not_backed_up(run: Run, tmp_path: Path, home: Path) -> None:
    path = tmp_path / "x.alliance"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE event (id)")
    refused(run("backup", path), "x.alliance")
    assert not (home / "backups").exists()


def test_list_and_out_exclude_each_other(run: Run, copy: Path) -> None:
    refused(run("backup", copy, copy.with_name("y.alliance"), "--list"), "--list")


def test_backing_up_loads_no_qt(copy: Path) -> None:
    code = (
        "import sys\nfrom viewer.cli import main\n"
        f"assert main(['backup', {str(copy)!r}]) == 0\n"
        "sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
