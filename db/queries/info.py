"""What a file holds, in numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db import dates
from db.queries.columns import disputed_ids
from db.queries.rows import tuples

if TYPE_CHECKING:
    import sqlite3

_COUNTS = {
    "lanes": "SELECT count(*) FROM lane",
    "stages": "SELECT count(*) FROM stage WHERE lane_id IS NOT NULL",
    "events": "SELECT count(*) FROM event",
    "sources": "SELECT count(*) FROM source",
    "quotes": "SELECT count(*) FROM quote",
}
_EXTENT = """
    SELECT min(coalesce(first_day, last_day)), max(coalesce(last_day, first_day))
    FROM event_date WHERE is_primary"""


def info(connection: sqlite3.Connection) -> dict[str, object]:
    """`schema`, the numbers of `lanes`, `stages` (without the prelude), `events`, `sources`,
    `quotes` and `disputed` events, and `extent`: first and last day of their primary dates in
    ISO, None where nothing has a date."""
    facts: dict[str, object] = {"schema": tuples(connection, "PRAGMA user_version")[0][0]}
    facts |= {name: tuples(connection, sql)[0][0] for name, sql in _COUNTS.items()}
    first, last = tuples(connection, _EXTENT)[0]
    extent = None if first is None else [dates.to_iso(first), dates.to_iso(last)]
    return facts | {"disputed": len(disputed_ids(connection)), "extent": extent}


def file_id(connection: sqlite3.Connection) -> str:
    """Which file this is, the same in its backups; empty where it does not say."""
    found = tuples(connection, "SELECT id FROM file")
    return str(found[0][0]) if found else ""
