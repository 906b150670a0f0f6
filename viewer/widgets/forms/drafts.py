"""Where drafts are kept: one file for each form, below the user's data, readable by nobody else."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from db.changes import timestamp
from db.errors import AllianceError
from viewer.render.files import write_atomically
from viewer.widgets.settings import data_folder

if TYPE_CHECKING:
    from pathlib import Path

    from viewer.edits.kept import KeptDraft

_NEW = "new"
_SUFFIX = ".json"


def new_key() -> str:
    """The name of a draft of an event that is not there yet: several may be under way."""
    return f"{_NEW}-{os.urandom(4).hex()}"


class DraftStore:
    """The drafts of one timeline file, `<data folder>/drafts/<file id>/<key>.json`; the key of an
    event's draft is its id. A file without an id keeps none."""

    def __init__(self, file_id: str) -> None:
        self._folder = data_folder() / "drafts" / file_id if file_id else None

    def write_bytes(self, key: str, data: bytes) -> None:
        """Keeps a draft, on the disk when this returns. Raises what `write_atomically` does."""
        if self._folder is None:
            return
        path = self._path(key)
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            # The writer keeps the rights of the file whose place it takes.
            with suppress(FileExistsError):
                os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except OSError as fault:
            reason = fault.strerror or str(fault)
            raise AllianceError("folder.failed", path=self._folder, reason=reason) from fault
        write_atomically(path, data)

    def remove(self, key: str) -> None:
        if self._folder is not None:
            with suppress(OSError):
                self._path(key).unlink(missing_ok=True)

    def read(self, key: str) -> KeptDraft | None:
        """A draft; None where there is none that can be read and has anything in it."""
        from viewer.edits import kept

        data = self.read_bytes(key)
        found = kept.read(data) if data is not None else None
        return found if found is not None and found.begun else None

    def read_bytes(self, key: str) -> bytes | None:
        """What is kept under a key."""
        if self._folder is None:
            return None
        try:
            return self._path(key).read_bytes()
        except OSError:
            return None

    def every_key(self) -> list[str]:
        """The keys of all drafts that are kept, whatever they are of."""
        if self._folder is None:
            return []
        try:
            return sorted(path.stem for path in self._folder.glob(f"*{_SUFFIX}"))
        except OSError:
            return []

    def time(self, key: str) -> str:
        """When a draft was last written, as the log writes times; empty where there is none."""
        if self._folder is None:
            return ""
        try:
            written = self._path(key).stat().st_mtime
        except OSError:
            return ""
        return timestamp(datetime.fromtimestamp(written, UTC))

    def _path(self, key: str) -> Path:
        assert self._folder is not None
        return self._folder / f"{key}{_SUFFIX}"
