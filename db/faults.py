"""The one place where an exception of SQLite or sqlite-utils becomes an error of ours."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from db.errors import AllianceError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# By SQLite's primary result code: what a user can do about it.
_CODES = {
    sqlite3.SQLITE_NOTADB: "file.foreign",
    sqlite3.SQLITE_CORRUPT: "file.damaged",
    sqlite3.SQLITE_BUSY: "file.busy",
    sqlite3.SQLITE_LOCKED: "file.busy",
    sqlite3.SQLITE_PROTOCOL: "file.busy",  # others open and close it too often for a turn
    sqlite3.SQLITE_FULL: "file.full",
    sqlite3.SQLITE_READONLY: "file.readonly",
    sqlite3.SQLITE_IOERR: "file.io",
    sqlite3.SQLITE_CANTOPEN: "file.unopened",
    sqlite3.SQLITE_PERM: "file.unreadable",
    sqlite3.SQLITE_AUTH: "file.unreadable",
    sqlite3.SQLITE_INTERRUPT: "file.interrupted",
    sqlite3.SQLITE_TOOBIG: "change.too_big",
    sqlite3.SQLITE_CONSTRAINT: "change.refused",
    # By the extended code, where it says more.
    sqlite3.SQLITE_CONSTRAINT_UNIQUE: "change.taken",
    sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY: "change.taken",
    sqlite3.SQLITE_CONSTRAINT_TRIGGER: "change.taken",
    sqlite3.SQLITE_CONSTRAINT_NOTNULL: "change.missing",
}
_PRIMARY = 0xFF  # the bits of an extended code that are the primary one


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Within it, what SQLite says about a file is raised as an `AllianceError` that names it."""
    try:
        yield
    except sqlite3.Error as error:
        raise told(error, path) from error
    except UnicodeDecodeError as error:
        raise AllianceError("file.damaged", path=path, reason=str(error)) from error
    except OverflowError as error:
        # A number beyond 64 bits never reaches SQLite.
        raise AllianceError("change.refused", path=path, reason=str(error)) from error
    except Exception as error:
        # sqlite-utils' own errors are known by where they come from: importing it for an
        # `except` would make every reader pay for it.
        if type(error).__module__.partition(".")[0] != "sqlite_utils":
            raise
        raise AllianceError("file.sqlite", path=path, reason=str(error)) from error


def told(error: sqlite3.Error, path: Path) -> AllianceError:
    """The error of ours that stands for one of SQLite's."""
    number = int(getattr(error, "sqlite_errorcode", 0))
    reason = str(error)
    code = _CODES.get(number) or _CODES.get(number & _PRIMARY) or "file.sqlite"
    if "Could not decode to UTF-8" in reason:
        code = "file.damaged"
    return AllianceError(code, path=path, reason=reason)
