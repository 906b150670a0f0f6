"""Lanes, kinds, tags, schemes and stages: nothing that they hold goes without a word."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from db.changes import ChangeSet
from db.errors import AllianceError
from db.records import Bilingual
from db.store import Store
from viewer.edits import events, stages
from viewer.edits import organising as organise
from viewer.edits.drafts import EventDraft
from viewer.edits.stages import StageDraft, draft_of_stage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from db.records import Stage
    from viewer.edits.edit import Edit


@pytest.fixture
def store(copy: Path) -> Iterator[Store]:
    with Store.open(copy) as opened:
        yield opened
        assert opened.check() == []


def written(store: Store, edit: Edit) -> None:
    store.apply(ChangeSet(edit.changes, label=edit.label))


def lane(store: Store, key: str) -> int:
    return next(each.id for each in store.timeline().lanes if each.key == key)


def with_lane(store: Store, name: str = "우주", parent: int | None = None) -> int:
    edit = organise.added("lane", Bilingual(ko=name), colour="rose", position=9, parent_id=parent)
    written(store, edit)
    assert edit.made is not None
    return edit.made[1]


def in_lane(store: Store, key: str) -> list[int]:
    return [each.id for each in store.events() if key in each.lanes]


def dated(store: Store) -> set[int]:
    return {int(each) for each in store.timeline().columns.id}


def test_a_lane_is_added_renamed_recoloured_and_nested(store: Store) -> None:
    made = with_lane(store)
    rows = store.rows_about("lane", [made])
    written(store, organise.edited(rows, "lane", made, Bilingual("Space", "우주"), colour="violet"))
    lanes = store.timeline().lanes
    written(store, organise.nested(lanes, rows, made, lane(store, "technology")))
    found = next(each for each in store.timeline().lanes if each.id == made)
    assert (found.name, found.colour) == (Bilingual("Space", "우주"), "violet")
    assert found.parent_id == lane(store, "technology")


def test_a_lane_cannot_come_to_sit_under_itself(store: Store) -> None:
    below = with_lane(store, parent=lane(store, "technology"))
    lanes, top = store.timeline().lanes, lane(store, "technology")
    for parent in (top, below):
        with pytest.raises(AllianceError, match=r"organise\.ring"):
            organise.nested(lanes, store.rows_about("lane", [top]), top, parent)


def test_what_has_no_name_is_refused(store: Store) -> None:
    with pytest.raises(AllianceError, match=r"organise\.name"):
        organise.added("tag", Bilingual())


def test_lanes_change_their_order(store: Store) -> None:
    ids = [each.id for each in store.timeline().lanes]
    rows = store.rows_about("lane", ids)
    written(store, organise.reordered("lane", rows, ids[::-1]))
    assert [each.id for each in store.timeline().lanes] == ids[::-1]
    rows = store.rows_about("lane", ids)
    assert organise.reordered("lane", rows, ids[::-1]).changes == ()


def test_a_merged_lane_leaves_its_events_and_stages_to_the_other(store: Store) -> None:
    military, technology = lane(store, "military"), lane(store, "technology")
    both = set(in_lane(store, "military")) | set(in_lane(store, "technology"))
    below = with_lane(store, parent=military)
    rows = store.rows_about("lane", [military, technology])
    written(store, organise.merged(rows, "lane", military, technology))
    timeline = store.timeline()
    assert set(in_lane(store, "technology")) == both
    assert "military" not in [each.key for each in timeline.lanes]
    assert next(each for each in timeline.lanes if each.id == below).parent_id == technology
    assert all(each.lane_id != military for each in timeline.stages)


def test_a_lane_merged_into_the_one_below_it_takes_its_place(store: Store) -> None:
    technology = lane(store, "technology")
    below = with_lane(store, parent=technology)
    rows = store.rows_about("lane", [technology, below])
    written(store, organise.merged(rows, "lane", technology, below))
    assert next(e for e in store.timeline().lanes if e.id == below).parent_id is None


def test_a_deleted_lane_takes_only_the_events_that_stand_nowhere_else(store: Store) -> None:
    technology = lane(store, "technology")
    inside = in_lane(store, "technology")
    shared = {each.id for each in store.events() if each.id in inside and len(each.lanes) > 1}
    assert 0 < len(shared) < len(inside)
    rows = store.rows_about("lane", [technology])
    own = [each.id for each in store.timeline().stages if each.lane_id == technology]
    event_rows, stage_rows = store.rows_about("event", inside), store.rows_about("stage", own)
    edit = organise.lane_deleted(rows, technology, event_rows, stage_rows)
    written(store, edit)
    left = {each.id for each in store.events()}
    assert left & set(inside) == shared
    store.revert("undo")
    assert in_lane(store, "technology") == inside


def test_kinds_and_tags_are_merged_and_only_empty_kinds_deleted(store: Store) -> None:
    used = next(each for each in store.timeline().kinds if each.key == "treaty")
    other = next(each for each in store.timeline().kinds if each.key == "agreement")
    rows = store.rows_about("kind", [used.id, other.id])
    with pytest.raises(AllianceError, match=r"organise\.in-use"):
        organise.deleted(rows, "kind", used.id)
    written(store, organise.merged(rows, "kind", used.id, other.id))
    assert "treaty" not in {each.kind for each in store.events()}
    empty = organise.added("kind", Bilingual(ko="협의"), group_id=used.group_id, position=99)
    written(store, empty)
    assert empty.made is not None
    rows = store.rows_about("kind", [empty.made[1]])
    written(store, organise.deleted(rows, "kind", empty.made[1]))
    assert len(store.timeline().kinds) == 18


def test_a_deleted_tag_leaves_the_events_that_bore_it(store: Store) -> None:
    tag = organise.added("tag", Bilingual(ko="반도체"))
    written(store, tag)
    assert tag.made is not None
    ids = [each.id for each in store.events()][:3]
    written(store, events.with_tag(store.rows_about("event", ids), tag.made[1], present=True))
    rows = store.rows_about("tag", [tag.made[1]])
    written(store, organise.deleted(rows, "tag", tag.made[1]))
    assert store.timeline().tags == ()
    assert len(store.events()) == 109


# Schemes and stages


def economic(store: Store) -> Stage:
    return next(each for each in store.timeline().stages if each.slug == "economic-alliance")


def test_a_scheme_of_ones_own_begins_as_a_copy_beside_the_shipped_one(store: Store) -> None:
    scheme = store.timeline().schemes[0]
    ids = [each.id for each in store.timeline().stages]
    rows, stage_rows = store.rows_about("scheme", [scheme.id]), store.rows_about("stage", ids)
    name = Bilingual(ko="우리 과의 구분")
    written(store, stages.scheme_copied(rows, scheme.id, stage_rows, name, 2))
    first, second = store.timeline().schemes
    assert (first, second.name, second.whose) == (scheme, name, Bilingual())
    found = [each for each in store.timeline().stages if each.scheme_id == second.id]
    assert [each.title for each in found] == [
        each.title for each in store.timeline().stages if each.scheme_id == first.id
    ]
    rows = store.rows_about("scheme", [second.id])
    stage_rows = store.rows_about("stage", [each.id for each in found])
    written(store, stages.scheme_deleted(rows, second.id, stage_rows))
    assert store.timeline().schemes == (scheme,)


def test_a_stage_begins_with_another_event_once_that_is_chosen(store: Store) -> None:
    stage = economic(store)
    assert stage.in_force_event_id is not None
    rows = store.rows_about("stage", [stage.id])
    draft = replace(
        draft_of_stage(rows, stage.id),
        start_event_id=stage.in_force_event_id,
        in_force_event_id=None,
        no_force_reason=Bilingual(ko="발효일에서 시작한다"),
    )
    written(store, stages.stage_edited(rows, stage.id, draft, dated(store)))
    found = economic(store)
    assert (found.signed, found.in_force, found.confidence) == (stage.in_force, None, "edited")


def test_a_stored_stage_comes_back_from_its_draft_without_a_change(store: Store) -> None:
    for stage in store.timeline().stages:
        rows = store.rows_about("stage", [stage.id])
        edit = stages.stage_edited(rows, stage.id, draft_of_stage(rows, stage.id), dated(store))
        assert edit.changes == ()


def test_a_stage_is_added_and_deleted_with_what_is_its_own(store: Store) -> None:
    stage = economic(store)
    draft = StageDraft(
        Bilingual(ko="우주동맹"),
        stage.scheme_id,
        lane(store, "technology"),
        stage.start_event_id,
        alternatives=((stage.in_force_event_id or 0, Bilingual(ko="발효를 기준으로")),),
    )
    edit = stages.stage_added(draft, dated(store), 9)
    written(store, edit)
    assert edit.made is not None
    assert len(store.stage(edit.made[1]).alternatives) == 1
    rows = store.rows_about("stage", [edit.made[1]])
    written(store, stages.stage_deleted(rows, edit.made[1]))
    quoted = store.rows_about("stage", [stage.id])
    assert quoted["evidence"]
    written(store, stages.stage_deleted(quoted, stage.id))
    assert store.info()["quotes"] == 20


@pytest.mark.parametrize(
    ("code", "given"),
    [
        ("stage.title", {"title": Bilingual()}),
        ("stage.start", {"start_event_id": 1}),
        ("stage.force", {"in_force_event_id": 1}),
    ],
)
def test_a_stage_that_lacks_something_is_refused(
    store: Store, code: str, given: dict[str, object]
) -> None:
    stage = economic(store)
    draft = StageDraft(Bilingual(ko="단계"), stage.scheme_id, None, stage.start_event_id)
    draft = replace(draft, **given)  # type: ignore[arg-type]
    with pytest.raises(AllianceError) as refused:
        stages.stage_added(draft, dated(store), 9)
    assert refused.value.code == code


def test_a_form_leaves_what_others_changed_meanwhile(store: Store) -> None:
    technology = lane(store, "technology")
    began = next(each for each in store.timeline().lanes if each.id == technology)
    rows = store.rows_about("lane", [technology])
    name = Bilingual("Technology", "기술·우주")
    written(store, organise.edited(rows, "lane", technology, name, colour="green"))
    rows = store.rows_about("lane", [technology])
    before = {"name_en": began.name.en, "name_ko": began.name.ko, "colour": began.colour}
    edit = organise.edited(rows, "lane", technology, began.name, before, colour="rose")
    written(store, edit)
    found = next(each for each in store.timeline().lanes if each.id == technology)
    assert (found.name, found.colour) == (name, "rose")


def test_a_kind_can_take_its_events_with_it(store: Store) -> None:
    kind = next(each for each in store.timeline().kinds if each.key == "negotiation")
    rows = store.rows_about("kind", [kind.id])
    going = set(rows["event"])
    assert going
    written(store, organise.kind_deleted(rows, kind.id, store.rows_about("event", going)))
    assert going.isdisjoint({each.id for each in store.events()})
    store.revert("undo")
    assert going <= {each.id for each in store.events()}


def test_what_goes_with_a_kind_is_refused_where_a_stage_begins_with_it(store: Store) -> None:
    start = store.event(economic(store).start_event_id)
    rows = store.rows_about("kind", [start.kind.id])
    with pytest.raises(AllianceError, match=r"organise\.starts-stage"):
        organise.kind_deleted(rows, start.kind.id, store.rows_about("event", rows["event"]))


def test_groups_and_schemes_change_their_order(store: Store) -> None:
    ids = [each.id for each in store.timeline().groups]
    written(store, organise.reordered("kind_group", store.rows_about("kind_group", ids), ids[::-1]))
    assert [each.id for each in store.timeline().groups] == ids[::-1]
    written(store, organise.added("scheme", Bilingual(ko="둘째"), position=5))
    ids = [each.id for each in store.timeline().schemes]
    written(store, organise.reordered("scheme", store.rows_about("scheme", ids), ids[::-1]))
    assert [each.id for each in store.timeline().schemes] == ids[::-1]


def test_what_lanes_kinds_and_tags_hold_is_counted_with_events_that_have_no_date(
    store: Store,
) -> None:
    technology = lane(store, "technology")
    before, alone = store.holdings().lanes[technology], store.alone_in_lane(technology)
    kind = store.timeline().kinds[0].id
    written(store, events.added(EventDraft(Bilingual(ko="날짜 미정"), kind, (technology,))))
    assert store.holdings().lanes[technology] == before + 1
    assert store.alone_in_lane(technology) == alone + 1
    assert sum(store.holdings().kinds.values()) == 110
    assert store.holdings().tags == {}
