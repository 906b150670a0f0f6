"""The columns of all dated events, read as arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from db.columns import STATUS_CODES, Columns
from db.queries.rows import tuples
from db.texts import Texts

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from numpy.typing import NDArray

# An open or unknown end repeats the known one; a missing text falls back to the other language.
_EVENTS = """
    SELECT event.id, coalesce(first_day, last_day) AS first, coalesce(last_day, first_day), shape,
        kind_id, importance, status,
        coalesce(label_en, title_en, label_ko, title_ko),
        coalesce(label_ko, title_ko, label_en, title_en)
    FROM event_date JOIN event ON event.id = event_id
    WHERE is_primary AND first IS NOT NULL
    ORDER BY first, event.id"""
_LANES = "SELECT event_id, lane_id FROM event_lane ORDER BY event_id, position, id"
_TAGS = "SELECT event_id, tag_id FROM event_tag ORDER BY event_id, tag_id"
_QUOTES = """
    SELECT event_id, count(DISTINCT quote_id) FROM evidence
    WHERE event_id IS NOT NULL GROUP BY event_id"""
_CITATIONS = "SELECT event_id, count(*) FROM citation GROUP BY event_id"
_DISPUTED = """
    SELECT DISTINCT event_id FROM claim WHERE aspect <> 'novelty'
    GROUP BY event_id, aspect, coalesce(point_en, point_ko)
    HAVING count(DISTINCT coalesce(value_en, value_ko)) > 1"""
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
) -> Columns:
    """The columns; lanes, kinds and tags as indices into the ids given (the file's order)."""
    ids, first, last, shape, kind, importance, status, label_en, label_ko = _turned(
        tuples(connection, _EVENTS), 9
    )
    event_ids = np.array(ids, np.int64)
    rows = _Rows(event_ids)
    codes = np.array([STATUS_CODES[each] for each in status], np.uint8)
    return Columns(
        id=event_ids,
        first=np.array(first, np.int64),
        last=np.array(last, np.int64),
        shape=np.array(shape, np.uint16),
        lanes=rows.lists(tuples(connection, _LANES), lane_ids),
        tags=rows.lists(tuples(connection, _TAGS), tag_ids),
        kind=_indices(kind, kind_ids).astype(np.int16),
        importance=np.array(importance, np.uint8),
        status=codes,
        quotes=rows.numbers(tuples(connection, _QUOTES)),
        citations=rows.numbers(tuples(connection, _CITATIONS)),
        disputed=rows.marks(disputed_ids(connection)),
        forecast_of=rows.pairs(tuples(connection, _FORECASTS)),
        label_en=Texts(label_en),
        label_ko=Texts(label_ko),
    )


def disputed_ids(connection: sqlite3.Connection) -> list[int]:
    """Events with two claims that differ on one point (of novelty alone does not count)."""
    return [row[0] for row in tuples(connection, _DISPUTED)]


class _Rows:
    """The rows of the columns by event id; what belongs to an event without a row is left out."""

    def __init__(self, event_ids: NDArray[np.int64]) -> None:
        self.count = len(event_ids)
        self._order = np.argsort(event_ids, kind="stable")
        self._sorted = event_ids[self._order]

    def find(self, event_ids: Sequence[int]) -> NDArray[np.int64]:
        """The row of each event, -1 where there is none."""
        wanted = np.array(event_ids, np.int64)
        if not self.count:
            return np.full(len(wanted), -1, np.int64)
        at = np.minimum(np.searchsorted(self._sorted, wanted), self.count - 1)
        return np.where(self._sorted[at] == wanted, self._order[at], -1)

    def numbers(self, pairs: list[tuple[Any, ...]]) -> NDArray[np.int32]:
        """A number per event, 0 where none is given."""
        events, values = _turned(pairs, 2)
        rows = self.find(events)
        found = np.zeros(self.count, np.int32)
        found[rows[rows >= 0]] = np.array(values, np.int32)[rows >= 0]
        return found

    def marks(self, event_ids: Sequence[int]) -> NDArray[np.bool_]:
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

    def lists(self, pairs: list[tuple[Any, ...]], order: Sequence[int]) -> NDArray[np.int16]:
        """Several indices per event, in the order given and padded with -1; pairs come by event."""
        events, values = _turned(pairs, 2)
        owners = np.array(events, np.int64)
        rows, indices = self.find(events), _indices(values, order)
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


def _indices(ids: Sequence[int], order: Sequence[int]) -> NDArray[np.int64]:
    """The place of each id in an order, -1 where it is not in it."""
    wanted = np.array(ids, np.int64)
    if not len(order):
        return np.full(len(wanted), -1, np.int64)
    known = np.array(order, np.int64)
    by_id = np.argsort(known)
    at = np.minimum(np.searchsorted(known[by_id], wanted), len(known) - 1)
    return np.where(known[by_id][at] == wanted, by_id[at], -1)
