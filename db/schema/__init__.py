"""The schema of a timeline file, made of the commented `tables.sql` and of generated triggers.

`objects()` is what SQLite is to hold, name by name, and what a file is compared with at opening;
`TABLES` says the columns and keys of each table, so that an edit can name nothing else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from db.digest import digest

if TYPE_CHECKING:
    from collections.abc import Iterable

APPLICATION_ID = int.from_bytes(b"ALTL", "big")
SCHEMA_VERSION = 1  # the file's user_version
MAX_ID = 2**53 - 1
UNLOGGED = ("file", "changeset", "change", "context", "base", "blob")
# Of what `objects()` gives, so that opening a file need not make it; a test tells the new one.
FINGERPRINT = "d7fef4db2f3796d20a4603c87eb0d7cf93c8d33add366a516176aa6db5272196"

# Patterns are compiled when they are used: opening a file needs none of them.
_ID = r"\bid ID\b"
_BILINGUAL = r"\b(\w+) BILINGUAL( NOT NULL)?"
# A statement ends with its first line, or with the next line that is not indented.
_STATEMENT = (
    r"(?m)^CREATE (?:UNIQUE )?(TABLE|INDEX|TRIGGER) (\w+)(?: ON (\w+))?[^;\n]*"
    r"(?:;|(?:\n .*)*\n\S.*;)$"
)
_COLUMN = r"(?m)^  (\w+) (?:INTEGER|TEXT|BLOB)\b(.*)"
_UNIQUE = r"(?m)^  UNIQUE \((.*)\)"
_UNIQUE_INDEX = r"^CREATE UNIQUE INDEX \w+ ON \w+ \((.*)\)(?: WHERE (\w+))?;"
_REFERENCE = r"REFERENCES (\w+)"


@dataclass(frozen=True, slots=True)
class UniqueKey:
    """Columns that no two rows share; with `where` (a column) only rows where that is true."""

    columns: tuple[str, ...]
    where: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """`bilingual` names the fields that stand in two columns, `references` column -> table."""

    name: str
    columns: tuple[str, ...]
    text_columns: tuple[str, ...]
    unique: tuple[UniqueKey, ...]
    references: dict[str, str]

    @property
    def logged(self) -> bool:
        return self.name not in UNLOGGED


@cache
def tables_text() -> str:
    """`tables.sql` as it is written."""
    return Path(__file__).with_name("tables.sql").read_text("utf-8")


def bilingual_fields(text: str) -> dict[str, tuple[str, ...]]:
    """The one list of bilingual fields: table -> fields, as `tables.sql` marks them."""
    return {
        match[2]: tuple(field[1] for field in re.finditer(_BILINGUAL, match[0]))
        for match in re.finditer(_STATEMENT, text)
        if match[1] == "TABLE" and re.search(_BILINGUAL, match[0])
    }


def expand(text: str) -> str:
    """Spells out the short forms of `tables.sql`."""
    text = re.sub(_ID, f"id INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND {MAX_ID})", text)
    return re.sub(_BILINGUAL, _both, text)


def _both(match: re.Match[str]) -> str:
    name, required = match[1], match[2]
    one_of_them = f" CHECK (coalesce({name}_en, {name}_ko) IS NOT NULL)" if required else ""
    return (
        f"{name}_en TEXT CHECK ({name}_en <> ''),\n"
        f"  {name}_ko TEXT CHECK ({name}_ko <> ''){one_of_them}"
    )


@cache
def objects() -> dict[str, tuple[str, str]]:
    """What a file's `sqlite_master` holds: name -> (type, sql), in the order of making."""
    from db.schema.triggers import triggers

    made = {
        match[2]: (match[1].lower(), match[0].removesuffix(";"))
        for match in re.finditer(_STATEMENT, expand(tables_text()))
    }
    for table in tables().values():
        if table.logged:
            made |= {name: ("trigger", sql) for name, sql in triggers(table).items()}
    return made


def fingerprint(held: Iterable[tuple[str, str, str]]) -> str:
    """A digest of (name, type, sql) rows in any order."""
    return digest(repr(sorted(held)).encode()).hex()


@cache
def tables() -> dict[str, Table]:
    """The tables by name, in the order of `tables.sql`."""
    text = expand(tables_text())
    unique_indexes: dict[str, list[UniqueKey]] = {}
    for match in re.finditer(_STATEMENT, text):
        if found := re.match(_UNIQUE_INDEX, match[0]):
            key = UniqueKey(tuple(found[1].split(", ")), found[2])
            unique_indexes.setdefault(match[3], []).append(key)
    return {
        match[2]: _table(match[2], match[0], unique_indexes.get(match[2], []))
        for match in re.finditer(_STATEMENT, text)
        if match[1] == "TABLE"
    }


def _table(name: str, sql: str, unique_indexes: list[UniqueKey]) -> Table:
    columns = [(match[1], match[0], match[2]) for match in re.finditer(_COLUMN, sql)]
    single = [UniqueKey((column,)) for column, _, rest in columns if " UNIQUE" in rest]
    several = [UniqueKey(tuple(match[1].split(", "))) for match in re.finditer(_UNIQUE, sql)]
    return Table(
        name=name,
        columns=tuple(column for column, _, _ in columns),
        text_columns=tuple(column for column, line, _ in columns if f"{column} TEXT" in line),
        unique=(*single, *several, *unique_indexes),
        references={
            column: found[1]
            for column, _, rest in columns
            if (found := re.search(_REFERENCE, rest))
        },
    )
