"""`quotes` and `add-quote`: the quotes of a file and where they stand, and one more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from db.errors import AllianceError
from db.paraphrases import paraphrased
from db.records import STANCES, STATES
from db.store import Store
from viewer.cli.documents import find
from viewer.cli.options import OneOf, Whole, file_argument, json_option, option
from viewer.cli.output import json_result, result
from viewer.words import t, term

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from db.details import PlacedAnchor, QuoteRow
    from db.records import Bilingual, Language, QuoteTranslation
    from viewer.edits.quote_drafts import EvidenceDraft

_POSITIONS = range(10**9)
_SHOWN = 60  # characters of a quote in a line


class _Following(click.Option):
    """An option that says something of the `--event` before it: its values stand among those."""

    def add_to_parser(self, parser: Any, ctx: click.Context) -> None:
        parser.add_option(obj=self, opts=self.opts, dest="event", action="append", nargs=1)


def quotes_parameters(language: Language) -> list[click.Parameter]:
    return [
        file_argument(),
        json_option(language),
        option(language, "source", "SOURCE", "quotes-source"),
        option(language, "state", told="quotes-state", type=OneOf(STATES)),
    ]


def adding_parameters(language: Language) -> list[click.Parameter]:
    stance = _Following(
        ["--stance"], metavar="|".join(STANCES), help=t("cli.option.stance", language)
    )
    return [
        file_argument(),
        option(language, "source", "SOURCE", "quote-source", required=True),
        option(language, "start", "N", required=True, type=Whole(_POSITIONS)),
        option(language, "end", "N", required=True, type=Whole(_POSITIONS)),
        option(language, "event", "ID", multiple=True),
        stance,
    ]


def quotes(
    language: Language, /, file: Path, json: bool, source: str | None, state: str | None
) -> int:
    """Lists quotes by source and place."""
    with Store.open(file, read_only=True) as store:
        rows = store.quotes()
        source_id = None if source is None else find(store, source).id
    listed = [row for row in rows if _is_asked_for(row, source_id, state)]
    if json:
        json_result([as_data(row) for row in listed])
        return 0
    for row in listed:
        result(_line(row, source_id, language))
    return 0


def add_quote(language: Language, /, file: Path, **options: Any) -> int:
    """Anchors a quote on a stretch of a source, as one step of undo, and prints its id."""
    from db.changes import ChangeSet
    from viewer.cli.author import author
    from viewer.edits.quote_drafts import QuoteDraft, voice_of
    from viewer.edits.quoting import added

    with Store.open(file) as store:
        source = store.source(find(store, options["source"]).id).source
        draft = QuoteDraft(
            start=options["start"],
            end=options["end"],
            speaker=voice_of(source, store.speakers(source.id)),
            language=source.language,
            form="reporter",
            evidence=tuple(_evidence(store, options["event"])),
        )
        edit = added(source, draft)
        store.apply(ChangeSet(edit.changes, label=edit.label, author=author()))
    assert edit.made is not None
    result(str(edit.made[1]))
    return 0


def as_data(row: QuoteRow) -> dict[str, object]:
    """A quote as plain data, the same in every language."""
    return {
        "id": row.id,
        "slug": row.slug,
        "exact": row.exact,
        "form": row.form,
        "language": row.language,
        "speaker": _both(row.speaker.name),
        "state": row.state,
        "anchors": [
            {
                "source": anchor.source_id,
                "start": anchor.start,
                "end": anchor.end,
                "place": place,
                "state": anchor.state,
                "score": anchor.score,
                "accepted": anchor.accepted,
            }
            for anchor, place in row.anchors
        ],
        "evidence": [
            {
                "on": list(each.target),
                "stance": each.stance,
                "aspect": each.aspect,
                "mode": each.mode,
            }
            for each in row.evidence
        ],
        "note": _both(row.note),
        "translations": [
            _translation(each, each.language)
            for each in row.translations
            if not paraphrased(each.language)
        ],
        "paraphrases": [
            _translation(each, language)
            for each in row.translations
            if (language := paraphrased(each.language))
        ],
        "figures": [
            {
                "exact": each.exact,
                "value": each.value,
                "unit": _both(each.unit),
                "as_of": each.edtf,
                "note": _both(each.note),
            }
            for each in row.figures
        ],
    }


def _translation(said: QuoteTranslation, language: str) -> dict[str, object]:
    return {"language": language, "text": said.text, "by": _both(said.by), "stale": said.stale}


def _both(text: Bilingual) -> dict[str, str | None]:
    return {"en": text.en, "ko": text.ko}


def _anchor_in(row: QuoteRow, source_id: int | None) -> PlacedAnchor | None:
    """The anchor in a source, or without one the accepted one in the newest edition."""
    found = [
        each
        for each in row.anchors
        if (each.anchor.accepted if source_id is None else each.anchor.source_id == source_id)
    ]
    return found[-1] if found else None


def _is_asked_for(row: QuoteRow, source_id: int | None, state: str | None) -> bool:
    placed = _anchor_in(row, source_id)
    if source_id is None:
        return state in (None, row.state)
    return placed is not None and state in (None, placed.anchor.state)


def _line(row: QuoteRow, source_id: int | None, language: Language) -> str:
    placed = _anchor_in(row, source_id)
    state, where = row.state, t("cli.quotes.no-place", language)
    if placed is not None:
        anchor = placed.anchor
        state, where = anchor.state, f"{anchor.source_id}:{anchor.start}–{anchor.end}"
    words = " ".join(row.exact.split())
    if len(words) > _SHOWN:
        words = words[: _SHOWN - 1] + "…"
    speaker = row.speaker.name.text(language)
    return f"{row.id:<16}  {term('state', state, language)}  {where}  {speaker}: “{words}”"


def _evidence(store: Store, said: Sequence[str]) -> Iterator[EvidenceDraft]:
    """Evidence for each event that was named, with the stance named after it."""
    from viewer.edits.quote_drafts import EvidenceDraft

    event_id: int | None = None
    stance = ""
    for each in said:
        if each in STANCES and event_id is not None and not stance:
            stance = each
            continue
        if event_id is not None:
            yield EvidenceDraft(("event", event_id), stance or "supports")
        event_id, stance = _event(store, each), ""
    if event_id is not None:
        yield EvidenceDraft(("event", event_id), stance or "supports")


def _event(store: Store, key: str) -> int:
    """The event of a number or key."""
    found = store.find_event(key)
    if found is not None:
        return found
    if not (key.isascii() and key.isdigit()):
        accepted = "ID; " + ", ".join(STANCES)
        raise AllianceError("usage.value", name="--event, --stance", value=key, accepted=accepted)
    if not store.rows_about("event", [int(key)])["event"]:
        raise AllianceError("row.missing", table="event", id=key)
    return int(key)
