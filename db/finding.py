"""Words sought in a text, whichever way they are written there: capitals, forms of Unicode (Hangul
in letters, wide Latin, ligatures), signs of one family, and blanks or breaks of lines between.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import numpy as np

from db.folding import GAPLESS, SIGNS, Folded, composed, points

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ALL = 0x110000
_WITHIN = re.compile("(?<=[가-힣一-鿿])(?=[가-힣一-鿿])")


class Searchable:
    """A text made ready to be searched, once: some milliseconds for a book."""

    def __init__(self, text: str) -> None:
        self._folded = _folded(text)

    def find(self, sought: str) -> list[tuple[int, int]]:
        """Start and end (code points of the text as it is) of each place, in order, none over
        another. Blanks at the ends of `sought` do not count, and blanks alone are nowhere."""
        parts = [_pattern(part) for part in _folded(sought).text.split()]
        if not parts:
            return []
        pattern, folded = re.compile(r"\s+".join(parts)), self._folded
        spans = [each.span() for each in pattern.finditer(folded.text)]
        edges = np.array(spans, np.int64).reshape(-1, 2)
        starts, ends = folded.starts[edges[:, 0]], folded.ends[edges[:, 1] - 1]
        return list(zip(starts.tolist(), ends.tolist(), strict=True))


def _pattern(word: str) -> str:
    """Korean is broken at the end of a line within words too."""
    return _WITHIN.sub("\\n?", re.escape(word))


def _folded(text: str) -> Folded:
    if unicodedata.is_normalized("NFC", text):
        whole = np.arange(len(text), dtype=np.int64)
        begins, stops = whole, whole + 1
    else:
        text, begins, stops = composed(text)
    letters = points(text)
    present = np.zeros(_ALL, np.bool_)
    present[letters] = True
    one, longer = np.arange(_ALL, dtype=np.uint32), dict[int, str]()
    for point in np.flatnonzero(present).tolist():
        form = _form(chr(point))
        if len(form) == 1:
            one[point] = ord(form)
        else:
            longer[point] = form
    made = one[letters]
    if longer:
        made, origin = _lengthened(made, letters, longer)
        begins, stops = begins[origin], stops[origin]
    folded = made.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")
    return Folded(folded, begins, stops)


def _lengthened(
    made: NDArray[np.uint32], letters: NDArray[np.uint32], longer: dict[int, str]
) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """With the forms that are no single character, and which letter each comes from."""
    lengths = np.ones(len(letters), np.int64)
    for point, form in longer.items():
        lengths[letters == point] = len(form)
    origin = np.repeat(np.arange(len(letters)), lengths)
    made, firsts = made[origin], np.cumsum(lengths) - lengths
    for point, form in longer.items():
        where = firsts[letters == point]
        for place, sign in enumerate(form):
            made[where + place] = ord(sign)
    return made, origin


def _form(letter: str) -> str:
    """What a character is sought as: nothing for what is not seen."""
    if letter in GAPLESS:
        return ""
    plain = unicodedata.normalize("NFKC", letter.translate(SIGNS))
    return unicodedata.normalize("NFC", plain.casefold()).translate(SIGNS)
