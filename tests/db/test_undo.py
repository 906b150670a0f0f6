"""Undo and redo as a whole: whatever was done, by whom and in whatever order, the log brings each
former state back exactly, also after the file was closed or the program killed."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.changes import ChangeSet
from db.records import Bilingual
from db.store import Store
from tests.db.test_log import rows
from viewer.edits import events
from viewer.edits.drafts import CitationDraft, ClaimDraft, DateDraft, EventDraft, LinkDraft

if TYPE_CHECKING:
    from collections.abc import Callable

    from viewer.edits.edit import Edit

ROOT = Path(__file__).parents[2]
WORDS = ("한미정상회담", "방위비 분담", "It's, a=NULL", "줄\n바꿈", "😀 '끝")
DATES = ("2022-05-21", "195X", "2006-02/2007-04", "2012-03-15/..", "1951-21~")
# By another program, which knows neither our edits nor that references are to be kept.
OUTSIDE = (
    "UPDATE event SET importance = 1 + importance % 5",
    "UPDATE event SET title_ko = title_ko || '!', title_en = NULL WHERE title_ko IS NOT NULL",
    "DELETE FROM event_tag",
    "DELETE FROM event WHERE id = (SELECT max(id) FROM event)",
    "UPDATE event_lane SET position = -position",
    "INSERT INTO tag (id, key, name_ko) SELECT 1 + count(*), 'k' || count(*), '밖' FROM tag",
)

Picks = st.integers(0, 10**6)
Steps = st.lists(
    st.tuples(
        st.sampled_from(
            ("add", "edit", "move", "delete", "bulk", "importance", "lane", "tag", "outside",
             "undo", "undo", "redo", "reopen")
        ),
        Picks,
    ),
    max_size=14,
)  # fmt: skip


class File:
    """A small file, and what a person does to it; each step picks its own by a number."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.store = Store.open(path)

    def close(self) -> None:
        self.store.close()

    def reopen(self) -> None:
        self.close()
        self.store = Store.open(self.path)

    def ids(self, table: str) -> list[int]:
        with closing(sqlite3.connect(self.path)) as connection:
            return [row[0] for row in connection.execute(f"SELECT id FROM {table} ORDER BY id")]

    def do(self, what: str, pick: int) -> None:
        if what in ("undo", "redo"):
            self.store.revert(what)  # type: ignore[arg-type]
        elif what == "reopen":
            self.reopen()
        elif what == "outside":
            with closing(sqlite3.connect(self.path)) as connection, connection:
                connection.execute(OUTSIDE[pick % len(OUTSIDE)])
        elif (edit := self._edit(what, pick)) is not None and edit.changes:
            self.store.apply(ChangeSet(edit.changes, label=edit.label, author="홍길동"))

    def _edit(self, what: str, pick: int) -> Edit | None:
        known = self.ids("event")
        if what == "add" or not known:
            return events.added(self.draft(pick, known))
        event_id = known[pick % len(known)]
        rows = self.store.rows_about("event", [event_id])
        every = self.store.rows_about("event", known[pick % 2 :: 2])
        if not rows["event_lane"]:
            return None
        makers: dict[str, Callable[[], Edit]] = {
            "edit": lambda: events.edited(
                rows, event_id, self.draft(pick, [each for each in known if each != event_id])
            ),
            "move": lambda: events.redated(rows, event_id, DATES[pick % len(DATES)]),
            "delete": lambda: events.deleted(rows),
            "bulk": lambda: events.deleted(every),
            "importance": lambda: events.with_importance(every, 1 + pick % 5),
            "lane": lambda: events.with_lane(every, self.ids("lane")[pick % 3]),
            "tag": lambda: events.with_new_tag(every, WORDS[pick % len(WORDS)]),
        }
        return makers[what]()

    def draft(self, pick: int, others: list[int]) -> EventDraft:
        lanes, kinds = self.ids("lane"), self.ids("kind")
        word = WORDS[pick % len(WORDS)]
        return EventDraft(
            title=Bilingual(None, f"{word} {pick}"),
            kind_id=kinds[pick % len(kinds)],
            lane_ids=tuple(lanes[: 1 + pick % 3]),
            summary=Bilingual(word, None),
            dates=(DateDraft(DATES[pick % len(DATES)], primary=True),) * (pick % 3 > 0),
            citations=(CitationDraft(word, edtf="1953"),) * (pick % 3),
            claims=(ClaimDraft("figure", Bilingual(None, "금액"), Bilingual(word, None)),)
            * (pick % 2),
            links=(LinkDraft("related", others[pick % len(others)]),) if others else (),
            new_tags=(f"꼬리표 {pick}",) * (pick % 4 == 0),
        )


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with lanes, kinds and three events that belong to it from the beginning."""
    path = tmp_path_factory.mktemp("small") / "작은.alliance"
    Store.create(path, empty=True).close()
    file = File(path)
    for pick in (5, 8, 13):
        file.do("add", pick)
    file.close()
    return path


def copy_of(small: Path, folder: Path) -> File:
    path = folder / "작은 사본.alliance"
    shutil.copyfile(small, path)
    return File(path)


def content(file: File) -> dict[str, list[tuple[object, ...]]]:
    return rows(file.path)


slow_disk = settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@slow_disk
@given(steps=Steps, reopens=st.booleans())
def test_undoing_all_gives_the_content_before_and_redoing_all_that_after(
    small: Path, tmp_path: Path, steps: list[tuple[str, int]], reopens: bool
) -> None:
    file = copy_of(small, tmp_path)
    try:
        for what, pick in steps:
            file.do(what, pick)
        after = content(file)
        if reopens:
            file.reopen()
        undone = 0
        while file.store.revert("undo"):
            undone += 1
        # The three events of the beginning were edits too.
        assert content(file)["event"] == []
        assert [len(content(file)[each]) for each in ("event_date", "link", "tag")] == [0, 0, 0]
        if reopens:
            file.reopen()
        for _ in range(undone):
            assert file.store.revert("redo")
        assert content(file) == after
    finally:
        file.close()


@slow_disk
@given(steps=Steps)
def test_undo_and_redo_walk_through_the_states_that_were_there(
    small: Path, tmp_path: Path, steps: list[tuple[str, int]]
) -> None:
    """Against a stack of dumps, which is what undo means."""
    file = copy_of(small, tmp_path)
    states, at = [content(file)], 0
    try:
        for what, pick in steps:
            if what == "undo" and at == 0:
                continue  # beyond the beginning of this test
            file.do(what, pick)
            if what == "undo":
                at -= 1
            elif what == "redo":
                at = min(at + 1, len(states) - 1)
            elif what != "reopen" and content(file) != states[at]:
                states[at + 1 :] = [content(file)]
                at += 1
            assert content(file) == states[at], what
    finally:
        file.close()


def test_a_deletion_of_many_events_is_one_step_back(copy: Path) -> None:
    file = File(copy)
    before = content(file)
    with closing(sqlite3.connect(copy)) as connection:
        begins = {row[0] for row in connection.execute("SELECT start_event_id FROM stage")}
    every = [each for each in file.ids("event") if each not in begins]
    edit = events.deleted(file.store.rows_about("event", every))
    file.store.apply(ChangeSet(edit.changes, label=edit.label))
    assert len(content(file)["event"]) == len(begins)
    after = content(file)
    assert file.store.revert("undo") is not None
    assert content(file) == before
    assert file.store.revert("redo") is not None
    assert content(file) == after
    file.close()


def test_what_another_program_broke_can_be_undone_step_by_step(small: Path, tmp_path: Path) -> None:
    """It took an event away and left what belongs to it; then we tidied up after it."""
    file = copy_of(small, tmp_path)
    states = [content(file)]
    event_id = file.ids("event")[0]
    with closing(sqlite3.connect(file.path)) as connection, connection:
        connection.execute("DELETE FROM event WHERE id = ?", (event_id,))
    states.append(content(file))
    orphans = file.store.rows_about("event", [event_id])
    edit = events.all_of(orphans, ("event_date", "event_lane", "claim", "citation", "link"))
    file.store.apply(ChangeSet(edit))
    for state in reversed(states):
        assert file.store.revert("undo") is not None
        assert content(file) == state
    file.close()


def test_changes_of_another_program_around_ours_are_undone_in_order(
    small: Path, tmp_path: Path
) -> None:
    """Two of its statements fell into the same millisecond as ours between them: they share a
    changeset, and still each is a step of its own."""
    file = copy_of(small, tmp_path)
    event_id = file.ids("event")[0]
    states = []

    with closing(sqlite3.connect(file.path)) as connection, connection:
        connection.execute(
            "INSERT INTO changeset (id, origin, time)"
            " VALUES (7, 'outside', '2026-11-25T00:00:00.000Z')"
        )

    def in_that_millisecond(value: int) -> None:
        states.append(content(file))
        with closing(sqlite3.connect(file.path)) as connection, connection:
            connection.execute("UPDATE context SET changeset_id = 7")
            connection.execute("UPDATE event SET importance = ? WHERE id = ?", (value, event_id))
            connection.execute("UPDATE context SET changeset_id = NULL")

    in_that_millisecond(5)
    states.append(content(file))
    file.do("move", 2)
    in_that_millisecond(1)
    last = content(file)
    for state in reversed(states):
        assert file.store.revert("undo") is not None
        assert content(file) == state
    for _ in states:
        file.store.revert("redo")
    assert content(file) == last
    file.close()


@pytest.mark.skipif(shutil.which("sqlite3") is None, reason="the sqlite3 shell is not installed")
def test_an_edit_by_the_sqlite3_shell_can_be_undone(copy: Path) -> None:
    before = rows(copy)
    script = "UPDATE event SET title_ko = '바꾼 제목', title_en = NULL; DELETE FROM event_date;"
    subprocess.run(["sqlite3", str(copy), script], check=True)
    with Store.open(copy) as store:
        while (found := store.revertible("undo")) is not None:
            assert found.origin == "outside"
            store.revert("undo")
    assert rows(copy) == before


EDIT_FIFTY_TIMES = """
import sys
from pathlib import Path
from tests.db.test_undo import File

file = File(Path(sys.argv[1]))
whats = ("add", "edit", "move", "importance", "lane", "tag", "outside", "delete", "add", "bulk")
done = 0
pick = 0
while done < 50:
    before = file.store.last_change()
    file.do(whats[pick % len(whats)], pick * 7)
    done += file.store.last_change() > before
    pick += 1
print("done", flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_fifty_edits_a_kill_and_fifty_undos_give_the_first_dump(
    small: Path, tmp_path: Path
) -> None:
    file = copy_of(small, tmp_path)
    first = content(file)
    file.close()
    editing = subprocess.Popen(
        [sys.executable, "-c", EDIT_FIFTY_TIMES, str(file.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert editing.stdin is not None
    assert editing.stdout is not None
    assert editing.stdout.readline() == b"done\n"
    editing.send_signal(signal.SIGKILL)
    editing.wait()
    editing.stdin.close()
    editing.stdout.close()
    assert rows(file.path) != first
    with Store.open(file.path) as store:
        for _ in range(50):
            assert store.revert("undo") is not None
        assert rows(file.path) == first
