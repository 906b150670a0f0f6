"""What the form of a quote holds as JSON and back: a draft that outlives the program."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from viewer.edits.kept import checked, event_of, part, plain
from viewer.edits.quote_drafts import (
    EvidenceDraft,
    FigureDraft,
    QuoteDraft,
    SpeakerDraft,
    TranslationDraft,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from viewer.edits.drafts import EventDraft

_FORMAT = 1
_PARTS: dict[str, type] = {"translations": TranslationDraft, "figures": FigureDraft}


@dataclass(frozen=True, slots=True)
class QuoteEntry:
    """What the form of a quote holds: the quote, and the event that is made together with it."""

    quote: QuoteDraft
    event: EventDraft | None = None


@dataclass(frozen=True, slots=True)
class KeptQuote:
    """A draft on the disk: `typed` as the form has it, dates and values as they were typed;
    `base` what the form began with; `quote_id` None for a new one. `pending` is what stands in
    fields that take their text only on Enter. `time` is UTC, as the log writes it."""

    typed: QuoteEntry
    base: QuoteEntry
    source_id: int
    quote_id: int | None
    time: str
    pending: Mapping[str, str] = field(default_factory=dict)

    @property
    def begun(self) -> bool:
        """Whether there is anything in it that was not there before."""
        return self.typed != self.base or any(each.strip() for each in self.pending.values())


def written(kept: KeptQuote) -> bytes:
    """The draft as JSON in UTF-8."""
    found = plain({"quote-format": _FORMAT, **asdict(kept)})
    return json.dumps(found, ensure_ascii=False, indent=1).encode()


def read(data: bytes) -> KeptQuote | None:
    """The draft of `written`; None where it is damaged or of another version."""
    try:
        found = json.loads(data.decode())
        if found["quote-format"] != _FORMAT:
            return None
        pending = found["pending"]
        return KeptQuote(
            typed=_entry(found["typed"]),
            base=_entry(found["base"]),
            source_id=checked(found["source_id"], (int,)),
            quote_id=checked(found["quote_id"], (int, type(None))),
            time=checked(found["time"], (str,)),
            pending={checked(key, (str,)): checked(pending[key], (str,)) for key in pending},
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _entry(found: Mapping[str, Any]) -> QuoteEntry:
    quote, event = found["quote"], found["event"]
    speaker = quote["speaker"]
    ready: dict[str, Any] = {
        name: tuple(part(kind, each) for each in quote[name]) for name, kind in _PARTS.items()
    }
    ready["evidence"] = tuple(
        part(EvidenceDraft, each, {"target": _target(each["target"])}) for each in quote["evidence"]
    )
    ready["speaker"] = (
        part(SpeakerDraft, speaker) if isinstance(speaker, dict) else checked(speaker, (int,))
    )
    made = None if event is None else event_of(event)
    return QuoteEntry(part(QuoteDraft, quote, ready), made)


def _target(found: Any) -> tuple[str, int] | None:
    if found is None:
        return None
    table, ident = found
    return checked(table, (str,)), checked(ident, (int,))
