"""The one drawing routine for Qt: screen, PNG and PDF translate the same display list.

On a raster device lines and the edges of plain rectangles are moved to whole device pixels,
so that a rule is crisp and neighbours leave no seam; on paper everything stays where it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from viewer.render.grid import grid_of
from viewer.render.ink import Ink
from viewer.render.inks import HINTS, UNLIMITED, Budget, colour
from viewer.render.press import Press

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter

    from viewer.display import Box, DisplayList
    from viewer.render.press import Pixels


def paint(
    painter: QPainter,
    display: DisplayList,
    boxes: Sequence[Box] | None = None,
    budget: Budget = UNLIMITED,
    pixels: Pixels | None = None,
    *,
    exact: bool = False,
) -> None:
    """Paints the background and every item, in order, in the painter's own coordinates.

    The painter's transform says how many device pixels a px of the picture is. With `boxes` (px
    of the picture; on a raster device) only those are painted, and a little around them.
    With a `budget` titles that are not drawn yet may be left out: it keeps account of them.
    `pixels` are those of the image that is painted on, where there is one. Outlines are moved by
    an eighth of a device pixel at most, so that a few pictures do for all; not if `exact`.
    The painter's state is given back as it was.
    """
    painter.save()
    painter.setRenderHints(HINTS)
    grid = grid_of(painter)
    if grid is None or boxes is None:
        whole = QRectF(0.0, 0.0, display.width, display.height)
        painter.fillRect(whole, colour(display.background))
    if grid is None:
        ink = Ink(painter)
        for part in display.parts:
            ink.move(part.dx)
            for item in part.own(part.clusters):
                ink.draw(item)
    else:
        press = Press(painter, grid, budget, pixels, exact)
        if boxes is None:
            press.whole(display)
        elif len(boxes):
            press.some(display, boxes)
    painter.restore()
