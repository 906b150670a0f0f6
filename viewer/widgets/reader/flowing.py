"""The printed lines of a page as the paragraphs that they are, character for character.

A PDF knows lines, not paragraphs. For reading, the break behind a line that is as long as the
column, or nearly, is shown as a blank; nothing else changes, and no position moves. Between two
syllables it is a thin one: Korean breaks lines within words too, and the page does not tell.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from db.folding import points

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_FULL = 0.82  # of the column's width: a shorter line ends its paragraph
_SHARE = 0.9  # of a page's lines are not longer than its column
_FEWEST = 3  # lines that tell how wide a column is
THIN = "\u2009"
_BREAK = ord("\n")
# Hangul, Han and Kana with their signs, and the wide forms of Latin.
_BROAD = ((0x1100, 0x11FF), (0x2E80, 0xA4CF), (0xAC00, 0xD7FF), (0xF900, 0xFAFF), (0xFE30, 0xFFE6))
_SYLLABLES = ((0x1100, 0x11FF), (0x3400, 0x9FFF), (0xAC00, 0xD7A3), (0xF900, 0xFAFF))
_WORDS = (*_SYLLABLES, (0x41, 0x5A), (0x61, 0x7A))
# What begins a paragraph of its own: numbers of sections and articles, signs of lists.
_BEGINS = re.compile(
    r"[^\S\n]*(?:[(\[](?:[\d-]+|[가-하])[)\]]|\d+[.)](?!\d)|[가-하]\)|제\s?\d+\s?[조장절항]"
    r"|[-–—•·∙○●◦□■▪▶▷◇◆※*☞①-⓿\ue000-\uf8ff])",
)


def flowing(text: str, pages: Sequence[tuple[int, int]]) -> str:
    """The text with blanks for the breaks within paragraphs; `pages` are the start and end of
    each page in code points. It has the same length, and pages keep their beginnings."""
    letters = points(text)
    edges = np.zeros(letters.size + 1, np.int64)  # the width before each character
    np.cumsum(1 + _within(letters, _BROAD), out=edges[1:])
    breaks = np.flatnonzero(letters == _BREAK)
    begins, ends = np.append(0, breaks + 1), np.append(breaks, letters.size)
    widths = edges[ends] - edges[begins]
    columns = _columns(widths, np.searchsorted(begins, [start for start, _ in pages]))
    goes_on = (widths[:-1] >= _FULL * columns[:-1]) & (columns[:-1] > 0) & (widths[1:] > 0)
    goes_on &= ~np.isin(begins[1:], [start for start, _ in pages])
    within = breaks[goes_on & ~_beginning(text, letters, begins[1:])]
    shown = letters.copy()
    syllables = _within(letters, _SYLLABLES)
    thin = syllables[within - 1] & syllables[within + 1]
    shown[within] = np.where(thin, ord(THIN), ord(" "))
    return shown.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


def _beginning(
    text: str, letters: NDArray[np.uint32], begins: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Which of the lines that begin there begin a paragraph whatever is above them."""
    padded = np.append(letters, (0, 0))
    first, second = padded[begins], padded[begins + 1]
    # Few lines begin with anything but a word: only those are looked at closely.
    likely = ~_within(first, _WORDS) | (second == ord(")")) | (first == ord("제"))
    found = np.zeros(begins.size, np.bool_)
    for place in np.flatnonzero(likely).tolist():
        found[place] = _BEGINS.match(text, int(begins[place])) is not None
    return found


def _columns(widths: NDArray[np.int64], firsts: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each line how wide the lines of its page are, in halves of a syllable; 0 where there
    are too few to tell. `firsts` are the first lines of pages."""
    found = np.zeros(widths.size, np.int64)
    bounds = [*firsts.tolist(), widths.size]
    for first, last in pairwise(bounds):
        some = np.sort(widths[first:last])
        some = some[np.searchsorted(some, 1) :]
        if some.size >= _FEWEST:
            found[first:last] = some[int(_SHARE * (some.size - 1))]
    return found


def _within(letters: NDArray[np.uint32], ranges: tuple[tuple[int, int], ...]) -> NDArray[np.bool_]:
    """Which characters are in one of these ranges."""
    found = np.zeros(letters.size, np.bool_)
    for first, last in ranges:
        found |= (letters >= first) & (letters <= last)
    return found
