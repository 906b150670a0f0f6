"""Which events and stages have a quote that is broken or disputes them.

A file is opened and read anew after each edit, so not every text is held against its quotes each
time. What is stored of an anchor is true as long as we alone have written the quote, the anchor
and the source, and the log tells who has: what another program, a newer edition of the shipped
data or a restoring has touched is looked at again, and nothing else. A text that was changed past
the log is found by the verification of all quotes, which names it from then on (`distrusted`).
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from db.flaws import Flaws, ordered
from db.queries.editions import EDITIONS
from db.queries.rows import tuples

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterator, Set

    from db.quotes import State

_TOUCHING = """
    SELECT id FROM changeset WHERE origin = 'outside'
        OR label LIKE 'edition:%' OR label LIKE 'restore-%'"""
# By the index of those changesets; where they changed very much, as an import does, by the range
# of the index that the three tables have.
_TOUCHED = """
    SELECT DISTINCT table_name, row_id FROM change
    WHERE {table} IN ('source', 'quote', 'anchor') AND {changeset} IN ({listed})"""
_MUCH = 10_000  # changes
_STORED_BROKEN = "SELECT DISTINCT quote_id FROM anchor WHERE accepted AND state = 'broken'"
_NOWHERE = "SELECT id FROM quote EXCEPT SELECT quote_id FROM anchor WHERE accepted"
# The oldest edition first; in a ring of editions, which another program may make, by number.
_ACCEPTED = f"""{EDITIONS}
    SELECT quote_id, anchor.source_id, start, end, state, exact FROM anchor
    JOIN quote ON quote.id = quote_id
    LEFT JOIN edition ON edition.id = anchor.source_id
    WHERE accepted AND quote_id IN ({{listed}}) ORDER BY number, anchor.id DESC"""  # noqa: S608
_CLAIMED = """
    SELECT DISTINCT event_id FROM claim WHERE aspect <> 'novelty'
    GROUP BY event_id, aspect, coalesce(point_en, point_ko)
    HAVING count(DISTINCT coalesce(value_en, value_ko)) > 1"""
_DISPUTING = """
    SELECT event_id, stage_id FROM evidence WHERE stance = 'disputes' AND aspect <> 'novelty'"""
_AT_ONCE = 500  # ids in one statement


def flaws(connection: sqlite3.Connection, distrusted: Set[int] = frozenset()) -> Flaws:
    """All of them. The texts of the sources `distrusted` are looked at, whatever the log says."""
    touched = _touched(connection)
    sources = touched["source"] | distrusted
    events, stages = _targets(connection, broken_quotes(connection, sources, touched))
    disputed = tuples(connection, _DISPUTING)
    claimed = [row[0] for row in tuples(connection, _CLAIMED)]
    return Flaws(
        ordered(events),
        ordered([*claimed, *(event for event, _ in disputed if event is not None)]),
        frozenset(stages),
        frozenset(stage for _, stage in disputed if stage is not None),
        frozenset(changed_sources(connection, sources)),
    )


def disputed_ids(connection: sqlite3.Connection) -> set[int]:
    """The events about which claims differ, or that a quote disputes; on their novelty alone does
    not count."""
    return {row[0] for sql in (_CLAIMED, _DISPUTING) for row in tuples(connection, sql)} - {None}


def changed_sources(connection: sqlite3.Connection, among: Collection[int]) -> Iterator[int]:
    """Those of some sources whose text is not the one that was stored."""
    if not among:
        return
    from hashlib import sha256

    for source_id in among:
        for text, digest in tuples(
            connection, "SELECT text, text_sha256 FROM source WHERE id = ?", source_id
        ):
            if sha256(text.encode()).hexdigest() != digest:
                yield source_id


def _touched(connection: sqlite3.Connection) -> defaultdict[str, set[int]]:
    """The sources, quotes and anchors that others than our own edits have written to."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    changesets = [row[0] for row in tuples(connection, _TOUCHING)]
    for listed in _listed(changesets):
        some = f"SELECT 1 FROM change WHERE changeset_id IN ({listed}) LIMIT {_MUCH}"  # noqa: S608
        much = len(tuples(connection, some)) == _MUCH
        table, changeset = (
            ("table_name", "+changeset_id") if much else ("+table_name", "changeset_id")
        )
        sql = _TOUCHED.format(table=table, changeset=changeset, listed=listed)
        for name, row_id in tuples(connection, sql):
            found[name].add(row_id)
    return found


def broken_quotes(
    connection: sqlite3.Connection, sources: Set[int], touched: defaultdict[str, set[int]]
) -> set[int]:
    """The quotes whose accepted anchor in the newest edition is broken, or that have none."""
    nowhere = {row[0] for row in tuples(connection, _NOWHERE)}
    doubtful = {row[0] for row in tuples(connection, _STORED_BROKEN)} | touched["quote"]
    for column, ids in (("source_id", sources), ("id", touched["anchor"])):
        doubtful |= {row[0] for row in _in(connection, "SELECT quote_id FROM anchor", column, ids)}
    return nowhere | _broken_of(connection, doubtful - nowhere)


def _broken_of(connection: sqlite3.Connection, quote_ids: set[int]) -> set[int]:
    """Those of some quotes that are broken now; each text is read once."""
    if not quote_ids:
        return set()
    from db.quotes import verify

    newest: dict[int, tuple[int, int, int, State, str]] = {}
    for listed in _listed(quote_ids):
        for quote_id, *anchor in tuples(connection, _ACCEPTED.format(listed=listed)):
            source_id, start, end, state, exact = anchor
            newest[quote_id] = source_id, start, end, state, exact
    broken = {quote_id for quote_id, each in newest.items() if each[3] == "broken"}
    by_source: defaultdict[int, list[int]] = defaultdict(list)
    for quote_id, (source_id, *_) in newest.items():
        if quote_id not in broken:
            by_source[source_id].append(quote_id)
    for source_id, own in by_source.items():
        text = tuples(connection, "SELECT text FROM source WHERE id = ?", source_id)[0][0]
        for quote_id in own:
            _, start, end, state, exact = newest[quote_id]
            if verify(text, exact, start, end, state) == "broken":
                broken.add(quote_id)
    return broken


def _targets(connection: sqlite3.Connection, quote_ids: set[int]) -> tuple[set[int], set[int]]:
    """The events and stages that quotes are evidence for."""
    rows = list(_in(connection, "SELECT event_id, stage_id FROM evidence", "quote_id", quote_ids))
    return {event for event, _ in rows} - {None}, {stage for _, stage in rows} - {None}


def _in(
    connection: sqlite3.Connection, select: str, column: str, ids: Collection[int]
) -> Iterator[tuple[int, ...]]:
    """The rows of a SELECT whose column is one of some ids."""
    for listed in _listed(ids):
        yield from tuples(connection, f"{select} WHERE {column} IN ({listed})")


def _listed(ids: Collection[int]) -> Iterator[str]:
    """Ids as SQL lists them, so many at once."""
    every = sorted(ids)
    for first in range(0, len(every), _AT_ONCE):
        yield ", ".join(map(str, every[first : first + _AT_ONCE]))
