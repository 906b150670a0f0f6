"""The signs of what must not be taken at face value, and which of them a picture bears."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.flaws import FLAWS
from viewer.words import t

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.flaws import Flaw
    from db.records import Language, Ref, Stage
    from db.timeline import Timeline
    from viewer.layout.view import View

FLAW_SIGNS: dict[Flaw, str] = {"broken": "“×", "disputed": "≠"}


def flaw_signs(timeline: Timeline, ref: Ref) -> str:
    """The signs of an event or stage behind each other, empty where it has none."""
    return " ".join(FLAW_SIGNS[flaw] for flaw in timeline.flaws.of(ref))


def explained(flaws: Iterable[Flaw], language: Language) -> str:
    """Signs and what they mean, empty where there are none."""
    return " · ".join(f"{FLAW_SIGNS[flaw]} {t(f'proof.flaw.{flaw}', language)}" for flaw in flaws)


def with_signs(title: str, timeline: Timeline, ref: Ref) -> str:
    """A title with its signs behind it."""
    return " ".join(part for part in (title, flaw_signs(timeline, ref)) if part)


def with_words(title: str, timeline: Timeline, ref: Ref, language: Language) -> str:
    """A title with its signs and what they mean, for tool tips and screen readers."""
    told = explained(timeline.flaws.of(ref), language)
    return f"{title} · {told}" if told else title


def shown_flaws(timeline: Timeline, view: View) -> tuple[Flaw, ...]:
    """The flaws of the events in the picture's range that the filter leaves, and of its stages."""
    columns = timeline.columns
    flawed = columns.broken | columns.disputed
    if flawed.any():
        flawed &= view.filter.mask(timeline)
        flawed &= (columns.last >= view.start) & (columns.first <= view.end)
    found: set[Flaw] = set()
    if columns.broken[flawed].any():
        found.add("broken")
    if columns.disputed[flawed].any():
        found.add("disputed")
    for stage in timeline.stages:
        found |= set(timeline.flaws.of(("stage", stage.id))) if _is_shown(stage, view) else set()
    return tuple(flaw for flaw in FLAWS if flaw in found)


def _is_shown(stage: Stage, view: View) -> bool:
    return stage.signed <= view.end


def legend(timeline: Timeline, view: View) -> str:
    """What the signs on the picture mean, and the strokes across marks without a label; empty
    where there is none."""
    return " · ".join(
        t(f"proof.legend.{flaw}", view.language, sign=FLAW_SIGNS[flaw])
        for flaw in shown_flaws(timeline, view)
    )
