"""What differs between two pictures of one zoom: where a copy of the one, moved, must be painted
anew to become the other."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from viewer.display.blocks import moved, reach
from viewer.display.primitives import Bars, Line, Rect, box

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from viewer.display.blocks import Box, Part
    from viewer.display.display_list import DisplayList
    from viewer.display.primitives import Primitive


class Changes(NamedTuple):
    """By how many px to the right the old picture's ink stands in the new one, and what is not
    right then: boxes that overlap or reach beyond the picture."""

    shift: float
    boxes: list[Box]


def changes(before: DisplayList, after: DisplayList) -> Changes | None:
    """None where nothing of the old picture can be used."""
    if before is after:
        return Changes(0.0, [])
    size = before.width, before.height, before.background
    if size != (after.width, after.height, after.background) or before.zoom != after.zoom:
        return None
    shift = before.origin - after.origin
    if abs(shift) >= after.width:
        return None
    boxes: list[Box] = []
    if shift > 0:
        boxes.append((0.0, 0.0, shift, after.height))
    elif shift < 0:
        boxes.append((after.width + shift, 0.0, after.width, after.height))
    olds = {id(part.block): part for part in before.parts}
    loose_now: list[Part] = []
    for part in after.parts:
        old = olds.get(id(part.block))
        if old is None or old.dx + shift != part.dx:
            loose_now.append(part)
            continue
        del olds[id(part.block)]
        if part.chosen is not None and old.chosen is not None:
            other = np.setxor1d(part.chosen, old.chosen, assume_unique=True)
            boxes += _boxes(part.block.boxes[other] + np.array([part.dx, 0.0, part.dx, 0.0]))
    then = [moved(item, shift) for old in olds.values() for item in old.items()]
    now = [item for part in loose_now for item in part.items()]
    boxes.extend(_of_items(then, now))
    return Changes(shift, boxes)


def _boxes(found: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> Iterator[Box]:
    return map(tuple, found.tolist())  # type: ignore[arg-type]


def _of_items(then: list[Primitive], now: Iterable[Primitive]) -> Iterator[Box]:
    """Where items were that are no longer, or are that were not."""
    gone = Counter(item for item in then if not isinstance(item, Bars))
    come: list[Primitive] = []
    for item in now:
        if not isinstance(item, Bars) and gone[item] > 0:
            gone[item] -= 1
        else:
            come.append(item)
    left = [item for item, number in gone.items() for _ in range(number)]
    grown: dict[tuple[object, ...], list[Primitive]] = defaultdict(list)
    for item in chain(left, (item for item in then if isinstance(item, Bars))):
        key = _grows(item)
        if key is not None:
            grown[key].append(item)
        else:
            yield reach(item)
    for item in come:
        key = _grows(item)
        if key is not None and grown[key]:
            yield from _ends(grown[key].pop(), item)
        else:
            yield reach(item)
    for items in grown.values():
        yield from map(reach, items)


def _grows(item: Primitive) -> tuple[object, ...] | None:
    """What two items have in common that differ only in where they begin and end."""
    # Dashes follow from where an outline begins, and round ends from how long it is.
    if isinstance(item, Rect) and not item.style.dash and item.w >= 2 * item.radius:
        return item.y, item.h, item.style, item.radius, item.role, item.ref, item.lane
    if isinstance(item, Line) and item.y1 == item.y2 and not item.style.dash:
        return item.y1, item.style, item.role, item.ref, item.lane
    if isinstance(item, Bars):
        return item.base, item.step, item.style, item.gap, item.role, item.lane
    return None


def _ends(old: Primitive, new: Primitive) -> Iterator[Box]:
    """Where the ink of two such items differs."""
    if isinstance(old, Bars) and isinstance(new, Bars):
        yield from _bars(old, new)
    else:
        # From the outer edge of the stroke to where the round corner has become straight.
        corner = new.radius if isinstance(new, Rect) else 0.0
        corner += reach(new)[2] - box(new)[0] - box(new)[2] + 3.0
        (left, top, right, bottom), (old_left, _, old_right, _) = reach(new), reach(old)
        for one, other in ((old_left, left), (old_right, right)):
            if one != other:
                yield min(one, other) - corner, top, max(one, other) + corner, bottom


def _bars(old: Bars, new: Bars) -> Iterator[Box]:
    """The bars that one has and the other has not, or that are of another height."""
    offset = (new.x - old.x) / new.step
    _, top, _, bottom = reach(new)
    top = min(top, reach(old)[1])
    if offset != int(offset):
        yield from (reach(old), reach(new))
        return
    first = int(offset)  # of the new ones, among the old
    low, high = min(first, 0), max(first + len(new.heights), len(old.heights))
    here, there = np.zeros(high - low), np.zeros(high - low)
    there[-low : len(old.heights) - low] = old.heights.array
    here[first - low : first - low + len(new.heights)] = new.heights.array
    other = np.flatnonzero(here != there)
    if not len(other):
        return
    parted = np.flatnonzero(np.diff(other) > _NEAR)
    begins, ends = other[np.append(0, parted + 1)], other[np.append(parted, -1)] + 1
    for begin, end in zip((begins + low).tolist(), (ends + low).tolist(), strict=True):
        yield old.x + begin * new.step - 1.0, top, old.x + end * new.step + 1.0, bottom


_NEAR = 16  # bars between two that differ, up to which both are painted in one
