"""Quotes: taken from a source, edited, deleted; with what they are evidence for.

The words of a quote are those of the stored text, code point by code point, so a draft names a
stretch of it. `Source` here is a record with its text (`Document.source(id).source`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.changes import Delete, Insert, Update, new_id
from db.errors import AllianceError
from db.quotes import FULL, select
from viewer.edits import events
from viewer.edits.anchors import phrase_near, position_of, sought_anew
from viewer.edits.drafts import rebased
from viewer.edits.edit import (
    Edit,
    all_of,
    columns_of,
    replaced,
    text,
    update,
)
from viewer.edits.figures import figure_rows
from viewer.edits.quote_drafts import QuoteDraft, SpeakerDraft, anchor_in, draft_of_quote

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from db.changes import Change, Rows, Value
    from db.quotes import Selector
    from db.records import Ref, Source
    from viewer.edits.drafts import EventDraft
    from viewer.edits.edit import Wanted
    from viewer.edits.quote_drafts import EvidenceDraft, TranslationDraft

# What goes with a quote. Claims stay: they lose the quote that made them.
_PARTS = ("anchor", "evidence", "figure", "quote_translation")


def trimmed(words: str, start: int, end: int) -> tuple[int, int]:
    """A selection without the blanks at its ends; an empty one where it has nothing else."""
    stretch = words[start:end]
    start += len(stretch) - len(stretch.lstrip())
    return start, max(start, start + len(stretch.strip()))


def checked(draft: QuoteDraft, source: Source) -> None:
    """Raises what is wrong with a draft.

    `quote.place` (start, end, length) for a stretch that the source does not have, `quote.empty`
    for one of blanks alone, `quote.speaker` without a speaker, `quote.attribution` for a phrase
    that is not in the source, `quote.translation` for one without text or maker, or two in one
    language. What is wrong with its figures `figures.figure_rows` raises.
    """
    if not 0 <= draft.start < draft.end <= len(source.text):
        raise AllianceError(
            "quote.place", start=draft.start, end=draft.end, length=len(source.text)
        )
    if not source.text[draft.start : draft.end].strip():
        raise AllianceError("quote.empty")
    _checked_parts(draft, source)


def _checked_parts(draft: QuoteDraft, source: Source) -> None:
    if isinstance(draft.speaker, SpeakerDraft) and not draft.speaker.name:
        raise AllianceError("quote.speaker")
    if draft.attribution and draft.attribution not in source.text:
        raise AllianceError("quote.attribution", phrase=draft.attribution)
    languages = [each.language for each in draft.translations]
    if len(set(languages)) < len(languages) or any(
        not each.text.strip() or not each.by for each in draft.translations
    ):
        raise AllianceError("quote.translation")


def added(source: Source, draft: QuoteDraft, event: EventDraft | None = None) -> Edit:
    """A new quote on a stretch of a source; with `event` a new event together with it, for which
    it is evidence as the parts without a target say. `made` is that event, else the quote.

    Raises as `checked` does, `quote.target` for evidence for nothing, and as `events.checked`.
    """
    checked(draft, source)
    changes, made = _event_with(draft, event)
    quote_id = new_id()
    owner: dict[str, Value] = {"quote_id": quote_id}
    speaker_id, speaker = _speaker(draft)
    selector = select(source.text, draft.start, draft.end)
    values = {**_columns(draft, source), "exact": selector.exact, "speaker_id": speaker_id}
    changes += [*speaker, Insert("quote", quote_id, values)]
    changes.append(Insert("anchor", new_id(), {**owner, **_anchor(draft, source, selector)}))
    changes += replaced("quote_translation", {}, map(_translation, draft.translations), owner)
    evidence = [_evidence(each, made[1] if made else None) for each in draft.evidence]
    changes += replaced("evidence", {}, evidence, owner)
    changes += replaced("figure", {}, figure_rows(None, draft, source), owner)
    return Edit("add-quote", selector.exact, tuple(changes), made or ("quote", quote_id))


def edited(
    rows: Rows,
    quote_id: int,
    draft: QuoteDraft,
    source: Source,
    others: Mapping[int, str],
    base: QuoteDraft | None = None,
    *,
    taken_anew: bool = False,
    event: EventDraft | None = None,
) -> Edit:
    """A quote as its form now has it, with `event` a new event together with it as in `added`.
    `rows` are those about it; `source` is the edition that its
    words are taken from, and `others` are the texts of the other editions it has anchors in; with
    `base`, what the form began with, other fields stay as they are by now.

    As long as the stretch is the one it had, the words stay as they were taken, whatever stands
    there by now, unless they are to be `taken_anew`. Where they are others, translations that did
    not change with them become stale, figures that are no longer within them go, and the other
    editions are searched again: what is found there is a proposal. Raises as `checked` does,
    `quote.target` for evidence for nothing.
    """
    stored, before = draft_of_quote(rows, quote_id), rows["quote"][quote_id]
    if base is not None:
        draft = rebased(base, draft, stored)
    changes, made = _event_with(draft, event)
    owner: dict[str, Value] = {"quote_id": quote_id}
    speaker_id, speaker = _speaker(draft)
    values = {**_columns(draft, source), "speaker_id": speaker_id}
    changes += speaker
    translations = [_translation(each) for each in draft.translations]
    same_place = source.id == before["source_id"] and (draft.start, draft.end) == (
        stored.start,
        stored.end,
    )
    if same_place and not taken_anew:
        _checked_parts(draft, source)
        exact = text(before, "exact")
        if draft.attribution != stored.attribution:
            changes += _with_phrase(rows, source, draft)
    else:
        checked(draft, source)
        selector = select(source.text, draft.start, draft.end)
        exact = selector.exact
        changes += _anchored(rows, quote_id, source.id, _anchor(draft, source, selector))
        if exact != before["exact"]:
            changes += sought_anew(rows, source, selector, others)
            translations = [_stale(rows, each) for each in translations]
    changes += update("quote", quote_id, rows, {**values, "exact": exact})
    changes += replaced("quote_translation", rows["quote_translation"], translations, owner)
    evidence = [_evidence(each, made[1] if made else None) for each in draft.evidence]
    changes += replaced("evidence", rows["evidence"], evidence, owner)
    changes += replaced("figure", rows["figure"], figure_rows(rows, draft, source), owner)
    return Edit("edit-quote", exact, tuple(changes), made or ("quote", quote_id))


def deleted(rows: Rows) -> Edit:
    """Quotes go, with all that is theirs; `rows` are those about them. Claims that they made
    stay, without them; so do their speakers."""
    changes: list[Change] = [
        Update("claim", claim_id, {"quote_id": None}) for claim_id in rows["claim"]
    ]
    changes += all_of(rows, _PARTS)
    changes += [Delete("quote", quote_id) for quote_id in rows["quote"]]
    if len(rows["quote"]) == 1:
        (quote,) = rows["quote"].values()
        return Edit("delete-quote", text(quote, "exact"), tuple(changes))
    return Edit("delete-quotes", str(len(rows["quote"])), tuple(changes))


def linked(rows: Rows, quote_id: int, evidence: EvidenceDraft) -> Edit:
    """A quote that is there becomes evidence for one more event or stage. Raises `quote.target`."""
    if evidence.target is None:
        raise AllianceError("quote.target")
    _, values = _evidence(evidence, None)
    change = Insert("evidence", new_id(), {"quote_id": quote_id, **values})
    return Edit("link-quote", text(rows["quote"][quote_id], "exact"), (change,))


def unlinked(rows: Rows, evidence_id: int) -> Edit:
    """A quote is no longer evidence for something; `rows` are those about the quote. Raises
    `quote.target` where it would be evidence for nothing: then it is to be deleted."""
    if set(rows["evidence"]) <= {evidence_id}:
        raise AllianceError("quote.target")
    (quote,) = rows["quote"].values()
    return Edit("unlink-quote", text(quote, "exact"), (Delete("evidence", evidence_id),))


# The pieces


def _event_with(draft: QuoteDraft, event: EventDraft | None) -> tuple[list[Change], Ref | None]:
    """The event that is made together with a quote, if one is. Raises `quote.target` where the
    draft is evidence for one and there is none, and as `events.checked` does."""
    if event is not None:
        new = events.added(event)
        return [*new.changes], new.made
    if any(each.target is None for each in draft.evidence):
        raise AllianceError("quote.target")
    return [], None


def _speaker(draft: QuoteDraft) -> tuple[int, tuple[Insert, ...]]:
    """The speaker, and the row of one that is to be made."""
    speaker = draft.speaker
    if not isinstance(speaker, SpeakerDraft):
        return speaker, ()
    speaker_id = new_id()
    values: dict[str, Value] = {
        **columns_of("name", speaker.name),
        **columns_of("role", speaker.role),
        "named": int(speaker.named),
    }
    return speaker_id, (Insert("speaker", speaker_id, values),)


def _columns(draft: QuoteDraft, source: Source) -> dict[str, Value]:
    return {
        "source_id": source.id,
        "form": draft.form,
        "language": draft.language.strip() or source.language,
        "attribution": draft.attribution or None,
        **columns_of("note", draft.note),
    }


def _anchor(draft: QuoteDraft, source: Source, selector: Selector) -> dict[str, Value]:
    return {
        "source_id": source.id,
        **position_of(selector),
        "attribution_start": phrase_near(source.text, draft.attribution, selector.start),
        "state": "intact",
        "score": FULL,
        "accepted": 1,
    }


def _anchored(
    rows: Rows, quote_id: int, source_id: int, values: Mapping[str, Value]
) -> Sequence[Change]:
    """The one anchor that a quote has in an edition."""
    known = anchor_in(rows, source_id)
    if known is None:
        return (Insert("anchor", new_id(), {"quote_id": quote_id, **values}),)
    return update("anchor", known, rows, values)


def _with_phrase(rows: Rows, source: Source, draft: QuoteDraft) -> Sequence[Change]:
    """The anchor in its own edition with the place of another phrase."""
    known = anchor_in(rows, source.id)
    if known is None:
        return ()
    start = phrase_near(source.text, draft.attribution, draft.start)
    return update("anchor", known, rows, {"attribution_start": start})


def _translation(draft: TranslationDraft) -> Wanted:
    return draft.id, {
        "language": draft.language,
        "text": draft.text,
        "stale": int(draft.stale),
        **columns_of("by", draft.by),
    }


def _stale(rows: Rows, wanted: Wanted) -> Wanted:
    """A translation once the words have changed: it follows them only if it changed as well."""
    row_id, values = wanted
    before = rows["quote_translation"].get(row_id) if row_id is not None else None
    stale = before is not None and before["text"] == values["text"]
    return row_id, {**values, "stale": int(stale)}


def _evidence(draft: EvidenceDraft, made: int | None) -> Wanted:
    table, target = draft.target or ("event", made)
    return draft.id, {
        "event_id": target if table == "event" else None,
        "stage_id": target if table == "stage" else None,
        "stance": draft.stance,
        "aspect": draft.aspect,
        "mode": draft.mode,
        **columns_of("note", draft.note),
    }
