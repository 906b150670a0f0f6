"""Figures about the same thing, together: who said which, when, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viewer.layout.events import DISPUTED_SIGN
from viewer.widgets.parts import telling
from viewer.widgets.parts.boxes import Column, Section
from viewer.widgets.parts.text_buttons import TextButton
from viewer.words.dates import edtf_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from db.details import QuoteDetail, StatedFigure
    from db.records import Bilingual
    from viewer.widgets.panels.cards import Actions
    from viewer.widgets.parts.look import Look


def things_counted(quotes: Iterable[QuoteDetail]) -> list[Bilingual]:
    """What the figures of these quotes count, each once."""
    units = (figure.unit for quote in quotes for figure in quote.figures if figure.unit)
    return list(dict.fromkeys(units))


def together(figures: Iterable[StatedFigure]) -> list[list[StatedFigure]]:
    """Figures by what they count, in the order in which they come; one name that they share, in
    either language, makes them figures of one thing."""
    groups: list[tuple[set[str], list[StatedFigure]]] = []
    for each in figures:
        names = {
            f"{place} {name.casefold()}" for place, name in enumerate(each.figure.unit) if name
        }
        found = next((group for group in groups if group[0] & names), None)
        if found is None:
            groups.append((names, [each]))
        else:
            found[0].update(names)
            found[1].append(each)
    return [group for _, group in groups]


def figures_section(figures: Sequence[StatedFigure], look: Look, actions: Actions) -> Section:
    """A row for each figure, below what it counts."""
    section = Section(look, look.t("quoting.told.figures"))
    for group in together(figures):
        rows = Column(look, 0.1)
        differ = len({each.figure.value for each in group}) > 1
        heading = look.text(group[0].figure.unit)
        if differ:
            rows.say(f"{DISPUTED_SIGN} {heading}", "strong", "dispute")
            rows.say(look.t("quoting.told.differ"), "small", "dispute")
        else:
            rows.say(heading, "strong")
        for each in group:
            rows.add(_row(each, look, actions))
        section.add(rows)
    return section


def _row(stated: StatedFigure, look: Look, actions: Actions) -> TextButton:
    """The value; below it who says so, as of when, and in which document."""
    value = telling.number(stated.figure.value, look)
    as_of = stated.figure.edtf or stated.source.edtf
    when = ""
    if as_of:
        when = look.t("inspector.figure-as-of", date=edtf_words(as_of, look.language))
    who = telling.speaker(stated.quote, look)
    source = look.text(stated.source.title)
    aside = " · ".join(part for part in (who, when, source) if part)
    exact = telling.quoted(stated.figure.exact)
    button = TextButton(f"{value}  {exact}", look, "strong", aside=aside)
    ids = stated.source.id, stated.quote.id
    button.clicked.connect(lambda: actions.open_quote(*ids))
    return button
