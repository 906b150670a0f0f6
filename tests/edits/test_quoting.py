"""Edits of quotes: taken from a source, edited, deleted, each as one step of undo."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from db.changes import ChangeSet, Insert
from db.errors import AllianceError
from db.quotes import CONTEXT
from db.records import Bilingual
from db.store import Store
from viewer.edits import quoting
from viewer.edits.drafts import DateDraft, EventDraft
from viewer.edits.quote_drafts import (
    EvidenceDraft,
    QuoteDraft,
    SpeakerDraft,
    TranslationDraft,
    draft_of_quote,
    voice_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from db.details import QuoteRow
    from db.records import Source
    from viewer.edits.edit import Edit

SAID = "It is expected that a South Korea-U.S. technology alliance will be added at this summit."
PART = "a South Korea-U.S. technology alliance"


@pytest.fixture
def store(copy: Path) -> Iterator[Store]:
    with Store.open(copy) as opened:
        yield opened


def article(store: Store) -> Source:
    found = next(
        each.id for each in store.sources() if each.slug == "asia-business-daily-2022-05-18"
    )
    return store.source(found).source


def written(store: Store, edit: Edit) -> None:
    store.apply(ChangeSet(edit.changes, label=edit.label, author="홍길동"))


def row(store: Store, ident: int) -> QuoteRow:
    return next(each for each in store.quotes() if each.id == ident)


def shipped(store: Store, slug: str) -> int:
    return next(each.id for each in store.quotes() if each.slug == slug)


def draft(source: Source, words: str = PART, **given: object) -> QuoteDraft:
    start = source.text.index(words)
    made = QuoteDraft(start, start + len(words), SpeakerDraft(Bilingual(ko="김태효")), "en")
    return replace(made, **given)  # type: ignore[arg-type]


def event_draft(store: Store) -> EventDraft:
    timeline = store.timeline()
    return EventDraft(
        title=Bilingual(ko="기술 동맹 예고"),
        kind_id=timeline.kinds[0].id,
        lane_ids=(timeline.lanes[2].id,),
        dates=(DateDraft("2022-05-18", primary=True),),
    )


def everything(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of the tables that quotes are made of."""
    tables = (
        "quote", "anchor", "evidence", "figure", "quote_translation", "claim", "speaker", "event",
    )  # fmt: skip
    with closing(sqlite3.connect(path)) as connection:
        return {
            table: connection.execute(f"SELECT * FROM {table} ORDER BY id").fetchall()
            for table in tables
        }


def test_a_quote_keeps_its_words_its_place_and_what_surrounds_it(store: Store) -> None:
    source = article(store)
    whole = draft(
        source,
        attribution="adding",
        form="attributed",
        note=Bilingual(ko="정상회담 사흘 전의 전망"),
        translations=(TranslationDraft("ko", "한미 기술 동맹", Bilingual(ko="홍길동")),),
    )
    edit = quoting.added(source, whole)
    written(store, edit)
    assert edit.made is not None
    found = row(store, edit.made[1])
    assert (found.exact, found.state, found.form) == (PART, "intact", "attributed")
    assert (found.speaker.name.ko, found.speaker.named) == ("김태효", True)
    ((anchor, place),) = found.anchors
    assert source.text[anchor.start : anchor.end] == PART
    assert anchor.before == source.text[anchor.start - CONTEXT : anchor.start]
    assert anchor.after == source.text[anchor.end : anchor.end + CONTEXT]
    assert (anchor.accepted, anchor.score, place) == (True, 100, "3")
    assert store.check() == []
    stored = draft_of_quote(store.rows_about("quote", [found.id]), found.id)
    assert replace(stored, speaker=whole.speaker, translations=()) == replace(
        whole, translations=()
    )
    store.revert("undo")
    assert len(store.quotes()) == 20


def test_a_quote_and_the_event_it_is_evidence_for_are_made_in_one_step(store: Store) -> None:
    source = article(store)
    stage = next(each.id for each in store.timeline().stages if each.slug == "technology-alliance")
    new = draft(
        source,
        evidence=(
            EvidenceDraft(None, mode="forecast"),
            EvidenceDraft(("stage", stage), "context", "novelty", note=Bilingual(ko="참고")),
        ),
    )
    edit = quoting.added(source, new, event_draft(store))
    written(store, edit)
    assert edit.made is not None
    assert edit.made[0] == "event"
    detail = store.event(edit.made[1])
    assert detail.event.title.ko == "기술 동맹 예고"
    (shown,) = detail.quotes
    assert (shown.quote.exact, shown.evidence.mode, shown.quote.state) == (
        PART, "forecast", "intact",
    )  # fmt: skip
    assert PART in [each.quote.exact for each in store.stage(stage).quotes]
    store.revert("undo")
    assert store.find_titles("기술 동맹 예고") == ()
    assert len(store.quotes()) == 20


