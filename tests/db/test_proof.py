"""Quotes against their sources: what another program changed is seen at once, and exactly that."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from db.changes import ChangeSet, Insert
from db.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from db.details import QuoteRow
    from tests.db.conftest import Edit

ARTICLE = "asia-business-daily-2022-05-18"
WORD = 790  # within the quote at 736, on the word "technology"


def change_letter(at: int) -> str:
    """What a person types into the sqlite3 shell to change one character of the article."""
    return (
        f"UPDATE source SET text = substr(text, 1, {at}) || '★' || substr(text, {at + 2})"
        f" WHERE slug = '{ARTICLE}'"
    )


def over(rows: tuple[QuoteRow, ...], at: int) -> set[int]:
    """The quotes whose words stand over a character."""
    return {
        row.id
        for row in rows
        if any(each.anchor.start <= at < each.anchor.end for each in row.anchors)
    }


def article(store: Store) -> int:
    return next(each.id for each in store.sources() if each.slug == ARTICLE)


def next_edition(store: Store, text: str, older: int, source_id: int = 77) -> int:
    """Stores a text as the edition that supersedes another one."""
    data = text.encode()
    values = {
        "title_ko": "아시아경제 새 판",
        "language": "en",
        "media_type": "text/plain",
        "reader": "plain text",
        "blob_sha256": sha256(data).hexdigest(),
        "text": text,
        "supersedes_id": older,
    }
    store.apply(ChangeSet((Insert("source", source_id, values),), blobs=(data,)))
    return source_id


def anchor(quote_id: int, source_id: int, **values: object) -> Insert:
    usual = {"start": 0, "end": 4, "before": "", "after": "", "state": "moved", "score": 90}
    columns = {"quote_id": quote_id, "source_id": source_id, "accepted": 1, **usual, **values}
    return Insert("anchor", quote_id % 1000 + 5, columns)  # type: ignore[arg-type]


def test_every_shipped_quote_is_intact_and_every_source_as_it_was_stored(store: Store) -> None:
    found = store.verify()
    assert (found.changed_sources, found.broken) == ((), ())
    assert {each.state for each in found.standings} == {"intact"}
    rows = store.quotes()
    assert len(rows) == 20
    assert [row.state for row in rows] == ["intact"] * 20
    starts = [row.anchors[0].anchor.start for row in rows]
    assert starts == sorted(starts)
    assert all(row.anchors[0].place for row in rows)


@pytest.mark.parametrize("at", [WORD, 0, 300, 3075])
def test_one_changed_character_breaks_exactly_the_quotes_over_it_and_flags_the_source(
    copy: Path, elsewhere: Edit, at: int
) -> None:
    with Store.open(copy, read_only=True) as store:
        meant, source = over(store.quotes(), at), article(store)
    elsewhere(change_letter(at))
    with Store.open(copy, read_only=True) as store:
        found = store.verify()
        assert found.changed_sources == (source,)
        assert set(found.broken) == meant
        assert {row.id for row in store.quotes() if row.state == "broken"} == meant
        problems = store.check()
    assert ("source.text", source) in {(each.code, each.id) for each in problems}
    told = {each.id for each in problems if each.table == "quote"}
    assert meant <= told
    assert [each.code for each in problems if each.id in meant] == ["quote.words"] * len(meant)


def test_a_changed_character_between_two_quotes_breaks_neither(copy: Path, elsewhere: Edit) -> None:
    """It is in the surroundings of both: the source is flagged, and nothing else."""
    with Store.open(copy, read_only=True) as store:
        assert not over(store.quotes(), 824)
        source = article(store)
    elsewhere(change_letter(824))
    with Store.open(copy, read_only=True) as store:
        assert store.verify().broken == ()
        assert [(each.code, each.id) for each in store.check()] == [("source.text", source)]


def test_a_broken_quote_is_broken_wherever_its_event_and_its_source_show_it(
    copy: Path, elsewhere: Edit
) -> None:
    elsewhere(change_letter(WORD))
    with Store.open(copy, read_only=True) as store:
        (broken,) = [row for row in store.quotes() if row.state == "broken"]
        target = next(each.target for each in broken.evidence if each.target[0] == "event")
        shown = [each for each in store.event(target[1]).quotes if each.quote.id == broken.id]
        assert shown[0].quote.state == "broken"
        assert shown[0].anchor is not None
        assert shown[0].anchor.state == "broken"
        in_source = store.source(article(store)).quotes
        assert {each.quote.id for each in in_source if each.anchor.state == "broken"} == {broken.id}


def test_a_character_that_is_put_back_makes_the_quotes_whole_again(
    copy: Path, elsewhere: Edit
) -> None:
    with Store.open(copy, read_only=True) as store:
        letter = store.source(article(store)).source.text[WORD]
    elsewhere(change_letter(WORD), change_letter(WORD).replace("★", letter))
    with Store.open(copy, read_only=True) as store:
        found = store.verify()
        assert (found.changed_sources, found.broken) == ((), ())


def test_the_state_of_a_quote_is_that_of_its_accepted_anchor_in_the_newest_edition(
    store: Store,
) -> None:
    first, second, third = store.quotes()[:3]
    text = f"새 판. {second.exact}"
    newer = next_edition(store, text, article(store))
    place = {"start": 5, "end": 5 + len(second.exact)}
    store.apply(
        ChangeSet((
            anchor(first.id, newer, state="broken", score=60),
            anchor(second.id, newer, **place),
            anchor(third.id, newer, state="broken", score=0, accepted=0),
        ))
    )  # fmt: skip
    states = {row.id: row.state for row in store.quotes()}
    assert (states[first.id], states[second.id], states[third.id]) == ("broken", "moved", "intact")
    rows = {row.id: row for row in store.quotes()}
    assert [each.anchor.source_id for each in rows[third.id].anchors] == [article(store), newer]
    assert store.check() == []


def test_a_newer_edition_is_to_be_searched_for_every_quote_of_the_older(store: Store) -> None:
    old = article(store)
    (edition,) = store.sought_after(old)
    assert (edition.source_id, len(edition.quotes)) == (old, 20)
    first = edition.quotes[0]
    assert edition.text[first.selector.start : first.selector.end] == first.selector.exact


def test_the_third_edition_is_searched_for_a_quote_where_it_stood_last(store: Store) -> None:
    old = article(store)
    first, second = store.quotes()[:2]
    text = f"둘째 판. {first.exact}"
    newer = next_edition(store, text, old)
    there = anchor(first.id, newer, start=6, end=6 + len(first.exact))
    gone = anchor(second.id, newer, start=0, end=0, state="broken", score=0)
    store.apply(ChangeSet((there, gone)))
    from_newer, from_old = store.sought_after(newer)
    assert [each.quote_id for each in from_newer.quotes] == [first.id]
    assert (from_newer.source_id, from_old.source_id) == (newer, old)
    assert second.id in {each.quote_id for each in from_old.quotes}
    assert len(from_old.quotes) == 19


def test_the_speakers_of_a_document_come_first(store: Store) -> None:
    store.apply(ChangeSet((Insert("speaker", 5, {"name_ko": "가나다", "named": 1}),)))
    names = [each.name.ko for each in store.speakers(article(store))]
    assert names[-1] == "가나다"
    assert names[0] == "김태효"
    assert len(names) == len(store.speakers())
