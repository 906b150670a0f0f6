"""Lanes, kinds, tags, events, schemes and views of the seed files as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db import dates
from db.records import (
    ASPECTS,
    CONFIDENCES,
    LANGUAGES,
    LINK_TYPES,
    ROLES,
    RULES,
    SEEN,
    STATUSES,
)

if TYPE_CHECKING:
    from db.changes import Value
    from db.seeds.book import Book
    from db.seeds.reading import Entry

IMPORTANCES = range(1, 6)
_THEMES = ("light", "dark", "print")


def add_lanes(book: Book, file: Entry) -> None:
    lanes = file.tables("lane")
    file.finish()
    book.name_all("lane", lanes, "key")
    for position, lane in enumerate(lanes, 1):
        values: dict[str, Value] = {
            "key": lane.text("key"),
            "parent_id": book.refer_if(lane, "parent", "lane"),
            "position": position,
            "colour": lane.text("colour"),
            **lane.both("name", needed=True),
        }
        lane.finish()
        book.add("lane", lane.text("key"), lane, values)


def add_groups(book: Book, file: Entry) -> None:
    """The kinds and the groups they form."""
    groups, kinds = file.tables("group"), file.tables("kind")
    file.finish()
    book.name_all("kind_group", groups, "key")
    book.name_all("kind", kinds, "key")
    for position, group in enumerate(groups, 1):
        key = group.text("key")
        names = group.both("name", needed=True)
        group.finish()
        book.add("kind_group", key, group, {"key": key, "position": position, **names})
    for position, kind in enumerate(kinds, 1):
        values: dict[str, Value] = {
            "key": kind.text("key"),
            "group_id": book.refer(kind, "group", "kind_group"),
            "position": position,
            **kind.both("name", needed=True),
        }
        kind.finish()
        book.add("kind", kind.text("key"), kind, values)


def add_tags(book: Book, file: Entry) -> None:
    for tag in file.tables("tag"):
        values = {"key": tag.text("key"), **tag.both("name", needed=True)}
        tag.finish()
        book.add("tag", tag.text("key"), tag, values)
    file.finish()


def add_events(book: Book, file: Entry) -> None:
    for event in file.tables("event"):
        _add_event(book, event)
    file.finish()


def _add_event(book: Book, event: Entry) -> None:
    slug = event.text("slug")
    values: dict[str, Value] = {
        "slug": slug,
        "kind_id": book.refer(event, "kind", "kind"),
        "importance": event.whole("importance", IMPORTANCES),
        "status": event.choice("status", STATUSES),
        "confidence": event.choice("confidence", CONFIDENCES),
        "marking": event.optional("marking"),
        **event.both("confidence_note"),
        **event.both("title", needed=True),
        **event.both("label"),
        **event.both("summary"),
        **event.both("place"),
    }
    event_id = book.add("event", slug, event, values)
    for position, key in enumerate(event.texts("lanes"), 1):
        lane_id = book.refer(event, "lanes", "lane", key)
        row: dict[str, Value] = {"event_id": event_id, "lane_id": lane_id, "position": position}
        book.add("event_lane", f"{slug}/{key}", event, row)
    if not event.texts("lanes"):
        raise event.error("missing", "lanes")
    for key in event.texts("tags"):
        tag_id = book.refer(event, "tags", "tag", key)
        book.add("event_tag", f"{slug}/{key}", event, {"event_id": event_id, "tag_id": tag_id})
    _add_dates(book, event, slug, event_id)
    _add_claims(book, event, slug, event_id)
    _add_citations(book, event, slug, event_id)
    for link in event.tables("link"):
        other = book.refer(link, "to", "event")
        if other == event_id:
            raise link.error("itself", "to", name=slug)
        kind = link.choice("type", LINK_TYPES)
        ends: dict[str, Value] = {"from_event_id": event_id, "to_event_id": other, "type": kind}
        link.finish()
        book.add("link", f"{slug}/{link.text('to')}/{kind}", link, ends)
    event.finish()


def _add_dates(book: Book, event: Entry, slug: str, event_id: int) -> None:
    entries = event.tables("date")
    primary = [entry.flag("primary", default=len(entries) == 1) for entry in entries]
    if entries and sum(primary) != 1:
        raise event.error("primary", "slug", name=slug)
    for number, (date, is_primary) in enumerate(zip(entries, primary, strict=True), 1):
        values: dict[str, Value] = {
            "event_id": event_id,
            "role": date.choice("role", ROLES),
            "edtf": date.date("edtf"),
            "is_primary": is_primary,
            **date.both("remark"),
        }
        date.finish()
        book.add("event_date", f"{slug}/{number}", date, values)


def _add_claims(book: Book, event: Entry, slug: str, event_id: int) -> None:
    for number, claim in enumerate(event.tables("claim"), 1):
        aspect = claim.choice("aspect", ASPECTS)
        value: dict[str, str | None]
        if claim.has("value"):
            value = dict.fromkeys(("value_en", "value_ko"), claim.text("value"))
        else:
            value = claim.both("value", needed=True)
        if aspect == "date":
            for key, text in value.items():
                claim.check_date(key if claim.has(key) else "value", text or "")
        values: dict[str, Value] = {
            "event_id": event_id,
            "aspect": aspect,
            "position": number,
            "accepted": claim.flag("accepted"),
            "quote_id": book.refer_if(claim, "quote", "quote"),
            **claim.both("point", needed=True),
            **value,
            **claim.both("note"),
        }
        claim.finish()
        book.add("claim", f"{slug}/{number}", claim, values)


def _add_citations(book: Book, event: Entry, slug: str, event_id: int) -> None:
    for number, citation in enumerate(event.tables("citation"), 1):
        values: dict[str, Value] = {
            "event_id": event_id,
            "position": number,
            "title": citation.text("title"),
            "body": citation.optional("body"),
            "edtf": citation.optional_date("date"),
            "locator": citation.optional("locator"),
            "seen": citation.choice("seen", SEEN),
        }
        citation.finish()
        book.add("citation", f"{slug}/{number}", citation, values)
    for number, page in enumerate(event.tables("confirmation"), 1):
        values = {
            "event_id": event_id,
            "position": number,
            "title": page.text("title"),
            "url": page.text("url"),
        }
        page.finish()
        book.add("confirmation", f"{slug}/{number}", page, values)


def add_schemes(book: Book, file: Entry) -> None:
    """The schemes and their stages."""
    for position, scheme in enumerate(file.tables("scheme"), 1):
        values: dict[str, Value] = {
            "key": scheme.text("key"),
            "position": position,
            "rule": scheme.choice("rule", RULES),
            **scheme.both("name", needed=True),
            **scheme.both("whose"),
            **scheme.both("note"),
        }
        scheme.finish()
        book.add("scheme", scheme.text("key"), scheme, values)
    for position, stage in enumerate(file.tables("stage"), 1):
        _add_stage(book, stage, position)
    file.finish()


def _add_stage(book: Book, stage: Entry, position: int) -> None:
    slug = stage.text("slug")
    values: dict[str, Value] = {
        "slug": slug,
        "scheme_id": book.refer(stage, "scheme", "scheme"),
        "lane_id": book.refer_if(stage, "lane", "lane"),
        "position": position,
        "confidence": stage.choice("confidence", CONFIDENCES),
        "start_event_id": book.refer(stage, "start_event", "event"),
        "in_force_event_id": book.refer_if(stage, "in_force_event", "event"),
        **stage.both("title", needed=True),
        **stage.both("summary"),
        **stage.both("reason"),
        **stage.both("no_force_reason"),
        **stage.both("confidence_note"),
    }
    stage_id = book.add("stage", slug, stage, values)
    for number, alternative in enumerate(stage.tables("alternative"), 1):
        row: dict[str, Value] = {
            "stage_id": stage_id,
            "position": number,
            "event_id": book.refer(alternative, "event", "event"),
            **alternative.both("reason"),
        }
        alternative.finish()
        book.add("stage_alternative", f"{slug}/{alternative.text('event')}", alternative, row)
    stage.finish()


def add_views(book: Book, file: Entry) -> None:
    for position, view in enumerate(file.tables("view"), 1):
        _add_view(book, view, position)
    file.finish()


def _check_range(view: Entry) -> None:
    """A view shows from the first day of `from` to the last of `to`: both must be there."""
    first, last = dates.parse(view.date("from")).first, dates.parse(view.date("to")).last
    for key, day in (("from", first), ("to", last)):
        if day is None:
            raise view.error("date.refused", key, value=view.date(key), forms=dates.FORMS)
    if first is not None and last is not None and first > last:
        raise view.error("date.order", "to", value=view.date("to"), forms=dates.FORMS)


def _add_view(book: Book, view: Entry, position: int) -> None:
    key = view.text("key")
    values: dict[str, Value] = {
        "key": key,
        "position": position,
        "from_edtf": view.date("from"),
        "to_edtf": view.date("to"),
        "min_importance": view.whole("min_importance", IMPORTANCES, default=1),
        "with_quotes": view.flag("with_quotes", default=False),
        "disputed": view.flag("disputed", default=False),
        "scheme_id": book.refer_if(view, "scheme", "scheme"),
        "rule": view.choice("rule", RULES) if view.has("rule") else None,
        "language": view.choice("language", LANGUAGES) if view.has("language") else None,
        "theme": view.choice("theme", _THEMES) if view.has("theme") else None,
        "callouts": view.flag("callouts", default=True),
        **view.both("name", needed=True),
        **view.both("caption"),
    }
    _check_range(view)
    view_id = book.add("view", key, view, values)
    for what in ("lane", "kind", "tag"):
        for name in view.texts(f"{what}s"):
            shown_id = book.refer(view, f"{what}s", what, name)
            row: dict[str, Value] = {"view_id": view_id, f"{what}_id": shown_id}
            book.add(f"view_{what}", f"{key}/{name}", view, row)
    for status in view.texts("statuses"):
        if status not in STATUSES:
            raise view.error("choice", "statuses", value=status, accepted=", ".join(STATUSES))
        book.add("view_status", f"{key}/{status}", view, {"view_id": view_id, "status": status})
    view.finish()
