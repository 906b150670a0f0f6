"""What is proposed for a date of a text: events on it, and that it is in use already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.records import Anchor, Bilingual, Evidence
from viewer.document import Document
from viewer.edits.date_proposals import proposals
from viewer.edits.dates_in_text import find

if TYPE_CHECKING:
    from pathlib import Path

    from db.details import SourceQuote
    from viewer.edits.date_proposals import Proposal


def proposed(path: Path, text: str, quotes: tuple[SourceQuote, ...] = ()) -> list[Proposal]:
    """The dates of a text of 22 May 2022, against a stored file."""
    document = Document()
    document.open(path)
    try:
        days = lambda ident: [(each.first, each.last) for each in document.event(ident).dates]  # noqa: E731
        return [*proposals(find(text, "2022-05-22"), quotes, document.timeline.columns, days)]
    finally:
        document.close()


def titles(path: Path, ids: tuple[int, ...]) -> list[str]:
    document = Document()
    document.open(path)
    try:
        return [document.event(each).event.title.text("ko") for each in ids]
    finally:
        document.close()


def test_the_event_of_that_day_is_offered(shipped: Path) -> None:
    (date,) = proposed(shipped, "1953년 10월 1일 서명됐다.")
    assert date.used == ()
    assert titles(shipped, date.candidates) == ["한미상호방위조약 체결"]


def test_a_month_offers_what_lies_in_it_and_a_year_nothing_of_its_days(shipped: Path) -> None:
    month, year = proposed(shipped, "2022년 5월에 있었다. 2007년에도 있었다.")
    assert month.found.edtf == "2022-05"
    assert 1 < len(month.candidates) <= 8
    assert year.candidates == ()


def test_a_day_without_an_event_offers_none(shipped: Path) -> None:
    (date,) = proposed(shipped, "1999년 1월 3일이었다.")
    assert date.candidates == ()


def test_a_date_is_in_use_for_the_event_that_its_quote_is_evidence_for(shipped: Path) -> None:
    from dataclasses import replace

    document = Document()
    document.open(shipped)
    quotes = document.source(document.sources()[0].id).quotes
    document.close()
    (date,) = proposed(shipped, "1953년 10월 1일 서명됐다.")
    (event_id,) = date.candidates
    anchor = Anchor(1, 1, 1, 0, 18, "", "", "intact", 100, True)
    evidence = Evidence(
        1, 1, ("event", event_id), "supports", "date", "report", Bilingual(None, None)
    )
    holding = quotes[0]._replace(anchor=anchor, evidence=((evidence, Bilingual(None, None)),))
    (used,) = proposed(shipped, "1953년 10월 1일 서명됐다.", (holding,))
    assert (used.used, used.candidates) == ((event_id,), ())
    beside = holding._replace(anchor=replace(anchor, start=5))
    (free,) = proposed(shipped, "1953년 10월 1일 서명됐다.", (beside,))
    assert free.used == ()
