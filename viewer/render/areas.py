"""Which parts of a picture to paint anew: few, and apart from one another.

A picture that is painted area by area, each with a rectangle for its clip, takes a fraction of
what it takes through a clip of many rectangles. What a pan changes lies at the picture's two
edges, so an area is as high as all that is to be painted above and below one another.
"""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from viewer.display import Box

Area = tuple[int, int, int, int]
"""Left, top, right and bottom, in whole pixels."""

_NEAR = 32  # pixels between two, up to which they are painted as one


def areas(boxes: Iterable[Box], picture: Area) -> list[Area]:
    """What covers all of some boxes (in pixels) of a picture; no two overlap."""
    left, top, right, bottom = picture
    spans: list[list[float]] = []
    for x1, y1, x2, y2 in sorted(boxes):
        if x2 <= left or x1 >= right or y2 <= top or y1 >= bottom:
            continue
        if spans and x1 <= spans[-1][2] + _NEAR:
            last = spans[-1]
            if x2 > last[2]:
                last[2] = x2
            if y1 < last[1]:
                last[1] = y1
            if y2 > last[3]:
                last[3] = y2
        else:
            spans.append([x1, y1, x2, y2])
    return [
        (max(floor(x1), left), max(floor(y1), top), min(ceil(x2), right), min(ceil(y2), bottom))
        for x1, y1, x2, y2 in spans
    ]
