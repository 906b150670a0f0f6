"""Whole copies of a timeline file, made by SQLite's own backup and never by copying bytes.

So the file may be open meanwhile, in this process and in others, and what they write while the
copy is made is not in it. A copy is an ordinary closed file.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from db import check, naming, opening
from db.errors import AllianceError
from db.faults import translated

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Called with what is done and all there is, in pages; False stops the work, as does an exception.
Progress = Callable[[int, int], bool | None]

_STEP = 256  # pages between two calls of it
_CHECKED = 3  # times as long as to copy a page it takes to check it
_INSTRUCTIONS = 2000  # of SQLite's machine, about, for the check of a page
_BLOCKED = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def write(
    source: Path, target: Path, progress: Progress | None = None, *, own_id: bool = False
) -> None:
    """Puts a copy of the file `source` at `target`, where nothing may be yet.

    With `own_id` it is another file from now on, whose parent is `source`; else the same file at
    this time. Raises what `opening.inspect` does of the source, `file.damaged` where the copy
    does not pass its check, `naming.check_free` and `file.full` of the target, and
    `file.interrupted` where the progress says so; nothing is left at `target` then.
    """
    opening.inspect(source)
    naming.check_free(target)
    with translated(source), closing(opening.reader(source)) as connection:
        write_from(connection, source, target, progress, own_id=own_id)


def write_from(
    connection: sqlite3.Connection,
    source: Path,
    target: Path,
    progress: Progress | None = None,
    *,
    own_id: bool = False,
) -> None:
    """The same from an open connection to `source`, which nobody else uses meanwhile."""
    with naming.unfinished(target, rights_of=source) as passing:
        fill(connection, source, passing, target, progress, own_id=own_id)
        naming.give(passing, target)


def fill(
    connection: sqlite3.Connection,
    source: Path,
    passing: Path,
    target: Path,
    progress: Progress | None,
    *,
    own_id: bool = False,
) -> None:
    """Makes the empty file `passing` a checked copy; errors speak of `source` and `target`."""
    with translated(target):
        with closing(opening.connect(passing, "mode=rw")) as copy:
            # A copy that fails is thrown away whole: there is nothing to roll back.
            copy.execute("PRAGMA journal_mode = OFF")
            pour(connection, copy, source, progress and _share(progress))
        with closing(opening.connect(passing, "mode=rw")) as copy:
            # A source in WAL mode leaves the copy in it.
            copy.execute("PRAGMA journal_mode = DELETE")
            if own_id:
                copy.execute("UPDATE file SET parent_id = id, id = ?", (os.urandom(16).hex(),))
            opening.check_identity(copy, source)
            check_sound(copy, source, progress)


def _share(progress: Progress) -> Progress:
    """The progress of the copying, which is followed by the check."""
    return lambda done, total: progress(done, total * (1 + _CHECKED))


def pour(
    connection: sqlite3.Connection,
    target: sqlite3.Connection,
    source: Path,
    progress: Progress | None,
) -> None:
    """Everything of one state of a database into another, in one transaction of that one."""

    def step(status: int, remaining: int, total: int) -> None:
        if status in _BLOCKED:  # else SQLite's wrapper would try for ever
            raise AllianceError("file.busy", path=source)
        if progress is not None and progress(total - remaining, total) is False:
            raise AllianceError("file.interrupted", path=source)

    with translated(source):
        # Within a transaction the source stands still, whatever others write to it.
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    try:
        connection.backup(target, pages=_STEP, progress=step)
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise AllianceError("file.damaged", path=source, reason=str(error)) from error
        raise
    finally:
        connection.execute("COMMIT")


def check_sound(
    connection: sqlite3.Connection, path: Path, progress: Progress | None = None
) -> None:
    """Raises `file.damaged` (path, reason) where not all of a database can be read.

    To `progress` all pages are copied already; it raises `file.interrupted` where that says so.
    """
    with _looking_up(connection, path, progress):
        problems = check.sound(connection)
    if problems:
        raise AllianceError("file.damaged", path=path, reason=problems[0].fields["fault"])


@contextmanager
def _looking_up(
    connection: sqlite3.Connection, path: Path, progress: Progress | None
) -> Iterator[None]:
    """Has SQLite look up now and then from a long statement: to tell how far it is, as far as
    that can be told, and whether to go on."""
    if progress is None:
        yield
        return
    pages = int(connection.execute("PRAGMA page_count").fetchone()[0])
    step = _STEP * _INSTRUCTIONS
    done, ended = pages, list[BaseException]()

    def look() -> bool:
        nonlocal done
        done = min(done + _CHECKED * _STEP, pages * (1 + _CHECKED))
        try:
            if progress(done, pages * (1 + _CHECKED)) is False:
                raise AllianceError("file.interrupted", path=path)
        except BaseException as error:  # noqa: BLE001 - SQLite would swallow it: it is raised below
            ended.append(error)
        return bool(ended)

    connection.set_progress_handler(look, step)
    try:
        yield
        if not ended:
            done = pages * (1 + _CHECKED)
            look()
    finally:
        connection.set_progress_handler(None, 0)
        if ended:
            raise ended[0]
