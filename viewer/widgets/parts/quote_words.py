"""What goes with a quote, in a column of the inspector or the reader: each in a dress of its own.

The quote stands between quotation marks and nothing else does. A translation is set off and says
that it is one, and whose; a paraphrase bears a sign of its own; comments are small and say so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.paraphrases import paraphrased
from viewer.widgets.parts import telling

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.records import Figure, QuoteTranslation
    from viewer.widgets.parts.boxes import Column
    from viewer.widgets.parts.look import Look

PARAPHRASE_SIGN = "≈"


def add_other_words(column: Column, every: Iterable[QuoteTranslation]) -> None:
    """The translations of a quote, then its paraphrases; those in the window's language first."""
    look = column.look
    ordered = sorted(
        every, key=lambda each: (bool(paraphrased(each.language)), _language(each) != look.language)
    )
    for each in ordered:
        if paraphrased(each.language):
            _add_paraphrase(column, each)
        else:
            _add_translation(column, each)


def _language(found: QuoteTranslation) -> str:
    return paraphrased(found.language) or found.language


def _add_translation(column: Column, translation: QuoteTranslation) -> None:
    look = column.look
    language = telling.language_name(translation.language, look)
    told = _made_by(look.t("inspector.translation", language=language), translation, look)
    column.say(told, "small", "muted", inset=True)
    column.say(translation.text, inset=True)
    if translation.stale:
        column.say(look.t("inspector.stale"), "small", "dispute", inset=True)


def _add_paraphrase(column: Column, paraphrase: QuoteTranslation) -> None:
    look = column.look
    language = telling.language_name(paraphrased(paraphrase.language), look)
    told = _made_by(look.t("quoting.told.paraphrase", language=language), paraphrase, look)
    column.say(f"{PARAPHRASE_SIGN} {told}", "small", "forecast")
    column.say(paraphrase.text, "body", "muted")
    if paraphrase.stale:
        column.say(look.t("quoting.told.stale-paraphrase"), "small", "dispute")


def _made_by(told: str, found: QuoteTranslation, look: Look) -> str:
    by = look.text(found.by)
    return f"{told} · {by}" if by else told


def add_figures(column: Column, figures: Iterable[Figure]) -> None:
    """The figures that the quote states."""
    look = column.look
    for figure in figures:
        column.say(look.t("inspector.figure-told", figure=telling.figure(figure, look)), "small")
