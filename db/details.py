"""What is shown of one event, stage or source: records put together for a reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from db.changes import LoggedChangeSet
    from db.flaws import Flaw
    from db.quotes import Selector, State
    from db.records import (
        Anchor,
        Bilingual,
        Citation,
        Claim,
        Confirmation,
        Event,
        EventDate,
        Evidence,
        Figure,
        Kind,
        KindGroup,
        Lane,
        Note,
        Oddity,
        Quote,
        QuoteTranslation,
        Scheme,
        Source,
        SourcePlace,
        Speaker,
        Stage,
        StageAlternative,
        Tag,
    )


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """A source without its text: enough to say where a quote comes from."""

    id: int
    title: Bilingual
    publisher: Bilingual
    language: str
    edtf: str | None
    translation_from: str | None
    translation_by: Bilingual
    translation_note: Bilingual
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A line of the list of sources. `sha256` is that of the original bytes, `characters` the
    length of the text and `places` the number of its pages or paragraphs; `quotes` stand in it.
    `changed`: the text is not the one that was stored."""

    id: int
    slug: str | None
    title: Bilingual
    media_type: str
    language: str
    edtf: str | None
    characters: int
    places: int
    sha256: str
    supersedes_id: int | None
    translation_from: str | None
    quotes: int
    changed: bool = False


@dataclass(frozen=True, slots=True)
class QuoteDetail:
    """A quote as the evidence it is for one event or stage.

    `anchor` is where it stands in the newest edition (None where it was never sought), `place`
    the label of the page or paragraph there (`3–4` where it goes on over several), empty where
    there is none. `oddities` are those that touch the quote or the phrase that attributes it.
    """

    quote: Quote
    anchor: Anchor | None
    source: SourceSummary
    place: str
    evidence: Evidence
    translations: tuple[QuoteTranslation, ...]
    figures: tuple[Figure, ...]
    oddities: tuple[Oddity, ...]


class StatedFigure(NamedTuple):
    """A figure with the quote that states it and the source that this was taken from."""

    figure: Figure
    quote: Quote
    source: SourceSummary


@dataclass(frozen=True, slots=True)
class Dispute:
    """Claims that give one point different values."""

    aspect: str
    point: Bilingual
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class LinkDetail:
    """A link seen from one of its events; `outgoing` where that is the one it starts from.

    `event_id`, `title` and `edtf` (of the primary date) are those of the other event.
    """

    type: str
    outgoing: bool
    event_id: int
    title: Bilingual
    edtf: str | None


@dataclass(frozen=True, slots=True)
class Forecast:
    """A quote that foretold an event: where it was made, and what came of it."""

    quote: QuoteDetail
    made_at: int | None
    made_at_title: Bilingual
    outcome: int
    outcome_title: Bilingual
    outcome_edtf: str | None


@dataclass(frozen=True, slots=True)
class EventDetail:
    """All of one event. Dates: primary first; quotes: those that support it, that dispute it,
    and context, each by their place in the source; `claims`: those that no other one contradicts;
    `stages`: those that begin by it or that it brings into force. `last_edit` is the newest
    changeset that touched its facts, None where they are as they were shipped."""

    event: Event
    kind: Kind
    group: KindGroup
    lanes: tuple[Lane, ...]
    tags: tuple[Tag, ...]
    dates: tuple[EventDate, ...]
    disputes: tuple[Dispute, ...]
    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]
    confirmations: tuple[Confirmation, ...]
    quotes: tuple[QuoteDetail, ...]
    forecasts: tuple[Forecast, ...]
    notes: tuple[Note, ...]
    links: tuple[LinkDetail, ...]
    stages: tuple[Stage, ...]
    last_edit: LoggedChangeSet | None = None


@dataclass(frozen=True, slots=True)
class StageDetail:
    """All of one stage; `start_dates` and `in_force_dates` are those of its events, primary
    first, and each alternative comes with the title of its event."""

    stage: Stage
    scheme: Scheme
    lane: Lane | None
    start_event_title: Bilingual
    start_dates: tuple[EventDate, ...]
    in_force_event_title: Bilingual | None
    in_force_dates: tuple[EventDate, ...]
    alternatives: tuple[tuple[StageAlternative, Bilingual], ...]
    quotes: tuple[QuoteDetail, ...]
    notes: tuple[Note, ...]
    forecasts: tuple[Forecast, ...]


class SourceQuote(NamedTuple):
    """A quote where it stands in a source, what it is evidence for (with the titles), and how it
    is translated, put in other words and counted."""

    quote: Quote
    anchor: Anchor
    evidence: tuple[tuple[Evidence, Bilingual], ...]
    translations: tuple[QuoteTranslation, ...] = ()
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceDetail:
    """A source with its text, and its quotes in the order of the text. `changed`: the text is not
    the one that was stored."""

    source: Source
    places: tuple[SourcePlace, ...]
    quotes: tuple[SourceQuote, ...]
    oddities: tuple[Oddity, ...]
    changed: bool = False


