"""What a newer edition brings, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db import dates
from db.errors import AllianceError
from db.story import LastKnown, RowChange
from viewer.words.dates import day_words
from viewer.words.history import Teller

if TYPE_CHECKING:
    from db.edition import Item, Merge
    from db.records import Language, Ref
    from viewer.words.history import Find, Line


def day_of(iso: str, language: Language) -> str:
    """A day of the calendar in words; what is none as it is."""
    try:
        return day_words(dates.from_iso(iso), language)
    except AllianceError:
        return iso


def item_lines(merge: Merge, language: Language, find: Find) -> list[tuple[Item, Line]]:
    """A line for each field or row that the edition speaks of, those of one event or stage
    together; `find` looks rows of the file up."""
    new = {(item.table, item.id): item.after for item in merge.items if item.fate in _NEW}

    def look(ref: Ref) -> LastKnown | None:
        return LastKnown(new[ref], stored=False) if ref in new else find(ref)

    teller = Teller(language, look)
    lines = [(item, line) for item in merge.items for line in teller.lines(_change(item))]
    places: dict[Ref, int] = {}
    for _, line in lines:
        places.setdefault(line.subject, len(places))
    return sorted(lines, key=lambda each: places[each[1].subject])


_NEW = ("added", "left")


def _change(item: Item) -> RowChange:
    """An item as a change of its row, which is told like any other."""
    action = "update" if item.before and item.after else "delete" if item.before else "insert"
    return RowChange(0, item.table, item.id, action, item.before, item.after)  # type: ignore[arg-type]
