"""Events: all of one for the inspector, and the list of them."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from db.details import Dispute, EventDetail, EventRow, FoundEvent, LinkDetail
from db.errors import AllianceError
from db.queries.flaws import flaws
from db.queries.log import last_edit
from db.queries.quotes import forecasts, notes, quote_details
from db.queries.rows import both, fetch, fetch_one, record, tuples
from db.queries.sources import source_ids
from db.queries.timeline import STAGES
from db.records import (
    Bilingual,
    Citation,
    Claim,
    Confirmation,
    Event,
    EventDate,
    Kind,
    KindGroup,
    Lane,
    Stage,
    Tag,
)

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

_ROWS = """
    SELECT event.*, kind.key AS kind, coalesce(first_day, last_day) AS begins,
      (SELECT count(*) FROM citation WHERE citation.event_id = event.id) AS citations
    FROM event JOIN kind ON kind.id = kind_id
    LEFT JOIN event_date ON event_id = event.id AND is_primary
    ORDER BY begins IS NULL, begins, event.id"""
_QUOTES = """
    SELECT event_id, count(DISTINCT quote_id) FROM evidence
    WHERE event_id IS NOT NULL GROUP BY event_id"""
_LINKS = """
    SELECT link.type, from_event_id = :id AS outgoing, event.id AS event_id,
        title_en, title_ko, edtf
    FROM link
    JOIN event ON event.id = CASE from_event_id WHEN :id THEN to_event_id ELSE from_event_id END
    LEFT JOIN event_date ON event_date.event_id = event.id AND is_primary
    WHERE from_event_id = :id OR to_event_id = :id
    ORDER BY first_day, event.id, link.type"""
_TITLES = "coalesce(title_en, '') || ' ' || coalesce(title_ko, '')"
_LINES = """
    SELECT event.id, title_en, title_ko, edtf FROM event
    LEFT JOIN event_date ON event_id = event.id AND is_primary WHERE event.id IN ({listed})"""
_DATE_ORDER = "ORDER BY is_primary DESC, coalesce(first_day, last_day), id"


def event_detail(connection: sqlite3.Connection, event_id: int) -> EventDetail:
    """All of one event. Raises `row.missing` where there is no such event."""
    row = fetch_one(connection, "SELECT * FROM event WHERE id = ?", event_id)
    if row is None:
        raise AllianceError("row.missing", table="event", id=event_id)
    target = ("event", event_id)
    lanes, tags = _lanes(connection, event_id), _tags(connection, event_id)
    disputes, claims = _claims(connection, event_id)
    kind = fetch(connection, "SELECT * FROM kind WHERE id = ?", row["kind_id"])[0]
    group = fetch(connection, "SELECT * FROM kind_group WHERE id = ?", kind["group_id"])[0]
    given = {
        "lane_ids": tuple(lane.id for lane in lanes),
        "tag_ids": tuple(tag.id for tag in tags),
    }
    return EventDetail(
        event=record(Event, row, given),
        kind=record(Kind, kind),
        group=record(KindGroup, group),
        lanes=lanes,
        tags=tags,
        dates=event_dates(connection, event_id),
        disputes=disputes,
        claims=claims,
        citations=tuple(
            record(Citation, each)
            for each in fetch(
                connection,
                "SELECT * FROM citation WHERE event_id = ? ORDER BY position, id",
                event_id,
            )
        ),
        confirmations=tuple(
            record(Confirmation, each)
            for each in fetch(
                connection,
                "SELECT * FROM confirmation WHERE event_id = ? ORDER BY position, id",
                event_id,
            )
        ),
        quotes=quote_details(connection, target),
        forecasts=forecasts(connection, target),
        notes=notes(connection, target),
        links=_links(connection, event_id),
        stages=_stages(connection, event_id),
        last_edit=last_edit(connection, event_id) if row["confidence"] == "edited" else None,
    )


def event_dates(connection: sqlite3.Connection, event_id: int) -> tuple[EventDate, ...]:
    """The dates of an event, primary first."""
    sql = f"SELECT * FROM event_date WHERE event_id = ? {_DATE_ORDER}"  # noqa: S608
    return tuple(record(EventDate, row) for row in fetch(connection, sql, event_id))


def event_title(connection: sqlite3.Connection, event_id: int) -> Bilingual:
    row = fetch_one(connection, "SELECT title_en, title_ko FROM event WHERE id = ?", event_id)
    return both(row, "title") if row else Bilingual()


def find_event(connection: sqlite3.Connection, slug: str) -> int | None:
    """The id of the event with a slug, None where there is none."""
    row = fetch_one(connection, "SELECT id FROM event WHERE slug = ?", slug)
    return row["id"] if row else None


def find_titles(connection: sqlite3.Connection, text: str, most: int) -> tuple[FoundEvent, ...]:
    """The events whose titles, English and Korean together, have every word of a text: those that
    begin with it first, then by date; `most` of them."""
    words = text.split()
    if not words:
        return ()
    has_each = " AND ".join([f"{_TITLES} LIKE ? ESCAPE '\\'"] * len(words))
    first = f"{_for_like(text)}%"
    rows = fetch(
        connection,
        "SELECT event.id, title_en, title_ko, edtf FROM event"  # noqa: S608
        " LEFT JOIN event_date ON event_id = event.id AND is_primary"
        f" WHERE {has_each}"
        " ORDER BY coalesce(title_en, '') LIKE ? ESCAPE '\\' OR"
        " coalesce(title_ko, '') LIKE ? ESCAPE '\\' DESC,"
        " first_day IS NULL, first_day, event.id LIMIT ?",
        *(f"%{_for_like(word)}%" for word in words),
        first,
        first,
        most,
    )
    return tuple(FoundEvent(row["id"], both(row, "title"), row["edtf"]) for row in rows)


def event_lines(connection: sqlite3.Connection, event_ids: Iterable[int]) -> dict[int, FoundEvent]:
    """Title and primary date of some events; those that are gone are left out."""
    listed = ", ".join(str(int(each)) for each in event_ids)
    rows = fetch(connection, _LINES.format(listed=listed))
    return {row["id"]: FoundEvent(row["id"], both(row, "title"), row["edtf"]) for row in rows}


def _for_like(text: str) -> str:
    """A text without the meaning that LIKE gives to some characters."""
    return re.sub(r"([\\%_])", r"\\\1", text)


def places(connection: sqlite3.Connection) -> tuple[Bilingual, ...]:
    """The places that events have, the most frequent first."""
    rows = fetch(
        connection,
        "SELECT place_en, place_ko FROM event WHERE coalesce(place_en, place_ko) IS NOT NULL"
        " GROUP BY place_en, place_ko ORDER BY count(*) DESC, place_en, place_ko",
    )
    return tuple(both(row, "place") for row in rows)


def event_rows(connection: sqlite3.Connection) -> tuple[EventRow, ...]:
    """A line for every event by its date, those without a date last."""
    dates: dict[int, list[EventDate]] = {}
    for row in fetch(connection, f"SELECT * FROM event_date {_DATE_ORDER}"):  # noqa: S608
        dates.setdefault(row["event_id"], []).append(record(EventDate, row))
    lanes = _keys(
        tuples(
            connection,
            "SELECT event_id, key FROM event_lane JOIN lane ON lane.id = lane_id"
            " ORDER BY event_id, event_lane.position, event_lane.id",
        )
    )
    tags = _keys(
        tuples(
            connection,
            "SELECT event_id, key FROM event_tag JOIN tag ON tag.id = tag_id"
            " ORDER BY event_id, key",
        )
    )
    quotes = dict(tuples(connection, _QUOTES))
    every_source = set(source_ids(connection))
    found = flaws(connection, every_source)
    broken, disputed = set(found.broken.tolist()), set(found.disputed.tolist())
    return tuple(
        record(
            EventRow,
            row,
            {
                "lanes": lanes.get(row["id"], ()),
                "dates": tuple(dates.get(row["id"], ())),
                "disputed": row["id"] in disputed,
                "broken": row["id"] in broken,
                "quotes": quotes.get(row["id"], 0),
                "tags": tags.get(row["id"], ()),
            },
        )
        for row in fetch(connection, _ROWS)
    )


def _keys(pairs: Iterable[tuple[int, str]]) -> dict[int, tuple[str, ...]]:
    """Keys by event, from pairs that come by event."""
    return {
        event_id: tuple(key for _, key in group)
        for event_id, group in groupby(pairs, key=lambda pair: pair[0])
    }


def _lanes(connection: sqlite3.Connection, event_id: int) -> tuple[Lane, ...]:
    rows = fetch(
        connection,
        "SELECT lane.* FROM event_lane JOIN lane ON lane.id = lane_id"
        " WHERE event_id = ? ORDER BY event_lane.position, event_lane.id",
        event_id,
    )
    return tuple(record(Lane, row) for row in rows)


def _tags(connection: sqlite3.Connection, event_id: int) -> tuple[Tag, ...]:
    rows = fetch(
        connection,
        "SELECT tag.* FROM event_tag JOIN tag ON tag.id = tag_id WHERE event_id = ? ORDER BY key",
        event_id,
    )
    return tuple(record(Tag, row) for row in rows)


def _claims(
    connection: sqlite3.Connection, event_id: int
) -> tuple[tuple[Dispute, ...], tuple[Claim, ...]]:
    """Points on which claims give more than one value, also those on novelty, which set no mark;
    and the claims on all other points."""
    rows = fetch(
        connection, "SELECT * FROM claim WHERE event_id = ? ORDER BY position, id", event_id
    )
    by_point: dict[tuple[str, str], list[Claim]] = {}
    for row in rows:
        claim = record(Claim, row)
        by_point.setdefault((claim.aspect, claim.point.text("en")), []).append(claim)
    disputes: list[Dispute] = []
    alone: list[Claim] = []
    for (aspect, _), claims in by_point.items():
        if len({claim.value.text("en") for claim in claims}) > 1:
            disputes.append(Dispute(aspect, claims[0].point, tuple(claims)))
        else:
            alone += claims
    return tuple(disputes), tuple(alone)


def _links(connection: sqlite3.Connection, event_id: int) -> tuple[LinkDetail, ...]:
    return tuple(
        LinkDetail(
            row["type"], bool(row["outgoing"]), row["event_id"], both(row, "title"), row["edtf"]
        )
        for row in fetch(connection, _LINKS, id=event_id)
    )


def _stages(connection: sqlite3.Connection, event_id: int) -> tuple[Stage, ...]:
    rows = fetch(
        connection,
        f"{STAGES} WHERE start_event_id = :id OR in_force_event_id = :id"
        " ORDER BY scheme.position, stage.position, stage.id",
        id=event_id,
    )
    return tuple(record(Stage, row) for row in rows)
