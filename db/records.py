"""The records: what a row becomes once it has left the file.

Frozen and slotted, without SQL and without Qt. A `Ref` names any of them: its table and id.
Dates are kept as EDTF text with their derived first and last day (days since 1970-01-01,
proleptic Gregorian; see `db.dates`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

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


@dataclass(frozen=True, slots=True)
class Bilingual:
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


@dataclass(frozen=True, slots=True)
class Lane:
    """A dimension of the alliance. `colour` names a palette of the theme files."""

    id: int
    key: str
    parent_id: int | None
    position: int
    colour: str
    name: Bilingual


@dataclass(frozen=True, slots=True)
class KindGroup:
    id: int
    key: str
    position: int
    name: Bilingual


@dataclass(frozen=True, slots=True)
class Kind:
    id: int
    key: str
    group_id: int
    position: int
    name: Bilingual


@dataclass(frozen=True, slots=True)
class Tag:
    id: int
    key: str
    name: Bilingual


@dataclass(frozen=True, slots=True)
class Scheme:
    """One way to divide the history, and whose it is."""

    id: int
    key: str
    position: int
    name: Bilingual
    whose: Bilingual
    rule: Rule
    note: Bilingual


@dataclass(frozen=True, slots=True)
class Stage:
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


@dataclass(frozen=True, slots=True)
class StageAlternative:
    """Another start that was considered for a stage, and why."""

    id: int
    stage_id: int
    position: int
    event_id: int
    edtf: str
    reason: Bilingual


@dataclass(frozen=True, slots=True)
class Event:
    id: int
    slug: str | None
    kind_id: int
    importance: int
    status: str
    confidence: str
    confidence_note: Bilingual
    title: Bilingual
    label: Bilingual
    summary: Bilingual
    place: Bilingual
    marking: str | None
    lane_ids: tuple[int, ...]
    tag_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class EventDate:
    """One date of an event. `first` and `last` are days; None where the end is open or unknown."""

    id: int
    event_id: int
    role: str
    edtf: str
    first: int | None
    last: int | None
    primary: bool
    remark: Bilingual


@dataclass(frozen=True, slots=True)
class Claim:
    """One value of one aspect of an event; two that differ on one point make a dispute.

    `value` is EDTF text where the aspect is a date. `accepted` marks the value that the
    event itself stands on.
    """

    id: int
    event_id: int
    aspect: str
    position: int
    point: Bilingual
    value: Bilingual
    accepted: bool
    note: Bilingual
    quote_id: int | None
    citation_id: int | None


@dataclass(frozen=True, slots=True)
class Citation:
    """What an event rests on besides quotes, and how far it was seen (`SEEN`)."""

    id: int
    event_id: int
    position: int
    title: str
    body: str | None
    edtf: str | None
    locator: str | None
    seen: str


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A page on which an event's facts were seen."""

    id: int
    event_id: int
    position: int
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Source:
    """A stored document. `translation` says from what and by whom, where it is one itself."""

    id: int
    slug: str | None
    title: Bilingual
    publisher: Bilingual
    author: Bilingual
    edtf: str | None
    date_note: Bilingual
    language: str
    url: str | None
    rights: str | None
    marking: str | None
    media_type: str
    reader: str
    blob_sha256: str
    text: str
    text_sha256: str
    translation_from: str | None
    translation_by: Bilingual
    translation_note: Bilingual
    supersedes_id: int | None


@dataclass(frozen=True, slots=True)
class SourcePlace:
    """A page or paragraph of a source's text, in code points, end exclusive."""

    id: int
    source_id: int
    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Oddity:
    """A place in a source that a reader should not take at face value, and why."""

    id: int
    source_id: int
    kind: str
    start: int
    end: int
    exact: str
    note: Bilingual


@dataclass(frozen=True, slots=True)
class Speaker:
    id: int
    name: Bilingual
    role: Bilingual
    named: bool


@dataclass(frozen=True, slots=True)
class Quote:
    """Exact words of a source. `attribution` is the phrase that assigns them to the speaker."""

    id: int
    slug: str | None
    exact: str
    form: str
    language: str
    speaker: Speaker
    attribution: str | None
    note: Bilingual
    state: str


@dataclass(frozen=True, slots=True)
class QuoteTranslation:
    """A labelled translation of a quote: who made it, and whether the quote changed since."""

    id: int
    quote_id: int
    language: str
    text: str
    by: Bilingual
    stale: bool


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a quote stands in one edition: code points, end exclusive; `score` in per cent.

    `attribution_start` is where the phrase stands that assigns the words to the speaker.
    """

    id: int
    quote_id: int
    source_id: int
    start: int
    end: int
    before: str
    after: str
    state: str
    score: int
    accepted: bool
    attribution_start: int | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Joins a quote to an event or a stage (`target` is its Ref)."""

    id: int
    quote_id: int
    target: Ref
    stance: str
    aspect: str
    mode: str
    note: Bilingual


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that a quote states; `value` as printed decimals, a range as `low/high`."""

    id: int
    quote_id: int
    exact: str
    start: int
    end: int
    value: str
    unit: Bilingual
    edtf: str | None
    note: Bilingual


@dataclass(frozen=True, slots=True)
class Note:
    id: int
    target: Ref
    text: str
    author: str
    time: str
    callout_x: int | None
    callout_y: int | None


@dataclass(frozen=True, slots=True)
class Link:
    """One event leads to, amends, implements, supersedes or is related to another."""

    id: int
    from_event_id: int
    to_event_id: int
    type: str


@dataclass(frozen=True, slots=True)
class SavedView:
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
