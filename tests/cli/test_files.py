"""`new`, `info` and `check`, and what they do with files that are not ours."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import refused

if TYPE_CHECKING:
    from tests.cli.conftest import Run

ROOT = Path(__file__).parents[2]
READING = (["info"], ["events"], ["check"], ["marks", "--size", "800x600"])


def test_new_makes_the_shipped_timeline(run: Run, tmp_path: Path) -> None:
    done = run("new", tmp_path / "동맹.alliance")
    assert (done.code, done.out) == (0, "")
    assert "109" in done.err
    facts = run("info", tmp_path / "동맹.alliance", "--json").data
    told = {"schema": 1, "lanes": 3, "stages": 3, "events": 109, "sources": 1, "quotes": 20}
    assert told.items() <= facts.items()
    assert facts["disputed"] == 12
    assert facts["extent"] == ["1882-05-22", "2026-03-12"]
    assert sorted(each.name for each in tmp_path.iterdir()) == ["동맹.alliance"]


def test_new_empty_makes_lanes_and_kinds_alone(run: Run, tmp_path: Path) -> None:
    assert run("new", tmp_path / "빈.alliance", "--empty").code == 0
    facts = run("info", tmp_path / "빈.alliance", "--json").data
    assert (facts["lanes"], facts["events"], facts["quotes"]) == (3, 0, 0)
    assert facts["extent"] in (None, [])
    assert run("events", tmp_path / "빈.alliance").out == ""
    assert run("check", tmp_path / "빈.alliance").code == 0


def test_new_leaves_an_existing_file_alone(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "x.alliance"
    path.write_text("내 것", encoding="utf-8")
    refused(run("new", path), "x.alliance")
    assert path.read_text(encoding="utf-8") == "내 것"


def test_new_in_a_folder_that_is_not_there_makes_nothing(run: Run, tmp_path: Path) -> None:
    refused(run("new", tmp_path / "없음" / "x.alliance"), "없음")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", READING, ids=lambda command: command[0])
@pytest.mark.parametrize("what", ["missing", "empty", "random", "text", "cut", "foreign", "folder"])
def test_a_file_that_is_not_ours_is_refused_and_left_as_it_is(
    run: Run, tmp_path: Path, shipped: Path, command: list[str], what: str
) -> None:
    path = tmp_path / "x.alliance"
    if what == "empty":
        path.touch()
    elif what == "random":
        path.write_bytes(random.Random(1).randbytes(20_000))
    elif what == "text":
        path.write_text("SQLite format 3이 아닙니다\n" * 300, encoding="utf-8")
    elif what == "cut":
        path.write_bytes(shipped.read_bytes()[:5000])
    elif what == "foreign":
        sqlite3.connect(path).executescript("CREATE TABLE event (id); PRAGMA user_version = 1")
    elif what == "folder":
        path.mkdir()
    before = path.read_bytes() if path.is_file() else None
    refused(run(command[0], path, *command[1:]), "x.alliance")
    assert (path.read_bytes() if path.is_file() else None) == before
    assert [each.name for each in tmp_path.iterdir()] == ([] if what == "missing" else [path.name])


@pytest.mark.parametrize("command", READING, ids=lambda command: command[0])
def test_a_file_of_a_newer_version_is_still_read(run: Run, copy: Path, command: list[str]) -> None:
    connection = sqlite3.connect(copy)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = copy.read_bytes()
    done = run(command[0], copy, *command[1:])
    assert done.code == 0, done
    assert done.out
    assert copy.read_bytes() == before


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs the rights of Unix")
def test_a_file_that_may_only_be_read_is_read(run: Run, copy: Path) -> None:
    copy.chmod(0o444)
    assert run("info", copy).code == 0
    assert list(copy.parent.iterdir()) == [copy]


def test_info_for_people_has_a_line_for_each_fact(run: Run, shipped: Path) -> None:
    lines = run("info", shipped).out.splitlines()
    assert "Events: 109" in lines
    assert any("1882-05-22 – 2026-03-12" in line for line in lines)


def test_check_finds_nothing_wrong_with_the_shipped_timeline(run: Run, shipped: Path) -> None:
    done = run("check", shipped, "--json")
    assert (done.code, done.data) == (0, {"ok": True, "problems": []})


def test_check_tells_of_a_quote_that_no_longer_stands_in_its_source(run: Run, copy: Path) -> None:
    connection = sqlite3.connect(copy)
    with connection:
        connection.execute("UPDATE quote SET exact = exact || '?' WHERE slug LIKE 'q04%'")
    connection.close()
    done = run("check", copy)
    assert done.code == 1
    assert "South Korea-U.S. technology alliance" in done.out
    told = run("check", copy, "--json")
    assert told.code == 1
    assert told.data["ok"] is False
    assert len(told.data["problems"]) >= 1


def test_info_and_events_load_no_qt(shipped: Path) -> None:
    code = (
        "import sys\nfrom viewer.cli import main\n"
        f"assert main(['info', {str(shipped)!r}]) == 0\n"
        f"assert main(['events', {str(shipped)!r}, '--json', '--lane', 'military']) == 0\n"
        "sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
