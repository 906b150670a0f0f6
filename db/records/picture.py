"""The records that every picture is made with; see `db.records`.

Named tuples, not dataclasses: making these classes is part of every start, and takes a fifth of
the time so.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Ref = tuple[str, int]
Language = Literal["en", "ko"]
LANGUAGES: tuple[Language, ...] = ("en", "ko")
Rule = Literal["signature", "entry-into-force"]
RULES: tuple[Rule, ...] = ("signature", "entry-into-force")

ROLES = ("occurred", "announced", "signed", "ratified", "in force", "ended")
STATUSES = ("occurred", "planned", "cancelled")
CONFIDENCES = ("seen", "partly", "unseen", "edited")
STANCES = ("supports", "disputes", "context")
ASPECTS = ("existence", "date", "figure", "name", "novelty")
MODES = ("report", "plan", "forecast")
FORMS = ("direct", "attributed", "reporter", "headline")
STATES = ("intact", "moved", "broken")
LINK_TYPES = ("leads to", "amends", "implements", "supersedes", "related")
SEEN = ("full", "excerpt", "not seen")


class Bilingual(NamedTuple):
    """One text in English and Korean; either may be missing (None or empty)."""

    en: str | None = None
    ko: str | None = None

    def has(self, language: Language) -> bool:
        return bool(self.en if language == "en" else self.ko)

    def text(self, language: Language) -> str:
        """The text in `language`, else in the other one, else empty."""
        first, other = (self.en, self.ko) if language == "en" else (self.ko, self.en)
        return first or other or ""

    def other(self, language: Language) -> str:
        """The text in the other language, empty where there is none."""
        return (self.ko if language == "en" else self.en) or ""

    def __bool__(self) -> bool:
        return bool(self.en or self.ko)


class Lane(NamedTuple):
    """A dimension of the alliance. `colour` names a palette of the theme files."""

    id: int
    key: str
    parent_id: int | None
    position: int
    colour: str
    name: Bilingual


class KindGroup(NamedTuple):
    id: int
    key: str
    position: int
    name: Bilingual


class Kind(NamedTuple):
    id: int
    key: str
    group_id: int
    position: int
    name: Bilingual


class Tag(NamedTuple):
    id: int
    key: str
    name: Bilingual


class Scheme(NamedTuple):
    """One way to divide the history, and whose it is."""

    id: int
    key: str
    position: int
    name: Bilingual
    whose: Bilingual
    rule: Rule
    note: Bilingual


class Stage(NamedTuple):
    """A period of one lane in one scheme; its dates are those of its events.

    `signed` and `in_force` are the first days of the start event and of the in-force event
    (None where there is none). The prelude is a stage without a lane; it ends on the day
    before the scheme's first stage begins.
    """

    id: int
    slug: str
    scheme_id: int
    lane_id: int | None
    position: int
    title: Bilingual
    summary: Bilingual
    reason: Bilingual
    no_force_reason: Bilingual
    confidence: str
    confidence_note: Bilingual
    start_event_id: int
    in_force_event_id: int | None
    signed: int
    in_force: int | None
    start_edtf: str
    in_force_edtf: str | None


class Callout(NamedTuple):
    """A note that is shown on the picture: `id` is the note's, `target` its event or stage.

    `x` and `y` are px at the usual type size from where the target begins and from the top of
    its lane's rows. `text` is Markdown, as much of it as a box could ever show.
    """

    id: int
    target: Ref
    x: int
    y: int
    text: str


class SavedView(NamedTuple):
    """A named briefing view. Empty tuples mean: all of them; None: not decided by the view."""

    id: int
    key: str
    position: int
    name: Bilingual
    caption: Bilingual
    from_edtf: str
    to_edtf: str
    lanes: tuple[str, ...]
    kinds: tuple[str, ...]
    tags: tuple[str, ...]
    statuses: tuple[str, ...]
    min_importance: int
    with_quotes: bool
    disputed: bool
    scheme: str | None
    rule: Rule | None
    language: Language | None
    theme: str | None
    callouts: bool
