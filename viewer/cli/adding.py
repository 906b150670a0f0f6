"""`add-event`: one event, as a script adds it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.records import STATUSES
from db.store import Store
from viewer.cli.options import IMPORTANCES, OneOf, Whole, file_argument, option
from viewer.cli.output import result

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import click

    from db.changes import Value
    from db.records import Language


def parameters(language: Language) -> list[click.Parameter]:
    return [
        file_argument(),
        option(language, "date", "EDTF", required=True),
        option(language, "lane", "KEY", "add-lane", multiple=True, required=True),
        option(language, "title-en", "TEXT"),
        option(language, "title-ko", "TEXT"),
        option(language, "kind", "KEY", "add-kind"),
        option(language, "importance", "1–5", type=Whole(IMPORTANCES)),
        option(language, "status", told="add-status", type=OneOf(STATUSES)),
        option(language, "place", "TEXT"),
        option(language, "summary-en", "TEXT"),
        option(language, "summary-ko", "TEXT"),
        option(language, "note", "TEXT"),
        option(language, "tag", "TEXT", "add-tag", multiple=True),
    ]


def add_event(language: Language, /, file: Path, **options: Any) -> int:
    """Adds one event as one changeset, and prints its id."""
    from datetime import UTC, datetime

    from db.changes import ChangeSet, Insert
    from viewer.cli.author import author
    from viewer.edits.edit import Edit, named
    from viewer.edits.facts import Vocabulary, new_event, new_ids, read_facts

    with Store.open(file) as store:
        vocabulary, ids, by = Vocabulary(store.known()), new_ids(), author()
        facts = read_facts(_cells(options), vocabulary)
        event, *others = new_event(facts, vocabulary, ids)
        if options["note"]:
            now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
            note: dict[str, Value] = {
                "event_id": event.id, "text": options["note"], "author": by, "time": now
            }  # fmt: skip
            others.append(Insert("note", next(ids), note))
        changes = (*vocabulary.new_tags, event, *others)
        edit = Edit("add-event", named(facts.title), changes, ("event", event.id))
        store.apply(ChangeSet(edit.changes, label=edit.label, author=by))
    result(str(event.id))
    return 0


def _cells(options: Mapping[str, Any]) -> dict[str, str]:
    """The options as the cells of a table's row."""
    from viewer.edits.facts import SEPARATOR, place_column

    cells = {
        "date": options["date"],
        "lane": SEPARATOR.join(options["lane"]),
        "kind": options["kind"],
        "importance": str(options["importance"] or ""),
        "status": options["status"],
        "tags": SEPARATOR.join(options["tag"]),
    }
    for name in ("title_en", "title_ko", "summary_en", "summary_ko"):
        cells[name] = options[name]
    if options["place"]:
        cells[place_column(options["place"])] = options["place"]
    return {column: cell.strip() for column, cell in cells.items() if cell and cell.strip()}
