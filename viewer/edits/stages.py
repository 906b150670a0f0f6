"""Schemes and their stages: a way of one's own to divide the history, beside the shipped one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.changes import Delete, Insert, Update, new_id
from db.errors import AllianceError
from viewer.edits.drafts import EMPTY, rebased
from viewer.edits.edit import (
    PARTS_OF_STAGE,
    Edit,
    Wanted,
    all_of,
    both,
    by_position,
    columns_of,
    named,
    number,
    placed,
    reference,
    replaced,
    update,
)
from viewer.edits.organising import key_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.changes import Change, Rows, Value
    from db.records import Bilingual

_FACTS = ("start_event_id", "in_force_event_id")


@dataclass(frozen=True, slots=True)
class StageDraft:
    """All of a stage that a form edits: it begins with one event and is brought into force by
    another one, or by none, and then `no_force_reason` says why. Without a lane it is the band
    before the first stage. `alternatives` are other starts that were considered: event and why."""

    title: Bilingual
    scheme_id: int
    lane_id: int | None
    start_event_id: int
    in_force_event_id: int | None = None
    summary: Bilingual = EMPTY
    reason: Bilingual = EMPTY
    no_force_reason: Bilingual = EMPTY
    alternatives: tuple[tuple[int, Bilingual], ...] = ()


def draft_of_stage(rows: Rows, stage_id: int) -> StageDraft:
    """The draft of a stored stage, from `Store.rows_about("stage", [stage_id])`."""
    row = rows["stage"][stage_id]
    others = sorted(rows["stage_alternative"].items(), key=by_position)
    return StageDraft(
        title=both(row, "title"),
        scheme_id=number(row, "scheme_id"),
        lane_id=reference(row, "lane_id"),
        start_event_id=number(row, "start_event_id"),
        in_force_event_id=reference(row, "in_force_event_id"),
        summary=both(row, "summary"),
        reason=both(row, "reason"),
        no_force_reason=both(row, "no_force_reason"),
        alternatives=tuple((number(each, "event_id"), both(each, "reason")) for _, each in others),
    )


def stage_added(draft: StageDraft, dated: set[int], position: int) -> Edit:
    """A new stage at a place of its scheme. Raises as `check_stage` does."""
    check_stage(draft, dated)
    stage_id = new_id()
    values = {
        "slug": key_of(draft.title, stage_id),
        "position": position,
        "confidence": "edited",
        **_columns(draft),
    }
    changes = [
        Insert("stage", stage_id, values),
        *_alternatives(draft, {}, stage_id),
    ]
    return Edit("add-stage", named(draft.title), tuple(changes), ("stage", stage_id))


def stage_edited(
    rows: Rows, stage_id: int, draft: StageDraft, dated: set[int], base: StageDraft | None = None
) -> Edit:
    """A stage as its form now has it; with `base`, what the form began with, other fields stay as
    they are by now. Another start or in-force event, and its confidence becomes `edited`. Raises
    as `check_stage` does."""
    if base is not None:
        draft = rebased(base, draft, draft_of_stage(rows, stage_id))
    check_stage(draft, dated)
    changes: list[Change] = [*update("stage", stage_id, rows, _columns(draft))]
    facts = any(isinstance(each, Update) and set(_FACTS) & each.values.keys() for each in changes)
    if facts and rows["stage"][stage_id]["confidence"] != "edited":
        changes.append(Update("stage", stage_id, {"confidence": "edited"}))
    changes += _alternatives(draft, rows["stage_alternative"], stage_id)
    return Edit("edit-stage", named(draft.title), tuple(changes))


def stage_deleted(rows: Rows, stage_id: int) -> Edit:
    """A stage goes with its alternatives, notes and evidence; its events and quotes stay."""
    name = named(both(rows["stage"][stage_id], "title"))
    changes = (*all_of(rows, PARTS_OF_STAGE), Delete("stage", stage_id))
    return Edit("delete-stage", name, changes)


def scheme_deleted(rows: Rows, scheme_id: int, stage_rows: Rows) -> Edit:
    """A scheme goes with its stages; views that named it follow the first one that is left.
    `stage_rows` are the rows about its stages."""
    name = named(both(rows["scheme"][scheme_id], "name"))
    changes: list[Change] = [
        Update("view", view_id, {"scheme_id": None}) for view_id in rows["view"]
    ]
    changes += all_of(stage_rows, (*PARTS_OF_STAGE, "stage"))
    changes.append(Delete("scheme", scheme_id))
    return Edit("delete-scheme", name, tuple(changes))


def scheme_copied(
    rows: Rows, scheme_id: int, stage_rows: Rows, name: Bilingual, position: int, **values: Value
) -> Edit:
    """A scheme of one's own that begins as a copy of another: its stages with their alternatives,
    not its quotes and notes, which speak of the other one. It is nobody's unless `values`, other
    columns of it, say whose it is. Raises `organise.name` where it has no name."""
    if not name:
        raise AllianceError("organise.name")
    made = new_id()
    scheme = dict(rows["scheme"][scheme_id])
    scheme |= {"key": key_of(name, made), "position": position, **columns_of("name", name)}
    scheme |= {**columns_of("whose", EMPTY), **columns_of("note", EMPTY), **values}
    changes: list[Change] = [Insert("scheme", made, scheme)]
    for stage_id, stage in stage_rows["stage"].items():
        copy = new_id()
        title = both(stage, "title")
        values = {**stage, "scheme_id": made, "slug": key_of(title, copy)}
        changes.append(Insert("stage", copy, values))
        changes += [
            Insert("stage_alternative", new_id(), {**row, "stage_id": copy})
            for row in stage_rows["stage_alternative"].values()
            if row["stage_id"] == stage_id
        ]
    return Edit("add-scheme", named(name), tuple(changes), ("scheme", made))


def check_stage(draft: StageDraft, dated: set[int]) -> None:
    """Raises `stage.title` without a title, `stage.start` for a start event without a date (`dated`
    are the events that have one), `stage.force` for one that brings it into force without a date,
    `stage.alternative` for the same alternative twice."""
    if not draft.title:
        raise AllianceError("stage.title")
    if draft.start_event_id not in dated:
        raise AllianceError("stage.start")
    if draft.in_force_event_id is not None and draft.in_force_event_id not in dated:
        raise AllianceError("stage.force")
    others = [event for event, _ in draft.alternatives]
    if len(set(others)) < len(others):
        raise AllianceError("stage.alternative")


def _columns(draft: StageDraft) -> dict[str, Value]:
    return {
        "scheme_id": draft.scheme_id,
        "lane_id": draft.lane_id,
        "start_event_id": draft.start_event_id,
        "in_force_event_id": draft.in_force_event_id,
        **columns_of("title", draft.title),
        **columns_of("summary", draft.summary),
        **columns_of("reason", draft.reason),
        **columns_of("no_force_reason", draft.no_force_reason),
    }


def _alternatives(
    draft: StageDraft, own: Mapping[int, Mapping[str, Value]], stage_id: int
) -> tuple[Change, ...]:
    by_event = {row["event_id"]: row_id for row_id, row in own.items()}
    wanted: list[Wanted] = [
        (by_event.get(event), {"event_id": event, **columns_of("reason", why)})
        for event, why in draft.alternatives
    ]
    return replaced("stage_alternative", own, placed(own, wanted), {"stage_id": stage_id})
