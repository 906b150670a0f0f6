"""The log: changesets and what each of them changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.changes import LoggedChange, LoggedChangeSet, read_literals
from db.queries.rows import fetch, tuples

if TYPE_CHECKING:
    import sqlite3

_CHANGESETS = """
    SELECT changeset.*, max(seq) AS last FROM changeset JOIN change ON changeset_id = changeset.id
    GROUP BY changeset.id ORDER BY last"""


def changesets(connection: sqlite3.Connection) -> tuple[LoggedChangeSet, ...]:
    """The changesets that changed anything, oldest first."""
    return tuple(
        LoggedChangeSet(
            id=row["id"],
            origin=row["origin"],
            label=row["label"] or "",
            author=row["author"] or "",
            time=row["time"],
            reverts_id=row["reverts_id"],
        )
        for row in fetch(connection, _CHANGESETS)
    )


def changes(connection: sqlite3.Connection, changeset_id: int) -> tuple[LoggedChange, ...]:
    """What a changeset changed, in order."""
    return tuple(
        LoggedChange(
            seq=row["seq"],
            changeset_id=row["changeset_id"],
            table=row["table_name"],
            id=row["row_id"],
            action=row["action"],
            before=read_literals(row["before"]),
        )
        for row in fetch(
            connection, "SELECT * FROM change WHERE changeset_id = ? ORDER BY seq", changeset_id
        )
    )


def last_change(connection: sqlite3.Connection) -> int:
    """The number of the last change: another one means that the data are others."""
    return int(tuples(connection, "SELECT coalesce(max(seq), 0) FROM change")[0][0])
