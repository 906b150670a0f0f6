"""A ChangeSet to apply, the log it leaves, and what the log keeps of a row."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from random import SystemRandom
from typing import Literal

from db import dates, schema
from db.digest import digest
from db.errors import AllianceError

Value = str | int | None
Rows = Mapping[str, Mapping[int, Mapping[str, Value]]]
"""Rows as they are stored: table -> id -> column -> value, without the id."""
Origin = Literal["base", "edit", "undo", "redo", "outside"]
Action = Literal["insert", "update", "delete"]

DERIVED: Mapping[str, tuple[str, ...]] = {
    "event_date": ("first_day", "last_day", "shape"),
    "source": ("text_sha256",),
}
"""Columns that `settled` makes from others of their row."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_LITERAL = r"(NULL|-?\d+|'[^']*(?:''[^']*)*')"
_LITERALS = re.compile(rf"(\w+)={_LITERAL}(?:, |$)")


@dataclass(frozen=True, slots=True)
class Insert:
    """A new row; columns that are not named get their defaults."""

    table: str
    id: int
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Update:
    """New values for some columns of a row."""

    table: str
    id: int
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Delete:
    table: str
    id: int


Change = Insert | Update | Delete


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """What is done in one go: all of it or nothing, in this order, one item of undo.

    `blobs` are bytes that sources need, kept beside the log. `time` (UTC, as the schema writes
    it) is now and `id` is random unless they are given.
    """

    changes: tuple[Change, ...]
    label: str = ""
    author: str = ""
    origin: Origin = "edit"
    time: str | None = None
    reverts_id: int | None = None
    id: int | None = None
    blobs: tuple[bytes, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class LoggedChange:
    """One changed row in the log; `before` as the log keeps it."""

    seq: int
    changeset_id: int
    table: str
    id: int
    action: Action
    before: Mapping[str, Value]


BOTH = " ¦ "
"""Stands in a label between the English and the Korean name of what it is about."""


@dataclass(frozen=True, slots=True)
class LoggedChangeSet:
    """A changeset in the log, without its changes."""

    id: int
    origin: Origin
    label: str
    author: str
    time: str
    reverts_id: int | None


def timestamp(moment: datetime | None = None) -> str:
    """A moment (in UTC), else the time now, as the log writes it: UTC, to the millisecond."""
    return (moment or datetime.now(UTC)).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


@dataclass(frozen=True, slots=True)
class Step:
    """What undo takes back at once: the changes `first` to `last` (their seqs, all between them
    too) of a changeset in the log."""

    changeset: LoggedChangeSet
    first: int
    last: int

    @property
    def count(self) -> int:
        """The number of changes: the log has no gaps."""
        return self.last - self.first + 1


def new_id() -> int:
    """A random key below 2^53."""
    return SystemRandom().randrange(schema.MAX_ID) + 1


def fixed_id(table: str, path: str) -> int:
    """The key of a shipped row: always the same for the same slug or path."""
    return int.from_bytes(digest(f"{table}:{path}".encode())[:7], "big") >> 4 or 1


def read_literals(text: str | None) -> dict[str, Value]:
    """Reads back what `db.schema.triggers.row_as_literals` writes: `title_en='Old', shape=3`."""
    if not text:
        return {}
    found = _LITERALS.findall(text)
    # All at once is several times as fast as one after the other; what lies between is no literal.
    length = sum([len(name) + len(literal) for name, literal in found]) + 3 * len(found) - 2
    if length != len(text):
        raise AllianceError("file.log", text=text[_read_up_to(text) :][:60])
    names, literals = zip(*found, strict=True)
    return dict(zip(names, _values(literals), strict=True))


def read_whole(table: str, text: str | None) -> tuple[Value, ...] | None:
    """The values of a whole row, without the id, in the order of the table's columns; None for
    what is not written like one. It takes half the time of `read_literals`."""
    match = _whole(table).fullmatch(text or "")
    return tuple(_values(match.groups())) if match else None


@cache
def _whole(table: str) -> re.Pattern[str]:
    names = schema.tables()[table].columns[1:]
    return re.compile(", ".join(f"{name}={_LITERAL}" for name in names))


def _values(literals: Iterable[str]) -> list[Value]:
    return [
        literal[1:-1].replace("''", "'")
        if literal[0] == "'"
        else None
        if literal == "NULL"
        else int(literal)
        for literal in literals
    ]


def _read_up_to(text: str) -> int:
    """Where the first place is that is no literal."""
    at = 0
    while at < len(text) and (match := _LITERALS.match(text, at)) is not None:
        at = match.end()
    return at


def settled(table: str, values: Mapping[str, Value]) -> dict[str, Value]:
    """The values as they are stored: text in NFC and NULL where it is empty, derived columns added.

    Raises `date.…` for an EDTF text that is none, `text.nul` for a NUL, `text.surrogate` for half
    a character, `text.form` for a source text that is not NFC (its offsets would shift).
    Columns that the table does not have are a defect of the caller: ValueError.
    """
    if not values.keys() <= _columns(table):
        unknown = values.keys() - _columns(table)
        raise ValueError(f"{table} has no column {', '.join(sorted(unknown))}")
    stored = {
        column: value
        # Most of an import is plain: that is seen without asking for each.
        if not isinstance(value, str) or (value and value.isascii() and "\0" not in value)
        else _stored(table, column, value)
        for column, value in values.items()
    }
    if table == "event_date" and isinstance(edtf := stored.get("edtf"), str):
        date = dates.parse(edtf)
        stored |= {
            "edtf": date.text,
            "first_day": date.first,
            "last_day": date.last,
            "shape": date.shape,
        }
    if table == "source" and isinstance(text := stored.get("text"), str):
        from hashlib import sha256

        stored["text_sha256"] = sha256(text.encode()).hexdigest()
    return stored


def settled_alike(
    table: str, rows: Sequence[Mapping[str, Value]]
) -> tuple[tuple[str, ...], list[tuple[Value, ...]]]:
    """What `settled` gives, for at least one row, all with the same columns in the same order: the
    columns, and the values of each row. Raises as it does.

    A column is looked at as a whole, for nearly always nothing is to be done with any of it.
    """
    if table == "source" or not rows[0].keys() <= _columns(table):
        made = [settled(table, row) for row in rows]
        columns = tuple(dict.fromkeys(column for row in made for column in row))
        return columns, [tuple([row.get(column) for column in columns]) for row in made]
    by_column = zip(*[row.values() for row in rows], strict=True)
    stored = {
        column: values
        if _is_plain(values)
        else tuple([_settled_value(table, column, each) for each in values])
        for column, values in zip(rows[0], by_column, strict=True)
    }
    if table == "event_date" and "edtf" in stored:
        stored |= _dated(stored["edtf"])
    return tuple(stored), list(zip(*stored.values(), strict=True))


def _dated(texts: Sequence[Value]) -> dict[str, tuple[Value, ...]]:
    """The columns of dates that are made of their EDTF, NULL where there is none."""
    found = [dates.parse(text) if isinstance(text, str) else None for text in texts]
    return {
        "edtf": tuple([date.text if date else None for date in found]),
        "first_day": tuple([date.first if date else None for date in found]),
        "last_day": tuple([date.last if date else None for date in found]),
        "shape": tuple([date.shape if date else None for date in found]),
    }


def _is_plain(values: Sequence[Value]) -> bool:
    """Whether all of them are stored as they are. What is part of an NFC text is NFC itself."""
    texts = [value for value in values if isinstance(value, str)]
    if not texts:
        return True
    text = "".join(texts)
    if "" in texts or "\0" in text:
        return False
    return text.isascii() or (
        unicodedata.is_normalized("NFC", text) and not _SURROGATE.search(text)
    )


def _settled_value(table: str, column: str, value: Value) -> Value:
    return _stored(table, column, value) if isinstance(value, str) else value


@cache
def _columns(table: str) -> frozenset[str]:
    return frozenset(schema.tables()[table].columns)


# Columns whose text may be empty: an anchor at the edge of its text, a source without any.
_MAY_BE_EMPTY = {("anchor", "before"), ("anchor", "after"), ("source", "text")}


def _stored(table: str, column: str, value: str) -> str | None:
    normal = unicodedata.normalize("NFC", value)
    if normal != value and (table, column) == ("source", "text"):
        raise AllianceError("text.form")
    if "\0" in normal:
        raise AllianceError("text.nul", text=normal.replace("\0", "␀")[:60])
    try:
        normal.encode()
    except UnicodeEncodeError as error:
        told = normal.encode("utf-8", "replace").decode()
        raise AllianceError("text.surrogate", text=told[:60]) from error
    return normal if normal or (table, column) in _MAY_BE_EMPTY else None
