"""From a timeline and a view to the display list: the one way a picture comes about."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from viewer.display import DisplayList, Idents, box, theme
from viewer.layout import events, stages
from viewer.layout.callouts import (
    covered,
    draw_callouts,
    draw_leaders,
    obstacles,
    placed_callouts,
    shown_callouts,
)
from viewer.layout.caption import draw_caption
from viewer.layout.frame import EDGE, LANE_BAR, frame
from viewer.layout.marks import LaneArtist
from viewer.layout.pen import Pen
from viewer.layout.ticks import UNITS, lower_unit, ticks

if TYPE_CHECKING:
    from db.columns import Columns
    from db.timeline import Timeline
    from viewer.display import Point, Primitive
    from viewer.layout.callouts import Placed
    from viewer.layout.frame import Box, Frame
    from viewer.layout.measure import Measure
    from viewer.layout.placed import Placed as LanePlaced
    from viewer.layout.view import View


def is_placed(timeline: Timeline, view: View, measure: Measure) -> bool:
    """Whether the labels of a view have their places already, so that `build` is quick."""
    plan, as_of = frame(timeline, view), _as_of(timeline, view)
    notes = placed_callouts(timeline, view, measure, plan, stages.bands(timeline, view), as_of)
    return events.is_placed(timeline, view, measure, plan.rows, as_of, obstacles(notes, plan))


def _as_of(timeline: Timeline, view: View) -> int:
    return timeline.as_of if view.as_of is None else view.as_of


def build(
    timeline: Timeline,
    view: View,
    measure: Measure,
    *,
    bare: bool = False,
    placed: dict[int, LanePlaced] | None = None,
) -> DisplayList:
    """Lays out a picture. It depends on its arguments alone; theme and language are the view's.

    A `bare` one has all events without labels, which need no places; `placed` are places that
    events have for the time being, by lane (`viewer.layout.carried`)."""
    colours = theme(view.theme)
    pen = Pen(colours, measure, view.language)
    plan = frame(timeline, view)
    as_of = _as_of(timeline, view)
    found = stages.bands(timeline, view)

    notes = placed_callouts(timeline, view, measure, plan, found, as_of)
    around = obstacles(notes, plan)
    notes = shown_callouts(notes, plan)
    taken = covered(notes, plan)

    stages.draw_bands(pen, plan, timeline, found, taken)
    _draw_axis(pen, plan)
    behind = len(pen.items)
    if bare:
        placed = events.without_labels(timeline, view, as_of)
    elif placed is None:
        placed = events.placements(timeline, view, measure, plan.rows, as_of, around)
    labelled = 0
    hidden: list[Idents] = []
    places: dict[int, Point] = {}
    for lane in plan.lanes:
        shown = LaneArtist(pen, plan, lane, timeline).draw(placed[lane.index])
        labelled += len(shown.labelled)
        hidden.append(shown.hidden)
        places |= shown.places
    pen.items[behind:behind] = _lines_behind(pen, plan, timeline, places, notes)
    stages.draw_headings(pen, plan, timeline, found, taken)
    stages.draw_whose(pen, plan, timeline, view)
    draw_caption(pen, plan, timeline, view, as_of)
    upper = len(pen.items)
    draw_callouts(pen, plan, notes)
    without = sum(map(len, hidden))
    counts = {"shown": labelled + without, "labelled": labelled}
    return DisplayList(
        view.width,
        view.height,
        colours["ground"],
        tuple(pen.items),
        Idents(without, lambda: chain.from_iterable(hidden)),
        counts,
        upper,
    )


def _draw_axis(pen: Pen, plan: Frame) -> None:
    """Two tiers of cells above, grid lines through the lanes, headings of cells at their start.

    The text of an upper cell that began before the range sticks to the picture's edge.
    """
    if not plan.axis:
        return
    em, scale = plan.type_size, plan.scale
    index = lower_unit(scale, pen.language, pen.measure, em)
    unit, _, above = UNITS[index]
    rule, border = pen.theme["rule"], pen.theme["border"]
    upper_middle, lower_middle = 0.8 * em, 2.3 * em
    majors: set[int] = set()
    if unit != above:
        for tick in ticks(above, scale, pen.language, major=True):
            majors.add(tick.day)
            left, right = max(scale.x(tick.day), LANE_BAR), min(scale.x(tick.next_day), plan.width)
            if tick.day >= scale.start:
                pen.line(scale.x(tick.day), 0, scale.x(tick.day), plan.axis, border, role="grid")
            if pen.text_width(tick.text, em, bold=True) + 10 <= right - left - EDGE:
                pen.text(
                    left + 5, upper_middle, tick.text, em, pen.theme["text"], bold=True, role="tick"
                )
    for tick in ticks(unit, scale, pen.language, major=False):
        x = scale.x(tick.day)
        if tick.day >= scale.start and x <= plan.width:
            pen.line(x, 1.55 * em, x, plan.axis, border, role="grid")
            pen.line(x, plan.plot_top, x, plan.plot_bottom,
                     border if tick.day in majors else rule, role="grid")  # fmt: skip
        left = max(x, LANE_BAR)
        width = pen.text_width(tick.text, 0.92 * em)
        if x >= 0 and left + 5 + width <= min(scale.x(tick.next_day), plan.width - EDGE):
            pen.text(left + 5, lower_middle, tick.text, 0.92 * em, pen.theme["muted"], role="tick")
    pen.line(0, plan.axis - 0.5, plan.width, plan.axis - 0.5, border, role="axis")


def _lines_behind(
    pen: Pen, plan: Frame, timeline: Timeline, places: dict[int, Point], notes: list[Placed]
) -> list[Primitive]:
    """What leads from mark to mark: dashed lines from each forecast on the picture to its
    outcome, and the leaders of callouts."""
    columns = timeline.columns
    lines = Pen(pen.theme, pen.measure, pen.language)
    for made, outcome in _forecasts(columns):
        if made in places and outcome in places:
            (x1, y1), (x2, y2) = places[made], places[outcome]
            lines.line(x1, y1, x2, y2, pen.theme["forecast"], 1.3, role="forecast", dash=(4.0, 3.0),
                       ref=("event", made))  # fmt: skip
    draw_leaders(lines, plan, notes, places, _written(pen, notes))
    return lines.items


def _written(pen: Pen, notes: list[Placed]) -> dict[int, Box]:
    """What the label of each event with a callout covers, its signs included."""
    asked = {note.callout.target for note in notes}
    found: dict[int, Box] = {}
    for item in pen.items:
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
