"""Edits of events: what is written for what a person wants, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from db.changes import ChangeSet, Update
from db.errors import AllianceError
from db.records import LANGUAGES, Bilingual
from db.store import Store
from viewer.edits import events
from viewer.edits.drafts import (
    CitationDraft,
    ClaimDraft,
    DateDraft,
    EventDraft,
    LinkDraft,
    conflicts,
    draft_of,
    rebased,
)
from viewer.words import explain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from viewer.edits.edit import Edit


@pytest.fixture
def store(copy: Path) -> Iterator[Store]:
    with Store.open(copy) as opened:
        yield opened


def written(store: Store, edit: Edit) -> int:
    return store.apply(ChangeSet(edit.changes, label=edit.label, author="홍길동"))


def ident(store: Store, slug: str) -> int:
    found = store.find_event(slug)
    assert found is not None
    return found


def draft(store: Store, **given: object) -> EventDraft:
    """An event of the economic lane with a Korean title and a day."""
    timeline = store.timeline()
    lane = next(each.id for each in timeline.lanes if each.key == "economic")
    made = EventDraft(
        title=Bilingual(ko="한미 반도체 대화"),
        kind_id=timeline.kinds[0].id,
        lane_ids=(lane,),
        dates=(DateDraft("2022-05-21", primary=True),),
    )
    return replace(made, **given)  # type: ignore[arg-type]


def test_a_new_event_has_all_that_its_form_held(store: Store) -> None:
    other = ident(store, "korus-signed")
    whole = draft(
        store,
        summary=Bilingual("Chips", "반도체"),
        dates=(
            DateDraft("2022-05~", "announced"),
            DateDraft("2022-05-21", "signed", primary=True, remark=Bilingual(ko="서울 시각")),
        ),
        citations=(CitationDraft("공동성명", "대통령실", "2022-05-21", "3쪽", "full"),),
        claims=(ClaimDraft("date", Bilingual(ko="서명일"), Bilingual("2022-05-20")),),
        links=(LinkDraft("implements", other),),
        new_tags=("반도체",),
    )
    edit = events.added(whole)
    written(store, edit)
    assert edit.made is not None
    found = store.event(edit.made[1])
    assert (found.event.title, found.event.confidence) == (whole.title, "edited")
    assert [(each.edtf, each.role, each.primary) for each in found.dates] == [
        ("2022-05-21", "signed", True),
        ("2022-05~", "announced", False),
    ]
    assert [each.title for each in found.citations] == ["공동성명"]
    assert [(each.type, each.outgoing, each.event_id) for each in found.links] == [
        ("implements", True, other)
    ]
    assert [each.name.ko for each in found.tags] == ["반도체"]
    assert store.rows_about("claim", [])["claim"] == {}
    assert store.check() == []


def test_an_event_without_a_date_waits_among_the_undated(store: Store) -> None:
    edit = events.added(draft(store, dates=()))
    written(store, edit)
    assert [(("event", each.id), each.title.ko) for each in store.undated()] == [
        (edit.made, "한미 반도체 대화")
    ]


@pytest.mark.parametrize(
    ("code", "given"),
    [
        ("event.title", {"title": Bilingual()}),
        ("event.lane", {"lane_ids": ()}),
        ("event.primary", {"dates": (DateDraft("2022"), DateDraft("2023"))}),
        (
            "event.primary",
            {"dates": (DateDraft("2022", primary=True), DateDraft("2023", primary=True))},
        ),
        ("event.citation", {"citations": (CitationDraft("  "),)}),
        ("event.claim", {"claims": (ClaimDraft("name", Bilingual(ko="이름"), Bilingual()),)}),
        ("event.link", {"links": (LinkDraft("related", 5), LinkDraft("related", 5))}),
        ("date.", {"dates": (DateDraft("2022-02-30", primary=True),)}),
        ("date.", {"citations": (CitationDraft("성명", edtf="언젠가"),)}),
        ("date.", {"claims": (ClaimDraft("date", Bilingual("a"), Bilingual(ko="언제")),)}),
    ],
)
def test_a_draft_that_lacks_something_is_refused(
    store: Store, code: str, given: dict[str, object]
) -> None:
    with pytest.raises(AllianceError) as refused:
        events.added(draft(store, **given))
    assert refused.value.code.startswith(code)


def test_a_stored_event_comes_back_from_its_draft_without_a_change(store: Store) -> None:
    for row in store.events():
        rows = store.rows_about("event", [row.id])
        assert events.edited(rows, row.id, draft_of(rows, row.id)).changes == ()


def test_an_edit_writes_only_what_is_other_than_before(store: Store) -> None:
    event = ident(store, "ipef-launch-2022")
    rows = store.rows_about("event", [event])
    before = draft_of(rows, event)
    edit = events.edited(rows, event, replace(before, importance=before.importance - 1))
    assert edit.changes == (Update("event", event, {"importance": before.importance - 1}),)


def test_an_edited_fact_is_answered_for_by_whoever_edits_it(store: Store) -> None:
    event = ident(store, "ipef-launch-2022")
    for fact in ("title", "summary", "place"):
        rows = store.rows_about("event", [event])
        changed = replace(draft_of(rows, event), **{fact: Bilingual("Busan", "부산")})
        written(store, events.edited(rows, event, changed))
        assert store.event(event).event.confidence == "edited"
        store.revert("undo")
        assert store.event(event).event.confidence != "edited"


def test_a_date_taken_from_an_event_goes_and_another_becomes_the_main_one(store: Store) -> None:
    event = ident(store, "ipef-launch-2022")
    rows = store.rows_about("event", [event])
    before = draft_of(rows, event)
    first = replace(before.dates[0], primary=False)
    second = DateDraft("2022-05-24", "announced", primary=True)
    written(store, events.edited(rows, event, replace(before, dates=(first, second))))
    assert [(each.edtf, each.primary) for each in store.event(event).dates] == [
        ("2022-05-24", True),
        ("2022-05-23", False),
    ]
    rows = store.rows_about("event", [event])
    main = next(each for each in draft_of(rows, event).dates if each.primary)
    written(store, events.edited(rows, event, replace(draft_of(rows, event), dates=(main,))))
    assert [each.edtf for each in store.event(event).dates] == ["2022-05-24"]


def test_what_another_hand_changed_meanwhile_stays(store: Store) -> None:
    event = ident(store, "korus-signed")
    base = draft_of(store.rows_about("event", [event]), event)
    theirs = replace(base, place=Bilingual(ko="워싱턴"))
    written(store, events.edited(store.rows_about("event", [event]), event, theirs))
    mine = replace(base, summary=Bilingual(ko="고친 요약"))
    written(store, events.edited(store.rows_about("event", [event]), event, mine, base))
    found = store.event(event).event
    assert (found.place.ko, found.summary.ko) == ("워싱턴", "고친 요약")
    assert rebased(base, mine, theirs) == replace(theirs, summary=mine.summary)
    assert conflicts(base, mine, theirs) == ()
    assert conflicts(base, replace(base, place=Bilingual(ko="서울")), theirs) == ("place",)


def test_a_citation_taken_away_leaves_the_claim_that_named_it(store: Store) -> None:
    edit = events.added(
        draft(
            store,
            citations=(CitationDraft("성명", id=77),),
            claims=(
                ClaimDraft("name", Bilingual(ko="이름"), Bilingual(ko="대화"), citation_id=77),
            ),
        )
    )
    written(store, edit)
    assert edit.made is not None
    event = edit.made[1]
    rows = store.rows_about("event", [event])
    assert [row["citation_id"] for row in rows["claim"].values()] == [77]
    without = replace(draft_of(rows, event), citations=())
    written(store, events.edited(rows, event, without))
    claims = store.rows_about("event", [event])["claim"]
    assert [row["citation_id"] for row in claims.values()] == [None]


def test_a_deleted_event_takes_what_is_its_own_and_leaves_the_quotes(store: Store) -> None:
    event = ident(store, "ipef-launch-2022")
    quotes = store.info()["quotes"]
    written(store, events.deleted(store.rows_about("event", [event])))
    with pytest.raises(AllianceError, match=r"row\.missing"):
        store.event(event)
    assert store.info()["quotes"] == quotes
    assert store.check() == []
    store.revert("undo")
    assert store.event(event).quotes


def test_an_event_that_a_stage_begins_with_is_not_deleted_nor_left_without_a_date(
    store: Store,
) -> None:
    stage = next(each for each in store.timeline().stages if each.in_force_event_id)
    rows = store.rows_about("event", [stage.start_event_id])
    with pytest.raises(AllianceError, match=r"event\.starts-stage") as refused:
        events.deleted(rows)
    for language in LANGUAGES:  # each sentence calls the stage by its own name
        assert stage.title.text(language) in explain(refused.value, language)
    undated = replace(draft_of(rows, stage.start_event_id), dates=())
    with pytest.raises(AllianceError, match=r"event\.undated-stage"):
        events.edited(rows, stage.start_event_id, undated)


def test_a_stage_loses_an_event_that_only_brought_it_into_force(store: Store) -> None:
    stage = next(each for each in store.timeline().stages if each.in_force_event_id)
    assert stage.in_force_event_id is not None
    written(store, events.deleted(store.rows_about("event", [stage.in_force_event_id])))
    assert store.stage(stage.id).stage.in_force_event_id is None


def test_a_date_is_moved_and_a_missing_one_made(store: Store) -> None:
    event = ident(store, "ipef-launch-2022")
    edit = events.redated(store.rows_about("event", [event]), event, "2022-06~")
    written(store, edit)
    assert [each.edtf for each in store.event(event).dates][:1] == ["2022-06~"]
    assert edit.label.startswith("move-event: ")
    same = events.redated(store.rows_about("event", [event]), event, "2022-06~")
    assert same.changes == ()
    undated = events.added(draft(store, dates=()))
    written(store, undated)
    assert undated.made is not None
    rows = store.rows_about("event", [undated.made[1]])
    written(store, events.redated(rows, undated.made[1], "195X"))
    assert store.undated() == ()
