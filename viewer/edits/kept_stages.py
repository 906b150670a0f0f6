"""What the form of a stage holds as JSON and back: a draft that outlives the program."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from typing import Any

from db.records import Bilingual
from viewer.edits.stages import StageDraft

_FORMAT = 1
_NUMBERS = ("scheme_id", "start_event_id")
_REFERENCES = ("lane_id", "in_force_event_id")
_TEXTS = ("title", "summary", "reason", "no_force_reason")


@dataclass(frozen=True, slots=True)
class KeptStage:
    """A draft and what its form began with."""

    typed: StageDraft
    base: StageDraft

    @property
    def begun(self) -> bool:
        """Whether there is anything in it that was not there before."""
        return self.typed != self.base


def written(kept: KeptStage) -> bytes:
    """What was typed, as JSON in UTF-8."""
    found: dict[str, Any] = {
        each.name: getattr(kept.typed, each.name) for each in fields(StageDraft)
    }
    # Lists: JSON would take a text that is empty in both languages, which is false, for nothing.
    found |= {name: list(found[name]) for name in _TEXTS}
    found["alternatives"] = [[event, list(why)] for event, why in found["alternatives"]]
    return json.dumps({"stage-format": _FORMAT, **found}, ensure_ascii=False, indent=1).encode()


def read(data: bytes) -> StageDraft | None:
    """The draft of `written`; None where it is damaged or of another version."""
    try:
        found = json.loads(data.decode())
        if found["stage-format"] != _FORMAT:
            return None
        values: dict[str, Any] = {name: _both(found[name]) for name in _TEXTS}
        values |= {name: _checked(found[name], int) for name in _NUMBERS}
        values |= {name: _checked(found[name], int, type(None)) for name in _REFERENCES}
        values["alternatives"] = tuple(
            (_checked(event, int), _both(why)) for event, why in found["alternatives"]
        )
        return StageDraft(**values)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _both(found: Any) -> Bilingual:
    en, ko = _checked(found, list)
    return Bilingual(*(_checked(text, str, type(None)) for text in (en, ko)))


def _checked(value: Any, *kinds: type) -> Any:
    if type(value) not in kinds:
        raise TypeError(f"{value!r} is none of {kinds}")
    return value
