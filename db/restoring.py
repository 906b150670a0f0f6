"""Making a file what it was in a backup: wholly or not at all, and what it was is kept."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from contextlib import closing
from datetime import datetime
from typing import TYPE_CHECKING

from db import backup, copying, media, naming, opening, presence, schema
from db.errors import AllianceError
from db.faults import translated

if TYPE_CHECKING:
    from pathlib import Path

    from db.copying import Progress

# What a file may suffer that a backup is the cure for; anything else about it stays as it is.
_DAMAGED = (
    "file.cut",
    "file.damaged",
    "file.empty",
    "file.older",
    "file.random",
    "file.schema",
    "file.sqlite",
    "file.trigger",
    "file.view",
)
_COMPANIONS = ("-wal", "-journal")
_WAITING = 0.5  # seconds for a process that is just closing the file


def restore(
    source: Path,
    path: Path,
    folder: Path,
    *,
    now: datetime | None = None,
    progress: Progress | None = None,
) -> Path | None:
    """Makes the file at `path` what it was in the backup `source`, with the same id.

    Gives where its present state is: a backup below `folder`, or beside it where it is damaged
    and could not be backed up; None where there was no file. `source` may lie anywhere.

    Raises what `backup.check_good` does of the source, `backup.itself` for one and the same file,
    `backup.newer` where one of the two was made by a newer version, `file.held` (path, who, since,
    mark) or `file.in_use` where another process has the file open, `file.readonly`, `file.full`;
    the file is as it was then.
    """
    now = now or datetime.now()
    _check_version(source, backup.check_good(source))
    if not os.path.lexists(path):
        copying.write(source, path, progress)
        return None
    path = path.resolve()
    if source.resolve() == path:
        raise AllianceError("backup.itself", path=path)
    try:
        _check_version(path, backup.check_good(path))
        damaged = False
    except AllianceError as error:
        if error.code not in _DAMAGED:
            raise
        damaged = True
    _check_nobody_holds(path)
    if damaged:
        return _in_its_place(source, path, now, progress)
    return _into(source, path, folder, now, progress)


def _check_version(path: Path, version: int) -> None:
    if version > schema.SCHEMA_VERSION:
        raise AllianceError("backup.newer", path=path, version=version)


def _check_nobody_holds(path: Path) -> None:
    reason = media.obstacle(path)
    if reason is not None:
        raise AllianceError("file.readonly", path=path, reason=reason)
    found = presence.holders(path)
    if found:
        raise presence.held_error("file.held", path, found)


def _into(
    source: Path, path: Path, folder: Path, now: datetime, progress: Progress | None
) -> Path | None:
    """Backs a sound file up and writes the backup into it, in one transaction.

    From before the one until after the other nobody else gets at it. Killed within, the next to
    open it finds it as it was.
    """
    with translated(path), closing(opening.connect(path, "mode=rw", _WAITING)) as target:
        _take_alone(target, path)
        made = backup.make_from(target, path, folder, now)
        with closing(opening.reader(source)) as connection:
            copying.pour(connection, target, source, progress)
        # A source in WAL mode would leave the file in it.
        target.execute("PRAGMA journal_mode = DELETE")
    if made is not None:
        return made.path
    return backup.backups(path, folder)[-1].path


def _take_alone(target: sqlite3.Connection, path: Path) -> None:
    """Locks a file against everybody until it is closed, which no open window allows."""
    try:
        target.execute("PRAGMA synchronous = FULL")
        target.execute("PRAGMA locking_mode = EXCLUSIVE")
        target.execute("PRAGMA journal_mode = DELETE")
        target.execute("BEGIN EXCLUSIVE")
        target.execute("COMMIT")
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        raise AllianceError("file.in_use", path=path) from error


def _in_its_place(source: Path, path: Path, now: datetime, progress: Progress | None) -> Path:
    """Puts the backup where a damaged file is, which stays beside it under another name."""
    with (
        naming.unfinished(path, rights_of=path) as passing,
        translated(source),
        closing(opening.reader(source)) as connection,
    ):
        copying.fill(connection, source, passing, path, progress)
        aside = backup.dated(path.parent, path, now, "damaged")
        _set_aside(path, aside)
        passing.replace(path)
    return aside


def _set_aside(path: Path, aside: Path) -> None:
    try:
        os.link(path, aside)
    except OSError:
        # No hard links here (FAT, some shares).
        path.rename(aside)
    # SQLite would take what the damaged file left beside it for parts of the new one.
    for suffix in _COMPANIONS:
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + suffix).rename(aside.with_name(aside.name + suffix))
    path.with_name(path.name + "-shm").unlink(missing_ok=True)
