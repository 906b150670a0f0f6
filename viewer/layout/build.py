"""From a timeline and a view to the display list: the one way a picture comes about."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from viewer.display import Block, DisplayList, Part, box, theme
from viewer.layout import events, stages, still
from viewer.layout.axis import draw_axis
from viewer.layout.callouts import (
    covered,
    draw_callouts,
    draw_leaders,
    obstacles,
    placed_callouts,
    shown_callouts,
)
from viewer.layout.caption import draw_caption
from viewer.layout.frame import frame
from viewer.layout.headings import headings
from viewer.layout.marks import Marks
from viewer.layout.pen import Pen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from db.columns import Columns
    from db.timeline import Timeline
    from viewer.display import Primitive
    from viewer.layout.callouts import Placed
    from viewer.layout.frame import Box, Frame
    from viewer.layout.measure import Measure
    from viewer.layout.placed import Placed as LanePlaced
    from viewer.layout.view import View


def build(
    timeline: Timeline,
    view: View,
    measure: Measure,
    *,
    bare: bool = False,
    placed: Mapping[int, LanePlaced] | None = None,
) -> DisplayList:
    """Lays out a picture. It depends on its arguments alone; theme and language are the view's.

    A `bare` one has all events without labels, which need no places; `placed` are places that
    events have for the time being, by lane (`viewer.layout.carried`)."""
    colours = theme(view.theme)
    pen = Pen(colours, measure, view.language)
    plan = frame(timeline, view)
    as_of = timeline.as_of if view.as_of is None else view.as_of
    found = stages.bands(timeline, view)

    notes = placed_callouts(timeline, view, measure, plan, found, as_of)
    around = obstacles(notes, plan)
    notes = shown_callouts(notes, plan)
    taken = covered(notes, plan)

    stages.draw_bands(pen, plan, timeline, found, taken)
    bars = Part(still.lane_bars(plan.lanes, colours.name))
    rule = Part(still.axis_rule(plan.axis, plan.width, colours.name))
    axis_pen = Pen(colours, measure, view.language)
    axis = draw_axis(axis_pen, plan)
    if bare:
        placed = events.without_labels(timeline, view, as_of)
    elif placed is None:
        placed = events.placements(timeline, view, measure, plan.rows, as_of, around)
    marks = Marks(
        plan, timeline, tuple(placed[lane.index] for lane in plan.lanes), colours, measure
    )  # fmt: skip
    behind = _lines_behind(pen, plan, timeline, marks, notes)
    above = Pen(colours, measure, view.language)
    names = Part(headings(above, plan, timeline, found, taken))
    whose = Part(still.whose(above, plan, timeline, view))
    draw_caption(above, plan, timeline, view, as_of)
    callouts = Pen(colours, measure, view.language)
    draw_callouts(callouts, plan, notes)
    bands, ticks, lines, last, top = (
        Part(Block(each))
        for each in (pen.items, axis_pen.items, behind, above.items, callouts.items)
    )
    before = (bars, bands, *axis, ticks, rule, lines)
    over = (names, whose, last)
    under = (*before, *marks.parts, *over)

    def told() -> Iterator[Primitive]:
        """Lane by lane."""
        yield from chain.from_iterable(part.items() for part in before)
        yield from marks.items()
        yield from chain.from_iterable(part.items() for part in (*over, top))

    return DisplayList(
        view.width,
        view.height,
        colours["ground"],
        None,
        marks.hidden,
        {"shown": marks.count, "labelled": marks.labelled},
        sum(part.number for part in under) if callouts.items else None,
        parts=(*under, top),
        told=told,
        zoom=plan.scale.px_per_day,
        origin=plan.scale.origin,
    )


def _lines_behind(
    pen: Pen, plan: Frame, timeline: Timeline, marks: Marks, notes: list[Placed]
) -> list[Primitive]:
    """What leads from mark to mark: dashed lines from each forecast on the picture to its
    outcome, and the leaders of callouts."""
    lines = Pen(pen.theme, pen.measure, pen.language)
    forecasts = _forecasts(timeline.columns)
    asked = {note.callout.target[1] for note in notes} | set(chain.from_iterable(forecasts))
    if not asked:
        return []
    places = marks.places(asked)
    for made, outcome in forecasts:
        if made in places and outcome in places:
            (x1, y1), (x2, y2) = places[made], places[outcome]
            lines.line(x1, y1, x2, y2, pen.theme["forecast"], 1.3, role="forecast", dash=(4.0, 3.0),
                       ref=("event", made))  # fmt: skip
    if notes:
        draw_leaders(lines, plan, notes, places, _written(marks, notes))
    return lines.items


def _written(marks: Marks, notes: list[Placed]) -> dict[int, Box]:
    """What the label of each event with a callout covers, its signs included."""
    asked = {note.callout.target for note in notes}
    found: dict[int, Box] = {}
    for item in marks.items():
        if item.role in ("label", "sign") and item.ref in asked and item.ref is not None:
            x, y, w, h = box(item)
            left, top, right, bottom = found.get(item.ref[1], (x, y, x + w, y + h))
            found[item.ref[1]] = (
                min(left, x), min(top, y), max(right, x + w), max(bottom, y + h)
            )  # fmt: skip
    return found


@lru_cache(maxsize=4)
def _forecasts(columns: Columns) -> list[tuple[int, int]]:
    """The ids of the events at which a forecast was made, each with that of its outcome."""
    rows = np.flatnonzero(columns.forecast_of >= 0)
    made, outcomes = columns.id[rows], columns.id[columns.forecast_of[rows]]
    return list(zip(made.tolist(), outcomes.tolist(), strict=True))
