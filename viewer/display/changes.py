"""What differs between two pictures of one zoom: where a copy of the one, moved, must be painted
anew to become the other."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from viewer.display.blocks import moved, reach
from viewer.display.primitives import Bars, Line, Rect
from viewer.display.primitives import box as box_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from viewer.display.blocks import Box, Boxes, Part
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
    loose: list[Part] = []
    for part in after.parts:
        old = olds.get(id(part.block))
        # What stands still in the window comes along with the copy.
        if old is None or old.dx + shift != part.dx:
            loose.append(part)
        else:
            del olds[id(part.block)]
            boxes += _chosen_otherwise(old, part)
    boxes.extend(_of_loose(list(olds.values()), loose, shift, after.width))
    return Changes(shift, boxes)


def _boxes(found: Boxes) -> Iterator[Box]:
    return map(tuple, found.tolist())


def _chosen_otherwise(old: Part, new: Part) -> Iterable[Box]:
    """Where clusters are that only one of two parts shows that are else the same."""
    if old.chosen is None or new.chosen is None:
        return () if old.chosen is new.chosen else _boxes(new._replace(chosen=None).boxes)
    shown = np.zeros(len(new.block), np.bool_)
    shown[old.chosen] = True
    shown[new.chosen] ^= True
    other = np.flatnonzero(shown)
    return _boxes(new._replace(chosen=other).boxes) if len(other) else ()


def _of_loose(then: list[Part], now: list[Part], shift: float, width: float) -> Iterator[Box]:
    """What differs between parts that share nothing: the old ones, moved, and the new ones."""
    gone: list[_Inked] = []
    come: list[_Inked] = []
    near = min(_EDGE, width / 4)
    for parts, found, dx in ((then, gone, shift), (now, come, 0.0)):
        if not parts:
            continue
        every = [part.own_boxes for part in parts]
        numbers = np.repeat(np.arange(len(parts)), [len(each) for each in every])
        boxes = np.concatenate(every)
        boxes[:, ::2] += np.array([part.dx + dx for part in parts])[numbers][:, None]
        # At the edges nearly everything differs, and is painted anew sooner than compared.
        at_left, at_right = boxes[:, 2] <= near, boxes[:, 0] >= width - near
        for side in (at_left, at_right):
            if side.any():
                here = boxes[side]
                yield (*here[:, :2].min(axis=0).tolist(), *here[:, 2:].max(axis=0).tolist())
        rest = np.flatnonzero(~(at_left | at_right))
        begins = np.searchsorted(numbers, numbers[rest])
        for number, row, box in zip(numbers[rest].tolist(), (rest - begins).tolist(),
                                    boxes[rest].tolist(), strict=True):  # fmt: skip
            part = parts[number]
            cluster = row if part.chosen is None else int(part.chosen[row])
            items = list(part.own((cluster,)))
            if by := part.dx + dx:
                items = [moved(item, by) for item in items]
            if len(items) == 1:
                found.append((items[0], tuple(box)))
            else:
                found += [(item, reach(item)) for item in items]
    yield from _of_items(gone, come)


_Inked = tuple["Primitive", "Box"]
"""An item, and what its ink may touch."""


def _of_items(then: list[_Inked], now: list[_Inked]) -> Iterator[Box]:
    """Where items were that are no longer, or are that were not."""
    gone: dict[tuple[object, ...], list[_Inked]] = {}
    for inked in then:
        gone.setdefault((inked[0].role, inked[0].ref), []).append(inked)
    come: list[_Inked] = []
    for inked in now:
        item = inked[0]
        alike = gone.get((item.role, item.ref), ())
        same = () if isinstance(item, Bars) else [each for each in alike if each[0] == item]
        if same:
            gone[item.role, item.ref].remove(same[0])
        else:
            come.append(inked)
    grown: dict[tuple[object, ...], list[_Inked]] = defaultdict(list)
    for item, box in chain(*gone.values()):
        key = _grows(item)
        if key is not None:
            grown[key].append((item, box))
        else:
            yield box
    for item, box in come:
        key = _grows(item)
        if key is not None and grown[key]:
            yield from _ends(*grown[key].pop(), item, box)
        else:
            yield box
    for left in grown.values():
        for _, box in left:
            yield box


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


def _ends(old: Primitive, old_box: Box, new: Primitive, new_box: Box) -> Iterator[Box]:
    """Where the ink of two such items differs."""
    if isinstance(old, Bars) and isinstance(new, Bars):
        yield from _bars(old, old_box, new, new_box)
    else:
        # From the outer edge of the stroke to where the round corner has become straight.
        corner = new.radius if isinstance(new, Rect) else 0.0
        left, _, wide, _ = box_of(new)
        corner += new_box[2] - left - wide + 3.0
        (left, top, right, bottom), (old_left, _, old_right, _) = new_box, old_box
        for one, other in ((old_left, left), (old_right, right)):
            if one != other:
                yield min(one, other) - corner, top, max(one, other) + corner, bottom


def _bars(old: Bars, old_box: Box, new: Bars, new_box: Box) -> Iterator[Box]:
    """The bars that one has and the other has not, or that are of another height."""
    offset = (new.x - old.x) / new.step
    top, bottom = min(new_box[1], old_box[1]), new_box[3]
    if offset != int(offset):
        yield from (old_box, new_box)
        return
    first = int(offset)  # of the new ones, among the old
    behind = first + len(new.heights)
    begin, end = max(first, 0), min(behind, len(old.heights))
    if begin >= end:
        yield from (old_box, new_box)
        return

    def span(some: int, most: int) -> Box:
        return old.x + some * old.step - 1.0, top, old.x + most * old.step + 1.0, bottom

    if first:
        yield span(min(first, 0), begin)
    if behind != len(old.heights):
        yield span(end, max(behind, len(old.heights)))
    here, there = new.heights.array[begin - first : end - first], old.heights.array[begin:end]
    if here.tobytes() == there.tobytes():
        return
    other = np.flatnonzero(here != there)
    if len(other):
        parted = np.flatnonzero(np.diff(other) > _NEAR)
        begins, ends = other[np.append(0, parted + 1)], other[np.append(parted, -1)] + 1
        for one, behind in zip((begins + begin).tolist(), (ends + begin).tolist(), strict=True):
            yield span(one, behind)


_EDGE = 320.0  # px from the picture's edges where what differs in a pan mostly lies
_NEAR = 16  # bars between two that differ, up to which both are painted in one
