"""Stages: all of one for the inspector."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.details import StageDetail
from db.errors import AllianceError
from db.queries.events import event_dates, event_title
from db.queries.quotes import forecasts, notes, quote_details
from db.queries.rows import both, fetch, fetch_one, record
from db.queries.timeline import STAGES
from db.records import Lane, Scheme, Stage, StageAlternative

if TYPE_CHECKING:
    import sqlite3

    from db.records import Bilingual

_ALTERNATIVES = """
    SELECT stage_alternative.*, coalesce(edtf, '') AS edtf, title_en, title_ko
    FROM stage_alternative
    JOIN event ON event.id = stage_alternative.event_id
    LEFT JOIN event_date ON event_date.event_id = event.id AND is_primary
    WHERE stage_id = ? ORDER BY stage_alternative.position, stage_alternative.id"""


def stage_detail(connection: sqlite3.Connection, stage_id: int) -> StageDetail:
    """All of one stage. Raises `row.missing` where there is no such stage, or it has no date."""
    row = fetch_one(connection, f"{STAGES} WHERE stage.id = ?", stage_id)
    if row is None:
        raise AllianceError("row.missing", table="stage", id=stage_id)
    stage = record(Stage, row)
    force = stage.in_force_event_id
    lane = fetch_one(connection, "SELECT * FROM lane WHERE id = ?", stage.lane_id)
    target = ("stage", stage_id)
    return StageDetail(
        stage=stage,
        scheme=record(
            Scheme, fetch(connection, "SELECT * FROM scheme WHERE id = ?", stage.scheme_id)[0]
        ),
        lane=record(Lane, lane) if lane else None,
        start_event_title=event_title(connection, stage.start_event_id),
        start_dates=event_dates(connection, stage.start_event_id),
        in_force_event_title=None if force is None else event_title(connection, force),
        in_force_dates=() if force is None else event_dates(connection, force),
        alternatives=_alternatives(connection, stage_id),
        quotes=quote_details(connection, target),
        notes=notes(connection, target),
        forecasts=forecasts(connection, target),
    )


def _alternatives(
    connection: sqlite3.Connection, stage_id: int
) -> tuple[tuple[StageAlternative, Bilingual], ...]:
    rows = fetch(connection, _ALTERNATIVES, stage_id)
    return tuple((record(StageAlternative, row), both(row, "title")) for row in rows)
