"""The store: one open timeline file, and the only writer to it.

A file is in WAL mode while it is open for writing and one file again when it is closed. Nothing
that SQLite or sqlite-utils raises leaves here as it is.
"""

from __future__ import annotations

import contextlib
import sqlite3
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, Literal, ParamSpec, TypeVar

from db import media, opening, schema
from db.errors import AllianceError
from db.faults import translated
from db.place import Place
from db.queries.state import data_version, state
from db.queries.timeline import around, is_large, outline, timeline

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from types import TracebackType

    from numpy.typing import NDArray

    from db.changes import ChangeSet, LoggedChange, LoggedChangeSet, Rows
    from db.check import Problem
    from db.copying import Progress
    from db.details import (
        EventDetail,
        EventRow,
        FoundEvent,
        Holdings,
        Misplaced,
        Proposal,
        QuoteRow,
        SoughtEdition,
        SourceDetail,
        SourceRow,
        StageDetail,
        StatedFigure,
        Task,
        UndatedEvent,
        Verification,
    )
    from db.edition import Merge
    from db.history import History
    from db.known import Known
    from db.portable import KnownQuotes, PortableQuote, PortableSource
    from db.presence import Presence
    from db.queries.patching import Patched
    from db.records import Bilingual, Ref, Speaker
    from db.timeline import Timeline
    from db.writing import Watch

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

_REFUSALS = {"read-only.gone": "file.gone", "read-only.replaced": "file.replaced"}
_SWITCHING = 200  # ms to wait for others before the journal stays as it is


