"""What the history tells: changes with both values, and all that happened to an event or stage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.changes import Action, Rows, Step, Value
    from db.records import Ref


@dataclass(frozen=True, slots=True)
class RowChange:
    """One changed row: its columns before and after. An insert has nothing before, a deletion
    nothing after, an update the columns that it changed."""

    seq: int
    table: str
    id: int
    action: Action
    before: Mapping[str, Value]
    after: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Chapter:
    """What one step of the log did to an event or stage, in order."""

    step: Step
    changes: tuple[RowChange, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """All that happened to an event or stage, newest first, and the rows that it happened to as
    they are now, whomever they belong to by now."""

    ref: Ref
    now: Rows
    chapters: tuple[Chapter, ...]

    @property
    def backwards(self) -> tuple[RowChange, ...]:
        """Every change, the last one first."""
        return tuple(change for each in self.chapters for change in each.changes[::-1])


@dataclass(frozen=True, slots=True)
class LastKnown:
    """A row as it is stored, or as it was when it was deleted."""

    row: Mapping[str, Value]
    stored: bool
