"""Restoring: a field, or a whole event or stage, as the log says that it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from db import schema
from db.changes import DERIVED, Update
from db.differences import differences
from db.errors import AllianceError
from viewer.edits.edit import Edit, both, named

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from db.changes import Rows, Value
    from db.records import Bilingual, Ref
    from db.story import LastKnown, RowChange, Story

# Rows that tie an event or stage to something else: where that is gone they are left out.
_TIES = ("link", "event_lane", "event_tag", "evidence", "stage_alternative")
# What only makes sense together with other rows.
_NEVER_ALONE = {("event_date", "is_primary")}

Table = dict[int, "Mapping[str, Value]"]


class Restored(NamedTuple):
    """The edit, and the rows that it leaves out, since what they tie to is gone."""

    edit: Edit
    left_out: tuple[tuple[str, Mapping[str, Value]], ...]


def can_be_alone(change: RowChange, column: str) -> bool:
    """Whether a field can be given its former value by itself."""
    derived = column in DERIVED.get(change.table, ())
    return change.action == "update" and not derived and (change.table, column) not in _NEVER_ALONE


def restored_field(
    change: RowChange, column: str, subject: str, known: Mapping[Ref, LastKnown]
) -> Edit:
    """One field as it was before a change. `known` has the row itself and what the value refers to.

    Raises `restore.row-gone` where the row is no longer there, `restore.gone` (what) where that
    which the value refers to is not, `restore.same` where the value is that already.
    """
    row = known.get((change.table, change.id))
    if row is None or not row.stored:
        raise AllianceError("restore.row-gone", subject=subject)
    value = change.before[column]
    if row.row[column] == value:
        raise AllianceError("restore.same")
    for ref in references(change.table, {column: value}):
        _check_there(ref, known)
    if change.table in ("event", "stage"):
        subject = named(both(row.row, "title")) or subject
    return Edit("restore-field", subject, (Update(change.table, change.id, {column: value}),))


def rows_then(story: Story, before: int) -> dict[str, Table]:
    """The rows of an event or stage as they were before the change with this seq: its own, and
    those that belonged to it. Without its own it was not there."""
    then: dict[str, Table] = {table: dict(rows) for table, rows in story.now.items()}
    for change in story.backwards:
        if change.seq < before:
            break
        rows = then.setdefault(change.table, {})
        if change.action == "insert":
            rows.pop(change.id, None)
        else:
            rows[change.id] = {**rows.get(change.id, {}), **change.before}
    return _belonging(then, story.ref)


def restored(story: Story, before: int, subject: str, known: Mapping[Ref, LastKnown]) -> Restored:
    """A whole event or stage as it was before a change, also one that is gone. `known` has all
    that `references_then` names.

    What ties it to something that is gone by now is left out. Raises `restore.not-there` where it
    did not exist then, `restore.gone` (what) where it cannot be without something that is gone,
    `restore.same` where it is as it was.
    """
    table, row_id = story.ref
    then = rows_then(story, before)
    if row_id not in then[table]:
        raise AllianceError("restore.not-there", subject=subject)
    left_out = tuple(_leave_out(then, story.ref, known))
    for name, rows in then.items():
        for row in rows.values():
            for ref in references(name, row):
                if ref[1] not in then.get(ref[0], {}):
                    _check_there(ref, known)
    now = _belonging(story.now, story.ref)
    for name, rows in then.items():  # what came to belong to another one comes back
        now[name] |= {key: story.now[name][key] for key in rows if key in story.now[name]}
    changes = differences(now, then)
    if not changes:
        for name, row in left_out:  # all that it lacks cannot come back
            for ref in references(name, row):
                if ref != story.ref:
                    _check_there(ref, known)
        raise AllianceError("restore.same")
    what = "restore-event" if table == "event" else "restore-stage"
    name = named(both(then[table][row_id], "title")) or subject
    return Restored(Edit(what, name, changes), left_out)


def references_then(story: Story, before: int) -> set[Ref]:
    """What the rows of an event or stage referred to before a change."""
    return {
        ref
        for table, rows in rows_then(story, before).items()
        for row in rows.values()
        for ref in references(table, row)
    }


def references(table: str, row: Mapping[str, Value]) -> Iterable[Ref]:
    """What a row, or some columns of it, refers to."""
    for column, to in schema.tables()[table].references.items():
        value = row.get(column)
        if isinstance(value, int) and schema.tables()[to].logged:
            yield to, value


def _belonging(rows: Rows, ref: Ref) -> dict[str, Table]:
    """Those of the rows that are the event or stage, or name it."""
    table, row_id = ref
    found: dict[str, Table] = {}
    for name, each in rows.items():
        own = [column for column, to in schema.tables()[name].references.items() if to == table]
        found[name] = {
            key: row
            for key, row in each.items()
            if ((name, key) == ref if name == table else any(row[c] == row_id for c in own))
        }
    return found


def _leave_out(
    then: dict[str, Table], ref: Ref, known: Mapping[Ref, LastKnown]
) -> Iterable[tuple[str, Mapping[str, Value]]]:
    """Takes the ties out whose other end is gone, and gives them."""
    had_lanes = bool(then.get("event_lane"))
    for table in _TIES:
        for row_id, row in list(then.get(table, {}).items()):
            others = [each for each in references(table, row) if each != ref]
            if not all(each in known and known[each].stored for each in others):
                del then[table][row_id]
                yield table, row
    if had_lanes and not then["event_lane"]:
        raise AllianceError("restore.lanes-gone")


def _check_there(ref: Ref, known: Mapping[Ref, LastKnown]) -> None:
    found = known.get(ref)
    if found is None or not found.stored:
        raise AllianceError("restore.gone", what=_name(found))


def _name(known: LastKnown | None) -> Bilingual | str:
    """What a row is called, for a sentence; as its table has it."""
    row = known.row if known else {}
    for each in ("title", "name"):
        if f"{each}_en" in row and (found := both(row, each)):
            return found
    return next((str(row[each]) for each in ("title", "exact") if row.get(each)), "?")
