"""Events: added, edited, moved, deleted, one or many at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from db import dates
from db.changes import Delete, Insert, Update, new_id
from db.errors import AllianceError
from db.records import LANGUAGES
from viewer.edits.drafts import draft_of, rebased
from viewer.edits.edit import (
    Edit,
    all_of,
    both,
    by_position,
    columns_of,
    named,
    number,
    placed,
    replaced,
    update,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence, Set

    from db.changes import Change, Rows, Value
    from viewer.edits.drafts import CitationDraft, ClaimDraft, DateDraft, EventDraft
    from viewer.edits.edit import Wanted

# Columns and tables that say what happened; who edits them answers for them from then on.
_FACTS = ("title", "summary", "place")
_TABLES_OF_FACTS = ("event_date", "claim", "citation")
_TABLES_OF_PARTS = (*_TABLES_OF_FACTS, "event_lane", "event_tag")
# What goes with an event when it is deleted. Stages are not among it: they are asked about first.
_PARTS = (
    "claim", "citation", "confirmation", "event_date", "event_lane", "event_tag", "evidence",
    "link", "note", "stage_alternative",
)  # fmt: skip


def checked(draft: EventDraft) -> None:
    """Raises what is wrong with a draft.

    `event.title` or `event.lane` where it has none, `date.…` for a text that is no date,
    `event.primary` unless one of its dates is the main one, `event.citation` for one without a
    title, `event.claim` for one without a point or value, `event.link` for a link twice.
    """
    if not draft.title:
        raise AllianceError("event.title")
    if not draft.lane_ids:
        raise AllianceError("event.lane")
    for date in draft.dates:
        dates.parse(date.edtf)
    if draft.dates and sum(date.primary for date in draft.dates) != 1:
        raise AllianceError("event.primary")
    for citation in draft.citations:
        if not citation.title.strip():
            raise AllianceError("event.citation")
        if citation.edtf:
            dates.parse(citation.edtf)
    for claim in draft.claims:
        if not claim.point or not claim.value:
            raise AllianceError("event.claim")
        if claim.aspect == "date":
            for text in filter(None, claim.value):
                dates.parse(text)
    links = [(link.type, link.other_id, link.outgoing) for link in draft.links]
    if len(set(links)) < len(links):
        raise AllianceError("event.link")


def added(draft: EventDraft) -> Edit:
    """A new event. Raises as `checked` does."""
    checked(draft)
    event_id = new_id()
    owner = {"event_id": event_id}
    changes: list[Change] = [Insert("event", event_id, {**_columns(draft), "confidence": "edited"})]
    nothing: Rows = {table: {} for table in (*_TABLES_OF_PARTS, "link")}
    for table, wanted in _parts(draft, nothing).items():
        changes += replaced(table, nothing[table], wanted, owner)
    changes += _links(draft, event_id, {})
    changes += _new_tags(draft, event_id)
    return Edit("add-event", _name(draft), tuple(changes), ("event", event_id))


def edited(rows: Rows, event_id: int, draft: EventDraft, base: EventDraft | None = None) -> Edit:
    """An event as its form now has it. `rows` are those about the event (`Store.rows_about`) when
    it is written; with `base`, what the form began with, other fields stay as they are by now.

    The confidence becomes `edited` where a fact is another one than before. Raises as `checked`
    does, and `event.starts-stage` where it would lose the date that a stage begins on.
    """
    if base is not None:
        draft = rebased(base, draft, draft_of(rows, event_id))
    checked(draft)
    if not draft.dates and rows["event_date"]:
        _refuse_if_used(rows, "event.undated-stage")
    owner = {"event_id": event_id}
    changes = [*update("event", event_id, rows, _columns(draft))]
    for table, wanted in _parts(draft, rows).items():
        changes += replaced(table, rows[table], wanted, owner)
    changes += _links(draft, event_id, rows["link"])
    changes += _new_tags(draft, event_id)
    return Edit("edit-event", _name(draft), _answered_for(rows, event_id, changes))


def redated(rows: Rows, event_id: int, edtf: str) -> Edit:
    """The event's main date is another one; made where it has none. Raises `date.…`."""
    text = dates.parse(edtf).text
    main = next((row for row, each in rows["event_date"].items() if each["is_primary"]), None)
    name = _name(draft_of(rows, event_id))
    if main is None:
        values: dict[str, Value] = {"role": "occurred", "edtf": text, "is_primary": 1}
        changes: list[Change] = [Insert("event_date", new_id(), {"event_id": event_id, **values})]
    else:
        changes = [*update("event_date", main, rows, {"edtf": text})]
    return Edit("move-event", name, _answered_for(rows, event_id, changes))


