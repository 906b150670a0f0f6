"""All of an edition: its files read and put together, names first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.changes import ChangeSet, fixed_id
from db.seeds import edition
from db.seeds.book import Book
from db.seeds.entries import add_events, add_groups, add_lanes, add_schemes, add_tags, add_views
from db.seeds.quotations import add_oddities, add_quotes, add_sources
from db.seeds.reading import read

if TYPE_CHECKING:
    from pathlib import Path

AUTHOR = "Alliance Timeline"


def loaded(folder: Path, *, empty: bool) -> ChangeSet:
    """As `db.seeds.load` has it."""
    name, day = edition(folder)
    book = Book(folder)
    add_lanes(book, read(folder, "lanes.toml"))
    add_groups(book, read(folder, "kinds.toml"))
    if not empty:
        _add_data(book, folder)
    return ChangeSet(
        changes=tuple(book.changes),
        label=name,
        author=AUTHOR,
        origin="base",
        time=f"{day}T00:00:00.000Z",
        id=fixed_id("changeset", name),
        blobs=tuple(book.blobs),
    )


def _add_data(book: Book, folder: Path) -> None:
    files = {
        name: read(folder, f"{name}.toml")
        for name in ("tags", "events", "schemes", "sources", "quotes", "oddities", "views")
        if name not in ("tags",) or (folder / "tags.toml").exists()
    }
    # Names first: an event may link to a later one, a claim name a quote of another file.
    for file, table, key in (
        ("tags", "tag", "key"),
        ("events", "event", "slug"),
        ("schemes", "scheme", "key"),
        ("schemes", "stage", "slug"),
        ("sources", "source", "slug"),
        ("quotes", "speaker", "key"),
        ("quotes", "quote", "slug"),
    ):
        if file in files:
            book.name_all(table, files[file].tables(table), key)
    if "tags" in files:
        add_tags(book, files["tags"])
    add_events(book, files["events"])
    add_schemes(book, files["schemes"])
    add_sources(book, files["sources"])
    add_quotes(book, files["quotes"])
    add_oddities(book, files["oddities"])
    add_views(book, files["views"])
