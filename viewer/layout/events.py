"""Events on the picture: which lane, where in it, what of it is drawn and what only counted."""

from __future__ import annotations

import math
from collections import OrderedDict
from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

import numpy as np

from db.columns import INTERVAL, OPEN_END
from viewer.layout.frame import shown_lanes
from viewer.layout.labels import NEVER, Asked, Barrier, Labels, place, priorities
from viewer.layout.navigation import MARGIN, fit
from viewer.layout.placed import Placed
from viewer.layout.signs import FLAW_SIGNS
from viewer.layout.titles import no_titles, titles

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from db.records import Language
    from db.timeline import Timeline
    from viewer.layout.measure import Measure
    from viewer.layout.view import View

# Ems of the type size.
RADIUS = 0.42  # of a point's disc; half the least length of a bar
TITLE_GAP = 0.42  # between a mark and its label
AIR = 0.7  # between a label and the next box
PADDING = 0.5  # around a title inside its bar
SUFFIX_GAP = 0.4  # between a title and each sign behind it
TAIL = 0.95  # an arrow or a fade at the end of a bar

TOGETHER = 1 << 17  # events in lanes that are placed at once


class Obstacles(NamedTuple):
    """What labels yield to, each barrier with the index of its lane.

    The labels of `noted` events are placed before all others, since it is their notes that take
    the room: ids, each with the rows of its lane in the order of their distance from the note.
    """

    barriers: tuple[tuple[int, Barrier], ...] = ()
    noted: tuple[tuple[int, tuple[int, ...]], ...] = ()


NO_OBSTACLES = Obstacles()

BROKEN_SIGN, DISPUTED_SIGN = FLAW_SIGNS["broken"], FLAW_SIGNS["disputed"]
FORECAST_SIGN = "→"


def lane_of(timeline: Timeline, view: View, mask: NDArray[np.bool_]) -> NDArray[np.int16]:
    """The lane (index) that each event is drawn in: its first that is shown, -1 for none."""
    lanes = timeline.columns.lanes
    visible = np.zeros(len(timeline.lanes) + 1, np.bool_)  # the last entry answers for -1
    visible[shown_lanes(timeline, view)] = True
    drawn = np.where(visible[lanes[:, 0]] & mask, lanes[:, 0], np.int16(-1))
    for column in range(1, lanes.shape[1]):
        free = (drawn < 0) & visible[lanes[:, column]] & mask
        drawn[free] = lanes[free, column]
    return drawn


