"""The headings: the names of lanes, and the titles of stages where their bands open."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from viewer.display import Block, Style, theme
from viewer.layout.frame import EDGE, LANE_BAR
from viewer.layout.pen import Pen
from viewer.layout.same import Same
from viewer.layout.signs import with_signs
from viewer.layout.stages import free_before, free_from, is_free, spans
from viewer.words import t
from viewer.words.dates import day_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.records import Lane, Language
    from db.timeline import Timeline
    from viewer.layout.frame import Box, Frame, LaneFrame
    from viewer.layout.measure import Measure
    from viewer.layout.stages import Band, Span

_SINCE_GAP = 10.0  # px between a stage's title and its second part
_NAME_ON_STRIP = 0.88  # ems of the name of a lane that has no row for it


def headings(
    pen: Pen, frame: Frame, timeline: Timeline, found: tuple[Band, ...], covered: Sequence[Box] = ()
) -> Block:
    """The heading rows: a lane's name at the edge, behind the names of those that it sits under
    where there is room, and each stage's title where its band opens.

    A stage that opened before the range sticks to the edge and takes the place of the name; one
    that opens too far right to write after it is written before its opening. They make room for
    what covers their row. As long as no opening is in the range they stay the same.
    """
    openings = tuple(
        min(max(frame.scale.x(band.start), LANE_BAR), frame.width + 1.0) for band in found
    )
    return _headings(frame.still, Same(timeline), Same(found), openings, tuple(covered),
                     pen.theme.name, pen.language, pen.measure)  # fmt: skip


# Each keeps a timeline with all of its columns, so they are few.
@lru_cache(maxsize=2)
def _headings(
    frame: Frame,
    file: Same[Timeline],
    found: Same[tuple[Band, ...]],
    openings: tuple[float, ...],
    covered: tuple[Box, ...],
    theme_name: str,
    language: Language,
    measure: Measure,
) -> Block:
    pen, timeline = Pen(theme(theme_name), measure, language), file.it
    opened = list(zip(found.it, openings, strict=True))
    for lane in frame.lanes:
        if not lane.heading:
            _draw_name_on_strip(pen, frame, timeline, lane, covered)
            continue
        stages = [each for each in opened if each[0].stage.lane_id == lane.lane.id]
        taken = spans(covered, lane.top, lane.top + lane.heading)
        room = _draw_stage_headings(pen, frame, timeline, lane, stages, taken) - 12
        size = _heading_size(frame, lane)
        for name in lane_names(timeline.lane_path(lane.lane), pen.language):
            width = pen.text_width(name, size, bold=True)
            left = free_from(LANE_BAR + 8, width, room, taken)
            if left is not None:
                pen.text(left, lane.top + lane.heading / 2, name, size,
                         pen.theme.palette(lane.lane.colour).text, bold=True, role="lane",
                         lane=lane.lane.key)  # fmt: skip
                break
    return Block(pen.items)


def _draw_name_on_strip(
    pen: Pen, frame: Frame, timeline: Timeline, lane: LaneFrame, covered: Sequence[Box]
) -> None:
    """Where a lane is too low for a row of its own its name stands at the edge of its strip, over
    the marks there: without it nobody could tell which lane it is."""
    high = lane.strip_height
    size = min(_NAME_ON_STRIP * frame.type_size, high)
    taken = spans(covered, lane.bottom - high, lane.bottom)
    for name in lane_names(timeline.lane_path(lane.lane), pen.language):
        width = pen.text_width(name, size, bold=True) + 2 * EDGE
        left = free_from(LANE_BAR, width, frame.width / 2, taken)
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
    stages: list[tuple[Band, float]],
    taken: Sequence[Span],
) -> float:
    """Draws from the last stage to the first, each with the px where it opens and keeping clear of
    the one after it; returns the px where the foremost of them begins."""
    limit = foremost = frame.width - EDGE
    size = _heading_size(frame, lane)
    palette = pen.theme.palette(lane.lane.colour)
    middle = lane.top + lane.heading / 2
    for band, opening in sorted(stages, key=lambda each: each[0].start, reverse=True):
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
        if edge + width <= limit and is_free(edge, width, taken):
            return edge, with_since
        if before - width >= first and is_free(before - width, width, taken):
            return before - width, with_since
    for width, with_since in ways:
        for left in (
            free_from(edge, width, limit, taken),
            free_before(before, width, first, taken),
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
