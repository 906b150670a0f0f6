"""The open file: its store, the timeline read from it, details by id for whoever shows one, and
the one way by which it is changed.

What an edit changes is read, the rest of the timeline stays (`db.queries.patching`). Where all of
it has to be read again, a large file is read beside the window: the timeline of before stays until
then, of a file just opened an outline.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeVar

import numpy as np
from PySide6.QtCore import QObject, Signal

from db.columns import Columns
from db.dates import today
from db.errors import AllianceError
from db.kept import arrays_of
from db.store import Store
from db.texts import Texts
from db.timeline import Timeline
from viewer import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from db.changes import LoggedChangeSet, Rows
    from db.details import (
        EventDetail,
        FoundEvent,
        Holdings,
        Proposal,
        SourceDetail,
        SourceRow,
        StageDetail,
        StatedFigure,
    )
    from db.edition import Merge
    from db.history import History
    from db.records import Bilingual, Ref, Speaker
    from db.splicing import Splice
    from db.undated import UndatedEvent
    from viewer.edits.edit import Edit
    from viewer.kept_timelines import Arrays, Kept, KeptTimelines
    from viewer.reading import Read, Reading
    from viewer.work import Work

_Detail = TypeVar("_Detail")
_MANY = 20_000  # events
_KEPT = 512  # details of each kind
_PATIENCE = 0.3  # seconds that the window may stand still while another program writes


class Changed(NamedTuple):
    """What happened to the file: by whose hand, and the label of it (empty for a change that came
    from elsewhere: another window, the command line, another program). No changes of the data are
    `place` (the file lies there no longer, or does again), `read` (a large one, of which there was
    an outline, is read) and `checked` (a text was found not to be the one that was stored)."""

    way: Literal["edit", "undo", "redo", "elsewhere", "place", "read", "checked"]
    label: str = ""


class _Signals(QObject):
    replaced = Signal()
    changed = Signal(object, object)
    reading = Signal(object)
    unreadable = Signal(object)


class Document:
    """One file at a time. `replaced` tells that another one is open (or the same read anew),
    `changed` that the one that is open was changed: a `Changed`, and the initiator, whoever made
    the change and need not hear of it. What it is now has been read by then. `reading` tells the
    percent while a large file is being read, None at its end; `unreadable` the `AllianceError` by
    which that ended.

    `author` is the name that the log gives our changes, and by which others are told who has the
    file open. Before the first `open` the timeline is an empty one.
    """

    # Not a QObject itself: `event` is the word for our events, and Qt's for its own.

    def __init__(self, author: str = "", cache: KeptTimelines | None = None) -> None:
        """Of large files the `cache` keeps what was read when they are closed, and what is then
        found, in whatever thread, by what `beside` gives; `kept_beside` is what was kept of that
        when the open one was opened. What `prepare` gives is done with a timeline that was read
        beside the window, before the window is told."""
        self.author = author
        self._cache = cache
        self._kept: Kept | None = None
        self.prepare: Callable[[], Callable[[Timeline], object]] = lambda: lambda _: None
        self.beside: Callable[[], Callable[[], Arrays]] = lambda: dict
        self.leaving: Work | None = None  # what is still being kept of the file before
        self.kept_beside: Arrays = {}
        self._signals = _Signals()
        self.replaced = self._signals.replaced
        self.changed = self._signals.changed
        self.reading = self._signals.reading
        self.unreadable = self._signals.unreadable
        self._store: Store | None = None
        self.timeline = _empty_timeline()
        self.splice: Splice | None = None  # how its columns came from those before, if they did
        self._events: dict[int, EventDetail] = {}
        self._stages: dict[int, StageDetail] = {}
        self._sources: dict[int, SourceDetail] = {}
        self._waiting: tuple[UndatedEvent, ...] | None = None
        self._seen = (0, 0)  # SQLite's data version and the number of the last change
        self._known = 0  # the number of the last change that is in the timeline
        self._reading: Reading | None = None
        self._untold: list[tuple[Changed, object]] = []  # until what is now has been read
        self._is_outline = False
        self._reason: str | None = None  # why it could not be written when that was last told

    def open(self, path: Path) -> None:
        """Opens a file in place of the one open now, which stays if this one is refused. Of a
        large one there is an outline first.

        Raises `AllianceError` as `Store.open` does.
        """
        store = Store.open(path, author=self.author, program=__version__, patience=_PATIENCE)
        try:
            seen = _state_of(store)
            is_large = store.is_large()
            kept = self._find_kept(store) if is_large else None
            whole = kept[0] if kept else None if is_large else store.timeline()
            timeline = whole or store.outline()
        except BaseException:
            store.close()
            raise
        self._leave_beside()
        self._store, self._is_outline = store, whole is None
        self._kept = kept[1] if kept else None
        self.kept_beside = _beside(self._kept.arrays) if self._kept else {}
        self._seen, self._reason = seen, store.read_only_reason
        self._take(timeline, seen[1])
        self.replaced.emit()
        if whole is None:
            self._read_beside(Changed("read"), None)

    def close(self) -> None:
        """Lets go of the file; a closed timeline is one file again, and what is kept of it is
        kept. Tells nobody."""
        left = self.let_go()
        if left is not None:
            left()
        if self.leaving is not None:
            self.leaving.wait()

    def let_go(self) -> Callable[[], object] | None:
        """The same but for what is still to be done in whatever thread: of a large file what was
        read is kept, which takes a while. None where nothing is."""
        is_whole = not (self._is_outline or self.is_reading)
        self._stop_reading()
        store, self._store = self._store, None
        kept, self._kept = self._kept, None
        self._is_outline = False
        self._forget()
        self.kept_beside = {}
        if store is None:
            return None
        is_kept = is_whole and self._may_keep(store)
        beside = self.beside() if is_kept else dict
        stamp = store.close(self._seen[0] if is_kept else None)
        if self._cache is None or not is_kept or stamp is None:
            return None
        return partial(_keep, self._cache, store.path, stamp, self.timeline.columns, beside, kept)

    def _leave_beside(self) -> None:
        """Lets go of the file while the window shows another one."""
        left = self.let_go()
        if left is None:
            return
        from viewer.work import Work

        work = self.leaving = Work(left)
        work.failed.connect(_raise)
        work.start()

    def _find_kept(self, store: Store) -> tuple[Timeline, Kept] | None:
        """What was kept of a large file, if that is what is in it now."""
        kept = self._cache.find(store.path, store.stamp) if self._cache is not None else None
        timeline = store.kept(kept.arrays) if kept is not None else None
        return (timeline, kept) if kept is not None and timeline is not None else None

    def _may_keep(self, store: Store) -> bool:
        """Whether what was read of a file may be kept: of a large one that is as it was read."""
        if self._cache is None:
            return False
        try:
            return store.is_large() and store.last_change() == self._known
        except AllianceError:  # it is gone, or cannot be read any more
            return False

    def leave(self) -> None:
        """Lets go of the file and tells so: none is open then."""
        self.close()
        self._take(_empty_timeline(), 0)
        self.replaced.emit()

    @property
    def path(self) -> Path | None:
        return self._store.path if self._store else None

    @property
    def read_only_reason(self) -> str | None:
        """The code of why the file cannot be written to, None where it can (or none is open)."""
        if self._is_outline:
            return "read-only.reading"
        return self._store.read_only_reason if self._store else None

    @property
    def is_outline(self) -> bool:
        """Whether the timeline has a few events alone, for the others are still being read."""
        return self._is_outline

    @property
    def is_reading(self) -> bool:
        """Whether the file is being read beside the window."""
        return self._reading is not None

    @property
    def has_many(self) -> bool:
        """Whether it has so many events that to count them takes more than a frame's time: who
        does it after an edit leaves the picture the precedence."""
        return len(self.timeline.columns) > _MANY

    def wait(self) -> None:
        """Returns when what is being read beside the window is read; that is told later."""
        if self._reading is not None:
            self._reading.wait()

    @property
    def last_change(self) -> int:
        """The number of the last change that the timeline knows of."""
        return self._seen[1]

    @property
    def size(self) -> int:
        """Bytes on the disk, the write-ahead log included; 0 where no file is open."""
        path = self.path
        if path is None:
            return 0
        beside = (path, path.with_name(path.name + "-wal"))
        return sum(each.stat().st_size for each in beside if each.exists())

    def event(self, ident: int) -> EventDetail:
        """Everything of one event; raises what `Store.event` does where there is none."""
        return _kept(self._events, ident, self._open_store().event)

    def stage(self, ident: int) -> StageDetail:
        return _kept(self._stages, ident, self._open_store().stage)

    def source(self, ident: int) -> SourceDetail:
        return _kept(self._sources, ident, self._open_store().source)

    def source_bytes(self, ident: int) -> bytes:
        """The document that a source was read from; raises what `Store.source_bytes` does."""
        return self._open_store().source_bytes(ident)

    def has(self, ref: Ref) -> bool:
        """Whether there is such an event or stage."""
        table, ident = ref
        if table == "stage":
            return any(each.id == ident for each in self.timeline.stages)
        if self.timeline.columns.row(ident) is not None:
            return True
        return any(each.id == ident for each in self.undated())

    def undated(self) -> tuple[UndatedEvent, ...]:
        """The events that wait for a date, by title; of an outline none, as long as they would
        have to be looked for among all of a large file."""
        if self._is_outline:
            return ()
        if self._waiting is None:
            dated = len(self.timeline.columns)
            self._waiting = self._store.undated(dated) if self._store else ()
        return self._waiting

    def find_titles(self, text: str) -> tuple[FoundEvent, ...]:
        """The events whose titles have every word of a text."""
        flaws = self.timeline.flaws
        found = self._store.find_titles(text) if self._store else ()
        return tuple(each._replace(flaws=flaws.of(("event", each.id))) for each in found)

    def event_lines(self, event_ids: Iterable[int]) -> dict[int, FoundEvent]:
        """Title, date and flaws of some events, by id."""
        flaws = self.timeline.flaws
        found = self._store.event_lines(event_ids) if self._store else {}
        return {
            each: line._replace(flaws=flaws.of(("event", each))) for each, line in found.items()
        }

    def proposals(self) -> tuple[Proposal, ...]:
        """What is proposed about quotes in other editions and waits for somebody."""
        return self._store.proposals() if self._store else ()

    def proposals_waiting(self) -> int:
        """How many they are."""
        return self._store.proposals_waiting() if self._store else 0

    def distrust(self, source_ids: Iterable[int]) -> None:
        """The texts of these sources were changed past the log: their quotes are held against
        them from now on, and whoever shows the file hears of it."""
        self._open_store().distrust(source_ids)
        self._read_anew(Changed("checked"), None)

    def places(self) -> tuple[Bilingual, ...]:
        """The places that events have, the most frequent first."""
        return self._store.places() if self._store else ()

    def holdings(self) -> Holdings:
        """How many events each lane, kind and tag holds."""
        return self._open_store().holdings()

    def alone_in_lane(self, lane_id: int) -> int:
        """The number of events that stand in a lane and in no other."""
        return self._open_store().alone_in_lane(lane_id)

    def speakers(self, source_id: int) -> tuple[Speaker, ...]:
        """All speakers, those of a source first."""
        return self._store.speakers(source_id) if self._store else ()

    def figures_alike(self, units: Iterable[Bilingual]) -> tuple[StatedFigure, ...]:
        """All figures about the same things, by what is counted."""
        return self._open_store().figures_alike(units)

    def units(self) -> tuple[Bilingual, ...]:
        """What figures of the file count, the most frequent first."""
        return self._store.units() if self._store else ()

    def sources(self) -> tuple[SourceRow, ...]:
        """A line for each source, by title."""
        return self._store.sources() if self._store else ()

    @property
    def file_id(self) -> str:
        """Who the open file is, under whatever name; empty where none is open."""
        return self._store.file_id() if self._store else ""

    # Changing it

    def rows_about(self, table: str, ids: Iterable[int]) -> Rows:
        """Rows as they are stored just now, with all that refers to them: what an edit needs."""
        return self._open_store().rows_about(table, ids)

    def apply(self, edit: Edit, initiator: object = None) -> int | None:
        """Writes an edit as one changeset, on the disk when this returns; gives its id, None for
        an edit that changes nothing.

        Raises as `Store.apply` does; the file and what is read of it are as before then.
        """
        from db.changes import ChangeSet

        if not edit.changes:
            return None
        changeset = ChangeSet(edit.changes, label=edit.label, author=self.author, blobs=edit.blobs)
        changeset_id = self._open_store().apply(changeset)
        self._read_anew(Changed("edit", edit.label), initiator)
        return changeset_id

    def revert(self, way: Literal["undo", "redo"]) -> LoggedChangeSet | None:
        """Undoes the last change of the file, or does again the one undone last; tells which,
        None where there is none. Raises as `Store.revert` does."""
        found = self._open_store().revert(way, self.author)
        if found is not None:
            self._read_anew(Changed(way, found.label), None)
        return found

    def revertible(self, way: Literal["undo", "redo"]) -> LoggedChangeSet | None:
        """What `revert` would take back; None where there is none or the file cannot be changed."""
        if self._store is None or self._store.read_only:
            return None
        return self._store.revertible(way)

    def rescue(self, path: Path) -> None:
        """Puts what is open at `path`, also where its own file is gone. Raises as
        `Store.rescue_to` does."""
        self._open_store().rescue_to(path)

    @property
    def history(self) -> History:
        """What the log tells of the open file."""
        return self._open_store().history

    def edition(self) -> tuple[str, str]:
        """Name and date (ISO) of the edition of the shipped data in the open file."""
        return self._open_store().edition()

    def offered_edition(self, folder: Path | None = None) -> tuple[str, str] | None:
        """The same of the shipped edition (in `folder`), None unless it is newer."""
        return self._open_store().offered_edition(folder)

    def take_edition(self, merge: Merge) -> None:
        """Takes a newer edition over. Raises as `Store.take_edition` does."""
        if self._open_store().take_edition(merge, self.author) is not None:
            self._read_anew(Changed("edit", f"edition: {merge.name}"), None)

    def size_of(self, changeset: LoggedChangeSet) -> int:
        """How many changes a changeset of the log has."""
        return self._open_store().size_of(changeset.id)

    def follow(self) -> bool:
        """Looks whether another window or program has changed the file; if so, reads it anew and
        tells. To be called now and then: where nothing was written it costs next to nothing.
        Whether the file still lies where it was opened is told too."""
        if self._store is None:
            return False
        reason = self._store.read_only_reason
        if reason != self._reason:
            self._reason = reason
            self.changed.emit(Changed("place"), None)
        if self._store.data_version() == self._seen[0]:
            return False
        self._read_anew(Changed("elsewhere"), None)
        return True

    def read_anew(self, changed: Changed | None = None) -> None:
        """Reads the file again after it was changed through a connection of somebody's own;
        `changed` is what was done there."""
        self._read_anew(changed or Changed("edit"), None)

    def _read_anew(self, changed: Changed, initiator: object) -> None:
        """Reads what is now, and tells; in a large file later where it is not a little."""
        store = self._open_store()
        waiting = self._waiting
        self._forget()
        # Noted before it is read: what is written in between is seen the next time.
        before, self._seen = self._seen, _state_of(store)
        # Only what the log names is patched: others might have written past it.
        alone = self._seen[0] == before[0] and not self._is_outline
        if alone and (found := store.patched(self.timeline, self._known)) is not None:
            self._take(found.timeline, self._seen[1], found.splice)
            if waiting is not None:
                self._waiting = store.undated_after(waiting, found.touched)
        elif store.is_large():
            self._read_beside(changed, initiator)
            return
        else:
            self._stop_reading()
            self._take(*store.whole())
        self.changed.emit(changed, initiator)

    def _take(self, timeline: Timeline, known: int, splice: Splice | None = None) -> None:
        self.timeline, self._known, self.splice = timeline, known, splice

    def _read_beside(self, changed: Changed, initiator: object) -> None:
        """Reads all in a thread and tells then; the timeline of before stays."""
        from viewer.reading import Reading

        assert self._store is not None
        untold = self._untold
        self._stop_reading()
        self._untold = [*untold, (changed, initiator)]
        store = self._store
        reading = self._reading = Reading(store.path, store.distrusted, self.prepare())
        reading.advanced.connect(self.reading.emit)
        reading.done.connect(self._on_read)
        reading.failed.connect(self._on_unreadable)
        self.reading.emit(0)
        reading.start()

    def _on_read(self, found: Read) -> None:
        """What was changed since it was read is in the log, if it was not too much."""
        store = self._open_store()
        timeline, known, waiting = found
        last = store.last_change()
        if known != last:
            patched = store.patched(timeline, known)
            if patched is None:
                (changed, initiator), *self._untold = self._untold
                self._read_beside(changed, initiator)
                return
            timeline = patched.timeline
            waiting = store.undated_after(waiting, patched.touched)
        self._reading = None
        self._is_outline = False
        self._forget()
        self._waiting = waiting
        self._take(timeline, last)
        untold, self._untold = self._untold, []
        self.reading.emit(None)
        for changed, initiator in untold:
            self.changed.emit(changed, initiator)

    def _on_unreadable(self, error: AllianceError) -> None:
        self._stop_reading()
        if self._is_outline:
            self.leave()
        self.unreadable.emit(error)

    def _stop_reading(self) -> None:
        reading, self._reading = self._reading, None
        self._untold = []
        if reading is not None:
            reading.stop()
            self.reading.emit(None)

    def _forget(self) -> None:
        self._events.clear()
        self._stages.clear()
        self._sources.clear()
        self._waiting = None

    def _open_store(self) -> Store:
        if self._store is None:
            raise RuntimeError("no file is open")
        return self._store


def _keep(
    cache: KeptTimelines,
    path: Path,
    stamp: list[object],
    columns: Columns,
    find_beside: Callable[[], Arrays],
    kept: Kept | None,
) -> None:
    """Keeps what was read of a closed file; what was `kept` of it already is not written again. Of
    one with a handling mark, or that cannot be asked any more, nothing is kept."""
    try:
        with Store.open(path, read_only=True) as store:
            is_marked = store.is_marked()
    except AllianceError:
        is_marked = True
    if is_marked:
        cache.drop(path)
        return
    arrays, beside = arrays_of(columns), find_beside()
    if (
        kept is not None
        and arrays["id"] is kept.arrays["id"]
        and (not beside or _same(beside, _beside(kept.arrays)))
    ):
        cache.keep(path, stamp, {}, kept.name)
    else:
        cache.keep(path, stamp, {**arrays, **beside})


def _raise(error: BaseException) -> None:
    raise error


def _beside(arrays: Arrays) -> Arrays:
    """What was kept that is not of the columns."""
    return {name: each for name, each in arrays.items() if name.startswith("places.")}


def _same(one: Arrays, other: Arrays) -> bool:
    """Whether they are the very same ones."""
    return one.keys() == other.keys() and all(
        each is other[name] or np.array_equal(each, other[name]) for name, each in one.items()
    )


def _state_of(store: Store) -> tuple[int, int]:
    return store.data_version(), store.last_change()


def _kept(details: dict[int, _Detail], ident: int, read: Callable[[int], _Detail]) -> _Detail:
    """The detail of an id: read once, as long as the file is as it was."""
    if ident not in details:
        if len(details) >= _KEPT:
            details.clear()
        details[ident] = read(ident)
    return details[ident]


def _empty_timeline() -> Timeline:
    """No lanes, no events, as of today."""
    whole = np.zeros(0, np.int64)
    none = np.zeros((0, 1), np.int16)
    small = np.zeros(0, np.uint8)
    counts = np.zeros(0, np.int32)
    columns = Columns(
        id=whole,
        first=whole,
        last=whole,
        shape=np.zeros(0, np.uint16),
        lanes=none,
        tags=none,
        kind=np.zeros(0, np.int16),
        importance=small,
        status=small,
        quotes=counts,
        citations=counts,
        disputed=np.zeros(0, np.bool_),
        broken=np.zeros(0, np.bool_),
        forecast_of=whole,
        label_en=Texts(),
        label_ko=Texts(),
    )
    return Timeline(columns, (), (), (), (), (), (), (), (), today())
