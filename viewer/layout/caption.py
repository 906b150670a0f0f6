"""The caption of an exported picture: what it shows, by whose scheme, as of when."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from viewer.layout.frame import EDGE, LANE_BAR, scheme_of
from viewer.layout.signs import legend
from viewer.layout.stages import rule_of
from viewer.words import t
from viewer.words.dates import day_words, range_words

if TYPE_CHECKING:
    from db.timeline import Timeline
    from viewer.layout.frame import Frame
    from viewer.layout.pen import Pen
    from viewer.layout.view import View


def draw_caption(pen: Pen, frame: Frame, timeline: Timeline, view: View, as_of: int) -> None:
    """Up to four lines: the user's title, the facts of the picture, what the signs of doubt on it
    mean, the handling mark."""
    if view.caption is None or not frame.caption:
        return
    em, language = frame.type_size, view.language
    left, room = LANE_BAR + 8, frame.width - LANE_BAR - 8 - EDGE
    top = frame.height - frame.caption
    pen.line(0, top + 0.5, frame.width, top + 0.5, pen.theme["border"], role="caption")
    middle = top + 0.3 * em + 0.775 * em
    if view.caption.title:
        title = pen.elided(view.caption.title, room / 1.1, em, bold=True)
        pen.text(left, middle, title, 1.1 * em, pen.theme["text"], bold=True, role="caption")
        middle += 1.55 * em
    facts = [range_words(math.floor(view.start), math.ceil(view.end) - 1, language)]
    scheme = scheme_of(timeline, view)
    if scheme is not None:
        rule = t("rule." + rule_of(timeline, view), language)
        facts.append(t("layout.scheme", language, name=scheme.name.text(language), rule=rule))
    facts.append(t("layout.as-of", language, date=day_words(as_of, language)))
    line = pen.elided(" · ".join(facts), room, 0.9 * em)
    pen.text(left, middle, line, 0.9 * em, pen.theme["muted"], role="caption")
    if signs := legend(timeline, view):
        middle += 1.55 * em
        signs = pen.elided(signs, room, 0.9 * em)
        pen.text(left, middle, signs, 0.9 * em, pen.theme["dispute"], role="caption")
    if view.caption.marking:
        middle += 1.55 * em
        marking = pen.elided(view.caption.marking, room, em, bold=True)
        x = (frame.width - pen.text_width(marking, em, bold=True)) / 2
        pen.text(x, middle, marking, em, pen.theme["dispute"], bold=True, role="caption")
