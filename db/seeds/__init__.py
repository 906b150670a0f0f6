"""The shipped data: seed files that people read and edit, loaded into one ChangeSet.

The same files give exactly the same rows each time, ids included. Every error names the file and
the line.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from db import dates
from db.errors import AllianceError
from db.seeds.reading import read

if TYPE_CHECKING:
    from db.changes import ChangeSet

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
    # Whoever only asks which edition it is does without what reads it.
    from db.seeds.loading import loaded

    return loaded(folder, empty=empty)
