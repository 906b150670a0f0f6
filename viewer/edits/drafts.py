"""Drafts: an event as a form holds it, with all that stands in tables of its own.

A part with an `id` is a row that is there already, one with None is to be made.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, TypeVar

from db.records import Bilingual
from viewer.edits.edit import both, by_position, number, reference, text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from _typeshed import DataclassInstance

    from db.changes import Rows, Value

    Draft = TypeVar("Draft", bound=DataclassInstance)

EMPTY = Bilingual()


@dataclass(frozen=True, slots=True)
class DateDraft:
    """A date in EDTF; the event's main one is `primary`."""

    edtf: str
    role: str = "occurred"
    primary: bool = False
    remark: Bilingual = EMPTY
    id: int | None = None


@dataclass(frozen=True, slots=True)
class CitationDraft:
    title: str
    body: str = ""
    edtf: str = ""
    locator: str = ""
    seen: str = "not seen"
    id: int | None = None


@dataclass(frozen=True, slots=True)
class ClaimDraft:
    """A value that is claimed of one point; `value` is EDTF where the aspect is a date."""

    aspect: str
    point: Bilingual
    value: Bilingual
    accepted: bool = False
    note: Bilingual = EMPTY
    quote_id: int | None = None
    citation_id: int | None = None
    id: int | None = None


@dataclass(frozen=True, slots=True)
class LinkDraft:
    """What the event is to another one: from it (`outgoing`) or to it."""

    type: str
    other_id: int
    outgoing: bool = True
    id: int | None = None


@dataclass(frozen=True, slots=True)
class EventDraft:
    """All of an event that a form edits. `lane_ids` in order; `new_tags` are the names of tags
    that are to be made for it."""

    title: Bilingual
    kind_id: int
    lane_ids: tuple[int, ...]
    importance: int = 3
    status: str = "occurred"
    label: Bilingual = EMPTY
    summary: Bilingual = EMPTY
    place: Bilingual = EMPTY
    marking: str = ""
    dates: tuple[DateDraft, ...] = ()
    citations: tuple[CitationDraft, ...] = ()
    claims: tuple[ClaimDraft, ...] = ()
    links: tuple[LinkDraft, ...] = ()
    tag_ids: tuple[int, ...] = ()
    new_tags: tuple[str, ...] = ()


def draft_of(rows: Rows, event_id: int) -> EventDraft:
    """The draft of a stored event, from `Store.rows_about("event", [event_id])`."""
    event = rows["event"][event_id]
    return EventDraft(
        title=both(event, "title"),
        kind_id=number(event, "kind_id"),
        lane_ids=tuple(
            number(row, "lane_id")
            for _, row in sorted(rows["event_lane"].items(), key=by_position)
        ),
        importance=number(event, "importance"),
        status=text(event, "status"),
        label=both(event, "label"),
        summary=both(event, "summary"),
        place=both(event, "place"),
        marking=text(event, "marking"),
        dates=tuple(
            DateDraft(
                text(row, "edtf"), text(row, "role"), bool(row["is_primary"]),
                both(row, "remark"), row_id,
            )
            for row_id, row in sorted(rows["event_date"].items(), key=_primary_first)
        ),
        citations=tuple(
            _citation(row_id, row)
            for row_id, row in sorted(rows["citation"].items(), key=by_position)
        ),
        claims=tuple(
            _claim(row_id, row) for row_id, row in sorted(rows["claim"].items(), key=by_position)
        ),
        links=tuple(_link(row_id, row, event_id) for row_id, row in rows["link"].items()),
        tag_ids=tuple(number(row, "tag_id") for row in rows["event_tag"].values()),
    )  # fmt: skip


def rebased(base: Draft, mine: Draft, theirs: Draft) -> Draft:
    """What a form holds (`mine`), which began with `base`, on the event or stage as it is stored
    by now (`theirs`): fields that the form did not change are as stored."""
    changed = {
        name: getattr(mine, name)
        for name in _names(base)
        if getattr(mine, name) != getattr(base, name)
    }
    return replace(theirs, **changed)


def conflicts(base: EventDraft, mine: EventDraft, theirs: EventDraft) -> tuple[str, ...]:
    """The fields that the form and somebody else have both changed, to different things."""
    return tuple(
        name
        for name in _names(base)
        if getattr(base, name) not in (getattr(mine, name), getattr(theirs, name))
        and getattr(mine, name) != getattr(theirs, name)
    )


def _names(draft: DataclassInstance) -> tuple[str, ...]:
    return tuple(each.name for each in fields(draft))


def _citation(row_id: int, row: Mapping[str, Value]) -> CitationDraft:
    return CitationDraft(
        title=text(row, "title"),
        body=text(row, "body"),
        edtf=text(row, "edtf"),
        locator=text(row, "locator"),
        seen=text(row, "seen"),
        id=row_id,
    )


def _claim(row_id: int, row: Mapping[str, Value]) -> ClaimDraft:
    return ClaimDraft(
        aspect=text(row, "aspect"),
        point=both(row, "point"),
        value=both(row, "value"),
        accepted=bool(row["accepted"]),
        note=both(row, "note"),
        quote_id=reference(row, "quote_id"),
        citation_id=reference(row, "citation_id"),
        id=row_id,
    )


def _link(row_id: int, row: Mapping[str, Value], event_id: int) -> LinkDraft:
    outgoing = row["from_event_id"] == event_id
    other = number(row, "to_event_id" if outgoing else "from_event_id")
    return LinkDraft(text(row, "type"), other, outgoing, row_id)


def _primary_first(item: tuple[int, Mapping[str, Value]]) -> tuple[bool, int, int]:
    row_id, row = item
    day = row["first_day"] if row["first_day"] is not None else row["last_day"]
    return not row["is_primary"], int(day or 0), row_id
