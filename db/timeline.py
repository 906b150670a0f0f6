"""The timeline: everything of one file that a picture is made from, read in one go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.flaws import NO_FLAWS

if TYPE_CHECKING:
    from db.columns import Columns
    from db.flaws import Flaws
    from db.records import Callout, Kind, KindGroup, Lane, SavedView, Scheme, Stage, Tag


@dataclass(frozen=True, slots=True, eq=False)
class Timeline:
    """A snapshot of a file. `as_of` is the day of the last change of the data (UTC)."""

    columns: Columns
    lanes: tuple[Lane, ...]
    kinds: tuple[Kind, ...]
    groups: tuple[KindGroup, ...]
    tags: tuple[Tag, ...]
    schemes: tuple[Scheme, ...]
    stages: tuple[Stage, ...]
    views: tuple[SavedView, ...]
    callouts: tuple[Callout, ...]
    as_of: int
    flaws: Flaws = NO_FLAWS

    def lane_path(self, lane: Lane) -> tuple[Lane, ...]:
        """A lane and those that it sits under, the outermost first. In a ring of lanes, which only
        another program can have made, each stands once."""
        by_id = {each.id: each for each in self.lanes}
        path = [lane]
        while (above := by_id.get(path[0].parent_id or 0)) is not None and above not in path:
            path.insert(0, above)
        return tuple(path)
