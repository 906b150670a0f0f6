"""Drafts of quotes: a quote as a form holds it, with its speaker, translations and evidence.

A part with an `id` is a row that is there already, one with None is to be made.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from viewer.edits.drafts import EMPTY
from viewer.edits.edit import both, number, reference, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from db.changes import Rows, Value
    from db.records import Bilingual, Ref, Source, Speaker


@dataclass(frozen=True, slots=True)
class SpeakerDraft:
    """A speaker that is to be made; `named` is False for an official who is not named."""

    name: Bilingual
    role: Bilingual = EMPTY
    named: bool = True


@dataclass(frozen=True, slots=True)
class TranslationDraft:
    """A translation of the words, and who made it; `stale` while the words have changed since."""

    language: str
    text: str
    by: Bilingual
    stale: bool = False
    id: int | None = None


@dataclass(frozen=True, slots=True)
class FigureDraft:
    """A figure that the quote states: `exact` are the words that give it, `start` their place in
    the source (None where it is to be found within the quote), `unit` what is counted, and `edtf`
    as of when."""

    exact: str
    value: str
    unit: Bilingual = EMPTY
    edtf: str = ""
    note: Bilingual = EMPTY
    start: int | None = None
    id: int | None = None


@dataclass(frozen=True, slots=True)
class EvidenceDraft:
    """What the quote is evidence for: an event or a stage, or with None the event that is made
    together with it."""

    target: Ref | None
    stance: str = "supports"
    aspect: str = "existence"
    mode: str = "report"
    note: Bilingual = EMPTY
    id: int | None = None


@dataclass(frozen=True, slots=True)
class QuoteDraft:
    """All of a quote that a form edits. `start` and `end` are code points of the text of its
    source, end exclusive; `speaker` is the id of one that is there or a draft of one.
    `attribution` is the phrase that gives the words to the speaker."""

    start: int
    end: int
    speaker: int | SpeakerDraft
    language: str
    form: str = "direct"
    attribution: str = ""
    note: Bilingual = EMPTY
    translations: tuple[TranslationDraft, ...] = ()
    evidence: tuple[EvidenceDraft, ...] = ()
    figures: tuple[FigureDraft, ...] = ()


def draft_of_quote(rows: Rows, quote_id: int) -> QuoteDraft:
    """The draft of a stored quote, from `Store.rows_about("quote", [quote_id])`; its place is the
    one in the edition that it was taken from, an empty one where it has none there."""
    row = rows["quote"][quote_id]
    own = anchor_in(rows, number(row, "source_id"))
    anchor = rows["anchor"][own] if own is not None else {"start": 0, "end": 0}
    return QuoteDraft(
        start=number(anchor, "start"),
        end=number(anchor, "end"),
        speaker=number(row, "speaker_id"),
        language=text(row, "language"),
        form=text(row, "form"),
        attribution=text(row, "attribution"),
        note=both(row, "note"),
        translations=tuple(
            TranslationDraft(
                text(each, "language"), text(each, "text"), both(each, "by"),
                bool(each["stale"]), row_id,
            )
            for row_id, each in rows["quote_translation"].items()
        ),
        evidence=tuple(_evidence(row_id, each) for row_id, each in rows["evidence"].items()),
        figures=tuple(
            _figure(row_id, each)
            for row_id, each in sorted(rows["figure"].items(), key=_by_start)
        ),
    )  # fmt: skip


def anchor_in(rows: Rows, source_id: int) -> int | None:
    """The anchor in an edition, of the rows about one quote."""
    return next(
        (row_id for row_id, row in rows["anchor"].items() if row["source_id"] == source_id), None
    )


def voice_of(source: Source, speakers: Iterable[Speaker]) -> int | SpeakerDraft:
    """Who says what nobody is quoted with: the author of the document, else its publisher, else
    the document itself; one of `speakers` where that is one."""
    name = source.author or source.publisher or source.title
    for speaker in speakers:
        if any(one and one == other for one, other in zip(speaker.name, name, strict=True)):
            return speaker.id
    return SpeakerDraft(name)


def _evidence(row_id: int, row: Mapping[str, Value]) -> EvidenceDraft:
    event_id = reference(row, "event_id")
    target = ("stage", number(row, "stage_id")) if event_id is None else ("event", event_id)
    return EvidenceDraft(
        target, text(row, "stance"), text(row, "aspect"), text(row, "mode"),
        both(row, "note"), row_id,
    )  # fmt: skip


def _by_start(item: tuple[int, Mapping[str, Value]]) -> tuple[int, int]:
    return number(item[1], "start"), item[0]


def _figure(row_id: int, row: Mapping[str, Value]) -> FigureDraft:
    return FigureDraft(
        text(row, "exact"), text(row, "value"), both(row, "unit"), text(row, "edtf"),
        both(row, "note"), number(row, "start"), row_id,
    )  # fmt: skip
