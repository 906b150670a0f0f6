"""Whether an open file still lies where it was opened.

SQLite goes on writing into a file that was moved, deleted, or replaced by another one, and into a
folder that something else was mounted over: what is written so, nobody finds again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class Place:
    """Where a file lay, and which it was, when this was made."""

    def __init__(self, path: Path) -> None:
        self._path = path.absolute()
        self._file = self._found()

    def obstacle(self) -> str | None:
        """`read-only.gone` where there is no file any more, `read-only.replaced` where there is
        another one, None where it lies as it did."""
        found = self._found()
        if found is None:
            return "read-only.gone"
        return None if found == self._file else "read-only.replaced"

    def _found(self) -> tuple[int, int] | None:
        """Device and number of the file; None where there is none, or it cannot be got at."""
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino
