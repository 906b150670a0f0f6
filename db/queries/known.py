"""What a table of events is compared with: lanes, kinds, tags, and the plain facts of all events.

Bare tuples all the way: a file may hold a hundred thousand events.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.bulk import many_records
from db.known import Known, KnownEvent
from db.queries.lanes import lanes
from db.queries.rows import tuples
from db.queries.timeline import kinds, tags

if TYPE_CHECKING:
    import sqlite3

_EVENTS = """
    SELECT event.id, kind_id, importance, status, confidence, title_en, title_ko,
        label_en, label_ko, summary_en, summary_ko, place_en, place_ko,
        event_date.id, edtf, first_day, last_day
    FROM event
    LEFT JOIN event_date ON event_date.event_id = event.id AND is_primary
    ORDER BY event.id"""
_LANES = "SELECT event_id, id, lane_id FROM event_lane ORDER BY event_id, position, id"
_TAGS = "SELECT event_id, id, tag_id FROM event_tag ORDER BY event_id, id"


def known(connection: sqlite3.Connection) -> Known:
    with many_records():
        return _known(connection)


def _known(connection: sqlite3.Connection) -> Known:
    in_lanes, with_tags = _joined(connection, _LANES), _joined(connection, _TAGS)
    return Known(
        lanes=lanes(connection),
        kinds=kinds(connection),
        tags=tags(connection),
        events=tuple(
            KnownEvent._make(
                (*row, tuple(in_lanes.get(row[0], ())), tuple(with_tags.get(row[0], ())))
            )
            for row in tuples(connection, _EVENTS)
        ),
    )


def _joined(connection: sqlite3.Connection, sql: str) -> dict[int, list[tuple[int, int]]]:
    """What stands with each event: pairs of the joining row and of what it joins."""
    found: dict[int, list[tuple[int, int]]] = {}
    for event_id, row_id, other_id in tuples(connection, sql):
        found.setdefault(event_id, []).append((row_id, other_id))
    return found