def deleted(rows: Rows) -> Edit:
    """Events go, with all that is theirs. `rows` are those about them.

    A quote stays in its source, its evidence for them goes. Raises `event.starts-stage` where a
    stage begins with one of them; a stage that one brought into force loses that event.
    """
    ids = list(rows["event"])
    _refuse_if_used(rows, "event.starts-stage")
    changes: list[Change] = [
        Update("stage", stage_id, {"in_force_event_id": None})
        for stage_id, stage in rows["stage"].items()
        if stage["in_force_event_id"] in rows["event"]
    ]
    changes += all_of(rows, _PARTS)
    changes += [Delete("event", event_id) for event_id in ids]
    if len(ids) == 1:
        return Edit("delete-event", _name(draft_of(rows, ids[0])), tuple(changes))
    return Edit("delete-events", str(len(ids)), tuple(changes))


def with_importance(rows: Rows, importance: int) -> Edit:
    """The importance of all events that the rows are about."""
    changes: list[Change] = []
    for event_id in rows["event"]:
        changes += update("event", event_id, rows, {"importance": importance})
    return Edit("set-importance", _number_of(rows), tuple(changes))


def with_lane(rows: Rows, lane_id: int) -> Edit:
    """All events stand in this lane first; the lanes that they stood in first are left for it,
    the others stay."""
    changes: list[Change] = []
    for event_id, own in _by_event(rows, "event_lane").items():
        ordered = sorted(own.items(), key=by_position)
        others = [number(row, "lane_id") for _, row in ordered[1:]]
        lanes = [lane_id, *(each for each in others if each != lane_id)]
        wanted: list[Wanted] = [
            (_row_with(own, "lane_id", each), {"lane_id": each}) for each in lanes
        ]
        changes += replaced("event_lane", own, placed(own, wanted), {"event_id": event_id})
    return Edit("set-lane", _number_of(rows), tuple(changes))


def with_tag(rows: Rows, tag_id: int, *, present: bool) -> Edit:
    """All events bear the tag, or none of them does."""
    changes: list[Change] = []
    for event_id, own in _by_event(rows, "event_tag").items():
        bearing = [row_id for row_id, row in own.items() if row["tag_id"] == tag_id]
        if present and not bearing:
            changes.append(Insert("event_tag", new_id(), {"event_id": event_id, "tag_id": tag_id}))
        elif not present:
            changes += [Delete("event_tag", row_id) for row_id in bearing]
    return Edit("put-tag" if present else "take-tag", _number_of(rows), tuple(changes))


def with_new_tag(rows: Rows, name: str) -> Edit:
    """All events bear a tag that is made for it."""
    tag = new_tag(name)
    bearing = with_tag(rows, tag.id, present=True)
    return Edit(bearing.what, bearing.subject, (tag, *bearing.changes), ("tag", tag.id))


def new_tag(name: str) -> Insert:
    """A tag by its name; Hangul makes a Korean one, anything else an English one."""
    name = " ".join(name.split())
    language = "ko" if re.search("[가-힣]", name) else "en"
    tag_id = new_id()
    return Insert(
        "tag", tag_id, {"key": f"{name.lower()[:40]}-{tag_id:x}", f"name_{language}": name}
    )


# The pieces


def _name(draft: EventDraft) -> str:
    return named(draft.title)


def _number_of(rows: Rows) -> str:
    return str(len(rows["event"]))


def _columns(draft: EventDraft) -> dict[str, Value]:
    return {
        "kind_id": draft.kind_id,
        "importance": draft.importance,
        "status": draft.status,
        "marking": draft.marking or None,
        **columns_of("title", draft.title),
        **columns_of("label", draft.label),
        **columns_of("summary", draft.summary),
        **columns_of("place", draft.place),
    }


