"""Callouts: notes that stand on the picture where their writer put them.

A callout hangs on two things that no other event can move: across, on the day on which its
target begins; down, on the top of the rows of the lane that its target is drawn in (under the
axis for a stage without a lane). Labels yield to it, at every scale: it is a barrier in each
row that it touches. Where its box would leave the picture at a side it is not drawn, as a label
would not be; up and down it is kept between the axis and the lines below the lanes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from viewer.display import Style
from viewer.layout.events import AIR, NO_OBSTACLES, Obstacles, days, drawn_lanes
from viewer.layout.frame import EDGE, LANE_BAR
from viewer.layout.frame import frame as frame_of
from viewer.layout.labels import Barrier
from viewer.layout.stages import bands as bands_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from db.records import Callout, Ref
    from db.timeline import Timeline
    from viewer.display import Point
    from viewer.layout.frame import Box, Frame, LaneFrame
    from viewer.layout.lines import Written
    from viewer.layout.measure import Measure
    from viewer.layout.pen import Pen
    from viewer.layout.stages import Band
    from viewer.layout.view import View

USUAL_TYPE = 13.0  # px of the type that offsets are told for
_FIRST = (28, 30)  # px of it: where a callout stands that nobody has dragged yet
MOST_LINES = 5

# Ems of the type size.
WIDEST = 16.0
_TYPE = 0.92  # the size of the text
_PITCH = 1.32  # of its lines
_SIDE, _TOP = 0.6, 0.42  # around the text
_RADIUS = 0.35  # of the box's corners
_DOT = 0.2  # the radius of the dot at the end of a stage's leader
_HALF_ROW = 0.75  # of a row's ink, above and below its middle: bars are the highest


class Target(NamedTuple):
    """What a callout is about: its days, its lane (None for a stage without one), and whether
    it is a stage."""

    start: float
    end: float
    lane: LaneFrame | None
    stage: bool


class Placed(NamedTuple):
    """A callout's box: `left` and `right` in ems from the day `target.start`, `top` and
    `bottom` in px of the picture."""

    callout: Callout
    target: Target
    lines: tuple[Written, ...]
    left: float
    right: float
    top: float
    bottom: float


def placed_callouts(
    timeline: Timeline,
    view: View,
    measure: Measure,
    frame: Frame,
    bands: Sequence[Band],
    as_of: int,
) -> list[Placed]:
    """The boxes of all callouts whose targets the filter leaves, wherever the range is."""
    if not view.callouts or not timeline.callouts:
        return []
    asked = {callout.target for callout in timeline.callouts}
    targets = _targets(timeline, view, frame, bands, as_of, asked)
    found = (
        _placed(callout, targets[callout.target], frame, measure)
        for callout in timeline.callouts
        if callout.target in targets
    )
    return [each for each in found if each is not None]


def _targets(
    timeline: Timeline, view: View, frame: Frame, bands: Sequence[Band], as_of: int, asked: set[Ref]
) -> dict[Ref, Target]:
    """Of the asked events, and of all stages, those that the filter leaves."""
    columns = timeline.columns
    lanes = {lane.index: lane for lane in frame.lanes}
    rows = np.flatnonzero(
        np.isin(columns.id, [ident for table, ident in asked if table == "event"])
    )
    drawn = drawn_lanes(timeline, view)[rows]
    found: dict[Ref, Target] = {}
    for row, lane, start, end in zip(rows, drawn, *days(timeline, as_of, rows), strict=True):
        if lane >= 0:
            ref = ("event", int(columns.id[row]))
            found[ref] = Target(float(start), float(end), lanes[int(lane)], stage=False)
    by_id = {lane.lane.id: lane for lane in frame.lanes}
    for band in bands:
        ident = band.stage.lane_id
        if ident is None or ident in by_id:
            end = float("inf") if band.end is None else float(band.end)
            own = None if ident is None else by_id[ident]
            found["stage", band.stage.id] = Target(float(band.start), end, own, stage=True)
    return found


def _placed(callout: Callout, target: Target, frame: Frame, measure: Measure) -> Placed | None:
    """The box of a callout; None where there is nothing to read or no room for its height."""
    from viewer.layout.lines import note_lines  # only files with callouts need it

    em = frame.type_size
    lines = note_lines(callout.text, MOST_LINES, (WIDEST - 2 * _SIDE) / _TYPE, measure)
    height = (2 * _TOP + _PITCH * _TYPE * len(lines)) * em
    room = frame.plot_bottom - frame.axis - height
    if not lines or room < 0:
        return None
    width = max(line.indent + measure.width(line.text, line.bold) for line in lines)
    left = callout.x / USUAL_TYPE
    top = _hangs_on(target, frame) + callout.y / USUAL_TYPE * em
    top = frame.axis + min(max(top - frame.axis, 0.0), room)
    return Placed(callout, target, lines, left, left + width * _TYPE + 2 * _SIDE, top, top + height)


def _hangs_on(target: Target, frame: Frame) -> float:
    """The y that a callout's offset is counted from."""
    return frame.axis if target.lane is None else target.lane.top + target.lane.heading


