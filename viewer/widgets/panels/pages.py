"""The pages of the inspector: an event, a stage, or nothing chosen yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from viewer.layout.signs import explained
from viewer.widgets.panels.cards import (
    Actions,
    citation_card,
    claim_card,
    dispute_card,
    forecast_card,
    link_to,
    note_card,
    page_row,
    quote_card,
)
from viewer.widgets.panels.figures_section import figures_section
from viewer.widgets.parts import telling
from viewer.widgets.parts.boxes import Card, Column, Section
from viewer.widgets.parts.flow import Flow
from viewer.widgets.parts.paragraphs import Words
from viewer.widgets.parts.text_buttons import Chip
from viewer.widgets.parts.wrapped import SIDE
from viewer.words import term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from db.details import EventDetail, Forecast, LinkDetail, QuoteDetail, StatedFigure
    from db.records import Bilingual, EventDate, Lane, Note, Ref, Stage
    from viewer.widgets.parts.boxes import Doing
    from viewer.widgets.parts.look import Look

_MARGINS = (12, 14, 10, 18)
_STARS = 5


class Page(Column):
    """All of one event or stage. `support` is the section that Enter goes to where there is no
    quote: the citations, or the sentence that there is no source."""

    def __init__(self, look: Look, actions: Actions, ref: Ref | None = None) -> None:
        super().__init__(look, 0.9, _MARGINS)
        self.acts = actions
        self.ref = ref
        self.support: Section | None = None

    def finish(self) -> None:
        """To be called when the page has everything."""
        self.rows.addStretch(1)

    def doings(self) -> None:
        """What can be done with what the page shows; nothing where nothing can be written."""
        if self.ref is None:
            return
        ref, look = self.ref, self.look
        every: list[Doing] = []
        edit = self.acts.edit(ref)
        if edit is not None:
            every.append((look.t("inspector.edit"), look.t("inspector.edit-told"), edit))
        notes = self.acts.notes
        if notes is not None:
            told = look.t("notes.add")
            every.append((f"✎ {told}", told, lambda: notes.add(ref)))
        if every:
            self.buttons(*every)

    def titles(self, title: Bilingual) -> None:
        """Both titles, that of the current language first."""
        head = Column(self.look, 0.1)
        head.say(self.look.text(title), "title")
        other = title.other(self.look.language)
        if other and other != self.look.text(title):
            head.say(other, "body", "muted")
        self.add(head)

    def confidence(self, confidence: str, note: Bilingual, facts: str = "", by: str = "") -> None:
        """What the facts rest on, by whom they were edited, and the remark on that."""
        row = Column(self.look, 0.1)
        told = term("confidence", confidence, self.look.language)
        row.say(" · ".join(part for part in (facts, told, by) if part), "small", "muted")
        row.comment(self.look.text(note))
        self.add(row)

    def quotes(self, quotes: tuple[QuoteDetail, ...]) -> None:
        if not quotes:
            return
        section = Section(
            self.look,
            telling.counted("inspector.quotes", len(quotes), self.look),
            telling.stance_counts(quotes, self.look),
        )
        for number, detail in enumerate(quotes, start=1):
            section.add(quote_card(detail, (number, len(quotes)), self.look, self.acts))
        self.add(section)

    def forecasts(self, forecasts: tuple[Forecast, ...], shown: Ref) -> None:
        if forecasts:
            section = Section(self.look, self.look.t("inspector.forecasts"))
            for forecast in forecasts:
                section.add(forecast_card(forecast, shown, self.look, self.acts))
            self.add(section)

    def figures(self, figures: Sequence[StatedFigure]) -> None:
        """The figures about what its quotes count, whoever states them."""
        if figures:
            self.add(figures_section(figures, self.look, self.acts))

    def notes(self, notes: tuple[Note, ...]) -> None:
        if notes:
            heading = telling.counted("inspector.notes", len(notes), self.look)
            section = Section(self.look, heading)
            for note in notes:
                section.add(note_card(note, self.look, self.acts))
            self.add(section)

    def flaws(self) -> Iterator[Chip]:
        """What is doubtful about what the page shows: the signs of the picture, and their words."""
        theme = self.look.theme
        for flaw in self.acts.flaws(self.ref) if self.ref is not None else ():
            told = explained([flaw], self.look.language)
            yield Chip(told, self.look, ground=theme["rule"], ink=theme["dispute"])

    def chips(self, lanes: Iterable[Lane], others: Iterable[Chip], importance: int = 0) -> None:
        """Lanes in their colours and the other marks; the stars at the right."""
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(SIDE, 0, 0, 0)
        chips = QWidget()
        flow = Flow()
        for lane in lanes:
            tones = self.look.theme.palette(lane.colour)
            flow.add(Chip(self.look.text(lane.name), self.look, ground=tones.band, ink=tones.text))
        for chip in others:
            flow.add(chip)
        chips.setLayout(flow)
        across.addWidget(chips, 1)
        if importance:
            across.addWidget(self._stars(importance), 0, Qt.AlignmentFlag.AlignTop)
        self.add(row)

    def _stars(self, importance: int) -> Words:
        stars = Words(self.look, selectable=False)
        stars.add("★" * importance + "☆" * (_STARS - importance), "body", "text")
        stars.setFixedWidth(stars.one_line())
        stars.setAccessibleName(
            self.look.t("inspector.importance", importance=importance, of=_STARS)
        )
        return stars


def event_page(
    detail: EventDetail, look: Look, actions: Actions, figures: Sequence[StatedFigure] = ()
) -> Page:
    """Everything of an event, what it rests on last."""
    event, ref = detail.event, ("event", detail.event.id)
    page = Page(look, actions, ref)
    page.doings()
    page.chips(detail.lanes, [*page.flaws(), *_marks(detail, look)], event.importance)
    page.titles(event.title)
    _add_main_date(page, detail)
    status = term("status", event.status, look.language)
    facts = f"{look.text(detail.kind.name)} · {look.t('inspector.status', status=status)}"
    by = telling.edited_by(detail.last_edit, look) if detail.last_edit else ""
    page.confidence(event.confidence, event.confidence_note, facts, by)
    page.say(look.text(event.summary))
    _add_other_dates(page, detail.dates[1:])
    _add_disputes(page, detail)
    page.forecasts(detail.forecasts, ref)
    page.quotes(detail.quotes)
    page.figures(figures)
    page.notes(detail.notes)
    _add_links(page, detail)
    _add_stages(page, detail.stages, event.id)
    _add_support(page, detail)
    page.finish()
    return page


def _marks(detail: EventDetail, look: Look) -> list[Chip]:
    """The handling mark, the status where it did not happen, and the tags."""
    theme, event = look.theme, detail.event
    chips = []
    if event.marking:
        chips.append(Chip(event.marking, look, ground=theme["dispute"], ink=theme["on-accent"]))
    if event.status != "occurred":
        status = term("status", event.status, look.language)
        ground, ink = theme["warning-ground"], theme["warning-text"]
        chips.append(Chip(status, look, ground=ground, ink=ink))
    chips += [
        Chip(f"#{look.text(tag.name)}", look, ground=theme["rule"], ink=theme["text"])
        for tag in detail.tags
    ]
    return chips


def _add_main_date(page: Page, detail: EventDetail) -> None:
    look = page.look
    where = look.text(detail.event.place)
    row = Column(look, 0.1)
    if not detail.dates:
        row.say(look.t("inspector.undated"), "strong")
    else:
        main = detail.dates[0]
        row.say(telling.date_in_words(main.edtf, look), "strong")
        role = term("role", main.role, look.language)
        where = " · ".join(part for part in (role, main.edtf, where) if part)
    row.say(where, "small", "muted")
    if detail.dates:
        row.comment(look.text(detail.dates[0].remark))
    page.add(row)


def _add_other_dates(page: Page, others: tuple[EventDate, ...]) -> None:
    if not others:
        return
    section = Section(page.look, page.look.t("inspector.other-dates"))
    for date in others:
        row = Column(page.look, 0.0)
        role = term("role", date.role, page.look.language)
        row.say(f"{role} · {telling.date_with_edtf(date.edtf, page.look)}")
        row.comment(page.look.text(date.remark))
        section.add(row)
    page.add(section)


def _add_disputes(page: Page, detail: EventDetail) -> None:
    if detail.disputes:
        heading = telling.counted("inspector.disputes", len(detail.disputes), page.look)
        section = Section(page.look, heading)
        for dispute in detail.disputes:
            section.add(
                dispute_card(dispute, detail.quotes, detail.citations, page.look, page.acts)
            )
        page.add(section)
    if detail.claims:
        heading = telling.counted("inspector.claims", len(detail.claims), page.look)
        section = Section(page.look, heading)
        for claim in detail.claims:
            section.add(claim_card(claim, detail.quotes, detail.citations, page.look, page.acts))
        page.add(section)


def _add_links(page: Page, detail: EventDetail) -> None:
    """The events it is linked with, by what they are to it."""
    if not detail.links:
        return
    section = Section(page.look, page.look.t("inspector.links"))
    by_heading: dict[str, list[LinkDetail]] = {}
    for link in sorted(detail.links, key=_link_order):
        by_heading.setdefault(telling.link_heading(link, page.look), []).append(link)
    for heading, links in by_heading.items():
        group = Column(page.look, 0.1)
        group.say(heading, "small", "muted")
        for link in links:
            words = telling.dated(page.look.text(link.title), link.edtf, page.look)
            sign = telling.link_sign(link)
            ref = ("event", link.event_id)
            group.add(link_to(ref, words, page.look, page.acts, lead=sign, told=heading))
        section.add(group)
    page.add(section)


def _link_order(link: LinkDetail) -> tuple[bool, bool, str]:
    """What it comes from, what it leads to, what is merely related."""
    return link.type == "related", link.outgoing, link.type


def _add_stages(page: Page, stages: tuple[Stage, ...], event_id: int) -> None:
    if not stages:
        return
    section = Section(page.look, page.look.t("inspector.stages"))
    for stage in stages:
        starts = stage.start_event_id == event_id
        told = page.look.t("inspector.stage.starts" if starts else "inspector.stage.in-force")
        group = Column(page.look, 0.1)
        group.say(told, "small", "muted")
        title = page.look.text(stage.title)
        group.add(link_to(("stage", stage.id), title, page.look, page.acts, lead="▸", told=told))
        section.add(group)
    page.add(section)


def _add_support(page: Page, detail: EventDetail) -> None:
    """What the event rests on besides quotes, or the plain word that it rests on nothing."""
    look = page.look
    supported = any(each.evidence.stance == "supports" for each in detail.quotes)
    if detail.citations:
        heading = telling.counted("inspector.citations", len(detail.citations), look)
        section = Section(look, heading)
        for citation in detail.citations:
            section.add(citation_card(citation, look))
        titles = "; ".join(each.title for each in detail.citations)
        section.can_be_reached(look.t("inspector.citations-told", titles=titles))
        page.support = section
        page.add(section)
    elif not supported:
        add_unsourced(page, "inspector.unsourced-event")
    if detail.confirmations:
        heading = telling.counted("inspector.pages", len(detail.confirmations), look)
        section = Section(look, heading)
        for found in detail.confirmations:
            section.add(page_row(found, look, page.acts))
        page.add(section)


def add_unsourced(page: Page, key: str) -> None:
    """Says plainly that there is no source; `key` is the sentence's."""
    section = Section(page.look, page.look.t("inspector.unsourced"))
    card = Card(page.look, stripe="broken", colour="dispute")
    card.say(page.look.t(key))
    section.add(card)
    section.can_be_reached(page.look.t(key))
    page.support = section
    page.add(section)
