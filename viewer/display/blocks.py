"""Blocks: items that stand still against one another, so that a pan moves them as a whole.

A picture is put together from parts. Each shows a block, or some of its clusters, so many px
further right than the block has them. What a block holds is made once for a zoom; a pan makes
parts, and no items.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from viewer.display.primitives import ASCENT, DESCENT, Image, Line, Path, Rect, Text, box

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from viewer.display.primitives import Primitive, Style

    Boxes = NDArray[np.float64]


Box = tuple[float, float, float, float]
"""Left, top, right and bottom, px."""


RECT, TEXT, OTHER = range(3)
"""What a row of `Drawn` is."""


class Drawn(NamedTuple):
    """Items as arrays, a row each, in painting order, for those who paint them.

    Of a Rect `x`, `y`, `w`, `h` and `radius` are its own; of a Text its left edge, its baseline,
    its measured width and its type size. `look` numbers its entry in `looks`: the style of a Rect,
    colour and bold of a Text. `texts` has a text or nothing for each row, `others` the items that
    are neither, by row.
    """

    what: NDArray[np.int8]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    w: NDArray[np.float64]
    h: NDArray[np.float64]
    radius: NDArray[np.float64]
    look: NDArray[np.intp]
    looks: Sequence[Style | tuple[str, bool]]
    texts: Sequence[str]
    others: dict[int, Primitive]


class Block:
    """Items in px of their own, in clusters that are shown whole or not at all.

    Cluster c has the items `begins[c]` to `begins[c + 1]`; `boxes` (c, 4) are left, top, right
    and bottom, px, of all that its ink may touch. Without `begins` each item is a cluster. With
    `drawn` the items are made when they are asked for, by `make`. In `kept` whoever paints the
    block may keep what he worked out for it.
    """

    __slots__ = ("_boxes", "_items", "_make", "begins", "drawn", "kept")

    def __init__(
        self,
        items: Sequence[Primitive] | None,
        begins: Sequence[int] | None = None,
        boxes: Boxes | None = None,
        *,
        drawn: Drawn | None = None,
        make: Callable[[], Sequence[Primitive]] = tuple,
    ) -> None:
        self._items = None if items is None else tuple(items)
        self._make, self.drawn = make, drawn
        self.begins = range(len(self.items) + 1) if begins is None else begins
        self._boxes = boxes
        self.kept: dict[object, Any] = {}

    def __len__(self) -> int:
        return len(self.begins) - 1

    @property
    def items(self) -> tuple[Primitive, ...]:
        if self._items is None:
            self._items = tuple(self._make())
        return self._items

    @property
    def boxes(self) -> Boxes:
        if self._boxes is None:
            self._boxes = np.array([reach(item) for item in self.items]).reshape(-1, 4)
        return self._boxes


class Part(NamedTuple):
    """The `chosen` clusters of a block (all where that is None), `dx` px further right."""

    block: Block
    dx: float = 0.0
    chosen: NDArray[np.int64] | None = None

    @property
    def clusters(self) -> Iterable[int]:
        return range(len(self.block)) if self.chosen is None else self.chosen.tolist()

    @property
    def number(self) -> int:
        """How many items it shows."""
        if self.chosen is None:
            return self.block.begins[-1]
        begins = self.block.begins
        return sum(begins[each + 1] - begins[each] for each in self.chosen.tolist())

    @property
    def boxes(self) -> Boxes:
        """The boxes of its clusters, where the picture has them."""
        boxes = self.own_boxes
        return boxes + np.array([self.dx, 0.0, self.dx, 0.0]) if self.dx else boxes

    @property
    def own_boxes(self) -> Boxes:
        """The same where the block has them."""
        return self.block.boxes if self.chosen is None else self.block.boxes[self.chosen]

    def own(self, clusters: Iterable[int]) -> Iterator[Primitive]:
        """The items of some clusters, where the block has them."""
        items, begins = self.block.items, self.block.begins
        for cluster in clusters:
            yield from items[begins[cluster] : begins[cluster + 1]]

    def items(self) -> Iterator[Primitive]:
        """The items where the picture has them."""
        if self.dx:
            return (moved(item, self.dx) for item in self.own(self.clusters))
        return iter(self.block.items) if self.chosen is None else self.own(self.clusters)


def moved(item: Primitive, dx: float) -> Primitive:
    """An item so many px further right."""
    if isinstance(item, Line):
        return item._replace(x1=item.x1 + dx, x2=item.x2 + dx)
    if isinstance(item, Path):
        runs = tuple(tuple((x + dx, y) for x, y in run) for run in item.runs)
        return item._replace(runs=runs)
    return item._replace(x=item.x + dx)


def reach(item: Primitive) -> Box:
    """Left, top, right and bottom of what an item's ink may touch: its box, its stroke, and a
    pixel for the grid."""
    if isinstance(item, Rect):
        x, y, w, h, around = item.x, item.y, item.w, item.h, item.style.width + 1.0
    elif isinstance(item, Text):
        x, w, size = item.x, item.w, item.size
        # Glyphs may lean out of their line a little, accents and brackets above all.
        around = 0.3 * size
        y, h = item.y - ASCENT * size, (ASCENT + DESCENT) * size
    else:
        x, y, w, h = box(item)
        around = 1.0 if isinstance(item, Image) else item.style.width + 1.0
    return x - around, y - around, x + w + around, y + h + around
