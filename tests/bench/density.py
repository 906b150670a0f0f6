"""How many labels a placement that stays put shows, against one made for each window alone.

Both have the same rows and boxes, and both keep a label within the days that a picture of all the
data shows: beyond them neither could draw it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from viewer.layout import View, navigation
from viewer.layout.boxes import Lane
from viewer.layout.events import bounds_of, boxes, placements
from viewer.layout.labels import sides
from viewer.layout.labels_all import AllAtOnce
from viewer.layout.labels_rows import Rows

if TYPE_CHECKING:
    from db.timeline import Timeline
    from viewer.layout.events import Boxes
    from viewer.layout.measure import Measure
    from viewer.layout.placed import Placed

WIDTH, EM, ROWS = 1600, 13.0, 7
_FIRST = 2048  # events that are placed before the others
SCALES = tuple(0.049 * (52.6 / 0.049) ** (step / 19) / EM for step in range(20))  # ems per day


class Density(NamedTuple):
    """Shown over greedy's labels: the mean and the worst scale of all labels, then the whole of
    those of importance 4 and 5, and of 5 alone."""

    mean: float
    worst: float
    fourth: float
    fifth: float


def greedy(
    asked: Boxes, bounds: tuple[float, float], first: float, last: float, scale: float
) -> np.ndarray:
    """Which entries get a label when the window's events alone are placed at its scale."""
    low = int(np.searchsorted(asked.start, first))
    behind = int(np.searchsorted(asked.start, last, side="right"))
    within = slice(low, behind)
    start, end = asked.start[within], asked.end[within]
    room, ranks = asked.room[within], asked.priority[within]
    beside = asked.width[within] + room
    to_right, to_left = sides(start, end, beside, bounds)
    if not (count := behind - low):
        return np.zeros(0, np.int64)
    lane = Lane(
        start, end, beside, room, asked.inside[within], ranks, to_right, to_left, ((),) * ROWS,
        np.full(count, -1, np.int32), np.zeros(count, np.int8), np.full(count, np.inf),
    )  # fmt: skip
    # The first few take most of the room: of the many others hardly any has to be tried then.
    rows = Rows((lane,))
    placing, some, untried = AllAtOnce(rows), _FIRST, np.ones(count, np.bool_)
    while untried.any():
        cut = max(count - some, 0)
        tried = untried & (ranks >= np.partition(ranks, cut)[cut])
        placing.offer(np.flatnonzero(tried), 0.0, scale)
        untried, some = untried & ~tried, 8 * some
    return low + np.flatnonzero(rows.row[:-1] >= 0)


def density(made: Timeline, measure: Measure, windows: int = 24) -> Density:
    """Half of the windows of each scale are centred on events, the others anywhere."""
    rng = np.random.default_rng(24)
    start, end = navigation.fit(made)
    view = View(start, end, WIDTH, 900, rows=ROWS)
    bounds = bounds_of(made, view)
    lanes = placements(made, view, measure, ROWS, made.as_of)
    asked = {
        index: boxes(made, each.rows, each.start, each.end, "en", measure)
        for index, each in lanes.items()
    }
    found = np.array([
        sum(
            _window(lanes, asked, bounds, centre, scale)
            for centre in _centres(made, rng, start, end, WIDTH / EM / scale, windows)
        )
        for scale in SCALES
    ])  # fmt: skip
    ours, best = found[:, 0], np.maximum(found[:, 1], 1)
    ratios = ours[:, 0] / best[:, 0]
    whole = found.sum(axis=0)
    kept = whole[0] / np.maximum(whole[1], 1)
    return Density(float(ratios.mean()), float(ratios.min()), float(kept[1]), float(kept[2]))


def _centres(
    made: Timeline, rng: np.random.Generator, start: float, end: float, span: float, windows: int
) -> list[float]:
    margin = min(span, end - start) / 2
    events = rng.choice(made.columns.first, windows // 2).tolist()
    return [*events, *rng.uniform(start + margin, end - margin, windows - windows // 2).tolist()]


def _window(
    lanes: dict[int, Placed],
    asked: dict[int, Boxes],
    bounds: tuple[float, float],
    centre: float,
    scale: float,
) -> np.ndarray:
    """Labels of all, of 4 and 5, of 5: (ours, greedy's) by (3,); those whose marks begin in
    the window."""
    half = WIDTH / EM / scale / 2
    counts = np.zeros((2, 3))
    for index, each in lanes.items():
        low, high = np.searchsorted(each.start, [centre - half, centre + half])
        shown = low + np.flatnonzero(each.labels.scale[low:high] <= scale)
        alone = greedy(asked[index], bounds, centre - half, centre + half, scale)
        for number, entries in enumerate((shown, alone)):
            importance = asked[index].priority[entries] >> np.uint64(56)
            counts[number] += [(importance >= least).sum() for least in (1, 4, 5)]
    return counts