def obstacles(placed: list[Placed], frame: Frame) -> Obstacles:
    """What the labels of each lane yield to: the box, in each row that it touches."""
    if not placed:
        return NO_OBSTACLES
    half = _HALF_ROW * frame.type_size
    barriers = tuple(
        (
            lane.index,
            Barrier(row, box.target.start, AIR / 2 - box.left, box.right),
        )
        for box in placed
        for lane in frame.lanes
        for row in range(lane.rows)
        if lane.row_y(row) - half < box.bottom and lane.row_y(row) + half > box.top
    )
    noted: dict[int, tuple[int, ...]] = {}
    for box in placed:
        if box.target.lane is not None and not box.target.stage:
            noted.setdefault(box.callout.target[1], _nearest_rows(box, box.target.lane))
    return Obstacles(barriers, tuple(noted.items()))


def _nearest_rows(box: Placed, lane: LaneFrame) -> tuple[int, ...]:
    """The rows by their distance from a box: the shorter a leader, the fewer labels it crosses."""

    def distance(row: int) -> float:
        y = lane.row_y(row)
        return max(box.top - y, y - box.bottom, 0.0)

    return tuple(sorted(range(lane.rows), key=distance))


def offset_at(
    timeline: Timeline, view: View, target: Ref, x: float, y: float
) -> tuple[int, int] | None:
    """The offset of a callout whose box is to begin at px `x`, `y` of the view's picture; None
    where the target is not on it."""
    plan, as_of = frame_of(timeline, view), timeline.as_of if view.as_of is None else view.as_of
    found = _targets(timeline, view, plan, bands_of(timeline, view), as_of, {target}).get(target)
    if found is None:
        return None
    usual = USUAL_TYPE / view.type_size
    across, down = x - plan.scale.x(found.start), y - _hangs_on(found, plan)
    return round(across * usual), round(down * usual)


def first_offset(timeline: Timeline, view: View, target: Ref) -> tuple[int, int]:
    """Where a callout stands until it is dragged: to the right of its target, or to the left
    where the picture ends there."""
    across, down = _FIRST
    corner = offset_at(timeline, view, target, 0.0, 0.0)
    if corner is not None:
        hangs = -corner[0]  # px at the usual type size
        room = view.width * USUAL_TYPE / view.type_size
        widest = round((WIDEST + 1) * USUAL_TYPE)
        if hangs + across + widest > room and hangs - across - widest > 0:
            across = -across - widest
    return across, down


# Ink


def shown_callouts(placed: Iterable[Placed], frame: Frame) -> list[Placed]:
    """Those that are drawn in this range: the target is in it, the box wholly in the picture."""
    scale = frame.scale
    return [
        box
        for box in placed
        if box.target.end >= scale.start
        and box.target.start <= scale.end
        and _left(box, frame) >= LANE_BAR + EDGE
        and _right(box, frame) <= frame.width - EDGE
    ]


def _left(box: Placed, frame: Frame) -> float:
    return frame.scale.x(box.target.start) + box.left * frame.type_size


def _right(box: Placed, frame: Frame) -> float:
    return frame.scale.x(box.target.start) + box.right * frame.type_size


