"""In which state a file is: little to ask, and asked at every start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.queries.rows import tuples

if TYPE_CHECKING:
    import sqlite3

# Two copies of a file may have been changed as often, hence the last change itself and its time.
_LAST = """
    SELECT seq, table_name, row_id, action, changeset.id, time
    FROM change LEFT JOIN changeset ON changeset.id = changeset_id ORDER BY seq DESC LIMIT 1"""
_WAITING = "SELECT count(*) FROM anchor WHERE NOT accepted"
_STATE = ("SELECT * FROM file", _LAST)
_MARKED = """
    SELECT EXISTS (SELECT 1 FROM event WHERE marking IS NOT NULL)
        OR EXISTS (SELECT 1 FROM source WHERE marking IS NOT NULL)"""


def last_change(connection: sqlite3.Connection) -> int:
    """The number of the last change: another one means that the data are others."""
    return int(tuples(connection, "SELECT coalesce(max(seq), 0) FROM change")[0][0])


def last_entry(connection: sqlite3.Connection) -> tuple[int, int] | None:
    """Number and changeset of the last change, None in a file without any.

    The number alone may come again: after going back to an earlier state others follow it.
    """
    found = tuples(connection, "SELECT seq, changeset_id FROM change ORDER BY seq DESC LIMIT 1")
    return (int(found[0][0]), int(found[0][1])) if found else None


def data_version(connection: sqlite3.Connection) -> int:
    """A number that changes when another connection has written to the file."""
    return int(tuples(connection, "PRAGMA data_version")[0][0])


def state(connection: sqlite3.Connection) -> tuple[object, ...]:
    """Which file it is, and its last change: equal ones mean the same data."""
    return tuple(value for sql in _STATE for row in tuples(connection, sql) for value in row)


def is_marked(connection: sqlite3.Connection) -> bool:
    """Whether an event or a source carries a handling mark."""
    return bool(tuples(connection, _MARKED)[0][0])


def proposals_waiting(connection: sqlite3.Connection) -> int:
    """How many proposals about quotes in other editions nobody has decided on."""
    return int(tuples(connection, _WAITING)[0][0])