def _parts(draft: EventDraft, rows: Rows) -> dict[str, list[Wanted]]:
    """The rows of the tables that belong to the event alone."""
    cited = {each.id for each in draft.citations}
    return {
        "event_date": [(each.id, _date(each)) for each in draft.dates],
        "citation": placed(
            rows["citation"], [(each.id, _citation(each)) for each in draft.citations]
        ),
        "claim": placed(rows["claim"], [(each.id, _claim(each, cited)) for each in draft.claims]),
        "event_lane": placed(
            rows["event_lane"],
            [(_row_with(rows["event_lane"], "lane_id", each), {"lane_id": each})
             for each in draft.lane_ids],
        ),
        "event_tag": [
            (_row_with(rows["event_tag"], "tag_id", each), {"tag_id": each})
            for each in draft.tag_ids
        ],
    }  # fmt: skip


def _row_with(own: Mapping[int, Mapping[str, Value]], column: str, value: int) -> int | None:
    """The row that has a value in a column, where there is one."""
    return next((row_id for row_id, row in own.items() if row[column] == value), None)


def _date(date: DateDraft) -> dict[str, Value]:
    return {
        "role": date.role,
        "edtf": dates.parse(date.edtf).text,
        "is_primary": int(date.primary),
        **columns_of("remark", date.remark),
    }


def _citation(citation: CitationDraft) -> dict[str, Value]:
    return {
        "title": citation.title,
        "body": citation.body or None,
        "edtf": citation.edtf or None,
        "locator": citation.locator or None,
        "seen": citation.seen,
    }


def _claim(claim: ClaimDraft, cited: Set[int | None]) -> dict[str, Value]:
    return {
        "aspect": claim.aspect,
        "accepted": int(claim.accepted),
        "quote_id": claim.quote_id,
        # A citation that the form took away takes no claim with it.
        "citation_id": claim.citation_id if claim.citation_id in cited else None,
        **columns_of("point", claim.point),
        **columns_of("value", claim.value),
        **columns_of("note", claim.note),
    }


def _links(
    draft: EventDraft, event_id: int, own: Mapping[int, Mapping[str, Value]]
) -> list[Change]:
    wanted: list[Wanted] = []
    for link in draft.links:
        ends = (event_id, link.other_id) if link.outgoing else (link.other_id, event_id)
        values: dict[str, Value] = {
            "from_event_id": ends[0], "to_event_id": ends[1], "type": link.type
        }  # fmt: skip
        wanted.append((link.id, values))
    return list(replaced("link", own, wanted, {}))


def _new_tags(draft: EventDraft, event_id: int) -> list[Change]:
    changes: list[Change] = []
    for name in draft.new_tags:
        tag = new_tag(name)
        bears: dict[str, Value] = {"event_id": event_id, "tag_id": tag.id}
        changes += [tag, Insert("event_tag", new_id(), bears)]
    return changes


def _answered_for(rows: Rows, event_id: int, changes: Sequence[Change]) -> tuple[Change, ...]:
    """The changes, and where a fact is among them the confidence that says who answers for it."""
    facts = {f"{name}_{language}" for name in _FACTS for language in LANGUAGES} | {"status"}
    touched = any(
        each.table in _TABLES_OF_FACTS
        or (each.table == "event" and isinstance(each, Update) and facts & each.values.keys())
        for each in changes
    )
    if not touched or rows["event"][event_id]["confidence"] == "edited":
        return tuple(changes)
    return (*changes, Update("event", event_id, {"confidence": "edited"}))


def _refuse_if_used(rows: Rows, code: str) -> None:
    """Raises `code` where a stage begins with one of the events."""
    for stage in rows["stage"].values():
        if stage["start_event_id"] in rows["event"]:
            raise AllianceError(code, stage=both(stage, "title"))


def _by_event(rows: Rows, table: str) -> dict[int, dict[int, Mapping[str, Value]]]:
    """The rows of a table, for each of the events."""
    found: dict[int, dict[int, Mapping[str, Value]]] = {each: {} for each in rows["event"]}
    for row_id, row in rows[table].items():
        found[number(row, "event_id")][row_id] = row
    return found
