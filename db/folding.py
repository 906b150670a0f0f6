"""Texts compared without what two editions of a document write differently: the form of Unicode,
blanks and breaks of lines, the shapes of quotation marks and dashes. With the way back to the
code points of the text as it is.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

REPLACEMENT = "\ufffd"  # what a reader writes where it could not read a character
# One sign for each family of signs: a sign never becomes two, so that places stay countable.
_FAMILIES = {
    '"': "“”„‟«»″＂",
    "'": "‘’‚‛′＇`´",
    "-": "‐‑‒–—―−－",
    "·": "ㆍ・‧•∙⋅･",
    "~": "∼〜～",
}
SIGNS: dict[int, str] = {ord(sign): one for one, family in _FAMILIES.items() for sign in family}
GAPLESS = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Nothing of these is seen."""
# Nor of these, or only as a gap.
_GAPS = GAPLESS + "".join(chr(point) for point in range(0x3001) if chr(point).isspace())
_WORDS: dict[int, str | None] = {**SIGNS, **dict.fromkeys(map(ord, _GAPS))}
# A character with the marks that follow it, or a Hangul syllable in its letters.
_CLUSTER = re.compile(r".[\u0300-\u036f\u1160-\u11ff\u20d0-\u20ff\u3099\u309a]*", re.S)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; the character at `i` stands for the code points `starts[i]` to `ends[i]`
    (exclusive) of the original."""

    text: str
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]

    def stretch(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of the folded text, not an empty one, as one of the original."""
        return int(self.starts[start]), int(self.ends[end - 1])

    def at(self, position: int) -> int:
        """A position of the original as one of the folded text: that of the next character."""
        return int(np.searchsorted(self.starts, position))


def words(text: str) -> str:
    """The same as `fold` without the way back."""
    return unicodedata.normalize("NFC", text).translate(_WORDS)


def fold(text: str) -> Folded:
    """The text without blanks, composed, with one sign for each family of signs."""
    if unicodedata.is_normalized("NFC", text):
        starts = np.arange(len(text), dtype=np.int64)
        ends = starts + 1
    else:
        text, starts, ends = composed(text)
    kept = ~np.isin(points(text), points(_GAPS))
    return Folded(text.translate(_WORDS), starts[kept], ends[kept])


def same(one: str, other: str) -> bool:
    """Whether two folded texts are the same words; a character that could not be read is taken
    for whatever stands there in the other."""
    if one == other:
        return True
    if len(one) != len(other) or (REPLACEMENT not in one and REPLACEMENT not in other):
        return False
    return all(
        left == right or REPLACEMENT in (left, right)
        for left, right in zip(one, other, strict=True)
    )


def composed(text: str) -> tuple[str, NDArray[np.int64], NDArray[np.int64]]:
    """The text in NFC, and where each of its characters began and ended before."""
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for cluster in _CLUSTER.finditer(text):
        piece = unicodedata.normalize("NFC", cluster[0])
        pieces.append(piece)
        starts += [cluster.start()] * len(piece)
        ends += [cluster.end()] * len(piece)
    return "".join(pieces), np.array(starts, np.int64), np.array(ends, np.int64)


def points(text: str) -> NDArray[np.uint32]:
    """The code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
