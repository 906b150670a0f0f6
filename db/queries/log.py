"""The log: changesets and what each of them changed, and which of them undo and redo take back.

Undo and redo have no record of their own. An undo is a changeset that writes the inverse of
another, a redo one that writes the inverse of an undo; so what comes next is read from the end
of the log backwards: each undo there has taken one changeset before it off the stack, each redo
has put one on.
"""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from db.changes import LoggedChange, LoggedChangeSet, Step, read_literals
from db.queries.rows import fetch, fetch_one, tuples
from db.queries.state import last_change

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from db.changes import Action

_CHANGESETS = """
    SELECT changeset.*, max(seq) AS last FROM changeset JOIN change ON changeset_id = changeset.id
    GROUP BY changeset.id ORDER BY last"""
_BACKWARDS = """
    SELECT seq, changeset.* FROM change JOIN changeset ON changeset.id = changeset_id
    WHERE seq < ? ORDER BY seq DESC LIMIT ?"""
_TOUCHED = """
    SELECT max(seq) FROM change
    WHERE (table_name = 'event' AND row_id = ?)
        OR (table_name = 'event_date' AND row_id IN (SELECT id FROM event_date WHERE event_id = ?))
        OR (table_name = 'claim' AND row_id IN (SELECT id FROM claim WHERE event_id = ?))
        OR (table_name = 'citation' AND row_id IN (SELECT id FROM citation WHERE event_id = ?))"""
# A row that is gone is found by how what the log kept of it begins (the index change_of_gone):
# with `event_id=7, `, and a comma is followed by a hyphen in the order of signs.
_DELETED = """
    SELECT max(seq) FROM change INDEXED BY change_of_gone
    WHERE action = 'delete' AND table_name IN ('event_date', 'claim', 'citation')
        AND substr(before, 1, 30) >= 'event_id=' || ? || ','
        AND substr(before, 1, 30) < 'event_id=' || ? || '-'"""
_STEP = 5000  # changes that are read at a time
_BEYOND = 2**62  # more than any seq


def changesets(connection: sqlite3.Connection) -> tuple[LoggedChangeSet, ...]:
    """The changesets that changed anything, oldest first."""
    return tuple(_changeset(row) for row in fetch(connection, _CHANGESETS))


def steps(connection: sqlite3.Connection, before: int = _BEYOND, size: int = 4) -> Iterator[Step]:
    """What undo takes back at once, newest first, read a part at a time; `before` is a seq,
    `size` the number of changes that are read at first.

    That is a changeset. What other programs did in the same millisecond shares one though, and
    another may have been written in between: then each part is a step of its own.
    """
    while rows := fetch(connection, _BACKWARDS, before, size):
        runs = [list(run) for _, run in groupby(rows, key=itemgetter("id"))]
        for run in runs[:-1]:
            yield Step(_changeset(run[0]), run[-1]["seq"], run[0]["seq"])
        # The last one may go on beyond what was read.
        newest = runs[-1][0]
        before = _first_of(connection, newest)
        yield Step(_changeset(newest), before, newest["seq"])
        size = min(size * 4, _STEP)


def step_of(connection: sqlite3.Connection, seq: int) -> Step:
    """The step that a change belongs to."""
    newest = fetch(connection, _BACKWARDS, seq + 1, 1)[0]
    sql = "SELECT seq FROM change WHERE seq > ? AND changeset_id <> ? ORDER BY seq LIMIT 1"
    if newest["origin"] == "outside":
        others = tuples(connection, sql, seq, newest["id"])
        last = others[0][0] - 1 if others else last_change(connection)
    else:
        sql = "SELECT max(seq) FROM change WHERE changeset_id = ?"
        last = tuples(connection, sql, newest["id"])[0][0]
    return Step(_changeset(newest), _first_of(connection, newest), int(last))


def _first_of(connection: sqlite3.Connection, newest: sqlite3.Row) -> int:
    """The first change of the step that ends with this one."""
    if newest["origin"] == "outside":
        sql = "SELECT seq FROM change WHERE seq < ? AND changeset_id <> ? ORDER BY seq DESC LIMIT 1"
        others = tuples(connection, sql, newest["seq"], newest["id"])
        return int(others[0][0]) + 1 if others else 1
    sql = "SELECT min(seq) FROM change WHERE changeset_id = ?"
    return int(tuples(connection, sql, newest["id"])[0][0])


def undoable(connection: sqlite3.Connection) -> Step | None:
    """The step whose inverse the next undo writes; the shipped data are none of them."""
    undone = 0
    for each in steps(connection):
        if each.changeset.origin == "base":
            return None
        if each.changeset.origin == "undo":
            undone += 1
        elif undone:
            undone -= 1
        else:
            return each
    return None


def redoable(connection: sqlite3.Connection) -> Step | None:
    """The undo whose inverse the next redo writes: none once something else was changed."""
    redone = 0
    for each in steps(connection):
        if each.changeset.origin == "redo":
            redone += 1
        elif each.changeset.origin != "undo":
            return None
        elif redone:
            redone -= 1
        else:
            return each
    return None


def last_edit(connection: sqlite3.Connection, event_id: int) -> LoggedChangeSet | None:
    """The newest changeset that touched an event or one of its dates, claims or citations, those
    that are gone included; None where only the shipped data did."""
    newest = tuples(connection, _TOUCHED, *[event_id] * 4)[0][0] or 0
    deleted = tuples(connection, _DELETED, event_id, event_id)[0][0] or 0
    row = fetch_one(
        connection,
        "SELECT changeset.* FROM change JOIN changeset ON changeset.id = changeset_id"
        " WHERE seq = ? AND origin <> 'base'",
        max(newest, deleted),
    )
    return None if row is None else _changeset(row)


def changes(connection: sqlite3.Connection, changeset_id: int) -> tuple[LoggedChange, ...]:
    """What a changeset changed, in order."""
    sql = "SELECT * FROM change WHERE changeset_id = ? ORDER BY seq"
    return tuple(logged_change(row) for row in fetch(connection, sql, changeset_id))


def size_of(connection: sqlite3.Connection, changeset_id: int) -> int:
    """How many changes a changeset has."""
    sql = "SELECT count(*) FROM change WHERE changeset_id = ?"
    return int(tuples(connection, sql, changeset_id)[0][0])


def inverse_runs(
    connection: sqlite3.Connection, first: int, last: int
) -> Iterator[tuple[str, Action, list[tuple[int, str | None]]]]:
    """The changes from one seq to another as they are taken back, last first, those of one kind
    in one table together: the table, what was done, and of each the row and what it was before.
    Bare, for there may be very many."""
    sql = (
        "SELECT seq, table_name, action, row_id, before FROM change WHERE seq BETWEEN ? AND ?"
        " ORDER BY seq DESC LIMIT ?"
    )
    while rows := tuples(connection, sql, first, last, _STEP):
        for (table, action), run in groupby(rows, key=itemgetter(1, 2)):
            yield table, action, [row[3:] for row in run]
        last = rows[-1][0] - 1


def logged_change(row: sqlite3.Row) -> LoggedChange:
    """A change from its row."""
    return LoggedChange(
        seq=row["seq"],
        changeset_id=row["changeset_id"],
        table=row["table_name"],
        id=row["row_id"],
        action=row["action"],
        before=read_literals(row["before"]),
    )


def _changeset(row: sqlite3.Row) -> LoggedChangeSet:
    return LoggedChangeSet(
        id=row["id"],
        origin=row["origin"],
        label=row["label"] or "",
        author=row["author"] or "",
        time=row["time"],
        reverts_id=row["reverts_id"],
    )
