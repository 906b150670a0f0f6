"""Sources: a document with its text, and the quotes that stand in it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from db.details import SourceDetail, SourceQuote, SourceRow
from db.errors import AllianceError
from db.queries.flaws import changed_sources
from db.queries.quotes import evidence, figures, newest_anchor, quote, translations
from db.queries.rows import both, fetch, fetch_one, record, tuples
from db.quotes import verify
from db.records import Anchor, Oddity, Source, SourcePlace

if TYPE_CHECKING:
    import sqlite3

    from db.quotes import State
    from db.records import Bilingual, Evidence

_EVIDENCE = """
    SELECT evidence.*, coalesce(event.title_en, stage.title_en) AS title_en,
        coalesce(event.title_ko, stage.title_ko) AS title_ko
    FROM evidence
    LEFT JOIN event ON event.id = evidence.event_id
    LEFT JOIN stage ON stage.id = evidence.stage_id
    LEFT JOIN event_date ON event_date.event_id = event.id AND is_primary
    WHERE quote_id = ?
    ORDER BY CASE stance WHEN 'supports' THEN 0 WHEN 'disputes' THEN 1 ELSE 2 END,
        first_day, evidence.id"""

_ROWS = """
    SELECT id, slug, title_en, title_ko, media_type, language, edtf, length(text) AS characters,
        (SELECT count(*) FROM source_place WHERE source_id = source.id) AS places,
        blob_sha256 AS sha256, supersedes_id, translation_from,
        (SELECT count(DISTINCT quote_id) FROM anchor
            WHERE source_id = source.id AND accepted) AS quotes
    FROM source ORDER BY coalesce(title_en, title_ko), id"""


def source_ids(connection: sqlite3.Connection) -> list[int]:
    return [row[0] for row in tuples(connection, "SELECT id FROM source ORDER BY id")]


def source_rows(connection: sqlite3.Connection) -> tuple[SourceRow, ...]:
    """A line for every source, by title."""
    rows = fetch(connection, _ROWS)
    changed = set(changed_sources(connection, [row["id"] for row in rows]))
    return tuple(record(SourceRow, row, {"changed": row["id"] in changed}) for row in rows)


def source_detail(connection: sqlite3.Connection, source_id: int) -> SourceDetail:
    """A source with everything that stands in it. Raises `row.missing` where it is not there."""
    row = fetch_one(connection, "SELECT * FROM source WHERE id = ?", source_id)
    if row is None:
        raise AllianceError("row.missing", table="source", id=source_id)
    return SourceDetail(
        source=record(Source, row),
        places=tuple(
            record(SourcePlace, each)
            for each in fetch(
                connection,
                "SELECT * FROM source_place WHERE source_id = ? ORDER BY start, id",
                source_id,
            )
        ),
        quotes=tuple(
            _source_quote(connection, record(Anchor, each), row["text"])
            for each in fetch(
                connection,
                "SELECT * FROM anchor WHERE source_id = ? AND accepted ORDER BY start, end, id",
                source_id,
            )
        ),
        oddities=tuple(
            record(Oddity, each)
            for each in fetch(
                connection, "SELECT * FROM oddity WHERE source_id = ? ORDER BY start, id", source_id
            )
        ),
        changed=any(changed_sources(connection, [source_id])),
    )


def source_bytes(connection: sqlite3.Connection, source_id: int) -> bytes:
    """The document that a source was read from. Raises `row.missing` where it is not there."""
    row = fetch_one(
        connection,
        "SELECT bytes FROM source JOIN blob ON blob.sha256 = blob_sha256 WHERE source.id = ?",
        source_id,
    )
    if row is None:
        raise AllianceError("row.missing", table="source", id=source_id)
    return bytes(row["bytes"])


def _source_quote(connection: sqlite3.Connection, anchor: Anchor, text: str) -> SourceQuote:
    newest = newest_anchor(connection, anchor.quote_id)
    rows = fetch(connection, _EVIDENCE, anchor.quote_id)
    on: tuple[tuple[Evidence, Bilingual], ...] = tuple(
        (evidence(row), both(row, "title")) for row in rows
    )
    found = quote(connection, anchor.quote_id, newest)
    stored = cast("State", anchor.state)
    state = verify(text, found.exact, anchor.start, anchor.end, stored)
    return SourceQuote(
        found,
        replace(anchor, state=state),
        on,
        translations(connection, anchor.quote_id),
        figures(connection, anchor.quote_id),
    )
