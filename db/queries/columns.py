"""The columns of all dated events, read as arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from db.columns import STATUS_CODES, Columns
from db.queries.packed import packed
from db.queries.rows import tuples

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from db.flaws import Flaws

_STATUS = " ".join(f"WHEN '{name}' THEN {code}" for name, code in STATUS_CODES.items())
# An open or unknown end repeats the known one; a missing text falls back to the other language.
_EVENTS = f"""
    SELECT event.id, coalesce(first_day, last_day) AS first,
        coalesce(last_day, first_day) AS last, shape, kind_id, importance,
        CASE status {_STATUS} END AS status,
        coalesce(label_en, title_en, label_ko, title_ko, '') AS en,
        coalesce(label_ko, title_ko, label_en, title_en, '') AS ko
    FROM event_date JOIN event ON event.id = event_id
    WHERE is_primary AND first IS NOT NULL
    ORDER BY first, event.id"""  # noqa: S608
_LANES = "SELECT event_id, lane_id FROM event_lane ORDER BY event_id, position, id"
_TAGS = "SELECT event_id, tag_id FROM event_tag ORDER BY event_id, tag_id"
_QUOTES = """
    SELECT event_id, count(DISTINCT quote_id) AS number FROM evidence
    WHERE event_id IS NOT NULL GROUP BY event_id"""
_CITATIONS = "SELECT event_id, count(*) AS number FROM citation GROUP BY event_id"
# Of the forecasts made at one event the one that is supported goes first, then the earlier outcome.
_FORECASTS = """
    SELECT made.event_id, forecast.event_id
    FROM evidence AS forecast
    JOIN evidence AS made ON made.quote_id = forecast.quote_id
    JOIN event_date ON event_date.event_id = forecast.event_id AND is_primary
    WHERE forecast.mode = 'forecast' AND forecast.event_id IS NOT NULL
        AND made.mode = 'report' AND made.aspect = 'existence' AND made.event_id IS NOT NULL
        AND made.event_id <> forecast.event_id
    ORDER BY forecast.stance = 'supports' DESC, first_day, forecast.event_id, made.event_id"""


def columns(
    connection: sqlite3.Connection,
    lane_ids: Sequence[int],
    kind_ids: Sequence[int],
    tag_ids: Sequence[int],
    flaws: Flaws,
) -> Columns:
    """The columns; lanes, kinds and tags as indices into the ids given (the file's order)."""
    numbers = ("id", "first", "last", "shape", "kind_id", "importance", "status")
    read, (label_en, label_ko) = packed(connection, _EVENTS, numbers, ("en", "ko"))
    event_ids, first, last, shape, kind, importance, status = read
    rows = _Rows(event_ids)
    return Columns(
        id=event_ids,
        first=first,
        last=last,
        shape=shape.astype(np.uint16),
        lanes=rows.lists(*_pairs(connection, _LANES, "lane_id"), lane_ids),
        tags=rows.lists(*_pairs(connection, _TAGS, "tag_id"), tag_ids),
        kind=_indices(kind, kind_ids).astype(np.int16),
        importance=importance.astype(np.uint8),
        status=status.astype(np.uint8),
        quotes=rows.numbers(*_pairs(connection, _QUOTES, "number")),
        citations=rows.numbers(*_pairs(connection, _CITATIONS, "number")),
        disputed=rows.marks(flaws.disputed),
        broken=rows.marks(flaws.broken),
        forecast_of=rows.pairs(tuples(connection, _FORECASTS)),
        label_en=label_en,
        label_ko=label_ko,
    )


class _Rows:
    """The rows of the columns by event id; what belongs to an event without a row is left out."""

    def __init__(self, event_ids: NDArray[np.int64]) -> None:
        self.count = len(event_ids)
        self._order = np.argsort(event_ids, kind="stable")
        self._sorted = event_ids[self._order]

    def find(self, event_ids: Sequence[int] | NDArray[np.int64]) -> NDArray[np.int64]:
        """The row of each event, -1 where there is none."""
        wanted = np.array(event_ids, np.int64)
        if not self.count:
            return np.full(len(wanted), -1, np.int64)
        at = np.minimum(np.searchsorted(self._sorted, wanted), self.count - 1)
        return np.where(self._sorted[at] == wanted, self._order[at], -1)

    def numbers(self, events: NDArray[np.int64], values: NDArray[np.int64]) -> NDArray[np.int32]:
        """A number per event, 0 where none is given."""
        rows = self.find(events)
        found = np.zeros(self.count, np.int32)
        found[rows[rows >= 0]] = values[rows >= 0]
        return found

    def marks(self, event_ids: NDArray[np.int64]) -> NDArray[np.bool_]:
        rows = self.find(event_ids)
        found = np.zeros(self.count, np.bool_)
        found[rows[rows >= 0]] = True
        return found

    def pairs(self, pairs: list[tuple[Any, ...]]) -> NDArray[np.int64]:
        """The row of another event per event, -1 where none is given; the first pair wins."""
        events, others = _turned(pairs, 2)
        rows, targets = self.find(events), self.find(others)
        both = (rows >= 0) & (targets >= 0)
        found = np.full(self.count, -1, np.int64)
        found[rows[both][::-1]] = targets[both][::-1]
        return found

    def lists(
        self, owners: NDArray[np.int64], values: NDArray[np.int64], order: Sequence[int]
    ) -> NDArray[np.int16]:
        """Several indices per event, in the order given and padded with -1; they come by event."""
        rows, indices = self.find(owners), _indices(values, order)
        starts = np.flatnonzero(np.r_[True, owners[1:] != owners[:-1]]) if len(owners) else owners
        lengths = np.diff(np.r_[starts, len(owners)])
        place = np.arange(len(owners)) - np.repeat(starts, lengths)
        found = np.full((self.count, max(1, int(lengths.max(initial=0)))), -1, np.int16)
        known = (rows >= 0) & (indices >= 0)
        found[rows[known], place[known]] = indices[known]
        return found


def _turned(rows: list[tuple[Any, ...]], width: int) -> list[Sequence[Any]]:
    """Rows as columns."""
    return list(zip(*rows, strict=True)) if rows else [() for _ in range(width)]


def _pairs(
    connection: sqlite3.Connection, rows: str, name: str
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Events and a number of each, in the order of the SELECT."""
    events, values = packed(connection, rows, ("event_id", name))[0]
    return events, values


def _indices(ids: Sequence[int] | NDArray[np.int64], order: Sequence[int]) -> NDArray[np.int64]:
    """The place of each id in an order, -1 where it is not in it."""
    wanted = np.array(ids, np.int64)
    if not len(order):
        return np.full(len(wanted), -1, np.int64)
    known = np.array(order, np.int64)
    by_id = np.argsort(known)
    at = np.minimum(np.searchsorted(known[by_id], wanted), len(known) - 1)
    return np.where(known[by_id][at] == wanted, by_id[at], -1)
