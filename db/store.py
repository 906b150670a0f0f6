"""The store: one open timeline file, and the only writer to it.

A file is in WAL mode while it is open for writing and one file again when it is closed. Nothing
that SQLite or sqlite-utils raises leaves here as it is.
"""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from db import media, opening, schema
from db.errors import AllianceError
from db.evidence_selects import EvidenceSelects
from db.faults import translated
from db.place import Place
from db.queries.state import data_version, state
from db.queries.timeline import around
from db.selects import one_state, told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import TracebackType

    from numpy.typing import NDArray

    from db.changes import ChangeSet, LoggedChangeSet
    from db.copying import Progress
    from db.edition import Merge
    from db.presence import Presence
    from db.timeline import Timeline
    from db.writing import Watch


_REFUSALS = {"read-only.gone": "file.gone", "read-only.replaced": "file.replaced"}
_SWITCHING = 200  # ms to wait for others before the journal stays as it is


class Store(EvidenceSelects):
    """An open file. Made by `Store.open` or `Store.create`; a context manager that closes it.

    It belongs to the thread that opened it; work elsewhere opens a store of its own.
    `read_only_reason` is None or why the file cannot be written: `read-only.asked`,
    `read-only.newer` (made by a newer version), `read-only.file`, `read-only.folder`,
    `read-only.share`; `read-only.gone` or `read-only.replaced` where it no longer lies where it
    was opened (`db.place`).
    """

    def __init__(
        self, path: Path, connection: sqlite3.Connection, read_only_reason: str | None
    ) -> None:
        self.path = path
        self._opened_read_only = read_only_reason
        self._place = Place(path)
        self._connection = connection
        self._presence: Presence | None = None
        self.stamp: list[object] | None = None
        """In which state the file was found, as `db.opening.stamp` tells it."""
        self._stamped = 0  # SQLite's data version as long as nobody has written since
        self._distrusted: set[int] = set()

    @classmethod
    def create(cls, path: Path | str, *, empty: bool = False) -> Store:
        """Makes a file with the shipped data, or with the lanes and kinds alone, and opens it.

        Raises `file.exists`, `file.folder` (missing), `file.folder_unwritable`, `seed.…`; nothing
        is left behind then.
        """
        path = Path(path)
        from db import naming, seeds, writing

        naming.check_free(path)
        shipped = seeds.load(seeds.seeds_folder(), empty=empty)
        with naming.unfinished(path) as passing:
            with translated(path):
                writing.make(passing, shipped)
            naming.give(passing, path)
        return cls.open(path)

    @classmethod
    def open(
        cls,
        path: Path | str,
        *,
        read_only: bool = False,
        author: str | None = None,
        program: str = "",
        patience: float = opening.PATIENCE,
    ) -> Store:
        """Opens a file, for writing where that is possible.

        With an `author` (empty: the name of the account) others are told who has the file open
        for writing, and in which version of the `program` (`db.presence`). `patience` is how
        many seconds it waits for the writing of others, here and in what is done with the store.

        Raises what `db.opening.inspect` and `check_schema` raise; nothing was changed or made
        then.
        """
        path = Path(path)
        version = opening.inspect(path, patience)
        reason = "read-only.asked" if read_only else media.obstacle(path)
        if version > schema.SCHEMA_VERSION:
            reason = "read-only.newer"
        with opening.refusing(path):
            connect = opening.reader if reason else _writer
            connection = connect(path, patience)
            try:
                opening.check_identity(connection, path)
                opening.check_schema(connection, path)
                stamped, was = data_version(connection), _journal(connection)
                with one_state(connection):
                    stamp = opening.stamp(connection, path)
                if reason is None:
                    _prepare_writing(connection, patience)
                # Going over to another journal counts as one writing.
                stamped += _journal(connection) != was
            except BaseException:
                connection.close()
                raise
        store = cls(path, connection, reason)
        store.stamp, store._stamped = stamp, stamped
        if reason is None and author is not None:
            from db.presence import Presence

            store._presence = Presence(path, author, program)
        return store

    def close(self, known: int | None = None) -> list[object] | None:
        """Closes the file; a written one is a single file again unless others have it open.

        Gives the stamp of what is closed, None unless it is the state of which SQLite's data
        version `known` was told."""
        if self._presence is not None:
            self._presence.close()
        with translated(self.path), contextlib.closing(self._connection):
            before = None if known is None else self._state_at(known)
            if not self.read_only:
                with contextlib.suppress(sqlite3.OperationalError):
                    # Whoever else has it open in WAL mode keeps it there, and ends it in turn.
                    self._connection.execute(f"PRAGMA busy_timeout = {_SWITCHING}")
                    self._connection.execute("PRAGMA journal_mode = DELETE")
            return self._last_stamp(before) if before is not None else None

    def _state_at(self, known: int) -> tuple[object, ...] | None:
        """What the log tells of the file in a known state, None where it is in another one."""
        with contextlib.suppress(sqlite3.Error), self._nobody_writing():
            if data_version(self._connection) == known:
                return state(self._connection)
        return None

    def _last_stamp(self, before: tuple[object, ...]) -> list[object] | None:
        """The stamp, if nothing has come between: going over to another journal changes the data
        version too, so here it is the log that tells."""
        with contextlib.suppress(sqlite3.Error, OSError), self._nobody_writing():
            if state(self._connection) == before:
                return opening.stamp(self._connection, self.path)
        return None

    @contextlib.contextmanager
    def _nobody_writing(self) -> Iterator[None]:
        self._connection.execute("BEGIN" if self.read_only else "BEGIN IMMEDIATE")
        try:
            yield
        finally:
            self._connection.execute("ROLLBACK")

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def read_only_reason(self) -> str | None:
        return self._opened_read_only or self._place.obstacle()

    @property
    def read_only(self) -> bool:
        return self.read_only_reason is not None

    def _check_writable(self) -> None:
        """Raises `file.gone`, `file.replaced` or `file.readonly`."""
        reason = self.read_only_reason
        if reason is not None:
            raise AllianceError(_REFUSALS.get(reason, "file.readonly"), path=self.path)

    @told
    def apply(self, changeset: ChangeSet, progress: Watch | None = None) -> int:
        """Writes a ChangeSet in one transaction, all or nothing; gives its id in the log.

        `progress` is told now and then how many changes of how many are written; what it raises
        comes out of here, and nothing was changed then.

        Raises `file.readonly` for a file that cannot be written, `file.gone` and `file.replaced`
        for one that no longer lies here, `change.…` and `text.…` for what the schema refuses,
        `date.…` for a text that is no date, `file.busy` or `file.busy_by` while others write.
        """
        self._check_writable()
        from db import presence, writing

        with presence.naming_holders(self.path):
            return writing.apply(self._connection, changeset, progress)

    def backup_to(self, path: Path | str, progress: Progress | None = None) -> None:
        """Puts a whole copy of this file at `path`, where nothing is yet (`db.copying.write`)."""
        from db import copying

        copying.write(self.path, Path(path), progress)

    def copy_to(self, path: Path | str, progress: Progress | None = None) -> None:
        """The same as a file of its own: with an id of its own and this file as its parent."""
        from db import copying

        copying.write(self.path, Path(path), progress, own_id=True)

    @told
    def rescue_to(self, path: Path) -> None:
        """Puts a copy of what is open at `path`, also where the file itself is gone. It is the
        same file still, by its id. Raises as `db.copying.write` does."""
        from db import copying, naming

        naming.check_free(path)
        copying.write_from(self._connection, self.path, path)

    @told
    def revert(self, way: Literal["undo", "redo"], author: str = "") -> LoggedChangeSet | None:
        """Undoes the last changeset, or does again the one undone last, by the log alone; tells
        which that was, None where there is none. Raises as `apply` does."""
        self._check_writable()
        from db import presence, writing

        with presence.naming_holders(self.path):
            return writing.revert(self._connection, way, author)

    @told
    def revertible(self, way: Literal["undo", "redo"]) -> LoggedChangeSet | None:
        """What `revert` would take back."""
        from db.queries import log

        found = (log.undoable if way == "undo" else log.redoable)(self._connection)
        return found.changeset if found else None

    def interrupt(self) -> None:
        """Ends what another thread is just reading with this store; it raises there."""
        with contextlib.suppress(sqlite3.ProgrammingError):  # closed meanwhile
            self._connection.interrupt()

    @told
    def kept(self, arrays: Mapping[str, NDArray[Any]]) -> Timeline | None:
        """The timeline with columns that were kept (`db.kept`) in the state of which `stamp`
        tells; None where somebody has written to the file since it was opened."""
        from db.kept import columns_of

        with self._one_state():
            if data_version(self._connection) != self._stamped:
                return None
            return around(self._connection, lambda _, flaws: columns_of(arrays, flaws))

    @told
    def offered_edition(self, folder: Path | None = None) -> tuple[str, str] | None:
        """Name and date of the shipped edition, None unless it is newer than the file's."""
        from db.offering import offered

        return offered(self._connection, folder)

    @told
    def newer_edition(self, folder: Path | None = None) -> Merge | None:
        """What taking the shipped edition over would do; None unless it is newer than the file's.

        `folder` has its seed files. Raises `seed.…`.
        """
        from db.edition import newer

        with self._one_state():
            return newer(self._connection, folder)

    @told
    def take_edition(self, merge: Merge, author: str = "") -> int | None:
        """Takes a newer edition over, as one changeset. Raises as `apply` does, and
        `edition.stale` where the file was changed since the merge was made."""
        self._check_writable()
        from db import presence, writing

        with presence.naming_holders(self.path):
            return writing.take_edition(self._connection, merge, author)


def _writer(path: Path, patience: float) -> sqlite3.Connection:
    return opening.connect(path, "mode=rw", patience)


def _journal(connection: sqlite3.Connection) -> str:
    return str(connection.execute("PRAGMA journal_mode").fetchone()[0])


def _prepare_writing(connection: sqlite3.Connection, patience: float) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA busy_timeout = {_SWITCHING}")
    # A reader may be at work just now: then the journal stays as it is, which is slower only.
    with contextlib.suppress(sqlite3.OperationalError):
        connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(f"PRAGMA busy_timeout = {int(patience * 1000)}")
