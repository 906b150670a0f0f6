"""All quotes held against their sources: where each stands, in which state, and what is to be
sought in a newer edition."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

from db.details import (
    PlacedAnchor,
    QuoteRow,
    SoughtEdition,
    SoughtQuote,
    Standing,
    Verification,
)
from db.queries.editions import EDITIONS
from db.queries.quotes import evidence, from_to
from db.queries.rows import fetch, record, tuples
from db.quotes import Selector, verify
from db.records import Anchor, Evidence, Figure, QuoteTranslation, Speaker

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from db.copying import Progress
    from db.queries.rows import Record
    from db.quotes import State

# The oldest edition first; in a ring of editions, which another program may make, by number.
_ANCHORS = f"""{EDITIONS}
    SELECT anchor.*, quote.exact FROM anchor
    JOIN quote ON quote.id = quote_id
    LEFT JOIN edition ON edition.id = anchor.source_id
    ORDER BY number, anchor.id DESC"""  # noqa: S608
_OWN_ANCHORS = """
    SELECT anchor.*, exact FROM anchor JOIN quote ON quote.id = quote_id
    WHERE anchor.source_id = ? ORDER BY start, anchor.id"""
_QUOTES = """
    SELECT quote.*, name_en, name_ko, role_en, role_ko, named
    FROM quote JOIN speaker ON speaker.id = speaker_id"""
# An edition and what it supersedes, the nearest first.
_LINE = """
    WITH RECURSIVE line (id, distance) AS (
        SELECT ?, 0
        UNION
        SELECT supersedes_id, distance + 1 FROM source JOIN line USING (id)
        WHERE supersedes_id IS NOT NULL AND distance < 100
    )
    SELECT line.id, text FROM line JOIN source USING (id) ORDER BY distance"""
_SOUGHT = """
    SELECT anchor.*, exact, attribution FROM anchor JOIN quote ON quote.id = quote_id
    WHERE anchor.source_id = ? AND accepted AND (state <> 'broken' OR score > 0)
    ORDER BY start, anchor.id"""
_EVIDENCE = """
    SELECT evidence.* FROM evidence
    LEFT JOIN event_date ON event_date.event_id = evidence.event_id AND is_primary
    ORDER BY CASE stance WHEN 'supports' THEN 0 WHEN 'disputes' THEN 1 ELSE 2 END,
        first_day, evidence.id"""
_TRANSLATIONS = "SELECT * FROM quote_translation ORDER BY language, id"
_FIGURES = "SELECT * FROM figure ORDER BY start, id"
_SPEAKERS = """
    SELECT speaker.*, max(quote.source_id IS ?) AS here, count(quote.id) AS quotes
    FROM speaker LEFT JOIN quote ON speaker_id = speaker.id GROUP BY speaker.id
    ORDER BY here DESC, quotes DESC, coalesce(name_ko, name_en), speaker.id"""


def quote_rows(connection: sqlite3.Connection) -> tuple[QuoteRow, ...]:
    """Every quote with all its anchors, in the order of the sources that they were taken from."""
    anchors, on = _placed(connection), _evidence(connection)
    translated = _by_quote(connection, QuoteTranslation, _TRANSLATIONS)
    counted = _by_quote(connection, Figure, _FIGURES)
    found: list[QuoteRow] = []
    for row in fetch(connection, _QUOTES):
        placed = tuple(anchors[row["id"]])
        accepted = [each.anchor for each in placed if each.anchor.accepted]
        given = {
            "speaker": record(Speaker, row, {"id": row["speaker_id"]}),
            "state": accepted[-1].state if accepted else "broken",
            "anchors": placed,
            "evidence": tuple(on[row["id"]]),
            "translations": tuple(translated[row["id"]]),
            "figures": tuple(counted[row["id"]]),
        }
        found.append(record(QuoteRow, row, given))
    return tuple(sorted(found, key=_order))


def verify_all(connection: sqlite3.Connection, progress: Progress | None = None) -> Verification:
    """Every source against its digest, and every anchor against the text of its source."""
    changed: list[int] = []
    standings: list[Standing] = []
    total = tuples(connection, "SELECT count(*) FROM anchor")[0][0]
    for (source_id,) in tuples(connection, "SELECT id FROM source ORDER BY id"):
        text, digest = tuples(
            connection, "SELECT text, text_sha256 FROM source WHERE id = ?", source_id
        )[0]
        if sha256(text.encode()).hexdigest() != digest:
            changed.append(source_id)
        for row in fetch(connection, _OWN_ANCHORS, source_id):
            state = verify(text, row["exact"], row["start"], row["end"], row["state"])
            standings.append(
                Standing(
                    row["id"],
                    row["quote_id"],
                    source_id,
                    bool(row["accepted"]),
                    row["state"],
                    state,
                )
            )
        if progress is not None:
            progress(len(standings), total)
    return Verification(tuple(changed), tuple(standings))


def sought_after(connection: sqlite3.Connection, older_id: int) -> tuple[SoughtEdition, ...]:
    """What an edition that supersedes this one, and is not stored yet, is to be searched for: the
    quotes of all before it, each as it stands in the newest of those."""
    editions: list[SoughtEdition] = []
    seen: set[int] = set()
    there: set[int] = set()
    for edition_id, text in tuples(connection, _LINE, older_id):
        if edition_id in seen:  # a ring, which another program may make
            continue
        seen.add(edition_id)
        rows = fetch(connection, _SOUGHT, edition_id)
        sought = tuple(_sought(row) for row in rows if row["quote_id"] not in there)
        there |= {each.quote_id for each in sought}
        if sought:
            editions.append(SoughtEdition(edition_id, text, sought))
    return tuple(editions)


def speakers(connection: sqlite3.Connection, source_id: int | None) -> tuple[Speaker, ...]:
    """All speakers: those of a source first, of these and the others the most quoted first."""
    return tuple(record(Speaker, row) for row in fetch(connection, _SPEAKERS, source_id))


def _anchors(connection: sqlite3.Connection) -> Iterator[Anchor]:
    """All anchors in their states of now, the oldest edition first; each text is read once."""
    rows = fetch(connection, _ANCHORS)
    states: dict[int, State] = {}
    by_source: defaultdict[int, list[sqlite3.Row]] = defaultdict(list)
    for row in rows:
        by_source[row["source_id"]].append(row)
    for source_id, own in by_source.items():
        text = tuples(connection, "SELECT text FROM source WHERE id = ?", source_id)[0][0]
        for row in own:
            states[row["id"]] = verify(text, row["exact"], row["start"], row["end"], row["state"])
    for row in rows:
        yield replace(record(Anchor, row), state=states[row["id"]])


def _placed(connection: sqlite3.Connection) -> defaultdict[int, list[PlacedAnchor]]:
    """The anchors of each quote with their places."""
    places: defaultdict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for source_id, start, end, label in tuples(
        connection, "SELECT source_id, start, end, label FROM source_place ORDER BY start, id"
    ):
        places[source_id].append((start, end, label))
    found: defaultdict[int, list[PlacedAnchor]] = defaultdict(list)
    for anchor in _anchors(connection):
        place = _labels_over(places[anchor.source_id], anchor.start, anchor.end)
        found[anchor.quote_id].append(PlacedAnchor(anchor, place))
    return found


def _labels_over(places: list[tuple[int, int, str]], start: int, end: int) -> str:
    """The labels of the places (by their start) that a stretch goes over, as one."""
    from bisect import bisect_left

    before = bisect_left(places, max(end, start + 1), key=lambda place: place[0])
    over: list[str] = []
    for _, ends, label in reversed(places[:before]):
        if ends <= start:
            break
        over.append(label)
    return from_to(over[::-1])


def _evidence(connection: sqlite3.Connection) -> defaultdict[int, list[Evidence]]:
    found: defaultdict[int, list[Evidence]] = defaultdict(list)
    for row in fetch(connection, _EVIDENCE):
        found[row["quote_id"]].append(evidence(row))
    return found


def _by_quote(
    connection: sqlite3.Connection, kind: type[Record], sql: str
) -> defaultdict[int, list[Record]]:
    found: defaultdict[int, list[Record]] = defaultdict(list)
    for row in fetch(connection, sql):
        found[row["quote_id"]].append(record(kind, row))
    return found


def _order(row: QuoteRow) -> tuple[int, int, int]:
    starts = [each.anchor.start for each in row.anchors if each.anchor.source_id == row.source_id]
    return row.source_id, min(starts, default=0), row.id


def _sought(row: sqlite3.Row) -> SoughtQuote:
    selector = Selector(row["exact"], row["before"], row["after"], row["start"], row["end"])
    return SoughtQuote(row["quote_id"], selector, row["attribution"], row["attribution_start"])
