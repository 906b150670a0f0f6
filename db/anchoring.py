"""Where a quote stands in another edition of its source, and how sure that is.

A quote is sought by its words together with what stood before and after them. Every place that
could be meant is looked at, and the one that takes the fewest changes is proposed. It is proposed
as sure only where no other place comes near it: what two places would explain as well is left to a
person. Nothing here changes anything; whether a proposal is accepted is somebody's decision.
"""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from db.folding import Folded, fold, points, same, words
from db.quotes import FULL, select

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from db.quotes import Selector, State

SURE = 85
"""The score, in per cent, from which it is sure which place is meant."""
_UNDECIDED = 50  # the most that a proposal is worth when two places explain a quote as well
_NEAR = 12  # changed characters: a place that takes this many more than the best is no rival
_PIECE = 8  # characters that must have stayed together for a place to be considered
_MOST_PIECES = 60
_LONG = 200  # characters of a quote that is no longer compared in one piece
_MOST_PLACES = 400  # of the same words; what stands more often tells nothing
_LOOKED_AT = 16  # places that are compared in full, those with most pieces first
_FURTHEST = 2000  # characters that may have come in or gone within a quote
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_LEAST = 60  # the similarity, in per cent, below which nothing is proposed


@dataclass(frozen=True, slots=True)
class Found:
    """Where a quote stands in a text, in code points, end exclusive.

    `intact`: its very words, at the position it had. `moved`: its words elsewhere, or there with
    other blanks or signs. `broken`: other words, or none like them, and then the score is 0 and
    the position the one asked for. `score`: how much of the words and of what surrounds them
    agrees, in per cent. `ambiguous`: another place would explain it as well.
    """

    start: int
    end: int
    state: State
    score: int
    ambiguous: bool = False

    @property
    def sure(self) -> bool:
        """Whether it is this place that is meant, whatever became of the words."""
        return not self.ambiguous and self.score >= SURE


class _Place(NamedTuple):
    """A stretch of the folded text and how many characters of the words and of what stands
    around them would have been changed."""

    start: int
    end: int
    words: int
    around: int

    @property
    def changes(self) -> int:
        return self.words + self.around


class _Wanted(NamedTuple):
    """A selector, folded."""

    exact: str
    before: str
    after: str

    @property
    def whole(self) -> str:
        return self.before + self.exact + self.after


def seek(text: str, selector: Selector, old: str | None = None) -> Found:
    """Looks for a quote in a text. With the text that it was taken from (`old`) it is also known
    what else could have been meant: where the words are gone, others like them that were there
    all along are not taken for them."""
    if old is not None:
        return seek_all(old, text, [selector])[0]
    return _Text(text).seek(selector, selector.start, None)


def seek_all(
    old: str,
    new: str,
    selectors: Sequence[Selector],
    progress: Callable[[int, int], object] | None = None,
) -> list[Found]:
    """Looks for the quotes of one edition in another, in the order given.

    What was told apart by nothing but its place in the old one is never sure in the new one.
    Between places that explain a quote as well, the one is proposed that goes with the quotes
    around it.
    """
    if old == new:
        return [Found(each.start, each.end, "intact", FULL) for each in selectors]
    before, after = _Text(old), _Text(new)
    found: list[Found] = []
    for each in selectors:
        if progress is not None:
            progress(len(found), len(selectors))
        found.append(after.seek(each, each.start, before))
    shifts = sorted(
        (selector.start, each.start - selector.start)
        for selector, each in zip(selectors, found, strict=True)
        if each.sure
    )
    if not shifts:
        return found
    return [
        after.seek(selector, selector.start + _shift_at(shifts, selector.start), before)
        if each.ambiguous
        else each
        for selector, each in zip(selectors, found, strict=True)
    ]


def selector_at(text: str, found: Found) -> Selector:
    """The selector of what was found, with the words that surround it there."""
    return select(text, found.start, found.end)


def _shift_at(shifts: Sequence[tuple[int, int]], start: int) -> int:
    """How far the nearest quote before a place was moved; the first one's before all of them."""
    return shifts[max(0, bisect(shifts, (start, 1 << 60)) - 1)][1]


