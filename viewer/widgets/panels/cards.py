"""The cards of the inspector: a quote, a dispute, a forecast, a citation, a note.

Exact words stand between quotation marks beside a stripe; a translation says that it is one;
the editors' own words are small and say so; the user's notes have a ground of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from viewer.layout.events import DISPUTED_SIGN, FORECAST_SIGN
from viewer.layout.signs import FLAW_SIGNS, explained
from viewer.widgets.parts import telling
from viewer.widgets.parts.boxes import STANCE_STRIPES, Card, Column
from viewer.widgets.parts.markdown import MarkdownView
from viewer.widgets.parts.menu_button import MenuButton
from viewer.widgets.parts.quote_words import add_figures, add_other_words
from viewer.widgets.parts.text_buttons import TextButton
from viewer.words import term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from db.details import Dispute, Forecast, QuoteDetail
    from db.flaws import Flaw
    from db.records import Bilingual, Citation, Claim, Confirmation, Note, Ref
    from viewer.widgets.parts.boxes import Doing
    from viewer.widgets.parts.look import Look

QUOTE = "quote"
"""The property of a card that shows a quote: the ids of its source and of the quote."""
QUOTE_DOINGS = ("edit", "link", "unlink", "delete")
_TIME = len("2026-11-23 10:00")


@dataclass(frozen=True, slots=True)
class NoteActions:
    """What can be done with notes: begin one on an event or stage; by its id edit one, delete it,
    put it on the picture or take it off."""

    add: Callable[[Ref], object]
    edit: Callable[[int], object]
    delete: Callable[[int], object]
    show: Callable[[int, bool], object]


@dataclass(frozen=True, slots=True)
class Actions:
    """What can be done from a page: open a quote (source id, quote id) in its source, follow
    an address, select an event or stage; `edit` gives what opens the form of one, None where it
    cannot be edited; `flaws` what is doubtful about one; `cite` puts the citation of a quote
    (source id, quote id) into the clipboard; `quote` does something (`QUOTE_DOINGS`) with a quote
    and its evidence, by their ids."""

    open_quote: Callable[[int, int], object]
    open_link: Callable[[str], object]
    select: Callable[[Ref], object]
    edit: Callable[[Ref], Callable[[], object] | None]
    notes: NoteActions | None = None
    flaws: Callable[[Ref], tuple[Flaw, ...]] = lambda _: ()
    cite: Callable[[int, int], object] = lambda *_: None
    quote: Callable[[str, int, int], object] | None = None


def link_to(
    ref: Ref,
    words: str,
    look: Look,
    actions: Actions,
    *,
    lead: str = "",
    told: str = "",
    aside: str = "",
) -> TextButton:
    """A button that selects an event or stage; `told` is read out before its words, `aside`
    stands below them. What is doubtful about it stands behind them as signs."""
    flaws = actions.flaws(ref)
    signs = [FLAW_SIGNS[flaw] for flaw in flaws]
    button = TextButton(" ".join([words, *signs]), look, lead=lead, aside=aside)
    words = " · ".join(part for part in (words, explained(flaws, look.language)) if part)
    button.setAccessibleName(f"{told}: {words}" if told else words)
    if flaws:
        button.setToolTip(explained(flaws, look.language))
    button.clicked.connect(lambda: actions.select(ref))
    return button


def quote_card(detail: QuoteDetail, place: tuple[int, int], look: Look, actions: Actions) -> Card:
    """A quote as evidence; `place` is its number and how many there are."""
    stance = detail.evidence.stance
    card = Card(look, stripe=STANCE_STRIPES[stance], colour=stance)
    number, count = place
    card.setAccessibleName(look.t("inspector.quote-number", number=number, count=count))
    card.say(telling.stance(detail, look), "small", stance)
    card.say(telling.quoted(detail.quote.exact), "body")
    card.say(telling.speaker(detail.quote, look), "small")
    add_other_words(card, detail.translations)
    card.say(telling.standing(detail, look), "small", _state_token(detail.quote.state))
    if detail.quote.attribution:
        words = telling.quoted(detail.quote.attribution)
        card.say(look.t("inspector.attribution", words=words), "small", "muted")
    card.say(telling.edition(detail.source, look), "small", "muted")
    _add_remarks(card, detail, look)
    card.add(_open_button(detail, number, look, actions))
    doings = [*_quote_doings(detail, look, actions)]
    if detail.anchor is not None:
        card.setProperty(QUOTE, (detail.source.id, detail.quote.id))
    if doings:
        card.add(_quote_menu(doings, number, look))
    return card


def _quote_doings(detail: QuoteDetail, look: Look, actions: Actions) -> Iterator[Doing]:
    """What can be done with a quote: one that stands in a source can be cited."""
    source, quote, evidence = detail.source.id, detail.quote.id, detail.evidence.id
    if detail.anchor is not None:
        yield look.t("citation.copy"), "", partial(actions.cite, source, quote)
    if actions.quote is not None:
        for what in QUOTE_DOINGS:
            yield look.t(f"quoting.do.{what}"), "", partial(actions.quote, what, quote, evidence)


def _quote_menu(doings: Sequence[Doing], number: int, look: Look) -> MenuButton:
    """In a menu, so that Tab goes from quote to quote."""
    told = look.t("quoting.do.told", number=number)
    return MenuButton(look.t("quoting.do.any"), told, doings, look)


def _state_token(state: str) -> str:
    return "muted" if state == "intact" else "dispute"


def _add_remarks(card: Card, detail: QuoteDetail, look: Look) -> None:
    """Figures that the quote states, what is odd about it, and the editors' notes."""
    add_figures(card, detail.figures)
    for oddity in detail.oddities:
        text = look.t(
            "inspector.oddity", exact=telling.quoted(oddity.exact), note=look.text(oddity.note)
        )
        card.say(text, "small", "warning-text")
    card.comment(look.text(detail.evidence.note))
    card.comment(look.text(detail.quote.note))


