"""Which edition of the shipped data a file has, and whether there is a newer one: asked at every
start, and so apart from what compares them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db import seeds
from db.queries.rows import tuples

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path


def edition(connection: sqlite3.Connection) -> tuple[str, str]:
    """Name and date of the edition in a file; empty where the file does not say."""
    found = tuples(connection, "SELECT edition, edition_date FROM file")
    return (str(found[0][0]), str(found[0][1])) if found else ("", "")


def offered(connection: sqlite3.Connection, folder: Path | None = None) -> tuple[str, str] | None:
    """Name and date of the shipped edition, None unless it is newer than the file's. Costs next
    to nothing: the data are not read."""
    name, date = seeds.edition(folder or seeds.seeds_folder())
    own = edition(connection)[1]
    return (name, date) if own and date > own else None
