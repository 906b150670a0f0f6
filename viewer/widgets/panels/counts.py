"""The numbers of the side panel: how many events each choice leaves, or would leave."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from db.columns import STATUS_CODES
from viewer.layout.events import drawn_lanes, lane_of

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
    codes = [STATUS_CODES[status] for status in statuses]
    without_kinds = replace(asked, kinds=()).mask(timeline)
    group_of = [_group_place(timeline, kind.group_id) for kind in timeline.kinds]
    groups = np.zeros(len(timeline.groups), np.int64)
    of_kinds = np.bincount(columns.kind[without_kinds], minlength=len(group_of))
    np.add.at(groups, np.array(group_of, np.int64), of_kinds)
    without_statuses = replace(asked, statuses=()).mask(timeline)
    of_statuses = np.bincount(columns.status[without_statuses], minlength=max(codes) + 1)
    whole = asked.mask(timeline)
    return Counts(
        lanes=_lane_counts(timeline, view),
        groups={group.key: int(groups[i]) for i, group in enumerate(timeline.groups)},
        statuses={
            status: int(of_statuses[code]) for status, code in zip(statuses, codes, strict=True)
        },
        with_quotes=int(np.count_nonzero(whole & (columns.quotes > 0))),
        disputed=int(np.count_nonzero(whole & columns.disputed)),
    )


def _group_place(timeline: Timeline, ident: int) -> int:
    return next(i for i, group in enumerate(timeline.groups) if group.id == ident)


def _lane_counts(timeline: Timeline, view: View) -> dict[str, int]:
    shown = set(view.filter.lanes) or {lane.key for lane in timeline.lanes}
    # The very lanes that the picture asks for too: they are found once for both.
    drawn = drawn_lanes(timeline, view)
    here = np.bincount(drawn + 1, minlength=len(timeline.lanes) + 1)[1:]
    found = {lane.key: int(here[index]) for index, lane in enumerate(timeline.lanes)}
    hidden = [(index, lane) for index, lane in enumerate(timeline.lanes) if lane.key not in shown]
    if hidden:
        mask = replace(view.filter, lanes=()).mask(timeline)
    for index, lane in hidden:
        with_it = replace(view.filter, lanes=tuple(shown | {lane.key}))
        found[lane.key] = int(
            (lane_of(timeline, replace(view, filter=with_it), mask) == index).sum()
        )
    return found