def _open_button(detail: QuoteDetail, number: int, look: Look, actions: Actions) -> TextButton:
    source, quote = detail.source.id, detail.quote.id
    button = TextButton(look.t("inspector.open"), look, "strong")
    button.setAccessibleName(
        look.t(
            "inspector.open-told",
            number=number,
            exact=telling.quoted(detail.quote.exact),
            source=look.text(detail.source.title),
        )
    )
    button.clicked.connect(lambda: actions.open_quote(source, quote))
    if detail.anchor is None:
        button.setEnabled(False)
    return button


def dispute_card(
    dispute: Dispute,
    quotes: Sequence[QuoteDetail],
    citations: Sequence[Citation],
    look: Look,
    actions: Actions,
) -> Card:
    """The values that compete on one point, the accepted one first said to be so."""
    card = Card(look, stripe="broken", colour="dispute")
    aspect = term("aspect", dispute.aspect, look.language)
    point = look.text(dispute.point) or aspect
    card.say(f"{DISPUTED_SIGN} {point}", "strong", "dispute")
    for claim in dispute.claims:
        card.add(_claim(claim, quotes, citations, look, actions))
    return card


def claim_card(
    claim: Claim,
    quotes: Sequence[QuoteDetail],
    citations: Sequence[Citation],
    look: Look,
    actions: Actions,
) -> Card:
    """A value on a point, which nothing contradicts."""
    card = Card(look)
    card.say(look.text(claim.point) or term("aspect", claim.aspect, look.language), "strong")
    card.add(_claim(claim, quotes, citations, look, actions, competes=False))
    return card


def _claim(
    claim: Claim,
    quotes: Sequence[QuoteDetail],
    citations: Sequence[Citation],
    look: Look,
    actions: Actions,
    *,
    competes: bool = True,
) -> Column:
    row = Column(look, 0.1, (0, 2, 0, 2))
    words = value = telling.claimed(claim, look)
    if claim.accepted:
        words = look.t("inspector.claim.accepted", value=value)
    elif competes:
        words = look.t("inspector.claim.other", value=value)
    sign = "●" if claim.accepted else "○"
    row.say(f"{sign} {words}", "strong" if claim.accepted else "body")
    row.comment(look.text(claim.note))
    quote = next((each for each in quotes if each.quote.id == claim.quote_id), None)
    if quote is not None:
        row.add(_claimant(quote, look, actions))
    cited = next((each for each in citations if each.id == claim.citation_id), None)
    if cited is not None:
        says = " · ".join(part for part in (cited.title, cited.body) if part)
        row.say(look.t("inspector.claim.says", who=says), "small", "muted")
    return row


