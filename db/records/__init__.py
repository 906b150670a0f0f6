"""The records: what a row becomes once it has left the file.

Frozen and slotted, without SQL and without Qt. A `Ref` names any of them: its table and id.
Dates are kept as EDTF text with their derived first and last day (days since 1970-01-01,
proleptic Gregorian; see `db.dates`).

What a picture needs is there at once. The records that only a reader of one event, stage or
source needs are made when the first of them is asked for: making classes takes time, and the
window's first picture should not wait for them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from db.records.picture import (
    ASPECTS,
    CONFIDENCES,
    FORMS,
    LANGUAGES,
    LINK_TYPES,
    MODES,
    ROLES,
    RULES,
    SEEN,
    STANCES,
    STATES,
    STATUSES,
    Bilingual,
    Callout,
    Kind,
    KindGroup,
    Lane,
    Language,
    Ref,
    Rule,
    SavedView,
    Scheme,
    Stage,
    Tag,
)

if TYPE_CHECKING:
    from db.records.particulars import (
        Anchor,
        Citation,
        Claim,
        Confirmation,
        Event,
        EventDate,
        Evidence,
        Figure,
        Link,
        Note,
        Oddity,
        Quote,
        QuoteTranslation,
        Source,
        SourcePlace,
        Speaker,
        StageAlternative,
    )

__all__ = [
    "ASPECTS",
    "CONFIDENCES",
    "FORMS",
    "LANGUAGES",
    "LINK_TYPES",
    "MODES",
    "ROLES",
    "RULES",
    "SEEN",
    "STANCES",
    "STATES",
    "STATUSES",
    "Anchor",
    "Bilingual",
    "Callout",
    "Citation",
    "Claim",
    "Confirmation",
    "Event",
    "EventDate",
    "Evidence",
    "Figure",
    "Kind",
    "KindGroup",
    "Lane",
    "Language",
    "Link",
    "Note",
    "Oddity",
    "Quote",
    "QuoteTranslation",
    "Ref",
    "Rule",
    "SavedView",
    "Scheme",
    "Source",
    "SourcePlace",
    "Speaker",
    "Stage",
    "StageAlternative",
    "Tag",
]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("db.records.particulars"), name)
