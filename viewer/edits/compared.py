"""Two versions of some words laid beside each other: what they share, and what only one has."""

from __future__ import annotations

from itertools import groupby
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

_LONGEST = 20_000  # characters of both together; longer ones differ as a whole
_ISLAND = 2  # shared characters between two differences that tell nothing by themselves


class Piece(NamedTuple):
    """A stretch of words, and whether the other version lacks it."""

    text: str
    differs: bool


def compared(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both versions in pieces that join to the whole again."""
    if old == new:
        return _pieces(old, [False] * len(old)), _pieces(new, [False] * len(new))
    if len(old) + len(new) > _LONGEST:
        return _pieces(old, [True] * len(old)), _pieces(new, [True] * len(new))
    gone, come = [False] * len(old), [False] * len(new)
    steps = list(Levenshtein.opcodes(old, new))
    for place, step in enumerate(steps):
        between = 0 < place < len(steps) - 1 and step.src_end - step.src_start <= _ISLAND
        if step.tag == "equal" and not between:
            continue
        gone[step.src_start : step.src_end] = [True] * (step.src_end - step.src_start)
        come[step.dest_start : step.dest_end] = [True] * (step.dest_end - step.dest_start)
    return _pieces(old, gone), _pieces(new, come)


def _pieces(text: str, marks: list[bool]) -> tuple[Piece, ...]:
    groups = groupby(zip(text, marks, strict=True), key=lambda each: each[1])
    return tuple(Piece("".join(sign for sign, _ in group), mark) for mark, group in groups)
