"""Two versions of some words laid beside each other: what they share, and what only one has."""

from __future__ import annotations

import re
from itertools import groupby
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

_MOST = 6_000  # words and signs of both together; more than these differ as a whole
_PARTS = re.compile(r"\w+|\s+|[^\w\s]")


class Piece(NamedTuple):
    """A stretch of words, and whether the other version lacks it."""

    text: str
    differs: bool


Pieces = tuple[Piece, ...]


def compared(old: str, new: str) -> tuple[Pieces, Pieces]:
    """Both versions in pieces that join to the whole again; words differ as a whole."""
    before, after = _PARTS.findall(old), _PARTS.findall(new)
    gone, come = [True] * len(before), [True] * len(after)
    if old == new or len(before) + len(after) <= _MOST:
        for step in LCSseq.opcodes(before, after):
            if step.tag == "equal":
                gone[step.src_start : step.src_end] = [False] * (step.src_end - step.src_start)
                come[step.dest_start : step.dest_end] = [False] * (step.dest_end - step.dest_start)
    return _pieces(before, gone), _pieces(after, come)


def _pieces(parts: list[str], differs: list[bool]) -> Pieces:
    for place in range(1, len(parts) - 1):
        # A blank between two words that differ tells nothing by itself.
        if parts[place].isspace() and differs[place - 1] and differs[place + 1]:
            differs[place] = True
    groups = groupby(zip(parts, differs, strict=True), key=lambda each: each[1])
    return tuple(Piece("".join(part for part, _ in group), mark) for mark, group in groups)
