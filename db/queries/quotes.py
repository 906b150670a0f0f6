"""Quotes as evidence: where they stand, who said them, and what they foretold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.details import Forecast, QuoteDetail, SourceSummary
from db.queries.editions import EDITIONS
from db.queries.rows import both, fetch, fetch_one, record
from db.quotes import verify
from db.records import (
    Anchor,
    Evidence,
    Figure,
    Note,
    Oddity,
    Quote,
    QuoteTranslation,
    Speaker,
)

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from db.records import Ref

_NEWEST_ANCHOR = f"""{EDITIONS}
    SELECT anchor.*, exact, substr(text, start + 1, end - start) AS stretch
    FROM anchor JOIN quote ON quote.id = quote_id JOIN source ON source.id = anchor.source_id
    LEFT JOIN edition ON edition.id = anchor.source_id
    WHERE quote_id = ? AND accepted ORDER BY number DESC, anchor.id LIMIT 1"""  # noqa: S608
_EVIDENCE = """
    SELECT * FROM evidence WHERE {column} = ?
    ORDER BY CASE stance WHEN 'supports' THEN 0 WHEN 'disputes' THEN 1 ELSE 2 END, id"""
_QUOTE = """
    SELECT quote.*, name_en, name_ko, role_en, role_ko, named
    FROM quote JOIN speaker ON speaker.id = speaker_id WHERE quote.id = ?"""
# The words of the quote, or the phrase that attributes it, touch the place.
_ODDITIES = """
    SELECT * FROM oddity WHERE source_id = :source AND (
        start < :end AND end > :start OR start < :phrase_end AND end > :phrase_start)
    ORDER BY start, id"""
_FORECASTS = """
    SELECT forecast.id, forecast.event_id AS outcome, outcome.title_en AS outcome_title_en,
        outcome.title_ko AS outcome_title_ko, edtf, made.event_id AS made_at,
        made_event.title_en AS made_title_en, made_event.title_ko AS made_title_ko
    FROM evidence AS forecast
    JOIN event AS outcome ON outcome.id = forecast.event_id
    LEFT JOIN event_date ON event_date.event_id = outcome.id AND is_primary
    LEFT JOIN evidence AS made ON made.quote_id = forecast.quote_id AND made.mode = 'report'
        AND made.aspect = 'existence' AND made.event_id <> forecast.event_id
    LEFT JOIN event AS made_event ON made_event.id = made.event_id
    WHERE forecast.mode = 'forecast' AND {condition}
    ORDER BY forecast.stance = 'supports' DESC, first_day, forecast.id, made.id"""
_OF_EVENT = "(forecast.event_id = :id OR made.event_id = :id)"
_OF_STAGE = """forecast.quote_id IN
        (SELECT quote_id FROM evidence WHERE stage_id = :id AND mode = 'forecast')"""
_STANCES = ("supports", "disputes", "context")


def quote_details(connection: sqlite3.Connection, target: Ref) -> tuple[QuoteDetail, ...]:
    """The quotes on an event or a stage: those that support it, dispute it, and context; each by
    its place in the source."""
    sql = _EVIDENCE.format(column=_column(target))
    details = [quote_detail(connection, row) for row in fetch(connection, sql, target[1])]
    return tuple(
        sorted(
            details,
            key=lambda detail: (
                _STANCES.index(detail.evidence.stance),
                detail.anchor.start if detail.anchor else 0,
                detail.quote.id,
            ),
        )
    )


def quote_detail(connection: sqlite3.Connection, row: sqlite3.Row) -> QuoteDetail:
    """One row of evidence with all of its quote."""
    found = evidence(row)
    anchor = newest_anchor(connection, found.quote_id)
    quoted, source_id = _quote_and_source(connection, found.quote_id, anchor)
    return QuoteDetail(
        quote=quoted,
        anchor=anchor,
        source=source_summary(connection, anchor.source_id if anchor else source_id),
        place=_place(connection, anchor),
        evidence=found,
        translations=translations(connection, quoted.id),
        figures=figures(connection, quoted.id),
        oddities=_oddities(connection, anchor, quoted.attribution),
    )


def translations(connection: sqlite3.Connection, quote_id: int) -> tuple[QuoteTranslation, ...]:
    """The translations of a quote and what puts it in other words, by language."""
    sql = "SELECT * FROM quote_translation WHERE quote_id = ? ORDER BY language"
    return tuple(record(QuoteTranslation, each) for each in fetch(connection, sql, quote_id))


def figures(connection: sqlite3.Connection, quote_id: int) -> tuple[Figure, ...]:
    """The figures of a quote, by their place in it."""
    sql = "SELECT * FROM figure WHERE quote_id = ? ORDER BY start, id"
    return tuple(record(Figure, each) for each in fetch(connection, sql, quote_id))


def quote(connection: sqlite3.Connection, quote_id: int, anchor: Anchor | None) -> Quote:
    """A quote; its state is that of `anchor`, its anchor in the newest edition."""
    return _quote_and_source(connection, quote_id, anchor)[0]


def _quote_and_source(
    connection: sqlite3.Connection, quote_id: int, anchor: Anchor | None
) -> tuple[Quote, int]:
    row = fetch(connection, _QUOTE, quote_id)[0]
    speaker = record(Speaker, row, {"id": row["speaker_id"]})
    state = anchor.state if anchor else "broken"
    return record(Quote, row, {"speaker": speaker, "state": state}), row["source_id"]


def newest_anchor(connection: sqlite3.Connection, quote_id: int) -> Anchor | None:
    """The accepted anchor of a quote in the newest edition that it was found in, broken where
    its words do not stand there (any more)."""
    row = fetch_one(connection, _NEWEST_ANCHOR, quote_id)
    if row is None:
        return None
    stretch = row["stretch"]
    return record(
        Anchor, row, {"state": verify(stretch, row["exact"], 0, len(stretch), row["state"])}
    )


def evidence(row: sqlite3.Row) -> Evidence:
    event_id, stage_id = row["event_id"], row["stage_id"]
    target = ("event", event_id) if event_id is not None else ("stage", stage_id)
    return record(Evidence, row, {"target": target})


def source_summary(connection: sqlite3.Connection, source_id: int) -> SourceSummary:
    row = fetch(
        connection,
        "SELECT id, title_en, title_ko, publisher_en, publisher_ko, language, edtf,"
        " translation_from, translation_by_en, translation_by_ko,"
        " translation_note_en, translation_note_ko, media_type FROM source WHERE id = ?",
        source_id,
    )[0]
    return record(SourceSummary, row)


def forecasts(connection: sqlite3.Connection, target: Ref) -> tuple[Forecast, ...]:
    """Forecasts made at an event, of an event, or by a stage's quotes, each with its outcome."""
    condition = _OF_EVENT if target[0] == "event" else _OF_STAGE
    sql = _FORECASTS.format(condition=condition)
    by_forecast: dict[int, sqlite3.Row] = {}
    for row in fetch(connection, sql, id=target[1]):
        by_forecast.setdefault(row["id"], row)
    return tuple(_forecast(connection, row) for row in by_forecast.values())


