"""What must not be taken at face value: true as soon as a file is read, whoever changed it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from db.changes import ChangeSet, Insert, Update, new_id
from db.records import Bilingual
from db.store import Store
from viewer.edits.quote_drafts import EvidenceDraft, QuoteDraft, voice_of
from viewer.edits.quoting import added

if TYPE_CHECKING:
    from pathlib import Path

    from tests.db.conftest import Edit

WORD = 600  # a character of the quote that two stages and four events rest on


def change_letter(at: int) -> str:
    return f"UPDATE source SET text = substr(text, 1, {at}) || '★' || substr(text, {at + 2})"


def over(store: Store, at: int) -> tuple[set[int], set[int]]:
    """The events and stages with a quote over a character, by plain SQL."""
    with closing(sqlite3.connect(store.path)) as connection:
        rows = connection.execute(
            "SELECT event_id, stage_id FROM evidence JOIN anchor USING (quote_id)"
            " WHERE start <= ? AND ? < end",
            (at, at),
        ).fetchall()
    return {event for event, _ in rows} - {None}, {stage for _, stage in rows} - {None}


def broken(store: Store) -> set[int]:
    return set(store.timeline().flaws.broken.tolist())


def test_the_shipped_data_have_twelve_disputed_events_and_no_broken_quote(store: Store) -> None:
    found = store.timeline().flaws
    assert len(found.disputed) == 12
    assert not len(found.broken)
    assert found[2:] == (frozenset(), frozenset(), frozenset())


def test_a_character_changed_by_another_program_marks_exactly_what_stands_on_it(
    copy: Path, elsewhere: Edit
) -> None:
    with Store.open(copy, read_only=True) as store:
        events, stages = over(store, WORD)
        source = store.sources()[0].id
    assert len(events) == 4
    assert len(stages) == 2
    elsewhere(change_letter(WORD))
    with Store.open(copy, read_only=True) as store:
        timeline = store.timeline()
        assert set(timeline.flaws.broken.tolist()) == events
        assert timeline.flaws.broken_stages == stages
        assert timeline.flaws.changed_sources == {source}
        marked = timeline.columns.id[timeline.columns.broken]
        assert set(marked.tolist()) == events
        assert {row.id for row in store.events() if row.broken} == events
        assert [row.changed for row in store.sources()] == [True]
        assert store.source(source).changed
        assert timeline.flaws.of(("stage", next(iter(stages)))) == ("broken",)


def test_what_is_put_back_is_marked_no_longer(copy: Path, elsewhere: Edit) -> None:
    with Store.open(copy, read_only=True) as store:
        letter = store.source(store.sources()[0].id).source.text[WORD]
    elsewhere(change_letter(WORD))
    with Store.open(copy) as store:
        assert broken(store)
        store.revert("undo")
        assert not broken(store)
        assert not store.timeline().flaws.changed_sources
        store.revert("redo")
        assert broken(store)
    elsewhere(change_letter(WORD).replace("★", letter))
    with Store.open(copy) as store:
        assert not broken(store)


def test_words_and_anchors_changed_by_another_program_are_marked_too(
    copy: Path, elsewhere: Edit
) -> None:
    quote = "(SELECT quote_id FROM anchor WHERE start <= 600 AND end > 600)"
    with Store.open(copy, read_only=True) as store:
        events, _ = over(store, WORD)
    elsewhere(f"UPDATE quote SET exact = exact || ' 한미동맹' WHERE id = {quote}")
    with Store.open(copy) as store:
        assert broken(store) == events
        store.revert("undo")
        assert not broken(store)
    elsewhere("UPDATE anchor SET start = start + 1 WHERE start <= 600 AND end > 600")
    with Store.open(copy) as store:
        assert broken(store) == events


def test_a_text_changed_past_the_log_is_marked_once_its_source_is_distrusted(copy: Path) -> None:
    with Store.open(copy, read_only=True) as store:
        events, _ = over(store, WORD)
    with closing(sqlite3.connect(copy)) as connection, connection:
        trigger, sql = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE tbl_name = 'source' AND type = 'trigger'"
            " AND sql LIKE '%AFTER UPDATE%'"
        ).fetchone()
        connection.execute(f'DROP TRIGGER "{trigger}"')
        connection.execute(change_letter(WORD))
        connection.execute(sql)
    with Store.open(copy, read_only=True) as store:
        assert not broken(store)
        found = store.verify()
        store.distrust(found.changed_sources)
        assert broken(store) == events


def test_a_quote_that_disputes_more_than_novelty_marks_its_event(store: Store) -> None:
    plain = store.find_event("korus-signed")
    assert plain is not None
    stage = store.timeline().stages[-1].id
    source = store.source(store.sources()[0].id).source
    assert store.timeline().flaws.of(("event", plain)) == ()
    for aspect, marks in (("novelty", ()), ("date", ("disputed",))):
        draft = QuoteDraft(
            start=40,
            end=60,
            speaker=voice_of(source, store.speakers(source.id)),
            language="en",
            form="reporter",
            evidence=(
                EvidenceDraft(("event", plain), "disputes", aspect),
                EvidenceDraft(("stage", stage), "disputes", aspect),
            ),
        )
        store.apply(ChangeSet(added(source, draft).changes))
        flaws = store.timeline().flaws
        assert flaws.of(("event", plain)) == flaws.of(("stage", stage)) == marks


def test_of_several_editions_the_newest_accepted_one_decides(store: Store) -> None:
    old = store.rows_about("source", [store.sources()[0].id])["source"]
    ((source_id, row),) = old.items()
    newer = new_id()
    copied = {**row, "slug": None, "supersedes_id": source_id}
    quote = store.quotes()[2]
    anchor = {"quote_id": quote.id, "source_id": newer, "start": 0, "end": 4, "before": "",
              "after": "", "state": "broken", "score": 70, "accepted": 0}  # fmt: skip
    ident = new_id()
    store.apply(ChangeSet((Insert("source", newer, copied), Insert("anchor", ident, anchor))))
    assert not broken(store)
    store.apply(ChangeSet((Update("anchor", ident, {"accepted": 1}),)))
    assert broken(store) == {each.target[1] for each in quote.evidence if each.target[0] == "event"}


def test_an_event_without_a_date_has_its_marks_too(store: Store, copy: Path) -> None:
    event = new_id()
    kind = store.timeline().kinds[0].id
    quote = store.quotes()[0].id
    evidence = {"quote_id": quote, "event_id": event, "stance": "disputes", "aspect": "existence",
                "mode": "report"}  # fmt: skip
    values = {"kind_id": kind, "title_ko": Bilingual("", "날짜 없는 회담").ko}
    store.apply(ChangeSet((Insert("event", event, values), Insert("evidence", new_id(), evidence))))
    assert store.timeline().flaws.of(("event", event)) == ("disputed",)
