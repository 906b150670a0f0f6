"""Killed at any moment: the file opens, it is sound, and no edit that was told of is missing.

Takes minutes, so it is no part of the quick run: `make test-long`.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from db.store import Store
from tests.db.test_log import rows

KILLS = 320
MOST_BEFORE_KILL = 0.25  # seconds after the first edit
ROOT = Path(__file__).parents[2]


def killed(path: Path, seed: int) -> list[int]:
    """Lets the editor work for a random while and kills it; what it told of by then."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.kills.editor", str(path), str(seed)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
    ) as child:
        assert child.stdout is not None
        first = child.stdout.readline()
        time.sleep(random.Random(seed).uniform(0, MOST_BEFORE_KILL))
        child.kill()
        told = first + child.stdout.read()
    assert child.returncode < 0, "the editor ended by itself"
    # A line that the kill has cut was not yet told.
    return [int(line) for line in told.split(b"\n")[:-1]]


@pytest.mark.long
def test_no_kill_loses_an_edit_or_harms_the_file(copy: Path) -> None:
    shutil.copyfile(copy, copy.with_suffix(".first"))
    first = rows(copy)
    told: set[int] = set()
    for seed in range(KILLS):
        told |= set(killed(copy, seed))
        with Store.open(copy) as store:
            logged = {each.id for each in store.changesets()}
            assert told <= logged, f"kill {seed}: an edit is missing"
            assert store.check() == [], f"kill {seed}"
    with Store.open(copy) as store:
        undone = 0
        while store.revert("undo") is not None:
            undone += 1
        assert store.check() == []
    assert rows(copy) == first
    print(json.dumps({"kills": KILLS, "edits": len(told), "undone": undone}))