def _forecast(connection: sqlite3.Connection, row: sqlite3.Row) -> Forecast:
    found = fetch(connection, "SELECT * FROM evidence WHERE id = ?", row["id"])[0]
    return Forecast(
        quote=quote_detail(connection, found),
        made_at=row["made_at"],
        made_at_title=both(row, "made_title"),
        outcome=row["outcome"],
        outcome_title=both(row, "outcome_title"),
        outcome_edtf=row["edtf"],
    )


def notes(connection: sqlite3.Connection, target: Ref) -> tuple[Note, ...]:
    """The user's notes on an event or a stage, oldest first."""
    sql = f"SELECT * FROM note WHERE {_column(target)} = ? ORDER BY time, id"  # noqa: S608
    return tuple(record(Note, row, {"target": target}) for row in fetch(connection, sql, target[1]))


def _place(connection: sqlite3.Connection, anchor: Anchor | None) -> str:
    """The label of the page or paragraph that an anchor stands on, from the first to the last
    where it goes on over several."""
    if anchor is None:
        return ""
    sql = (
        "SELECT label FROM source_place WHERE source_id = ? AND start < ? AND end > ?"
        " ORDER BY start, id"
    )
    at = anchor.source_id, max(anchor.end, anchor.start + 1), anchor.start
    return from_to([row["label"] for row in fetch(connection, sql, *at)])


def from_to(labels: Sequence[str]) -> str:
    """The labels of the places that a quote goes over, as one: `3`, or `3–4`; empty for none."""
    if not labels:
        return ""
    return labels[0] if labels[0] == labels[-1] else f"{labels[0]}–{labels[-1]}"


def _oddities(
    connection: sqlite3.Connection, anchor: Anchor | None, attribution: str | None
) -> tuple[Oddity, ...]:
    if anchor is None:
        return ()
    phrase = anchor.attribution_start if attribution else None
    rows = fetch(
        connection,
        _ODDITIES,
        source=anchor.source_id,
        start=anchor.start,
        end=anchor.end,
        phrase_start=phrase,
        phrase_end=None if phrase is None else phrase + len(attribution or ""),
    )
    return tuple(record(Oddity, row) for row in rows)


def _column(target: Ref) -> str:
    """The column that points at an event or a stage."""
    return {"event": "event_id", "stage": "stage_id"}[target[0]]
