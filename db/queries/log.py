"""The log: changesets and what each of them changed, and which of them undo and redo take back.

Undo and redo have no record of their own. An undo is a changeset that writes the inverse of
another, a redo one that writes the inverse of an undo; so what comes next is read from the end
of the log backwards: each undo there has taken one changeset before it off the stack, each redo
has put one on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.changes import LoggedChange, LoggedChangeSet, read_literals
from db.queries.rows import fetch, fetch_one, tuples

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

_CHANGESETS = """
    SELECT changeset.*, max(seq) AS last FROM changeset JOIN change ON changeset_id = changeset.id
    GROUP BY changeset.id ORDER BY last"""
_NEWEST = """
    SELECT changeset.* FROM change JOIN changeset ON changeset.id = changeset_id
    WHERE seq < ? ORDER BY seq DESC LIMIT 1"""
_TOUCHED = """
    SELECT max(seq) FROM change
    WHERE (table_name = 'event' AND row_id = ?)
        OR (table_name = 'event_date' AND row_id IN (SELECT id FROM event_date WHERE event_id = ?))
        OR (table_name = 'claim' AND row_id IN (SELECT id FROM claim WHERE event_id = ?))
        OR (table_name = 'citation' AND row_id IN (SELECT id FROM citation WHERE event_id = ?))"""
# A row that is gone is found by what the log kept of it; only newer changes are looked through.
_DELETED = """
    SELECT max(seq) FROM change
    WHERE seq > ? AND action = 'delete' AND table_name IN ('event_date', 'claim', 'citation')
        AND before LIKE ?"""
_STEP = 5000  # changes that are read at a time
_BEYOND = 2**62  # more than any seq


def changesets(connection: sqlite3.Connection) -> tuple[LoggedChangeSet, ...]:
    """The changesets that changed anything, oldest first."""
    return tuple(_changeset(row) for row in fetch(connection, _CHANGESETS))


def newest_changesets(connection: sqlite3.Connection) -> Iterator[LoggedChangeSet]:
    """The same, newest first, each read when it is asked for."""
    before = _BEYOND
    while (row := fetch_one(connection, _NEWEST, before)) is not None:
        yield _changeset(row)
        first = "SELECT min(seq) FROM change WHERE changeset_id = ?"
        before = int(tuples(connection, first, row["id"])[0][0])


def undoable(connection: sqlite3.Connection) -> LoggedChangeSet | None:
    """The changeset whose inverse the next undo writes; the shipped data are none of them."""
    undone = 0
    for each in newest_changesets(connection):
        if each.origin == "base":
            return None
        if each.origin == "undo":
            undone += 1
        elif undone:
            undone -= 1
        else:
            return each
    return None


def redoable(connection: sqlite3.Connection) -> LoggedChangeSet | None:
    """The undo whose inverse the next redo writes: none once something else was changed."""
    redone = 0
    for each in newest_changesets(connection):
        if each.origin == "redo":
            redone += 1
        elif each.origin != "undo":
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
    deleted = tuples(connection, _DELETED, newest, f"%event_id={event_id},%")[0][0] or 0
    row = fetch_one(
        connection,
        "SELECT changeset.* FROM change JOIN changeset ON changeset.id = changeset_id"
        " WHERE seq = ? AND origin <> 'base'",
        max(newest, deleted),
    )
    return None if row is None else _changeset(row)


def changes(connection: sqlite3.Connection, changeset_id: int) -> tuple[LoggedChange, ...]:
    """What a changeset changed, in order."""
    return tuple(changes_backwards(connection, changeset_id))[::-1]


def size_of(connection: sqlite3.Connection, changeset_id: int) -> int:
    """How many changes a changeset has."""
    sql = "SELECT count(*) FROM change WHERE changeset_id = ?"
    return int(tuples(connection, sql, changeset_id)[0][0])


def changes_backwards(
    connection: sqlite3.Connection, changeset_id: int, after: int = 0
) -> Iterator[LoggedChange]:
    """What a changeset changed, last change first, a part at a time; `after` a seq."""
    sql = """
        SELECT * FROM change WHERE changeset_id = ? AND seq < ? AND seq > ?
        ORDER BY seq DESC LIMIT ?"""
    before = _BEYOND
    while rows := fetch(connection, sql, changeset_id, before, after, _STEP):
        for row in rows:
            yield logged_change(row)
        before = rows[-1]["seq"]


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


def last_change(connection: sqlite3.Connection) -> int:
    """The number of the last change: another one means that the data are others."""
    return int(tuples(connection, "SELECT coalesce(max(seq), 0) FROM change")[0][0])


def data_version(connection: sqlite3.Connection) -> int:
    """A number that changes when another connection has written to the file."""
    return int(tuples(connection, "PRAGMA data_version")[0][0])


def last_entry(connection: sqlite3.Connection) -> tuple[int, int] | None:
    """Number and changeset of the last change, None in a file without any.

    The number alone may come again: after going back to an earlier state others follow it.
    """
    found = tuples(connection, "SELECT seq, changeset_id FROM change ORDER BY seq DESC LIMIT 1")
    return (int(found[0][0]), int(found[0][1])) if found else None
