"""Large timelines between two openings: what was read of one, in a file of the cache folder.

Kept when a file is closed, under a stamp that any later writing to the file changes, so that it is
taken only where it is what reading would come to. Nothing is kept of what carries a handling mark
or lies on another medium than the cache folder. What is missing here is slower, never wrong.
"""

from __future__ import annotations

import json
import os
import zlib
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from db import arrays, media
from viewer.resources import program

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Arrays = Mapping[str, NDArray[Any]]
    Stamp = list[object]

_MOST = 4  # timelines
_FOLDER_OURS_ALONE = 0o700
_UNREADABLE = (OSError, ValueError, TypeError, KeyError)


class Kept(NamedTuple):
    """What was kept of a timeline, in a file of the cache folder."""

    arrays: Arrays
    name: str


class KeptTimelines:
    """The folder in which they are. Of each timeline there is a `.stamp`, which names the
    `.arrays` that belong to it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, path: Path, stamp: Stamp | None) -> Kept | None:
        """What is kept of a timeline in the state that a stamp tells of."""
        if stamp is None:
            return None
        try:
            told = json.loads(self._stamp_of(path).read_bytes())
            if told["of"] != self._of(path, stamp):
                return None
            name = str(told["arrays"])
            found = arrays.read(self._folder / Path(name).name)
        except _UNREADABLE:
            return None
        if found is None or found[0] != name:
            return None
        return Kept(found[1], name)

    def keep(self, path: Path, stamp: Stamp, what: Arrays, name: str | None = None) -> None:
        """Keeps arrays of a timeline in the state that a stamp tells of; those that are there
        under a `name` already are left as they are. Where that fails nothing is kept."""
        try:
            if not media.on_one(path, self._folder):
                self.drop(path)
                return
            self._folder.mkdir(_FOLDER_OURS_ALONE, parents=True, exist_ok=True)
            if name is None:
                name = f"{os.urandom(8).hex()}.arrays"
                arrays.write(self._folder / name, name, what)
            told = {"path": str(path.absolute()), "of": self._of(path, stamp), "arrays": name}
            self._write(self._stamp_of(path), json.dumps(told).encode())
            self._tidy()
        except OSError:
            self.drop(path)

    def drop(self, path: Path) -> None:
        """Takes away what is kept of a timeline."""
        with suppress(OSError):
            self._stamp_of(path).unlink(missing_ok=True)
            self._tidy()

    def _stamp_of(self, path: Path) -> Path:
        return self._folder / f"{zlib.crc32(os.fsencode(path.absolute())):08x}.stamp"

    def _of(self, path: Path, stamp: Stamp) -> list[object]:
        return [str(path.absolute()), *program(), *stamp]

    def _write(self, at: Path, data: bytes) -> None:
        passing = at.with_name(f".{os.urandom(8).hex()}.part")
        with os.fdopen(os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
        passing.replace(at)

    def _tidy(self) -> None:
        """Leaves the last few, of timelines that are still there."""
        wanted: set[str] = set()
        stamps = sorted(self._folder.glob("*.stamp"), key=lambda each: -each.stat().st_mtime_ns)
        for each in stamps:
            try:
                told = json.loads(each.read_bytes())
                path, name = Path(told["path"]), str(told["arrays"])
                if len(wanted) < _MOST and path.exists():
                    wanted.add(name)
                    continue
            except _UNREADABLE:
                pass
            each.unlink(missing_ok=True)
        for each in (*self._folder.glob("*.arrays"), *self._folder.glob(".*.part")):
            if each.name not in wanted:
                with suppress(OSError):  # another window may have it open, where that forbids it
                    each.unlink(missing_ok=True)