class PlacedAnchor(NamedTuple):
    """An anchor in its state of now, and the label of the page or paragraph there (`3–4` where it
    goes on over several)."""

    anchor: Anchor
    place: str


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """A line of the list of quotes. `source_id` is the edition that the words were taken from;
    `anchors` are those in it and in others, the oldest edition first, proposals among them;
    `state` is that of the accepted one in the newest edition."""

    id: int
    slug: str | None
    exact: str
    form: str
    language: str
    speaker: Speaker
    source_id: int
    state: str
    note: Bilingual
    anchors: tuple[PlacedAnchor, ...]
    evidence: tuple[Evidence, ...]
    translations: tuple[QuoteTranslation, ...]
    figures: tuple[Figure, ...]


class Standing(NamedTuple):
    """Whether the words of a quote stand where one of its anchors says."""

    anchor_id: int
    quote_id: int
    source_id: int
    accepted: bool
    stored: State
    state: State


class Verification(NamedTuple):
    """Every anchor held against the text it points into, and the sources whose text is not the
    one that was stored (by its SHA-256)."""

    changed_sources: tuple[int, ...]
    standings: tuple[Standing, ...]

    @property
    def broken(self) -> tuple[int, ...]:
        """The quotes with an accepted anchor whose words stood there and no longer do."""
        return tuple(
            dict.fromkeys(
                each.quote_id
                for each in self.standings
                if each.accepted and each.state == "broken" and each.stored != "broken"
            )
        )


class Excerpt(NamedTuple):
    """A stretch of a source with what surrounds it. `edtf` is the date of the source, `place` the
    label of the page or paragraph that it begins in."""

    source_id: int
    title: Bilingual
    edtf: str | None
    place: str
    before: str
    words: str
    after: str


class Proposal(NamedTuple):
    """Where a quote may stand in another edition, for somebody to decide. `targets` is what the
    quote is evidence for; `old` is where it stands as far as that is accepted, None where that is
    nowhere, `new` where it is proposed (code points `start` to `end`), None where nothing like it
    was found."""

    anchor_id: int
    quote_id: int
    exact: str
    state: State
    score: int
    targets: int
    source_id: int
    source_title: Bilingual
    start: int
    end: int
    old: Excerpt | None
    new: Excerpt | None


class Misplaced(NamedTuple):
    """A quote whose words do not stand in its source, and what stands `there` in their place."""

    quote_id: int
    exact: str
    targets: int
    source_id: int
    source_title: Bilingual
    there: Excerpt | None


class SoughtQuote(NamedTuple):
    """A quote as it stood in an earlier edition: what it is sought by in a newer one.
    `phrase` is what gives it to the speaker, and where that stands."""

    quote_id: int
    selector: Selector
    phrase: str | None
    phrase_start: int | None


class SoughtEdition(NamedTuple):
    """The quotes that stand in an earlier edition of a source, and its text."""

    source_id: int
    text: str
    quotes: tuple[SoughtQuote, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """Events that wait for somebody, in order of time, those without a date last.

    `kind`: `unsourced` (neither quote nor citation), `one-source`, `broken` (a quote of theirs
    does not stand in its source), `disputed` (a quote disputes them), `untitled` (in one of the
    languages), `unseen` (the evidence of their facts was not seen, or partly), `stale` (a
    translation of a quote that has changed since), `undated`.
    """

    kind: str
    event_ids: tuple[int, ...]

    @property
    def count(self) -> int:
        return len(self.event_ids)


class FoundEvent(NamedTuple):
    """An event that a search by title found; `edtf` is its primary date."""

    id: int
    title: Bilingual
    edtf: str | None
    flaws: tuple[Flaw, ...] = ()


class Holdings(NamedTuple):
    """How many events each lane, kind and tag holds, by id; what is not named holds none. Those
    whose first lane it is, where they are drawn, are counted apart in `drawn`."""

    lanes: dict[int, int]
    drawn: dict[int, int]
    kinds: dict[int, int]
    tags: dict[int, int]


@dataclass(frozen=True, slots=True)
class EventRow:
    """A line of a list of events; `lanes`, `tags` and `kind` are keys, dates primary first."""

    id: int
    slug: str | None
    lanes: tuple[str, ...]
    dates: tuple[EventDate, ...]
    title: Bilingual
    importance: int
    kind: str
    status: str
    confidence: str
    disputed: bool
    broken: bool
    quotes: int
    citations: int
    tags: tuple[str, ...]
