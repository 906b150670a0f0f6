"""Applying a ChangeSet: all of it or nothing, and what is derived when it is written."""

from __future__ import annotations

import hashlib
import itertools
import sqlite3
import unicodedata
from typing import TYPE_CHECKING

import pytest

from db import dates
from db.changes import (
    Change,
    ChangeSet,
    Delete,
    Insert,
    Update,
    fixed_id,
    new_id,
    settled,
    settled_alike,
)
from db.errors import AllianceError
from db.store import Store
from tests.db.conftest import sentences

if TYPE_CHECKING:
    from pathlib import Path

    from db.changes import Value


def event_id(store: Store, slug: str = "ipef-launch-2022") -> int:
    found = store.find_event(slug)
    assert found is not None
    return found


def refused(store: Store, *changes: Change) -> str:
    """The error code of changes that must be refused, having changed nothing."""
    before = store.last_change()
    with pytest.raises(AllianceError) as caught:
        store.apply(ChangeSet(changes))
    assert store.last_change() == before
    sentences(f"error.{caught.value.code}", caught.value.fields)
    return caught.value.code


def test_an_event_is_added_with_all_that_belongs_to_it_in_any_order(store: Store) -> None:
    timeline = store.timeline()
    new = new_id()
    store.apply(
        ChangeSet(
            (
                Insert("event_date", new_id(), {
                    "event_id": new, "role": "announced",
                    "edtf": "2027-03", "is_primary": 1,
                }),
                Insert("event_lane", new_id(), {
                    "event_id": new, "lane_id": timeline.lanes[2].id, "position": 1,
                }),
                Insert("event", new, {
                    "kind_id": timeline.kinds[0].id, "title_ko": "양자기술 협력 합의",
                }),
            )
        )
    )  # fmt: skip
    columns = store.timeline().columns
    row = columns.row(new)
    assert row is not None
    assert dates.to_iso(int(columns.first[row])) == "2027-03-01"
    assert dates.to_iso(int(columns.last[row])) == "2027-03-31"
    assert columns.label_en[row] == columns.label_ko[row] == "양자기술 협력 합의"


def test_days_and_shape_follow_the_edtf_text(store: Store) -> None:
    date = store.event(event_id(store)).dates[0]
    store.apply(ChangeSet((Update("event_date", date.id, {"edtf": " 2013-05~/.. "}),)))
    written = store.event(event_id(store)).dates[0]
    assert written.edtf == "2013-05~/.."
    assert written.first == dates.from_iso("2013-05-01")
    assert written.last is None
    assert store.check() == []


def test_text_is_stored_composed_and_an_empty_one_as_none(store: Store) -> None:
    decomposed = unicodedata.normalize("NFD", "한미동맹")
    store.apply(
        ChangeSet((Update("event", event_id(store), {"title_ko": decomposed, "label_ko": ""}),))
    )
    event = store.event(event_id(store)).event
    assert event.title.ko == "한미동맹"
    assert event.label.ko is None


def test_a_source_is_stored_with_its_bytes_and_digest(store: Store) -> None:
    text = "한미동맹은 계속된다.\n"
    data = text.encode()
    new = new_id()
    values = {
        "title_ko": "기사", "language": "ko", "media_type": "text/plain", "reader": "text/plain 1",
        "blob_sha256": hashlib.sha256(data).hexdigest(), "text": text,
    }  # fmt: skip
    store.apply(ChangeSet((Insert("source", new, values),), blobs=(data,)))
    assert store.source(new).source.text_sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert store.check() == []


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"title_ko": "널\0문자"}, "text.nul"),
        ({"title_ko": "반쪽 \ud83d"}, "text.surrogate"),
        ({"importance": 6}, "change.refused"),
        ({"status": "아마도"}, "change.refused"),
        ({"title_en": None, "title_ko": None}, "change.refused"),
        ({"kind_id": None}, "change.missing"),
        ({"slug": "korus-signed"}, "change.taken"),
        ({"kind_id": 5}, "change.reference"),
        ({"importance": 2**70}, "change.refused"),
        ({"importance": "많이"}, "change.refused"),
    ],
)
def test_what_the_schema_does_not_allow_is_refused(
    store: Store, values: dict[str, str | int | None], code: str
) -> None:
    good = Insert("tag", new_id(), {"key": "a", "name_ko": "가"})
    assert refused(store, good, Update("event", event_id(store), values)) == code


