"""The strip at the bottom of a lane: what has no label there, one by one or as density.

The few events of a small lane are all drawn. Of others, the strip is divided into cells that
stand still in time: where few events of the lane begin in
a cell each is drawn by itself, where many do, they are counted; how many of them have a label
does not matter, so that nothing changes its kind as one pans.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from viewer.layout.placed import Placed
    from viewer.layout.timescale import TimeScale

CELL = 0.8  # ems
PARTS = 4  # bars of density in a cell
MANY = 2  # events that begin in a cell; more are drawn as density
ALONE = 200  # events of a lane: up to so many are all drawn one by one


class Strip(NamedTuple):
    """The entries drawn one by one; and from the day `first` on, for every `step` days, how many
    others begin there (`counts`), and whether others go on (`lasting`)."""

    single: NDArray[np.int64]
    first: float
    step: float
    counts: NDArray[np.int64]
    lasting: NDArray[np.bool_]


def strip(placed: Placed, scale: TimeScale, em: float, in_rows: NDArray[np.int64]) -> Strip:
    """What of a lane stands in its strip; `in_rows` are the entries in the range that do not."""
    cell = CELL * em / scale.px_per_day
    low, high = np.floor(scale.start / cell), np.ceil(scale.end / cell)
    edges = np.arange(low * PARTS, high * PARTS + 1) * (cell / PARTS)
    at = np.searchsorted(placed.start, edges)
    beginning = np.diff(at).reshape(-1, PARTS).sum(axis=1)
    few = beginning <= _many(placed)
    cells = np.flatnonzero(few & (beginning > 0))
    ends = np.cumsum(beginning[cells])
    entries = np.repeat(at[cells * PARTS] - ends + beginning[cells], beginning[cells])
    entries = np.concatenate([
        _begun_among_few(placed, placed.going_on(float(edges[0])), cell),
        entries + np.arange(len(entries)),
    ])  # fmt: skip
    visible = (placed.end[entries] >= scale.start) & (placed.start[entries] <= scale.end)
    shown = scale.px_per_day / em
    single = entries[visible & (placed.labels.scale[entries] > shown)]
    # Only what begins in the range: the outermost cells reach beyond it.
    at = np.clip(at, *np.searchsorted(placed.start, [scale.start, np.nextafter(scale.end, np.inf)]))
    begun = placed.start[in_rows]
    begun = begun[begun >= scale.start]
    apart = np.searchsorted(edges, begun, side="right") - 1
    counts = np.diff(at) - np.bincount(apart, minlength=len(edges) - 1)[: len(edges) - 1]
    return Strip(
        single,
        float(edges[0]),
        cell / PARTS,
        np.where(np.repeat(few, PARTS), 0, counts),
        _lasting(placed, (edges[:-1] + edges[1:]) / 2, np.concatenate([single, in_rows])),
    )


def _begun_among_few(placed: Placed, entries: NDArray[np.int64], cell: float) -> NDArray[np.int64]:
    """Those of the entries in whose cell few begin."""
    cells = np.floor(placed.start[entries] / cell)
    beginning = np.searchsorted(placed.start, (cells + 1) * cell)
    beginning -= np.searchsorted(placed.start, cells * cell)
    return entries[beginning <= _many(placed)]


def _many(placed: Placed) -> int:
    return MANY if len(placed) > ALONE else ALONE


def _lasting(
    placed: Placed, days: NDArray[np.float64], apart: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Whether on each day something goes on that has a length, the entries `apart` left out."""
    start, end = placed.lasting
    if not len(start):
        return np.zeros(len(days), np.bool_)
    number = np.searchsorted(start, days, side="right") - np.searchsorted(end, days)
    apart = apart[placed.end[apart] > placed.start[apart]]
    change = np.zeros(len(days) + 1, np.int64)
    np.add.at(change, np.searchsorted(days, placed.start[apart]), 1)
    np.add.at(change, np.searchsorted(days, placed.end[apart], side="right"), -1)
    return np.asarray(number > np.cumsum(change)[:-1])
