"""The titles of all events as numbers: how wide each is, and where a long one is cut."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from db.texts import Texts
from viewer.layout.measure import fixed_measure

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from db.columns import Columns
    from db.records import Language
    from viewer.layout.measure import Measure

LONGEST_TITLE = 21.0  # ems; longer ones are cut, by this rule alone and wherever they stand
BOLD_FROM = 4  # importance
_ELLIPSIS = "…"
_AT_ONCE = 1 << 15  # titles: what is measured at once stays in the processor's cache
_WHOLE = np.iinfo(np.uint32).max
_SPACES = np.array([chr(code).isspace() for code in range(0x3002)])


class Titles:
    """The titles of n events in a language; `width` (n,) in ems, as they are written."""

    def __init__(self, texts: Texts, bold: NDArray[np.bool_], measure: Measure) -> None:
        self._texts = texts
        self.width = np.zeros(len(texts))
        self._cut = np.full(len(texts), _WHOLE, np.uint32)
        ellipsis = np.array([measure.width(_ELLIPSIS, False), measure.width(_ELLIPSIS, True)])
        for first in range(0, len(texts), _AT_ONCE):
            some = slice(first, min(first + _AT_ONCE, len(texts)))
            codes, begins = texts.codes(some.start, some.stop)
            width, cut = _measured(codes, begins, bold[some], measure, ellipsis)
            self.width[some], self._cut[some] = width, cut

    def text(self, row: int) -> str:
        """A title as it is written."""
        text, cut = self._texts[row], self._cut[row]
        return text if cut == _WHOLE else text[:cut].rstrip() + _ELLIPSIS


def _measured(
    codes: NDArray[np.uint32],
    begins: NDArray[np.int64],
    bold: NDArray[np.bool_],
    measure: Measure,
    ellipsis: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.uint32]]:
    """Widths and cuts of texts that stand one after another with a letter between.

    What the cut texts are wide is what `elided` would come to: advances are fractions whose
    sums are exact, in whichever order they are added.
    """
    lengths = np.diff(begins) - 1
    heavy = np.repeat(bold, lengths + 1)[: len(codes)]
    upto = np.concatenate([[0.0], np.cumsum(measure.advances(codes, heavy))])
    start = upto[begins[:-1]]
    width = upto[begins[:-1] + lengths] - start
    cut = np.full(len(width), _WHOLE, np.uint32)
    long = np.flatnonzero(width > LONGEST_TITLE)
    if len(long):
        sign = ellipsis[bold[long].astype(np.int64)]
        first = begins[:-1][long]
        at = np.searchsorted(upto, start[long] + LONGEST_TITLE - sign, side="right") - 1
        at = np.clip(at, first, first + lengths[long])
        # The spaces before the cut go with it.
        while (spaced := (at > first) & _SPACES[np.minimum(codes[at - 1], len(_SPACES) - 1)]).any():
            at -= spaced
        cut[long] = at - first
        width[long] = np.maximum(upto[at] - start[long], 0.0) + sign
    return width, cut


@lru_cache(maxsize=4)
def titles(columns: Columns, language: Language, measure: Measure) -> Titles:
    """The titles of all rows; those of the last few files and languages are kept."""
    texts = columns.label_ko if language == "ko" else columns.label_en
    return Titles(texts, columns.importance >= BOLD_FROM, measure)


@cache
def no_titles() -> Titles:
    """Of lanes whose titles are not asked for."""
    return Titles(Texts(), np.zeros(0, np.bool_), fixed_measure())