def test_a_date_that_is_none_is_refused(store: Store) -> None:
    date = store.event(event_id(store)).dates[0]
    assert refused(store, Update("event_date", date.id, {"edtf": "오월"})) == "date.refused"


def test_deleting_what_others_refer_to_is_refused_and_named(store: Store) -> None:
    with pytest.raises(AllianceError) as caught:
        store.apply(ChangeSet((Delete("event", event_id(store)),)))
    assert caught.value.code == "change.reference"
    assert caught.value.fields["parent"] == "event"
    assert store.find_event("ipef-launch-2022") is not None


def test_changing_a_row_that_is_gone_is_refused(store: Store) -> None:
    assert refused(store, Update("event", 5, {"importance": 1})) == "row.missing"
    assert refused(store, Delete("event", 5)) == "row.missing"


@pytest.mark.parametrize(
    "change",
    [
        Insert("event", 5, {"titel": "오타"}),
        Insert("changeset", 5, {}),
        Insert('event" --', 5, {}),
        Update("event", 5, {"importance = 1 --": 1}),
    ],
)
def test_naming_what_the_schema_does_not_have_is_a_defect_and_writes_nothing(
    store: Store, change: Change
) -> None:
    before = store.last_change()
    with pytest.raises(ValueError, match=r"column|table"):
        store.apply(ChangeSet((change,)))
    assert store.last_change() == before


def test_a_read_only_file_refuses_changes(copy: Path) -> None:
    with Store.open(copy, read_only=True) as store:
        assert refused(store, Delete("event", 5)) == "file.readonly"


def test_a_full_disk_is_told_and_leaves_everything_as_it_was(store: Store) -> None:
    pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
    store._connection.execute(f"PRAGMA max_page_count = {pages}")
    many = tuple(
        Insert("tag", new_id(), {"key": f"t{number}", "name_ko": "꼬리표 " * 50})
        for number in range(2000)
    )
    assert refused(store, *many) == "file.full"
    store._connection.execute("PRAGMA max_page_count = 1000000")
    assert store.quick_check() == []


