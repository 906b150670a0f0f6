"""Stretches of a text grown and cut by words, sentences and paragraphs: pure functions.

Places are code points, ends exclusive.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from viewer.edits.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

Unit = Literal["character", "word", "sentence", "paragraph"]
_AROUND = 6000  # code points that are looked at before and behind a place
_PATTERNS = {"word": re.compile(r"\S+"), "paragraph": re.compile(r"\S(?:[^\n]*\S)?")}


def next_end(text: str, place: int, unit: Unit) -> int:
    """Where the word, sentence or paragraph at a place ends; that of the next one where it ends
    there."""
    ends = [end for _, end in _units(text, place, unit) if end > place]
    return min(ends, default=len(text.rstrip()) if place < len(text.rstrip()) else place)


def previous_end(text: str, place: int, unit: Unit) -> int:
    """Where the last one before a place ends."""
    return max((end for _, end in _units(text, place, unit) if end < place), default=place)


def next_start(text: str, place: int, unit: Unit) -> int:
    """Where the next one after a place begins."""
    return min((start for start, _ in _units(text, place, unit) if start > place), default=place)


def previous_start(text: str, place: int, unit: Unit) -> int:
    """Where the one at a place begins; that of the one before where it begins there."""
    return max((start for start, _ in _units(text, place, unit) if start < place), default=place)


def whole(text: str, start: int, end: int, unit: Unit) -> tuple[int, int]:
    """A stretch grown to whole words, sentences or paragraphs."""
    at_start = [each for each in _units(text, start, unit) if each[0] <= start < each[1]]
    last = max(end - 1, start)
    at_end = [each for each in _units(text, last, unit) if each[0] <= last < each[1]]
    return (
        min(at_start[0][0], start) if at_start else start,
        max(at_end[-1][1], end) if at_end else end,
    )


def _units(text: str, place: int, unit: Unit) -> Iterator[tuple[int, int]]:
    """Those around a place, each from its first to behind its last sign."""
    if unit == "character":
        for start in range(max(place - 2, 0), min(place + 2, len(text))):
            yield start, start + 1
        return
    # Cut between paragraphs: what stands across a cut would look like one of its own.
    low = text.rfind("\n", 0, max(place - _AROUND, 0)) + 1
    high = text.find("\n", place + _AROUND)
    part = text[low : high if high >= 0 else len(text)]
    if unit == "sentence":
        found = sentences(part)
        yield from ((low + a, low + b) for a, b in zip(found.starts, found.ends, strict=True))
        return
    for match in _PATTERNS[unit].finditer(part):
        yield low + match.start(), low + match.end()
