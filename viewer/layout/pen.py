"""A pen: the helpers that every part of the picture draws with, and the list they fill."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viewer.display import Bars, Line, Numbers, Path, Rect, Style, Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from db.records import Language, Ref
    from viewer.display import Point, Primitive, Theme
    from viewer.layout.measure import Measure

BASELINE = 0.35  # of the type size: from the middle of a line of text down to its baseline


class Pen:
    """Collects primitives in painting order; lengths in px."""

    def __init__(self, theme: Theme, measure: Measure, language: Language) -> None:
        self.theme = theme
        self.measure = measure
        self.language = language
        self.items: list[Primitive] = []

    def text_width(self, text: str, size: float, *, bold: bool = False) -> float:
        return self.measure.width(text, bold) * size

    def elided(self, text: str, room: float, size: float, *, bold: bool = False) -> str:
        """The text, cut to `room` px where it is longer."""
        return elided(text, room / size, self.measure, bold=bold)

    def text(
        self,
        x: float,
        middle: float,
        text: str,
        size: float,
        colour: str,
        *,
        bold: bool = False,
        role: str,
        ref: Ref | None = None,
        lane: str | None = None,
    ) -> float:
        """Writes a line with its middle at `middle`; returns its width."""
        width = self.text_width(text, size, bold=bold)
        baseline = middle + BASELINE * size
        self.items.append(Text(x, baseline, width, text, size, colour, bold, role, ref, lane))
        return width

    def line(self, x1: float, y1: float, x2: float, y2: float, colour: str, width: float = 1.0,
             *, role: str, dash: tuple[float, ...] = (), opacity: float = 1.0,
             ref: Ref | None = None, lane: str | None = None) -> None:  # fmt: skip
        style = Style(stroke=colour, width=width, dash=dash, opacity=opacity)
        self.items.append(Line(x1, y1, x2, y2, style, role, ref, lane))

    def rect(self, x: float, y: float, w: float, h: float, style: Style, *, radius: float = 0.0,
             role: str, ref: Ref | None = None, lane: str | None = None) -> None:  # fmt: skip
        self.items.append(Rect(x, y, w, h, style, radius, role, ref, lane))

    def bars(self, x: float, base: float, step: float, heights: NDArray[np.float64],
             counts: NDArray[np.int64], style: Style, *, gap: float = 0.0, role: str,
             lane: str | None = None) -> None:  # fmt: skip
        self.items.append(Bars(x, base, step, Numbers(heights), Numbers(counts),
                               style, gap, role, None, lane))  # fmt: skip

    def path(self, runs: tuple[tuple[Point, ...], ...], style: Style, *, closed: bool = False,
             role: str, ref: Ref | None = None, lane: str | None = None) -> None:  # fmt: skip
        if any(runs):
            self.items.append(Path(runs, style, closed, role, ref, lane))


def hatching(
    left: float, top: float, right: float, bottom: float, pitch: float, phase: float = 0.0
) -> tuple[tuple[Point, ...], ...]:
    """Diagonals at 45 degrees, cut to the rectangle. They start from x = `phase`, not from `left`,
    so that two hatched bands side by side run on."""
    runs: list[tuple[Point, ...]] = []
    height = bottom - top
    offset = phase + (left - phase) // pitch * pitch - height // pitch * pitch - pitch
    while offset < right:
        # The diagonal from (offset, bottom) up to (offset + height, top).
        x1, x2 = max(offset, left), min(offset + height, right)
        if x1 < x2:
            runs.append(((x1, bottom - (x1 - offset)), (x2, bottom - (x2 - offset))))
        offset += pitch
    return tuple(runs)


def elided(text: str, most: float, measure: Measure, *, bold: bool = False) -> str:
    """The text cut to `most` ems with an ellipsis; the whole text where it fits."""
    if measure.width(text, bold) <= most:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if measure.width(text[:middle].rstrip() + "…", bold) <= most:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + "…"
