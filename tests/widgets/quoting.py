"""The vocabulary of the tests of the quotes' form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.helpers import settle

if TYPE_CHECKING:
    from viewer.app import Wired
    from viewer.widgets.quotes.form import QuoteForm
    from viewer.widgets.quotes.parts import EvidenceCard, FigureCard, TranslationCard

COUNTED = "Among the 199 items, 60 to 70 are traded with China, and the rest with the U.S."
PLAIN = "Deputy Director Kim's remarks"


def form_of(wired: Wired) -> QuoteForm:
    form = wired.window.quoting.form
    assert form is not None, "no form of a quote is open"
    return form


def article(wired: Wired) -> int:
    """The id of the shipped article."""
    return wired.document.sources()[0].id


def read(wired: Wired) -> int:
    """Opens the shipped article; gives its id."""
    source_id = article(wired)
    wired.window.reader_place.show_source(source_id)
    settle()
    return source_id


def begin(wired: Wired, words: str = PLAIN) -> QuoteForm:
    """Opens the form on words of the article."""
    source_id = article(wired)
    start = wired.document.source(source_id).source.text.index(words)
    wired.window.quoting.begin(source_id, start, start + len(words))
    settle()
    return form_of(wired)


def edit(wired: Wired, slug: str) -> QuoteForm:
    """Opens the form on a quote of the shipped data."""
    wired.window.quoting.edit(quote_id(wired, slug))
    settle()
    return form_of(wired)


def quote_id(wired: Wired, slug: str) -> int:
    quotes = wired.document.source(article(wired)).quotes
    return next(each.quote.id for each in quotes if each.quote.slug == slug)


def evidence(form: QuoteForm, place: int = 0) -> EvidenceCard:
    return form.fields.evidence.cards[place]  # type: ignore[return-value]


def translation(form: QuoteForm, place: int = 0) -> TranslationCard:
    return form.fields.translations.cards[place]  # type: ignore[return-value]


def figure(form: QuoteForm, place: int = 0) -> FigureCard:
    return form.fields.figures.cards[place]  # type: ignore[return-value]