def test_the_author_of_a_document_speaks_where_nobody_is_quoted(store: Store) -> None:
    source = article(store)
    known = voice_of(source, store.speakers(source.id))
    assert known in [each.id for each in store.speakers() if each.name.ko == "이기민"]
    unknown = replace(source, author=Bilingual(), publisher=Bilingual(ko="외교부"))
    assert voice_of(unknown, store.speakers()) == SpeakerDraft(Bilingual(ko="외교부"))


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"start": 5, "end": 5}, "quote.place"),
        ({"start": -1}, "quote.place"),
        ({"end": 10**6}, "quote.place"),
        ({"speaker": SpeakerDraft(Bilingual())}, "quote.speaker"),
        ({"attribution": "라고 말했다"}, "quote.attribution"),
        ({"translations": (TranslationDraft("ko", " ", Bilingual(ko="홍")),)}, "quote.translation"),
        ({"translations": (TranslationDraft("ko", "말", Bilingual()),)}, "quote.translation"),
        ({"translations": (TranslationDraft("ko", "말", Bilingual(ko="홍")),) * 2},
         "quote.translation"),
        ({"evidence": (EvidenceDraft(None),)}, "quote.target"),
    ],
)  # fmt: skip
def test_what_is_no_quote_is_refused(store: Store, given: dict[str, object], code: str) -> None:
    source = article(store)
    with pytest.raises(AllianceError) as refused:
        quoting.added(source, draft(source, **given))
    assert refused.value.code == code


def test_blanks_alone_are_no_quote_and_those_at_the_ends_can_be_left_out(store: Store) -> None:
    source = replace(article(store), text="앞말  \n  한미 동맹 \n뒷말")
    with pytest.raises(AllianceError, match=r"quote\.empty"):
        quoting.added(source, QuoteDraft(2, 5, 1, "ko"))
    assert quoting.trimmed(source.text, 2, 14) == (7, 12)
    assert source.text[7:12] == "한미 동맹"
    assert quoting.trimmed(source.text, 2, 5) == (5, 5)


def test_other_words_make_the_translation_stale_until_it_changes_too(store: Store) -> None:
    source, ident = article(store), shipped(store, "q04-technology-alliance-added")
    rows = store.rows_about("quote", [ident])
    before = draft_of_quote(rows, ident)
    assert before.translations
    assert not before.translations[0].stale
    shorter = replace(before, end=before.end - len(" at this summit."))
    edit = quoting.edited(rows, ident, shorter, source, {})
    written(store, edit)
    assert row(store, ident).exact == SAID.removesuffix(" at this summit.")
    assert row(store, ident).state == "intact"
    assert store.check() == []
    rows = store.rows_about("quote", [ident])
    stored = draft_of_quote(rows, ident)
    assert stored.translations[0].stale
    anew = (replace(stored.translations[0], text="한미 기술 동맹이 추가될 것", stale=False),)
    written(store, quoting.edited(rows, ident, replace(stored, translations=anew), source, {}))
    rows = store.rows_about("quote", [ident])
    assert not draft_of_quote(rows, ident).translations[0].stale
    store.revert("undo")
    store.revert("undo")
    assert row(store, ident).exact == SAID


def test_other_words_and_a_new_translation_at_once_leave_nothing_stale(store: Store) -> None:
    source, ident = article(store), shipped(store, "q04-technology-alliance-added")
    rows = store.rows_about("quote", [ident])
    before = draft_of_quote(rows, ident)
    mine = replace(
        before,
        end=before.end - len(" at this summit."),
        translations=(replace(before.translations[0], text="한미 기술 동맹이 추가될 것"),),
    )
    written(store, quoting.edited(rows, ident, mine, source, {}))
    rows = store.rows_about("quote", [ident])
    assert not draft_of_quote(rows, ident).translations[0].stale


def test_speaker_form_and_evidence_change_without_touching_the_words(store: Store) -> None:
    source, ident = article(store), shipped(store, "q04-technology-alliance-added")
    rows = store.rows_about("quote", [ident])
    before = draft_of_quote(rows, ident)
    mine = replace(
        before,
        form="attributed",
        speaker=SpeakerDraft(Bilingual(ko="대변인"), Bilingual(ko="대통령실"), named=False),
        evidence=before.evidence[:1],
    )
    edit = quoting.edited(rows, ident, mine, source, {}, before)
    assert {each.table for each in edit.changes} == {"speaker", "quote", "evidence"}
    written(store, edit)
    found = row(store, ident)
    assert (found.form, found.speaker.name.ko, found.speaker.named) == (
        "attributed", "대변인", False,
    )  # fmt: skip
    assert len(found.evidence) == 1
    again = store.rows_about("quote", [ident])
    assert quoting.edited(again, ident, draft_of_quote(again, ident), source, {}).changes == ()


