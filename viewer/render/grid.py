"""The device's pixels under a picture: where on whole ones its lines and edges come to lie."""

from __future__ import annotations

from math import floor
from typing import NamedTuple

from PySide6.QtGui import QPaintEngine, QPainter

_VECTOR = (QPaintEngine.Type.Pdf, QPaintEngine.Type.SVG, QPaintEngine.Type.Picture)


class Grid(NamedTuple):
    """`scale` pixels per px of the picture, which begins `dx` and `dy` pixels behind the first.

    `line` and `edges` take and give px, the others give pixels.
    """

    scale: float
    dx: float
    dy: float

    def fraction(self) -> Grid:
        """The same less than a pixel away. Where on the device a picture lies makes no difference
        to it, as long as that is whole pixels."""
        return Grid(self.scale, self.dx - floor(self.dx), self.dy - floor(self.dy))

    def thick(self, width: float) -> int:
        """The nearest width of a line, one at least."""
        return max(1, round(width * self.scale))

    def begin(self, at: float, thick: int, shift: float) -> int:
        """The first of the pixels of a line that is so many `thick`."""
        place = at * self.scale + shift
        return floor(place) - thick // 2 if thick % 2 else floor(place + 0.5) - thick // 2

    def run(self, start: float, length: float, shift: float) -> tuple[int, int]:
        """The first pixel of a filled run, and how many there are: one at least."""
        first = floor(start * self.scale + shift + 0.5)
        last = floor((start + length) * self.scale + shift + 0.5)
        if last <= first:
            first = floor(start * self.scale + shift)
            last = first + 1
        return first, last - first

    def near(self, at: float, shift: float) -> int:
        """The nearest edge between two pixels."""
        return floor(at * self.scale + shift + 0.5)

    def line(self, at: float, width: float, shift: float) -> float:
        """Where a line of so many px (from `thick`) lies on whole pixels."""
        thick = round(width * self.scale)
        return (self.begin(at, thick, shift) + thick / 2 - shift) / self.scale


def grid_of(painter: QPainter) -> Grid | None:
    """The pixel grid under the painter, None on paper and where the picture is turned."""
    if painter.paintEngine().type() in _VECTOR:
        return None
    transform = painter.deviceTransform()
    upright = transform.isAffine() and transform.m12() == transform.m21() == 0
    if not upright or transform.m11() != transform.m22() or transform.m11() <= 0:
        return None
    return Grid(transform.m11(), transform.dx(), transform.dy())