def _claimant(detail: QuoteDetail, look: Look, actions: Actions) -> TextButton:
    """Who says so in a quote, and the way to it."""
    who = look.t("inspector.claim.says", who=telling.speaker(detail.quote, look))
    button = TextButton(f"{who} ›", look, "small")
    source, quote = detail.source.id, detail.quote.id
    button.clicked.connect(lambda: actions.open_quote(source, quote))
    return button


def forecast_card(forecast: Forecast, shown: Ref, look: Look, actions: Actions) -> Card:
    """What was foretold, where, and what came of it; `shown` is what the page is about."""
    card = Card(look, stripe="dotted", colour="forecast")
    quote = forecast.quote
    card.say(telling.quoted(quote.quote.exact), "body")
    card.say(telling.speaker(quote.quote, look), "small", "muted")
    add_other_words(card, quote.translations)
    if forecast.made_at is not None:
        card.add(_end("made", forecast.made_at, forecast.made_at_title, None, shown, look, actions))
    outcome = (forecast.outcome, forecast.outcome_title, forecast.outcome_edtf)
    card.add(_end("outcome", *outcome, shown, look, actions))
    card.comment(look.text(quote.evidence.note))
    button = TextButton(look.t("inspector.open"), look, "small")
    button.setAccessibleName(
        look.t(
            "inspector.open-forecast",
            exact=telling.quoted(quote.quote.exact),
            source=look.text(quote.source.title),
        )
    )
    button.clicked.connect(lambda: actions.open_quote(quote.source.id, quote.quote.id))
    card.add(button)
    return card


def _end(
    key: str,
    ident: int,
    title: Bilingual,
    edtf: str | None,
    shown: Ref,
    look: Look,
    actions: Actions,
) -> Column:
    """One end of a forecast: a way to its event, or a word that this is it."""
    row = Column(look, 0.0)
    row.say(look.t(f"inspector.forecast.{key}"), "section", "forecast")
    words = telling.dated(look.text(title), edtf, look)
    if shown == ("event", ident):
        row.say(look.t("inspector.forecast.this", title=words))
    else:
        told = look.t(f"inspector.forecast.{key}")
        lead = FORECAST_SIGN if key == "outcome" else "←"
        row.add(link_to(("event", ident), words, look, actions, lead=lead, told=told))
    return row


def citation_card(citation: Citation, look: Look) -> Card:
    """A document that the event rests on, and how far it was seen."""
    card = Card(look)
    card.say(citation.title, "strong")
    card.say(telling.citation(citation, look), "small", "muted")
    card.say(telling.seen(citation, look), "small")
    return card


def page_row(page: Confirmation, look: Look, actions: Actions) -> Column:
    """A page on which facts were seen; only an address of the web can be followed."""
    row = Column(look, 0.0)
    if not telling.is_web_address(page.url):
        row.say(page.title)
        row.say(page.url, "small", "muted")
        return row
    host = telling.host(page.url)
    button = TextButton(page.title, look, lead="↗", aside=host)
    button.setAccessibleName(look.t("inspector.page-told", title=page.title, host=host))
    button.setAccessibleDescription(look.t("inspector.page-address", url=page.url))
    button.clicked.connect(lambda: actions.open_link(page.url))
    row.add(button)
    return row


def note_card(note: Note, look: Look, actions: Actions) -> Card:
    """The user's own words, and who wrote them when."""
    card = Card(look, colour="warning-text", ground="warning-ground")
    words = MarkdownView(look, "warning-text")
    words.show_text(note.text)
    words.link_asked.connect(actions.open_link)
    written = note.time.replace("T", " ")[:_TIME]
    told = " · ".join(part for part in (note.author, written) if part)
    words.setAccessibleName(look.t("notes.written", by=told))
    card.add(words)
    card.say(told, "small", "warning-text")
    if actions.notes is not None:
        card.buttons(*_note_buttons(note, told, look, actions.notes))
    return card


def _note_buttons(note: Note, told: str, look: Look, acts: NoteActions) -> Iterator[Doing]:
    shown = note.callout_x is not None
    switch = "notes.hide" if shown else "notes.show"
    for key, does in (
        ("notes.edit", lambda: acts.edit(note.id)),
        (switch, lambda: acts.show(note.id, not shown)),
        ("notes.delete", lambda: acts.delete(note.id)),
    ):
        yield look.t(key), f"{look.t(key)}: {told}", does
