"""Writing: a ChangeSet in one transaction, and the making of a file."""

from __future__ import annotations

import secrets
import sqlite3
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from db import migrations, opening, schema
from db.changes import ChangeSet, Delete, Insert, Update, inverse, new_id, settled
from db.errors import AllianceError
from db.queries import log
from db.schema.triggers import quoted, row_as_literals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path
    from typing import Literal

    from db.changes import Change, LoggedChange, LoggedChangeSet, Value
    from db.edition import Merge

    Settle = Callable[[str, Mapping[str, Value]], Mapping[str, Value]]
    Way = Literal["undo", "redo"]


_TOLD = 500  # changes between two calls of a progress


def apply(connection: sqlite3.Connection, changeset: ChangeSet) -> int:
    """Writes all of a ChangeSet or nothing; gives its id in the log."""
    with _transaction(connection):
        return _apply(connection, changeset)


def revert(connection: sqlite3.Connection, way: Way, author: str) -> LoggedChangeSet | None:
    """Undoes what was done last, or does again what was undone last, as a changeset of its own;
    tells which one that was, None where there is none."""
    find = log.undoable if way == "undo" else log.redoable
    with _as_it_was(connection), _transaction(connection):
        found = find(connection)
        if found is None:
            return None
        taken_back = ChangeSet(
            (), found.changeset.label, author, way, reverts_id=found.changeset.id
        )
        logged = log.changes_backwards(connection, found.first, found.last)
        _apply(connection, taken_back, inverse(logged))
    return found.changeset


def take_back(
    connection: sqlite3.Connection,
    before: int,
    label: str,
    author: str,
    progress: Callable[[int, int], None],
) -> None:
    """Takes back everything from a seq on, as one changeset. `progress` is called with the changes
    done and all changes; an exception from it leaves everything as it is."""
    last = log.last_change(connection)

    def later() -> Iterator[LoggedChange]:
        for change in log.changes_backwards(connection, before, last):
            if (last - change.seq) % _TOLD == 0:
                progress(last - change.seq, last - before + 1)
            yield change

    with _as_it_was(connection), _transaction(connection):
        if before <= last:
            _apply(connection, ChangeSet((), label, author), inverse(later()))


def make(path: Path, edition: ChangeSet) -> None:
    """Makes a file with the data of an edition, and keeps them as its base as well.

    The edition is named by the ChangeSet's label and dated by its time.
    """
    with closing(opening.connect(path, "mode=rwc")) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        _fill(connection, edition)


