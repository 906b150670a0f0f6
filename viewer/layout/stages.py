"""Stage bands: a band per stage, hatched while signed and not yet in force, and the headings."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from viewer.display import Style
from viewer.layout.frame import EDGE, LANE_BAR, scheme_of
from viewer.layout.pen import hatching
from viewer.layout.signs import with_signs
from viewer.words import t
from viewer.words.dates import day_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from db.records import Lane, Language, Rule, Stage
    from db.timeline import Timeline
    from viewer.layout.frame import Box, Frame, LaneFrame
    from viewer.layout.pen import Pen
    from viewer.layout.view import View

ARROW = 9.0  # px, the point of a band that goes on
_HATCH_PITCH = 7.0
_HATCH_PIECE = 30 * _HATCH_PITCH
_SINCE_GAP = 10.0  # px between a stage's title and its second part
_LEGEND_SIDE = 10.0  # px between the legend and the picture's right edge


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


def bands(timeline: Timeline, view: View) -> list[Band]:
    """The scheme's bands in order; a stage without a lane ends where the first one begins."""
    scheme = scheme_of(timeline, view)
    if scheme is None:
        return []
    by_force = rule_of(timeline, view) == "entry-into-force"
    stages = [stage for stage in timeline.stages if stage.scheme_id == scheme.id]
    result = []
    for stage in stages:
        in_force = stage.in_force
        start = in_force if by_force and in_force is not None else stage.signed
        force = in_force if in_force is not None and in_force > start else None
        stays = by_force and in_force is None and stage.lane_id is not None
        result.append(Band(stage, start, force, None, stays))
    begin = min((band.start for band in result if band.stage.lane_id is not None), default=None)
    return [
        band if band.stage.lane_id is not None
        else Band(band.stage, band.start, None, begin, False)
        for band in result
    ]  # fmt: skip


def draw_bands(
    pen: Pen,
    frame: Frame,
    timeline: Timeline,
    found: list[Band],
    covered: Sequence[Box] = (),
) -> None:
    """Everything behind the marks: lane grounds, bands, hatches and the lines where they open.
    Nothing is written under what is `covered`."""
    by_lane = {lane.lane.id: lane for lane in frame.lanes}
    for lane in frame.lanes:
        palette = pen.theme.palette(lane.lane.colour)
        pen.rect(0, lane.top, LANE_BAR, lane.height, Style(fill=palette.strong),
                 role="lane", lane=lane.lane.key)  # fmt: skip
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
    taken = _spans(covered, top, top + frame.prelude)
    begin = _free_from(left + 6, pen.text_width(text, size), right - 6, taken)
    if begin is not None:
        pen.text(begin, top + frame.prelude / 2, text, size, palette.text, role="heading", ref=ref)


Span = tuple[float, float]
"""From px to px, across."""


def _spans(covered: Sequence[Box], top: float, bottom: float) -> list[Span]:
    """What is covered of the height between, from left to right."""
    return sorted(
        (left, right) for left, above, right, below in covered if above < bottom and below > top
    )


def _is_free(left: float, width: float, taken: Sequence[Span]) -> bool:
    return all(left >= end or left + width <= begin for begin, end in taken)


def _free_from(left: float, width: float, most: float, taken: Sequence[Span]) -> float | None:
    """The first place from `left` on that nothing covers, None where that ends behind `most`."""
    for begin, end in taken:
        if left < end and left + width > begin:
            left = end
    return left if left + width <= most else None


def _free_before(right: float, width: float, least: float, taken: Sequence[Span]) -> float | None:
    """The left edge of the last place up to `right` that nothing covers, None where that begins
    before `least`."""
    for begin, end in reversed(taken):
        if right - width < end and right > begin:
            right = begin
    return right - width if right - width >= least else None


_NAME_ON_STRIP = 0.88  # ems of the name of a lane that has no row for it


def draw_headings(
    pen: Pen,
    frame: Frame,
    timeline: Timeline,
    found: list[Band],
    covered: Sequence[Box] = (),
) -> None:
    """The heading rows: a lane's name at the edge, behind the names of those that it sits under
    where there is room, and each stage's title where its band opens.

    A stage that opened before the range sticks to the edge and takes the place of the name; one
    that opens too far right to write after it is written before its opening. They make room for
    what covers their row.
    """
    for lane in frame.lanes:
        if not lane.heading:
            _draw_name_on_strip(pen, frame, timeline, lane, covered)
            continue
        stages = [band for band in found if band.stage.lane_id == lane.lane.id]
        taken = _spans(covered, lane.top, lane.top + lane.heading)
        room = _draw_stage_headings(pen, frame, timeline, lane, stages, taken) - 12
        size = _heading_size(frame, lane)
        for name in lane_names(timeline.lane_path(lane.lane), pen.language):
            width = pen.text_width(name, size, bold=True)
            left = _free_from(LANE_BAR + 8, width, room, taken)
            if left is not None:
                pen.text(left, lane.top + lane.heading / 2, name, size,
                         pen.theme.palette(lane.lane.colour).text, bold=True, role="lane",
                         lane=lane.lane.key)  # fmt: skip
                break


