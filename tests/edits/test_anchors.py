"""Anchors in a newer edition: proposed for every quote, accepted by somebody or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.changes import ChangeSet, Insert
from db.errors import AllianceError
from db.store import Store
from viewer.edits import anchors

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from db.details import QuoteRow
    from db.records import Source
    from viewer.edits.edit import Edit

NEW = 77
PREFACE = "다시 펴내며. 오탈자를 바로잡았다.\n"


@pytest.fixture
def store(copy: Path) -> Iterator[Store]:
    with Store.open(copy) as opened:
        yield opened


def written(store: Store, edit: Edit) -> None:
    store.apply(ChangeSet(edit.changes, label=edit.label, author="홍길동"))


def old_source(store: Store) -> Source:
    found = next(
        each.id for each in store.sources() if each.slug == "asia-business-daily-2022-05-18"
    )
    return store.source(found).source


def next_edition(store: Store, text: str) -> Source:
    old = old_source(store)
    values = {
        "title_ko": "둘째 판", "language": "en", "media_type": "text/plain",
        "reader": "plain text", "blob_sha256": old.blob_sha256, "text": text,
        "supersedes_id": old.id,
    }  # fmt: skip
    store.apply(ChangeSet((Insert("source", NEW, values),)))
    return store.source(NEW).source


def proposals(store: Store, text: str) -> list[QuoteRow]:
    """Stores a text as a newer edition and searches it; the quotes afterwards."""
    editions = store.sought_after(old_source(store).id)
    next_edition(store, text)
    store.apply(ChangeSet(anchors.proposed(NEW, text, editions)))
    return list(store.quotes())


def test_a_new_edition_gets_a_proposal_for_every_quote_and_the_old_one_stays_as_it_is(
    store: Store,
) -> None:
    before = {row.id: row.anchors for row in store.quotes()}
    old = old_source(store)
    text = PREFACE + old.text.replace("technology alliance", "technological alliance")
    for row in proposals(store, text):
        first, second = row.anchors
        assert (first,) == before[row.id]
        assert (second.anchor.source_id, second.anchor.accepted) == (NEW, False)
        changed = "technology alliance" in row.exact
        assert second.anchor.state == ("broken" if changed else "moved")
        assert second.anchor.score >= 85
        there = text[second.anchor.start : second.anchor.end]
        assert there == row.exact.replace("technology alliance", "technological alliance")
        assert row.state == "intact"  # nothing is accepted yet
    assert old_source(store) == old
    assert store.check() == []


def test_accepted_proposals_decide_the_state_and_undo_takes_that_back(store: Store) -> None:
    old = old_source(store)
    rows = proposals(store, PREFACE + old.text.replace("technology", "technological"))
    ids = [row.anchors[1].anchor.id for row in rows]
    stored = store.rows_about("anchor", ids)
    sure = [each for each in ids if anchors.is_sure(stored["anchor"][each])]
    edit = anchors.anchors_accepted(stored, sure)
    assert edit.label == f"accept-anchors: {len(sure)}"
    written(store, edit)
    states = {row.state for row in store.quotes()}
    assert states == {"moved", "intact"}  # one with other words is never among the sure ones
    written(store, anchors.anchors_accepted(stored, set(ids) - set(sure)))
    assert {row.state for row in store.quotes()} == {"moved", "broken"}
    assert store.check() == []
    broken = next(task for task in store.worklist() if task.kind == "broken")
    assert broken.count > 0
    again = anchors.anchors_accepted(store.rows_about("anchor", sure), sure)
    assert again.changes == ()
    store.revert("undo")
    store.revert("undo")
    assert {row.state for row in store.quotes()} == {"intact"}


def test_the_phrase_that_gives_a_quote_to_its_speaker_is_found_again(store: Store) -> None:
    old = old_source(store)
    text = PREFACE + old.text
    rows = proposals(store, text)
    ids = [row.anchors[1].anchor.id for row in rows]
    assert any(row.anchors[0].anchor.attribution_start is not None for row in rows)
    for row in rows:
        first, second = (each.anchor for each in row.anchors)
        if first.attribution_start is None:
            assert second.attribution_start is None
        else:
            assert second.attribution_start == first.attribution_start + len(PREFACE)
    written(store, anchors.anchors_accepted(store.rows_about("anchor", ids), ids))
    assert store.check() == []


def test_a_quote_that_is_not_in_the_new_edition_is_proposed_as_broken_and_nowhere(
    store: Store,
) -> None:
    rows = proposals(store, "전혀 다른 글이다. 아무 말도 남지 않았다.")
    assert {(a.state, a.score, a.start, a.end) for row in rows for a, _ in row.anchors[1:]} == {
        ("broken", 0, 0, 0)
    }
    assert all(row.anchors[1].anchor.before == row.anchors[0].anchor.before for row in rows)


def test_a_passage_that_stands_twice_now_is_no_sure_proposal(store: Store) -> None:
    old = old_source(store)
    rows = proposals(store, old.text + "\n" + old.text)
    ids = [row.anchors[1].anchor.id for row in rows]
    stored = store.rows_about("anchor", ids)["anchor"]
    edge = [row for row in rows if row.anchors[0].anchor.start == 0]
    doubtful = [row for row in rows if not anchors.is_sure(stored[row.anchors[1].anchor.id])]
    assert len(doubtful) >= len(rows) - len(edge)
    assert all(row.anchors[1].anchor.score <= 50 for row in doubtful)


def test_what_was_accepted_stays_and_declined_proposals_are_gone(store: Store) -> None:
    rows = proposals(store, PREFACE + old_source(store).text)
    ids = [row.anchors[1].anchor.id for row in rows]
    kept = anchors.anchors_accepted(store.rows_about("anchor", ids), ids[:1])
    written(store, kept)
    written(store, anchors.anchors_declined(store.rows_about("anchor", ids), ids))
    assert sum(len(row.anchors) for row in store.quotes()) == 21
    in_newest, in_old = store.sought_after(NEW)
    assert (len(in_newest.quotes), len(in_old.quotes)) == (1, 19)


@pytest.mark.parametrize("words", ["same", "other"])
def test_somebody_says_where_a_quote_stands(store: Store, words: str) -> None:
    old = old_source(store)
    rows = proposals(store, "아무 말도 남지 않았다. " + old.text[700:900])
    quote = next(row for row in rows if row.anchors[0].anchor.start == 736)
    source = store.source(NEW).source
    start = source.text.index(quote.exact)
    end = start + len(quote.exact) - (5 if words == "other" else 0)
    about = store.rows_about("quote", [quote.id])
    written(store, anchors.anchored(about, quote.id, source, start, end))
    found = next(row for row in store.quotes() if row.id == quote.id)
    assert found.state == ("moved" if words == "same" else "broken")
    assert (found.anchors[1].anchor.start, found.anchors[1].anchor.accepted) == (start, True)
    assert len(found.anchors) == 2
    with pytest.raises(AllianceError, match=r"quote\.place"):
        anchors.anchored(about, quote.id, source, 5, 10**6)


def test_a_quote_put_back_to_its_own_words_in_its_own_source_is_intact(store: Store) -> None:
    quote = store.quotes()[3]
    about = store.rows_about("quote", [quote.id])
    anchor = quote.anchors[0].anchor
    assert (
        anchors.anchored(about, quote.id, old_source(store), anchor.start, anchor.end).changes == ()
    )
