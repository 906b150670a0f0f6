"""The titles of all events as numbers: how wide each is, and where a long one is cut."""

from __future__ import annotations

from collections import OrderedDict
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from db.texts import Texts
from viewer.layout.measure import fixed_measure

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from db.columns import Columns
    from db.records import Language
    from db.splicing import Pieces, Splice
    from viewer.layout.measure import Measure

LONGEST_TITLE = 21.0  # ems; longer ones are cut, by this rule alone and wherever they stand
BOLD_FROM = 4  # importance
_ELLIPSIS = "…"
_AT_ONCE = 1 << 15  # titles: what is measured at once stays in the processor's cache
_WRITTEN = 4096  # titles that are at hand: those of one zoom are mostly those of the next
_WHOLE = np.iinfo(np.uint32).max
_SPACES = np.array([chr(code).isspace() for code in range(0x3002)])


class Titles:
    """The titles of n events in a language; `width` (n,) in ems, as they are written."""

    def __init__(self, texts: Texts, bold: NDArray[np.bool_], measure: Measure) -> None:
        self._texts = texts
        self._written: dict[int, str] = {}
        self.width = np.zeros(len(texts))
        self._cut = np.full(len(texts), _WHOLE, np.uint32)
        ellipsis = np.array([measure.width(_ELLIPSIS, False), measure.width(_ELLIPSIS, True)])
        for first in range(0, len(texts), _AT_ONCE):
            some = slice(first, min(first + _AT_ONCE, len(texts)))
            codes, begins = texts.codes(some.start, some.stop)
            width, cut = _measured(codes, begins, bold[some], measure, ellipsis)
            self.width[some], self._cut[some] = width, cut

    @classmethod
    def known_already(
        cls,
        columns: Columns,
        language: Language,
        width: NDArray[np.float64],
        cut: NDArray[np.uint32],
    ) -> Titles:
        """The titles of columns, of which it is known how wide each is and where it is cut."""
        made = cls.__new__(cls)
        made._texts, made._written = _texts_of(columns, language), {}
        made.width, made._cut = width, cut
        return made

    @property
    def arrays(self) -> tuple[NDArray[np.float64], NDArray[np.uint32]]:
        """What is known of them."""
        return self.width, self._cut

    def spliced(self, how: Pieces, texts: Texts, part: Titles) -> Titles:
        """The titles after an edit, of which the `part` that is new is measured alone; `texts`
        are all."""
        made = Titles.__new__(Titles)
        made._texts, made._written = texts, {}
        made.width = how.array(self.width, part.width)
        made._cut = how.array(self._cut, part._cut)
        return made

    def text(self, row: int) -> str:
        """A title as it is written."""
        found = self._written.get(row)
        if found is None:
            text, cut = self._texts[row], self._cut[row]
            found = text if cut == _WHOLE else text[:cut].rstrip() + _ELLIPSIS
            if len(self._written) >= _WRITTEN:
                self._written.clear()
            self._written[row] = found
        return found


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


_KEPT = 4
_kept: OrderedDict[tuple[Columns, Language, Measure], Titles] = OrderedDict()


def titles(columns: Columns, language: Language, measure: Measure) -> Titles:
    """The titles of all rows; those of the last few files and languages are kept."""
    found = _kept.get((columns, language, measure))
    if found is None:
        found = Titles(*_asked(columns, language), measure)
        keep_titles(columns, language, measure, found)
    return found


def keep_titles(columns: Columns, language: Language, measure: Measure, made: Titles) -> None:
    """Takes titles that are known already."""
    _kept[columns, language, measure] = made
    while len(_kept) > _KEPT:
        _kept.popitem(last=False)


def splice_titles(how: Splice, now: Columns, language: Language, measure: Measure) -> None:
    """Makes the titles of columns that came from others, if those of the others are known."""
    before = _kept.get((how.before, language, measure))
    if before is not None and (now, language, measure) not in _kept:
        part = Titles(*_asked(how.part, language), measure)
        made = before.spliced(how.pieces, _texts_of(now, language), part)
        keep_titles(now, language, measure, made)


def _asked(columns: Columns, language: Language) -> tuple[Texts, NDArray[np.bool_]]:
    return _texts_of(columns, language), columns.importance >= BOLD_FROM


def _texts_of(columns: Columns, language: Language) -> Texts:
    return columns.label_ko if language == "ko" else columns.label_en


@cache
def no_titles() -> Titles:
    """Of lanes whose titles are not asked for."""
    return Titles(Texts(), np.zeros(0, np.bool_), fixed_measure())
