"""From rows to records."""

from __future__ import annotations

import sqlite3
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar, cast

from db.records import Bilingual

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

Record = TypeVar("Record")

# Fields of a record whose column bears another name, since SQL has that word or means more by it.
_COLUMNS = {"primary": "is_primary", "first": "first_day", "last": "last_day"}


def fetch(
    connection: sqlite3.Connection, sql: str, *values: object, **named: object
) -> list[sqlite3.Row]:
    """All rows, by column name; the values fill `?`, or by name `:id`."""
    cursor = connection.cursor()
    cursor.row_factory = sqlite3.Row
    return cursor.execute(sql, named or values).fetchall()


def fetch_one(
    connection: sqlite3.Connection, sql: str, *values: object, **named: object
) -> sqlite3.Row | None:
    """The first row, None where there is none."""
    rows = fetch(connection, sql, *values, **named)
    return rows[0] if rows else None


def tuples(connection: sqlite3.Connection, sql: str, *values: object) -> list[tuple[Any, ...]]:
    """All rows as bare tuples: for many of them."""
    cursor = connection.cursor()
    cursor.row_factory = None
    return cursor.execute(sql, values).fetchall()


def both(row: sqlite3.Row, name: str) -> Bilingual:
    """A text that stands in two columns."""
    return Bilingual(row[f"{name}_en"], row[f"{name}_ko"])


def record(
    kind: type[Record], row: sqlite3.Row, given: Mapping[str, object] = MappingProxyType({})
) -> Record:
    """A record from a row that has its columns; `given` are the fields that are no columns."""
    values: dict[str, object] = dict(given)
    for name, what in _plan(cast("Hashable", kind)):
        if name in values:
            continue
        if what == "Bilingual":
            values[name] = both(row, name)
        elif what == "bool":
            values[name] = bool(row[_COLUMNS.get(name, name)])
        else:
            values[name] = row[_COLUMNS.get(name, name)]
    return kind(**values)


@cache
def _plan(kind: Hashable) -> tuple[tuple[str, str], ...]:
    """Name and type of each field of a record; the types are read as they are written."""
    written: dict[str, Any] = cast("Any", kind).__annotations__
    # A named tuple keeps what was written in a ForwardRef, a dataclass as it is.
    return tuple((name, getattr(what, "__forward_arg__", what)) for name, what in written.items())
