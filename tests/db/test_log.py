"""The log: whoever changes a file, it is written down, and can be undone from there."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import schema
from db.changes import ChangeSet, Delete, Insert, Update, new_id, read_literals
from db.errors import AllianceError
from db.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from tests.db.conftest import Edit


def rows(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Everything in the logged tables."""
    with closing(sqlite3.connect(path)) as connection:
        return {
            table.name: connection.execute(f'SELECT * FROM "{table.name}" ORDER BY id').fetchall()
            for table in schema.tables().values()
            if table.logged
        }


def test_the_shipped_data_are_one_base_changeset_dated_by_the_edition(store: Store) -> None:
    (base,) = store.changesets()
    assert (base.origin, base.label, base.time) == (
        "base",
        "First edition",
        "2026-11-23T00:00:00.000Z",
    )
    changes = store.changes(base.id)
    assert {change.action for change in changes} == {"insert"}
    assert sum(change.table == "event" for change in changes) == 109
    assert all(not change.before for change in changes)


def test_an_insert_logs_its_key_alone(store: Store) -> None:
    tag = Insert("tag", new_id(), {"key": "pohang", "name_ko": "포항"})
    (change,) = store.changes(store.apply(ChangeSet((tag,), label="꼬리표 추가", author="홍길동")))
    assert (change.table, change.id, change.action, change.before) == ("tag", tag.id, "insert", {})
    logged = store.changesets()[-1]
    assert (logged.origin, logged.label, logged.author) == ("edit", "꼬리표 추가", "홍길동")


def test_an_update_logs_only_what_changed_with_its_value_before(store: Store) -> None:
    event_id = store.find_event("ipef-launch-2022")
    assert event_id is not None
    before = store.event(event_id).event
    update = Update(
        "event",
        event_id,
        {"label_ko": "IPEF 출범식", "importance": before.importance, "marking": "대외비"},
    )
    (change,) = store.changes(store.apply(ChangeSet((update,))))
    assert change.before == {"label_ko": before.label.ko, "marking": None}


def test_an_update_that_changes_nothing_leaves_nothing(store: Store) -> None:
    event_id = store.find_event("ipef-launch-2022")
    assert event_id is not None
    title = store.event(event_id).event.title
    update = Update("event", event_id, {"title_ko": title.ko})
    assert store.changes(store.apply(ChangeSet((update,)))) == ()


def test_a_delete_logs_the_whole_row(store: Store) -> None:
    event_id = store.find_event("ipef-launch-2022")
    assert event_id is not None
    citation = store.event(event_id).citations[0]
    (change,) = store.changes(store.apply(ChangeSet((Delete("citation", citation.id),))))
    assert change.before == {
        "event_id": event_id,
        "position": citation.position,
        "title": citation.title,
        "body": citation.body,
        "edtf": citation.edtf,
        "locator": citation.locator,
        "seen": citation.seen,
    }


def test_an_edit_by_another_program_is_logged_under_a_changeset_of_its_own(
    copy: Path, elsewhere: Edit
) -> None:
    elsewhere("UPDATE event SET summary_ko = '고친 요약' WHERE slug = 'ipef-launch-2022'")
    with Store.open(copy) as store:
        changeset = store.changesets()[-1]
        assert changeset.origin == "outside"
        (change,) = store.changes(changeset.id)
        assert (change.table, change.action) == ("event", "update")
        assert list(change.before) == ["summary_ko"]


def test_the_rows_of_one_foreign_statement_share_a_changeset(copy: Path, elsewhere: Edit) -> None:
    elsewhere("UPDATE event SET importance = 1 WHERE importance <> 1")
    with Store.open(copy) as store:
        _, outside = store.changesets()
        assert len(store.changes(outside.id)) > 100


def test_a_foreign_edit_while_the_file_is_open_is_logged_too(store: Store, elsewhere: Edit) -> None:
    seen = store.last_change()
    elsewhere("DELETE FROM link")
    assert store.last_change() > seen
    assert store.changesets()[-1].origin == "outside"
    tag = Insert("tag", new_id(), {"key": "a", "name_ko": "가"})
    assert len(store.changes(store.apply(ChangeSet((tag,))))) == 1


