"""The opening picture between two starts: a file of its own for each timeline, in the cache folder.

It begins with a checksum of the rest: a line of JSON, and the pixels compressed. What cannot be
read is as good as not there. Nothing here needs Qt, so that a start can ask before Qt is there.
"""

from __future__ import annotations

import json
import os
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from db.errors import AllianceError
from viewer.widgets.settings import cache_folder

_MOST = 8  # pictures
_SUFFIX = ".opening"
_OURS_ALONE, _FOLDER_OURS_ALONE = 0o600, 0o700
_UNREADABLE = (OSError, ValueError, TypeError, KeyError, OverflowError, zlib.error)


class Kept(NamedTuple):
    """A picture of a window. `path` is the timeline it shows, `key` all that it follows from,
    `window` the window's size in its own units, `ratio` the screen's px for each of them, `px`
    the picture's size, `rows` its px from the top left in four bytes each, as QImage's RGB32."""

    path: str
    key: str
    title: str
    window: tuple[int, int]
    ratio: float
    px: tuple[int, int]
    rows: bytes


def place(path: Path) -> Path:
    """Where the picture of a timeline is kept, if one is."""
    name = zlib.crc32(os.fsencode(path.absolute()))
    return cache_folder() / "opening" / f"{name:08x}{_SUFFIX}"


def is_kept(path: Path) -> bool:
    """Whether there may be a picture of a timeline."""
    try:
        return place(path).exists()
    except OSError:  # a folder that may not be entered
        return False


def read(kept_at: Path) -> Kept | None:
    """What is kept there; None where it is missing, damaged or not ours."""
    try:
        told, packed = _parts(kept_at)
        (width, height), (across, down) = told["window"], told["px"]
        rows = zlib.decompress(packed, bufsize=4 * across * down)
        if len(rows) != 4 * across * down:
            return None
        ratio = float(told["ratio"])
        return Kept(
            told["path"], told["key"], told["title"], (width, height), ratio, (across, down), rows
        )
    except _UNREADABLE:
        return None


def _parts(kept_at: Path) -> tuple[dict[str, Any], bytes]:
    """What is told of a picture, and its px still compressed. Raises `_UNREADABLE`."""
    checksum, body = kept_at.read_bytes().split(b"\n", 1)
    if int(checksum, 16) != zlib.crc32(body):
        raise ValueError("damaged")
    head, packed = body.split(b"\n", 1)
    return json.loads(head), packed


def write(kept_at: Path, kept: Kept) -> None:
    """Keeps it whole, readable for the user alone, or leaves what is there: nobody is disturbed
    for a picture. Those of timelines that are gone are taken away, and the oldest of too many."""
    from viewer.render.files import write_atomically

    told = kept._asdict()
    packed = zlib.compress(told.pop("rows"), 1)
    body = json.dumps(told).encode() + b"\n" + packed
    data = f"{zlib.crc32(body):08x}\n".encode() + body
    with suppress(OSError, AllianceError):
        kept_at.parent.mkdir(_FOLDER_OURS_ALONE, parents=True, exist_ok=True)
        if kept_at.exists() and kept_at.read_bytes() == data:
            os.utime(kept_at)
        else:
            write_atomically(kept_at, data, _OURS_ALONE)
        _tidy(kept_at.parent)


def drop(kept_at: Path) -> None:
    """Takes away what is kept there."""
    with suppress(OSError):
        kept_at.unlink(missing_ok=True)


def _tidy(folder: Path) -> None:
    every = sorted(folder.iterdir(), key=lambda each: -each.stat().st_mtime_ns)
    for number, each in enumerate(every):
        if number >= _MOST or not _is_wanted(each):
            drop(each)


def _is_wanted(kept_at: Path) -> bool:
    """Whether the timeline that a picture shows is still there."""
    try:
        return Path(_parts(kept_at)[0]["path"]).exists()
    except _UNREADABLE:
        return False
