"""The numbers of the side panel: how many events each choice leaves, or would leave."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from viewer.layout.events import lane_of

if TYPE_CHECKING:
    from db.timeline import Timeline
    from viewer.layout import View


@dataclass(frozen=True, slots=True)
class Counts:
    """By key. A choice's number is what it shows under all the other choices.

    An event of several lanes counts where it is drawn; a lane that is not shown counts what
    would be drawn in it.
    """

    lanes: dict[str, int]
    groups: dict[str, int]
    statuses: dict[str, int]
    with_quotes: int
    disputed: int


def counts(timeline: Timeline, view: View, statuses: tuple[str, ...]) -> Counts:
    """The numbers for a view of a timeline; `statuses` are those to count."""
    asked = view.filter
    columns = timeline.columns
    without_kinds = replace(asked, kinds=()).mask(timeline)
    group_of = [_group_place(timeline, kind.group_id) for kind in timeline.kinds]
    groups = np.zeros(len(timeline.groups), np.int64)
    if len(columns) and group_of:
        places = np.array(group_of)[columns.kind[without_kinds]]
        groups = np.bincount(places, minlength=len(timeline.groups))
    return Counts(
        lanes=_lane_counts(timeline, view),
        groups={group.key: int(groups[i]) for i, group in enumerate(timeline.groups)},
        statuses={
            status: int(replace(asked, statuses=(status,)).mask(timeline).sum())
            for status in statuses
        },
        with_quotes=int(replace(asked, with_quotes=True).mask(timeline).sum()),
        disputed=int(replace(asked, disputed=True).mask(timeline).sum()),
    )


def _group_place(timeline: Timeline, ident: int) -> int:
    return next(i for i, group in enumerate(timeline.groups) if group.id == ident)


def _lane_counts(timeline: Timeline, view: View) -> dict[str, int]:
    mask = replace(view.filter, lanes=()).mask(timeline)
    shown = set(view.filter.lanes) or {lane.key for lane in timeline.lanes}
    drawn = lane_of(timeline, view, mask)
    found = {}
    for index, lane in enumerate(timeline.lanes):
        here = drawn
        if lane.key not in shown:
            with_it = replace(view.filter, lanes=tuple(shown | {lane.key}))
            here = lane_of(timeline, replace(view, filter=with_it), mask)
        found[lane.key] = int((here == index).sum())
    return found