def rows_of(edition: ChangeSet) -> list[tuple[str, int, str]]:
    """The rows of an edition as a new file has them: table, id and columns as the base does."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        _fill(connection, edition)
        return connection.execute("SELECT table_name, row_id, row FROM base").fetchall()


def take_edition(connection: sqlite3.Connection, merge: Merge, author: str) -> int | None:
    """Writes what a newer edition brings, as one changeset, and the edition itself as the base of
    the next one; gives the changeset's id, None where there was nothing to change.

    Raises `edition.stale` where the file was changed since the merge was made.
    """
    with _transaction(connection):
        if log.last_change(connection) != merge.last_change:
            raise AllianceError("edition.stale")
        changeset = ChangeSet(
            merge.changes, label=f"edition: {merge.name}", author=author, blobs=merge.blobs
        )
        changeset_id = _apply(connection, changeset) if merge.changes else None
        connection.execute(
            "UPDATE file SET edition = ?, edition_date = ?", (merge.name, merge.date)
        )
        connection.execute("DELETE FROM base")
        connection.executemany(
            "INSERT INTO base (table_name, row_id, edition, row) VALUES (?, ?, ?, ?)",
            [(table, row_id, merge.name, row) for table, row_id, row in merge.base],
        )
    return changeset_id


def _fill(connection: sqlite3.Connection, edition: ChangeSet) -> None:
    migrations.migrate(connection)
    with _transaction(connection):
        connection.execute(
            "INSERT INTO file (one, id, edition, edition_date) VALUES (1, ?, ?, ?)",
            (secrets.token_hex(16), edition.label, (edition.time or _now())[:10]),
        )
        _apply(connection, edition)
        for table in schema.tables().values():
            if table.logged:
                _keep_base(connection, table, edition.label)


@contextmanager
def _as_it_was(connection: sqlite3.Connection) -> Iterator[None]:
    """Within it references are not judged: what comes back was in the file before, and where
    another program had broken a reference by then, it was broken already."""
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException as error:
        nearer = _broken_reference(connection, error)
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        if nearer:
            raise nearer from error
        raise


def _apply(
    connection: sqlite3.Connection, changeset: ChangeSet, verbatim: Iterable[Change] = ()
) -> int:
    """`verbatim` are changes from the log: their values were stored before, so they are written
    as they are, whatever another program had made of them."""
    # References are judged when all is written, so that the order of changes does not matter.
    connection.execute("PRAGMA defer_foreign_keys = ON")
    changeset_id = changeset.id or new_id()
    connection.execute(
        "INSERT INTO changeset (id, origin, label, author, time, reverts_id)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (
            changeset_id,
            changeset.origin,
            changeset.label or None,
            changeset.author or None,
            changeset.time or _now(),
            changeset.reverts_id,
        ),
    )
    connection.execute("UPDATE context SET changeset_id = ?", (changeset_id,))
    for data in changeset.blobs:
        connection.execute(
            "INSERT INTO blob (sha256, bytes) VALUES (?, ?) ON CONFLICT DO NOTHING",
            (sha256(data).hexdigest(), data),
        )
    for change in changeset.changes:
        _write(connection, change, settled)
    for change in verbatim:
        _write(connection, change, _as_it_is)
    connection.execute("UPDATE context SET changeset_id = NULL")
    return changeset_id


def _write(connection: sqlite3.Connection, change: Change, settle: Settle) -> None:
    table = schema.tables().get(change.table)
    if table is None or not table.logged:
        raise ValueError(f"{change.table} is not a table that changes are made to")
    name = quoted(change.table)
    if isinstance(change, Delete):
        cursor = connection.execute(f"DELETE FROM {name} WHERE id = ?", (change.id,))  # noqa: S608
    elif isinstance(change, Update):
        values = settle(change.table, change.values)
        if not values:
            return
        sets = ", ".join(f"{quoted(column)} = ?" for column in values)
        cursor = connection.execute(
            f"UPDATE {name} SET {sets} WHERE id = ?",  # noqa: S608
            (*values.values(), change.id),
        )
    else:
        cursor = _insert(connection, change, settle)
    if cursor.rowcount != 1:
        raise AllianceError("row.missing", table=change.table, id=change.id)


def _as_it_is(_table: str, values: Mapping[str, Value]) -> Mapping[str, Value]:
    return values


def _insert(connection: sqlite3.Connection, change: Insert, settle: Settle) -> sqlite3.Cursor:
    values: dict[str, Value] = {"id": change.id, **settle(change.table, change.values)}
    columns = ", ".join(quoted(column) for column in values)
    places = ", ".join("?" * len(values))
    return connection.execute(
        f"INSERT INTO {quoted(change.table)} ({columns}) VALUES ({places})",  # noqa: S608
        tuple(values.values()),
    )


def _broken_reference(connection: sqlite3.Connection, error: BaseException) -> AllianceError | None:
    """The row that refers to nothing, which SQLite refuses at the end without naming it."""
    code = getattr(error, "sqlite_errorcode", 0)
    if code != sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
        return None
    row = connection.execute("PRAGMA foreign_key_check").fetchone()
    if row is None:
        return None
    return AllianceError("change.reference", table=row[0], id=row[1], parent=row[2])


def _keep_base(connection: sqlite3.Connection, table: schema.Table, edition: str) -> None:
    row = row_as_literals(table.columns[1:])
    rows = f"SELECT ?, id, ?, {row} FROM {quoted(table.name)}"  # noqa: S608
    connection.execute(
        f"INSERT INTO base (table_name, row_id, edition, row) {rows}", (table.name, edition)
    )


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
