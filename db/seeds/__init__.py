"""The shipped data: seed files that people read and edit, loaded into one ChangeSet.

The same files give exactly the same rows each time, ids included. Every error names the file and
the line.
"""

from __future__ import annotations

from pathlib import Path

from db import dates
from db.changes import ChangeSet, fixed_id
from db.errors import AllianceError
from db.seeds.book import Book
from db.seeds.entries import add_events, add_groups, add_lanes, add_schemes, add_tags, add_views
from db.seeds.quotations import add_oddities, add_quotes, add_sources
from db.seeds.reading import read

AUTHOR = "Alliance Timeline"
_HERE = Path(__file__).parent.parent
_PLACES = (_HERE / "_seeds", _HERE.parent / "seeds")


def seeds_folder() -> Path:
    """Where the shipped seed files are: beside the code in a wheel, at the top in a checkout."""
    for place in _PLACES:
        if place.is_dir():
            return place
    raise AllianceError("seed.folder", folder=_PLACES[0])


def edition(folder: Path) -> tuple[str, str]:
    """Name and date (ISO) of an edition, without its data. Raises `seed.…`."""
    entry = read(folder, "edition.toml")
    name = entry.text("name")
    day = entry.date("date")
    entry.finish()
    try:
        dates.from_iso(day)
    except AllianceError as error:
        raise entry.error("day", "date", value=day) from error
    return name, day


def load(folder: Path, *, empty: bool = False) -> ChangeSet:
    """The ChangeSet of an edition, named by its label and dated by its time.

    `empty` leaves all but the lanes and kinds out. Raises `seed.…` with file and line.
    """
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
