"""A few rows of the columns in place of others: what an edit does to arrays of any length."""

from __future__ import annotations

from dataclasses import fields
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from db.columns import Columns
from db.texts import PiecedTexts, Texts

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Piece(NamedTuple):
    """The rows `first`..`behind` - 1 of what was there before, or of what is new."""

    is_new: bool
    first: int
    behind: int


class Splice(NamedTuple):
    """How columns are put together from those `before` and from a `part` that is new; `gone` are
    the rows of those before that are left out, and `come` the rows of the new ones."""

    before: Columns
    part: Columns
    pieces: tuple[Piece, ...]
    gone: NDArray[np.int64]
    come: NDArray[np.int64]

    def array(self, before: NDArray[Any], part: NDArray[Any]) -> NDArray[Any]:
        """Other arrays of their lengths, put together the same way."""
        return np.concatenate([(part if new else before)[a:b] for new, a, b in self.pieces])

    def moved(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Where rows of those before are now; they must not be among those that are gone."""
        there = rows - np.searchsorted(self.gone, rows)
        # The nth new row has n others before it that are new: so many old ones stand before it.
        return there + np.searchsorted(self.come - np.arange(len(self.come)), there, side="right")


def splice(before: Columns, part: Columns, touched: NDArray[np.int64]) -> Splice:
    """Puts the rows of `part` in place of those of the events `touched`, all of whose rows it
    has. Both are in the order of columns."""
    gone = np.flatnonzero(np.isin(before.id, touched))
    places = np.array([_place(before, part, row) for row in range(len(part))], np.int64)
    pieces = []
    cuts = np.unique(np.concatenate([[0, len(before)], gone, gone + 1, places]))
    left_out = set(gone.tolist())
    row = 0
    for first, behind in pairwise([*cuts.tolist(), len(before)]):
        to = row + int(np.searchsorted(places[row:], first, side="right"))
        if to > row:
            pieces.append(Piece(True, row, to))
            row = to
        if first < behind and first not in left_out:
            pieces.append(Piece(False, first, behind))
    come = places - np.searchsorted(gone, places) + np.arange(len(places))
    return Splice(before, part, tuple(pieces) or (Piece(False, 0, 0),), gone, come)


def _place(before: Columns, part: Columns, row: int) -> int:
    """Before which row an event belongs: by first day, then by id."""
    low, high = np.searchsorted(before.first, [part.first[row], part.first[row] + 1])
    return int(low + np.searchsorted(before.id[low:high], part.id[row]))


def spliced(how: Splice) -> Columns:
    """The columns put together; `forecast_of` is that of nobody."""
    made: dict[str, Any] = {}
    texts: dict[tuple[int, int], Texts] = {}
    for field in fields(Columns):
        one, other = getattr(how.before, field.name), getattr(how.part, field.name)
        if isinstance(one, Texts):
            # Of titles in one language alone there is one piece of memory.
            key = id(one), id(other)
            if key not in texts:
                texts[key] = _texts(how, one, other)
            made[field.name] = texts[key]
        elif one.ndim == 2:
            width = max(one.shape[1], other.shape[1])
            made[field.name] = _narrow(how.array(_widened(one, width), _widened(other, width)))
        else:
            made[field.name] = how.array(one, other)
    made["forecast_of"] = np.broadcast_to(np.int64(-1), len(made["id"]))
    return Columns(**made)


def _widened(lists: NDArray[Any], width: int) -> NDArray[Any]:
    lacking = width - lists.shape[1]
    return np.pad(lists, ((0, 0), (0, lacking)), constant_values=-1) if lacking else lists


def _narrow(lists: NDArray[Any]) -> NDArray[Any]:
    """Without the last columns in which there is nothing."""
    width = lists.shape[1]
    while width > 1 and (lists[:, width - 1] < 0).all():
        width -= 1
    return np.ascontiguousarray(lists[:, :width])


def _texts(how: Splice, before: Texts, part: Texts) -> Texts:
    return PiecedTexts((part if new else before, a, b) for new, a, b in how.pieces)