def days(
    timeline: Timeline, as_of: int, rows: NDArray[np.int64] | None = None
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Where the marks of all events, or of those `rows`, begin and end: a known day is a point at
    its middle, everything coarser the whole of its span; what goes on ends with `as_of`."""
    columns = timeline.columns
    chosen = slice(None) if rows is None else rows
    shape = columns.shape[chosen]
    start = columns.first[chosen].astype(np.float64)
    end = columns.last[chosen].astype(np.float64) + 1.0
    goes_on = (shape & OPEN_END) != 0
    end[goes_on] = np.maximum(end[goes_on], as_of + 1.0)
    point = (end - start <= 1.0) & ((shape & INTERVAL) == 0)
    start[point] += 0.5
    end[point] = start[point]
    return start, end


def suffixes(timeline: Timeline, row: int) -> list[str]:
    """The signs behind a title: the number of its quotes, a broken one, a dispute, a forecast made
    there."""
    columns = timeline.columns
    signs = []
    if columns.quotes[row]:
        signs.append(f"“{columns.quotes[row]}")
    if columns.broken[row]:
        signs.append(BROKEN_SIGN)
    if columns.disputed[row]:
        signs.append(DISPUTED_SIGN)
    if columns.forecast_of[row] >= 0:
        signs.append(FORECAST_SIGN)
    return signs


K = TypeVar("K")
V = TypeVar("V")


class _Kept(Generic[K, V]):
    """The last few values by what they are a function of, fewer of them the larger they are."""

    MOST, WEIGHT = 24, 3_000_000

    def __init__(self) -> None:
        self._kept: OrderedDict[K, tuple[int, V]] = OrderedDict()
        self._lock = Lock()

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()

    def has(self, key: K) -> bool:
        return key in self._kept

    def get(self, key: K, weight: int, make: Callable[[], V]) -> V:
        """The value of a key, made where there is none; by several threads at once it may be
        made twice."""
        return self.all([key], [weight], lambda _: [make()])[0]

    def known(self, keys: Sequence[K]) -> list[V | None]:
        """The values of keys, None where there is none."""
        return [each and each[1] for each in map(self._kept.get, keys)]

    def all(
        self, keys: Sequence[K], weights: Sequence[int], make: Callable[[list[int]], Sequence[V]]
    ) -> list[V]:
        """The values of keys; those of which there is none, by their numbers, made together."""
        found = dict(enumerate(map(self._kept.get, keys)))
        missing = [nth for nth, each in found.items() if each is None]
        if missing:
            for nth, value in zip(missing, make(missing), strict=True):
                found[nth] = weights[nth], value
        values = []
        with self._lock:
            for key, each in zip(keys, found.values(), strict=True):
                assert each is not None
                values.append(each[1])
                self._kept[key] = each
                self._kept.move_to_end(key)
            while len(self._kept) > self.MOST or (
                len(self._kept) > 1 and sum(each for each, _ in self._kept.values()) > self.WEIGHT
            ):
                self._kept.popitem(last=False)
        return values


# The timeline and the measure are part of the keys, so their ids stay theirs.
_pictures: _Kept[tuple[object, ...], dict[int, Placed]] = _Kept()
_lanes: _Kept[tuple[object, ...], Placed] = _Kept()
_found: _Kept[tuple[object, ...], Labels] = _Kept()
_drawn: _Kept[tuple[object, ...], NDArray[np.int16]] = _Kept()


def drawn_lanes(timeline: Timeline, view: View) -> NDArray[np.int16]:
    """`lane_of` for what the view's filter leaves; not to be changed by who gets it."""
    return _drawn.get(
        (timeline, view.filter),
        len(timeline.columns),
        lambda: lane_of(timeline, view, view.filter.mask(timeline)),
    )


def keep_drawn(timeline: Timeline, view: View, lanes: NDArray[np.int16]) -> None:
    """Takes what `drawn_lanes` comes to, where it is known already."""
    _drawn.get((timeline, view.filter), len(lanes), lambda: lanes)


def placements(
    timeline: Timeline,
    view: View,
    measure: Measure,
    rows: int,
    as_of: int,
    obstacles: Obstacles = NO_OBSTACLES,
) -> dict[int, Placed]:
    """All lanes' events and labels, by index of the lane."""
    return _pictures.get(
        key(timeline, view, measure, rows, as_of, obstacles),
        len(timeline.columns),
        lambda: _place_all(timeline, view, measure, rows, as_of, obstacles),
    )


def is_placed(
    timeline: Timeline, view: View, measure: Measure, rows: int, as_of: int, obstacles: Obstacles
) -> bool:
    """Whether `placements` knows the answer already."""
    return _pictures.has(key(timeline, view, measure, rows, as_of, obstacles))


def keep_places(asked: tuple[object, ...], weight: int, places: dict[int, Placed]) -> None:
    """Takes places that are known already for a `key`."""
    _pictures.get(asked, weight, lambda: places)


def without_labels(timeline: Timeline, view: View, as_of: int) -> dict[int, Placed]:
    """All lanes' events, none with a label."""

    def make() -> dict[int, Placed]:
        drawn = drawn_lanes(timeline, view)
        return {
            index: _unlabelled(timeline, np.flatnonzero(drawn == index), as_of)
            for index in shown_lanes(timeline, view)
        }

    key = (timeline, view.filter, as_of)
    return _pictures.get(key, len(timeline.columns), make)


def key(
    timeline: Timeline, view: View, measure: Measure, rows: int, as_of: int, obstacles: Obstacles
) -> tuple[object, ...]:
    return (timeline, view.filter, view.language, measure, rows, as_of, obstacles)


def placements_near(
    timeline: Timeline,
    view: View,
    measure: Measure,
    rows: int,
    as_of: int,
    obstacles: Obstacles,
    upto: float,
) -> dict[int, Placed]:
    """What `placements` comes to at scales up to `upto` (a power of two, ems per day), in a
    fraction of the time: most labels are shown further in only. These are not kept."""
    wanted, keys = _wanted(timeline, view, measure, rows, as_of, obstacles)
    found = _lanes.known(keys)
    missing = [nth for nth, each in enumerate(found) if each is None]
    made: list[Placed] = []
    for some in _together([wanted[nth] for nth in missing]):
        made += _place(timeline, some, view.language, measure, as_of, upto)
    for nth, each in zip(missing, made, strict=True):
        found[nth] = each
    indices = shown_lanes(timeline, view)
    return {index: each for index, each in zip(indices, found, strict=True) if each is not None}


def _place_all(
    timeline: Timeline, view: View, measure: Measure, rows: int, as_of: int, obstacles: Obstacles
) -> dict[int, Placed]:
    wanted, keys = _wanted(timeline, view, measure, rows, as_of, obstacles)

    def make(missing: list[int]) -> list[Placed]:
        made: list[Placed] = []
        for some in _together([wanted[nth] for nth in missing]):
            made += _place(timeline, some, view.language, measure, as_of)
        return made

    found = _lanes.all(keys, [len(each.chosen) for each in wanted], make)
    return dict(zip(shown_lanes(timeline, view), found, strict=True))


def _wanted(
    timeline: Timeline, view: View, measure: Measure, rows: int, as_of: int, obstacles: Obstacles
) -> tuple[list[_Wanted], list[tuple[object, ...]]]:
    """The lanes of a view in order, and what each is a function of."""
    drawn = drawn_lanes(timeline, view)
    bounds = bounds_of(timeline, view)
    wanted: list[_Wanted] = []
    keys: list[tuple[object, ...]] = []
    for index in shown_lanes(timeline, view):
        chosen = np.flatnonzero(drawn == index)
        own = tuple(barrier for lane, barrier in obstacles.barriers if lane == index)
        wishes = _wishes(timeline.columns.id[chosen], obstacles)
        wanted.append(_Wanted(chosen, bounds, rows, own, wishes))
        # A lane whose events stay the same, while others come and go, is not placed anew.
        keys.append((timeline.columns, view.language, measure, rows, as_of, bounds, own,
                     tuple(wishes.items()), chosen.astype(np.int32).tobytes()))  # fmt: skip

    return wanted, keys


class _Wanted(NamedTuple):
    """A lane that is to be placed: the rows of its events, and what else `Asked` tells."""

    chosen: NDArray[np.int64]
    bounds: tuple[float, float]
    rows: int
    barriers: tuple[Barrier, ...]
    wishes: dict[int, tuple[int, ...]]


def _together(wanted: list[_Wanted]) -> list[list[_Wanted]]:
    """Lanes that are placed at once: it saves time for small ones, and memory not to for large."""
    groups: list[list[_Wanted]] = []
    events = 0
    for each in wanted:
        events += len(each.chosen)
        if groups and events <= TOGETHER:
            groups[-1].append(each)
        else:
            groups.append([each])
            events = len(each.chosen)
    return groups


def bounds_of(timeline: Timeline, view: View) -> tuple[float, float]:
    """The days that labels stay within: what a picture of all that the filter leaves would show,
    in hidden lanes too, so that no lane's labels depend on which others are shown. Within its
    margin on whole steps, so that they seldom depend on an edit of the first or last event."""
    start, end = fit(timeline, replace(view.filter, lanes=()).mask(timeline))
    step = 2.0 ** math.floor(math.log2((end - start) * MARGIN / 2))
    return math.ceil(start / step) * step, math.floor(end / step) * step


def _place(
    timeline: Timeline,
    lanes: list[_Wanted],
    language: Language,
    measure: Measure,
    as_of: int,
    upto: float = math.inf,
) -> list[Placed]:
    """The events of lanes; their labels as far as `upto`, see `labels.place`."""
    times, asked, keys = [], [], []
    for chosen, bounds, rows, barriers, wishes in lanes:
        order, start, end = _by_time(timeline, chosen, as_of)
        chosen = chosen[order]
        places = np.empty(len(order), np.int64)
        places[order] = np.arange(len(order))
        wishes = {int(places[entry]): each for entry, each in wishes.items()}
        own = boxes(timeline, chosen, start, end, language, measure)
        times.append((chosen, start, end))
        asked.append(Asked(*own, bounds, rows, barriers, wishes))
        # Known by what it is a function of: after an edit the other lanes are as they were.
        keys.append((_fingerprint(own), bounds, rows, barriers, tuple(wishes.items())))
    if upto < math.inf:
        known = _found.known(keys)
        missing = [nth for nth, each in enumerate(known) if each is None]
        made = iter(place([asked[nth] for nth in missing], upto=upto))
        found = [next(made) if each is None else each for each in known]
    else:
        found = _found.all(
            keys,
            [len(each.chosen) for each in lanes],
            lambda missing: place([asked[nth] for nth in missing]),
        )
    every = titles(timeline.columns, language, measure)
    return [
        Placed(*own, every, labels) for own, labels in zip(times, found, strict=True)
    ]  # fmt: skip


def _fingerprint(asked: Boxes) -> tuple[int, int]:
    """Of a lane's boxes: their number, and a hash over all that is asked of them."""
    return len(asked.start), hash(b"".join(each.tobytes() for each in asked))


def _by_time(
    timeline: Timeline, chosen: NDArray[np.int64], as_of: int
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """The order of some rows by the days they begin on, and where they begin and end so."""
    start, end = days(timeline, as_of, chosen)
    # The rows stand by first day and id, which a stable sort by what follows from the day keeps;
    # and of what is nearly in order already it makes little work.
    order = np.argsort(start, kind="stable")
    return order, start[order], end[order]


def _unlabelled(timeline: Timeline, chosen: NDArray[np.int64], as_of: int) -> Placed:
    order, start, end = _by_time(timeline, chosen, as_of)
    none = np.full(len(chosen), -1, np.int32)
    labels = Labels(none, none.astype(np.int8), np.full(len(chosen), NEVER))
    return Placed(chosen[order], start, end, no_titles(), labels)


def _signs_width(
    timeline: Timeline, rows: NDArray[np.int64], measure: Measure
) -> NDArray[np.float64]:
    """Ems of the signs behind each title, with the gaps before them; see `suffixes`."""
    columns = timeline.columns
    widths = np.zeros(len(rows))
    numbers, which = np.unique(columns.quotes[rows], return_inverse=True)
    widths += np.array([
        SUFFIX_GAP + measure.width(f"“{number}", False) if number else 0.0
        for number in numbers.tolist()
    ])[which] if len(rows) else 0.0  # fmt: skip
    marked = (
        (columns.broken, BROKEN_SIGN),
        (columns.disputed, DISPUTED_SIGN),
        (columns.forecast_of >= 0, FORECAST_SIGN),
    )
    for mask, sign in marked:
        widths[mask[rows]] += SUFFIX_GAP + measure.width(sign, False)
    return widths


def _wishes(ids: NDArray[np.int64], obstacles: Obstacles) -> dict[int, tuple[int, ...]]:
    """The rows that noted events of a lane would like, by their entry in it."""
    noted = dict(obstacles.noted)
    entries = np.flatnonzero(np.isin(ids, list(noted))) if noted else ()
    return {int(entry): noted[int(ids[entry])] for entry in entries}


class Boxes(NamedTuple):
    """What `labels.place` asks about each event of a lane, an entry each."""

    start: NDArray[np.float64]
    end: NDArray[np.float64]
    width: NDArray[np.float64]
    room: NDArray[np.float64]
    inside: NDArray[np.float64]
    priority: NDArray[np.uint64]


def boxes(
    timeline: Timeline,
    rows: NDArray[np.int64],
    start: NDArray[np.float64],
    end: NDArray[np.float64],
    language: Language,
    measure: Measure,
) -> Boxes:
    """The boxes of the events in some rows of the columns."""
    columns = timeline.columns
    widths = titles(columns, language, measure).width[rows] + _signs_width(timeline, rows, measure)
    length = end - start
    inside = np.full(len(rows), NEVER)
    long = length > 0
    inside[long] = (widths[long] + 2 * PADDING) / length[long]
    room = np.full(len(rows), RADIUS + AIR / 2)
    tails = np.uint16(~INTERVAL & 0xFFFF)  # whatever an end can have beyond it
    room[(columns.shape[rows] & tails) != 0] += TAIL
    priority = priorities(columns.importance[rows], columns.id[rows])
    return Boxes(start, end, widths + TITLE_GAP + AIR / 2, room, inside, priority)
