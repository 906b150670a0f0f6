"""How the command line answers what it does not understand."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from db.errors import AllianceError
from tests.cli.conftest import Done, refused
from viewer.cli import COMMANDS
from viewer.cli.program import program
from viewer.words import explain

if TYPE_CHECKING:
    from db.records import Language
    from tests.cli.conftest import Run

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("command", ["search", "merge", "없는명령"])
def test_a_command_of_a_later_issue_is_refused_as_unknown(
    run: Run, tmp_path: Path, command: str
) -> None:
    refused(run(command, tmp_path / "x.alliance"), command, "events")


def test_a_lone_word_that_is_no_file_is_taken_for_a_command(run: Run) -> None:
    refused(run("search"), "search")


def test_an_option_of_a_later_issue_is_refused_as_unknown(run: Run, shipped: Path) -> None:
    refused(run("export", shipped, "x.svg", "--sources"), "--sources")


def test_an_unknown_option_before_the_command_is_refused(run: Run) -> None:
    refused(run("--verbose", "info"), "--verbose")


def test_a_missing_argument_is_named(run: Run, shipped: Path) -> None:
    refused(run("info"), "FILE")
    refused(run("export", shipped), "OUT")
    refused(run("marks", shipped), "--size")


def test_an_argument_too_many_is_named(run: Run, shipped: Path) -> None:
    refused(run("info", shipped, "또하나"), "또하나")


def test_an_option_without_its_value_is_named(run: Run, shipped: Path) -> None:
    refused(run("events", shipped, "--from"), "--from")


@pytest.mark.parametrize("number", ["0", "6", "-1", "셋", "3.0", "99999999999999"])
def test_an_importance_that_does_not_exist_is_refused_with_those_that_do(
    run: Run, shipped: Path, number: str
) -> None:
    refused(run("events", shipped, f"--min-importance={number}"), number, "1–5")


def test_a_file_without_the_right_to_read_it_is_told_so_in_our_words(
    run: Run, shipped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.access
    monkeypatch.setattr(
        os,
        "access",
        lambda path, mode: real(path, mode) and (mode != os.R_OK or Path(path) != shipped),
    )
    monkeypatch.setenv("ALLIANCE_TIMELINE_LANGUAGE", "ko")
    told = explain(AllianceError("file.unreadable", path=shipped), "ko")
    refused(run("info", shipped), told)
    refused(run("export", shipped, shipped.with_name("그림.svg")), told)


def test_messages_follow_the_language_that_is_asked_for(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALLIANCE_TIMELINE_LANGUAGE", "ko")
    assert "명령은 없습니다" in run("search", "x.alliance").err
    assert "사용법:" in run("events", "--help").out
    monkeypatch.delenv("ALLIANCE_TIMELINE_LANGUAGE")
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    assert "명령은 없습니다" in run("search", "x.alliance").err
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    assert "not a command" in run("search", "x.alliance").err


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_command_and_option_has_help(language: Language) -> None:
    group = program(language)
    assert tuple(group.commands) == COMMANDS
    for command in (group, *group.commands.values()):
        assert command.help
        for parameter in command.params:
            assert parameter.param_type_name == "argument" or getattr(parameter, "help", "")


def test_help_goes_to_standard_output(run: Run) -> None:
    done = run("--help")
    assert done.code == 0
    assert all(command in done.out for command in COMMANDS)
    assert run("export", "--help").out.count("--dpi") == 1


def test_it_runs_as_a_module_and_tells_its_version() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "viewer", "--version"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("alliance-timeline 0.")


def test_a_reader_that_stops_listening_is_no_error(shipped: Path) -> None:
    command = [sys.executable, "-m", "viewer", "events", str(shipped), "--json"]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.close()
        assert child.stderr.read() == b""
    assert child.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_results_that_cannot_be_written_are_told(shipped: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "viewer", "events", str(shipped)],
            cwd=ROOT,
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    refused(Done(done.returncode, "", done.stderr))
