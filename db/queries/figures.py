"""Figures that quotes state: which of them are about the same thing, and who says which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.details import StatedFigure
from db.queries.quotes import newest_anchor, quote, source_summary
from db.queries.rows import both, fetch, record
from db.records import Figure

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from db.records import Bilingual

# Names of things agree whatever their case; an empty one is that of no thing.
_ALIKE = """
    SELECT figure.* FROM figure JOIN source ON source.id = source_id
    WHERE lower(unit_en) = lower(?) OR unit_ko = ?
    ORDER BY coalesce(figure.edtf, source.edtf) IS NULL, coalesce(figure.edtf, source.edtf),
        source_id, start, figure.id"""
_UNITS = """
    SELECT max(unit_en) AS unit_en, max(unit_ko) AS unit_ko FROM figure
    WHERE coalesce(unit_en, unit_ko) IS NOT NULL
    GROUP BY lower(coalesce(unit_en, '')), coalesce(unit_ko, '')
    ORDER BY count(*) DESC, 1, 2"""


def figures_alike(
    connection: sqlite3.Connection, things: Iterable[Bilingual]
) -> tuple[StatedFigure, ...]:
    """The figures that count one of these things, each once, in order of when they are as of."""
    found: dict[int, StatedFigure] = {}
    for thing in things:
        for row in fetch(connection, _ALIKE, thing.en or None, thing.ko or None):
            if row["id"] not in found:
                found[row["id"]] = _stated(connection, row)
    return tuple(found.values())


def units(connection: sqlite3.Connection) -> tuple[Bilingual, ...]:
    """What figures count, the most frequent first."""
    return tuple(both(row, "unit") for row in fetch(connection, _UNITS))


def _stated(connection: sqlite3.Connection, row: sqlite3.Row) -> StatedFigure:
    quote_id = row["quote_id"]
    found = quote(connection, quote_id, newest_anchor(connection, quote_id))
    return StatedFigure(record(Figure, row), found, source_summary(connection, row["source_id"]))
