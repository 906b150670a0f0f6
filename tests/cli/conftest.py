"""The vocabulary of the command line's tests: running a command, and being refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from viewer.cli import main


@dataclass(frozen=True)
class Done:
    """What a command left behind: its exit code and both streams."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Done]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs the command line in this process."""

    def run_it(*arguments: object) -> Done:
        code = main([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        return Done(code, out, err)

    return run_it


def refused(done: Done, *words: str) -> None:
    """Exit 2, nothing on standard output, one line on standard error with those words in it."""
    assert done.code == 2, done
    assert done.out == ""
    assert len(done.err.splitlines()) == 1, done.err
    assert "Traceback" not in done.err
    for word in words:
        assert word in done.err
