"""The events that have no date: asked at every start, and so apart from the details of others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.queries.rows import both, fetch, tuples
from db.undated import UndatedEvent

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable

_UNDATED = """
    SELECT id, title_en, title_ko FROM event
    WHERE NOT EXISTS (SELECT 1 FROM event_date WHERE event_id = event.id AND is_primary)"""


def undated(connection: sqlite3.Connection, dated: int | None = None) -> tuple[UndatedEvent, ...]:
    """The events without a date, by title; where all of them are known to be `dated`, none is
    looked at."""
    if dated is not None and tuples(connection, "SELECT count(*) FROM event") == [(dated,)]:
        return ()
    return _undated(fetch(connection, _UNDATED))


def undated_after(
    connection: sqlite3.Connection, before: Iterable[UndatedEvent], touched: Collection[int]
) -> tuple[UndatedEvent, ...]:
    """The same from those of `before`, where no others than the events `touched` were changed."""
    rows = fetch(connection, f"{_UNDATED} AND id IN ({', '.join(map(str, touched))})")
    others = [each for each in before if each.id not in set(touched)]
    return _undated(rows, others)


def _undated(
    rows: Iterable[sqlite3.Row], others: Iterable[UndatedEvent] = ()
) -> tuple[UndatedEvent, ...]:
    found = [*others, *(UndatedEvent(row["id"], both(row, "title")) for row in rows)]
    return tuple(sorted(found, key=lambda each: (each.title.en or each.title.ko or "", each.id)))
