"""The inspector's page of a stage, and the one that stands there while nothing is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.dates import parse
from viewer.widgets.panels.cards import link_to
from viewer.widgets.panels.pages import Page, add_unsourced
from viewer.widgets.parts import telling
from viewer.widgets.parts.boxes import Column, Section
from viewer.words.dates import day_words, edtf_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.details import StageDetail, StatedFigure
    from db.records import Rule, Scheme
    from viewer.widgets.panels.cards import Actions
    from viewer.widgets.parts.look import Look


def stage_page(
    detail: StageDetail,
    rule: Rule,
    look: Look,
    actions: Actions,
    figures: Sequence[StatedFigure] = (),
) -> Page:
    """Everything of a stage; `rule` is the start rule that the picture follows, `figures` are
    those about what its quotes count."""
    stage, ref = detail.stage, ("stage", detail.stage.id)
    page = Page(look, actions, ref)
    page.doings()
    page.chips([detail.lane] if detail.lane else [], page.flaws())
    page.titles(stage.title)
    _add_dates(page, detail, rule)
    page.confidence(stage.confidence, stage.confidence_note, look.t("inspector.stage"))
    page.say(look.text(stage.summary))
    _add_reason(page, detail)
    page.forecasts(detail.forecasts, ref)
    page.quotes(detail.quotes)
    page.figures(figures)
    if not any(each.evidence.stance == "supports" for each in detail.quotes):
        add_unsourced(page, "inspector.unsourced-stage")
    page.notes(detail.notes)
    _add_alternatives(page, detail)
    _add_scheme(page, detail.scheme)
    page.finish()
    return page


def _add_dates(page: Page, detail: StageDetail, rule: Rule) -> None:
    """What opens the stage, what brings it into force, and where the band begins for that."""
    look, stage = page.look, detail.stage
    row = Column(look, 0.1)
    row.say(_rule_dates(detail, look), "strong")
    begins = stage.in_force if rule == "entry-into-force" and stage.in_force else stage.signed
    words = look.t(f"inspector.rule.{rule}", date=day_words(begins, look.language))
    row.say(words, "small", "muted")
    if stage.in_force_event_id is None:
        row.comment(look.text(stage.no_force_reason))
    page.add(row)
    ends = Column(look, 0.1)
    start = look.t("inspector.stage.start-event")
    ends.say(start, "small", "muted")
    title = telling.dated(look.text(detail.start_event_title), stage.start_edtf, look)
    ref = ("event", stage.start_event_id)
    ends.add(link_to(ref, title, look, page.acts, lead="▸", told=start))
    if stage.in_force_event_id is not None and detail.in_force_event_title is not None:
        force = look.t("inspector.stage.force-event")
        ends.say(force, "small", "muted")
        title = telling.dated(look.text(detail.in_force_event_title), stage.in_force_edtf, look)
        ref = ("event", stage.in_force_event_id)
        ends.add(link_to(ref, title, look, page.acts, lead="▸", told=force))
    page.add(ends)


def _rule_dates(detail: StageDetail, look: Look) -> str:
    """`Signed 30 Jun 2007, in force 15 Mar 2012; hatched in between`, as far as it is so."""
    stage = detail.stage
    start = edtf_words(stage.start_edtf, look.language)
    if stage.in_force_edtf is None:
        return look.t("inspector.stage.since", start=start)
    force = edtf_words(stage.in_force_edtf, look.language)
    between = (parse(stage.in_force_edtf).first or 0) > (parse(stage.start_edtf).first or 0)
    key = "inspector.stage.hatched" if between else "inspector.stage.at-once"
    return look.t(key, start=start, force=force)


def _add_reason(page: Page, detail: StageDetail) -> None:
    reason = page.look.text(detail.stage.reason)
    if reason:
        section = Section(page.look, page.look.t("inspector.stage.reason"))
        section.say(reason)
        page.add(section)


def _add_alternatives(page: Page, detail: StageDetail) -> None:
    """Other starts that were considered, and why."""
    if not detail.alternatives:
        return
    look = page.look
    heading = telling.counted("inspector.alternatives", len(detail.alternatives), look)
    section = Section(look, heading)
    for alternative, title in detail.alternatives:
        words = telling.dated(look.text(title), alternative.edtf or None, look)
        reason = look.text(alternative.reason)
        ref = ("event", alternative.event_id)
        section.add(link_to(ref, words, look, page.acts, lead="▸", aside=reason))
    page.add(section)


def _add_scheme(page: Page, scheme: Scheme) -> None:
    """The scheme that the stage belongs to, and whose it is."""
    look = page.look
    section = Section(look, look.t("inspector.scheme"))
    section.say(look.text(scheme.name), "strong")
    whose = look.text(scheme.whose)
    if whose:
        section.say(look.t("inspector.scheme.whose", whose=whose), "small", "muted")
    section.comment(look.text(scheme.note))
    page.add(section)


def empty_page(scheme: Scheme | None, look: Look, actions: Actions) -> Page:
    """What the panel is for, while nothing is chosen."""
    page = Page(look, actions)
    page.say(look.t("inspector.empty"), "strong")
    page.say(look.t("inspector.empty.how"), "body", "muted")
    if scheme is not None:
        _add_scheme(page, scheme)
    page.finish()
    return page


def fault_page(sentence: str, look: Look, actions: Actions) -> Page:
    """Why what was chosen cannot be shown."""
    page = Page(look, actions)
    page.say(sentence, "body", "dispute")
    page.finish()
    return page
