"""Notes: the user's own words on an event or a stage, and where they stand as callouts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.changes import Delete, Insert, new_id
from db.errors import AllianceError
from viewer.edits.edit import Edit, text, update

if TYPE_CHECKING:
    from db.changes import Rows, Value
    from db.records import Ref

_MOST = 20_000  # characters of a note


def added(target: Ref, words: str, author: str, time: str) -> Edit:
    """A new note, dated `time` (UTC, as the log writes it). Raises `note.empty`, `note.long`."""
    note_id = new_id()
    values: dict[str, Value] = {
        f"{target[0]}_id": target[1],
        "text": _checked(words),
        "author": author or "–",
        "time": time,
    }
    return Edit("add-note", words, (Insert("note", note_id, values),), ("note", note_id))


def edited(rows: Rows, note_id: int, words: str, author: str, time: str) -> Edit:
    """Other words, by whoever writes them now; nothing where they are the same."""
    if _checked(words) == rows["note"][note_id]["text"]:
        return Edit("edit-note", words, ())
    after: dict[str, Value] = {"text": words, "author": author or "–", "time": time}
    return Edit("edit-note", words, update("note", note_id, rows, after))


def deleted(rows: Rows, note_id: int) -> Edit:
    return Edit("delete-note", text(rows["note"][note_id], "text"), (Delete("note", note_id),))


def shown(rows: Rows, note_id: int, place: tuple[int, int]) -> Edit:
    """The note stands on the picture as a callout at this offset, px at the usual type size; one
    that stands there already moves."""
    after: dict[str, Value] = {"callout_x": place[0], "callout_y": place[1]}
    before = rows["note"][note_id]
    what = "show-callout" if before["callout_x"] is None else "move-callout"
    return Edit(what, text(before, "text"), update("note", note_id, rows, after))


def hidden(rows: Rows, note_id: int) -> Edit:
    """The note is no longer on the picture."""
    after: dict[str, Value] = {"callout_x": None, "callout_y": None}
    changes = update("note", note_id, rows, after)
    return Edit("hide-callout", text(rows["note"][note_id], "text"), changes)


def _checked(words: str) -> str:
    if not words.strip():
        raise AllianceError("note.empty")
    if len(words) > _MOST:
        raise AllianceError("note.long", most=_MOST)
    return words
