"""What stands still while one pans: kept as it is from one picture to the next."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from viewer.display import Block, Line, Rect, Style, theme
from viewer.layout.frame import EDGE, LANE_BAR, scheme_of
from viewer.layout.pen import Pen, hatching
from viewer.layout.stages import rule_of
from viewer.words import t

if TYPE_CHECKING:
    from db.records import Language, Rule, Scheme
    from db.timeline import Timeline
    from viewer.layout.frame import Frame, LaneFrame
    from viewer.layout.measure import Measure
    from viewer.layout.view import View

_LEGEND_SIDE = 10.0  # px between the legend and the picture's right edge
_NOTHING = Block(())


@lru_cache(maxsize=8)
def lane_bars(lanes: tuple[LaneFrame, ...], theme_name: str) -> Block:
    """The coloured edge of each lane."""
    colours = theme(theme_name)
    styles = [Style(fill=colours.palette(lane.lane.colour).strong) for lane in lanes]
    return Block([
        Rect(0, lane.top, LANE_BAR, lane.height, style, 0.0, "lane", None, lane.lane.key)
        for lane, style in zip(lanes, styles, strict=True)
    ])  # fmt: skip


@lru_cache(maxsize=8)
def axis_rule(axis: float, width: float, theme_name: str) -> Block:
    """The line under the axis, where there is one."""
    if not axis:
        return _NOTHING
    style = Style(stroke=theme(theme_name)["border"])
    return Block([Line(0, axis - 0.5, width, axis - 0.5, style, "axis")])


def whose(pen: Pen, frame: Frame, timeline: Timeline, view: View) -> Block:
    """The thin line that says whose scheme the picture follows, and what the hatch means."""
    scheme = scheme_of(timeline, view)
    if scheme is None or not frame.whose:
        return _NOTHING
    return _whose(frame.still, scheme, rule_of(timeline, view), pen.theme.name, pen.language,
                  pen.measure)  # fmt: skip


@lru_cache(maxsize=8)
def _whose(
    frame: Frame, scheme: Scheme, rule_key: Rule, theme_name: str, language: Language,
    measure: Measure,
) -> Block:  # fmt: skip
    pen = Pen(theme(theme_name), measure, language)
    em = frame.type_size
    size, middle = 0.85 * em, frame.plot_bottom + frame.whose / 2
    rule = t("rule." + rule_key, language)
    name, owner = scheme.name.text(language), scheme.whose.text(language)
    if owner:
        text = t("layout.whose", language, name=name, whose=owner, rule=rule)
    else:
        text = t("layout.nobodys", language, name=name, rule=rule)
    legend = t("layout.hatched", language)
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
    return Block(pen.items)
