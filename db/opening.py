"""Opening a file that nothing is known of: look first, trust nothing, change nothing.

The look reads through SQLite alone. A plain `open` and `close` of a file would release the locks
that this process holds on it, so none happens before SQLite itself has refused the file.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
from typing import TYPE_CHECKING
from urllib.parse import quote

from db import media, migrations, schema
from db.errors import AllianceError
from db.faults import translated
from db.queries.state import state

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE = 5.0  # seconds to wait for another program's write
_MAGIC = b"SQLite format 3\0"
_PAGE_COUNT = slice(28, 32)  # of the header: the size of the database in pages
_PAGE_SIZE = slice(16, 18)


def inspect(path: Path, patience: float = PATIENCE) -> int:
    """Looks whether a file is one of ours, changing and making nothing; gives its schema version.

    Raises `file.missing`, `file.directory`, `file.special`, `file.empty`, `file.unreadable`,
    `file.random`, `file.foreign`, `file.older`, `file.cut`, `file.damaged`.
    """
    _check_kind(path)
    # Immutable, so that a closed file in WAL mode gets no companions; not where another program
    # has it open, for then its newest pages are in one of them.
    options = "" if _beside(path, "-wal") else "&immutable=1"
    address = f"mode=ro{options}"
    with refusing(path), contextlib.closing(connect(path, address, patience)) as connection:
        return check_identity(connection, path)


def glance(path: Path) -> tuple[object, ...]:
    """What tells the state of a file from any other without reading it: numbers and texts.

    Two equal ones mean the same data, seen in the same place and open to the same writing. Looks
    as `inspect` does, and at the schema too. Raises what `inspect` and `check_schema` raise.
    """
    with looking(path) as connection:
        found = path.stat()
        version = check_identity(connection, path)
        log = state(connection)
    return (version, found.st_ino, found.st_size, media.obstacle(path), *log)


@contextlib.contextmanager
def looking(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to look at a file of ours with, changing and making nothing. Raises what
    `inspect` and `check_schema` raise."""
    _check_kind(path)
    # Whoever writes just now, or was cut short, leaves a companion that belongs to the data.
    options = "" if _beside(path, "-wal") or _beside(path, "-journal") else "&immutable=1"
    with refusing(path), contextlib.closing(connect(path, f"mode=ro{options}")) as connection:
        check_identity(connection, path)
        check_schema(connection, path)
        yield connection


