"""The history: what each change made of what, and all of one event, what is gone included."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from db.changes import ChangeSet, Delete, Insert, Update, new_id
from db.errors import AllianceError
from db.moments import copy_at
from db.store import Store
from tests.db.test_log import rows

if TYPE_CHECKING:
    from pathlib import Path

    from tests.db.conftest import Edit


def event_id(store: Store, slug: str = "first-sma-1991") -> int:
    found = store.find_event(slug)
    assert found is not None
    return found


def apply(store: Store, *changes: Insert | Update | Delete, label: str = "") -> int:
    return store.apply(ChangeSet(changes, label=label, author="홍길동"))


def test_steps_come_newest_first_a_page_at_a_time(store: Store) -> None:
    one = event_id(store)
    for importance in (1, 2, 4, 5):
        apply(store, Update("event", one, {"importance": importance}), label=f"{importance}")
    first = store.history.steps(count=2)
    assert [step.changeset.label for step in first] == ["5", "4"]
    rest = store.history.steps(first[-1].first, 100)
    assert [step.changeset.label for step in rest] == ["2", "1", "First edition"]
    assert [step.count for step in rest[:2]] == [1, 1]
    assert rest[-1].count == len(store.changes(rest[-1].changeset.id))
    assert store.history.steps(rest[-1].first) == ()


def test_new_is_what_the_next_change_found_else_what_is_stored(store: Store) -> None:
    one = event_id(store)
    title = store.event(one).event.title.ko
    apply(store, Update("event", one, {"title_ko": "둘째", "importance": 1}))
    apply(store, Update("event", one, {"title_ko": "셋째"}))
    told = [
        store.history.changes(step.first, step.last)[0] for step in store.history.steps(count=2)
    ]
    assert (told[0].before, told[0].after) == ({"title_ko": "둘째"}, {"title_ko": "셋째"})
    assert told[1].after == {"title_ko": "둘째", "importance": 1}
    assert told[1].before["title_ko"] == title


def test_an_insert_tells_the_row_as_it_was_made_even_when_it_is_gone(store: Store) -> None:
    tag = Insert("tag", new_id(), {"key": "pohang", "name_ko": "포항"})
    apply(store, tag)
    apply(store, Update("tag", tag.id, {"name_ko": "울산"}))
    apply(store, Delete("tag", tag.id))
    deleted, updated, inserted = (
        store.history.changes(step.first, step.last)[0] for step in store.history.steps(count=3)
    )
    assert (deleted.before["name_ko"], dict(deleted.after)) == ("울산", {})
    assert (updated.before, updated.after) == ({"name_ko": "포항"}, {"name_ko": "울산"})
    assert inserted.after == {"key": "pohang", "name_en": None, "name_ko": "포항"}


def test_a_step_of_many_changes_is_read_in_parts(store: Store) -> None:
    (base,) = store.history.steps()
    first = store.history.changes(base.first, base.last, 5)
    assert [change.seq for change in first] == [1, 2, 3, 4, 5]
    assert store.history.changes(6, base.last, 1)[0].seq == 6


def test_the_story_of_an_event_has_what_is_gone_and_nothing_of_others(
    store: Store, elsewhere: Edit
) -> None:
    one, other = event_id(store), event_id(store, "ipef-launch-2022")
    citation = store.event(one).citations[0]
    note = Insert(
        "note",
        new_id(),
        {"event_id": one, "text": f"event_id={other}", "author": "나", "time": "t"},
    )
    apply(store, note, label="note")
    apply(store, Delete("citation", citation.id), label="citation")
    apply(store, Delete("note", note.id), label="gone")
    apply(store, Update("event", other, {"importance": 1}), label="other")
    elsewhere(f"UPDATE event_date SET remark_ko = '비고' WHERE event_id = {one} AND is_primary")
    story = store.history.story(("event", one))
    labels = [chapter.step.changeset.label for chapter in story.chapters]
    assert labels == ["", "gone", "citation", "note", "First edition"]
    assert story.chapters[0].step.changeset.origin == "outside"
    assert story.chapters[2].changes[0].before["title"] == citation.title
    assert note.id not in story.now["note"]
    # What a note says of another event does not make it that one's.
    assert not any(
        change.table == "note"
        for chapter in store.history.story(("event", other)).chapters
        for change in chapter.changes
    )


def test_a_deleted_row_is_known_as_it_was_last(store: Store) -> None:
    one = event_id(store)
    tag = Insert("tag", new_id(), {"key": "pohang", "name_ko": "포항"})
    apply(store, tag)
    apply(store, Delete("tag", tag.id))
    known = store.history.known([("tag", tag.id), ("event", one), ("event", 5)])
    assert known["tag", tag.id].row["name_ko"] == "포항"
    assert [each.stored for each in known.values()] == [False, True]
    assert ("event", 5) not in known


def test_the_file_as_it_was_at_a_moment_is_a_new_file(
    store: Store, copy: Path, tmp_path: Path, elsewhere: Edit
) -> None:
    one = event_id(store)
    apply(store, Update("event", one, {"title_ko": "첫째"}))
    then = rows(copy)
    moment = store.last_change() + 1
    elsewhere("DELETE FROM event_tag", "UPDATE event SET title_ko = '모두', title_en = NULL")
    apply(store, Insert("tag", new_id(), {"key": "t", "name_ko": "꼬리표"}))
    now, told = rows(copy), []
    target = tmp_path / "그때.alliance"
    copy_at(copy, moment, target, label="restore-file: 그때", author="홍길동",
            progress=lambda done, total: told.append(done / total))  # fmt: skip
    assert rows(target) == then
    assert rows(copy) == now
    assert told == sorted(told)
    with closing(sqlite3.connect(target)) as found, closing(sqlite3.connect(copy)) as own:
        parent = own.execute("SELECT id FROM file").fetchone()[0]
        ids = found.execute("SELECT id, parent_id FROM file").fetchone()
        assert ids[1] == parent
        assert ids[0] != parent
    with Store.open(target) as made:
        assert made.check() == []
        last = made.changesets()[-1]
        assert (last.origin, last.author, last.label) == ("edit", "홍길동", "restore-file: 그때")
        made.revert("undo")
    assert rows(target) == now


def up_to(limit: float, done: int, total: int) -> bool:
    return done < limit * total


def test_a_copy_of_a_moment_that_is_stopped_or_has_no_place_leaves_nothing(
    store: Store, copy: Path, tmp_path: Path
) -> None:
    apply(store, Update("event", event_id(store), {"title_ko": "첫째"}))
    target = tmp_path / "그때.alliance"
    for limit in (0.1, 0.4, 0.9):
        with pytest.raises(AllianceError, match=r"file\.interrupted"):
            copy_at(
                copy,
                2,
                target,
                label="",
                progress=lambda done, all_, up_to=limit: done < up_to * all_,
            )
        assert not target.exists()
    target.write_bytes("남의 것".encode())
    with pytest.raises(AllianceError, match=r"file\.exists"):
        copy_at(copy, 2, target, label="")
    assert sorted(each.name for each in tmp_path.iterdir() if each.name.startswith(".")) == []
