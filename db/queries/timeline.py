"""What a picture is made from: lanes, kinds, schemes, stages and views, and the columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from db import dates
from db.queries.columns import Order, columns
from db.queries.flaws import flaws
from db.queries.lanes import lanes
from db.queries.rows import fetch, fetch_one, record, tuples
from db.records import Callout, Kind, KindGroup, SavedView, Scheme, Stage, Tag
from db.timeline import Timeline

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Set

    from db.columns import Columns
    from db.flaws import Flaws
    from db.queries.columns import Watch

Part = TypeVar("Part")

_CALLOUT_TEXT = 1000  # characters; a box shows a few lines
_LARGE = 5000  # dates

# What each part of a timeline is read from.
_CHOSEN = frozenset(f"view_{what}" for what in ("lane", "kind", "tag", "status"))
_TABLES: dict[str, Set[str]] = {
    "lanes": {"lane"},
    "kinds": {"kind"},
    "groups": {"kind_group"},
    "tags": {"tag"},
    "schemes": {"scheme"},
    "stages": {"stage", "scheme", "event_date"},
    "views": {"view", "lane", "kind", "tag", "scheme", *_CHOSEN},
    "callouts": {"note"},
}

_OUTERMOST = """
    SELECT start_event_id FROM stage
    UNION SELECT in_force_event_id FROM stage WHERE in_force_event_id NOTNULL
    UNION SELECT event_id FROM (SELECT event_id FROM event_date
        WHERE is_primary AND first_day NOTNULL ORDER BY first_day LIMIT 1)
    UNION SELECT event_id FROM (SELECT event_id FROM event_date
        WHERE is_primary AND first_day IS NULL ORDER BY last_day LIMIT 1)
    UNION SELECT event_id FROM (SELECT event_id FROM event_date
        WHERE is_primary AND last_day NOTNULL ORDER BY last_day DESC LIMIT 1)
    UNION SELECT event_id FROM (SELECT event_id FROM event_date
        WHERE is_primary AND last_day IS NULL ORDER BY first_day DESC LIMIT 1)"""

# A stage begins on the first day of its start event; of a date that is open there, the last.
STAGES = """
    SELECT stage.*,
        coalesce(start.first_day, start.last_day) AS signed, start.edtf AS start_edtf,
        coalesce(force.first_day, force.last_day) AS in_force, force.edtf AS in_force_edtf
    FROM stage
    JOIN scheme ON scheme.id = stage.scheme_id
    JOIN event_date AS start ON start.event_id = start_event_id AND start.is_primary
    LEFT JOIN event_date AS force ON force.event_id = in_force_event_id AND force.is_primary"""


def timeline(
    connection: sqlite3.Connection,
    distrusted: Set[int] = frozenset(),
    watch: Watch | None = None,
) -> Timeline:
    """Everything of a file that a picture is made from; of the sources `distrusted` the quotes are
    held against the text. `watch` as for the columns."""
    return around(
        connection,
        lambda order, flaws: columns(connection, order, flaws, watch=watch),
        distrusted,
    )


def outline(connection: sqlite3.Connection) -> Timeline:
    """The same with a few events alone, read at once from a file of any size: the outermost, so
    that the range is that of all of them, and those that stages begin with."""
    few = [row[0] for row in tuples(connection, _OUTERMOST)]
    return around(connection, lambda order, flaws: columns(connection, order, flaws, few))


def is_large(connection: sqlite3.Connection) -> bool:
    """Whether reading the timeline takes longer than a hand should wait."""
    return bool(tuples(connection, "SELECT 1 FROM event_date LIMIT 1 OFFSET ?", _LARGE))


def around(
    connection: sqlite3.Connection,
    make: Callable[[Order, Flaws], Columns],
    distrusted: Set[int] = frozenset(),
    before: Timeline | None = None,
    changed: Set[str] = frozenset(),
) -> Timeline:
    """The same with columns that are made for the order of lanes, kinds and tags, and for what
    is found wrong. Of the timeline `before` is taken what none of the tables `changed` since is
    read for."""

    def part(name: str, read: Callable[[sqlite3.Connection], Part]) -> Part:
        if before is None or changed & _TABLES[name]:
            return read(connection)
        known: Part = getattr(before, name)
        return known

    found_flaws = flaws(connection, distrusted)
    found_lanes, found_kinds, found_tags = (
        part("lanes", lanes), part("kinds", kinds), part("tags", tags)
    )  # fmt: skip
    order = Order(*(tuple(row.id for row in rows)
                    for rows in (found_lanes, found_kinds, found_tags)))  # fmt: skip
    return Timeline(
        columns=make(order, found_flaws),
        lanes=found_lanes,
        kinds=found_kinds,
        groups=part("groups", groups),
        tags=found_tags,
        schemes=part("schemes", schemes),
        stages=part("stages", stages),
        views=part("views", views),
        callouts=part("callouts", callouts),
        as_of=as_of(connection),
        flaws=found_flaws,
    )


def groups(connection: sqlite3.Connection) -> tuple[KindGroup, ...]:
    rows = fetch(connection, "SELECT * FROM kind_group ORDER BY position, id")
    return tuple(record(KindGroup, row) for row in rows)


def kinds(connection: sqlite3.Connection) -> tuple[Kind, ...]:
    rows = fetch(connection, "SELECT * FROM kind ORDER BY position, id")
    return tuple(record(Kind, row) for row in rows)


def tags(connection: sqlite3.Connection) -> tuple[Tag, ...]:
    return tuple(record(Tag, row) for row in fetch(connection, "SELECT * FROM tag ORDER BY key"))


def schemes(connection: sqlite3.Connection) -> tuple[Scheme, ...]:
    rows = fetch(connection, "SELECT * FROM scheme ORDER BY position, id")
    return tuple(record(Scheme, row) for row in rows)


def stages(connection: sqlite3.Connection) -> tuple[Stage, ...]:
    """The stages of all schemes whose start event has a date, in order."""
    rows = fetch(
        connection, f"{STAGES} ORDER BY scheme.position, scheme.id, stage.position, stage.id"
    )
    return tuple(record(Stage, row) for row in rows)


def views(connection: sqlite3.Connection) -> tuple[SavedView, ...]:
    """The saved views, with the keys of what they show."""
    chosen = {what: _chosen(connection, what) for what in ("lane", "kind", "tag")}
    statuses: dict[int, list[str]] = {}
    for view_id, status in tuples(
        connection, "SELECT view_id, status FROM view_status ORDER BY id"
    ):
        statuses.setdefault(view_id, []).append(status)
    rows = fetch(
        connection,
        "SELECT view.*, scheme.key AS scheme FROM view LEFT JOIN scheme ON scheme.id = scheme_id"
        " ORDER BY view.position, view.id",
    )
    return tuple(
        record(
            SavedView,
            row,
            {
                "lanes": tuple(chosen["lane"].get(row["id"], ())),
                "kinds": tuple(chosen["kind"].get(row["id"], ())),
                "tags": tuple(chosen["tag"].get(row["id"], ())),
                "statuses": tuple(statuses.get(row["id"], ())),
            },
        )
        for row in rows
    )


def callouts(connection: sqlite3.Connection) -> tuple[Callout, ...]:
    """The notes that are shown on the picture, the oldest id first."""
    rows = tuples(
        connection,
        "SELECT id, event_id, stage_id, callout_x, callout_y, substr(text, 1, ?) FROM note"
        " WHERE callout_x IS NOT NULL ORDER BY id",
        _CALLOUT_TEXT,
    )
    return tuple(
        Callout(ident, ("stage", stage) if event is None else ("event", event), x, y, text)
        for ident, event, stage, x, y, text in rows
    )


def as_of(connection: sqlite3.Connection) -> int:
    """The day (UTC) of the last change of the data."""
    row = fetch_one(
        connection,
        "SELECT coalesce((SELECT time FROM changeset WHERE id = "
        "(SELECT changeset_id FROM change ORDER BY seq DESC LIMIT 1)),"
        " (SELECT edition_date FROM file)) AS time",
    )
    return dates.from_iso(row["time"][:10]) if row and row["time"] else 0


def _chosen(connection: sqlite3.Connection, what: str) -> dict[int, list[str]]:
    """The keys of the lanes, kinds or tags of each view, in the order of the file."""
    order = "key" if what == "tag" else "position, key"
    found: dict[int, list[str]] = {}
    sql = f"SELECT view_id, key FROM view_{what} JOIN {what} ON {what}.id = {what}_id"  # noqa: S608
    for view_id, key in tuples(connection, f"{sql} ORDER BY {order}"):
        found.setdefault(view_id, []).append(key)
    return found