def test_words_that_another_program_changed_are_not_taken_over_with_an_edit(
    store: Store, copy: Path
) -> None:
    ident = shipped(store, "q04-technology-alliance-added")
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("UPDATE source SET text = replace(text, 'technology', 'technologie')")
    source = article(store)
    rows = store.rows_about("quote", [ident])
    mine = replace(draft_of_quote(rows, ident), note=Bilingual(ko="확인할 것"))
    written(store, quoting.edited(rows, ident, mine, source, {}))
    assert (row(store, ident).exact, row(store, ident).state) == (SAID, "broken")
    rows = store.rows_about("quote", [ident])
    edit = quoting.edited(rows, ident, mine, source, {}, taken_anew=True)
    written(store, edit)
    assert "technologie" in row(store, ident).exact
    assert row(store, ident).state == "intact"


def test_what_somebody_else_changed_meanwhile_stays(store: Store) -> None:
    source, ident = article(store), shipped(store, "q04-technology-alliance-added")
    base = draft_of_quote(store.rows_about("quote", [ident]), ident)
    rows = store.rows_about("quote", [ident])
    theirs = replace(base, form="attributed")
    written(store, quoting.edited(rows, ident, theirs, source, {}))
    rows = store.rows_about("quote", [ident])
    mine = replace(base, note=Bilingual(ko="확인할 것"))
    written(store, quoting.edited(rows, ident, mine, source, {}, base))
    stored = draft_of_quote(store.rows_about("quote", [ident]), ident)
    assert (stored.form, stored.note.ko) == ("attributed", "확인할 것")


def test_other_words_are_sought_again_in_other_editions_as_proposals(store: Store) -> None:
    source, ident = article(store), shipped(store, "q04-technology-alliance-added")
    text = "Second edition.\n" + source.text
    values = {
        "title_ko": "둘째 판", "language": "en", "media_type": "text/plain",
        "reader": "plain text", "blob_sha256": source.blob_sha256, "text": text,
        "supersedes_id": source.id,
    }  # fmt: skip
    start = text.index(SAID)
    anchor = {
        "quote_id": ident, "source_id": 77, "start": start, "end": start + len(SAID),
        "before": "", "after": "", "state": "moved", "score": 100, "accepted": 1,
    }  # fmt: skip
    store.apply(ChangeSet((Insert("source", 77, values), Insert("anchor", 78, anchor))))
    rows = store.rows_about("quote", [ident])
    before = draft_of_quote(rows, ident)
    mine = replace(before, start=before.start + len("It is expected that "))
    written(store, quoting.edited(rows, ident, mine, source, {77: text}))
    found = row(store, ident)
    old, new = found.anchors
    assert (old.anchor.accepted, new.anchor.accepted) == (True, False)
    assert text[new.anchor.start : new.anchor.end] == found.exact
    assert (new.anchor.state, found.state) == ("moved", "intact")


def test_a_deleted_quote_takes_its_parts_along_and_leaves_the_claims(
    store: Store, copy: Path
) -> None:
    before = everything(copy)
    quotes = [each.id for each in store.quotes()]
    rows = store.rows_about("quote", quotes)
    claims = set(rows["claim"])
    assert claims
    assert rows["figure"]
    written(store, quoting.deleted(rows))
    after = everything(copy)
    for table in ("quote", "anchor", "evidence", "figure", "quote_translation"):
        assert after[table] == [], table
    assert len(after["claim"]) == len(before["claim"])
    assert after["speaker"] == before["speaker"]
    left = store.rows_about("claim", list(claims))["claim"]
    assert {each["quote_id"] for each in left.values()} == {None}
    assert store.check() == []
    store.revert("undo")
    assert everything(copy) == before


def test_one_deleted_quote_is_named(store: Store) -> None:
    ident = shipped(store, "q04-technology-alliance-added")
    edit = quoting.deleted(store.rows_about("quote", [ident]))
    assert edit.label == f"delete-quote: {SAID[:80]}"
    written(store, edit)
    assert len(store.quotes()) == 19


def test_a_figure_that_the_words_no_longer_state_goes(store: Store) -> None:
    source = article(store)
    quote = next(
        each for each in store.quotes()
        if store.rows_about("quote", [each.id])["figure"] and len(each.exact) > 40
    )  # fmt: skip
    rows = store.rows_about("quote", [quote.id])
    figure = next(iter(rows["figure"].values()))
    before = draft_of_quote(rows, quote.id)
    assert isinstance(figure["start"], int)
    if figure["start"] - before.start > 10:
        mine = replace(before, end=before.start + 9)
    else:
        mine = replace(before, start=before.end - 9)
    written(store, quoting.edited(rows, quote.id, mine, source, {}))
    assert store.rows_about("quote", [quote.id])["figure"] == {}


def test_a_quote_that_is_there_becomes_evidence_for_one_more_event(store: Store) -> None:
    ident = shipped(store, "q04-technology-alliance-added")
    event = store.find_event("korus-signed")
    assert event is not None
    rows = store.rows_about("quote", [ident])
    written(store, quoting.linked(rows, ident, EvidenceDraft(("event", event), "context")))
    assert ident in [each.quote.id for each in store.event(event).quotes]
    with pytest.raises(AllianceError, match=r"quote\.target"):
        quoting.linked(rows, ident, EvidenceDraft(None))