def _told(
    method: Callable[Concatenate[Store, Arguments], Result],
) -> Callable[Concatenate[Store, Arguments], Result]:
    """A method whose errors of SQLite become ours."""

    @wraps(method)
    def wrapped(self: Store, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        with translated(self.path):
            return method(self, *args, **kwargs)

    return wrapped


class Store:
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
                with _reading(connection):
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

    @_told
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

    @_told
    def rescue_to(self, path: Path) -> None:
        """Puts a copy of what is open at `path`, also where the file itself is gone. It is the
        same file still, by its id. Raises as `db.copying.write` does."""
        from db import copying, naming

        naming.check_free(path)
        copying.write_from(self._connection, self.path, path)

    @_told
    def revert(self, way: Literal["undo", "redo"], author: str = "") -> LoggedChangeSet | None:
        """Undoes the last changeset, or does again the one undone last, by the log alone; tells
        which that was, None where there is none. Raises as `apply` does."""
        self._check_writable()
        from db import presence, writing

        with presence.naming_holders(self.path):
            return writing.revert(self._connection, way, author)

    @_told
    def revertible(self, way: Literal["undo", "redo"]) -> LoggedChangeSet | None:
        """What `revert` would take back."""
        from db.queries import log

        found = (log.undoable if way == "undo" else log.redoable)(self._connection)
        return found.changeset if found else None

    @_told
    def rows_about(self, table: str, ids: Iterable[int]) -> Rows:
        """Rows as they are stored, with all that refers to them (`db.queries.stored`)."""
        from db.queries.stored import rows_about

        with self._one_state():
            return rows_about(self._connection, table, ids)

    @_told
    def undated(self, dated: int | None = None) -> tuple[UndatedEvent, ...]:
        """The events that have no date, by title; sooner where it is known how many have one."""
        from db.queries.events import undated

        return undated(self._connection, dated)

    @_told
    def find_titles(self, text: str, most: int = 8) -> tuple[FoundEvent, ...]:
        """The events whose titles have every word of a text."""
        from db.queries.events import find_titles

        return find_titles(self._connection, text, most)

    @_told
    def places(self) -> tuple[Bilingual, ...]:
        """The places that events have, the most frequent first."""
        from db.queries.events import places

        return places(self._connection)

    @_told
    def holdings(self) -> Holdings:
        """How many events each lane, kind and tag holds."""
        from db.queries.holdings import holdings

        with self._one_state():
            return holdings(self._connection)

    @_told
    def alone_in_lane(self, lane_id: int) -> int:
        """The number of events that stand in a lane and in no other."""
        from db.queries.holdings import alone_in_lane

        return alone_in_lane(self._connection, lane_id)

    @_told
    def file_id(self) -> str:
        """Who the file is, wherever it lies and whatever it is called."""
        from db.queries.info import file_id

        return file_id(self._connection)

    @_told
    def data_version(self) -> int:
        """A number that changes when another connection has written to the file."""
        return data_version(self._connection)

    @_told
    def timeline(self, watch: Watch | None = None) -> Timeline:
        """Everything that a picture is made from; `watch` is told how many events of how many are
        read, and what it raises ends the reading."""
        with self._one_state():
            return timeline(self._connection, self._distrusted, watch)

    @_told
    def whole(self, watch: Watch | None = None) -> tuple[Timeline, int]:
        """The same, and the number of the last change that it knows of."""
        from db.queries.state import last_change

        with self._one_state():
            found = timeline(self._connection, self._distrusted, watch)
            return found, last_change(self._connection)

    def interrupt(self) -> None:
        """Ends what another thread is just reading with this store; it raises there."""
        with contextlib.suppress(sqlite3.ProgrammingError):  # closed meanwhile
            self._connection.interrupt()

    @_told
    def outline(self) -> Timeline:
        """The same with a few events alone (`db.queries.timeline.outline`)."""
        with self._one_state():
            return outline(self._connection)

    @_told
    def kept(self, arrays: Mapping[str, NDArray[Any]]) -> Timeline | None:
        """The timeline with columns that were kept (`db.kept`) in the state of which `stamp`
        tells; None where somebody has written to the file since it was opened."""
        from db.kept import columns_of

        with self._one_state():
            if data_version(self._connection) != self._stamped:
                return None
            return around(self._connection, lambda _, flaws: columns_of(arrays, flaws))

    @_told
    def is_large(self) -> bool:
        """Whether reading the timeline takes longer than a hand should wait."""
        return is_large(self._connection)

    @_told
    def patched(self, before: Timeline, since: int) -> Patched | None:
        """The same, from what was read when the last change was `since` (`db.queries.patching`)."""
        from db.queries.patching import patched

        with self._one_state():
            return patched(self._connection, before, since, self._distrusted)

    def distrust(self, source_ids: Iterable[int]) -> None:
        """From now on the quotes of these sources are held against their texts each time: they
        were changed by something that left no trace in the log."""
        self._distrusted |= set(source_ids)

    @_told
    def distrust_changed(self) -> None:
        """The same for every source whose text is not the one that was stored: for whoever reads
        a file once, and has the time to look."""
        from db.queries.flaws import changed_sources
        from db.queries.sources import source_ids

        with self._one_state():
            self.distrust(changed_sources(self._connection, source_ids(self._connection)))

    @property
    def distrusted(self) -> frozenset[int]:
        """The sources that were named so."""
        return frozenset(self._distrusted)

    @_told
    def event(self, event_id: int) -> EventDetail:
        """All of one event; `row.missing` where there is none."""
        from db.queries.events import event_detail

        with self._one_state():
            return event_detail(self._connection, event_id)

    @_told
    def stage(self, stage_id: int) -> StageDetail:
        """All of one stage; `row.missing` where there is none."""
        from db.queries.stages import stage_detail

        with self._one_state():
            return stage_detail(self._connection, stage_id)

    @_told
    def source(self, source_id: int) -> SourceDetail:
        """A source, its text and its quotes; `row.missing` where there is none."""
        from db.queries.sources import source_detail

        with self._one_state():
            return source_detail(self._connection, source_id)

    @_told
    def source_bytes(self, source_id: int) -> bytes:
        """The document that a source was read from; `row.missing` where there is none."""
        from db.queries.sources import source_bytes

        with self._one_state():
            return source_bytes(self._connection, source_id)

    @_told
    def quotes(self) -> tuple[QuoteRow, ...]:
        """A line for every quote, with its anchors and what it is evidence for."""
        from db.queries.proof import quote_rows

        with self._one_state():
            return quote_rows(self._connection)

    @_told
    def verify(self, progress: Progress | None = None) -> Verification:
        """Every quote against its source, every source against its digest; `progress` is told how
        many anchors of how many are done, and what it raises comes out of here."""
        from db.queries.proof import verify_all

        with self._one_state():
            return verify_all(self._connection, progress)

    @_told
    def misplaced(self, anchor_ids: Collection[int]) -> tuple[Misplaced, ...]:
        """What stands at the place of some anchors instead of their words."""
        from db.queries.proposals import misplaced

        with self._one_state():
            return misplaced(self._connection, anchor_ids)

    @_told
    def proposals(self) -> tuple[Proposal, ...]:
        """What is proposed about quotes in other editions and waits for somebody."""
        from db.queries.proposals import proposals

        with self._one_state():
            return proposals(self._connection)

    @_told
    def proposals_waiting(self) -> int:
        """How many they are."""
        from db.queries.proposals import proposals_waiting

        return proposals_waiting(self._connection)

    @_told
    def event_lines(self, event_ids: Iterable[int]) -> dict[int, FoundEvent]:
        """Title and date of some events, by id; those that are gone are left out."""
        from db.queries.events import event_lines

        return event_lines(self._connection, event_ids)

    @_told
    def speakers(self, source_id: int | None = None) -> tuple[Speaker, ...]:
        """All speakers, those of a source first."""
        from db.queries.proof import speakers

        return speakers(self._connection, source_id)

    @_told
    def figures_alike(self, units: Iterable[Bilingual]) -> tuple[StatedFigure, ...]:
        """The figures that count the same things, in order of when they are as of."""
        from db.queries.figures import figures_alike

        with self._one_state():
            return figures_alike(self._connection, units)

    @_told
    def units(self) -> tuple[Bilingual, ...]:
        """What the figures of all quotes count, the most frequent first."""
        from db.queries.figures import units

        return units(self._connection)

    @_told
    def sought_after(self, older_id: int) -> tuple[SoughtEdition, ...]:
        """The quotes that are to be sought in an edition which supersedes this one."""
        from db.queries.proof import sought_after

        with self._one_state():
            return sought_after(self._connection, older_id)

    @_told
    def worklist(self) -> tuple[Task, ...]:
        """The events that wait for somebody, by what they wait for."""
        from db.queries.worklist import worklist

        with self._one_state():
            return worklist(self._connection)

    @_told
    def events(self) -> tuple[EventRow, ...]:
        """A line for every event, those without a date last."""
        from db.queries.events import event_rows

        with self._one_state():
            return event_rows(self._connection)

    @_told
    def known(self) -> Known:
        """What a table of events is compared with."""
        from db.queries.known import known

        with self._one_state():
            return known(self._connection)

    @_told
    def portable_quotes(self, source_id: int | None = None) -> tuple[PortableQuote, ...]:
        """Every quote, or those taken from a source, as they travel to other files."""
        from db.queries import portable

        with self._one_state():
            return portable.quotes(self._connection, source_id)

    @_told
    def portable_sources(self) -> tuple[PortableSource, ...]:
        """The same of the sources, without their documents."""
        from db.queries import portable

        return portable.sources(self._connection)

    @_told
    def known_quotes(self, asked: Iterable[Ref]) -> KnownQuotes:
        """What quotes from elsewhere are held against (`db.queries.portable`)."""
        from db.queries.portable import known_quotes

        with self._one_state():
            return known_quotes(self._connection, asked)

    @_told
    def sources(self) -> tuple[SourceRow, ...]:
        """A line for every source, by title."""
        from db.queries.sources import source_rows

        with self._one_state():
            return source_rows(self._connection)

    @_told
    def find_event(self, slug: str) -> int | None:
        """The id of the event with a slug."""
        from db.queries.events import find_event

        return find_event(self._connection, slug)

    @_told
    def info(self) -> dict[str, object]:
        """What the file holds, in numbers (`db.queries.info`)."""
        from db.queries.info import info

        with self._one_state():
            return info(self._connection)

    @_told
    def changesets(self) -> tuple[LoggedChangeSet, ...]:
        """The log's changesets, oldest first."""
        from db.queries.log import changesets

        return changesets(self._connection)

    @_told
    def changes(self, changeset_id: int) -> tuple[LoggedChange, ...]:
        """What a changeset of the log changed."""
        from db.queries.log import changes

        return changes(self._connection, changeset_id)

    @_told
    def edition(self) -> tuple[str, str]:
        """Name and date (ISO) of the edition of the shipped data in this file."""
        from db.edition import edition

        return edition(self._connection)

    @_told
    def offered_edition(self, folder: Path | None = None) -> tuple[str, str] | None:
        """Name and date of the shipped edition, None unless it is newer than the file's."""
        from db.edition import offered

        return offered(self._connection, folder)

    @_told
    def newer_edition(self, folder: Path | None = None) -> Merge | None:
        """What taking the shipped edition over would do; None unless it is newer than the file's.

        `folder` has its seed files. Raises `seed.…`.
        """
        from db.edition import newer

        with self._one_state():
            return newer(self._connection, folder)

    @_told
    def take_edition(self, merge: Merge, author: str = "") -> int | None:
        """Takes a newer edition over, as one changeset. Raises as `apply` does, and
        `edition.stale` where the file was changed since the merge was made."""
        self._check_writable()
        from db import presence, writing

        with presence.naming_holders(self.path):
            return writing.take_edition(self._connection, merge, author)

    @property
    def history(self) -> History:
        """What the log tells."""
        from db.history import History

        return History(self._connection, self.path)

    @_told
    def size_of(self, changeset_id: int) -> int:
        """How many changes a changeset of the log has."""
        from db.queries.log import size_of

        return size_of(self._connection, changeset_id)

    @_told
    def last_change(self) -> int:
        """The number of the last change; another one means that the data are others."""
        from db.queries.state import last_change

        return last_change(self._connection)

    @_told
    def is_marked(self) -> bool:
        """Whether anything in the file carries a handling mark."""
        from db.queries.state import is_marked

        return is_marked(self._connection)

    @_told
    def check(self) -> list[Problem]:
        """Everything that `db.check` finds wrong; empty where all is well."""
        from db import check

        return check.check(self._connection)

    @_told
    def quick_check(self) -> list[Problem]:
        """The database alone, without quotes and dates."""
        from db import check

        return check.quick_check(self._connection)

    def _one_state(self) -> contextlib.AbstractContextManager[None]:
        """Several SELECTs of one state of the file, whatever others write meanwhile."""
        return _reading(self._connection)


@contextlib.contextmanager
def _reading(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN")
    try:
        yield
    finally:
        if connection.in_transaction:
            connection.execute("COMMIT")


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
