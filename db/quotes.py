"""Where exact words stand in a text: the selectors of the Web Annotation model, as pure functions.

A TextPositionSelector is `start` and `end` in code points, end exclusive; a TextQuoteSelector is
the exact words and what stands before and after them. The position says where, the words prove
it, and the context tells two places of the same words apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

CONTEXT = 32  # code points kept on each side
FULL = 100

State = Literal["intact", "moved", "broken"]


@dataclass(frozen=True, slots=True)
class Selector:
    """Exact words, their context, and their position in code points, end exclusive."""

    exact: str
    before: str
    after: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Found:
    """What became of a selector in a text.

    `intact`: the words stand at their position. `moved`: they stand elsewhere, at `start` and
    `end`, where their context agrees best. `broken`: they do not stand in the text, and the
    position is the one that was asked for. `score` is how much of the context agrees, in per cent.
    """

    state: State
    start: int
    end: int
    score: int


def select(text: str, start: int, end: int, context: int = CONTEXT) -> Selector:
    """The selector of a stretch of text. Raises ValueError for one that is not within the text."""
    if not 0 <= start < end <= len(text):
        raise ValueError(f"{start} to {end} is no stretch of a text of {len(text)}")
    before = text[max(0, start - context) : start]
    return Selector(text[start:end], before, text[end : end + context], start, end)


def stands(text: str, exact: str, start: int) -> bool:
    """Whether exactly these words stand at this place."""
    return start >= 0 and bool(exact) and text.startswith(exact, start)


def verify(text: str, exact: str, start: int, end: int, state: State) -> State:
    """The state of an anchor now: as it was stored where the words still stand there, else
    `broken`. Those of a `moved` one may stand there in other signs and blanks."""
    stretch = text[start:end]
    if stretch == exact:
        return state
    if state == "moved" and stretch:
        from db.folding import same, words

        if same(words(stretch), words(exact)):
            return state
    return "broken"


def occurrences(text: str, exact: str) -> list[int]:
    """Every start of these words in the text, overlapping ones too."""
    starts: list[int] = []
    at = text.find(exact) if exact else -1
    while at >= 0:
        starts.append(at)
        at = text.find(exact, at + 1)
    return starts


def find(text: str, selector: Selector) -> Found:
    """Looks for a selector: the place where the context agrees best, the nearest one of equals.

    The place it names wins over equals, so that words which stand there untouched stay there.
    """
    starts = occurrences(text, selector.exact)
    if not starts:
        return Found("broken", selector.start, selector.end, 0)
    best = max(
        starts, key=lambda start: (_score(text, selector, start), -abs(start - selector.start))
    )
    state: State = "intact" if best == selector.start else "moved"
    return Found(state, best, best + len(selector.exact), _score(text, selector, best))


def _score(text: str, selector: Selector, start: int) -> int:
    """How much of a selector's context agrees around a place, in per cent of its length."""
    length = len(selector.before) + len(selector.after)
    if not length:
        return FULL
    end = start + len(selector.exact)
    before = text[max(0, start - len(selector.before)) : start]
    after = text[end : end + len(selector.after)]
    agreed = _shared(before[::-1], selector.before[::-1]) + _shared(after, selector.after)
    return FULL * agreed // length


def _shared(one: str, other: str) -> int:
    """How many characters two texts begin with in common."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def to_utf16(text: str, position: int) -> int:
    """A position in code points as one in UTF-16 units, which is how Qt's text counts."""
    return position + sum(character > "\uffff" for character in text[:position])


def from_utf16(text: str, position: int) -> int:
    """A position in UTF-16 units as one in code points; inside a pair it is that of the pair."""
    units = text.encode("utf-16-le", "surrogatepass")[: 2 * position]
    return len(units.decode("utf-16-le", "ignore"))


def paragraphs(text: str) -> list[tuple[str, int, int]]:
    """Number, start and end (code points) of each paragraph of a plain text; no blank ones."""
    found: list[tuple[str, int, int]] = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            found.append((str(len(found) + 1), start, start + len(line)))
        start += len(line) + 1
    return found
