"""Edits of many events at once: what is written, and where nothing is to be changed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from db.changes import ChangeSet
from db.errors import AllianceError
from db.records import Bilingual
from db.store import Store
from viewer.edits import events
from viewer.edits.drafts import DateDraft, EventDraft
from viewer.edits.moves import redated_by
from viewer.edits.moving import moved
from viewer.edits.steps import end_stepped, start_stepped, stepped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from viewer.edits.edit import Edit


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.create(tmp_path / "여럿.alliance", empty=True) as opened:
        yield opened


def written(store: Store, edit: Edit) -> None:
    store.apply(ChangeSet(edit.changes, label=edit.label, author="홍길동"))


def event(store: Store, title: str, edtf: str | None, lanes: tuple[int, ...] = (0,)) -> int:
    """An event with a Korean title, in lanes by their places in the file."""
    timeline = store.timeline()
    draft = EventDraft(
        title=Bilingual(ko=title),
        kind_id=timeline.kinds[0].id,
        lane_ids=tuple(timeline.lanes[place].id for place in lanes),
        dates=(DateDraft(edtf, primary=True),) if edtf else (),
    )
    edit = events.added(draft)
    written(store, edit)
    assert edit.made is not None
    return edit.made[1]


def lane(store: Store, place: int) -> int:
    return store.timeline().lanes[place].id


def lanes_of(store: Store, ident: int) -> list[int]:
    return [each.id for each in store.event(ident).lanes]


def edtf_of(store: Store, ident: int) -> str:
    return store.event(ident).dates[0].edtf


def test_a_lane_takes_the_place_of_the_first_one_and_the_others_stay(store: Store) -> None:
    one, both = event(store, "하나", "1953"), event(store, "둘", "1954", (0, 1))
    last = event(store, "끝", "1955", (0, 2))
    rows = store.rows_about("event", [one, both, last])
    written(store, events.with_lane(rows, lane(store, 2)))
    assert lanes_of(store, one) == [lane(store, 2)]
    assert lanes_of(store, both) == [lane(store, 2), lane(store, 1)]
    assert lanes_of(store, last) == [lane(store, 2)]


def test_what_is_so_already_is_no_change(store: Store) -> None:
    ident = event(store, "하나", "1953")
    rows = store.rows_about("event", [ident])
    assert events.with_lane(rows, lane(store, 0)).changes == ()
    assert events.with_importance(rows, 3).changes == ()
    assert redated_by(rows, str).changes == ()
    made = events.with_new_tag(rows, "안보")
    written(store, made)
    assert made.made is not None
    rows = store.rows_about("event", [ident])
    assert events.with_tag(rows, made.made[1], present=True).changes == ()


def test_nothing_selected_is_nothing_to_change(store: Store) -> None:
    rows = store.rows_about("event", [])
    for edit in (
        events.deleted(rows),
        events.with_importance(rows, 5),
        events.with_lane(rows, lane(store, 0)),
        redated_by(rows, str),
    ):
        assert edit.changes == ()


def test_a_tag_is_given_to_those_without_and_taken_from_those_with_it(store: Store) -> None:
    one, two = event(store, "하나", "1953"), event(store, "둘", "1954")
    made = events.with_new_tag(store.rows_about("event", [one]), " 한미  훈련 ")
    written(store, made)
    assert made.made is not None
    tag = made.made[1]
    edit = events.with_tag(store.rows_about("event", [one, two]), tag, present=True)
    assert len(edit.changes) == 1
    written(store, edit)
    assert [tag.name.ko for tag in store.event(two).tags] == ["한미 훈련"]
    written(store, events.with_tag(store.rows_about("event", [one, two]), tag, present=False))
    assert [store.event(each).tags for each in (one, two)] == [(), ()]


def test_many_are_deleted_in_one_changeset_and_come_back_by_one_undo(store: Store) -> None:
    ids = [event(store, f"사건 {each}", "1953-10-01", (0, 1)) for each in range(90)]
    before = len(store.changesets())
    edit = events.deleted(store.rows_about("event", ids))
    written(store, edit)
    assert len(store.timeline().columns) == 0
    assert len(store.changesets()) == before + 1
    assert edit.label == "delete-events: 90"
    store.revert("undo")
    assert len(store.timeline().columns) == 90


def test_a_row_that_is_gone_already_is_named_and_nothing_is_deleted(store: Store) -> None:
    ids = [event(store, f"사건 {each}", "1953") for each in range(5)]
    edit = events.deleted(store.rows_about("event", ids))
    written(store, events.deleted(store.rows_about("event", [ids[3]])))
    with pytest.raises(AllianceError) as refused:
        written(store, edit)
    assert refused.value.code == "row.missing"
    assert len(store.timeline().columns) == 4


def test_whoever_writes_hears_how_far_it_is_and_can_stop_it(store: Store) -> None:
    ids = [event(store, f"사건 {each}", "1953") for each in range(60)]
    edit = events.deleted(store.rows_about("event", ids))
    told: list[tuple[int, int]] = []

    def stop(done: int, of: int) -> None:
        told.append((done, of))
        if done > 100:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.apply(ChangeSet(edit.changes, label=edit.label), stop)
    assert told[0][0] < told[-1][0] < told[0][1] == len(edit.changes)
    assert len(store.timeline().columns) == 60


def test_dates_move_together_each_by_its_own_unit(store: Store) -> None:
    year, date = event(store, "해", "1953~"), event(store, "날", "1953-10-01?")
    undated = event(store, "날짜 없음", None)
    rows = store.rows_about("event", [year, date, undated])
    edit = redated_by(rows, partial(moved, days=731))
    assert edit.label == "move-events: 2"
    written(store, edit)
    assert edtf_of(store, year) == "1955~"
    assert edtf_of(store, date) == "1955-10-02?"
    assert store.event(undated).dates == ()
    assert store.event(year).event.confidence == "edited"


def test_one_that_moves_alone_is_told_by_its_name(store: Store) -> None:
    year, date = event(store, "해", "1953"), event(store, "회담", "1953-10-01")
    rows = store.rows_about("event", [year, date])
    assert redated_by(rows, partial(moved, days=5)).label == "move-event: 회담"


@pytest.mark.parametrize(
    ("change", "edtf", "way", "date"),
    [
        (stepped, "1953~", 1, "1954~"),
        (stepped, "2022-05-XX", -1, "2022-04-XX"),
        (end_stepped, "2010-03-01/2012-06~", 1, "2010-03-01/2012-07~"),
        (start_stepped, "2010-03-01/2012-06~", -1, "2010-02-28/2012-06~"),
        (end_stepped, "1950/1950", -1, "1950/1950"),
        (end_stepped, "2012/..", 1, "2012/.."),
        (end_stepped, "2012-05-01", 1, "2012-05-01"),
    ],
)
def test_a_key_moves_a_date_or_an_end_of_it_by_one_unit(change, edtf, way, date) -> None:  # type: ignore[no-untyped-def]
    assert change(edtf, way) == date
