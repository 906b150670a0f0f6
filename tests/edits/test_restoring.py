"""Restoring: what the log says of an event brings back exactly what it was."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings

from db.changes import ChangeSet, Delete, Insert, Update, new_id
from db.errors import AllianceError
from db.records import Bilingual
from db.store import Store
from tests.db.test_undo import File, Steps, small  # noqa: F401 - a fixture
from viewer.edits import events
from viewer.edits.drafts import DateDraft, EventDraft
from viewer.edits.restoring import references_then, restored, restored_field, rows_then
from viewer.words import explain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from viewer.edits.edit import Edit
    from viewer.edits.restoring import Restored


@pytest.fixture
def store(copy: Path) -> Iterator[Store]:
    with Store.open(copy) as opened:
        yield opened


def write(store: Store, edit: Edit) -> None:
    store.apply(ChangeSet(edit.changes, label=edit.label))


def bring_back(store: Store, event_id: int, before: int) -> Restored:
    story = store.history.story(("event", event_id))
    known = store.history.known(references_then(story, before))
    return restored(story, before, "사건", known)


def tried(store: Store, event_id: int, before: int) -> tuple[Restored | None, str]:
    try:
        return bring_back(store, event_id, before), ""
    except AllianceError as error:
        return None, error.code


def another(store: Store) -> int:
    """Adds an event, 한미 안보협의회의."""
    timeline = store.timeline()
    edit = events.added(
        EventDraft(
            title=Bilingual(None, "한미 안보협의회의"),
            kind_id=timeline.kinds[0].id,
            lane_ids=(timeline.lanes[0].id,),
            dates=(DateDraft("1968-05", primary=True),),
        )
    )
    write(store, edit)
    assert edit.made is not None
    return edit.made[1]


def own_rows(store: Store, event_id: int) -> dict[str, object]:
    rows = store.rows_about("event", [event_id])
    return {table: dict(each) for table, each in rows.items() if table != "stage" and each}


def find(store: Store, slug: str) -> int:
    found = store.find_event(slug)
    assert found is not None
    return found


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=Steps)
@example(steps=[("add", 0), ("add", 0), ("add", 0), ("delete", 0)])
def test_an_event_goes_back_to_each_state_that_it_was_in(
    small: Path,  # noqa: F811
    tmp_path: Path,
    steps: list[tuple[str, int]],
) -> None:
    path = tmp_path / "되돌리기.alliance"
    shutil.copyfile(small, path)
    file = File(path)
    states: dict[int, dict[int, dict[str, object]]] = {}  # event -> next seq -> rows
    try:
        for what, pick in [*steps, ("edit", 3)]:
            for event_id in file.ids("event"):
                states.setdefault(event_id, {})[file.store.last_change() + 1] = own_rows(
                    file.store, event_id
                )
            file.do(what, pick)
        for event_id, seen in states.items():
            for before, rows in seen.items():
                found, refusal = tried(file.store, event_id, before)
                if found is None:
                    assert refusal in ("restore.same", "restore.gone", "restore.lanes-gone")
                    assert refusal != "restore.same" or own_rows(file.store, event_id) == rows
                    continue
                write(file.store, found.edit)
                for table, row in found.left_out:
                    there = rows[table]
                    assert isinstance(there, dict)
                    there.pop(next(key for key, value in there.items() if value == row))
                expected = {table: each for table, each in rows.items() if each}
                assert own_rows(file.store, event_id) == expected
                assert file.store.revert("undo") is not None
    finally:
        file.close()


def test_a_deleted_event_comes_back_with_all_that_was_its_own(store: Store) -> None:
    event_id = (
        find(store, "sma-failed-and-2005-reduction") if False else find(store, "first-sma-1991")
    )
    note = {
        "event_id": event_id,
        "text": "메모",
        "author": "홍길동",
        "time": "2026-11-25T00:00:00Z",
    }
    store.apply(ChangeSet((Insert("note", new_id(), note),)))
    before = own_rows(store, event_id)
    write(store, events.deleted(store.rows_about("event", [event_id])))
    (step,) = store.history.steps(count=1)
    found = bring_back(store, event_id, step.first)
    assert found.left_out == ()
    write(store, found.edit)
    assert own_rows(store, event_id) == before
    assert len(store.event(event_id).notes) == 1


def test_what_ties_to_something_that_is_gone_is_left_out(store: Store) -> None:
    event_id = find(store, "first-sma-1991")
    other = another(store)
    ends = {"from_event_id": event_id, "to_event_id": other, "type": "amends"}
    store.apply(ChangeSet((Insert("link", new_id(), ends),)))
    both = [event_id, other]
    write(store, events.deleted(store.rows_about("event", both)))
    (step,) = store.history.steps(count=1)
    found = bring_back(store, event_id, step.first)
    assert [table for table, _ in found.left_out if table == "link"] == ["link"]
    write(store, found.edit)
    assert store.event(event_id).event.id == event_id
    assert store.check() == []


def test_an_event_whose_kind_is_gone_is_refused(store: Store) -> None:
    event_id = find(store, "first-sma-1991")
    group = store.timeline().groups[0].id
    kind = Insert(
        "kind", new_id(), {"key": "x", "group_id": group, "position": 9, "name_ko": "훈련"}
    )
    was = store.event(event_id).event.kind_id
    store.apply(ChangeSet((kind, Update("event", event_id, {"kind_id": kind.id}))))
    store.apply(ChangeSet((Update("event", event_id, {"kind_id": was}), Delete("kind", kind.id))))
    (step,) = store.history.steps(count=1)
    with pytest.raises(AllianceError, match=r"restore\.gone") as refused:
        bring_back(store, event_id, step.first)
    assert "훈련" in explain(refused.value, "en")
    (change, *_) = store.history.changes(step.first, step.last)
    known = store.history.known([("event", event_id), ("kind", kind.id)])
    with pytest.raises(AllianceError, match=r"restore\.gone"):
        restored_field(change, "kind_id", "사건", known)


def test_one_field_gets_its_former_value_and_the_others_stay(store: Store) -> None:
    event_id = find(store, "first-sma-1991")
    title = store.event(event_id).event.title
    store.apply(ChangeSet((Update("event", event_id, {"title_ko": "틀린 제목", "importance": 1}),)))
    (step,) = store.history.steps(count=1)
    (change,) = store.history.changes(step.first, step.last)
    known = store.history.known([("event", event_id)])
    write(store, restored_field(change, "title_ko", "사건", known))
    assert store.event(event_id).event.title == title
    assert store.event(event_id).event.importance == 1
    with pytest.raises(AllianceError, match=r"restore\.same"):
        restored_field(change, "title_ko", "사건", store.history.known([("event", event_id)]))


def test_a_date_that_is_restored_has_its_days_again(store: Store) -> None:
    event_id = find(store, "first-sma-1991")
    date = store.event(event_id).dates[0]
    write(store, events.redated(store.rows_about("event", [event_id]), event_id, "2031"))
    (step,) = store.history.steps(count=1)
    change = store.history.changes(step.first, step.last)[0]
    known = store.history.known([("event_date", date.id)])
    write(store, restored_field(change, "edtf", "사건", known))
    assert store.event(event_id).dates[0] == date
    assert store.check() == []


def test_before_it_was_made_there_is_nothing_to_restore(store: Store) -> None:
    made = another(store)
    (step,) = store.history.steps(count=1)
    story = store.history.story(("event", made))
    assert not any(rows_then(story, step.first).values())
    with pytest.raises(AllianceError, match=r"restore\.not-there"):
        bring_back(store, made, step.first)


def test_a_stage_comes_back_with_its_notes_and_other_starts(store: Store) -> None:
    stage = next(each for each in store.timeline().stages if each.lane_id is not None)
    ref = ("stage", stage.id)
    note = {"stage_id": stage.id, "text": "메모", "author": "나", "time": "2026-11-25"}
    store.apply(ChangeSet((Insert("note", new_id(), note),)))
    before = store.rows_about("stage", [stage.id])
    parts = [table for table, rows in before.items() if table != "stage" and rows]
    assert "note" in parts
    gone = [Delete(table, each) for table in parts for each in before[table]]
    store.apply(ChangeSet((*gone, Delete("stage", stage.id))))
    (step,) = store.history.steps(count=1)
    story = store.history.story(ref)
    known = store.history.known(references_then(story, step.first))
    found = restored(story, step.first, "단계", known)
    assert found.edit.what == "restore-stage"
    write(store, found.edit)
    assert store.rows_about("stage", [stage.id]) == before
    assert store.check() == []
