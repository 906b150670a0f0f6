"""Notes: the user's own words on an event or a stage, and where they stand as callouts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.changes import Delete, Insert, new_id
from db.errors import AllianceError
from viewer.edits.edit import Edit, number, text, update

if TYPE_CHECKING:
    from db.changes import Rows, Value
    from db.records import Ref

_MOST = 20_000  # characters of a note


Place = tuple[int, int]
"""Where a callout stands: px at the usual type size from where its target's note hangs."""


def added(target: Ref, words: str, author: str, time: str, place: Place | None = None) -> Edit:
    """A new note, dated `time` (UTC, as the log writes it), a callout where it has a `place`.
    Raises `note.empty`, `note.long`."""
    note_id = new_id()
    values: dict[str, Value] = {
        f"{target[0]}_id": target[1],
        "text": _checked(words),
        "author": author or "–",
        "time": time,
        **_placed(place),
    }
    return Edit("add-note", words, (Insert("note", note_id, values),), ("note", note_id))


def edited(
    rows: Rows, note_id: int, words: str, author: str, time: str, place: Place | None
) -> Edit:
    """Other words, by whoever writes them now, and whether it is a callout: one that is keeps its
    place, one that becomes one gets `place`, without it is none. Nothing where all is the same."""
    before = rows["note"][note_id]
    after: dict[str, Value] = {"text": _checked(words)}
    if words != before["text"]:
        after |= {"author": author or "–", "time": time}
    if place is None or before["callout_x"] is None:
        after |= _placed(place)
    return Edit("edit-note", words, update("note", note_id, rows, after))


def deleted(rows: Rows, note_id: int) -> Edit:
    return Edit("delete-note", text(rows["note"][note_id], "text"), (Delete("note", note_id),))


def shown(rows: Rows, note_id: int, place: Place) -> Edit:
    """The note stands on the picture as a callout at this offset, px at the usual type size; one
    that stands there already moves."""
    before = rows["note"][note_id]
    what = "show-callout" if before["callout_x"] is None else "move-callout"
    return Edit(what, text(before, "text"), update("note", note_id, rows, _placed(place)))


def hidden(rows: Rows, note_id: int) -> Edit:
    """The note is no longer on the picture."""
    changes = update("note", note_id, rows, _placed(None))
    return Edit("hide-callout", text(rows["note"][note_id], "text"), changes)


def _placed(place: Place | None) -> dict[str, Value]:
    across, down = place or (None, None)
    return {"callout_x": across, "callout_y": down}


def _checked(words: str) -> str:
    if not words.strip():
        raise AllianceError("note.empty")
    if len(words) > _MOST:
        raise AllianceError("note.long", most=_MOST)
    return words


def target_of(rows: Rows, note_id: int) -> Ref:
    """The event or stage that a note is on."""
    row = rows["note"][note_id]
    table = "event" if row["event_id"] is not None else "stage"
    return table, number(row, f"{table}_id")
