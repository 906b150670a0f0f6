"""Dated backups of a file, in a folder of the user's own things.

They stand in `FOLDER/<file id>/<stem> 2026-11-25 22.41.03.alliance`: ordinary closed files, named
by this machine's clock, under names that every system takes.
"""

from __future__ import annotations

import contextlib
import re
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from db import copying, naming, opening
from db.errors import AllianceError
from db.faults import translated
from db.keeping import Backup, Keeping, outdated
from db.queries.info import file_id
from db.queries.state import last_entry

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from pathlib import Path

    from db.copying import Progress

_SUFFIX = ".alliance"
_TIME = "%Y-%m-%d %H.%M.%S"
_NAME = re.compile(r"(.+) (\d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d)(?: \((\d+)\))?\.alliance", re.DOTALL)
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')  # in names on Windows
_LONGEST = 180  # bytes of a stem: with the date no system's limit of 255 is reached


def make(
    path: Path,
    folder: Path,
    keeping: Keeping | None = None,
    *,
    now: datetime | None = None,
    progress: Progress | None = None,
) -> Backup | None:
    """Backs a file up below `folder` and takes the backups away that are not kept any longer.

    None where the newest backup is good and has the file as it is. `now` is the time by this
    machine's clock. Raises what `copying.write` does, and `backup.folder` (folder, reason).
    """
    now = now or datetime.now()
    opening.inspect(path)
    with translated(path), closing(opening.reader(path)) as connection:
        made = make_from(connection, path, folder, now, progress)
        own = place(folder, file_id(connection))
    if made is not None:
        for backup in outdated(_judged(_listed(own), made.path), now, keeping or Keeping()):
            with contextlib.suppress(OSError):  # held by another program: it goes the next time
                backup.path.unlink()
        naming.sweep(own)
    return made


def make_from(
    connection: sqlite3.Connection,
    path: Path,
    folder: Path,
    now: datetime,
    progress: Progress | None = None,
) -> Backup | None:
    """The backup alone, from an open connection to `path`."""
    own = place(folder, file_id(connection))
    newest = next(iter(reversed(_listed(own))), None)
    # The check reads all of the file, so it comes last: of one that is behind it would say nothing.
    if newest and _is_level(newest.path, last_entry(connection)) and _is_known_good(newest.path):
        return None
    try:
        # The files may bear handling marks: what is new here is for their owner alone.
        folder.mkdir(parents=True, exist_ok=True)
        own.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise AllianceError("backup.folder", folder=own, reason=reason) from error
    target = dated(own, path, now)
    copying.write_from(connection, path, target, progress)
    _found_good[target] = _glance(target)
    return Backup(target, now.replace(microsecond=0), target.stat().st_size, good=True)


def backups(path: Path, folder: Path, *, judged: bool = False) -> tuple[Backup, ...]:
    """The backups of a file below `folder`, oldest first; `judged` opens and checks each.

    Where the file cannot tell any more which it is, those that bear its name.
    """
    try:
        opening.inspect(path)
        with translated(path), closing(opening.reader(path)) as connection:
            found = _listed(place(folder, file_id(connection)))
    except AllianceError:
        found = _by_name(folder, _stem(path))
    if judged:
        found = [replace(backup, good=is_good(backup.path)) for backup in found]
    return tuple(found)


def backups_in(path: Path, folders: Sequence[Path], *, judged: bool = False) -> tuple[Backup, ...]:
    """The same below several folders."""
    found = [each for folder in folders for each in backups(path, folder, judged=judged)]
    return tuple(sorted(found, key=lambda each: each.time))


def place(folder: Path, ident: str) -> Path:
    """Where the backups of the file with that id are."""
    return folder / ident


def dated(folder: Path, path: Path, now: datetime, word: str = "") -> Path:
    """A free name in `folder` for what a file is at a time."""
    name = " ".join(part for part in (_stem(path), word, now.strftime(_TIME)) if part)
    target, number = folder / f"{name}{_SUFFIX}", 2
    while target.exists():
        target, number = folder / f"{name} ({number}){_SUFFIX}", number + 1
    return target


def is_good(path: Path) -> bool:
    """Whether a file opens and passes its check."""
    try:
        check_good(path)
    except AllianceError:
        return False
    return True


# What this process has found to be good, and as what: as long as nobody writes to a backup, it is
# not read through again each time that a file is looked at whether it has changed.
_found_good: dict[Path, tuple[int, ...]] = {}


def _is_known_good(path: Path) -> bool:
    glance = _glance(path)
    if _found_good.get(path) != glance:
        if not is_good(path):
            return False
        _found_good[path] = glance
    return True


def _glance(path: Path) -> tuple[int, ...]:
    """What changes when somebody writes to a file; nothing of one that is gone."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_size, found.st_mtime_ns, found.st_ino


def check_good(path: Path) -> int:
    """The schema version of a file that opens and passes its check.

    Raises what `Store.open` does, and `file.damaged`.
    """
    version = opening.inspect(path)
    with opening.refusing(path), closing(opening.reader(path)) as connection:
        opening.check_schema(connection, path)
        copying.check_sound(connection, path)
    return version


def _stem(path: Path) -> str:
    """The name of a file without its suffix, as every system takes it."""
    name = _FORBIDDEN.sub("_", path.stem.encode("utf-8", "replace").decode("utf-8"))
    return name.encode()[:_LONGEST].decode("utf-8", "ignore").strip() or "_"


def _listed(folder: Path) -> list[Backup]:
    """What in a folder bears the name of a backup, oldest first."""
    found = []
    with contextlib.suppress(OSError):
        for each in folder.iterdir():
            name = _NAME.fullmatch(each.name)
            with contextlib.suppress(OSError, ValueError):
                if name and each.is_file():
                    time = datetime.strptime(name[2], _TIME)
                    found.append((time, int(name[3] or 1), Backup(each, time, each.stat().st_size)))
    return [backup for _, _, backup in sorted(found, key=lambda each: (*each[:2], each[2].path))]


def _by_name(folder: Path, stem: str) -> list[Backup]:
    """The backups of every file of that name, oldest first."""
    found = []
    with contextlib.suppress(OSError):
        for own in folder.iterdir():
            for backup in _listed(own):
                name = _NAME.fullmatch(backup.path.name)
                if name and name[1] == stem:
                    found.append(backup)
    return sorted(found, key=lambda backup: backup.time)


def _judged(found: list[Backup], checked: Path) -> list[Backup]:
    """Looks at the newest backups until a good one is found; the one just `checked` is."""
    judged: list[Backup] = []
    for backup in reversed(found):
        if any(each.good for each in judged):
            judged.append(backup)
        elif backup.path == checked:
            judged.append(replace(backup, good=True))
        else:
            judged.append(replace(backup, good=is_good(backup.path)))
    return judged


def _is_level(path: Path, last: tuple[int, int] | None) -> bool:
    """Whether the last entry of a file's log is that one; of one that cannot be read it is not."""
    try:
        with translated(path), closing(opening.reader(path)) as connection:
            return last_entry(connection) == last
    except AllianceError:
        return False