def _draw_name_on_strip(
    pen: Pen, frame: Frame, timeline: Timeline, lane: LaneFrame, covered: Sequence[Box]
) -> None:
    """Where a lane is too low for a row of its own its name stands at the edge of its strip, over
    the marks there: without it nobody could tell which lane it is."""
    high = lane.strip_height
    size = min(_NAME_ON_STRIP * frame.type_size, high)
    taken = _spans(covered, lane.bottom - high, lane.bottom)
    for name in lane_names(timeline.lane_path(lane.lane), pen.language):
        width = pen.text_width(name, size, bold=True) + 2 * EDGE
        left = _free_from(LANE_BAR, width, frame.width / 2, taken)
        if left is not None:
            style = Style(fill=pen.theme["ground"], opacity=0.88)
            pen.rect(left, lane.bottom - high, width, high, style, radius=2, role="lane",
                     lane=lane.lane.key)  # fmt: skip
            pen.text(left + EDGE, lane.bottom - lane.strip_height / 2, name, size,
                     pen.theme.palette(lane.lane.colour).text, bold=True, role="lane",
                     lane=lane.lane.key)  # fmt: skip
            break


def lane_names(path: Sequence[Lane], language: Language) -> tuple[str, ...]:
    """What a lane may be called, the longest first: with those above it, or by its own name."""
    names = [lane.name.text(language) for lane in path]
    return tuple(dict.fromkeys((" › ".join(names), names[-1])))


def _heading_size(frame: Frame, lane: LaneFrame) -> float:
    return max(1.15 * frame.type_size, 0.5 * lane.heading)


def _draw_stage_headings(
    pen: Pen,
    frame: Frame,
    timeline: Timeline,
    lane: LaneFrame,
    stages: list[Band],
    taken: Sequence[Span],
) -> float:
    """Draws from the last stage to the first, each keeping clear of the one after it; returns
    the px where the foremost of them begins."""
    limit = foremost = frame.width - EDGE
    size = _heading_size(frame, lane)
    palette = pen.theme.palette(lane.lane.colour)
    middle = lane.top + lane.heading / 2
    for band in sorted(stages, key=lambda each: each.start, reverse=True):
        opening = frame.scale.x(band.start)
        if opening > frame.width:
            continue
        title = with_signs(band.stage.title.text(pen.language), timeline, ("stage", band.stage.id))
        since = since_words(band, pen.language)
        widths = (
            pen.text_width(title, size, bold=True),
            pen.text_width(since, 0.85 * size) + _SINCE_GAP,
        )
        found = _heading_place(opening, limit, widths, taken)
        if found is not None:
            left, with_since = found
            ref, key = ("stage", band.stage.id), lane.lane.key
            pen.text(left, middle, title, size, palette.text, bold=True,
                     role="heading", ref=ref, lane=key)  # fmt: skip
            if with_since:
                pen.text(left + widths[0] + _SINCE_GAP, middle, since, 0.85 * size,
                         pen.theme["muted"], role="heading", ref=ref, lane=key)  # fmt: skip
            foremost = min(foremost, left)
        if opening <= LANE_BAR:
            break  # earlier stages are out of the picture
        limit = min(limit, foremost, opening) - 12
    return foremost


def _heading_place(
    opening: float, limit: float, widths: tuple[float, float], taken: Sequence[Span] = ()
) -> tuple[float, bool] | None:
    """The left edge of a heading and whether its second part is written: behind the opening or
    the picture's edge where that has room up to `limit`, else before the opening. Where those
    places are taken, further away from it."""
    first, edge = LANE_BAR + 8, max(opening, LANE_BAR) + 8
    before = min(opening - 8, limit)
    ways = ((sum(widths), True), (widths[0], False))
    for width, with_since in ways:
        if edge + width <= limit and _is_free(edge, width, taken):
            return edge, with_since
        if before - width >= first and _is_free(before - width, width, taken):
            return before - width, with_since
    for width, with_since in ways:
        for left in (
            _free_from(edge, width, limit, taken),
            _free_before(before, width, first, taken),
        ):
            if left is not None:
                return left, with_since
    return None


def since_words(band: Band, language: Language) -> str:
    """The line behind a stage's title: since when, and why it stays where the rule moves others."""
    since = day_words(band.start, language)
    if band.stays:
        return t("layout.since-stays", language, date=since)
    return t("layout.since", language, date=since)


def draw_whose(pen: Pen, frame: Frame, timeline: Timeline, view: View) -> None:
    """The thin line that says whose scheme the picture follows, and what the hatch means."""
    scheme = scheme_of(timeline, view)
    if scheme is None or not frame.whose:
        return
    em = frame.type_size
    size, middle = 0.85 * em, frame.plot_bottom + frame.whose / 2
    rule = t("rule." + rule_of(timeline, view), view.language)
    name, whose = scheme.name.text(view.language), scheme.whose.text(view.language)
    if whose:
        text = t("layout.whose", view.language, name=name, whose=whose, rule=rule)
    else:
        text = t("layout.nobodys", view.language, name=name, rule=rule)
    legend = t("layout.hatched", view.language)
    muted = pen.theme["muted"]
    left = LANE_BAR + 8
    legend_width = pen.text_width(legend, size) + 2 * em + 6
    room = frame.width - left - EDGE
    if pen.text_width(text, size) + legend_width + 24 <= room:
        x = frame.width - _LEGEND_SIDE - legend_width
        palette = pen.theme.palette("neutral")
        box = (x, middle - 0.4 * em, x + 1.8 * em, middle + 0.4 * em)
        pen.path(hatching(*box, 5.0), Style(stroke=palette.hatch), role="legend")
        pen.rect(
            box[0],
            box[1],
            box[2] - box[0],
            box[3] - box[1],
            Style(stroke=palette.hatch),
            role="legend",
        )
        pen.text(box[2] + 6, middle, legend, size, muted, role="legend")
    pen.text(left, middle, pen.elided(text, room, size), size, muted, role="whose")
