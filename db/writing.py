"""Writing: a ChangeSet in one transaction, and the making of a file."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager, nullcontext
from hashlib import sha256
from itertools import chain, groupby, islice
from typing import TYPE_CHECKING

from db import migrations, opening, schema
from db.bulk import many_records
from db.changes import (
    ChangeSet,
    Delete,
    Insert,
    Update,
    new_id,
    read_literals,
    read_whole,
    settled,
    settled_alike,
    timestamp,
)
from db.errors import AllianceError
from db.queries import log, state
from db.schema.triggers import quoted, row_as_literals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import Literal

    from db.changes import Change, LoggedChangeSet, Value
    from db.edition import Merge

    Settle = Callable[[str, Mapping[str, Value]], Mapping[str, Value]]
    Stored = tuple[Value, ...]
    """A row as it is stored, its id first."""
    Way = Literal["undo", "redo"]

    Watch = Callable[[int, int], object]
    """Told how many changes of how many are written; what it raises takes them all back."""

_IDS = 500  # of one statement
# Of one statement, in a small and in a large changeset. It keeps each page that it touches, so that
# it can be taken back alone, which the rows share; between two statements the progress is told.
_FEW, _MANY = 40, 250
_STATEMENTS = 50  # that a changeset is to be written by at least, before it counts as a large one
_TOLD = 500  # changes between two calls of a progress
_RECORDS = 1000  # changes, from which on it is worth while to look for no garbage meanwhile

_CACHE = 262_144  # KiB that a transaction may take of the memory


def apply(
    connection: sqlite3.Connection, changeset: ChangeSet, progress: Watch | None = None
) -> int:
    """Writes all of a ChangeSet or nothing; gives its id in the log."""
    with _transaction(connection):
        return _apply(connection, changeset, progress)


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
        _apply(connection, taken_back, back_to=(found.first, found.last))
    return found.changeset


def take_back(
    connection: sqlite3.Connection,
    before: int,
    label: str,
    author: str,
    progress: Watch,
) -> None:
    """Takes back everything from a seq on, as one changeset."""
    last = state.last_change(connection)

    def watch(done: int, _total: int) -> None:
        progress(done, last - before + 1)

    with _as_it_was(connection), _transaction(connection):
        if before <= last:
            changeset = ChangeSet((), label, author)
            _apply(connection, changeset, watch, back_to=(before, last))


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
        if state.last_change(connection) != merge.last_change:
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
            (os.urandom(16).hex(), edition.label, (edition.time or timestamp())[:10]),
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
    # What SQLite keeps to take one statement back, in a temporary file, would double the time;
    # and a large transaction should not have to leave the cache and be read again.
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute(f"PRAGMA cache_size = -{_CACHE}")
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
    connection: sqlite3.Connection,
    changeset: ChangeSet,
    progress: Watch | None = None,
    back_to: tuple[int, int] | None = None,
) -> int:
    """`back_to` are the first and the last change of the log that are taken back."""
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
            changeset.time or timestamp(),
            changeset.reverts_id,
        ),
    )
    connection.execute("UPDATE context SET changeset_id = ?", (changeset_id,))
    for data in changeset.blobs:
        connection.execute(
            "INSERT INTO blob (sha256, bytes) VALUES (?, ?) ON CONFLICT DO NOTHING",
            (sha256(data).hexdigest(), data),
        )
    done = told = 0
    number = len(changeset.changes) if back_to is None else back_to[1] - back_to[0]
    with many_records() if number >= _RECORDS else nullcontext():
        for run in _runs(changeset.changes):
            _write_run(connection, run)
            done += len(run)
            if progress and (done - told >= _FEW or done == len(changeset.changes)):
                told = done
                progress(done, len(changeset.changes))
        if back_to is not None:
            _take_back(connection, *back_to, progress)
    connection.execute("UPDATE context SET changeset_id = NULL")
    return changeset_id


def _take_back(
    connection: sqlite3.Connection, first: int, last: int, progress: Watch | None
) -> None:
    """Writes the inverse of changes in the log. Their values were stored before, so they are
    written as they are, whatever another program had made of them."""
    done = told = 0
    for table, action, rows in log.inverse_runs(connection, first, last):
        if action == "insert":
            for at in range(0, len(rows), _IDS):
                part = rows[at : at + _IDS]
                _delete(connection, [Delete(table, row_id) for row_id, _ in part])
        elif action == "delete":
            _bring_back(connection, table, rows)
        else:
            for row_id, text in rows:
                _write(connection, Update(table, row_id, read_literals(text)), _as_it_is)
        done += len(rows)
        if progress and done - told >= _TOLD:
            told = done
            progress(done, last - first + 1)


def _bring_back(
    connection: sqlite3.Connection, table: str, rows: Sequence[tuple[int, str | None]]
) -> None:
    """Writes rows that were deleted, as the log kept them."""
    columns = ("id", *schema.tables()[table].columns[1:])
    for at in range(0, len(rows), _MANY):
        part = rows[at : at + _MANY]
        read = [read_whole(table, text) for _, text in part]
        if None not in read:
            stored = [(row_id, *row) for (row_id, _), row in zip(part, read, strict=True) if row]
            if _insert_together(connection, table, columns, stored):
                continue
        for row_id, text in part:
            _write(connection, Insert(table, row_id, read_literals(text)), _as_it_is)


def _runs(changes: Sequence[Change]) -> Iterator[list[Change]]:
    """The changes in their order; those that one statement can do come together."""
    most = min(max(len(changes) // _STATEMENTS, _FEW), _MANY)
    for _, alike in groupby(changes, key=_kind):
        while run := list(islice(alike, most)):
            yield run


def _kind(change: Change) -> tuple[object, ...]:
    """The same for new rows of one table with the same columns, and for what goes from one."""
    if isinstance(change, Insert):
        return (Insert, change.table, *change.values)
    return type(change), change.table


def _write_run(connection: sqlite3.Connection, run: list[Change]) -> None:
    """Writes what one statement can do by one, which takes a third of the time.

    Where new rows are refused they are written one by one, so that the row to blame is told.
    """
    if len(run) > 1 and isinstance(run[0], Insert):
        columns, values = settled_alike(
            run[0].table, [change.values for change in run if isinstance(change, Insert)]
        )
        rows = [(change.id, *row) for change, row in zip(run, values, strict=True)]
        if _insert_together(connection, run[0].table, ("id", *columns), rows):
            return
    if len(run) > 1 and isinstance(run[0], Delete):
        _delete(connection, run)
        return
    for change in run:
        _write(connection, change, settled)


def _delete(connection: sqlite3.Connection, run: Sequence[Change]) -> None:
    """Takes rows of one table away."""
    places = ", ".join("?" * len(run))
    gone = connection.execute(
        f"DELETE FROM {_logged(run[0].table)} WHERE id IN ({places}) RETURNING id",  # noqa: S608
        [change.id for change in run],
    ).fetchall()
    if len(gone) < len(run):
        there = {row[0] for row in gone}
        missing = next((change.id for change in run if change.id not in there), run[-1].id)
        raise AllianceError("row.missing", table=run[0].table, id=missing)


def _write(connection: sqlite3.Connection, change: Change, settle: Settle) -> None:
    name = _logged(change.table)
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
        values = {"id": change.id, **settle(change.table, change.values)}
        cursor = _insert(connection, change.table, tuple(values), [tuple(values.values())])
    if cursor.rowcount != 1:
        raise AllianceError("row.missing", table=change.table, id=change.id)


def _as_it_is(_table: str, values: Mapping[str, Value]) -> Mapping[str, Value]:
    return values


def _insert_together(
    connection: sqlite3.Connection, table: str, columns: Sequence[str], rows: Sequence[Stored]
) -> bool:
    """Writes new rows of one table by one statement; False where one of them is refused."""
    try:
        _insert(connection, table, columns, rows)
    except sqlite3.IntegrityError:  # the statement is taken back, what came before stands
        return False
    return True


def _insert(
    connection: sqlite3.Connection, table: str, columns: Sequence[str], rows: Sequence[Stored]
) -> sqlite3.Cursor:
    """Writes rows of one table."""
    one = f"({', '.join('?' * len(columns))})"
    return connection.execute(
        f"INSERT INTO {_logged(table)} ({', '.join(map(quoted, columns))})"  # noqa: S608
        f" VALUES {', '.join([one] * len(rows))}",
        list(chain.from_iterable(rows)),
    )


def _logged(table: str) -> str:
    """The name, for SQL, of a table that changes are made to."""
    found = schema.tables().get(table)
    if found is None or not found.logged:
        raise ValueError(f"{table} is not a table that changes are made to")
    return quoted(table)


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
