"""How much lanes, kinds and tags hold: numbers for whoever puts them in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.details import Holdings
from db.queries.rows import tuples

if TYPE_CHECKING:
    import sqlite3


# Of a group SQLite gives the other columns from the row that has the least position.
_DRAWN = """SELECT lane_id, count(*)
    FROM (SELECT lane_id, min(position) FROM event_lane GROUP BY event_id) GROUP BY lane_id"""


def holdings(connection: sqlite3.Connection) -> Holdings:
    """The events of each lane, kind and tag by id, those without a date among them."""
    return Holdings(
        lanes=dict(tuples(connection, "SELECT lane_id, count(*) FROM event_lane GROUP BY lane_id")),
        drawn=dict(tuples(connection, _DRAWN)),
        kinds=dict(tuples(connection, "SELECT kind_id, count(*) FROM event GROUP BY kind_id")),
        tags=dict(tuples(connection, "SELECT tag_id, count(*) FROM event_tag GROUP BY tag_id")),
    )


def alone_in_lane(connection: sqlite3.Connection, lane_id: int) -> int:
    """The number of events that stand in a lane and in no other."""
    found = tuples(
        connection,
        "SELECT count(*) FROM event_lane AS own WHERE lane_id = ? AND NOT EXISTS"
        " (SELECT 1 FROM event_lane WHERE event_id = own.event_id AND lane_id <> own.lane_id)",
        lane_id,
    )
    return int(found[0][0])