class _Text:
    """A text that quotes are sought in."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded: Folded = fold(text)

    def seek(self, selector: Selector, expected: int, old: _Text | None) -> Found:
        """The best place; of equals the one nearest to `expected` (code points)."""
        wanted = _wanted(selector)
        places = self._places(wanted)
        if not places:
            return self._without_places(selector, wanted)
        near = self.folded.at(expected)
        places.sort(key=lambda place: (place.changes, abs(place.start - near)))
        best = places[0]
        rivals = [place.changes for place in places[1:]]
        if old is not None:
            rivals += old._rivals(wanted, thorough=best.changes > 0)
        # Nothing but a twin comes near to a place where not a character was changed.
        margin = _NEAR if best.changes else 1
        ambiguous = any(changes - best.changes < margin for changes in rivals)
        start, end = self._stretch(selector, best)
        score = min(_score(wanted, best), _UNDECIDED if ambiguous else FULL)
        return Found(start, end, self._state(selector, wanted, start, best), score, ambiguous)

    def _rivals(self, wanted: _Wanted, thorough: bool) -> list[int]:
        """How many changes would make other places of this text the one that a quote of it
        stands at. Not `thorough`: those with the very same words alone."""
        places = list(self._exact(wanted))
        if thorough:
            places += self._alike(wanted)
        return sorted(place.changes for place in _apart(places))[1:]

    def _stretch(self, selector: Selector, place: _Place) -> tuple[int, int]:
        """A place in code points, with the blanks at the ends of the quote where it has them."""
        start, end = self.folded.stretch(place.start, place.end)
        exact = selector.exact
        begin = start - (len(exact) - len(exact.lstrip()))
        if begin >= 0 and self.text.startswith(exact, begin):
            return begin, begin + len(exact)
        return start, end

    def _state(self, selector: Selector, wanted: _Wanted, start: int, place: _Place) -> State:
        if start == selector.start and self.text.startswith(selector.exact, start):
            return "intact"
        stands = same(self.folded.text[place.start : place.end], wanted.exact)
        return "moved" if stands else "broken"

    def _places(self, wanted: _Wanted) -> list[_Place]:
        """Every place that could be meant, each once."""
        if not wanted.exact:
            return []
        found = list(self._exact(wanted))
        if all(place.changes for place in found):
            found += self._alike(wanted)
        return _apart(found)

    def _exact(self, wanted: _Wanted) -> Iterator[_Place]:
        length = len(wanted.exact)
        for start in _starts(self.folded.text, wanted.exact, _MOST_PLACES):
            around = self._around(wanted, start, start + length)
            yield _Place(start, start + length, 0, around)

    def _around(self, wanted: _Wanted, start: int, end: int) -> int:
        text = self.folded.text
        before = text[max(0, start - len(wanted.before)) : start]
        after = text[end : end + len(wanted.after)]
        return Levenshtein.distance(before, wanted.before) + Levenshtein.distance(
            after, wanted.after
        )

    def _alike(self, wanted: _Wanted) -> Iterator[_Place]:
        """Places with enough in common, by the pieces of the quote that stand there."""
        whole = wanted.whole
        room = max(_PIECE, min(len(whole) // 4, _FURTHEST))
        for shift in self._shifts(whole, room):
            place = self._aligned(wanted, max(0, shift - room), shift + len(whole) + 2 * room)
            if place is not None:
                yield place

    def _shifts(self, whole: str, room: int) -> list[int]:
        """Where a stretch would begin, to within `room`, by the pieces of it that stand in the
        text: the places with most of them first."""
        hashes, order = self._pieces
        step = max(1, len(whole) // _MOST_PIECES)
        wanted = _hashes(whole)[::step]
        firsts = np.searchsorted(hashes, wanted)
        lasts = np.minimum(np.searchsorted(hashes, wanted, "right"), firsts + _MOST_PLACES)
        counts = lasts - firsts
        if not counts.sum():
            return []
        offsets = np.repeat(np.arange(len(wanted)) * step, counts)
        within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        shifts = order[np.repeat(firsts, counts) + within] - offsets
        bins, votes = np.unique(shifts // room, return_counts=True)
        best = np.argsort(-votes, kind="stable")[:_LOOKED_AT]
        return [int(each) * room for each in bins[best]]

    @cached_property
    def _pieces(self) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
        """A number for every piece of the text, in order, and where each stands."""
        hashes = _hashes(self.folded.text)
        order = np.argsort(hashes, kind="stable")
        return hashes[order], order

    def _without_places(self, selector: Selector, wanted: _Wanted) -> Found:
        """What no piece is left of may still be like something: never a sure finding."""
        place = self._aligned(wanted, 0, len(self.folded.text)) if wanted.exact else None
        if place is None:
            return Found(selector.start, selector.end, "broken", 0)
        start, end = self.folded.stretch(place.start, place.end)
        return Found(start, end, "broken", min(_score(wanted, place), _UNDECIDED), True)

    def _aligned(self, wanted: _Wanted, first: int, last: int) -> _Place | None:
        """The stretch between two places that is most like the quote."""
        begin, end = len(wanted.before), len(wanted.before) + len(wanted.exact)
        whole = wanted.whole
        if len(wanted.exact) <= _LONG:
            found = self._laid(whole, begin, end, first, last)
            start, stop = found or (0, 0)
        else:
            # Of a long quote the two ends alone: to lay all of it takes with the square of it.
            edge = _LONG // 2
            head = self._laid(whole[: begin + edge], begin, begin + edge, first, last)
            tail = self._laid(whole[end - edge :], 0, edge, max(first, last - len(whole)), last)
            start, stop = (head[0], tail[1]) if head and tail else (0, 0)
        if start >= stop:
            return None
        most = len(wanted.exact) * (FULL - _LEAST) // FULL
        changes = Levenshtein.distance(
            self.folded.text[start:stop], wanted.exact, score_cutoff=most
        )
        if changes > most:
            return None
        return _Place(start, stop, changes, self._around(wanted, start, stop))

    def _laid(
        self, pattern: str, begin: int, end: int, first: int, last: int
    ) -> tuple[int, int] | None:
        """Where the part `begin` to `end` of a pattern comes to lie, when it is laid where it is
        most like the text between two places."""
        window = self.folded.text[first:last]
        found = fuzz.partial_ratio_alignment(pattern, window, score_cutoff=_LEAST)
        if found is None or found.dest_start == found.dest_end:
            return None
        # The shorter of the two is laid onto the longer one, whichever that is.
        source = pattern[found.src_start : found.src_end]
        target = window[found.dest_start : found.dest_end]
        offset = first + found.dest_start
        start, stop = _carried(
            source, target, max(0, begin - found.src_start), end - found.src_start
        )
        return offset + start, offset + stop


def _wanted(selector: Selector) -> _Wanted:
    return _Wanted(words(selector.exact), words(selector.before), words(selector.after))


def _score(wanted: _Wanted, place: _Place) -> int:
    """How much of the words agrees, and of what surrounds them: a quote whose surroundings are
    all others is worth half of what its words are."""
    stands = max(0.0, 1 - place.words / len(wanted.exact))
    length = len(wanted.before) + len(wanted.after)
    around = max(0.0, 1 - place.around / length) if length else 1.0
    score = int(FULL * stands * (0.5 + 0.5 * around))
    return score if place.changes == 0 else min(score, FULL - 1)


def _apart(places: Iterable[_Place]) -> list[_Place]:
    """Of places that overlap for the most part the best one: they are one and the same."""
    kept: list[_Place] = []
    for place in sorted(places, key=lambda each: each.changes):
        length = place.end - place.start
        if all(
            min(place.end, each.end) - max(place.start, each.start) <= length // 2 for each in kept
        ):
            kept.append(place)
    return kept


def _carried(source: str, target: str, start: int, end: int) -> tuple[int, int]:
    """A stretch of one text as it stands in a text much like it; what was put in at its very
    edge does not belong to it."""
    begins: int | None = None
    ends = 0
    for step in Levenshtein.opcodes(source, target):
        if step.tag == "insert" or step.src_end <= start or step.src_start >= end:
            continue
        first = max(start, step.src_start) - step.src_start
        last = min(end, step.src_end) - step.src_start
        if step.tag == "delete":
            continue
        if begins is None:
            begins = step.dest_start + first
        ends = step.dest_start + last
    return (ends if begins is None else begins), ends


def _starts(text: str, words: str, most: int) -> list[int]:
    """Where words begin in a text, at most so often."""
    found: list[int] = []
    at = text.find(words)
    while at >= 0 and len(found) < most:
        found.append(at)
        at = text.find(words, at + 1)
    return found


def _hashes(text: str) -> NDArray[np.uint64]:
    """A number for the piece of a text that begins at each character; equal pieces, equal
    numbers."""
    count = max(0, len(text) - _PIECE + 1)
    codes = points(text).astype(np.uint64)
    hashes = np.zeros(count, np.uint64)
    for offset in range(_PIECE):
        hashes = hashes * _FACTOR + codes[offset : offset + count]
    return hashes
