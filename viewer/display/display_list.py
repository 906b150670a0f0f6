"""The display list: a whole picture, put together from parts, with what it leaves out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import TYPE_CHECKING, overload

import numpy as np

from viewer.display.blocks import Block, Part
from viewer.display.primitives import Text, box

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from viewer.display.blocks import Boxes
    from viewer.display.primitives import Primitive

    Numbers = NDArray[np.int64]


class Idents(Sequence[int]):
    """Ids in order, of which it is known how many they are; they are found when asked for."""

    __slots__ = ("_count", "_find", "_found")

    def __init__(self, count: int, find: Callable[[], Iterable[int]]) -> None:
        self._count, self._find = count, find
        self._found: tuple[int, ...] | None = None

    def _all(self) -> tuple[int, ...]:
        if self._found is None:
            self._found = tuple(sorted(self._find()))
        return self._found

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[int, ...]: ...
    def __getitem__(self, index: int | slice) -> int | tuple[int, ...]:
        return self._all()[index]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Idents) and self._all() == other._all()

    def __hash__(self) -> int:
        return hash(self._all())

    def __repr__(self) -> str:
        return repr(self._all())


NO_IDENTS = Idents(0, tuple)


class DisplayList:
    """A whole picture of `width` by `height` px on `background`.

    `hidden` are the ids of the shown events that have no label here; `counts` are the numbers
    the status line tells: shown and labelled. Items from the index `upper` on lie above the
    others, which cannot be pressed through them. It is made from items, or from parts that are
    laid out as items when those are asked for, by `told` where that is in another order: parts are
    few, items are by lanes. `zoom` and `origin` say where it lies among others:
    of two with the same zoom, what stands still in time is by the difference of their origins
    (px) further left in the one with the greater.
    """

    __slots__ = ("_items", "background", "counts", "height", "hidden", "origin", "parts", "told",
                 "upper", "width", "zoom")  # fmt: skip

    def __init__(
        self,
        width: float,
        height: float,
        background: str,
        items: Iterable[Primitive] | None = None,
        hidden: Idents = NO_IDENTS,
        counts: dict[str, int] | None = None,
        upper: int | None = None,
        *,
        parts: tuple[Part, ...] = (),
        told: Callable[[], Iterable[Primitive]] | None = None,
        zoom: float | None = None,
        origin: float = 0.0,
    ) -> None:
        self.width, self.height, self.background = width, height, background
        self._items = None if items is None else tuple(items)
        self.parts = parts if self._items is None else (Part(Block(self._items)),)
        self.told = told
        self.hidden, self.counts, self.upper = hidden, counts or {}, upper
        self.zoom, self.origin = zoom, origin

    @property
    def items(self) -> tuple[Primitive, ...]:
        """What is painted, in order."""
        if self._items is None:
            every = chain.from_iterable(part.items() for part in self.parts)
            self._items = tuple(every if self.told is None else self.told())
        return self._items

    def touching(self, boxes: Boxes) -> tuple[Numbers, Numbers, Numbers]:
        """What may have ink in some boxes of the picture: of each pair of a box and a cluster the
        box's number, the part's, and the cluster's in its block, in this order."""
        parts = self.parts
        every = [part.own_boxes for part in parts]
        lengths = [len(each) for each in every]
        numbers = np.repeat(np.arange(len(parts)), lengths)
        left, top, right, bottom = np.concatenate(every).T
        moved = np.array([part.dx for part in parts])[numbers]
        x1, y1, x2, y2 = boxes.T[:, :, None]
        found = (right + moved >= x1) & (left + moved <= x2)
        found &= (bottom >= y1) & (top <= y2)
        which, rows = np.nonzero(found)
        clusters = np.concatenate([
            np.arange(number) if part.chosen is None else part.chosen
            for part, number in zip(parts, lengths, strict=True)
        ])  # fmt: skip
        return which, numbers[rows], clusters[rows]

    def with_items(self, items: Iterable[Primitive]) -> DisplayList:
        """The same picture of other items."""
        return DisplayList(self.width, self.height, self.background, items, self.hidden,
                           self.counts, self.upper)  # fmt: skip

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DisplayList) and self._told() == other._told()

    def __hash__(self) -> int:
        return hash(self.items)

    def _told(self) -> tuple[object, ...]:
        return (self.width, self.height, self.background, self.items, self.hidden, self.counts,
                self.upper)  # fmt: skip

    def hit(self, x: float, y: float, reach: float = 3.0) -> Primitive | None:
        """The smallest item with a ref within `reach` px of a point, the topmost of equals: a
        mark rather than the band, or the line, that it stands on."""
        if self.upper is None:
            return _smallest(self.items, x, y, reach)
        above = _smallest(self.items[self.upper :], x, y, 0.0)
        return above or _smallest(self.items[: self.upper], x, y, reach)

    def __str__(self) -> str:
        """One line per item, for tests and for reading."""
        lines = [f"{self.width:g} x {self.height:g} on {self.background}"]
        for item in self.items:
            x, y, w, h = box(item)
            ref = f" {item.ref[0]}:{item.ref[1]}" if item.ref else ""
            text = f" {item.text!r}" if isinstance(item, Text) else ""
            kind = type(item).__name__.lower()
            lines.append(f"{kind} {item.role}{ref} {x:.1f} {y:.1f} {w:.1f} {h:.1f}{text}")
        return "\n".join(lines)


def _smallest(items: Iterable[Primitive], x: float, y: float, reach: float) -> Primitive | None:
    """The smallest item with a ref within `reach` px of a point, the last of equals."""
    found: Primitive | None = None
    smallest = float("inf")
    for item in items:
        if item.ref is None:
            continue
        left, top, width, height = box(item)
        inside = -reach <= x - left <= width + reach and -reach <= y - top <= height + reach
        # As large as what it can be hit by: a line has no area of its own.
        area = (width + 2 * reach) * (height + 2 * reach)
        if inside and area <= smallest:
            found, smallest = item, area
    return found
