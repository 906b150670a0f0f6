"""Hostile documents run nothing and load nothing, local or remote: the whole window is watched
from its start to its end.

With strace all files and sockets of the process, its threads and its children are seen; without it
Python's own, and the sockets that Linux says the process holds. Which of them was at work is told
by the name of the test.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.processes import ROOT
from tests.safe import hostile, watching
from tests.safe.hostile import NAMES

if TYPE_CHECKING:
    from tests.safe.watching import Watched

# Where the program, Python, Qt and the system have their own things: fonts, time zones, locales.
SYSTEM = ("/usr", "/lib", "/lib64", "/etc", "/proc", "/sys", "/dev", "/var/cache/fontconfig",
          "/var/lib/dbus", "/run/dbus", "/run/user")  # fmt: skip


class Run:
    """The folders of a run: documents with bait beside them, bait elsewhere, what it may write."""

    def __init__(self, folder: Path, shipped: Path) -> None:
        self.folder = folder
        self.documents, self.bait, self.out = (folder / each for each in ("in", "bait", "out"))
        for each in (self.documents, self.bait, self.out):
            each.mkdir()
        self.file = folder / "file" / "timeline.alliance"
        self.file.parent.mkdir()
        shutil.copyfile(shipped, self.file)
        self.paths = hostile.write_all(self.documents, self.bait)

    @property
    def arguments(self) -> list[str]:
        return [str(each) for each in (self.file, self.documents, self.out, self.bait)]

    def may_open(self, path: str) -> bool:
        """Whether a file stands on the list."""
        if path in {str(each) for each in (self.folder, self.documents, *self.paths)}:
            return True
        own = (self.file.parent, self.out, self.folder / "home", self.folder / "hooks")
        places = [ROOT, Path(sys.prefix), Path(sys.base_prefix), Path(sys.executable).resolve()]
        allowed = [str(each) for each in (*own, *places)] + [*SYSTEM]
        # An environment that several checkouts share looks for modules in its own.
        allowed += [str(Path(sys.prefix).resolve().parent), str(self.folder / "told")]
        return not path.startswith("//") and any(
            path == each or path.startswith(f"{each}/") for each in allowed
        )


@pytest.fixture
def run(tmp_path: Path, shipped: Path) -> Run:
    return Run(tmp_path, shipped)


def looked_at(watched: Watched, run: Run) -> None:
    """The run did what it was to do, opened nothing else, and talked to nobody."""
    told = watched.told
    assert told["sources"] == len(run.paths) + 1
    assert told["read"] == len(run.paths) + 2
    assert told["quotes"] == len(run.paths) + 1
    assert told["notes"] == 1
    assert told["written"] == [
        "picture.pdf", "picture.png", "picture.svg", "quotes.jsonld", "sources.json",
    ]  # fmt: skip
    assert told["sockets"] == []
    assert {str(each) for each in run.paths} <= watched.opened, "the watch sees what is opened"
    others = {path for path in watched.opened if not run.may_open(path)}
    assert others == set()
    assert not {path for path in watched.opened if Path(path).name in NAMES}
    assert not {family for family in watched.sockets if "INET" in family}


@pytest.mark.skipif(watching.STRACE is None, reason="strace is not installed")
def test_the_whole_window_opens_nothing_else_and_talks_to_nobody_by_strace(run: Run) -> None:
    watched = watching.by_strace(run.folder, run.arguments)
    looked_at(watched, run)
    python = {str(Path(each).resolve()) for each in (sys.executable, sys.prefix)}
    programs = {str(Path(each).resolve()) for each in watched.started}
    assert programs <= python | {str(Path(sys.executable).resolve())}, "readers, nothing else"


def test_the_whole_window_opens_nothing_else_and_talks_to_nobody_by_audit_events(run: Run) -> None:
    watched = watching.by_audit(run.folder, run.arguments)
    looked_at(watched, run)
    assert {Path(each).resolve() for each in watched.started} <= {Path(sys.executable).resolve()}
