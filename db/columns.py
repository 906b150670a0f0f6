"""The columns: a handful of numbers per event, as arrays, for whoever lays out or filters.

Records are fetched by id for the few events on screen; these arrays are read once and stand
for all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from db.shapes import (
    APPROXIMATE_END,
    APPROXIMATE_START,
    INTERVAL,
    OPEN_END,
    OPEN_START,
    UNCERTAIN_END,
    UNCERTAIN_START,
    UNKNOWN_END,
    UNKNOWN_START,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from db.texts import Texts

__all__ = [
    "APPROXIMATE_END",
    "APPROXIMATE_START",
    "INTERVAL",
    "OPEN_END",
    "OPEN_START",
    "STATUS_CODES",
    "UNCERTAIN_END",
    "UNCERTAIN_START",
    "UNKNOWN_END",
    "UNKNOWN_START",
    "Columns",
]

STATUS_CODES = {"occurred": 0, "planned": 1, "cancelled": 2}


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """One row per dated event, ordered by first day and then id; every array has length n.

    `first`, `last`: days since 1970-01-01, inclusive (an open or unknown end repeats the known
    one, the flag in `shape` says so). `lanes`: (n, k) indices into the file's lanes in the
    event's own order, padded with -1. `tags`: (n, t) the same. For `disputed` and `broken` see
    `db.flaws`. `forecast_of`: row of the event whose outcome a forecast made at this event speaks
    of, or -1.
    """

    id: NDArray[np.int64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    shape: NDArray[np.uint16]
    lanes: NDArray[np.int16]
    tags: NDArray[np.int16]
    kind: NDArray[np.int16]
    importance: NDArray[np.uint8]
    status: NDArray[np.uint8]
    quotes: NDArray[np.int32]
    citations: NDArray[np.int32]
    disputed: NDArray[np.bool_]
    broken: NDArray[np.bool_]
    forecast_of: NDArray[np.int64]
    label_en: Texts
    label_ko: Texts

    def __len__(self) -> int:
        return len(self.id)

    def row(self, event_id: int) -> int | None:
        """The row of an event, None where it has no date (or is not in the file)."""
        hits = np.flatnonzero(self.id == event_id)
        return int(hits[0]) if len(hits) else None


class Place(NamedTuple):
    """The row of an event, or the one before which it belongs."""

    row: int
    is_there: bool


def place(event_ids: NDArray[np.int64], first: NDArray[np.int64], ident: int, day: int) -> Place:
    """Where an event with a first day stands among those with these ids and first days, which are
    in the order of columns."""
    low, high = np.searchsorted(first, [day, day + 1]).tolist()
    row = low + int(np.searchsorted(event_ids[low:high], ident))
    return Place(row, is_there=row < high and int(event_ids[row]) == ident)