def draw_leaders(
    pen: Pen,
    frame: Frame,
    shown: Iterable[Placed],
    places: Mapping[int, Point],
    written: Mapping[int, Box],
) -> None:
    """The line from each box to its target, to be drawn behind what it passes: to the label of an
    event (`written`, by id) where it would strike that through. On the line that opens a stage it
    ends in a dot."""
    ink, dot = pen.theme["warning-text"], _DOT * frame.type_size
    for box in shown:
        left, right = _left(box, frame), _right(box, frame)
        x, y = _end_of_leader(box, frame, places)
        from_x, from_y = min(max(x, left), right), min(max(y, box.top), box.bottom)
        if (from_x, from_y) == (x, y):
            continue  # the box covers it
        label = None if box.target.stage else written.get(box.callout.target[1])
        if label is not None:
            x, y = _stopped((from_x, from_y), (x, y), label)
        pen.line(from_x, from_y, x, y, ink, 1.0, role="leader", opacity=0.8, lane=_key(box))
        if box.target.stage:
            pen.rect(x - dot, y - dot, 2 * dot, 2 * dot, Style(fill=ink), radius=dot,
                     role="leader", lane=_key(box))  # fmt: skip


def _end_of_leader(box: Placed, frame: Frame, places: Mapping[int, Point]) -> Point:
    """Where on its target a leader ends: of a period the nearest part that is in view, of a
    stage the nearest place of the line that opens it, below the heading."""
    target, scale = box.target, frame.scale
    left, right = _left(box, frame), _right(box, frame)
    start, end = scale.x(target.start), scale.x(target.end)
    lane, ident = target.lane, box.callout.target[1]
    if lane is None:
        x, y = start, max(frame.axis + frame.prelude / 2, _DOT * frame.type_size)
    elif target.stage:
        top, middle = lane.top + lane.heading, (box.top + box.bottom) / 2
        x, y = start, top if left <= start <= right else min(max(middle, top), lane.bottom)
    else:
        x = min(max((left + right) / 2, start), end)
        y = places[ident][1] if ident in places else lane.strip
    return min(max(x, LANE_BAR + EDGE), frame.width - EDGE), y


def _stopped(begin: Point, end: Point, box: Box) -> Point:
    """Where a line ends that goes from `begin` towards `end` and stops at a box in its way."""
    enters, leaves = 0.0, 1.0
    for at, to, low, high in zip(begin, end, box[:2], box[2:], strict=True):
        if at == to:
            if not low < at < high:
                return end
            continue
        one, other = sorted(((low - at) / (to - at), (high - at) / (to - at)))
        enters, leaves = max(enters, one), min(leaves, other)
    if enters >= leaves:
        return end
    return begin[0] + (end[0] - begin[0]) * enters, begin[1] + (end[1] - begin[1]) * enters


def covered(shown: Iterable[Placed], frame: Frame) -> list[Box]:
    """What the boxes cover, with a little air: nothing that is written may be there."""
    air = AIR / 2 * frame.type_size
    return [
        (_left(box, frame) - air, box.top, _right(box, frame) + air, box.bottom) for box in shown
    ]


def draw_callouts(pen: Pen, frame: Frame, shown: Iterable[Placed]) -> None:
    """The boxes with their text, above everything else."""
    em = frame.type_size
    ink = pen.theme["warning-text"]
    style = Style(fill=pen.theme["warning-ground"], stroke=ink)
    for box in shown:
        ref, key = ("note", box.callout.id), _key(box)
        left = _left(box, frame)
        pen.rect(left, box.top, (box.right - box.left) * em, box.bottom - box.top, style,
                 radius=_RADIUS * em, role="callout", ref=ref, lane=key)  # fmt: skip
        middle = box.top + (_TOP + _PITCH * _TYPE / 2) * em
        for line in box.lines:
            pen.text(left + (_SIDE + line.indent * _TYPE) * em, middle, line.text, _TYPE * em, ink,
                     bold=line.bold, role="callout", ref=ref, lane=key)  # fmt: skip
            middle += _PITCH * _TYPE * em


def _key(box: Placed) -> str | None:
    return None if box.target.lane is None else box.target.lane.lane.key
