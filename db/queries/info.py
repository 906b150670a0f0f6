"""What a file holds, in numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from db import dates
from db.digest import digest
from db.queries.flaws import disputed_ids
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
_ID = re.compile(r"[0-9a-f]{32}")
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
    """Which file this is, the same in its backups.

    It becomes the name of folders, so nothing but an id as we make them is taken as it is.
    """
    found = tuples(connection, "SELECT id FROM file")
    ident = str(found[0][0]) if found else ""
    return ident if _ID.fullmatch(ident) else digest(ident.encode()).hex()[:32]
