"""What an edit changed in a large file, over the picture until its lane is placed anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from viewer.display import theme
from viewer.layout.events import AIR, RADIUS, TITLE_GAP, days, drawn_lanes
from viewer.layout.frame import frame
from viewer.layout.titles import BOLD_FROM, titles
from viewer.render import fonts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.timeline import Timeline
    from viewer.display import DisplayList
    from viewer.layout import View


def paint_edited(
    painter: QPainter,
    display: DisplayList,
    edited: Iterable[int],
    timeline: Timeline,
    view: View,
) -> None:
    """The mark and the title of each edited event, on a ground of their own in the strip of its
    lane; of those that have their labels already, nothing."""
    labelled = {
        item.ref[1]
        for part in display.parts
        for item in part.own(part.clusters)
        if item.role == "label" and item.ref
    }
    rows = [timeline.columns.row(ident) for ident in edited if ident not in labelled]
    plan, drawn = frame(timeline, view), drawn_lanes(timeline, view)
    strips = {lane.index: lane.strip for lane in plan.lanes}
    for row in rows:
        if row is not None and drawn[row] in strips:
            span = days(timeline, timeline.as_of, np.array([row]))
            left, right = (plan.scale.x(float(each[0])) for each in span)
            if right >= 0 and left <= view.width:
                _paint_one(painter, timeline, view, row, (left, right), strips[int(drawn[row])])


def _paint_one(
    painter: QPainter,
    timeline: Timeline,
    view: View,
    row: int,
    across: tuple[float, float],
    y: float,
) -> None:
    em, colours, half = view.type_size, theme(view.theme), RADIUS * view.type_size
    left, right = across[0] - half, across[1] + half
    font = fonts.font(em, bold=bool(timeline.columns.importance[row] >= BOLD_FROM))
    known = titles(timeline.columns, view.language, fonts.measure())
    wide, gap, air = float(known.width[row]) * em, TITLE_GAP * em, AIR / 2 * em
    to_left = right + gap + wide + air > view.width
    begin = left - gap - wide if to_left else right + gap
    ground = QRectF(min(left, begin) - air, y - 0.8 * em, 0.0, 1.6 * em)
    ground.setRight(max(right, begin + wide) + air)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colours["accent"]), 1.0))
    painter.setBrush(QColor(colours["raised"]))
    painter.drawRoundedRect(ground, 4.0, 4.0)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours["accent"]))
    painter.drawRoundedRect(QRectF(left, y - half, right - left, 2 * half), half, half)
    painter.setPen(QColor(colours["text"]))
    painter.setFont(font)
    painter.drawText(QPointF(begin, y + 0.35 * em), known.text(row))
