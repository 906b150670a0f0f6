"""The history: what each change of the log made of what, and all that happened to one event or
stage, rows included that are gone by now.

The log keeps the values before a change. What a change made of them is what the next change of
the same row and column found there, and what is stored where there was none.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby, islice
from typing import TYPE_CHECKING

from db import schema
from db.changes import read_literals
from db.queries.log import logged_change, step_of, steps
from db.queries.rows import fetch, fetch_one
from db.queries.stored import rows_about
from db.schema.triggers import quoted
from db.story import Chapter, LastKnown, RowChange, Story

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from db.changes import LoggedChange, Step, Value
    from db.records import Ref

_CHANGES = "SELECT * FROM change WHERE seq BETWEEN ? AND ? ORDER BY seq LIMIT ?"
_LATER = """
    SELECT before FROM change WHERE table_name = ? AND row_id = ? AND seq > ? AND before <> ''
    ORDER BY seq"""
_OF_ROW = "SELECT * FROM change WHERE table_name = ? AND row_id = ?"
_WAS_DELETED = """
    SELECT before FROM change WHERE table_name = ? AND row_id = ? AND action = 'delete'
    ORDER BY seq DESC LIMIT 1"""
_NAMED_ONCE = "SELECT * FROM change WHERE table_name = ? AND instr(before, ?)"


def some_steps(connection: sqlite3.Connection, before: int, count: int) -> tuple[Step, ...]:
    """The newest steps of the log that lie before a seq, newest first."""
    return tuple(islice(steps(connection, before, count + 1), count))


def row_changes(
    connection: sqlite3.Connection, first: int, last: int, count: int
) -> tuple[RowChange, ...]:
    """The first `count` changes from one seq to another, in order."""
    found = fetch(connection, _CHANGES, first, last, count)
    return tuple(_told(connection, logged_change(row)) for row in found)


def story(connection: sqlite3.Connection, ref: Ref) -> Story:
    """All that happened to an event or stage and to the rows that belong to it or once did."""
    table, row_id = ref
    now = rows_about(connection, table, [row_id])
    rows: dict[str, set[int]] = defaultdict(set)
    rows[table].add(row_id)
    for part, columns in parts_of(table).items():
        rows[part] |= now[part].keys()
        for column in columns:
            rows[part].update(_once_named(connection, part, column, row_id))
    logged = [
        logged_change(row)
        for part, ids in rows.items()
        for each in ids
        for row in fetch(connection, _OF_ROW, part, each)
    ]
    logged.sort(key=lambda change: -change.seq)
    told = tuple(_told(connection, change) for change in logged)
    stored = {part: _stored(connection, part, ids) for part, ids in rows.items()}
    return Story(ref, stored, tuple(_chapters(connection, told)))


def parts_of(table: str) -> dict[str, tuple[str, ...]]:
    """The tables whose rows belong to an event or stage, with the columns that say so. A stage
    names events, and is no part of them."""
    found = {
        other.name: tuple(name for name, to in other.references.items() if to == table)
        for other in schema.tables().values()
        if other.logged and other.name not in (table, "stage")
    }
    return {name: columns for name, columns in found.items() if columns}


def known(connection: sqlite3.Connection, refs: Iterable[Ref]) -> dict[Ref, LastKnown]:
    """Rows as they are, or as they were last; one that never was is not among them."""
    found: dict[Ref, LastKnown] = {}
    for table, row_id in refs:
        if row := _row(connection, table, row_id):
            found[table, row_id] = LastKnown(row, stored=True)
        elif gone := fetch_one(connection, _WAS_DELETED, table, row_id):
            found[table, row_id] = LastKnown(read_literals(gone["before"]), stored=False)
    return found


def _told(connection: sqlite3.Connection, change: LoggedChange) -> RowChange:
    return RowChange(
        seq=change.seq,
        table=change.table,
        id=change.id,
        action=change.action,
        before=change.before,
        after=_after(connection, change),
    )


def _after(connection: sqlite3.Connection, change: LoggedChange) -> dict[str, Value]:
    """What a change made of the columns that it changed; nothing for a deletion."""
    if change.action == "delete":
        return {}
    columns = schema.tables()[change.table].columns[1:]
    wanted = set(change.before) if change.action == "update" else set(columns)
    found: dict[str, Value] = {}
    for (before,) in connection.execute(_LATER, (change.table, change.id, change.seq)):
        values = read_literals(before)
        found |= {name: values[name] for name in wanted & values.keys()}
        wanted -= found.keys()
        if not wanted:
            break
    if wanted and (row := _row(connection, change.table, change.id)):
        found |= {name: row[name] for name in wanted}
    return {name: found[name] for name in columns if name in found}


def _once_named(
    connection: sqlite3.Connection, table: str, column: str, row_id: int
) -> Iterator[int]:
    """The rows of a table of which the log says that they named this one and do so no more."""
    for row in fetch(connection, _NAMED_ONCE, table, f"{column}={row_id}"):
        if read_literals(row["before"]).get(column) == row_id:
            yield row["row_id"]


def _stored(
    connection: sqlite3.Connection, table: str, ids: Iterable[int]
) -> dict[int, dict[str, Value]]:
    rows = {each: _row(connection, table, each) for each in sorted(ids)}
    return {each: row for each, row in rows.items() if row}


def _row(connection: sqlite3.Connection, table: str, row_id: int) -> dict[str, Value]:
    """A row by column, without its id; empty where there is none."""
    sql = f"SELECT * FROM {quoted(table)} WHERE id = ?"  # noqa: S608
    row = fetch_one(connection, sql, row_id)
    return {name: row[name] for name in row.keys() if name != "id"} if row else {}  # noqa: SIM118


def _chapters(connection: sqlite3.Connection, changes: Iterable[RowChange]) -> Iterator[Chapter]:
    """Changes, newest first, by the step that they were a part of."""
    known_steps: list[Step] = []

    def step(change: RowChange) -> Step:
        if not known_steps or change.seq < known_steps[-1].first:
            known_steps.append(step_of(connection, change.seq))
        return known_steps[-1]

    for found, part in groupby(changes, key=step):
        yield Chapter(found, tuple(part)[::-1])
