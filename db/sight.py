"""The first sight of a large file: what its indexes tell before any of its events is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from db import opening
from db.queries.lanes import lanes
from db.queries.rows import tuples

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from db.records import Lane

_SMALL = 1 << 21  # octets, in which there is no room for many dates
_LARGE = 5000  # dates
_PARTS = 160
# The primary dates alone, as the picture has them; each of these is the first entry of an index,
# or one near it.
_ENDS = (
    "first_day NOTNULL ORDER BY first_day",
    "first_day IS NULL AND last_day NOTNULL ORDER BY last_day",
    "last_day NOTNULL ORDER BY last_day DESC",
    "last_day IS NULL AND first_day NOTNULL ORDER BY first_day DESC",
)
_END = "SELECT coalesce({0}, {1}) FROM event_date WHERE is_primary AND {2} LIMIT 1"
_BEGUN = "SELECT count(*) FROM event_date WHERE first_day >= ? AND first_day < ?"


class Sight(NamedTuple):
    """`lanes` from top to bottom; `first` and `last` day of all events, and how many dates begin
    in each of the equal parts of that time: in `begun`, first to last."""

    lanes: tuple[Lane, ...]
    first: int
    last: int
    begun: tuple[int, ...]

    def part(self, number: int) -> float:
        """The day on which a part begins."""
        return self.first + (self.last + 1 - self.first) * number / len(self.begun)


def sight(path: Path) -> Sight | None:
    """The sight of a file; None of a small one, which is read as soon.

    Looks as `db.opening.glance` does, changing and making nothing, and raises what it raises.
    """
    if path.exists() and path.stat().st_size < _SMALL:
        return None
    with opening.looking(path) as connection:
        if tuples(connection, "SELECT count(*) FROM event_date")[0][0] <= _LARGE:
            return None
        return _sight(connection)


def _sight(connection: sqlite3.Connection) -> Sight | None:
    firsts = [*_end(connection, 0), *_end(connection, 1)]
    lasts = [*_end(connection, 2), *_end(connection, 3)]
    if not firsts or not lasts:
        return None
    found = Sight(lanes(connection), min(firsts), max(lasts), (0,) * _PARTS)
    edges = [found.part(number) for number in range(_PARTS + 1)]
    begun = [tuples(connection, _BEGUN, *edges[k : k + 2])[0][0] for k in range(_PARTS)]
    return found._replace(begun=tuple(begun))


def _end(connection: sqlite3.Connection, which: int) -> list[int]:
    order = ("first_day", "last_day") if which < 2 else ("last_day", "first_day")
    return [row[0] for row in tuples(connection, _END.format(*order, _ENDS[which]))]
