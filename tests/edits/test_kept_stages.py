"""What the form of a stage keeps on the disk comes back as it was, or not at all."""

from __future__ import annotations

import json

import pytest

from db.records import Bilingual
from viewer.edits.kept_stages import KeptStage, read, written
from viewer.edits.stages import StageDraft

DRAFT = StageDraft(
    Bilingual(ko="경제동맹"),
    2**52,
    None,
    7,
    None,
    summary=Bilingual("One\n“two”", "하나\n둘"),
    alternatives=((3, Bilingual()), (4, Bilingual(ko="발효를 기준으로"))),
)


def test_a_draft_comes_back_as_it_was_written() -> None:
    assert read(written(KeptStage(DRAFT, DRAFT))) == DRAFT


@pytest.mark.parametrize("cut", [0, 1, 40, -2])
def test_what_is_damaged_is_not_taken_for_a_draft(cut: int) -> None:
    assert read(written(KeptStage(DRAFT, DRAFT))[:cut]) is None


@pytest.mark.parametrize(
    ("name", "value"),
    [("start_event_id", "7"), ("title", "경제"), ("alternatives", [[1]]), ("stage-format", 2)],
)
def test_a_field_of_another_kind_is_not_taken(name: str, value: object) -> None:
    found = json.loads(written(KeptStage(DRAFT, DRAFT)))
    assert read(json.dumps({**found, name: value}).encode()) is None
