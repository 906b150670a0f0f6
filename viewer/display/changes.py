"""What differs between two pictures of one zoom: where a copy of the one, moved, must be painted
anew to become the other."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from viewer.display.blocks import moved, reach
from viewer.display.primitives import Bars, Line, Rect

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
        if old is None:
            loose.append(part)
            continue
        del olds[id(part.block)]
        if old.dx + shift == part.dx:
            boxes += _chosen_otherwise(old, part)
        else:
            # What stands still in the window comes along with the copy.
            boxes += _boxes(_at(old, shift))
            boxes += _boxes(part.boxes)
    boxes.extend(_of_loose(list(olds.values()), loose, shift, after.width))
    return Changes(shift, boxes)


def _at(part: Part, shift: float) -> Boxes:
    return part._replace(dx=part.dx + shift).boxes


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
    gone: list[Primitive] = []
    come: list[Primitive] = []
    for parts, found, dx in ((then, gone, shift), (now, come, 0.0)):
        if not parts:
            continue
        boxes = [part._replace(dx=part.dx + dx).boxes for part in parts]
        every = np.concatenate(boxes)
        # At the edges nearly everything differs, and is painted anew sooner than compared.
        near = min(_EDGE, width / 4)
        at_left, at_right = every[:, 2] <= near, every[:, 0] >= width - near
        for side in (at_left, at_right):
            here = every[side]
            if len(here):
                left, top = here[:, :2].min(axis=0).tolist()
                right, bottom = here[:, 2:].max(axis=0).tolist()
                yield left, top, right, bottom
        rest = np.flatnonzero(~(at_left | at_right))
        ends = np.cumsum([len(each) for each in boxes])
        which = np.searchsorted(ends, rest, side="right").tolist()
        for number, row in zip(which, rest.tolist(), strict=True):
            part = parts[number]
            cluster = row - (int(ends[number - 1]) if number else 0)
            if part.chosen is not None:
                cluster = int(part.chosen[cluster])
            by = part.dx + dx
            items = part.own((cluster,))
            found += [moved(item, by) for item in items] if by else items
    yield from _of_items(gone, come)


def _of_items(then: list[Primitive], now: list[Primitive]) -> Iterator[Box]:
    """Where items were that are no longer, or are that were not."""
    gone: dict[tuple[object, ...], list[Primitive]] = {}
    for item in then:
        gone.setdefault((item.role, item.ref), []).append(item)
    come: list[Primitive] = []
    for item in now:
        alike = gone.get((item.role, item.ref))
        if alike is not None and item.__class__ is not Bars and item in alike:
            alike.remove(item)
        else:
            come.append(item)
    grown: dict[tuple[object, ...], list[Primitive]] = defaultdict(list)
    for item in chain(*gone.values()):
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
        corner = new.radius if isinstance(new, Rect) else 0.0
        corner += 3.0
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
    behind = first + len(new.heights)
    begin, end = max(first, 0), min(behind, len(old.heights))
    if begin >= end:
        yield from (reach(old), reach(new))
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