def stamp(connection: sqlite3.Connection, path: Path) -> list[object] | None:
    """What tells whether anything at all was written to a file since: numbers and texts, None
    where that cannot be told.

    The log does not know of what is written without its triggers; the system knows when a file
    was written to, and SQLite how often its schema was changed. To be asked while nobody writes.
    """
    if _beside(path, "-wal"):
        return None
    try:
        found = path.stat()
    except OSError:  # it was taken away in this very moment
        return None
    told = (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
    return [*told, _pragma(connection, "schema_version"), *state(connection)]


@contextlib.contextmanager
def refusing(path: Path) -> Iterator[None]:
    """Within it, what SQLite says about a file is told as nearly as its header allows."""
    try:
        with translated(path):
            yield
    except AllianceError as error:
        if error.code in ("file.foreign", "file.damaged"):
            raise _nearer(path, error) from error
        raise


def connect(path: Path, options: str, patience: float = PATIENCE) -> sqlite3.Connection:
    """A connection by file address, wary of what is in the file; it waits `patience` seconds for
    others."""
    # As bytes: a name need not be Unicode.
    name = quote(os.fsencode(path.absolute()).replace(os.sep.encode(), b"/"))
    address = f"file:{name}?{options}"
    connection = sqlite3.connect(address, uri=True, isolation_level=None, timeout=patience)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    return connection


def reader(path: Path, patience: float = PATIENCE) -> sqlite3.Connection:
    """A connection that cannot write.

    Where the folder allows it SQLite may open the file for writing all the same, so that it can
    recover what a crash left and take its companions away again; a statement cannot write.
    """
    if media.obstacle(path) is None:
        connection = connect(path, "mode=rw", patience)
        connection.execute("PRAGMA query_only = ON")
        return connection
    connection = connect(path, "mode=ro", patience)
    try:
        connection.execute("PRAGMA schema_version")
    except sqlite3.OperationalError:
        # In WAL mode, on a medium where its companions cannot be made: nobody writes there.
        connection.close()
        return connect(path, "mode=ro&immutable=1")
    return connection


def check_identity(connection: sqlite3.Connection, path: Path) -> int:
    """The schema version of a file of ours.

    Raises `file.foreign` for any other database, `file.older` for a version before the first.
    """
    if _pragma(connection, "application_id") != schema.APPLICATION_ID:
        raise AllianceError("file.foreign", path=path)
    version = _pragma(connection, "user_version")
    if version < schema.SCHEMA_VERSION:
        raise AllianceError("file.older", path=path, version=version)
    return version


def check_schema(connection: sqlite3.Connection, path: Path) -> None:
    """Compares what a file holds with the schema.

    Raises `file.trigger` and `file.view` for foreign ones, `file.schema` for a table or index that
    was changed, added or taken away, and for a newer version `file.newer` where it no longer has
    all our columns.
    """
    held = _held(connection)
    if _pragma(connection, "user_version") > schema.SCHEMA_VERSION:
        _check_columns(connection, path)
        return
    if schema.fingerprint(held) == schema.FINGERPRINT:
        return
    expected = schema.objects()
    for name, kind, sql in held:
        if expected.get(name) != (kind, sql):
            code = f"file.{kind}" if kind in ("trigger", "view") else "file.schema"
            raise AllianceError(code, path=path, name=name)
    missing = expected.keys() - {name for name, _, _ in held}
    if missing:
        raise AllianceError("file.schema", path=path, name=min(missing))


def _held(connection: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """Name, type and SQL of everything in a file but SQLite's own and the list of migrations."""
    rows = connection.execute(
        "SELECT name, type, sql, tbl_name FROM sqlite_master WHERE sql IS NOT NULL"
    )
    return [
        (name, kind, sql)
        for name, kind, sql, table in rows
        if not name.startswith("sqlite_")
        and not (table == migrations.TABLE and kind in ("table", "index"))
    ]


def _check_columns(connection: sqlite3.Connection, path: Path) -> None:
    """A newer file can be read if our tables are still tables and have our columns."""
    version = _pragma(connection, "user_version")
    kinds = {name: kind for name, kind, _ in _held(connection)}
    for table in schema.tables().values():
        info = connection.execute("SELECT name FROM pragma_table_info(?)", (table.name,))
        if kinds.get(table.name) != "table" or not set(table.columns) <= {row[0] for row in info}:
            raise AllianceError("file.newer", path=path, version=version)


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


def _check_kind(path: Path) -> None:
    try:
        found = path.stat()
    except FileNotFoundError as error:
        raise AllianceError("file.missing", path=path) from error
    except NotADirectoryError as error:
        raise AllianceError("file.missing", path=path) from error
    except PermissionError as error:
        raise AllianceError("file.unreadable", path=path) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise AllianceError("file.unopened", path=path, reason=reason) from error
    if stat.S_ISDIR(found.st_mode):
        raise AllianceError("file.directory", path=path)
    if not stat.S_ISREG(found.st_mode):
        raise AllianceError("file.special", path=path)
    if not os.access(path, os.R_OK):
        raise AllianceError("file.unreadable", path=path)
    if found.st_size == 0:
        raise AllianceError("file.empty", path=path)


def _beside(path: Path, suffix: str) -> bool:
    """Whether SQLite's companion of a file is there and holds anything."""
    try:
        return path.with_name(path.name + suffix).stat().st_size > 0
    except OSError:
        return False


def _nearer(path: Path, error: AllianceError) -> AllianceError:
    """What is wrong, told nearer by the header of a file that SQLite has refused already."""
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except OSError:
        return error
    if not header.startswith(_MAGIC[: len(header)]):
        return AllianceError("file.random", path=path)
    size = int.from_bytes(header[_PAGE_SIZE], "big")
    size = 65536 if size == 1 else size
    pages = int.from_bytes(header[_PAGE_COUNT], "big")
    if len(header) < 100 or path.stat().st_size < size * pages:
        return AllianceError("file.cut", path=path)
    return error
