"""Lanes, kinds, tags, schemes and stages: added, renamed, reordered, nested, merged, deleted.

What a lane, kind or tag holds never goes without a word: whoever deletes one says where its
events go, or that they go with it. `rows` are those about the thing (`Store.rows_about`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from db.changes import Delete, Insert, Update, new_id
from db.errors import AllianceError
from viewer.edits import events
from viewer.edits.edit import PARTS_OF_STAGE, Edit, all_of, both, changed, columns_of, named, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from db.changes import Change, Rows, Value
    from db.records import Bilingual, Lane

# What the log calls each deed: adding, editing, deleting, merging, reordering.
_DEEDS = {
    "lane": ("add-lane", "edit-lane", "delete-lane", "merge-lane", "order-lane"),
    "kind": ("add-kind", "edit-kind", "delete-kind", "merge-kind", "order-kind"),
    "kind_group": ("add-kind-group", "edit-kind-group", "delete-kind-group", "merge-kind-group",
                   "order-kind-group"),
    "tag": ("add-tag", "edit-tag", "delete-tag", "merge-tag"),
    "scheme": ("add-scheme", "edit-scheme", "", "", "order-scheme"),
    "stage": ("", "", "", "", "order-stage"),
}  # fmt: skip
_ADD, _EDIT, _DELETE, _MERGE, _ORDER = range(5)
# Where a thing is named by others: table -> column, and the column that makes a row unique with
# it. A row that would stand there twice after a merge goes.
_PLACES: dict[str, dict[str, tuple[str, str | None]]] = {
    "lane": {"event_lane": ("lane_id", "event_id"), "stage": ("lane_id", None),
             "view_lane": ("lane_id", "view_id"), "lane": ("parent_id", None)},
    "kind": {"event": ("kind_id", None), "view_kind": ("kind_id", "view_id")},
    "tag": {"event_tag": ("tag_id", "event_id"), "view_tag": ("tag_id", "view_id")},
    "kind_group": {"kind": ("group_id", None)},
}  # fmt: skip


def key_of(name: Bilingual, row_id: int) -> str:
    """A key for something that a person named: readable, and unique by its id."""
    plain = re.sub(r"[^\w]+", "-", (name.en or name.ko or "").lower()).strip("-")
    return f"{plain[:40] or 'x'}-{row_id:x}"


def added(table: str, name: Bilingual, **values: Value) -> Edit:
    """A new lane, kind, group, tag or scheme, last in its order (its `position` is among the
    values where it has one). Raises `organise.name` where it has no name."""
    _check_name(name)
    row_id = new_id()
    row = {"key": key_of(name, row_id), **columns_of("name", name), **values}
    made = Insert(table, row_id, row)
    return Edit(_DEEDS[table][_ADD], named(name), (made,), (table, row_id))


def edited(
    rows: Rows,
    table: str,
    row_id: int,
    name: Bilingual,
    before: Mapping[str, Value] | None = None,
    /,
    **values: Value,
) -> Edit:
    """Another name, and other values of its columns: a colour, a parent, a group. With `before`,
    the columns that a form began with, what the form did not change stays as it is by now."""
    _check_name(name)
    after = {**columns_of("name", name), **values}
    if before is not None:
        after = {column: value for column, value in after.items() if before[column] != value}
    different = changed(rows[table][row_id], after)
    changes = (Update(table, row_id, different),) if different else ()
    return Edit(_DEEDS[table][_EDIT], named(name), changes)


def check_ring(lanes: Sequence[Lane], lane_id: int, parent_id: int | None) -> None:
    """Raises `organise.ring` where a lane would come to sit under itself."""
    parents = {lane.id: lane.parent_id for lane in lanes}
    above = parent_id
    while above is not None:
        if above == lane_id:
            raise AllianceError("organise.ring")
        above = parents.get(above)


def nested(lanes: Sequence[Lane], rows: Rows, lane_id: int, parent_id: int | None) -> Edit:
    """A lane sits under another one, or under none. Raises as `check_ring` does."""
    check_ring(lanes, lane_id, parent_id)
    row = rows["lane"][lane_id]
    same = row["parent_id"] == parent_id
    changes = () if same else (Update("lane", lane_id, {"parent_id": parent_id}),)
    return Edit("edit-lane", _name(row), changes)


def reordered(table: str, rows: Rows, ids: Sequence[int]) -> Edit:
    """The things of a table in another order; `ids` are all of them (or all of one group)."""
    places = sorted(number(rows[table][each], "position") for each in ids)
    # Positions that are alike would keep no order.
    distinct = len(set(places)) == len(places)
    order = places if distinct else range(1, len(ids) + 1)
    changes = tuple(
        Update(table, each, {"position": place})
        for each, place in zip(ids, order, strict=True)
        if rows[table][each]["position"] != place
    )
    return Edit(_DEEDS[table][_ORDER], str(len(ids)), changes)


def merged(rows: Rows, table: str, row_id: int, into: int) -> Edit:
    """All that a lane, kind, group or tag holds goes to another one, and it goes itself.

    `rows` are those about both. What would stand at the other one twice stands there once.
    """
    if into == row_id:
        raise AllianceError("organise.itself")
    name = _name(rows[table][row_id])
    changes = [*_moved(rows, table, row_id, into), Delete(table, row_id)]
    return Edit(_DEEDS[table][_MERGE], name, tuple(changes))


def _moved(rows: Rows, table: str, row_id: int, into: int) -> Iterable[Change]:
    for other, (column, unique) in _PLACES[table].items():
        there = (
            {row[unique] for row in rows[other].values() if row[column] == into} if unique else ()
        )
        for each, row in rows[other].items():
            if row[column] != row_id:
                continue
            if unique and row[unique] in there:
                yield Delete(other, each)
            elif (other, each) == (table, into):
                yield Update(other, each, {column: rows[table][row_id][column]})
            else:
                yield Update(other, each, {column: into})


def lane_deleted(rows: Rows, lane_id: int, event_rows: Rows, stage_rows: Rows) -> Edit:
    """A lane goes with its stages and with the events that stand in no other; those that stand in
    others too stay there, and lanes under it move up to where it sat.

    `event_rows` are the rows about all its events, `stage_rows` those about its stages. Raises
    `organise.starts-stage` where a stage of another lane begins with an event that would go.
    """
    row = rows["lane"][lane_id]
    changes: list[Change] = [
        Update("lane", each, {"parent_id": row["parent_id"]})
        for each, lane in rows["lane"].items()
        if lane["parent_id"] == lane_id
    ]
    changes += all_of(stage_rows, (*PARTS_OF_STAGE, "stage"))
    alone = _only_in(event_rows, lane_id)
    if alone:
        going = {
            table: {each: row for each, row in found.items() if _is_theirs(table, each, row, alone)}
            for table, found in event_rows.items()
        }
        going["stage"] = {
            each: stage for each, stage in going["stage"].items() if each not in stage_rows["stage"]
        }
        changes += _events_deleted(going)
    changes += all_of(rows, ("event_lane", "view_lane"))
    changes.append(Delete("lane", lane_id))
    # A row may be named by two of these; it goes once.
    return Edit("delete-lane", _name(row), tuple({_place(each): each for each in changes}.values()))


def kind_deleted(rows: Rows, kind_id: int, event_rows: Rows) -> Edit:
    """A kind goes with all its events; `event_rows` are the rows about them. Raises
    `organise.starts-stage` where a stage begins with one of them."""
    changes = (*_events_deleted(event_rows), *all_of(rows, ("view_kind",)))
    name = _name(rows["kind"][kind_id])
    return Edit("delete-kind", name, (*changes, Delete("kind", kind_id)))


def _events_deleted(event_rows: Rows) -> tuple[Change, ...]:
    try:
        return events.deleted(event_rows).changes
    except AllianceError as error:
        if error.code != "event.starts-stage":
            raise
        raise AllianceError("organise.starts-stage", **error.fields) from error


def _place(change: Change) -> tuple[str, int]:
    return change.table, change.id


def _only_in(event_rows: Rows, lane_id: int) -> set[int]:
    """The events that stand in this lane alone."""
    elsewhere = {
        number(row, "event_id")
        for row in event_rows["event_lane"].values()
        if row["lane_id"] != lane_id
    }
    return set(event_rows["event"]) - elsewhere


def _is_theirs(table: str, row_id: int, row: Mapping[str, Value], ids: set[int]) -> bool:
    """Whether a row is one of the events, or refers to one of them."""
    return (
        row_id in ids
        if table == "event"
        else any(
            row.get(column) in ids
            for column in (
                "event_id",
                "from_event_id",
                "to_event_id",
                "start_event_id",
                "in_force_event_id",
            )
        )
    )


def deleted(rows: Rows, table: str, row_id: int) -> Edit:
    """A tag goes from all that bears it; a kind or group that holds nothing goes.

    Raises `organise.in-use` for one that still holds something: it is merged into another one.
    """
    changes: list[Change] = []
    for other, (column, unique) in _PLACES[table].items():
        held = [each for each, row in rows[other].items() if row[column] == row_id]
        if held and unique is None:
            raise AllianceError(
                "organise.in-use", name=both(rows[table][row_id], "name"), count=len(held)
            )
        changes += [Delete(other, each) for each in held]
    changes.append(Delete(table, row_id))
    return Edit(_DEEDS[table][_DELETE], _name(rows[table][row_id]), tuple(changes))


def _check_name(name: Bilingual) -> None:
    if not name:
        raise AllianceError("organise.name")


def _name(row: Mapping[str, Value]) -> str:
    return named(both(row, "name"))
