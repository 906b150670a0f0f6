"""What the form of a new quote begins with: prefilled from the source, the passage and what was
done before."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from db import dates
from db.errors import AllianceError
from viewer.edits.drafts import EMPTY, DateDraft, EventDraft
from viewer.edits.facts import USUAL_KIND
from viewer.edits.kept_quotes import QuoteEntry
from viewer.edits.quote_drafts import EvidenceDraft, QuoteDraft, SpeakerDraft, voice_of
from viewer.widgets.quotes.target_field import UNDECIDED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.details import SourceDetail
    from db.records import Ref
    from viewer.document import Document

_MARKS = frozenset('"“”‘「」『』«»')  # no apostrophe: it stands in words


class Before(NamedTuple):
    """What was saved last: kind and lanes of the event, source and speaker of the quote."""

    kind_id: int | None = None
    lane_ids: tuple[int, ...] = ()
    source_id: int | None = None
    speaker: int | None = None


def quote_entry(
    document: Document,
    source: SourceDetail,
    start: int,
    end: int,
    before: Before,
    target: Ref | None = UNDECIDED,
    event: EventDraft | None = None,
) -> QuoteEntry:
    """A quote on a passage; `target` is what it is evidence for, None with a new `event`."""
    form = form_of(source, start, end)
    draft = QuoteDraft(
        start=start,
        end=end,
        speaker=_speaker(document, source, start, form, before),
        language=source.source.language,
        form=form,
        evidence=(EvidenceDraft(target),),
    )
    return QuoteEntry(draft, event)


def form_of(source: SourceDetail, start: int, end: int) -> str:
    """Direct speech stands between quotation marks, a headline is the title; all else is the
    reporter's statement."""
    text = source.source.text
    exact = text[start:end].strip("\"'“”‘’「」『』«» ")
    if exact and exact in {each for each in source.source.title if each}:
        return "headline"
    at_marks = text[max(start - 1, 0) : start + 1] + text[end - 1 : end + 1]
    said = not _MARKS.isdisjoint(at_marks) or _is_within_quotation(text, start)
    return "direct" if said else "reporter"


def _is_within_quotation(text: str, place: int) -> bool:
    """Whether a quotation that began before in the paragraph is not closed yet."""
    before = text[text.rfind("\n", 0, place) + 1 : place]
    opened = before.count("“") - before.count("”")
    return opened > 0 or before.count('"') % 2 == 1


def _speaker(
    document: Document, source: SourceDetail, start: int, form: str, before: Before
) -> int | SpeakerDraft:
    """Direct speech is most likely that of whoever was quoted last before it; what a reporter
    says the author's or publisher's."""
    if form == "direct":
        if before.source_id == source.source.id and before.speaker is not None:
            return before.speaker
        said = [
            each.quote.speaker.id
            for each in source.quotes
            if each.quote.form == "direct" and each.anchor.start <= start
        ]
        if said:
            return said[-1]
    return voice_of(source.source, document.speakers(source.source.id))


def new_event(
    document: Document,
    source: SourceDetail,
    edtf: str | None,
    selected: Ref | None,
    before: Before,
) -> EventDraft:
    """A new event as the form shows it first: on the date that is given, else that of the
    document; in the lane of the last one, else of what is selected, else of the document's other
    events, else the first."""
    return EventDraft(
        EMPTY,
        _kind(document, before),
        _lanes(document, source, selected, before),
        dates=_dates(edtf or source.source.edtf),
    )


def _kind(document: Document, before: Before) -> int:
    """The kind of the last one, else the one that claims least about what happened."""
    kinds = document.timeline.kinds
    if any(kind.id == before.kind_id for kind in kinds):
        return before.kind_id or 0
    usual = [kind.id for kind in kinds if kind.key == USUAL_KIND]
    return next(iter(usual or [kind.id for kind in kinds]), 0)


def _dates(edtf: str | None) -> tuple[DateDraft, ...]:
    """The main date; a text of the file that is none is left out."""
    try:
        return (DateDraft(dates.parse(edtf).text, primary=True),) if edtf else ()
    except AllianceError:
        return ()


def _lanes(
    document: Document, source: SourceDetail, selected: Ref | None, before: Before
) -> tuple[int, ...]:
    there = {lane.id for lane in document.timeline.lanes}
    last = tuple(each for each in before.lane_ids if each in there)
    if last:
        return last
    refs = [selected] if selected is not None else []
    refs += [evidence.target for each in source.quotes for evidence, _ in each.evidence]
    for ref in refs:
        found = _lanes_of(document, ref)
        if found and found[0] in there:
            return (found[0],)
    return tuple(lane.id for lane in document.timeline.lanes[:1])


def _lanes_of(document: Document, ref: Ref) -> Sequence[int]:
    try:
        if ref[0] == "event":
            return [lane.id for lane in document.event(ref[1]).lanes]
        stage = document.stage(ref[1]).stage
    except AllianceError:
        return []
    return [stage.lane_id] if stage.lane_id is not None else []