def test_while_another_program_writes_the_file_is_busy(store: Store, copy: Path) -> None:
    other = sqlite3.connect(copy, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    store._connection.execute("PRAGMA busy_timeout = 0")
    assert refused(store, Insert("tag", 5, {"key": "a", "name_ko": "가"})) == "file.busy"
    other.execute("ROLLBACK")
    other.close()
    store.apply(ChangeSet((Insert("tag", 5, {"key": "a", "name_ko": "가"}),)))


def test_keys_are_random_below_two_to_the_53_and_fixed_for_shipped_rows() -> None:
    assert len({new_id() for _ in range(1000)}) == 1000
    assert all(0 < new_id() < 2**53 for _ in range(1000))
    digest = hashlib.sha256(b"event:korus-signed").hexdigest()
    assert fixed_id("event", "korus-signed") == int(digest[:13], 16)


def many(store: Store, number: int) -> list[Insert]:
    """Events without dates, in a file that has kinds."""
    kind = store.timeline().kinds[0].id
    first = 10**9
    return [
        Insert("event", first + place, {"kind_id": kind, "title_ko": f"사건 {place}"})
        for place in range(number)
    ]


def test_many_new_rows_are_logged_one_by_one_in_their_order(store: Store) -> None:
    rows = many(store, 130)
    logged = store.changes(store.apply(ChangeSet(tuple(rows))))
    assert [each.id for each in logged] == [row.id for row in rows]
    assert {(each.table, each.action) for each in logged} == {("event", "insert")}
    assert store.event(rows[-1].id).event.title.ko == "사건 129"


def test_of_many_new_rows_the_one_to_blame_is_told(store: Store) -> None:
    rows: list[Change] = [*many(store, 100)]
    rows[70] = Insert("event", rows[70].id, {"kind_id": 5, "title_ko": "유형 없는 사건"})
    with pytest.raises(AllianceError) as caught:
        store.apply(ChangeSet(tuple(rows)))
    assert (caught.value.code, caught.value.fields["id"]) == ("change.reference", rows[70].id)
    rows[70] = Insert("event", rows[3].id, {"kind_id": 5, "title_ko": "두 번째"})
    assert refused(store, *rows) == "change.taken"


def test_a_row_that_another_of_its_kind_would_let_through_is_refused(store: Store) -> None:
    """Rows that are written together each keep what is derived from their own text."""
    event = event_id(store)
    dates_of = [
        Insert("event_date", new_id(), {"event_id": event, "role": "announced", "edtf": text})
        for text in ("2021-01", None, "2022-02")
    ]
    assert refused(store, *dates_of) == "change.missing"


def test_writing_tells_how_far_it_is(store: Store) -> None:
    told: list[tuple[int, int]] = []
    store.apply(ChangeSet(tuple(many(store, 300))), lambda *step: told.append(step))
    assert told[-1] == (300, 300)
    assert len(told) > 3
    assert told == sorted(told)


def test_writing_that_is_stopped_leaves_nothing(store: Store) -> None:
    before = store.last_change(), store.info()

    def stop(done: int, total: int) -> None:
        if done > total / 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.apply(ChangeSet(tuple(many(store, 300))), stop)
    assert (store.last_change(), store.info()) == before
    store.apply(ChangeSet(tuple(many(store, 1))))


def test_of_many_rows_to_delete_the_one_that_is_gone_is_told(store: Store) -> None:
    rows = many(store, 90)
    store.apply(ChangeSet(tuple(rows)))
    gone: list[Change] = [Delete("event", row.id) for row in rows]
    gone[50] = Delete("event", 5)
    with pytest.raises(AllianceError) as caught:
        store.apply(ChangeSet(tuple(gone)))
    assert (caught.value.code, caught.value.fields["id"]) == ("row.missing", 5)
    gone[50] = Delete("event", rows[50].id)
    logged = store.changes(store.apply(ChangeSet(tuple(gone))))
    assert {each.before["title_ko"] for each in logged} == {row.values["title_ko"] for row in rows}


TEXTS = (
    "회담",
    unicodedata.normalize("NFD", "회담"),
    "talks",
    "",
    None,
    "It's, slug='x', 7=NULL",
    "두\n줄",
)


def test_many_rows_are_stored_as_each_of_them_alone_would_be() -> None:
    for one, other in itertools.product(TEXTS, TEXTS):
        rows: list[dict[str, Value]] = [
            {"kind_id": 1, "title_ko": text, "title_en": "talks"} for text in (one, other)
        ]
        columns, stored = settled_alike("event", rows)
        alone = [settled("event", row) for row in rows]
        assert [dict(zip(columns, row, strict=True)) for row in stored] == alone
    dates: list[dict[str, Value]] = [
        {"event_id": 1, "edtf": edtf} for edtf in (" 1953~ ", "1950/..")
    ]
    columns, stored = settled_alike("event_date", dates)
    alone = [settled("event_date", row) for row in dates]
    assert [dict(zip(columns, row, strict=True)) for row in stored] == alone


@pytest.mark.parametrize("text", ["\0", "\ud800", "한\ud800", "한\0"])
def test_of_many_rows_one_with_half_a_character_or_a_nul_is_refused(text: str) -> None:
    rows: list[dict[str, Value]] = [{"title_ko": each} for each in ("회담", text, "회담")]
    with pytest.raises(AllianceError, match="text"):
        settled_alike("event", rows)


@pytest.mark.parametrize("text", TEXTS)
def test_many_deleted_rows_come_back_as_they_were(store: Store, text: str | None) -> None:
    rows = [Insert("event", row.id, {**row.values, "summary_ko": text}) for row in many(store, 200)]
    ids = [row.id for row in rows]
    store.apply(ChangeSet(tuple(rows)))
    before = store.rows_about("event", ids)
    store.apply(ChangeSet(tuple(Delete("event", each) for each in reversed(ids))))
    store.revert("undo")
    assert store.rows_about("event", ids) == before
    assert len(before["event"]) == 200
