"""Quotes and sources as they travel to other files (`db.portable`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.portable import KnownQuotes, portable_quotes, portable_source
from db.queries.proof import speakers
from db.queries.rows import both, fetch, record, tuples
from db.queries.stored import rows_about
from db.records import Source

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from db.portable import PortableQuote, PortableSource
    from db.records import Bilingual, Ref

_TITLES = """
    SELECT 'event' AS of, id, title_en, title_ko FROM event
        WHERE id IN (SELECT event_id FROM evidence)
    UNION ALL
    SELECT 'stage', id, title_en, title_ko FROM stage
        WHERE id IN (SELECT stage_id FROM evidence)"""


def sources(connection: sqlite3.Connection) -> tuple[PortableSource, ...]:
    """Every source, without its text, by title."""
    sql = "SELECT * FROM source ORDER BY coalesce(title_en, title_ko), id"
    return tuple(portable_source(record(Source, row)) for row in fetch(connection, sql))


def quotes(
    connection: sqlite3.Connection, source_id: int | None = None
) -> tuple[PortableQuote, ...]:
    """Every quote, or those taken from a source, in the order of the texts."""
    sql = "SELECT id FROM quote WHERE ? IS NULL OR source_id = ?"
    ids = [row[0] for row in tuples(connection, sql, source_id, source_id)]
    titles: dict[Ref, Bilingual] = {
        (row["of"], row["id"]): both(row, "title") for row in fetch(connection, _TITLES)
    }
    found = portable_quotes(
        rows_about(connection, "quote", ids),
        {each.id: each for each in sources(connection) if each.id is not None},
        speakers(connection, None),
        titles,
    )
    return tuple(sorted(found, key=_place))


def known_quotes(connection: sqlite3.Connection, asked: Iterable[Ref]) -> KnownQuotes:
    """What quotes from elsewhere are held against; `asked` are the events and stages that they
    are evidence for."""
    rows = fetch(connection, "SELECT * FROM source ORDER BY id")
    return KnownQuotes(
        sources={row["id"]: record(Source, row) for row in rows},
        quotes=quotes(connection),
        speakers=speakers(connection, None),
        targets=frozenset(each for each in asked if _is_there(connection, each)),
    )


def _is_there(connection: sqlite3.Connection, ref: Ref) -> bool:
    table = {"event": "event", "stage": "stage"}[ref[0]]
    return bool(tuples(connection, f"SELECT 1 FROM {table} WHERE id = ?", ref[1]))  # noqa: S608


def _place(quote: PortableQuote) -> tuple[int, int, int]:
    own = quote.anchors[0]
    return own.source.id or 0, own.start or 0, quote.id or 0
