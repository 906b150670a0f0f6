"""Who has a file open: told to others, gone with the holder, and never in the way."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from db import presence, processes
from db.changes import ChangeSet, Insert
from db.errors import AllianceError
from db.presence import Presence, holders
from db.store import Store
from tests.db.conftest import sentences
from tests.processes import another_process, opened_by

if TYPE_CHECKING:
    from pathlib import Path

TAG = ChangeSet((Insert("tag", 5, {"key": "a", "name_ko": "가"}),))


def marks(path: Path) -> list[Path]:
    return [each for each in path.parent.iterdir() if each.suffix == ".open"]


def told(**fields: object) -> str:
    """A mark as a file has it."""
    whole = {
        "author": "이영희",
        "user": "lee",
        "host": processes.host(),
        "pid": os.getppid(),
        "started": processes.started(os.getppid()),
        "since": "2026-11-25T13:41:03+00:00",
        "program": "9.9",
    }
    return json.dumps({**whole, **fields})


def test_a_holder_in_another_process_is_named_until_it_closes(copy: Path) -> None:
    with another_process(opened_by("김민수", copy, "")) as child:
        (holder,) = holders(copy)
        assert holder.author == "김민수"
        assert holder.who.startswith("김민수 (")
        assert (holder.pid, holder.host, holder.program) == (child.pid, processes.host(), "9.9")
        assert holder.since.tzinfo is UTC
        assert holder.since <= datetime.now(UTC)
    assert len(marks(copy)) == 0
    assert holders(copy) == ()


def test_a_file_closed_again_leaves_nothing_beside_it(copy: Path) -> None:
    with Store.open(copy, author="김민수"):
        assert len(marks(copy)) == 1
        assert holders(copy) == ()  # this process is not another
    assert [each.name for each in copy.parent.iterdir()] == [copy.name]


def test_several_holders_are_all_named_and_go_one_by_one(copy: Path) -> None:
    with another_process(opened_by("김민수", copy)):
        with another_process(opened_by("이영희", copy)):
            assert {holder.author for holder in holders(copy)} == {"김민수", "이영희"}
            assert len({holder.mark for holder in holders(copy)}) == 2
        assert [holder.author for holder in holders(copy)] == ["김민수"]


def test_reading_and_opening_without_a_name_leave_no_mark(copy: Path) -> None:
    with Store.open(copy, read_only=True, author="김민수"), Store.open(copy):
        assert marks(copy) == []


def test_a_killed_holder_is_forgotten_and_its_mark_taken_away(copy: Path) -> None:
    with another_process(opened_by("김민수", copy)) as child:
        child.kill()
        child.wait()
        assert len(marks(copy)) == 1
        assert holders(copy) == ()
        assert marks(copy) == []


def test_a_holder_that_ended_but_was_not_waited_for_is_forgotten(copy: Path) -> None:
    """On Unix such a process still has its number."""
    with another_process(opened_by("김민수", copy, "import os")) as child:
        child.kill()
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
        assert holders(copy) == ()


def test_a_process_number_given_out_again_is_another_process(copy: Path) -> None:
    mark = copy.with_name(f".{copy.name}.0000aaaa.open")
    mark.write_text(told())
    assert [holder.author for holder in holders(copy)] == ["이영희"]
    if not processes.started(os.getpid()):
        pytest.skip("the system does not tell when a process began")
    mark.write_text(told(started="1"))
    assert holders(copy) == ()
    assert not mark.exists()


def test_a_mark_of_another_machine_is_believed_and_left_alone(copy: Path) -> None:
    mark = copy.with_name(f".{copy.name}.0000aaaa.open")
    mark.write_text(told(host="브리핑-PC3", pid=1))
    (holder,) = holders(copy)
    assert holder.who == "이영희 (lee@브리핑-PC3)"
    assert mark.exists()


def test_the_mark_of_another_file_is_not_this_ones(copy: Path) -> None:
    copy.with_name(f".다른 {copy.name}.0000aaaa.open").write_text(told())
    assert holders(copy) == ()
    odd = copy.with_name("[초안] *.alliance")
    odd.with_name(f".{odd.name}.0000aaaa.open").write_text(told())
    assert len(holders(odd)) == 1


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "null",
        "[" * 4000,
        told(pid="1"),
        told(pid=True),
        told(pid=None),
        told(since="어제"),
        told(since="2026-11-25"),
        told(since=5),
        "{}",
    ],
)
def test_what_is_no_mark_is_passed_over(copy: Path, content: str) -> None:
    copy.with_name(f".{copy.name}.0000aaaa.open").write_text(content, encoding="utf-8")
    assert holders(copy) == ()


@pytest.mark.parametrize("pid", [0, -1, 2**31, 2**80])
def test_a_number_that_no_process_has_is_no_holder(copy: Path, pid: int) -> None:
    copy.with_name(f".{copy.name}.0000aaaa.open").write_text(told(pid=pid))
    assert holders(copy) == ()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes with names")
def test_a_pipe_in_place_of_a_mark_is_not_waited_for(copy: Path) -> None:
    os.mkfifo(copy.with_name(f".{copy.name}.0000aaaa.open"))
    assert holders(copy) == ()


def test_a_name_in_a_mark_disturbs_no_terminal(copy: Path) -> None:
    mark = copy.with_name(f".{copy.name}.0000aaaa.open")
    mark.write_text(told(author="\x1b[2J이\n영희" + "가" * 500))
    (holder,) = holders(copy)
    assert "\x1b" not in holder.who
    assert "\n" not in holder.who
    assert len(holder.author) <= 100


def test_a_folder_that_takes_no_mark_is_no_hindrance(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError("읽기 전용")

    monkeypatch.setattr(presence.os, "open", refuse)
    with Presence(copy, "김민수"):
        assert marks(copy) == []
    with Presence(copy.parent / "없음" / "x.alliance", "김민수"):
        assert marks(copy) == []


def test_a_write_that_finds_the_file_taken_says_by_whom_and_works_after(copy: Path) -> None:
    taking = "store._connection.execute('BEGIN IMMEDIATE')"
    with Store.open(copy, patience=0.05) as store:
        with another_process(opened_by("김민수", copy, taking)):
            with pytest.raises(AllianceError) as caught:
                store.apply(TAG)
            assert caught.value.code == "file.busy_by"
            for sentence in sentences("error.file.busy_by", caught.value.fields):
                assert "김민수 (" in sentence
                assert copy.name in sentence
                assert str(datetime.now().year) in sentence
            assert len(store.timeline().columns) == 109  # reading goes on
        store.apply(TAG)
        assert [tag.key for tag in store.timeline().tags] == ["a"]


def test_a_write_that_finds_the_file_taken_by_nobody_known_says_only_that(copy: Path) -> None:
    taking = "store._connection.execute('BEGIN IMMEDIATE')"
    code = opened_by("", copy, taking).replace("author=''", "author=None")
    with Store.open(copy, patience=0.05) as store, another_process(code):
        with pytest.raises(AllianceError) as caught:
            store.apply(TAG)
        assert caught.value.code == "file.busy"


def test_other_errors_are_told_as_they_are(copy: Path) -> None:
    copy.with_name(f".{copy.name}.0000aaaa.open").write_text(told())
    full = AllianceError("file.full", path=copy)
    assert presence.busy_error(copy, full) is full
