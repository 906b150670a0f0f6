"""Quotes and sources as they travel between files: records that lean on no row of a file.

What is written for other programs is made of them (`viewer.exchange`), what other programs write
is read into them, and `viewer.edits` holds those against the file that they are to go into.
An `id` of None means that nobody said which row it was; `where` is the place in the document that
a record was read from, for whoever is told of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from db.records import Bilingual

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from db.changes import Rows, Value
    from db.errors import AllianceError
    from db.records import Ref, Source, Speaker

NONE = Bilingual(None, None)


@dataclass(frozen=True, slots=True)
class PortableSource:
    """What is said of a document. `blob_sha256` is that of its bytes, `text_sha256` of its text;
    `item` are the bytes that it was read from, where it came without the document."""

    id: int | None = None
    title: Bilingual = NONE
    language: str = ""
    publisher: Bilingual = NONE
    author: Bilingual = NONE
    edtf: str = ""
    date_note: Bilingual = NONE
    url: str = ""
    rights: str = ""
    marking: str = ""
    translation_from: str = ""
    translation_by: Bilingual = NONE
    translation_note: Bilingual = NONE
    media_type: str = ""
    blob_sha256: str = ""
    text_sha256: str = ""
    item: bytes = b""
    where: str = ""


@dataclass(frozen=True, slots=True)
class PortableAnchor:
    """Where a quote stands in a document: its words and what surrounds them, and the position in
    code points (None where only the words say it). `exact` is empty where only the position does.
    """

    source: PortableSource
    exact: str
    before: str = ""
    after: str = ""
    start: int | None = None
    end: int | None = None
    state: str = "intact"
    score: int = 100
    phrase_start: int | None = None


@dataclass(frozen=True, slots=True)
class PortableSpeaker:
    name: Bilingual
    role: Bilingual = NONE
    named: bool = True
    id: int | None = None


@dataclass(frozen=True, slots=True)
class PortableTranslation:
    language: str
    text: str
    by: Bilingual
    stale: bool = False


@dataclass(frozen=True, slots=True)
class PortableEvidence:
    """`target` is None where it is not said which event or stage is meant; `title` is for people
    alone."""

    target: Ref | None
    stance: str
    aspect: str
    mode: str
    note: Bilingual = NONE
    title: Bilingual = NONE


@dataclass(frozen=True, slots=True)
class PortableFigure:
    """`offset` is where the words of the figure begin, in code points from the quote's start."""

    exact: str
    offset: int
    value: str
    unit: Bilingual = NONE
    edtf: str = ""
    note: Bilingual = NONE


@dataclass(frozen=True, slots=True)
class PortableQuote:
    """A quote with all that is its own. The first of its anchors is that in the edition which its
    words were taken from. Without a speaker nobody said whose words they are."""

    anchors: tuple[PortableAnchor, ...]
    id: int | None = None
    slug: str = ""
    form: str = ""
    language: str = ""
    speaker: PortableSpeaker | None = None
    attribution: str = ""
    note: Bilingual = NONE
    translations: tuple[PortableTranslation, ...] = ()
    evidence: tuple[PortableEvidence, ...] = ()
    figures: tuple[PortableFigure, ...] = ()
    where: str = ""

    @property
    def exact(self) -> str:
        return self.anchors[0].exact


class Misread(NamedTuple):
    """A part of a document that is no quote and no source, and why."""

    where: str
    error: AllianceError


@dataclass(frozen=True, slots=True)
class KnownQuotes:
    """What quotes from elsewhere are held against: the sources of a file with their texts, its
    quotes, its speakers (the most quoted first), and those of the events and stages that were
    asked about which it has."""

    sources: Mapping[int, Source]
    quotes: tuple[PortableQuote, ...]
    speakers: tuple[Speaker, ...]
    targets: frozenset[Ref]


def targets_of(read: Iterable[PortableQuote | Misread]) -> set[Ref]:
    """The events and stages that quotes are evidence for."""
    quotes = [each for each in read if isinstance(each, PortableQuote)]
    return {on.target for each in quotes for on in each.evidence if on.target is not None}


def portable_source(source: Source) -> PortableSource:
    """A stored source without its text."""
    return PortableSource(
        id=source.id,
        title=source.title,
        language=source.language,
        publisher=source.publisher,
        author=source.author,
        edtf=source.edtf or "",
        date_note=source.date_note,
        url=source.url or "",
        rights=source.rights or "",
        marking=source.marking or "",
        translation_from=source.translation_from or "",
        translation_by=source.translation_by,
        translation_note=source.translation_note,
        media_type=source.media_type,
        blob_sha256=source.blob_sha256,
        text_sha256=source.text_sha256,
    )


