"""The worklist: its counts are those of plain SQL, whatever was done to the file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from db.changes import ChangeSet, Delete, Insert, Update
from db.store import Store
from viewer.edits import events

if TYPE_CHECKING:
    from pathlib import Path

    from tests.db.conftest import Edit

# Without editions of one document, so that a source is a source.
PLAIN = {
    "unsourced": """SELECT id FROM event WHERE id NOT IN (SELECT event_id FROM citation)
        AND id NOT IN (SELECT event_id FROM evidence WHERE event_id IS NOT NULL)""",
    "one-source": """SELECT id FROM event WHERE 1 = (
        SELECT count(*) FROM (
            SELECT 'c' || id FROM citation WHERE event_id = event.id
            UNION SELECT 's' || source_id FROM quote WHERE id IN
                (SELECT quote_id FROM evidence WHERE event_id = event.id)))""",
    "broken": """SELECT DISTINCT event_id FROM evidence JOIN anchor USING (quote_id)
        JOIN quote ON quote.id = quote_id JOIN source ON source.id = anchor.source_id
        WHERE event_id IS NOT NULL AND (state = 'broken'
            OR substr(source.text, start + 1, end - start) <> exact)""",
    "disputed": """SELECT DISTINCT event_id FROM evidence
        WHERE stance = 'disputes' AND event_id IS NOT NULL""",
    "untitled": "SELECT id FROM event WHERE title_ko IS NULL OR title_en IS NULL",
    "unseen": "SELECT id FROM event WHERE confidence = 'partly' OR confidence = 'unseen'",
    "stale": """SELECT DISTINCT event_id FROM evidence
        JOIN quote_translation USING (quote_id) WHERE stale = 1 AND event_id IS NOT NULL""",
    "undated": "SELECT id FROM event WHERE id NOT IN (SELECT event_id FROM event_date)",
}


def agrees(store: Store) -> dict[str, int]:
    """Holds the worklist against plain SQL on the same file; gives its counts."""
    tasks = {task.kind: task for task in store.worklist()}
    assert list(tasks) == list(PLAIN)
    with closing(sqlite3.connect(store.path)) as connection:
        for kind, sql in PLAIN.items():
            plain = sorted(row[0] for row in connection.execute(sql))
            assert sorted(tasks[kind].event_ids) == plain, kind
            assert tasks[kind].count == len(plain)
    return {kind: task.count for kind, task in tasks.items()}


def ident(store: Store, slug: str) -> int:
    found = store.find_event(slug)
    assert found is not None
    return found


def test_the_shipped_worklist_is_that_of_plain_sql(store: Store) -> None:
    counts = agrees(store)
    assert counts["broken"] == counts["untitled"] == counts["stale"] == counts["undated"] == 0
    assert counts["unseen"] > 0
    assert counts["disputed"] > 0
    assert counts["one-source"] > 0


def test_whatever_is_wrong_with_an_event_puts_it_on_the_list(store: Store, elsewhere: Edit) -> None:
    event = ident(store, "ipef-launch-2022")
    rows = store.rows_about("event", [event])
    quote = next(iter(rows["evidence"].values()))["quote_id"]
    assert isinstance(quote, int)
    translation = next(iter(store.rows_about("quote", [quote])["quote_translation"]))
    bare = ident(store, "korus-signed")
    parts = store.rows_about("event", [bare])
    store.apply(
        ChangeSet((
            Update("event", event, {"title_en": None, "confidence": "unseen"}),
            Update("quote_translation", translation, {"stale": 1}),
            *(Delete("event_date", row) for row in rows["event_date"]),
            *(Update("claim", row, {"citation_id": None}) for row in parts["claim"]),
            *(Delete("citation", row) for row in parts["citation"]),
            *(Delete("evidence", row) for row in parts["evidence"]),
        ))
    )  # fmt: skip
    elsewhere("UPDATE source SET text = replace(text, 'technology', 'technologie')")
    agrees(store)
    on = {task.kind: task.event_ids for task in store.worklist()}
    for kind in ("broken", "untitled", "unseen", "stale", "undated"):
        assert event in on[kind], kind
    assert bare in on["unsourced"]
    assert on["undated"] == (event,)
    assert on["broken"][-1] == event  # without a date it comes last


def test_the_counts_are_right_after_an_import_and_after_a_bulk_delete(
    copy: Path, tmp_path: Path
) -> None:
    from viewer.cli import main

    table = tmp_path / "사건.csv"
    lines = ["date,lane,title_ko", *(f"19{n:02},military,훈련 {n}" for n in range(60, 99))]
    table.write_text("\n".join(lines), encoding="utf-8")
    with Store.open(copy) as store:
        before = agrees(store)
    assert main(["import", str(copy), str(table)]) == 0
    with Store.open(copy) as store:
        after = agrees(store)
        assert after["unsourced"] == before["unsourced"] + 39
        assert after["untitled"] == before["untitled"] + 39
        used = {stage.start_event_id for stage in store.timeline().stages}
        gone = [row.id for row in store.events() if row.id not in used][:70]
        edit = events.deleted(store.rows_about("event", gone))
        store.apply(ChangeSet(edit.changes))
        left = agrees(store)
        assert sum(left.values()) < sum(after.values())
        store.revert("undo")
        assert agrees(store) == after


def test_two_editions_of_one_document_are_one_source(store: Store) -> None:
    event = ident(store, "korus-signed")
    parts = store.rows_about("event", [event])
    first, second = store.quotes()[:2]
    old = store.source(first.source_id).source
    values = {
        "title_ko": "새 판", "language": "en", "media_type": "text/plain", "reader": "plain text",
        "blob_sha256": old.blob_sha256, "text": old.text, "supersedes_id": old.id,
    }  # fmt: skip
    joins = {"event_id": event, "stance": "supports", "aspect": "existence", "mode": "report"}
    store.apply(
        ChangeSet((
            *(Update("claim", row, {"citation_id": None}) for row in parts["claim"]),
            *(Delete("citation", row) for row in parts["citation"]),
            *(Delete("evidence", row) for row in parts["evidence"]),
            Insert("source", 77, values),
            Update("quote", second.id, {"source_id": 77}),
            Insert("evidence", 78, {"quote_id": first.id, **joins}),
            Insert("evidence", 79, {"quote_id": second.id, **joins}),
        ))
    )  # fmt: skip
    assert event in {task.kind: task.event_ids for task in store.worklist()}["one-source"]


@pytest.mark.parametrize("empty", [True, False])
def test_a_file_without_anything_has_nothing_to_do(tmp_path: Path, empty: bool) -> None:
    with Store.create(tmp_path / "빈 연표.alliance", empty=empty) as store:
        total = sum(task.count for task in store.worklist())
    assert (total == 0) == empty
