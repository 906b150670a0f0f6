"""Drafts as they are kept: what is read back is what was written, and nothing else is taken."""

from __future__ import annotations

import json

import pytest

from db.records import Bilingual
from viewer.edits import kept
from viewer.edits.drafts import CitationDraft, ClaimDraft, DateDraft, EventDraft, LinkDraft
from viewer.edits.kept import KeptDraft

DRAFT = EventDraft(
    title=Bilingual(None, "한미정상회담"),
    kind_id=4,
    lane_ids=(7, 2),
    summary=Bilingual("Two lines\nof “words”", "공동성명 채택"),
    dates=(DateDraft("2022년 5월 21", primary=True), DateDraft("봄", "announced", id=12)),
    citations=(CitationDraft("공동성명", "백악관", locator="3쪽", id=5),),
    claims=(ClaimDraft("date", Bilingual("day"), Bilingual("21일쯤"), citation_id=5),),
    links=(LinkDraft("leads to", 99, outgoing=False),),
    tag_ids=(3,),
    new_tags=("공급망",),
)
KEPT = KeptDraft(
    DRAFT, EventDraft(Bilingual(), 4, (7,)), None, "2026-11-25T22:40:00.000Z", {"lanes": "경"}
)


def test_a_draft_is_read_back_as_it_was_written() -> None:
    assert kept.read(kept.written(KEPT)) == KEPT


def test_korean_stands_in_it_as_korean() -> None:
    assert "한미정상회담" in kept.written(KEPT).decode()


@pytest.mark.parametrize(
    "spoilt",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        kept.written(KEPT)[:-40],
        kept.written(KEPT).replace(b'"format": 1', b'"format": 2'),
        kept.written(KEPT).replace(b'"kind_id": 4', b'"kind_id": "4"'),
        kept.written(KEPT).replace(b'"importance": 3', b'"importance": true'),
        kept.written(KEPT).replace(b'"new_tags": [', b'"new_tags": [7, '),
    ],
)
def test_what_is_damaged_or_of_another_kind_is_no_draft(spoilt: bytes) -> None:
    assert kept.read(spoilt) is None


def test_a_field_that_is_missing_makes_it_none() -> None:
    found = json.loads(kept.written(KEPT))
    del found["typed"]["place"]
    assert kept.read(json.dumps(found).encode()) is None


def test_an_untouched_form_has_begun_nothing() -> None:
    assert not KeptDraft(DRAFT, DRAFT, None, "", {"tags": " "}).begun
    assert KeptDraft(DRAFT, DRAFT, None, "", {"tags": "기"}).begun
    assert KEPT.begun
