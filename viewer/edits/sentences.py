"""Sentences of running text in English and Korean, as places: pure functions."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST = 1000
"""Code points: a text without full stops (a table, a list) is cut at a blank."""

_END = re.compile(r"\n\s*|[.!?…。][\"'”’)\]»]{0,3}[ \t\u00a0]+")
_ABBREVIATED = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Gen|Lt|Col|Adm|Sgt|Capt|Maj|Sen|Rep|Gov|St|No|Art|Jan|Feb|Mar|Apr"
    r"|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|vs|cf|ca?|pp?|Vol|approx))$",
    re.ASCII,
)


class Sentences(NamedTuple):
    """Where sentences start and end (code points, end exclusive, without the blanks around)."""

    starts: Sequence[int]
    ends: Sequence[int]

    def around(self, start: int, end: int) -> tuple[int, int]:
        """The sentence of a passage, or from the first to the last that it touches."""
        first = max(bisect_right(self.starts, start) - 1, 0)
        last = max(bisect_right(self.starts, max(end - 1, start)) - 1, 0)
        return min(self.starts[first], start), max(self.ends[last], end)


def sentences(text: str, kept: Sequence[tuple[int, int]] = ()) -> Sentences:
    """The sentences of `text`. A full stop that ends one of the `kept` passages (in order of
    their place: the last dot of `2022. 5. 21.`) ends no sentence unless a line ends with it.

    A line is a sentence of its own, however it ends, unless the next goes on with a small letter.
    """
    kept_starts, kept_ends = [start for start, _ in kept], [end for _, end in kept]
    starts: list[int] = []
    ends: list[int] = []
    start = len(text) - len(text.lstrip())
    for match in _END.finditer(text):
        if match.start() < start or not _ends(
            text, match, *_kept_at(match, kept_starts, kept_ends)
        ):
            continue
        _add(text, start, match.start() + len(match[0].rstrip()), starts, ends)
        start = match.end()
    _add(text, start, len(text.rstrip()), starts, ends)
    return Sentences(starts or [0], ends or [0])


def _kept_at(match: re.Match[str], starts: list[int], ends: list[int]) -> tuple[bool, bool]:
    """Whether a full stop or end of a line stands within a kept passage, or as its last sign."""
    at = bisect_right(starts, match.start()) - 1
    if at < 0:
        return False, False
    return ends[at] > match.start() + 1, ends[at] == match.start() + 1


def _ends(text: str, match: re.Match[str], within_kept: bool, ends_kept: bool) -> bool:
    if within_kept:
        return False
    following = text[match.end() : match.end() + 1]
    if "a" <= following <= "z":
        return match[0].count("\n") > 1
    if match[0].startswith("\n"):
        return True
    if match[0][0] != ".":
        return True
    if ends_kept and not following.isupper():
        return False
    before = text[max(match.start() - 8, 0) : match.start()]
    if before[-1:].isdecimal() and following.isdecimal():
        return False
    return not _ABBREVIATED.search(before)


def _add(text: str, start: int, end: int, starts: list[int], ends: list[int]) -> None:
    while end - start > LONGEST:
        cut = text.rfind(" ", start + 1, start + LONGEST)
        cut = start + LONGEST if cut < 0 else cut
        starts.append(start)
        ends.append(cut)
        start = cut + (text[cut] == " ")
    if end > start:
        starts.append(start)
        ends.append(end)
