"""The check of a file: the database, the schema, every reference, quote and date.

A `Problem` is a finding in a file that opens; it changes nothing.
"""

from __future__ import annotations

import sqlite3
import unicodedata
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from db import dates, quotes, schema
from db.errors import AllianceError
from db.opening import check_schema
from db.queries.rows import fetch, tuples
from db.schema.triggers import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAX_FAULTS = 100  # of a damaged database; one is enough to know
_ANCHORS = """
    SELECT anchor.*, exact, attribution FROM anchor JOIN quote ON quote.id = quote_id
    WHERE anchor.source_id = ? AND state <> 'broken' AND accepted"""
_SNIPPET = 60  # code points of a text that a problem cites


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: the catalogue's key without its `problem.` prefix, the row it was
    found in (None where it is the file as a whole) and the fields of the sentence."""

    code: str
    table: str | None = None
    id: int | None = None
    fields: dict[str, str | int | None] = field(default_factory=dict)

    def words(self) -> dict[str, object]:
        """What the sentence of the catalogue is filled with."""
        return {"table": self.table, "id": self.id, **self.fields}

    def as_data(self) -> dict[str, object]:
        """The same as plain data, for JSON."""
        return asdict(self)


def check(connection: sqlite3.Connection) -> list[Problem]:
    """Everything. A damaged database is reported alone: the rest could not be trusted."""
    problems = [*_database(connection, "integrity_check"), *_schema(connection)]
    if problems:
        return problems
    try:
        for finder in (_references, _context, _texts, _sources, _quotes, _dates, _stages):
            problems += finder(connection)
    except sqlite3.DatabaseError as error:
        if "Could not decode to UTF-8" not in str(error):
            raise
        problems.append(Problem("database", fields={"fault": str(error)}))
    return problems


def quick_check(connection: sqlite3.Connection) -> list[Problem]:
    """The database's structure, and that no row refers to nothing."""
    return sound(connection) or list(_references(connection))


def sound(connection: sqlite3.Connection) -> list[Problem]:
    """The database's structure alone: whether all of it can be read."""
    return list(_database(connection, "quick_check"))


def _database(connection: sqlite3.Connection, pragma: str) -> Iterator[Problem]:
    try:
        faults = [row[0] for row in tuples(connection, f"PRAGMA {pragma}({_MAX_FAULTS})")]
    except sqlite3.DatabaseError as error:
        faults = [str(error)]
    for fault in faults:
        if fault != "ok":
            yield Problem("database", fields={"fault": fault})


def _schema(connection: sqlite3.Connection) -> Iterator[Problem]:
    from pathlib import Path

    try:
        check_schema(connection, Path())
    except AllianceError as error:
        yield Problem("schema", fields={"name": str(error.fields.get("name", ""))})


def _references(connection: sqlite3.Connection) -> Iterator[Problem]:
    for table, row_id, parent, _ in tuples(connection, "PRAGMA foreign_key_check"):
        yield Problem("reference", table, row_id, {"parent": parent})


