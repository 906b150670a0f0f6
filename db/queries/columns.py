"""The columns of all dated events, or of some of them, read as arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from db.columns import STATUS_CODES, Columns, place
from db.queries.packed import packed
from db.queries.rows import tuples
from db.texts import Texts

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from db.flaws import Flaws

    Watch = Callable[[int, int], object]
    Pairs = list[tuple[int, int, int, int]]

_AMONG = "event_id NOTNULL"  # stands where a SELECT can be of some events alone
_NUMBERS = ("id", "first", "last", "shape", "kind_id", "importance", "status")
_TEXTS = ("en", "ko")
_AT_ONCE = 20_000  # events
_FAR = 2**40  # days: beyond any date
_NEXT = "SELECT first_day FROM event_date WHERE first_day >= ? ORDER BY first_day LIMIT 1 OFFSET ?"
_DAYS = """(first_day BETWEEN {first} AND {last}
        OR first_day IS NULL AND last_day BETWEEN {first} AND {last})"""
_STATUS = " ".join(f"WHEN '{name}' THEN {code}" for name, code in STATUS_CODES.items())
# An open or unknown end repeats the known one; a missing text falls back to the other language.
# The dates alone are sorted, before the titles come to them; the LIMIT holds SQLite to it.
_EVENTS = f"""
    SELECT event.id, first, last, shape, kind_id, importance,
        CASE status {_STATUS} END AS status,
        coalesce(label_en, title_en, label_ko, title_ko, '') AS en,
        coalesce(label_ko, title_ko, label_en, title_en, '') AS ko
    FROM (
        SELECT event_id, coalesce(first_day, last_day) AS first,
            coalesce(last_day, first_day) AS last, shape
        FROM event_date
        WHERE is_primary AND first IS NOT NULL AND {_AMONG}
        ORDER BY first, event_id LIMIT -1
    ) CROSS JOIN event ON event.id = event_id"""  # noqa: S608
_IN_ORDER = "ORDER BY first, event.id"
_LANES = f"SELECT event_id, lane_id, position, id FROM event_lane WHERE {_AMONG}"  # noqa: S608
_TAGS = f"SELECT event_id, tag_id FROM event_tag WHERE {_AMONG} ORDER BY event_id, tag_id"  # noqa: S608
_QUOTES = f"""
    SELECT event_id, count(DISTINCT quote_id) AS number FROM evidence
    WHERE event_id IS NOT NULL AND {_AMONG} GROUP BY event_id"""  # noqa: S608
_CITATIONS = f"""
    SELECT event_id, count(*) AS number FROM citation WHERE {_AMONG} GROUP BY event_id"""  # noqa: S608
# Of the forecasts made at one event the one that is supported goes first, then the earlier outcome.
_FORECASTS = """
    SELECT made.event_id, coalesce(making.first_day, making.last_day),
        forecast.event_id, coalesce(coming.first_day, coming.last_day)
    FROM evidence AS forecast
    JOIN evidence AS made ON made.quote_id = forecast.quote_id
    JOIN event_date AS coming ON coming.event_id = forecast.event_id AND coming.is_primary
    JOIN event_date AS making ON making.event_id = made.event_id AND making.is_primary
    WHERE forecast.mode = 'forecast' AND forecast.event_id IS NOT NULL
        AND made.mode = 'report' AND made.aspect = 'existence' AND made.event_id IS NOT NULL
        AND made.event_id <> forecast.event_id
        AND coalesce(making.first_day, making.last_day) NOTNULL
        AND coalesce(coming.first_day, coming.last_day) NOTNULL
    ORDER BY forecast.stance = 'supports' DESC, coming.first_day, forecast.event_id,
        made.event_id"""


class Order(NamedTuple):
    """The ids of lanes, kinds and tags in the file's order, which the columns have indices into."""

    lanes: tuple[int, ...]
    kinds: tuple[int, ...]
    tags: tuple[int, ...]


def columns(
    connection: sqlite3.Connection,
    order: Order,
    flaws: Flaws,
    only: Sequence[int] | None = None,
    watch: Watch | None = None,
) -> Columns:
    """The columns of all events, or of those with the ids `only`; what another event is the
    outcome of a forecast to is known where both are among them.

    `watch` is told how many events of how many are read; what it raises ends the reading.
    """
    read, (label_en, label_ko) = _events(connection, only, watch)
    event_ids, first, last, shape, kind, importance, status = read
    rows = _Rows(event_ids)
    return Columns(
        id=event_ids,
        first=first,
        last=last,
        shape=shape.astype(np.uint16),
        lanes=rows.lists(*_lanes(connection, only), order.lanes),
        tags=rows.lists(*_pairs(connection, _of(_TAGS, only), "tag_id"), order.tags),
        kind=indices(kind, order.kinds).astype(np.int16),
        importance=importance.astype(np.uint8),
        status=status.astype(np.uint8),
        quotes=rows.numbers(*_pairs(connection, _of(_QUOTES, only), "number")),
        citations=rows.numbers(*_pairs(connection, _of(_CITATIONS, only), "number")),
        disputed=np.isin(event_ids, flaws.disputed),
        broken=np.isin(event_ids, flaws.broken),
        forecast_of=forecasts(forecast_pairs(connection), event_ids, first),
        label_en=label_en,
        label_ko=label_ko,
    )


