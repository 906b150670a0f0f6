"""An edit: changes with a name, ready to be applied as one changeset."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from db.changes import BOTH, Delete, Insert, Update, new_id
from db.records import Bilingual

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from db.changes import Change, Rows, Value
    from db.records import Ref

Wanted = tuple["int | None", "Mapping[str, Value]"]
"""A row as it is to be: its id, None for a new one, and its columns."""

PARTS_OF_STAGE = ("stage_alternative", "evidence", "note")
"""Tables whose rows go with the stage that they belong to."""

_SUBJECT = 80  # characters of a name that the log keeps


@dataclass(frozen=True, slots=True)
class Edit:
    """Changes that belong together: one changeset, one step of undo.

    `what` and `subject` say what is done, and to what (see `named`): the catalogue has
    `change.<what>` with the field `subject`. `made` is the event, stage or other thing that came
    about by it. `blobs` are bytes that its sources need.
    """

    what: str
    subject: str
    changes: tuple[Change, ...]
    made: Ref | None = None
    blobs: tuple[bytes, ...] = field(default=(), repr=False)

    @property
    def label(self) -> str:
        """What the log keeps, `add-event: 한미정상회담`; `viewer.words.changes` reads it."""
        names = " ".join(self.subject.split()).split(BOTH)
        return f"{self.what}: {BOTH.join(name[:_SUBJECT] for name in names)}"


def named(name: Bilingual) -> str:
    """A name as the subject of an edit: in both languages, as whoever reads the log later may
    read it in either."""
    return BOTH.join(dict.fromkeys(each for each in name if each))


def columns_of(name: str, text: Bilingual) -> dict[str, Value]:
    """The two columns of a text in both languages."""
    return {f"{name}_en": text.en or None, f"{name}_ko": text.ko or None}


def changed(before: Mapping[str, Value], after: Mapping[str, Value]) -> dict[str, Value]:
    """The columns whose value is another one; an empty text is none."""
    return {
        column: value
        for column, value in after.items()
        if (None if value == "" else value) != before[column]
    }


def update(table: str, row_id: int, rows: Rows, after: Mapping[str, Value]) -> tuple[Change, ...]:
    """The update that makes a stored row what it is to be; nothing where it is so already."""
    values = changed(rows[table][row_id], after)
    return (Update(table, row_id, values),) if values else ()


def replaced(
    table: str,
    before: Mapping[int, Mapping[str, Value]],
    after: Iterable[Wanted],
    owner: Mapping[str, Value],
) -> tuple[Change, ...]:
    """What turns the rows of one owner into others: an id of None (or one that is no longer there)
    is a new row, a row that is not named is deleted. `owner` has the columns that all share."""
    wanted = list(after)
    kept = {row_id for row_id, _ in wanted}
    gone = [Delete(table, row_id) for row_id in before if row_id not in kept]
    updates: list[Update] = []
    made: list[Insert] = []
    for row_id, values in wanted:
        if row_id is None or row_id not in before:
            made.append(Insert(table, new_id() if row_id is None else row_id, {**owner, **values}))
        elif different := changed(before[row_id], values):
            updates.append(Update(table, row_id, different))
    # What gives up a place that only one row may have goes first.
    updates.sort(key=lambda each: bool(each.values.get("is_primary", 0)))
    return (*gone, *updates, *made)


def all_of(rows: Rows, tables: Sequence[str]) -> tuple[Change, ...]:
    """The deletion of every row of these tables."""
    return tuple(Delete(table, row_id) for table in tables for row_id in rows.get(table, {}))


def placed(own: Mapping[int, Mapping[str, Value]], wanted: Sequence[Wanted]) -> list[Wanted]:
    """The rows with their `position`: that of before as long as it keeps the order."""
    found: list[Wanted] = []
    last = -1
    for row_id, values in wanted:
        before = own.get(row_id) if row_id is not None else None
        last = max(number(before, "position") if before else 0, last + 1)
        found.append((row_id, {**values, "position": last}))
    return found


def by_position(item: tuple[int, Mapping[str, Value]]) -> tuple[int, int]:
    """Sorts (id, row) by the row's position."""
    return number(item[1], "position"), item[0]


def number(row: Mapping[str, Value], name: str) -> int:
    """A whole number that a row must have."""
    value = row[name]
    assert isinstance(value, int)
    return value


def both(row: Mapping[str, Value], name: str) -> Bilingual:
    """A text that stands in two columns."""
    return Bilingual(text(row, f"{name}_en") or None, text(row, f"{name}_ko") or None)


def text(row: Mapping[str, Value], name: str) -> str:
    """A text, empty where there is none."""
    value = row[name]
    return value if isinstance(value, str) else ""


def reference(row: Mapping[str, Value], name: str) -> int | None:
    """The id of another row, or of none."""
    value = row[name]
    return value if isinstance(value, int) else None
