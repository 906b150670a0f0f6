"""What the form of a quote holds outlives the program."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from db.paraphrases import paraphrase_in, paraphrased
from db.records import Bilingual
from viewer.edits.drafts import DateDraft, EventDraft
from viewer.edits.kept_quotes import KeptQuote, QuoteEntry, read, written
from viewer.edits.quote_drafts import (
    EvidenceDraft,
    FigureDraft,
    QuoteDraft,
    SpeakerDraft,
    TranslationDraft,
)

ENTRY = QuoteEntry(
    QuoteDraft(
        10,
        30,
        SpeakerDraft(Bilingual(ko="김태효"), Bilingual(ko="국가안보실 1차장"), named=False),
        "ko",
        note=Bilingual(ko="확인 필요"),
        translations=(TranslationDraft("en", "A translation", Bilingual(ko="홍길동"), id=4),),
        evidence=(
            EvidenceDraft(None, "disputes", "figure", "plan", Bilingual(ko="출범 때 13개국")),
            EvidenceDraft(("stage", 2**52)),
            EvidenceDraft(("", 0)),
        ),
        figures=(FigureDraft("8개국", "여덟?", Bilingual(ko="참여국"), "2022-5-18", start=12),),
    ),
    EventDraft(Bilingual(ko="IPEF 출범"), 1, (2,), dates=(DateDraft("어제", primary=True),)),
)
KEPT = KeptQuote(ENTRY, QuoteEntry(replace(ENTRY.quote, start=9)), 7, None, "2026-01-01T00:00:00Z")


@pytest.mark.parametrize(
    "kept",
    [
        KEPT,
        replace(KEPT, quote_id=3, pending={"speaker": "박", "target-0": ""}),
        replace(KEPT, typed=QuoteEntry(replace(ENTRY.quote, speaker=5))),
    ],
)
def test_a_draft_comes_back_as_it_was(kept: KeptQuote) -> None:
    assert read(written(kept)) == kept


def test_a_draft_is_begun_once_anything_is_new() -> None:
    assert KEPT.begun
    assert not replace(KEPT, typed=KEPT.base).begun
    assert replace(KEPT, typed=KEPT.base, pending={"target-0": "새 사건"}).begun


@pytest.mark.parametrize("damage", [b"", b"{}", b"\xff", b"[1]"])
def test_a_damaged_draft_is_none(damage: bytes) -> None:
    assert read(damage) is None


def test_a_draft_with_a_field_of_another_kind_is_none() -> None:
    found = json.loads(written(KEPT))
    found["typed"]["quote"]["start"] = "10"
    assert read(json.dumps(found).encode()) is None
    found = json.loads(written(KEPT))
    found["typed"]["quote"]["evidence"][1]["target"] = ["stage", "셋"]
    assert read(json.dumps(found).encode()) is None


def test_a_paraphrase_is_told_by_its_language() -> None:
    assert paraphrased(paraphrase_in("ko")) == "ko"
    assert paraphrased("ko") == ""
