"""Rows as they are stored: what an edit is compared with, and spells out its cascades from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db import schema
from db.queries.rows import fetch, fetch_one
from db.schema.triggers import quoted

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from db.changes import Rows, Value
    from db.schema import UniqueKey

    Table = dict[int, dict[str, Value]]

_TOGETHER = 500  # ids in one statement


def rows_about(connection: sqlite3.Connection, table: str, ids: Iterable[int]) -> Rows:
    """Rows by id, and every row of other logged tables that refers to one of them.

    Table -> id -> column -> value, without the id; every table that may refer to this one is
    there, the rows of each in the order of their ids.
    """
    wanted = list(ids)
    found: dict[str, Table] = {table: rows_by_id(connection, table, wanted)}
    for other in schema.tables().values():
        columns = tuple(name for name, to in other.references.items() if to == table)
        if not columns or not other.logged:
            continue
        rows = found.setdefault(other.name, {})
        for start in range(0, len(wanted), _TOGETHER):
            part = wanted[start : start + _TOGETHER]
            rows.update(_read(connection, other.name, columns, part))
    return found


def rows_by_id(connection: sqlite3.Connection, table: str, ids: Iterable[int]) -> Table:
    """Those of the rows of a table that are there, by id."""
    wanted = list(ids)
    found: Table = {}
    for start in range(0, len(wanted), _TOGETHER):
        found.update(_read(connection, table, ("id",), wanted[start : start + _TOGETHER]))
    return found


def holder_of(
    connection: sqlite3.Connection, table: str, key: UniqueKey, values: Sequence[Value]
) -> int | None:
    """The row that has a key, None where no row has it."""
    conditions = [f"{quoted(column)} = ?" for column in key.columns]
    if key.where:
        conditions.append(quoted(key.where))
    sql = f"SELECT id FROM {quoted(table)} WHERE {' AND '.join(conditions)}"  # noqa: S608
    row = fetch_one(connection, sql, *values)
    return int(row["id"]) if row else None


def _read(
    connection: sqlite3.Connection, table: str, columns: tuple[str, ...], ids: Sequence[int]
) -> Table:
    """The rows that have one of the ids in one of the columns."""
    marks = ", ".join("?" * len(ids))
    # A search for each column, so that each can use its index.
    either = " UNION ".join(
        f"SELECT * FROM {quoted(table)} WHERE {quoted(column)} IN ({marks})"  # noqa: S608
        for column in columns
    )
    rows = fetch(connection, f"{either} ORDER BY id", *list(ids) * len(columns))
    return {row["id"]: {key: row[key] for key in row.keys() if key != "id"} for row in rows}  # noqa: SIM118
