"""Seed files: TOML that knows on which line each of its values stands."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from typing import TYPE_CHECKING, Any

from db import dates
from db.errors import AllianceError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

# A place in a file: names and, for arrays of tables, the number of the table.
Place = tuple[str | int, ...]

_HEADER = re.compile(r"\s*\[\[\s*([\w.-]+)\s*\]\]")
_KEY = re.compile(r"\s*([\w-]+)\s*=\s*(.*)")
_AT_LINE = re.compile(r"\(at line (\d+),")
_LONG_QUOTES = ('"""', "'''")


class Entry:
    """One table of a seed file. It hands out its values, complaining with file and line.

    `finish` refuses whatever nobody asked for.
    """

    def __init__(
        self, file: str, values: dict[str, Any], lines: dict[Place, int], place: Place = ()
    ) -> None:
        self.file = file
        self.line = lines.get(place, 1)
        self._values = values
        self._lines = lines
        self._place = place
        self._asked: set[str] = set()

    def error(self, why: str, key: str | None = None, **fields: object) -> AllianceError:
        """`seed.why` at the line of a key, or at that of the table where the key is not there."""
        line = self.line if key is None else self._lines.get((*self._place, key), self.line)
        if key is not None:
            fields["key"] = key
        return AllianceError(f"seed.{why}", file=self.file, line=line, **fields)

    def has(self, key: str) -> bool:
        return key in self._values

    def optional(self, key: str) -> str | None:
        """A text in NFC, None where it is missing or empty."""
        value = self._value(key)
        if value is None:
            return None
        return self._checked_text(key, value) or None

    def text(self, key: str) -> str:
        """A text that must be there."""
        value = self.optional(key)
        if value is None:
            raise self.error("missing", key)
        return value

    def both(self, name: str, *, needed: bool = False) -> dict[str, str | None]:
        """The columns of a bilingual field; where it is needed one language is enough."""
        values = {key: self.optional(key) for key in (f"{name}_en", f"{name}_ko")}
        if needed and not any(values.values()):
            raise self.error("missing", f"{name}_en")
        return values

    def choice(self, key: str, accepted: Sequence[str], default: str | None = None) -> str:
        """One of a few words."""
        value = self.optional(key) or default
        if value is None:
            raise self.error("missing", key)
        if value not in accepted:
            raise self.error("choice", key, value=value, accepted=", ".join(accepted))
        return value

    def whole(self, key: str, accepted: range, default: int | None = None) -> int:
        """A whole number within a range."""
        value = self._value(key)
        if value is None:
            value = default
        if value is None:
            raise self.error("missing", key)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.error("type.number", key)
        if value not in accepted:
            least, most = accepted.start, accepted.stop - 1
            raise self.error("range", key, value=value, least=least, most=most)
        return value

    def flag(self, key: str, default: bool | None = None) -> int:
        """True or false, as 1 or 0."""
        value = self._value(key)
        if value is None:
            value = default
        if value is None:
            raise self.error("missing", key)
        if not isinstance(value, bool):
            raise self.error("type.flag", key)
        return int(value)

    def texts(self, key: str) -> list[str]:
        """A list of texts, empty where it is missing."""
        value = self._value(key)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self.error("type.list", key)
        return [self._checked_text(key, each) for each in value]

    def date(self, key: str) -> str:
        """An EDTF text that must be there."""
        text = self.text(key)
        self.check_date(key, text)
        return text

    def optional_date(self, key: str) -> str | None:
        return self.date(key) if self.has(key) else None

    def check_date(self, key: str, text: str) -> None:
        try:
            dates.parse(text)
        except AllianceError as error:
            raise self.error(error.code, key, value=text, forms=dates.FORMS) from error

    def tables(self, name: str) -> list[Entry]:
        """The tables of an array of tables, such as the dates of an event."""
        value = self._value(name)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise self.error("type.tables", name)
        return [
            Entry(self.file, each, self._lines, (*self._place, name, number))
            for number, each in enumerate(value)
        ]

    def finish(self) -> None:
        """Refuses keys that nobody asked for."""
        for key in self._values:
            if key not in self._asked:
                place = (*self._place, key)
                # A key stands on its own line, an array of tables on that of its first header.
                line = self._lines.get(place) or self._lines.get((*place, 0), self.line)
                raise AllianceError("seed.key", file=self.file, line=line, key=key)

    def _value(self, key: str) -> Any:
        self._asked.add(key)
        return self._values.get(key)

    def _checked_text(self, key: str, value: object) -> str:
        if not isinstance(value, str):
            raise self.error("type.text", key)
        if "\0" in value:
            raise self.error("nul", key)
        return unicodedata.normalize("NFC", value)


def read(folder: Path, name: str) -> Entry:
    """A seed file as one table.

    Raises `seed.file` for a missing one, `seed.encoding` and `seed.syntax` with their line.
    """
    try:
        data = (folder / name).read_bytes()
    except OSError as error:
        raise AllianceError("seed.file", file=name, folder=folder) from error
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise AllianceError("seed.encoding", file=name, line=line) from error
    lines = text.split("\n")
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        match = _AT_LINE.search(str(error))
        line = int(match[1]) if match else len(lines)
        told = lines[line - 1].strip()
        raise AllianceError("seed.syntax", file=name, line=line, text=told) from error
    return Entry(name, values, _find_lines(lines))


def _find_lines(lines: list[str]) -> dict[Place, int]:
    """The line of every table and key of valid TOML whose values begin on the line of their key."""
    found: dict[Place, int] = {}
    counts: dict[Place, int] = {}
    place: Place = ()
    open_quotes: str | None = None
    for number, line in enumerate(lines, 1):
        if open_quotes:
            if open_quotes in line:
                open_quotes = None
        elif match := _HEADER.match(line):
            place = _enter(match[1].split("."), counts)
            found[place] = number
        elif match := _KEY.match(line):
            found[(*place, match[1])] = number
            open_quotes = next(
                (
                    quotes
                    for quotes in _LONG_QUOTES
                    if match[2].startswith(quotes) and match[2].count(quotes) == 1
                ),
                None,
            )
    return found


def _enter(names: list[str], counts: dict[Place, int]) -> Place:
    """The place of a new table in an array of tables."""
    place: Place = ()
    for name in names[:-1]:
        place = (*place, name)
        place = (*place, max(0, counts.get(place, 0) - 1))
    place = (*place, names[-1])
    counts[place] = counts.get(place, 0) + 1
    return (*place, counts[place] - 1)
