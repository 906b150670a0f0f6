"""Reads the sentences with known dates, `dates_in_texts.tsv`, and counts what a finder makes of
them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_FILE = Path(__file__).with_suffix(".tsv")

Found = tuple[int, int, str]
"""Start and end in code points, and the EDTF text."""


class Sentence(NamedTuple):
    """A text, the date of the document it stands in, and the dates that a reader marks in it."""

    language: str
    document_date: str | None
    text: str
    expected: tuple[Found, ...]


class Score(NamedTuple):
    """How many were marked, found, and found right, in place and in meaning."""

    expected: int
    found: int
    right: int

    @property
    def precision(self) -> float:
        return self.right / self.found

    @property
    def recall(self) -> float:
        return self.right / self.expected


def sentences() -> list[Sentence]:
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    return [_sentence(line) for line in lines if line and not line.startswith("#")]


def _sentence(line: str) -> Sentence:
    language, document_date, text, marked = line.split("\t")
    expected, at = [], 0
    for each in [] if marked == "-" else marked.split(" | "):
        span, edtf = each.split(" = ")
        start = text.index(span, at)
        at = start + len(span)
        expected.append((start, at, edtf))
    return Sentence(language, None if document_date == "-" else document_date, text, (*expected,))


def scored(chosen: Iterable[Sentence], find: Callable[[Sentence], set[Found]]) -> Score:
    """Counts what `find` makes of the sentences; only the same place and meaning is right."""
    expected = found = right = 0
    for sentence in chosen:
        these = find(sentence)
        expected += len(sentence.expected)
        found += len(these)
        right += len(these & set(sentence.expected))
    return Score(expected, found, right)
