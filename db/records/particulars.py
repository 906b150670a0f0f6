"""The records of one event, stage or source in full; see `db.records`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.records.picture import Bilingual, Ref


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