def forecast_pairs(connection: sqlite3.Connection) -> Pairs:
    """The events at which a forecast was made, each with the one whose outcome it speaks of: id
    and first day of both. The first pair of an event wins."""
    return tuples(connection, _FORECASTS)


def forecasts(
    pairs: Pairs, event_ids: NDArray[np.int64], first: NDArray[np.int64]
) -> NDArray[np.int64]:
    """The column `forecast_of` of the events with these ids and first days, which are in the
    order of columns."""
    if not pairs:
        return np.broadcast_to(np.int64(-1), len(event_ids))
    found = np.full(len(event_ids), -1, np.int64)
    for made_id, made_on, outcome_id, comes_on in reversed(pairs):
        made = place(event_ids, first, made_id, made_on)
        outcome = place(event_ids, first, outcome_id, comes_on)
        if made.is_there and outcome.is_there:
            found[made.row] = outcome.row
    return found


def _events(
    connection: sqlite3.Connection, only: Sequence[int] | None, watch: Watch | None
) -> tuple[list[NDArray[np.int64]], list[Texts]]:
    """The numbers and texts of `_EVENTS`; of very many a stretch of days at a time, so that other
    threads have their turn and the reading can be ended."""
    count = dated(connection) if only is None else 0
    if count <= _AT_ONCE:
        return _sorted(connection, _of(_EVENTS, only))
    parts = []
    for done, (first, last) in enumerate(_stretches(connection)):
        if watch:
            watch(min(done * _AT_ONCE, count), count)
        days = _DAYS.format(first=first, last=last)
        parts.append(_sorted(connection, _EVENTS.replace(_AMONG, days)))
    numbers, texts = zip(*parts, strict=True)
    whole: dict[tuple[int, ...], Texts] = {}
    pieces = list(zip(*texts, strict=True))
    for each in pieces:
        # Of titles in one language alone there is one piece of memory.
        known = tuple(map(id, each))
        whole[known] = whole.get(known) or Texts.together(each)
    return (
        [np.concatenate(each) for each in zip(*numbers, strict=True)],
        [whole[tuple(map(id, each))] for each in pieces],
    )


def _sorted(
    connection: sqlite3.Connection, rows: str
) -> tuple[list[NDArray[np.int64]], list[Texts]]:
    """The numbers and texts of `_EVENTS`. Another SQLite may join in another order: then it sorts
    all of it."""
    numbers, texts = packed(connection, rows, _NUMBERS, _TEXTS)
    ids, first = numbers[:2]
    later = first[1:] - first[:-1]
    if ((later > 0) | ((later == 0) & (ids[1:] > ids[:-1]))).all():
        return numbers, texts
    return packed(connection, f"{rows} {_IN_ORDER}", _NUMBERS, _TEXTS)


def dated(connection: sqlite3.Connection) -> int:
    """How many dates there are: little more than events that have one."""
    return int(tuples(connection, "SELECT count(*) FROM event_date")[0][0])


def _stretches(connection: sqlite3.Connection) -> Iterator[tuple[int, int]]:
    """Days from the first to the last there can be, in stretches of some `_AT_ONCE` dates."""
    first = -_FAR
    while found := tuples(connection, _NEXT, first, _AT_ONCE):
        yield first, found[0][0]
        first = found[0][0] + 1
    yield first, _FAR


def _of(rows: str, only: Sequence[int] | None) -> str:
    """A SELECT of all events, or the same of some."""
    if only is None:
        return rows
    return rows.replace(_AMONG, f"event_id IN ({', '.join(map(str, only))})")


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

    def lists(
        self, owners: NDArray[np.int64], values: NDArray[np.int64], order: Sequence[int]
    ) -> NDArray[np.int16]:
        """Several indices per event, in the order given and padded with -1; they come by event."""
        rows, which = self.find(owners), indices(values, order)
        starts = np.flatnonzero(np.r_[True, owners[1:] != owners[:-1]]) if len(owners) else owners
        lengths = np.diff(np.r_[starts, len(owners)])
        at = np.arange(len(owners)) - np.repeat(starts, lengths)
        known = (rows >= 0) & (which >= 0)
        width = int(at[known].max(initial=0)) + 1
        found = np.full((self.count, width), -1, np.int16)
        found[rows[known], at[known]] = which[known]
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


def _lanes(
    connection: sqlite3.Connection, only: Sequence[int] | None
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Events and a lane of each, by event and in the event's own order."""
    names = ("event_id", "lane_id", "position", "id")
    events, values, position, ident = packed(connection, _of(_LANES, only), names)[0]
    order = np.lexsort((ident, position, events))
    return events[order], values[order]


def indices(ids: Sequence[int] | NDArray[np.int64], order: Sequence[int]) -> NDArray[np.int64]:
    """The place of each id in an order, -1 where it is not in it."""
    wanted = np.array(ids, np.int64)
    if not len(order):
        return np.full(len(wanted), -1, np.int64)
    known = np.array(order, np.int64)
    by_id = np.argsort(known)
    at = np.minimum(np.searchsorted(known[by_id], wanted), len(known) - 1)
    return np.where(known[by_id][at] == wanted, by_id[at], -1)
