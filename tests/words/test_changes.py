"""What was done, in words: of the label that the log keeps, in either language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.changes import BOTH, ChangeSet
from db.records import Bilingual
from db.store import Store
from viewer.edits import events
from viewer.edits.edit import Edit, named
from viewer.words.changes import change_words

if TYPE_CHECKING:
    from pathlib import Path


def label(en: str | None, ko: str | None) -> str:
    return Edit("add-event", named(Bilingual(en, ko)), ()).label


def test_an_event_is_called_by_the_title_in_the_language_of_the_reader(copy: Path) -> None:
    with Store.open(copy) as store:
        event_id = store.find_event("korus-signed")
        assert event_id is not None
        edit = events.deleted(store.rows_about("event", [store.find_event("sofa-1966") or 0]))
        store.apply(ChangeSet(edit.changes, label=edit.label))
        found = store.changesets()[-1].label
    assert change_words(found, "en") == "Delete “Status of Forces Agreement (SOFA)”"
    assert "주둔군지위협정" in change_words(found, "ko")
    assert "Status" not in change_words(found, "ko")


def test_a_title_in_one_language_serves_both() -> None:
    for found in (label("한미 정상 통화", None), label(None, "한미 정상 통화")):
        assert BOTH not in found
        assert "한미 정상 통화" in change_words(found, "en")
        assert "한미 정상 통화" in change_words(found, "ko")


def test_a_long_title_leaves_room_for_the_other(copy: Path) -> None:
    found = label("long " * 60, "짧은 제목")
    assert "짧은 제목" in change_words(found, "ko")
    assert change_words(found, "en").startswith("Add “long long")
    assert len(found) < 120
