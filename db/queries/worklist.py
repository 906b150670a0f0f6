"""What is still to be done: events that wait for somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.details import Task
from db.queries.flaws import flaws
from db.queries.rows import tuples
from db.queries.sources import source_ids

if TYPE_CHECKING:
    import sqlite3

# Editions of one document are one source: the first of their line stands for all of them.
_SOURCES = """
    WITH RECURSIVE line (id, first) AS (
        SELECT id, id FROM source WHERE supersedes_id IS NULL
        UNION ALL
        SELECT source.id, first FROM source JOIN line ON supersedes_id = line.id
    )
    SELECT event_id FROM (
        SELECT event_id, NULL AS source_id FROM citation
        UNION ALL
        SELECT DISTINCT event_id, coalesce(line.first, quote.source_id)
        FROM evidence JOIN quote ON quote.id = quote_id LEFT JOIN line ON line.id = quote.source_id
        WHERE event_id IS NOT NULL
    ) GROUP BY event_id"""
_CONDITIONS = {
    "unsourced": f"event.id NOT IN ({_SOURCES})",
    "one-source": f"event.id IN ({_SOURCES} HAVING count(*) = 1)",
    "broken": "event.id IN ({broken})",
    "disputed": """EXISTS
        (SELECT 1 FROM evidence WHERE event_id = event.id AND stance = 'disputes')""",
    "untitled": "title_en IS NULL OR title_ko IS NULL",
    "unseen": "confidence IN ('partly', 'unseen')",
    "stale": """EXISTS
        (SELECT 1 FROM evidence JOIN quote_translation USING (quote_id)
         WHERE event_id = event.id AND stale)""",
    "undated": "event_date.id IS NULL",
}
_EVENTS = """
    SELECT event.id FROM event
    LEFT JOIN event_date ON event_id = event.id AND is_primary
    WHERE {condition}
    ORDER BY coalesce(first_day, last_day) IS NULL, coalesce(first_day, last_day),
        coalesce(title_ko, title_en), event.id"""


def worklist(connection: sqlite3.Connection) -> tuple[Task, ...]:
    """Every kind of task, those without any event too, in one order."""
    every_source = set(source_ids(connection))
    events = ", ".join(map(str, flaws(connection, every_source).broken.tolist()))
    return tuple(
        Task(kind, _ids(connection, condition.format(broken=events)))
        for kind, condition in _CONDITIONS.items()
    )


def _ids(connection: sqlite3.Connection, condition: str) -> tuple[int, ...]:
    rows = tuples(connection, _EVENTS.format(condition=condition))
    return tuple(row[0] for row in rows)