@pytest.mark.skipif(shutil.which("sqlite3") is None, reason="the sqlite3 shell is not installed")
def test_an_edit_by_the_sqlite3_shell_is_logged(copy: Path) -> None:
    script = "UPDATE event SET title_ko = '바꾼 제목' WHERE slug = 'korus-signed';"
    script += "DELETE FROM confirmation;"
    subprocess.run(["sqlite3", str(copy), script], check=True)
    with Store.open(copy) as store:
        outside = [each for each in store.changesets() if each.origin == "outside"]
        changed = [change for each in outside for change in store.changes(each.id)]
        assert list(changed[0].before) == ["title_ko"]
        assert "자유무역협정" in str(changed[0].before["title_ko"])
        assert sum(change.table == "confirmation" for change in changed) == 236


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT OR REPLACE INTO tag (id, key, name_ko) VALUES (1, 'b', '나')",
        "INSERT OR REPLACE INTO tag (id, key, name_ko) VALUES (2, 'a', '나')",
        "UPDATE OR REPLACE tag SET key = 'a' WHERE key = 'c'",
        "UPDATE tag SET id = 9 WHERE key = 'a'",
        "INSERT INTO tag (id, key, name_ko) VALUES (4, 'd', char(44032, 0, 44033))",
        "DELETE FROM change",
        "UPDATE change SET row_id = 1",
        "DELETE FROM blob",
        "UPDATE blob SET bytes = x'00'",
    ],
)
def test_what_the_log_could_not_tell_is_refused(elsewhere: Edit, statement: str) -> None:
    elsewhere("INSERT INTO tag (id, key, name_ko) VALUES (1, 'a', '가'), (3, 'c', '다')")
    with pytest.raises(sqlite3.IntegrityError):
        elsewhere(statement)


def test_the_inverse_read_from_the_log_brings_everything_back(store: Store, copy: Path) -> None:
    event_id = store.find_event("first-sma-1991")
    assert event_id is not None
    before = rows(copy)
    detail = store.event(event_id)
    edits = ChangeSet(
        (
            *(Delete("citation", each.id) for each in detail.citations),
            *(Update("event_date", each.id, {"edtf": "199X"}) for each in detail.dates),
            Update(
                "event",
                event_id,
                {"title_ko": "'따옴표', 쉼표; 줄\n바꿈 = \\ 😀", "title_en": None},
            ),
            Insert("tag", 77, {"key": "t", "name_ko": "방위비"}),
            Insert("event_tag", 78, {"event_id": event_id, "tag_id": 77}),
        )
    )
    changeset_id = store.apply(edits)
    assert rows(copy) != before
    undone = store.revert("undo", "홍길동")
    assert undone is not None
    assert undone.id == changeset_id
    assert rows(copy) == before
    assert store.changesets()[-1].author == "홍길동"
    store.revert("redo")
    assert store.event(event_id).event.title.ko == "'따옴표', 쉼표; 줄\n바꿈 = \\ 😀"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_any_text_comes_back_from_the_log_as_it_was(text: str) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        written = connection.execute(
            "SELECT 'title_ko=' || quote(?) || ', importance=' || quote(?) || ', label_ko=NULL'",
            (text, -3),
        ).fetchone()[0]
    assert read_literals(written) == {"title_ko": text, "importance": -3, "label_ko": None}


def test_a_log_that_another_program_garbled_is_told(store: Store, elsewhere: Edit) -> None:
    changeset = store.changesets()[0].id
    elsewhere(
        "INSERT INTO change (changeset_id, table_name, row_id, action, before)"
        f" VALUES ({changeset}, 'event', 1, 'update', '엉망')"
    )
    with pytest.raises(AllianceError, match=r"file\.log"):
        store.changes(changeset)
