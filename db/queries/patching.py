"""A timeline brought up to date after an edit: what the log names is read, the rest stays.

What comes out equals a timeline read afresh, in a time that follows the size of the edit.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from db.changes import read_literals
from db.queries.columns import Order, columns, forecast_pairs, forecasts, indices
from db.queries.rows import tuples
from db.queries.timeline import around
from db.splicing import Splice, splice, spliced

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Set

    from numpy.typing import NDArray

    from db.columns import Columns
    from db.flaws import Flaws
    from db.timeline import Timeline

MOST = 2000
"""Changes; after more of them reading afresh is no slower."""

_SINCE = "SELECT table_name, row_id, before FROM change WHERE seq > ? ORDER BY seq LIMIT ?"

_OF_EVENT = ("event_date", "event_lane", "event_tag", "citation", "evidence")
"""Tables whose rows say which event they are about; what the flaws follow from stands apart."""

# What another program deleted without asking may come back: whose rows have its id still.
_HOLDING = {
    "lanes": "SELECT event_id FROM event_lane WHERE lane_id IN ({0})",
    "kinds": "SELECT id FROM event WHERE kind_id IN ({0})",
    "tags": "SELECT event_id FROM event_tag WHERE tag_id IN ({0})",
}


class Patched(NamedTuple):
    """`splice` tells how its columns came from those before, and `touched` are the ids of the
    events that may be others than before, with a date or without."""

    timeline: Timeline
    splice: Splice
    touched: tuple[int, ...]


class _TooMuchError(Exception):
    """Reading afresh is no slower."""


def patched(
    connection: sqlite3.Connection,
    before: Timeline,
    since: int,
    distrusted: Set[int] = frozenset(),
) -> Patched | None:
    """The timeline as it is now, from the one read when the number of the last change was
    `since`; None where that is better read afresh. `distrusted` as for `timeline`."""
    changes = tuples(connection, _SINCE, since, MOST + 1)
    if len(changes) > MOST:
        return None
    touched = _touched(connection, changes)
    how: list[Splice] = []

    def make(order: Order, flaws: Flaws) -> Columns:
        was = Order(*(tuple(row.id for row in rows)
                      for rows in (before.lanes, before.kinds, before.tags)))  # fmt: skip
        touched.update(_held_by_new(connection, was, order))
        # What follows from the quotes of other events too may be another for those not named.
        touched.update(_otherwise(before.flaws.disputed, flaws.disputed))
        touched.update(_otherwise(before.flaws.broken, flaws.broken))
        pairs = forecast_pairs(connection)
        forecasting = np.array([pair[0] for pair in pairs], np.int64)
        touched.update(_otherwise(np.sort(_forecasting(before.columns)), np.unique(forecasting)))
        if len(touched) > MOST:
            raise _TooMuchError
        those = np.array(sorted(touched), np.int64)
        ordered = _reordered(before.columns, was, order)
        part = columns(connection, order, flaws, those.tolist())
        how.append(splice(ordered, part, those))
        return spliced(how[0], lambda made: forecasts(pairs, made.id, made.first))

    try:
        tables = {table for table, _, _ in changes}
        timeline = around(connection, make, distrusted, before, tables)
    except _TooMuchError:
        return None
    return Patched(timeline, how[0]._replace(before=before.columns), tuple(sorted(touched)))


def _otherwise(was: NDArray[np.int64], now: NDArray[np.int64]) -> list[int]:
    """The ids that are among one of two, and not among the other."""
    found: list[int] = np.setxor1d(was, now, assume_unique=True).tolist()
    return found


def _forecasting(columns: Columns) -> NDArray[np.int64]:
    """The events at which a forecast was made."""
    return columns.id[np.flatnonzero(columns.forecast_of >= 0)]


def _touched(
    connection: sqlite3.Connection, changes: list[tuple[str, int, str | None]]
) -> set[int]:
    """The events whose row in the columns may be another one now, or no longer be there."""
    events = {row_id for table, row_id, _ in changes if table == "event"}
    for table in _OF_EVENT:
        events |= _named(connection, changes, table, "event_id")
    return events


def _named(
    connection: sqlite3.Connection,
    changes: list[tuple[str, int, str | None]],
    table: str,
    column: str,
) -> set[int]:
    """What the changed rows of a table have in a column, now or before."""
    rows = {row_id for name, row_id, _ in changes if name == table}
    found = _ids(connection, f"SELECT {column} FROM {table} WHERE id IN ({{0}})", rows)  # noqa: S608
    for name, _, text in changes:
        if name == table and text:
            was = read_literals(text).get(column)
            found |= {was} if isinstance(was, int) else set()
    return found


def _ids(connection: sqlite3.Connection, sql: str, asked: Iterable[int]) -> set[int]:
    listed = ", ".join(map(str, asked))
    if not listed:
        return set()
    return {row[0] for row in tuples(connection, sql.format(listed)) if row[0] is not None}


def _held_by_new(connection: sqlite3.Connection, was: Order, now: Order) -> set[int]:
    """The events that stand in lanes, or have kinds or tags, that were not there before."""
    found = set[int]()
    for what, sql in _HOLDING.items():
        found |= _ids(connection, sql, set(getattr(now, what)) - set(getattr(was, what)))
    return found


def _reordered(columns: Columns, was: Order, now: Order) -> Columns:
    """The columns with lanes, kinds and tags by their places in the order of now."""
    if was == now:
        return columns
    return replace(
        columns,
        lanes=_by_place(columns.lanes, was.lanes, now.lanes),
        kind=_by_place(columns.kind, was.kinds, now.kinds),
        tags=_by_place(columns.tags, was.tags, now.tags),
    )


def _by_place(
    places: NDArray[np.int16], was: tuple[int, ...], now: tuple[int, ...]
) -> NDArray[np.int16]:
    if was == now:
        return places
    return np.append(indices(was, now), -1).astype(np.int16)[places]  # the last answers for -1
