"""Writing a file wholly or not at all."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from db.errors import AllianceError

if TYPE_CHECKING:
    from pathlib import Path

_CODES = {
    errno.ENOSPC: "export.full",
    errno.EDQUOT: "export.full",
    errno.EFBIG: "export.full",
    errno.EACCES: "export.denied",
    errno.EPERM: "export.denied",
    errno.EROFS: "export.denied",
}


def check_target(path: Path) -> Path:
    """Where `path` really is, before any work is put into it.

    Raises `export.folder` (path, folder) where its folder is none, `export.target` (path)
    where it is something other than a file: a directory, a device; `export.denied` (path) for a
    file that may not be written, which taking its place would ignore.
    """
    try:
        target = path.resolve()
        if not target.parent.is_dir():
            raise AllianceError("export.folder", path=path, folder=path.parent)
        if target.exists() and not target.is_file():
            raise AllianceError("export.target", path=path)
        if target.exists() and not os.access(target, os.W_OK):
            raise AllianceError("export.denied", path=path)
    except (OSError, ValueError, RuntimeError) as fault:
        raise _known(path, fault) from fault
    return target


def write_atomically(path: Path, data: bytes, new_mode: int = 0o666) -> None:
    """Puts `data` at `path`: first beside it under a passing name, then in its place.

    A reader sees the old file or the new one, which has the old one's rights or, where there is
    none, `new_mode` as far as the user's mask leaves it. Raises what `check_target` does, and
    `export.full`, `export.denied` or `export.failed` (path, reason); then the old file is
    untouched and nothing is left beside it.
    """
    target = check_target(path)
    passing = target.parent / f".{os.urandom(8).hex()}.part"
    try:
        mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else new_mode
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(passing, flags, mode), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        passing.replace(target)
    except OSError as fault:
        with suppress(OSError):
            passing.unlink(missing_ok=True)
        raise _known(path, fault) from fault
    except BaseException:
        with suppress(OSError):
            passing.unlink(missing_ok=True)
        raise


def _known(path: Path, fault: Exception) -> AllianceError:
    number = fault.errno if isinstance(fault, OSError) else None
    if number in _CODES:
        return AllianceError(_CODES[number], path=path)
    reason = fault.strerror if isinstance(fault, OSError) else None
    return AllianceError("export.failed", path=path, reason=reason or fault)
