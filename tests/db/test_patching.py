"""A timeline that is brought up to date after edits equals one that is read afresh."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from dataclasses import fields
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.changes import ChangeSet, Delete, Insert, Update
from db.columns import Columns
from db.queries.patching import MOST
from db.texts import Texts
from tests.db.test_undo import Picks, copy_of, slow_disk, small

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from db.store import Store
    from db.timeline import Timeline

    Edit = Callable[..., None]

__all__ = ["small"]

# Lanes, kinds and evidence as edits of ours and other programs change them.
OUTSIDE = (
    "UPDATE lane SET position = -position",
    "DELETE FROM lane WHERE id = (SELECT max(id) FROM lane)",
    "INSERT INTO lane (id, key, position, colour, name_ko)"
    " SELECT 1 + count(*), 'l' || count(*), 0, 'blue', '새 갈래' FROM lane",
    "UPDATE event_lane SET lane_id = (SELECT min(id) FROM lane)"
    " WHERE id = (SELECT max(id) FROM event_lane)",
    "UPDATE kind SET position = -position",
    "DELETE FROM kind WHERE id = (SELECT max(kind_id) FROM event)",
    "UPDATE event_date SET event_id = (SELECT min(id) FROM event)"
    " WHERE is_primary = 0 AND id = (SELECT max(id) FROM event_date)",
    "UPDATE event_date SET is_primary = 1 - is_primary WHERE id = (SELECT min(id) FROM event_date)",
    "DELETE FROM event_date WHERE id = (SELECT max(id) FROM event_date)",
    "UPDATE event_date SET first_day = NULL WHERE id = (SELECT min(id) FROM event_date)",
    "UPDATE citation SET event_id = (SELECT max(id) FROM event)",
    "UPDATE claim SET value_en = value_en || id",
)
Steps = st.lists(
    st.tuples(
        st.sampled_from(
            ("add", "edit", "move", "delete", "bulk", "importance", "lane", "tag", "outside",
             "other", "other", "undo", "undo", "redo", "reopen")
        ),
        Picks,
    ),
    max_size=14,
)  # fmt: skip


def assert_equal(one: Timeline, other: Timeline) -> None:
    for field in fields(Columns):
        mine, its = getattr(one.columns, field.name), getattr(other.columns, field.name)
        if isinstance(mine, Texts):
            assert (list(mine), bytes(mine.joined)) == (list(its), bytes(its.joined)), field.name
            mine, its = np.r_[mine.begins, mine.ends], np.r_[its.begins, its.ends]
        assert mine.dtype == its.dtype, field.name
        assert np.array_equal(mine, its), (field.name, mine, its)
    for field in fields(one):
        mine, its = getattr(one, field.name), getattr(other, field.name)
        if field.name == "flaws":
            mine, its = ([list(each) for each in flaws] for flaws in (mine, its))
        if field.name != "columns":
            assert mine == its


@slow_disk
@given(steps=Steps, every=st.integers(1, 4))
def test_after_any_edits_it_is_as_if_read_afresh(
    small: Path,
    tmp_path: Path,
    steps: list[tuple[str, int]],
    every: int,
) -> None:
    """By us and by others, patched after each of them or after several."""
    file = copy_of(small, tmp_path)
    try:
        known, since = file.store.timeline(), file.store.last_change()
        waiting = file.store.undated()
        for number, (what, pick) in enumerate(steps):
            if what == "other":
                outside(file.path, OUTSIDE[pick % len(OUTSIDE)])
            else:
                # Of lanes and kinds others may have left too few to pick from.
                with suppress(IndexError, ZeroDivisionError):
                    file.do(what, pick)
            if number % every == 0:
                patched = file.store.patched(known, since)
                assert patched is not None
                known, since = patched.timeline, file.store.last_change()
                assert_equal(known, file.store.timeline())
                waiting = file.store.undated_after(waiting, patched.touched)
                assert waiting == file.store.undated()
    finally:
        file.close()


def outside(path: Path, statement: str) -> None:
    # A second primary date, a key that is taken: refused, and nothing has happened.
    refused = suppress(sqlite3.IntegrityError)
    with closing(sqlite3.connect(path)) as connection, connection, refused:
        connection.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM evidence WHERE mode = 'forecast'",
        "UPDATE evidence SET mode = 'forecast' WHERE aspect = 'existence' AND id % 3 = 0",
        "UPDATE evidence SET event_id = (SELECT max(id) FROM event) WHERE event_id NOTNULL",
        "UPDATE evidence SET quote_id = (SELECT min(id) FROM quote)",
        "DELETE FROM claim WHERE id % 2",
        "DELETE FROM citation",
        "UPDATE anchor SET state = 'broken'",
        "UPDATE event SET title_ko = '고친 제목', label_ko = NULL WHERE id % 5 = 0",
        "UPDATE event_date SET first_day = first_day + 40000, last_day = last_day + 40000"
        " WHERE id % 4 = 0",
        "DELETE FROM event_lane WHERE position > 1",
        "UPDATE lane SET name_ko = '새 이름'",
        "UPDATE kind SET name_ko = '새 이름'",
        "UPDATE kind_group SET name_ko = '새 이름'",
        "INSERT INTO tag (id, key, name_ko) VALUES (1, 'new', '새 꼬리표')",
        "UPDATE scheme SET name_ko = '새 구분'",
        "UPDATE stage SET title_ko = '새 단계'",
        "UPDATE event_date SET first_day = first_day - 9 WHERE event_id IN"
        " (SELECT start_event_id FROM stage)",
        "UPDATE view SET name_ko = '새 보기'",
        "DELETE FROM view_lane",
        "INSERT INTO view_status (id, view_id, status) SELECT 1, min(id), 'planned' FROM view",
        "INSERT INTO note (id, event_id, text, author, time, callout_x, callout_y)"
        " SELECT 1, min(id), '쪽지', '', '2026-11-26', 3, 4 FROM event",
    ],
)
def test_what_stands_around_the_shipped_events_is_followed(
    store: Store, elsewhere: Edit, statement: str
) -> None:
    before, since = store.timeline(), store.last_change()
    elsewhere(statement)
    patched = store.patched(before, since)
    assert patched is not None
    assert_equal(patched.timeline, store.timeline())
    store.revert("undo")
    again = store.patched(patched.timeline, since)
    assert again is not None
    assert_equal(again.timeline, store.timeline())


def test_rows_that_stay_are_found_where_they_are_now(store: Store) -> None:
    before, since = store.timeline(), store.last_change()
    columns = before.columns
    gone, moved = int(columns.id[5]), int(columns.id[100])
    changes = [
        Delete(table, ident)
        for table in ("event_date", "event_lane")
        for ident in store.rows_about("event", [gone])[table]
    ]
    date = next(iter(store.rows_about("event", [moved])["event_date"]))
    new = Insert("event_date", 77, {"event_id": 76, "role": "occurred", "edtf": "1950-06-25",
                                    "is_primary": 1})  # fmt: skip
    event = Insert("event", 76, {"kind_id": before.kinds[0].id, "title_ko": "한국 전쟁"})
    store.apply(
        ChangeSet((*changes, Update("event_date", date, {"edtf": "1900-01-01"}), event, new))
    )
    patched = store.patched(before, since)
    assert patched is not None
    now = patched.timeline.columns
    stays = np.flatnonzero(~np.isin(columns.id, [gone, moved]))
    assert np.array_equal(now.id[patched.splice.moves.moved(stays)], columns.id[stays])
    assert {int(each) for each in now.id[patched.splice.moves.come]} == {76, moved}


def test_after_very_many_changes_it_is_read_afresh(store: Store, elsewhere: Edit) -> None:
    before, since = store.timeline(), store.last_change()
    for _ in range(MOST // 109 + 1):
        elsewhere("UPDATE event SET importance = 1 + importance % 5")
    assert store.patched(before, since) is None
