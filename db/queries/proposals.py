"""What is laid beside each other for somebody to judge: where a quote stood and where it may stand
in another edition; what it says and what stands in its place."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from db.details import Excerpt, Misplaced, Proposal
from db.queries.editions import EDITIONS
from db.queries.rows import both, fetch, tuples

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable

AROUND = 160
"""Code points of the text that are shown on each side of a quote."""

_CUT = "…"  # where the text goes on
_AT_ONCE = 500  # ids in one statement
_PROPOSED = """
    SELECT anchor.*, exact, title_en, title_ko, edtf,
        (SELECT count(*) FROM evidence WHERE evidence.quote_id = quote.id) AS targets
    FROM anchor JOIN quote ON quote.id = quote_id JOIN source ON source.id = anchor.source_id
    WHERE NOT accepted ORDER BY anchor.source_id, start, anchor.id"""
# The newest edition before that one in which the quote is accepted.
_OLDER = f"""{EDITIONS}
    SELECT quote_id, anchor.source_id, start, end, title_en, title_ko, source.edtf
    FROM anchor JOIN source ON source.id = anchor.source_id
    LEFT JOIN edition ON edition.id = anchor.source_id
    WHERE accepted AND quote_id IN (SELECT quote_id FROM anchor WHERE NOT accepted)
    ORDER BY number, anchor.id DESC"""  # noqa: S608
_ANCHORS = """
    SELECT anchor.*, exact, title_en, title_ko, edtf,
        (SELECT count(*) FROM evidence WHERE evidence.quote_id = quote.id) AS targets
    FROM anchor JOIN quote ON quote.id = quote_id JOIN source ON source.id = anchor.source_id
    WHERE anchor.id IN ({listed}) ORDER BY anchor.source_id, start, anchor.id"""
_PLACES = """
    SELECT label FROM source_place WHERE source_id = ? AND start <= ? AND end > ?
    ORDER BY start DESC LIMIT 1"""


def proposals(connection: sqlite3.Connection) -> tuple[Proposal, ...]:
    """All of them, by edition and place in it."""
    rows, older = fetch(connection, _PROPOSED), fetch(connection, _OLDER)
    before = {row["quote_id"]: row for row in older}
    there = [row for row in rows if row["score"] and row["end"] > row["start"]]
    excerpts = _excerpts(connection, [*there, *before.values()])
    return tuple(
        Proposal(
            row["id"],
            row["quote_id"],
            row["exact"],
            row["state"],
            row["score"],
            row["targets"],
            source_id=row["source_id"],
            source_title=both(row, "title"),
            start=row["start"],
            end=row["end"],
            old=_of(excerpts, before.get(row["quote_id"])),
            new=_of(excerpts, row),
        )
        for row in rows
    )


def misplaced(connection: sqlite3.Connection, anchor_ids: Collection[int]) -> tuple[Misplaced, ...]:
    """What stands at the place of some anchors, by source and place."""
    ids, rows = list(anchor_ids), []
    for first in range(0, len(ids), _AT_ONCE):
        listed = ", ".join(map(str, ids[first : first + _AT_ONCE]))
        rows += fetch(connection, _ANCHORS.format(listed=listed))
    excerpts = _excerpts(connection, rows)
    return tuple(
        Misplaced(
            row["quote_id"],
            row["exact"],
            row["targets"],
            source_id=row["source_id"],
            source_title=both(row, "title"),
            there=_of(excerpts, row),
        )
        for row in rows
    )


def _of(excerpts: dict[tuple[int, int, int], Excerpt], row: sqlite3.Row | None) -> Excerpt | None:
    return None if row is None else excerpts.get((row["source_id"], row["start"], row["end"]))


def _excerpts(
    connection: sqlite3.Connection, rows: Iterable[sqlite3.Row]
) -> dict[tuple[int, int, int], Excerpt]:
    """What stands at the places of some anchors; each text is read once."""
    by_source: defaultdict[int, list[sqlite3.Row]] = defaultdict(list)
    for row in rows:
        by_source[row["source_id"]].append(row)
    found = {}
    for source_id, own in by_source.items():
        text = tuples(connection, "SELECT text FROM source WHERE id = ?", source_id)[0][0]
        for row in own:
            start, end = row["start"], row["end"]
            labels = tuples(connection, _PLACES, source_id, start, start)
            found[source_id, start, end] = Excerpt(
                source_id,
                both(row, "title"),
                row["edtf"],
                labels[0][0] if labels else "",
                _CUT * (start > AROUND) + text[max(0, start - AROUND) : start],
                text[start:end],
                text[end : end + AROUND] + _CUT * (end + AROUND < len(text)),
            )
    return found
