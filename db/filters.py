"""The filter: which events are meant, the same for the window, the exports and the lists."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from db.columns import STATUS_CODES
from db.errors import AllianceError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from db.details import EventRow
    from db.records import Kind, Lane, Tag
    from db.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Filter:
    """What an event must have to be shown; an empty tuple asks for nothing.

    `first` and `last` (days) leave events whose primary date touches that range.
    """

    lanes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    min_importance: int = 1
    with_quotes: bool = False
    unsourced: bool = False
    disputed: bool = False
    first: int | None = None
    last: int | None = None

    def check(self, timeline: Timeline) -> None:
        """Raises `filter.unknown` naming the first lane, kind, tag or status that is not there."""
        known = {
            "lane": ({lane.key for lane in timeline.lanes}, self.lanes),
            "kind": ({kind.key for kind in timeline.kinds}, self.kinds),
            "tag": ({tag.key for tag in timeline.tags}, self.tags),
            "status": (set(STATUS_CODES), self.statuses),
        }
        for what, (keys, asked) in known.items():
            for key in asked:
                if key not in keys:
                    there = ", ".join(sorted(keys)) or "–"
                    raise AllianceError(f"filter.unknown.{what}", key=key, known=there)

    def kept(self, timeline: Timeline) -> Filter:
        """The same filter without lanes, kinds and tags that are no longer there; the last one
        gone, the filter asks for all again."""
        return replace(
            self,
            lanes=_known(self.lanes, timeline.lanes),
            kinds=_known(self.kinds, timeline.kinds),
            tags=_known(self.tags, timeline.tags),
        )

    def mask(self, timeline: Timeline) -> NDArray[np.bool_]:
        """One truth per row of `timeline.columns`."""
        columns = timeline.columns
        keep = columns.importance >= self.min_importance
        if self.lanes:
            keep &= _any_of(columns.lanes, self.lanes, [lane.key for lane in timeline.lanes])
        if self.kinds:
            keep &= _any_of(
                columns.kind[:, None], self.kinds, [kind.key for kind in timeline.kinds]
            )
        if self.tags:
            keep &= _any_of(columns.tags, self.tags, [tag.key for tag in timeline.tags])
        if self.statuses:
            keep &= np.isin(columns.status, [STATUS_CODES[status] for status in self.statuses])
        if self.with_quotes:
            keep &= columns.quotes > 0
        if self.unsourced:
            keep &= (columns.quotes == 0) & (columns.citations == 0)
        if self.disputed:
            keep &= columns.disputed
        if self.first is not None:
            keep &= columns.last >= self.first
        if self.last is not None:
            keep &= columns.first <= self.last
        return keep

    def keeps_undated(self, row: EventRow) -> bool:
        """What `mask` says of columns, for an event without a date, which has none of them.

        Such an event is in no range; for the rest it is like any other.
        """
        return (
            self.first is None
            and self.last is None
            and row.importance >= self.min_importance
            and (not self.lanes or not set(self.lanes).isdisjoint(row.lanes))
            and (not self.kinds or row.kind in self.kinds)
            and (not self.tags or not set(self.tags).isdisjoint(row.tags))
            and (not self.statuses or row.status in self.statuses)
            and (not self.with_quotes or row.quotes > 0)
            and (not self.unsourced or row.quotes + row.citations == 0)
            and (not self.disputed or row.disputed)
        )


def _known(asked: tuple[str, ...], there: Iterable[Lane | Kind | Tag]) -> tuple[str, ...]:
    """The asked keys that are there; the empty one, which asks for none of them, stays."""
    keys = {"", *(each.key for each in there)}
    return tuple(key for key in asked if key in keys)


def _any_of(indices: NDArray[np.int16], asked: Iterable[str], keys: list[str]) -> NDArray[np.bool_]:
    """Rows of `indices` that hold one of the asked keys."""
    wanted = [keys.index(key) for key in asked if key in keys]
    return np.asarray(np.isin(indices, wanted).any(axis=1))
