"""Quotes out and in again: equal with all that is theirs, and by their words alone."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from db.changes import ChangeSet, Delete, Insert, Update
from db.portable import Misread, targets_of
from db.records import Bilingual
from db.store import Store
from viewer.edits import annotating, quoting
from viewer.edits.quote_drafts import EvidenceDraft, QuoteDraft, SpeakerDraft
from viewer.edits.sources import SourceDraft
from viewer.edits.sources import added as source_added
from viewer.exchange import annotations_in, annotations_out
from viewer.sources.records import Place, ReadDocument

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from db.portable import PortableQuote
    from viewer.edits.annotating import Plan

TEXT = (
    "머리말. 기술동맹이 추가될 것이다. 가나다.\n"
    "대통령은 “8개국이 참여한다”고 말했다.\n"
    "꼬리말. 기술동맹이 추가될 것이다. 라마바.\n"
)
TWICE = "기술동맹이 추가될 것이다."


@pytest.fixture
def store(copy: Path) -> Iterator[Store]:
    with Store.open(copy) as opened:
        yield opened


def all_rows(store: Store) -> dict[str, dict[int, dict[str, Any]]]:
    """Every row of a quote and of what is its own, without the random ids of the parts."""
    ids = [each.id for each in store.quotes()]
    rows = store.rows_about("quote", ids)
    told: dict[str, Any] = {"quote": dict(rows["quote"])}
    for table in ("anchor", "evidence", "figure", "quote_translation"):
        parts = (json.dumps(row, sort_keys=True) for row in rows[table].values())
        told[table] = sorted(parts)
    return told


def delete_quotes(store: Store) -> None:
    rows = store.rows_about("quote", [each.id for each in store.quotes()])
    apply(store, quoting.deleted(rows))


def apply(store: Store, edit: Any) -> None:
    made = ChangeSet(edit.changes, label=edit.label, author="홍길동", blobs=edit.blobs)
    store.apply(made)


def out(store: Store) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        annotations_out.write(store.portable_quotes(), store.file_id())
    )
    return found


def planned(store: Store, document: object, source_id: int | None = None) -> Plan:
    read = annotations_in.read(json.dumps(document).encode())
    return annotating.plan(read, store.known_quotes(targets_of(read)), source_id)


def take(store: Store, document: object, source_id: int | None = None) -> Plan:
    plan = planned(store, document, source_id)
    assert not plan.refused, [each.error for each in plan.items if each.error]
    apply(store, annotating.edit(plan, "인용.jsonld"))
    return plan


def add_source(store: Store, text: str, title: str = "공동성명") -> int:
    document = ReadDocument(
        text=text, places=(Place("1", 0, len(text)),), media_type="text/plain", reader="text",
        language="ko",
    )  # fmt: skip
    draft = SourceDraft(Bilingual(None, title), "ko")
    edit = source_added(document, draft, (title + text).encode(), store.sources())
    apply(store, edit)
    assert edit.made is not None
    return edit.made[1]


def annotation(exact: str, **given: Any) -> dict[str, Any]:
    selector = {"type": "TextQuoteSelector", "exact": exact, **given.pop("selector", {})}
    return {"type": "Annotation", "target": {"selector": [selector]}, **given}


def stripped(value: Any) -> Any:
    """A document without ids, digests and positions: nothing is left but the words."""
    if isinstance(value, list):
        return [
            stripped(each)
            for each in value
            if not (isinstance(each, dict) and each.get("type") == "TextPositionSelector")
        ]
    if isinstance(value, dict):
        gone = ("id", "alliance:textSha256", "alliance:phraseStart", "alliance:address")
        return {name: stripped(each) for name, each in value.items() if name not in gone}
    return value


def test_every_shipped_quote_comes_back_equal(store: Store) -> None:
    before, document = all_rows(store), out(store)
    assert document["total"] == 20
    delete_quotes(store)
    assert not store.quotes()
    plan = take(store, document)
    assert plan.counts() == {"added": 20, "same": 0, "kept": 0, "refused": 0}
    assert not [each for each in plan.items if each.remarks]
    assert all_rows(store) == before
    assert store.check() == []


def test_what_the_file_has_is_the_same_and_nothing_is_written(store: Store) -> None:
    plan = planned(store, out(store))
    assert plan.counts()["same"] == 20
    assert plan.changes == ()


def test_what_the_file_says_otherwise_stays_as_it_is(store: Store) -> None:
    document = out(store)
    first = store.quotes()[0]
    store.apply(ChangeSet((Update("quote", first.id, {"note_ko": "고친 비고"}),)))
    plan = planned(store, document)
    assert plan.counts() == {"added": 0, "same": 19, "kept": 1, "refused": 0}
    assert plan.changes == ()


def test_words_alone_bring_every_quote_back_to_its_place(store: Store) -> None:
    before = {each.exact: each.anchors[0].anchor for each in store.quotes()}
    document = stripped(out(store))
    assert "urn:" not in json.dumps(document["first"])
    delete_quotes(store)
    take(store, document)
    after = {each.exact: each.anchors[0].anchor for each in store.quotes()}
    assert len(after) == 20
    for exact, anchor in before.items():
        place = (anchor.source_id, anchor.start, anchor.end, anchor.before, anchor.after)
        there = after[exact]
        assert (there.source_id, there.start, there.end, there.before, there.after) == place


def test_a_quote_goes_to_another_file_that_has_the_document(store: Store, tmp_path: Path) -> None:
    source_id = add_source(store, TEXT)
    source = store.source(source_id).source
    start = TEXT.index("8개국")
    event = store.find_event("ipef-launch-2022")
    assert event is not None
    draft = QuoteDraft(
        start, start + 8, SpeakerDraft(Bilingual(None, "윤석열"), Bilingual(None, "대통령")), "ko",
        evidence=(EvidenceDraft(("event", event), "supports", "figure"),),
        note=Bilingual(None, "따옴표 안"),
    )  # fmt: skip
    apply(store, quoting.added(source, draft))
    document = out(store)
    with Store.create(tmp_path / "다른.alliance") as other:
        there = add_source(other, TEXT)
        assert there != source_id
        plan = take(other, document)
        assert plan.counts() == {"added": 1, "same": 20, "kept": 0, "refused": 0}
        quote = next(each for each in other.quotes() if each.source_id == there)
        assert quote.exact == "8개국이 참여한"
        assert quote.speaker.name.ko == "윤석열"
        assert [(each.target, each.aspect) for each in quote.evidence] == [
            (("event", event), "figure")
        ]
        assert other.check() == []


def test_an_event_that_is_not_there_is_left_out_and_told(store: Store, tmp_path: Path) -> None:
    document = out(store)
    with Store.create(tmp_path / "빈.alliance", empty=True) as empty:
        source = store.source(store.sources()[0].id).source
        add_source(empty, source.text, "기사")
        plan = take(empty, document)
        assert plan.counts()["added"] == 20
        codes = {each.code for item in plan.items for each in item.remarks}
        assert codes == {"evidence"}
        assert len(empty.quotes()) == 20
        assert empty.check() == []


def test_what_surrounds_the_words_tells_two_places_apart(store: Store) -> None:
    source_id = add_source(store, TEXT)
    last = TEXT.rindex(TWICE)
    assert TEXT.index(TWICE) < last
    document = annotation(TWICE, selector={"prefix": "꼬리말. ", "suffix": " 라마바"})
    (item,) = take(store, document).items
    assert (item.source_id, item.stretch) == (source_id, (last, last + len(TWICE)))


def test_a_position_tells_two_places_apart_where_nothing_else_does(store: Store) -> None:
    add_source(store, TEXT)
    last = TEXT.rindex(TWICE)
    document = annotation(TWICE)
    position = {"type": "TextPositionSelector", "start": last, "end": last + len(TWICE)}
    document["target"]["selector"].append(position)
    (item,) = take(store, document).items
    assert item.stretch == (last, last + len(TWICE))


def test_a_position_that_lies_never_wins_over_the_words(store: Store) -> None:
    add_source(store, TEXT)
    document = annotation("8개국이 참여한다", selector={"prefix": "대통령은 “", "suffix": "”고"})
    document["target"]["selector"].append({"type": "TextPositionSelector", "start": 1, "end": 9})
    (item,) = take(store, document).items
    start = TEXT.index("8개국이")
    assert item.stretch == (start, start + 9)


def test_the_same_surroundings_at_several_places_leave_it_open(store: Store) -> None:
    add_source(store, "양국은 협력한다. " * 50)
    document = annotation("협력한다", selector={"prefix": "양국은 ", "suffix": ". 양국은"})
    (item,) = planned(store, document).items
    assert item.error is not None
    assert item.error.code == "annotation.unclear"


def test_nobody_guesses_between_two_places(store: Store) -> None:
    add_source(store, TEXT)
    for surroundings in ({}, {"prefix": "다른 글 "}):
        (item,) = planned(store, annotation(TWICE, selector=surroundings)).items
        assert item.error is not None
        assert (item.error.code, item.error.fields["count"]) == ("annotation.unclear", 2)


def test_other_blanks_and_signs_are_the_same_words_others_are_not(store: Store) -> None:
    add_source(store, TEXT)
    (item,) = take(store, annotation('"8개국이\n참여한다"고')).items
    assert item.exact == "“8개국이 참여한다”고"
    (item,) = planned(store, annotation("“9개국이 참여한다”고")).items
    assert item.error is not None
    assert item.error.code == "annotation.source"


def test_words_that_stand_in_two_sources_need_the_source_to_be_chosen(store: Store) -> None:
    one, other = add_source(store, TEXT, "첫째"), add_source(store, TEXT + "끝", "둘째")
    document = annotation("대통령은 “8개국")
    (item,) = planned(store, document).items
    assert item.error is not None
    assert item.error.code == "annotation.sources"
    assert "첫째" in str(item.error.fields["titles"])
    (item,) = planned(store, document, other).items
    assert (item.verdict, item.source_id) == ("added", other)
    document["target"]["source"] = {"alliance:title": {"ko": "첫째"}}
    (item,) = planned(store, document).items
    assert (item.verdict, item.source_id) == ("added", one), "a title tells which"


def test_the_wrong_source_is_told_by_its_title(store: Store) -> None:
    add_source(store, TEXT)
    article = next(each for each in store.sources() if each.slug)
    document = annotation("8개국이 참여한다")
    document["target"]["source"] = f"urn:x-alliance-timeline:source:{article.id}"
    (item,) = planned(store, document).items
    assert item.error is not None
    assert item.error.code == "annotation.words"
    assert item.error.fields["title"] == article.title


def test_a_document_that_is_not_there_is_told(store: Store) -> None:
    document = annotation("어디에도 없는 말")
    document["target"]["source"] = "https://example.org/기사"
    (item,) = planned(store, document).items
    assert item.error is not None
    assert item.error.code == "annotation.source"
    assert item.error.fields["name"] == "https://example.org/기사"


def test_a_position_beyond_the_text_is_refused(store: Store) -> None:
    source_id = add_source(store, TEXT)
    selector = {"type": "TextPositionSelector", "start": 5, "end": 10_000}
    document = {"type": "Annotation", "target": {"selector": selector}}
    (item,) = planned(store, document, source_id).items
    assert item.error is not None
    assert item.error.code == "quote.place"


def test_with_one_refused_there_is_nothing_to_write(store: Store) -> None:
    add_source(store, TEXT)
    plan = planned(store, [annotation("8개국이 참여한다"), annotation("없는 말")])
    assert plan.counts() == {"added": 1, "same": 0, "kept": 0, "refused": 1}
    assert (plan.changes, plan.written) == ((), 0)


def test_the_same_words_twice_in_a_document_make_one_quote(store: Store) -> None:
    add_source(store, TEXT)
    plan = take(store, [annotation("8개국이 참여한다")] * 2)
    assert [each.verdict for each in plan.items] == ["added", "same"]


def test_one_undo_takes_all_back(store: Store) -> None:
    document = out(store)
    delete_quotes(store)
    before = all_rows(store)
    take(store, document)
    assert store.revert("undo") is not None
    assert all_rows(store) == before
    assert store.revert("redo") is not None
    assert len(store.quotes()) == 20


def test_a_place_in_a_second_edition_travels_too(store: Store) -> None:
    first = add_source(store, TEXT, "첫 판")
    second = add_source(store, "서문. " + TEXT, "둘째 판")
    source = store.source(first).source
    start = TEXT.index("8개국이")
    draft = QuoteDraft(start, start + 4, SpeakerDraft(Bilingual(None, "기자")), "ko")
    edit = quoting.added(source, draft)
    apply(store, edit)
    assert edit.made is not None
    quote_id = edit.made[1]
    there = store.source(second).source.text.index("8개국이")
    anchor = {
        "quote_id": quote_id, "source_id": second, "start": there, "end": there + 4,
        "before": "", "after": "", "state": "moved", "score": 97, "accepted": 1,
    }  # fmt: skip
    store.apply(ChangeSet((Insert("anchor", 77, anchor),)))
    document = out(store)
    rows = store.rows_about("quote", [quote_id])
    gone = [Delete(table, ident) for table in ("anchor", "evidence") for ident in rows[table]]
    store.apply(ChangeSet((*gone, Delete("quote", quote_id))))
    take(store, document)
    found = next(each for each in store.quotes() if each.id == quote_id)
    places = {each.anchor.source_id: each.anchor for each in found.anchors}
    assert (places[first].start, places[second].start) == (start, there)
    assert (places[second].state, places[second].score) == ("moved", 97)


def test_a_misread_annotation_keeps_its_reason(store: Store) -> None:
    read = annotations_in.read(b'[{"type": "Annotation"}]')
    assert isinstance(read[0], Misread)
    plan = annotating.plan(read, store.known_quotes(()))
    assert [(each.where, each.verdict) for each in plan.items] == [("$[0]", "refused")]


def test_the_speaker_of_another_programs_annotation_is_the_documents_author(store: Store) -> None:
    source_id = add_source(store, TEXT)
    store.apply(ChangeSet((Update("source", source_id, {"author_ko": "이기민"}),)))
    take(store, annotation("8개국이 참여한다"))
    quote: PortableQuote = next(
        each for each in store.portable_quotes() if each.anchors[0].source.id == source_id
    )
    assert quote.speaker is not None
    assert quote.speaker.name.ko == "이기민"
    assert replace(quote.speaker, id=None).name == Bilingual("Ki-min Lee", "이기민")