def _context(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Between our transactions the context is one empty row; else changes go under a wrong name."""
    if tuples(connection, "SELECT changeset_id FROM context") != [(None,)]:
        yield Problem("context")


def _texts(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Text that is not NFC is not found by a search for it."""
    for table in schema.tables().values():
        if not table.logged or not table.text_columns:
            continue
        columns = ", ".join(quoted(column) for column in table.text_columns)
        sql = f"SELECT id, {columns} FROM {quoted(table.name)}"  # noqa: S608
        for row_id, *values in tuples(connection, sql):
            for column, value in zip(table.text_columns, values, strict=True):
                if value and not unicodedata.is_normalized("NFC", value):
                    yield Problem("text", table.name, row_id, {"column": column})


def _sources(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Stored texts and bytes against their digests."""
    from hashlib import sha256

    for row in fetch(connection, "SELECT id, slug, text, text_sha256 FROM source"):
        if sha256(row["text"].encode()).hexdigest() != row["text_sha256"]:
            yield Problem("source.text", "source", row["id"], {"slug": row["slug"]})
    missing = "SELECT id, slug FROM source WHERE blob_sha256 NOT IN (SELECT sha256 FROM blob)"
    for row_id, slug in tuples(connection, missing):
        yield Problem("source.blob", "source", row_id, {"slug": slug})
    for digest, data in connection.execute("SELECT sha256, bytes FROM blob"):
        if sha256(data).hexdigest() != digest:
            yield Problem("blob", "blob", None, {"sha256": digest})


def _quotes(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Every accepted anchor, figure and oddity against the text it points into."""
    from hashlib import sha256

    sources = "SELECT id, text, text_sha256 FROM source"
    for source_id, text, digest in tuples(connection, sources):
        stored = sha256(text.encode()).hexdigest() == digest
        for row in fetch(connection, _ANCHORS, source_id):
            yield from _anchor(row, text, stored)
        for table in ("figure", "oddity"):
            rows = fetch(connection, f"SELECT * FROM {table} WHERE source_id = ?", source_id)  # noqa: S608
            for row in rows:
                if text[row["start"] : row["end"]] != row["exact"]:
                    yield _misplaced(table, row["id"], row["exact"], row["start"])
    unanchored = """
        SELECT id, exact FROM quote WHERE id NOT IN (SELECT quote_id FROM anchor WHERE accepted)"""
    for row_id, exact in tuples(connection, unanchored):
        yield Problem("quote.unanchored", "quote", row_id, {"exact": exact[:_SNIPPET]})


def _anchor(row: sqlite3.Row, text: str, stored: bool) -> Iterator[Problem]:
    """`stored`: whether the text is the one that the words were taken from."""
    exact, attribution, quote_id = row["exact"], row["attribution"], row["quote_id"]
    if quotes.verify(text, exact, row["start"], row["end"], row["state"]) == "broken":
        yield _misplaced("quote", quote_id, exact, row["start"])
        return
    selector = quotes.Selector(exact, row["before"], row["after"], row["start"], row["end"])
    found = quotes.find(text, selector)
    if row["state"] == "intact" and (
        found.state != "intact" or (stored and found.score < quotes.FULL)
    ):
        yield Problem(
            "quote.context",
            "quote",
            quote_id,
            {"exact": exact[:_SNIPPET], "start": row["start"], "found": found.start},
        )
    phrase = row["attribution_start"]
    if attribution and phrase is not None and not quotes.stands(text, attribution, phrase):
        fields: dict[str, str | int | None] = {"exact": attribution[:_SNIPPET], "start": phrase}
        yield Problem("quote.phrase", "quote", quote_id, fields)


def _misplaced(table: str, row_id: int, exact: str, start: int) -> Problem:
    return Problem("quote.words", table, row_id, {"exact": exact[:_SNIPPET], "start": start})


def _dates(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Every date against its EDTF text, and what was derived from it."""
    for row in fetch(connection, "SELECT * FROM event_date"):
        try:
            date = dates.parse(row["edtf"])
        except AllianceError:
            yield _no_date("event_date", row["id"], row["edtf"])
            continue
        if (row["first_day"], row["last_day"], row["shape"]) != (date.first, date.last, date.shape):
            yield Problem("date.derived", "event_date", row["id"], {"edtf": row["edtf"]})
    for table, column in (
        ("citation", "edtf"),
        ("source", "edtf"),
        ("figure", "edtf"),
        ("view", "from_edtf"),
        ("view", "to_edtf"),
    ):
        sql = f"SELECT id, {column} FROM {quoted(table)} WHERE {column} IS NOT NULL"  # noqa: S608
        for row_id, edtf in tuples(connection, sql):
            if not _is_date(edtf):
                yield _no_date(table, row_id, edtf)
    for row_id, *values in tuples(
        connection, "SELECT id, value_en, value_ko FROM claim WHERE aspect = 'date'"
    ):
        for edtf in sorted({value for value in values if value}):
            if not _is_date(edtf):
                yield _no_date("claim", row_id, edtf)
    without = """
        SELECT event.id, coalesce(title_en, title_ko) FROM event
        WHERE EXISTS (SELECT 1 FROM event_date WHERE event_id = event.id)
            AND NOT EXISTS (SELECT 1 FROM event_date WHERE event_id = event.id AND is_primary)"""
    for row_id, title in tuples(connection, without):
        yield Problem("date.primary", "event", row_id, {"title": title})


def _is_date(edtf: str) -> bool:
    try:
        dates.parse(edtf)
    except AllianceError:
        return False
    return True


def _no_date(table: str, row_id: int, edtf: str) -> Problem:
    return Problem("date.text", table, row_id, {"edtf": edtf})


def _stages(connection: sqlite3.Connection) -> Iterator[Problem]:
    """A stage begins when its start event does, so that must have a date."""
    undated = """
        SELECT id, coalesce(title_en, title_ko) FROM stage WHERE NOT EXISTS
            (SELECT 1 FROM event_date WHERE event_id = start_event_id AND is_primary)"""
    for row_id, title in tuples(connection, undated):
        yield Problem("stage.undated", "stage", row_id, {"title": title})
