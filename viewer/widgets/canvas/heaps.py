"""What stands behind a bar of density: told under the pointer, listed where it is clicked."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from viewer.display import Bars
from viewer.layout import pointer
from viewer.layout.frame import frame
from viewer.layout.signs import with_words
from viewer.words import n, t
from viewer.words.dates import day_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.records import Ref
    from db.timeline import Timeline
    from viewer.display import DisplayList
    from viewer.layout import View

_REACH = 3.0  # px to each side of the pointer
_TOLD, _LISTED = 6, 24  # titles


class Heap(NamedTuple):
    """How many events are counted at a place, and the rows of the columns that they are."""

    number: int
    rows: list[int]


def heap_at(
    display: DisplayList, timeline: Timeline, view: View, x: float, y: float
) -> Heap | None:
    """The events that are counted by the bars of density at a px; None where there are none."""
    item = _under(display, x, y)
    if item is None or item.lane is None:
        return None
    first, last = _places(item, x)
    count = sum(item.counts[first:last])
    if not count:
        return None
    scale = frame(timeline, view).scale
    # The outermost bars reach beyond the range, and do not count what begins there.
    begin = max(scale.day(item.x + first * item.step), scale.start)
    behind = min(scale.day(item.x + last * item.step), float(np.nextafter(scale.end, np.inf)))
    # What goes on there has begun anywhere; it is counted by those that are found.
    find = pointer.going_on if item.role == "lasting" else pointer.beginning
    drawn = {each.ref for each in display.items if each.ref is not None}
    rows = [
        row
        for row in find(timeline, view, item.lane, begin, behind)
        if ("event", int(timeline.columns.id[row])) not in drawn
    ]
    return Heap(len(rows) if item.role == "lasting" else count, rows)


def _under(display: DisplayList, x: float, y: float) -> Bars | None:
    """The bars at a place that count something there; of several the nearest, and where they
    touch each other, in very low strips, the one whose middle is nearest."""
    found: tuple[tuple[float, float], Bars] | None = None
    for item in display.items:
        if not isinstance(item, Bars) or not sum(item.counts[slice(*_places(item, x))]):
            continue
        top = item.base - max(item.heights)
        away = max(top - y, y - item.base, 0.0), abs(y - (top + item.base) / 2)
        if away[0] <= _REACH and (found is None or away < found[0]):
            found = away, item
    return found[1] if found else None


def _places(item: Bars, x: float) -> tuple[int, int]:
    """The bars within reach of a px: the first, and the one behind the last."""
    first = max(int((x - _REACH - item.x) // item.step), 0)
    return first, max(min(int((x + _REACH - item.x) // item.step) + 1, len(item.counts)), first)


def told(heap: Heap, timeline: Timeline, view: View) -> str:
    """The heap in a few lines, for the tool tip."""
    lines = [n("engine.heap", heap.number, view.language)]
    lines += [title(timeline, view, row) for row in heap.rows[:_TOLD]]
    if len(heap.rows) > _TOLD:
        lines.append(t("engine.more", view.language, n=len(heap.rows) - _TOLD))
    return "\n".join(lines)


def heap_menu(
    heap: Heap,
    timeline: Timeline,
    view: View,
    choose: Callable[[Ref], object],
    list_all: Callable[[], object],
) -> QMenu:
    """The heap's events to choose from, not yet open; of many the first, and a way to all."""
    menu = QMenu()
    menu.aboutToHide.connect(menu.deleteLater)
    for row in heap.rows[:_LISTED]:
        ref = ("event", int(timeline.columns.id[row]))
        action = QAction(title(timeline, view, row).replace("&", "&&"), menu)
        action.triggered.connect(lambda _checked=False, ref=ref: choose(ref))
        menu.addAction(action)
    if len(heap.rows) > _LISTED:
        menu.addSeparator()
        every = QAction(t("heap.all", view.language, n=len(heap.rows)), menu)
        every.triggered.connect(lambda _checked=False: list_all())
        menu.addAction(every)
    return menu


def title(timeline: Timeline, view: View, row: int) -> str:
    """What an event is called in a list: its day and its title."""
    columns = timeline.columns
    titles = columns.label_ko if view.language == "ko" else columns.label_en
    told = f"{day_words(int(columns.first[row]), view.language)} · {titles[row]}"
    return with_words(told, timeline, ("event", int(columns.id[row])), view.language)
