"""The lanes of a file; apart from the rest of a timeline, which brings numpy along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.queries.rows import fetch, record
from db.records import Lane

if TYPE_CHECKING:
    import sqlite3


def lanes(connection: sqlite3.Connection) -> tuple[Lane, ...]:
    """The lanes from top to bottom, each followed by those that sit under it."""
    found = [
        record(Lane, row) for row in fetch(connection, "SELECT * FROM lane ORDER BY position, id")
    ]
    children: dict[int | None, list[Lane]] = {}
    for lane in found:
        children.setdefault(lane.parent_id, []).append(lane)
    ordered: list[Lane] = []
    waiting = children.pop(None, [])[::-1]
    while waiting:
        ordered.append(waiting.pop())
        waiting += children.pop(ordered[-1].id, [])[::-1]
    # Lanes whose parents form a ring, which only another program can have made, come last.
    return (*ordered, *(lane for rest in children.values() for lane in rest))