def portable_quotes(
    rows: Rows,
    sources: Mapping[int, PortableSource],
    speakers: Iterable[Speaker],
    titles: Mapping[Ref, Bilingual],
) -> Iterator[PortableQuote]:
    """Stored quotes; `rows` are those about them (`Store.rows_about("quote", ids)`). `titles` are
    those of the events and stages that they are evidence for, as far as they are to be told.
    Proposed anchors stay behind."""
    said_by = {each.id: each for each in speakers}
    own = {
        table: _by_quote(rows[table])
        for table in ("anchor", "evidence", "figure", "quote_translation")
    }
    for quote_id, row in rows["quote"].items():
        speaker = said_by[_number(row, "speaker_id")]
        parts = {table: found.get(quote_id, ()) for table, found in own.items()}
        anchors = _anchors(row, parts["anchor"], sources)
        start = anchors[0].start or 0
        yield PortableQuote(
            anchors=anchors,
            id=quote_id,
            slug=_text(row, "slug"),
            form=_text(row, "form"),
            language=_text(row, "language"),
            speaker=PortableSpeaker(speaker.name, speaker.role, speaker.named, speaker.id),
            attribution=_text(row, "attribution"),
            note=_both(row, "note"),
            translations=tuple(_translation(each) for each in parts["quote_translation"]),
            evidence=tuple(_evidence(each, titles) for each in parts["evidence"]),
            figures=tuple(_figure(each, start) for each in parts["figure"]),
        )


def _by_quote(table: Mapping[int, Mapping[str, Value]]) -> dict[int, list[Mapping[str, Value]]]:
    found: dict[int, list[Mapping[str, Value]]] = {}
    for row in table.values():
        found.setdefault(_number(row, "quote_id"), []).append(row)
    return found


def _anchors(
    quote: Mapping[str, Value],
    rows: Iterable[Mapping[str, Value]],
    sources: Mapping[int, PortableSource],
) -> tuple[PortableAnchor, ...]:
    """The accepted ones, that of the quote's own edition first; one without a place if there is
    none."""
    own_id = _number(quote, "source_id")
    exact = _text(quote, "exact")
    found = sorted(
        (row for row in rows if row["accepted"]), key=lambda row: row["source_id"] != own_id
    )
    made = [
        PortableAnchor(
            source=sources[_number(row, "source_id")],
            exact=exact,
            before=_text(row, "before"),
            after=_text(row, "after"),
            start=_number(row, "start"),
            end=_number(row, "end"),
            state=_text(row, "state"),
            score=_number(row, "score"),
            phrase_start=_maybe(row, "attribution_start"),
        )
        for row in found
    ]
    if not made or found[0]["source_id"] != own_id:
        made.insert(0, PortableAnchor(sources[own_id], exact, state="broken", score=0))
    return tuple(made)


def _translation(row: Mapping[str, Value]) -> PortableTranslation:
    return PortableTranslation(
        _text(row, "language"), _text(row, "text"), _both(row, "by"), bool(row["stale"])
    )


def _evidence(row: Mapping[str, Value], titles: Mapping[Ref, Bilingual]) -> PortableEvidence:
    event_id = _maybe(row, "event_id")
    target = ("stage", _number(row, "stage_id")) if event_id is None else ("event", event_id)
    return PortableEvidence(
        target, _text(row, "stance"), _text(row, "aspect"), _text(row, "mode"),
        _both(row, "note"), titles.get(target, NONE),
    )  # fmt: skip


def _figure(row: Mapping[str, Value], start: int) -> PortableFigure:
    return PortableFigure(
        _text(row, "exact"), _number(row, "start") - start, _text(row, "value"),
        _both(row, "unit"), _text(row, "edtf"), _both(row, "note"),
    )  # fmt: skip


def _text(row: Mapping[str, Value], name: str) -> str:
    value = row[name]
    return value if isinstance(value, str) else ""


def _number(row: Mapping[str, Value], name: str) -> int:
    value = row[name]
    assert isinstance(value, int)
    return value


def _maybe(row: Mapping[str, Value], name: str) -> int | None:
    value = row[name]
    return value if isinstance(value, int) else None


def _both(row: Mapping[str, Value], name: str) -> Bilingual:
    return Bilingual(_text(row, f"{name}_en") or None, _text(row, f"{name}_ko") or None)
