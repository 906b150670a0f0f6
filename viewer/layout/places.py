"""The places of a view: what they are a function of, and where they are kept in memory."""

from __future__ import annotations

from math import log2
from typing import TYPE_CHECKING

from viewer.layout import events, stages
from viewer.layout.callouts import obstacles, placed_callouts
from viewer.layout.frame import frame

if TYPE_CHECKING:
    from db.timeline import Timeline
    from viewer.layout.events import Obstacles
    from viewer.layout.measure import Measure
    from viewer.layout.placed import Placed
    from viewer.layout.view import View

_FURTHER = 0.5  # octaves


def is_placed(timeline: Timeline, view: View, measure: Measure) -> bool:
    """Whether the labels of a view have their places already, so that `build` is quick."""
    return events.is_placed(timeline, view, measure, *_asked(timeline, view, measure))


def places_of(timeline: Timeline, view: View, measure: Measure) -> dict[int, Placed]:
    """The events of each lane of a view, by index."""
    return events.placements(timeline, view, measure, *_asked(timeline, view, measure))


def places_near(
    timeline: Timeline, view: View, measure: Measure
) -> tuple[dict[int, Placed], float]:
    """The events of each lane of a view, by index, with the labels that are shown at its scale
    and a little further in; and up to which scale that is, ems per day."""
    upto = log2(shown_at(timeline, view)) + _FURTHER
    asked = _asked(timeline, view, measure)
    return events.placements_near(timeline, view, measure, *asked, upto), 2.0**upto


def shown_at(timeline: Timeline, view: View) -> float:
    """The scale of a view, ems per day."""
    return frame(timeline, view).scale.px_per_day / view.type_size


def places_key(timeline: Timeline, view: View, measure: Measure) -> tuple[object, ...]:
    """Timeline, filter, language, measure, rows, the day of today, and what labels yield to."""
    return events.key(timeline, view, measure, *_asked(timeline, view, measure))


def _asked(timeline: Timeline, view: View, measure: Measure) -> tuple[int, int, Obstacles]:
    plan = frame(timeline, view)
    as_of = timeline.as_of if view.as_of is None else view.as_of
    notes = placed_callouts(timeline, view, measure, plan, stages.bands(timeline, view), as_of)
    return plan.rows, as_of, obstacles(notes, plan)
