"""Giving a new file its name: the whole file or none, and never over another one."""

from __future__ import annotations

import contextlib
import os
import stat
import time
from typing import TYPE_CHECKING

from db.errors import AllianceError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PASSING = ".new"  # what an unfinished file's name ends with
_JOURNALS = ("-journal", "-wal")
_COMPANIONS = ("", *_JOURNALS, "-shm")
_ABANDONED = 24 * 3600  # seconds after which an unfinished file is nobody's any more


def check_free(path: Path) -> None:
    """Whether a file can be made at `path`.

    Raises `file.exists`, `file.folder` (missing), `file.folder_unwritable`, and `file.leftover`
    (left) where a file of that name that is gone has left a journal of its changes behind: SQLite
    would write them into the new one.
    """
    if os.path.lexists(path):
        raise AllianceError("file.exists", path=path)
    for suffix in _JOURNALS:
        left = path.with_name(path.name + suffix)
        if os.path.lexists(left):
            raise AllianceError("file.leftover", path=path, left=left)
    if not path.parent.is_dir():
        raise AllianceError("file.folder", path=path, folder=path.parent)
    if not os.access(path.parent, os.W_OK):
        raise AllianceError("file.folder_unwritable", path=path, folder=path.parent)


@contextlib.contextmanager
def unfinished(path: Path, rights_of: Path | None = None) -> Iterator[Path]:
    """A passing name beside `path`, and nothing left under it afterwards.

    With `rights_of` the file is there already, empty, and those may read it who may read that
    one. What the system refuses within is told as `file.full` or `file.unopened`.
    """
    passing = path.with_name(f".{os.urandom(8).hex()}{_PASSING}")
    try:
        if rights_of is not None:
            os.close(os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _rights(rights_of)))
        yield passing
    except OSError as error:
        raise refused(path, error) from error
    finally:
        _take_away(passing)


def _rights(path: Path) -> int:
    """Who may read and write a file; where it is gone, its owner alone."""
    try:
        return stat.S_IMODE(path.stat().st_mode) & 0o666 | 0o600
    except FileNotFoundError:
        return 0o600


def refused(path: Path, error: OSError) -> AllianceError:
    """What the system says of a file that cannot be made, as an error of ours."""
    import errno

    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return AllianceError("file.full", path=path)
    return AllianceError("file.unopened", path=path, reason=error.strerror or str(error))


def give(passing: Path, path: Path) -> None:
    """Gives a finished file its name, never over one that appeared meanwhile."""
    try:
        os.link(passing, path)
    except FileExistsError as error:
        raise AllianceError("file.exists", path=path) from error
    except OSError:
        # No hard links here (FAT, some shares).
        if os.path.lexists(path):
            raise AllianceError("file.exists", path=path) from None
        passing.rename(path)


def sweep(folder: Path) -> None:
    """Takes away what a killed process left unfinished in a folder of ours."""
    with contextlib.suppress(OSError):
        for left in folder.glob(f".*{_PASSING}"):
            if time.time() - left.stat().st_mtime > _ABANDONED:
                _take_away(left)


def _take_away(passing: Path) -> None:
    for suffix in _COMPANIONS:
        with contextlib.suppress(OSError):
            passing.with_name(passing.name + suffix).unlink(missing_ok=True)
