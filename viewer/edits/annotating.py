"""Quotes that come from another file or program, held against the file that they are to go into.

All or nothing: with one refused there is nothing to write. What the file has already stays as it
is, whatever the other document says of it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from db.changes import Insert, new_id
from db.errors import AllianceError
from db.portable import Misread, PortableSource
from db.quotes import FULL, select
from viewer.edits.anchors import phrase_near, position_of
from viewer.edits.edit import Edit, columns_of
from viewer.edits.finding import Searched, Stretch, Unclear
from viewer.edits.quote_drafts import voice_of
from viewer.edits.voices import Voices

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from db.changes import Change, Value
    from db.portable import KnownQuotes, PortableAnchor, PortableQuote
    from db.records import Source

    Progress = Callable[[int, int], object]

Verdict = Literal["added", "same", "kept", "refused"]
VERDICTS: tuple[Verdict, ...] = ("added", "same", "kept", "refused")
"""`kept`: the file has the quote, and says otherwise of it than the document does."""


class Remark(NamedTuple):
    """Something that is left out or taken otherwise, by a code and its fields."""

    code: str
    fields: Mapping[str, object]


class PlannedQuote(NamedTuple):
    """What becomes of an annotation. `where` is its place in the document, `source_id` with
    `start` and `end` where its words stand (None where that is not known)."""

    where: str
    verdict: Verdict
    exact: str = ""
    source_id: int | None = None
    stretch: Stretch | None = None
    remarks: tuple[Remark, ...] = ()
    error: AllianceError | None = None
    quote_id: int | None = None


@dataclass(slots=True)
class Plan:
    """What each annotation comes to, and the changes; none with one refused."""

    items: list[PlannedQuote] = field(default_factory=list)
    changes: tuple[Change, ...] = ()

    def counts(self) -> dict[str, int]:
        found = Counter(each.verdict for each in self.items)
        return {verdict: found[verdict] for verdict in VERDICTS}

    @property
    def refused(self) -> bool:
        return any(each.verdict == "refused" for each in self.items)

    @property
    def written(self) -> int:
        """How many are added."""
        return 0 if self.refused else self.counts()["added"]


def plan(
    read: Iterable[PortableQuote | Misread],
    here: KnownQuotes,
    source_id: int | None = None,
    progress: Progress | None = None,
) -> Plan:
    """What would become of annotations; those that could not be read are given with their place
    and what is wrong. With `source_id` all are about that source, whatever they name."""
    planner = _Planner(here, source_id)
    wanted = list(read)
    for at, each in enumerate(wanted):
        if progress is not None:
            progress(at, len(wanted))
        if isinstance(each, Misread):
            planner.plan.items.append(PlannedQuote(each.where, "refused", error=each.error))
            continue
        try:
            planner.take(each)
        except AllianceError as error:
            exact = " ".join(each.exact.split())
            planner.plan.items.append(PlannedQuote(each.where, "refused", exact, error=error))
    made = planner.plan
    if not made.refused:
        made.changes = tuple(planner.changes)
    return made


def edit(planned: Plan, name: str) -> Edit:
    """The changes as one step; `name` is that of the document."""
    return Edit("import-quotes", name, planned.changes)


class _Planner:
    def __init__(self, here: KnownQuotes, source_id: int | None) -> None:
        self.plan = Plan()
        self.changes: list[Change] = []
        self._here, self._source_id = here, source_id
        self._voices = Voices(here.speakers)
        self._texts: dict[int, Searched] = {}
        self._slugs = {each.slug for each in here.quotes}
        self._by_id = {each.id: each for each in here.quotes}
        self._by_place: dict[tuple[int | None, int | None, int | None], list[PortableQuote]] = {}
        for each in here.quotes:
            own = each.anchors[0]
            self._by_place.setdefault((own.source.id, own.start, own.end), []).append(each)

    def take(self, quote: PortableQuote) -> None:
        """Plans one annotation; raises why it cannot be taken."""
        known = self._by_id.get(quote.id) if quote.id is not None else None
        anchor = quote.anchors[0]
        if known is not None:
            same = known.exact == anchor.exact and _same(known, quote)
            verdict: Verdict = "same" if same else "kept"
            self._put(quote, verdict, known.anchors[0].source.id, _stretch_of(known), known.id)
            return
        source, stretch, remarks = self._place(anchor)
        known = self._there(quote, source.id, stretch)
        if known is not None:
            verdict = "kept" if _says_more(quote) and not _same(known, quote) else "same"
            self._put(quote, verdict, source.id, stretch, known.id)
            return
        self._add(quote, source, stretch, remarks)

    def _put(
        self,
        quote: PortableQuote,
        verdict: Verdict,
        source_id: int | None,
        stretch: Stretch | None,
        quote_id: int | None,
        remarks: Iterable[Remark] = (),
    ) -> None:
        exact = quote.exact
        if (verdict == "added" or not exact) and source_id is not None and stretch is not None:
            exact = self._here.sources[source_id].text[stretch.start : stretch.end]
        shown = " ".join(exact.split())
        self.plan.items.append(
            PlannedQuote(
                quote.where, verdict, shown, source_id, stretch, tuple(remarks), None, quote_id
            )
        )

    def _there(
        self, quote: PortableQuote, source_id: int, stretch: Stretch
    ) -> PortableQuote | None:
        """The quote that the file has at a place, of the same speaker where one is named."""
        for each in self._by_place.get((source_id, *stretch), ()):
            if quote.speaker is None or each.speaker is None:
                return each
            if _shares(each.speaker.name, quote.speaker.name):
                return each
        return None

    # Where the words stand

    def _place(self, anchor: PortableAnchor) -> tuple[Source, Stretch, list[Remark]]:
        """The source and the stretch that an anchor means.

        Raises `annotation.words` (title) where the words do not stand in the source that is named,
        `annotation.source` where they stand in none, `annotation.sources` (titles) in several,
        `annotation.unclear` (count, title) at several places of one.
        """
        named = self._named(anchor.source)
        if named is not None:
            return named, self._stretch(named, anchor), []
        if not anchor.exact:
            raise AllianceError("annotation.source", name=_name(anchor.source))
        found = {
            ident: stretch
            for ident in self._here.sources
            if (stretch := self._text(ident).find(anchor)) is not None
        }
        if not found:
            raise AllianceError("annotation.source", name=_name(anchor.source))
        titled = [
            each for each in found if _shares(self._here.sources[each].title, anchor.source.title)
        ]
        if len(titled) == 1:
            found = {titled[0]: found[titled[0]]}
        if len(found) > 1:
            titles = ", ".join(_title(self._here.sources[each]) for each in found)
            raise AllianceError("annotation.sources", count=len(found), titles=titles)
        ((ident, _),) = found.items()
        source = self._here.sources[ident]
        remarks = [Remark("by-text", {"title": source.title})] if _name(anchor.source) else []
        return source, self._stretch(source, anchor), remarks

    def _named(self, wanted: PortableSource) -> Source | None:
        """The source that an annotation names: by its number, its text, or its address."""
        sources = self._here.sources
        if self._source_id is not None:
            return sources[self._source_id]
        if wanted.id in sources:
            assert wanted.id is not None
            return sources[wanted.id]
        if wanted.text_sha256:
            same = [each for each in sources.values() if each.text_sha256 == wanted.text_sha256]
            if same:
                return same[0]
        if wanted.url:
            url = wanted.url.partition("#")[0].rstrip("/")
            same = [each for each in sources.values() if (each.url or "").rstrip("/") == url]
            if len(same) == 1:
                return same[0]
        return None

    def _stretch(self, source: Source, anchor: PortableAnchor) -> Stretch:
        text = self._text(source.id)
        if not anchor.exact:
            stretch = text.at_position(anchor)
            if stretch is None:
                raise AllianceError(
                    "quote.place", start=anchor.start, end=anchor.end, length=len(source.text)
                )
            if not source.text[stretch.start : stretch.end].strip():
                raise AllianceError("quote.empty")
            return stretch
        found = text.find(anchor)
        if isinstance(found, Stretch):
            return found
        if isinstance(found, Unclear):
            raise AllianceError("annotation.unclear", count=found.places, title=source.title)
        raise AllianceError("annotation.words", title=source.title)

    def _text(self, source_id: int) -> Searched:
        if source_id not in self._texts:
            self._texts[source_id] = Searched(self._here.sources[source_id].text)
        return self._texts[source_id]

    # What is written

    def _add(
        self, quote: PortableQuote, source: Source, stretch: Stretch, remarks: list[Remark]
    ) -> None:
        quote_id = new_id() if quote.id is None else quote.id
        owner: dict[str, Value] = {"quote_id": quote_id}
        selector = select(source.text, *stretch)
        attribution = quote.attribution
        if attribution and attribution not in source.text:
            remarks.append(Remark("attribution", {"phrase": attribution}))
            attribution = ""
        speaker_id, made = (
            self._voices.of(quote.speaker)
            if quote.speaker is not None
            else self._voices.of_draft(voice_of(source, self._here.speakers))
        )
        slug = quote.slug if quote.slug not in self._slugs else ""
        self._slugs.add(slug)
        values: dict[str, Value] = {
            "slug": slug or None,
            "source_id": source.id,
            "exact": selector.exact,
            "form": quote.form or "reporter",
            "language": quote.language or source.language,
            "speaker_id": speaker_id,
            "attribution": attribution or None,
            **columns_of("note", quote.note),
        }
        anchor: dict[str, Value] = {
            "source_id": source.id,
            **position_of(selector),
            "attribution_start": phrase_near(
                source.text, attribution, _phrase_at(quote.anchors[0], stretch)
            ),
            "state": "intact",
            "score": FULL,
            "accepted": 1,
        }
        self.changes += [*made, Insert("quote", quote_id, values)]
        self.changes.append(Insert("anchor", new_id(), owner | anchor))
        self.changes += self._editions(quote, source, attribution, owner)
        self.changes += self._parts(quote, source, stretch, owner, remarks)
        added = _as_added(quote, quote_id, source, stretch, selector.exact)
        self._by_id[quote_id] = added
        self._by_place.setdefault((source.id, *stretch), []).append(added)
        self._put(quote, "added", source.id, stretch, quote_id, remarks)

    def _editions(
        self, quote: PortableQuote, source: Source, attribution: str, owner: Mapping[str, Value]
    ) -> Iterable[Change]:
        """Where it was accepted in other editions that the file has."""
        seen = {source.id}
        for each in quote.anchors[1:]:
            other = self._named(each.source) if self._source_id is None else None
            if other is None or other.id in seen:
                continue
            found = self._text(other.id).find(each) if each.exact else None
            if not isinstance(found, Stretch):
                continue
            seen.add(other.id)
            same = other.text[found.start : found.end] == quote.exact
            place: dict[str, Value] = {
                "source_id": other.id,
                **position_of(select(other.text, *found)),
                "attribution_start": phrase_near(other.text, attribution, _phrase_at(each, found)),
                "state": each.state if same and each.state != "broken" else "moved",
                "score": each.score,
                "accepted": 1,
            }
            yield Insert("anchor", new_id(), {**owner, **place})

    def _parts(
        self,
        quote: PortableQuote,
        source: Source,
        stretch: Stretch,
        owner: Mapping[str, Value],
        remarks: list[Remark],
    ) -> Iterable[Change]:
        """Translations, what it is evidence for, and the figures that it states."""
        for told in quote.translations:
            translation: dict[str, Value] = {
                "language": told.language,
                "text": told.text,
                "stale": int(told.stale),
                **columns_of("by", told.by),
            }
            yield Insert("quote_translation", new_id(), {**owner, **translation})
        for each in quote.evidence:
            if each.target is None or each.target not in self._here.targets:
                remarks.append(Remark("evidence", {"title": each.title or "–"}))
                continue
            table, target = each.target
            evidence: dict[str, Value] = {
                "event_id": target if table == "event" else None,
                "stage_id": target if table == "stage" else None,
                "stance": each.stance,
                "aspect": each.aspect,
                "mode": each.mode,
                **columns_of("note", each.note),
            }
            yield Insert("evidence", new_id(), {**owner, **evidence})
        for number in quote.figures:
            start = stretch.start + number.offset
            if start < 0 or not source.text.startswith(number.exact, start):
                remarks.append(Remark("figure", {"exact": number.exact}))
                continue
            figure: dict[str, Value] = {
                "source_id": source.id,
                "exact": number.exact,
                "start": start,
                "end": start + len(number.exact),
                "value": number.value,
                "edtf": number.edtf or None,
                **columns_of("unit", number.unit),
                **columns_of("note", number.note),
            }
            yield Insert("figure", new_id(), {**owner, **figure})


def _phrase_at(anchor: PortableAnchor, stretch: Stretch) -> int:
    """About where the phrase stands that gives the words to their speaker."""
    if anchor.phrase_start is None or anchor.start is None:
        return stretch.start
    return max(0, anchor.phrase_start + stretch.start - anchor.start)


def _stretch_of(quote: PortableQuote) -> Stretch | None:
    own = quote.anchors[0]
    return None if own.start is None or own.end is None else Stretch(own.start, own.end)


def _as_added(
    quote: PortableQuote, quote_id: int, source: Source, stretch: Stretch, exact: str
) -> PortableQuote:
    """A quote as the file will have it, to know it again further down in the document."""
    anchor = replace(
        quote.anchors[0],
        source=PortableSource(id=source.id), exact=exact, start=stretch.start, end=stretch.end,
    )  # fmt: skip
    return replace(quote, id=quote_id, anchors=(anchor,))


def _same(known: PortableQuote, quote: PortableQuote) -> bool:
    """Whether the file says of a quote what the document does."""
    return _said(known) == _said(quote)


def _said(quote: PortableQuote) -> tuple[object, ...]:
    speaker = quote.speaker
    return (
        quote.form,
        quote.language,
        (speaker.name, speaker.role, speaker.named) if speaker else None,
        quote.attribution,
        quote.note,
        {(each.language, each.text, each.by, each.stale) for each in quote.translations},
        Counter((each.target, each.stance, each.aspect, each.mode, each.note)
                for each in quote.evidence),
        set(quote.figures),
    )  # fmt: skip


def _says_more(quote: PortableQuote) -> bool:
    """Whether a document says more of a quote than where it stands."""
    parts = (quote.note, quote.translations, quote.evidence, quote.figures, quote.attribution)
    return bool(quote.form or quote.language or quote.speaker) or any(map(bool, parts))


def _shares(one: tuple[str | None, ...], other: tuple[str | None, ...]) -> bool:
    """Whether two names are the same in one of the languages."""
    return any(name and name == also for name, also in zip(one, other, strict=True))


def _title(source: Source) -> str:
    return source.title.text("ko" if source.language == "ko" else "en")


def _name(source: PortableSource) -> str:
    """What an annotation calls a document; empty where it calls it nothing."""
    return source.title.text("ko") or source.url or (str(source.id) if source.id else "")
