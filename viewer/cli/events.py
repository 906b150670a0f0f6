"""`events`: the events that the filter leaves, as lines or as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.dates import to_iso
from db.store import Store
from viewer.cli.options import asked_filter, file_argument, filter_options, json_option
from viewer.cli.output import json_result, result
from viewer.words import t

if TYPE_CHECKING:
    from pathlib import Path

    import click

    from db.details import EventRow
    from db.filters import Filter
    from db.records import Language
    from db.timeline import Timeline


def parameters(language: Language) -> list[click.Parameter]:
    return [file_argument(), json_option(language), *filter_options(language)]


def events(language: Language, /, file: Path, json: bool, **options: Any) -> int:
    """Lists events in order of their first day, those without a date last."""
    with Store.open(file, read_only=True) as store:
        timeline = store.timeline()
        rows = store.events()
    listed = left_by(asked_filter(timeline, options), timeline, rows)
    if json:
        json_result([as_data(row) for row in listed])
        return 0
    for row in listed:
        result(as_line(row, language))
    return 0


def left_by(chosen: Filter, timeline: Timeline, rows: tuple[EventRow, ...]) -> list[EventRow]:
    """The rows that a filter leaves, in the order of the list."""
    columns = timeline.columns
    dated = dict(zip(columns.id.tolist(), chosen.mask(timeline).tolist(), strict=True))
    return [
        row for row in rows if (dated[row.id] if row.id in dated else chosen.keeps_undated(row))
    ]


def as_data(row: EventRow) -> dict[str, object]:
    """An event as plain data, the same in every language."""
    return {
        "id": row.id,
        "slug": row.slug,
        "lanes": list(row.lanes),
        "dates": [
            {
                "role": date.role,
                "edtf": date.edtf,
                "first": None if date.first is None else to_iso(date.first),
                "last": None if date.last is None else to_iso(date.last),
            }
            for date in row.dates
        ],
        "title": {"en": row.title.en, "ko": row.title.ko},
        "importance": row.importance,
        "kind": row.kind,
        "status": row.status,
        "confidence": row.confidence,
        "disputed": row.disputed,
        "broken": row.broken,
        "quotes": row.quotes,
        "tags": list(row.tags),
    }


def as_line(row: EventRow, language: Language) -> str:
    """Date, importance, lanes, title, and what is to be known about it."""
    date = row.dates[0].edtf if row.dates else t("cli.events.undated", language)
    more = f"  “{row.quotes}" if row.quotes else ""
    if row.disputed:
        more += "  " + t("cli.events.disputed", language)
    if row.broken:
        more += "  " + t("cli.events.broken", language)
    lanes = ",".join(row.lanes)
    return f"{date:<21}  {row.importance}  {lanes:<19}  {row.title.text(language)}{more}"
