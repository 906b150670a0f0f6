"""The bytes of a document on the disk, within what can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.errors import AllianceError

if TYPE_CHECKING:
    from pathlib import Path


def bytes_of(path: Path, most: int) -> bytes:
    """The bytes of a file. Raises `source.large` (most, in MB) before it is read where it has more
    than `most` of them, `source.unreadable` (path, reason)."""
    try:
        if path.stat().st_size > most:
            raise AllianceError("source.large", most=most >> 20)
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise AllianceError("source.unreadable", path=path, reason=reason) from error
