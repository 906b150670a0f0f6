"""Finds the words of a quote in a stored text, for one that comes from elsewhere.

Nothing is taken for the words but the words: in other blanks and signs at most, for another
program may write those differently. Where they stand several times, what surrounds them decides,
then the position; where neither does, nobody guesses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from db.folding import fold, words
from db.quotes import occurrences

if TYPE_CHECKING:
    from db.folding import Folded
    from db.portable import PortableAnchor

_MOST = 400  # places of the same words that are looked at
_AROUND = 64  # characters of what surrounds them that count
_ENOUGH = 8  # of these that have to agree, where there are as many: fewer agree by chance


class Stretch(NamedTuple):
    """A stretch in code points, end exclusive."""

    start: int
    end: int


class Unclear(NamedTuple):
    """The words stand at so many places, and nothing tells which is meant."""

    places: int


class Searched:
    """A text that quotes are sought in; it is folded once, when first needed."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._folded: Folded | None = None

    def find(self, anchor: PortableAnchor) -> Stretch | Unclear | None:
        """The stretch that an anchor means; None where its words do not stand here."""
        exact = anchor.exact
        whole = self._with_surroundings(anchor)
        if whole is not None:
            return whole
        starts = occurrences(self.text, exact)[:_MOST]
        places = [Stretch(start, start + len(exact)) for start in starts]
        if not places:
            places = self._in_other_signs(exact)
        if len(places) < 2:
            return places[0] if places else None
        return self._meant(places, anchor)

    def at_position(self, anchor: PortableAnchor) -> Stretch | None:
        """The stretch at its position, where the text is long enough."""
        if anchor.start is None or anchor.end is None or anchor.end > len(self.text):
            return None
        return Stretch(anchor.start, anchor.end)

    def _with_surroundings(self, anchor: PortableAnchor) -> Stretch | Unclear | None:
        """The place where all that surrounds the words stands as well, sign by sign; None where
        that is nowhere, or nothing surrounds them."""
        if not anchor.exact or not (anchor.before or anchor.after):
            return None
        lead, length = len(anchor.before), len(anchor.exact)
        whole = f"{anchor.before}{anchor.exact}{anchor.after}"
        at = -1 if anchor.start is None else anchor.start - lead
        if at >= 0 and self.text.startswith(whole, at):
            return Stretch(at + lead, at + lead + length)
        starts = occurrences(self.text, whole)
        if len(starts) == 1:
            return Stretch(starts[0] + lead, starts[0] + lead + length)
        return Unclear(len(starts)) if starts else None

    def _in_other_signs(self, exact: str) -> list[Stretch]:
        wanted = words(exact)
        if not wanted:
            return []
        if self._folded is None:
            self._folded = fold(self.text)
        folded = self._folded
        starts = occurrences(folded.text, wanted)[:_MOST]
        return [Stretch(*folded.stretch(start, start + len(wanted))) for start in starts]

    def _meant(self, places: list[Stretch], anchor: PortableAnchor) -> Stretch | Unclear:
        """The place whose surroundings agree best; of equals the one at the position."""
        agreed = [self._agrees(place, anchor) for place in places]
        most = max(agreed)
        best = [place for place, count in zip(places, agreed, strict=True) if count == most]
        told = len(words(anchor.before)) + len(words(anchor.after))
        if most < min(_ENOUGH, max(told, 1)):
            best = places
        if len(best) == 1:
            return best[0]
        there = [place for place in best if place.start == anchor.start]
        return there[0] if there else Unclear(len(best))

    def _agrees(self, place: Stretch, anchor: PortableAnchor) -> int:
        """How many characters around a place are those that the anchor has, nearest first."""
        before = words(self.text[max(0, place.start - 2 * _AROUND) : place.start])
        after = words(self.text[place.end : place.end + 2 * _AROUND])
        return _shared(before[::-1], words(anchor.before)[::-1]) + _shared(
            after, words(anchor.after)
        )


def _shared(one: str, other: str) -> int:
    count = 0
    for left, right in zip(one[:_AROUND], other[:_AROUND], strict=False):
        if left != right:
            break
        count += 1
    return count
