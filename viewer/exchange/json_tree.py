"""JSON that somebody else wrote, read with care: every value knows where it stands.

A document may be anything: huge, deeply nested, of other types than expected. Whoever reads it
asks a `Node` for what he needs, and what is not as it should be is told with its place, written
as in JSONPath: `$.first.items[3].target`.
"""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING

from db.errors import AllianceError
from db.records import Bilingual

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_BYTES = 32 << 20
MOST_DEPTH = 200
MOST_VALUES = 4_000_000
MOST_TEXT = 1_000_000  # characters of one text
_MOST_DIGITS = 18
_SHOWN = 40  # characters of a value that is told as wrong
_MARKS = re.compile(r'"(?:[^"\\]|\\.)*"?|[\[\]{}]', re.S)
_PLAIN_NAME = re.compile(r"[^\W\d]\w*")


class Node:
    """A value of a JSON document, and where it stands there."""

    __slots__ = ("value", "where")

    def __init__(self, value: object, where: str = "$") -> None:
        self.value, self.where = value, where

    @property
    def is_object(self) -> bool:
        return isinstance(self.value, dict)

    @property
    def is_text(self) -> bool:
        return isinstance(self.value, str)

    def get(self, name: str) -> Node | None:
        """A member of the object; None where it has none of that name, or a null.

        Raises `json.not-object` (where, found).
        """
        if not isinstance(self.value, dict):
            raise self._wrong("json.not-object")
        value = self.value.get(name)
        if value is None:
            return None
        dotted = f".{name}" if _PLAIN_NAME.fullmatch(name) else f'["{name}"]'
        return Node(value, self.where + dotted)

    def need(self, name: str) -> Node:
        """The same of one that has to be there. Raises `json.missing` (where, name)."""
        found = self.get(name)
        if found is None:
            raise AllianceError("json.missing", where=self.where, name=name)
        return found

    def items(self) -> list[Node]:
        """The members of a list; another value alone is a list of itself."""
        if not isinstance(self.value, list):
            return [self]
        return [Node(value, f"{self.where}[{at}]") for at, value in enumerate(self.value)]

    def words(self) -> set[str]:
        """The texts of a list of texts, or the one text."""
        return {each.text() for each in self.items()}

    def text(self, name: str = "", most: int = MOST_TEXT) -> str:
        """A text in Unicode's composed form; with `name` that of a member, empty where there is
        none. Raises `json.not-text`, `json.long` (most), `json.letters` for what is no text."""
        if name:
            found = self.get(name)
            return found.text(most=most) if found is not None else ""
        if not isinstance(self.value, str):
            raise self._wrong("json.not-text")
        if len(self.value) > most:
            raise AllianceError("json.long", where=self.where, most=most)
        if "\0" in self.value or any("\ud800" <= each <= "\udfff" for each in self.value):
            raise AllianceError("json.letters", where=self.where)
        return unicodedata.normalize("NFC", self.value)

    def whole(self, least: int = 0, most: int = 10**9) -> int:
        """A whole number. Raises `json.not-whole` (least, most)."""
        value = self.value
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise self._wrong("json.not-whole", least=least, most=most)
        return value

    def flag(self, name: str, default: bool) -> bool:
        """A member that is true or false. Raises `json.not-flag`."""
        found = self.get(name)
        if found is None:
            return default
        if not isinstance(found.value, bool):
            raise found._wrong("json.not-flag")
        return found.value

    def word(self, name: str, accepted: Iterable[str], default: str) -> str:
        """A member that is one of a few words. Raises `json.not-one-of` (accepted)."""
        found = self.get(name)
        if found is None:
            return default
        if not isinstance(found.value, str) or found.value not in accepted:
            raise found._wrong("json.not-one-of", accepted=", ".join(accepted))
        return found.value

    def bilingual(self, name: str) -> Bilingual:
        """A member that has a text by language; others than English and Korean are left out."""
        found = self.get(name)
        if found is None:
            return Bilingual(None, None)
        return Bilingual(found.text("en") or None, found.text("ko") or None)

    def _wrong(self, code: str, **fields: object) -> AllianceError:
        found = json.dumps(self.value, ensure_ascii=True)[: _SHOWN + 1]
        if len(found) > _SHOWN:
            found = found[: _SHOWN - 1] + "…"
        return AllianceError(code, where=self.where, found=found, **fields)


def parse(data: bytes) -> Node:
    """The document in `data`, in UTF-8 or UTF-16.

    Raises `json.large` (most, in MB), `json.many` (most), `json.encoding`, `json.deep` (line,
    column, most), `json.syntax` (line, column), `json.twice` (name) for an object with two members
    of a name, `json.number` (found) for what is no number that is worth reading.
    """
    if len(data) > MOST_BYTES:
        raise AllianceError("json.large", most=MOST_BYTES >> 20)
    try:
        text = data.decode(json.detect_encoding(data)).removeprefix("\ufeff")
    except UnicodeError as error:
        raise AllianceError("json.encoding") from error
    if text.count(",") > MOST_VALUES:
        raise AllianceError("json.many", most=MOST_VALUES)
    _check_depth(text)
    try:
        value = json.loads(
            text, object_pairs_hook=_once, parse_constant=_no_number, parse_int=_number
        )
    except json.JSONDecodeError as error:
        raise AllianceError("json.syntax", line=error.lineno, column=error.colno) from error
    return Node(value)


def _check_depth(text: str) -> None:
    """Before it is parsed: Python's parser would run into its own limit."""
    if text.count("[") + text.count("{") <= MOST_DEPTH:
        return
    depth = 0
    for mark in _MARKS.finditer(text):
        sign = mark[0]
        if sign in "[{":
            depth += 1
        elif sign in "]}":
            depth -= 1
        if depth > MOST_DEPTH:
            at = mark.start()
            line = text.count("\n", 0, at) + 1
            column = at - text.rfind("\n", 0, at)
            raise AllianceError("json.deep", line=line, column=column, most=MOST_DEPTH)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise AllianceError("json.twice", name=twice[:_SHOWN])
    return found


def _no_number(found: str) -> object:
    raise AllianceError("json.number", found=found)


def _number(digits: str) -> int:
    if len(digits) > _MOST_DIGITS:
        raise AllianceError("json.number", found=digits[:_SHOWN])
    return int(digits)
