"""What a form holds as JSON and back: drafts outlive the program, whichever way it ends."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields
from typing import TYPE_CHECKING, Any, TypeVar

from db.records import Bilingual
from viewer.edits.drafts import CitationDraft, ClaimDraft, DateDraft, EventDraft, LinkDraft

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_Part = TypeVar("_Part")
_FORMAT = 1
_PARTS: dict[str, type] = {
    "dates": DateDraft,
    "citations": CitationDraft,
    "claims": ClaimDraft,
    "links": LinkDraft,
}
_KINDS: dict[str, tuple[type, ...]] = {
    "str": (str,),
    "int": (int,),
    "bool": (bool,),
    "int | None": (int, type(None)),
}


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A draft on the disk: `typed` as the form has it, dates as they were typed; `base` what the
    form began with; `event_id` None for a new event. `pending` is what stands in fields of a form
    that take their text only on Enter, by field. `time` is UTC, as the log writes it."""

    typed: EventDraft
    base: EventDraft
    event_id: int | None
    time: str
    pending: Mapping[str, str] = field(default_factory=dict)

    @property
    def begun(self) -> bool:
        """Whether there is anything in it that was not there before."""
        return self.typed != self.base or any(each.strip() for each in self.pending.values())


def written(kept: KeptDraft) -> bytes:
    """The draft as JSON in UTF-8."""
    found = plain({"format": _FORMAT, **asdict(kept)})
    return json.dumps(found, ensure_ascii=False, indent=1).encode()


def plain(value: Any) -> Any:
    """Lists for tuples: JSON would take an empty text in two languages, which is false, for one
    without any entries."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    return [plain(each) for each in value] if isinstance(value, (list, tuple)) else value


def read(data: bytes) -> KeptDraft | None:
    """The draft of `written`; None where it is damaged or of another version."""
    try:
        found = json.loads(data.decode())
        if found["format"] != _FORMAT:
            return None
        event_id, pending = found["event_id"], found["pending"]
        return KeptDraft(
            typed=event_of(found["typed"]),
            base=event_of(found["base"]),
            event_id=checked(event_id, (int, type(None))),
            time=checked(found["time"], (str,)),
            pending={checked(key, (str,)): checked(pending[key], (str,)) for key in pending},
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def event_of(found: Mapping[str, Any]) -> EventDraft:
    """The draft of an event from what JSON has of it; a TypeError or KeyError where it is none."""
    ready: dict[str, Any] = {
        name: tuple(part(kind, each) for each in found[name]) for name, kind in _PARTS.items()
    }
    for name, kind in (("lane_ids", int), ("tag_ids", int), ("new_tags", str)):
        ready[name] = tuple(checked(each, (kind,)) for each in found[name])
    return part(EventDraft, found, ready)


def part(
    kind: Callable[..., _Part], found: Mapping[str, Any], ready: Mapping[str, Any] | None = None
) -> _Part:
    """A dataclass of ours from its fields; a TypeError where one is of another kind."""
    values = dict(ready or {})
    for each in fields(kind):  # type: ignore[arg-type]
        if each.name in values:
            continue
        value = found[each.name]
        if each.type == "Bilingual":
            en, ko = value
            value = Bilingual(*(checked(text, (str, type(None))) for text in (en, ko)))
        else:
            checked(value, _KINDS[str(each.type)])
        values[each.name] = value
    return kind(**values)


def checked(value: Any, kinds: tuple[type, ...]) -> Any:
    """The value, if it is of one of the kinds; else a TypeError."""
    if type(value) not in kinds:
        raise TypeError(f"{value!r} is none of {kinds}")
    return value
