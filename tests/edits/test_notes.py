"""Notes on events and stages, and the callouts they may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.changes import ChangeSet
from db.errors import AllianceError
from db.store import Store
from viewer.edits import notes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from viewer.edits.edit import Edit

NOW, LATER = "2026-11-25T22:41:00.000Z", "2026-11-26T08:00:00.000Z"


@pytest.fixture
def store(copy: Path) -> Iterator[Store]:
    with Store.open(copy) as opened:
        yield opened


def written(store: Store, edit: Edit) -> None:
    store.apply(ChangeSet(edit.changes, label=edit.label))


def test_a_note_is_written_rewritten_and_deleted(store: Store) -> None:
    event = store.find_event("ipef-launch-2022")
    assert event is not None
    edit = notes.added(("event", event), "**도쿄**에서 확인할 것", "홍길동", NOW)
    written(store, edit)
    assert edit.made is not None
    ident = edit.made[1]
    (note,) = store.event(event).notes
    assert (note.text, note.author, note.time) == ("**도쿄**에서 확인할 것", "홍길동", NOW)
    rows = store.rows_about("note", [ident])
    assert notes.edited(rows, ident, note.text, "김철수", LATER, None).changes == ()
    written(store, notes.edited(rows, ident, "확인함", "김철수", LATER, (5, 6)))
    (note,) = store.event(event).notes
    assert (note.text, note.author, note.time) == ("확인함", "김철수", LATER)
    assert (note.callout_x, note.callout_y) == (5, 6)
    rows = store.rows_about("note", [ident])
    # A callout that stands already keeps its place.
    assert notes.edited(rows, ident, note.text, "김철수", LATER, (70, 80)).changes == ()
    written(store, notes.deleted(store.rows_about("note", [ident]), ident))
    assert store.event(event).notes == ()


def test_a_note_on_a_stage_stands_as_a_callout_moves_and_goes(store: Store) -> None:
    stage = store.timeline().stages[1].id
    edit = notes.added(("stage", stage), "동맹의 시작", "", NOW)
    written(store, edit)
    assert edit.made is not None
    ident = edit.made[1]

    def place() -> tuple[int | None, int | None]:
        (note,) = store.stage(stage).notes
        return note.callout_x, note.callout_y

    for wanted, what in (((40, -30), "show-callout"), ((0, 12), "move-callout")):
        step = notes.shown(store.rows_about("note", [ident]), ident, wanted)
        assert step.what == what
        written(store, step)
        assert place() == wanted
    written(store, notes.hidden(store.rows_about("note", [ident]), ident))
    assert place() == (None, None)


@pytest.mark.parametrize(("words", "code"), [(" \n", "note.empty"), ("가" * 20_001, "note.long")])
def test_a_note_without_words_or_with_far_too_many_is_refused(words: str, code: str) -> None:
    with pytest.raises(AllianceError) as refused:
        notes.added(("event", 1), words, "홍길동", NOW)
    assert refused.value.code == code
