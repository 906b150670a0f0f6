"""Anchors of quotes in other editions: proposed, accepted, put where somebody says, or dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.anchoring import SURE, seek, seek_all, selector_at
from db.changes import Delete, Insert, new_id
from db.errors import AllianceError
from db.folding import same
from db.folding import words as folded
from db.quotes import FULL, occurrences, select, verify
from viewer.edits.edit import Edit, number, text, update
from viewer.edits.quote_drafts import anchor_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from db.anchoring import Found
    from db.changes import Change, Rows, Value
    from db.details import SoughtEdition, SoughtQuote
    from db.quotes import Selector
    from db.records import Source

_PHRASE_FROM = 200  # characters that a phrase may have come nearer or gone off, with its quote


def proposed(
    source_id: int,
    words: str,
    editions: Iterable[SoughtEdition],
    progress: Callable[[int, int], object] | None = None,
) -> tuple[Insert, ...]:
    """The anchors in a newer edition, as proposals: none of them is accepted. `words` is its text,
    `editions` are those before it (`Store.sought_after`). A quote that is not found is proposed as
    broken, with a score of 0 and an empty stretch. They go with the edition itself: one edit."""
    made: list[Insert] = []
    for edition in editions:
        selectors = [each.selector for each in edition.quotes]
        found = seek_all(edition.text, words, selectors, progress)
        made += [
            Insert("anchor", new_id(), _proposal(source_id, words, each, place))
            for each, place in zip(edition.quotes, found, strict=True)
        ]
    return tuple(made)


def is_sure(row: Mapping[str, Value]) -> bool:
    """Whether a proposal may be accepted together with others, without a look at it. A quote whose
    words were changed may not, however sure its place is: that is for a person to see."""
    return row["state"] != "broken" and number(row, "score") >= SURE


def anchors_accepted(rows: Rows, anchor_ids: Iterable[int]) -> Edit:
    """Proposals are accepted; `rows` are those about them (`Store.rows_about("anchor", ids)`)."""
    changes: list[Change] = []
    for anchor_id in anchor_ids:
        changes += update("anchor", anchor_id, rows, {"accepted": 1})
    return Edit("accept-anchors", str(len(changes)), tuple(changes))


def anchors_declined(rows: Rows, anchor_ids: Iterable[int]) -> Edit:
    """Proposals are dropped; what was accepted stays."""
    gone = [each for each in anchor_ids if not rows["anchor"][each]["accepted"]]
    changes = tuple(Delete("anchor", each) for each in gone)
    return Edit("decline-anchors", str(len(changes)), changes)


def anchored(rows: Rows, quote_id: int, source: Source, start: int, end: int) -> Edit:
    """Somebody says where a quote stands in an edition; `rows` are those about the quote.

    It is intact there if it was taken from this edition and its very words stand there, moved
    with the same words in another one, else broken: the words of a quote are changed by editing
    it. Raises `quote.place`.
    """
    if not 0 <= start < end <= len(source.text):
        raise AllianceError("quote.place", start=start, end=end, length=len(source.text))
    quote = rows["quote"][quote_id]
    exact = text(quote, "exact")
    known = anchor_in(rows, source.id)
    values: dict[str, Value] = {
        **position_of(select(source.text, start, end)),
        "attribution_start": phrase_near(source.text, text(quote, "attribution"), start),
        "state": _state(source, quote["source_id"], exact, source.text[start:end]),
        "score": FULL,
        "accepted": 1,
    }
    owner: dict[str, Value] = {"quote_id": quote_id, "source_id": source.id}
    changes: tuple[Change, ...] = (
        (Insert("anchor", new_id(), owner | values),)
        if known is None
        else update("anchor", known, rows, values)
    )
    return Edit("anchor-quote", exact, changes)


def sought_anew(
    rows: Rows, source: Source, selector: Selector, others: Mapping[int, str]
) -> Sequence[Change]:
    """The anchors in other editions (`others` are their texts), now that the words of the quote are
    others: those that do not stand there any more become proposals."""
    changes: list[Change] = []
    for anchor_id, row in rows["anchor"].items():
        edition = number(row, "source_id")
        if edition == source.id or edition not in others:
            continue
        words = others[edition]
        start, end = number(row, "start"), number(row, "end")
        if verify(words, selector.exact, start, end, "intact") == "intact":
            changes += update("anchor", anchor_id, rows, {"state": "intact"})
            continue
        found = seek(words, selector, source.text)
        changes += update(
            "anchor",
            anchor_id,
            rows,
            {
                **place_of(words, selector, found),
                "attribution_start": None,
                "state": found.state,
                "score": found.score,
                "accepted": 0,
            },
        )
    return changes


def position_of(selector: Selector) -> dict[str, Value]:
    """The columns of an anchor that say where the words stand."""
    return {
        "start": selector.start,
        "end": selector.end,
        "before": selector.before,
        "after": selector.after,
    }


def place_of(words: str, selector: Selector, found: Found) -> dict[str, Value]:
    """The same of what was found; of what was not, nowhere, and what it was surrounded by."""
    if found.score:
        return position_of(selector_at(words, found))
    return {**position_of(selector), "start": 0, "end": 0}


def phrase_near(words: str, phrase: str | None, position: int) -> int | None:
    """Where a phrase stands nearest to a position, None where it stands nowhere."""
    starts = occurrences(words, phrase or "")
    return min(starts, key=lambda start: abs(start - position), default=None)


def _state(source: Source, own_id: Value, exact: str, stretch: str) -> str:
    if stretch == exact and source.id == own_id:
        return "intact"
    return "moved" if same(folded(stretch), folded(exact)) else "broken"


def _proposal(source_id: int, words: str, quote: SoughtQuote, found: Found) -> dict[str, Value]:
    return {
        "quote_id": quote.quote_id,
        "source_id": source_id,
        **place_of(words, quote.selector, found),
        "attribution_start": _phrase(words, quote, found) if found.score else None,
        "state": found.state,
        "score": found.score,
        "accepted": 0,
    }


def _phrase(words: str, quote: SoughtQuote, found: Found) -> int | None:
    """Where the phrase that gives the words to their speaker stands now: as far from them as it
    did, or nearly so."""
    if quote.phrase is None or quote.phrase_start is None:
        return None
    expected = found.start + quote.phrase_start - quote.selector.start
    nearest = phrase_near(words, quote.phrase, expected)
    if nearest is None or abs(nearest - expected) > _PHRASE_FROM:
        return None
    return nearest
