"""The open file: its store, the timeline read from it, and details by id for whoever shows one."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import numpy as np
from PySide6.QtCore import QObject, Signal

from db.columns import Columns
from db.dates import today
from db.store import Store
from db.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from db.details import EventDetail, SourceDetail, StageDetail

_Detail = TypeVar("_Detail")
_KEPT = 512  # details of each kind


class _Signals(QObject):
    replaced = Signal()


class Document:
    """One file at a time. `replaced` tells that another one is open (or the same read anew).

    Before the first `open` the timeline is an empty one.
    """

    # Not a QObject itself: `event` is the word for our events, and Qt's for its own.

    def __init__(self) -> None:
        self._signals = _Signals()
        self.replaced = self._signals.replaced
        self._store: Store | None = None
        self.timeline = _empty_timeline()
        self._events: dict[int, EventDetail] = {}
        self._stages: dict[int, StageDetail] = {}
        self._sources: dict[int, SourceDetail] = {}

    def open(self, path: Path) -> None:
        """Opens a file in place of the one open now, which stays if this one is refused.

        Raises `AllianceError` as `Store.open` does.
        """
        store = Store.open(path)
        try:
            timeline = store.timeline()
        except BaseException:
            store.close()
            raise
        self.close()
        self._store, self.timeline = store, timeline
        self.replaced.emit()

    def close(self) -> None:
        """Lets go of the file; a closed timeline is one file again. Tells nobody."""
        store, self._store = self._store, None
        self._events.clear()
        self._stages.clear()
        self._sources.clear()
        if store is not None:
            store.close()

    @property
    def path(self) -> Path | None:
        return self._store.path if self._store else None

    @property
    def read_only_reason(self) -> str | None:
        """The code of why the file cannot be written to, None where it can (or none is open)."""
        return self._store.read_only_reason if self._store else None

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

    def _open_store(self) -> Store:
        if self._store is None:
            raise RuntimeError("no file is open")
        return self._store


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
        forecast_of=whole,
        label_en=(),
        label_ko=(),
    )
    return Timeline(columns, (), (), (), (), (), (), (), today())
