"""Stage bands: a band per stage, hatched while signed and not yet in force."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from viewer.display import Style
from viewer.layout.frame import EDGE, LANE_BAR, scheme_of
from viewer.layout.pen import hatching
from viewer.layout.same import Same
from viewer.layout.signs import with_signs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from db.records import Rule, Stage
    from db.timeline import Timeline
    from viewer.layout.frame import Box, Frame, LaneFrame
    from viewer.layout.pen import Pen
    from viewer.layout.view import View

ARROW = 9.0  # px, the point of a band that goes on
_HATCH_PITCH = 7.0
_HATCH_PIECE = 30 * _HATCH_PITCH


class Band(NamedTuple):
    """A stage's days under a rule: from `start`, hatched until `force`, up to `end`.

    `force` is None where nothing is hatched, `end` where the stage goes on; both are the first
    day that no longer belongs. `stays` says that the rule asks for an entry into force that
    there never was.
    """

    stage: Stage
    start: int
    force: int | None
    end: int | None
    stays: bool


def rule_of(timeline: Timeline, view: View) -> Rule:
    """The view's start rule, else the scheme's own."""
    scheme = scheme_of(timeline, view)
    return view.rule or (scheme.rule if scheme else "signature")


def bands(timeline: Timeline, view: View) -> tuple[Band, ...]:
    """The scheme's bands in order; a stage without a lane ends where the first one begins."""
    scheme = scheme_of(timeline, view)
    if scheme is None:
        return ()
    by_force = rule_of(timeline, view) == "entry-into-force"
    return _bands(Same(timeline.stages), scheme.id, by_force)


@lru_cache(maxsize=8)
def _bands(every: Same[tuple[Stage, ...]], scheme_id: int, by_force: bool) -> tuple[Band, ...]:
    stages = [stage for stage in every.it if stage.scheme_id == scheme_id]
    result = []
    for stage in stages:
        in_force = stage.in_force
        start = in_force if by_force and in_force is not None else stage.signed
        force = in_force if in_force is not None and in_force > start else None
        stays = by_force and in_force is None and stage.lane_id is not None
        result.append(Band(stage, start, force, None, stays))
    begin = min((band.start for band in result if band.stage.lane_id is not None), default=None)
    return tuple(
        band if band.stage.lane_id is not None
        else Band(band.stage, band.start, None, begin, False)
        for band in result
    )  # fmt: skip


def draw_bands(
    pen: Pen,
    frame: Frame,
    timeline: Timeline,
    found: Sequence[Band],
    covered: Sequence[Box] = (),
) -> None:
    """Bands, hatches and the lines where they open, behind the marks. Nothing is written under
    what is `covered`."""
    by_lane = {lane.lane.id: lane for lane in frame.lanes}
    for band in found:
        if band.stage.lane_id is None:
            _draw_prelude(pen, frame, timeline, band, covered)
        elif band.stage.lane_id in by_lane:
            _draw_band(pen, frame, by_lane[band.stage.lane_id], band)


def _draw_band(pen: Pen, frame: Frame, lane: LaneFrame, band: Band) -> None:
    palette = pen.theme.palette(lane.lane.colour)
    ref, key = ("stage", band.stage.id), lane.lane.key
    left = max(frame.scale.x(band.start), LANE_BAR)
    right = frame.width if band.end is None else min(frame.scale.x(band.end), frame.width)
    if left >= right:
        return
    top, bottom = lane.top, lane.bottom
    # The point of a band that goes on is a shape of its own: all else only grows as one pans.
    tip = max(math.floor(right) - ARROW, left) if band.end is None else right
    pen.rect(left, top, tip - left, bottom - top, Style(fill=palette.band),
             role="stage", ref=ref, lane=key)  # fmt: skip
    if tip < right:
        outline = ((tip, top), (right, (top + bottom) / 2), (tip, bottom))
        pen.path((outline,), Style(fill=palette.band), closed=True, role="stage", ref=ref, lane=key)
    if band.force is not None:
        style = Style(stroke=palette.hatch, width=1.0, opacity=0.6)
        for begin, end in _hatched(frame, left, min(frame.scale.x(band.force), tip)):
            lines = hatching(begin, top, end, bottom, _HATCH_PITCH, -frame.scale.origin)
            pen.path(lines, style, role="hatch", ref=ref, lane=key)
    opening = frame.scale.x(band.start)
    if LANE_BAR <= opening <= frame.width:
        # Strong beside the heading, pale among the labels that may cross it.
        below = top + (lane.heading or lane.height)
        pen.line(
            opening, top, opening, below, palette.strong, 2.0, role="opening", ref=ref, lane=key
        )
        pen.line(opening, below, opening, bottom, palette.strong, 1.0, role="opening",
                 opacity=0.45, ref=ref, lane=key)  # fmt: skip


def _hatched(frame: Frame, left: float, right: float) -> Iterator[Span]:
    """A span in pieces that stand still in time, so that in a pan only the outermost change."""
    first = math.floor((frame.scale.origin + left) / _HATCH_PIECE)
    while (begin := first * _HATCH_PIECE - frame.scale.origin) < right:
        yield max(begin, left), min(begin + _HATCH_PIECE, right)
        first += 1


def _draw_prelude(
    pen: Pen, frame: Frame, timeline: Timeline, band: Band, covered: Sequence[Box]
) -> None:
    """The band of the scheme that no lane has: a thin one under the axis."""
    if not frame.prelude or band.end is None:
        return
    left = max(frame.scale.x(band.start), EDGE)
    right = min(frame.scale.x(band.end), frame.width - EDGE)
    if right - left < 1:
        return
    palette = pen.theme.palette("neutral")
    em, top = frame.type_size, frame.axis
    ref = ("stage", band.stage.id)
    pen.rect(left, top + 2, right - left, frame.prelude - 4, Style(fill=palette.band), radius=2,
             role="stage", ref=ref)  # fmt: skip
    size = 0.85 * em
    text = with_signs(band.stage.title.text(pen.language), timeline, ref)
    taken = spans(covered, top, top + frame.prelude)
    begin = free_from(left + 6, pen.text_width(text, size), right - 6, taken)
    if begin is not None:
        pen.text(begin, top + frame.prelude / 2, text, size, palette.text, role="heading", ref=ref)


Span = tuple[float, float]
"""From px to px, across."""


def spans(covered: Sequence[Box], top: float, bottom: float) -> list[Span]:
    """What is covered of the height between, from left to right."""
    return sorted(
        (left, right) for left, above, right, below in covered if above < bottom and below > top
    )


def is_free(left: float, width: float, taken: Sequence[Span]) -> bool:
    return all(left >= end or left + width <= begin for begin, end in taken)


def free_from(left: float, width: float, most: float, taken: Sequence[Span]) -> float | None:
    """The first place from `left` on that nothing covers, None where that ends behind `most`."""
    for begin, end in taken:
        if left < end and left + width > begin:
            left = end
    return left if left + width <= most else None


def free_before(right: float, width: float, least: float, taken: Sequence[Span]) -> float | None:
    """The left edge of the last place up to `right` that nothing covers, None where that begins
    before `least`."""
    for begin, end in reversed(taken):
        if right - width < end and right > begin:
            right = begin
    return right - width if right - width >= least else None
