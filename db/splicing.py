"""A few rows of the columns in place of others: what an edit does to arrays of any length."""

from __future__ import annotations

from dataclasses import fields
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from db.columns import Columns, place
from db.pieced import PiecedArray
from db.texts import PiecedTexts, Texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

_FEW = 8  # rows that go and come
_AT_ONCE = ("id", "first")  # the rows of an edit are found by them


class Piece(NamedTuple):
    """The rows `first`..`behind` - 1 of what was there before, or of what is new."""

    is_new: bool
    first: int
    behind: int


class Moves(NamedTuple):
    """How rows move when some are left out and others come: `gone` are the rows of those before
    that are left out, and `come` the rows of the new ones; both in order."""

    gone: NDArray[np.int64]
    come: NDArray[np.int64]

    def moved(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Where rows of those before are now; they must not be among those that are gone."""
        # The nth new row has n others before it that are new: so many old ones stand before it.
        places = self.come - np.arange(len(self.come))
        there = rows.copy()
        if len(self.gone) + len(self.come) <= _FEW:
            for row in self.gone.tolist():
                there -= rows > row
            found = there.copy()
            for row in places.tolist():
                found += there >= row
            return found
        there -= np.searchsorted(self.gone, rows)
        return there + np.searchsorted(places, there, side="right")


class Pieces(NamedTuple):
    """How an array is put together from one of before and one of what is new."""

    pieces: tuple[Piece, ...]
    moves: Moves

    def array(self, before: NDArray[Any], part: NDArray[Any]) -> NDArray[Any]:
        return np.concatenate([(part if new else before)[a:b] for new, a, b in self.pieces])

    def pieced(self, before: NDArray[Any] | PiecedArray, part: NDArray[Any]) -> PiecedArray:
        """The same, put together when it is asked for."""
        return PiecedArray((part if new else before, a, b) for new, a, b in self.pieces)


class Splice(NamedTuple):
    """How columns are put together from those `before` and from a `part` that is new."""

    before: Columns
    part: Columns
    pieces: Pieces

    @property
    def moves(self) -> Moves:
        return self.pieces.moves


def splice(before: Columns, part: Columns, touched: NDArray[np.int64]) -> Splice:
    """Puts the rows of `part` in place of those of the events `touched`, all of whose rows it
    has. Both are in the order of columns."""
    gone = np.flatnonzero(np.isin(before.id, touched))
    keys = zip(part.id.tolist(), part.first.tolist(), strict=True)
    places = np.array([place(before.id, before.first, *key).row for key in keys], np.int64)
    return Splice(before, part, pieces(len(before), gone, places))


def pieces(length: int, gone: NDArray[np.int64], places: NDArray[np.int64]) -> Pieces:
    """Leaves the rows `gone` out of so many, and puts new ones before the rows `places`; both in
    order."""
    found = []
    cuts = np.unique(np.concatenate([[0, length], gone, gone + 1, places]))
    left_out = set(gone.tolist())
    row = 0
    for first, behind in pairwise([*cuts.tolist(), length]):
        to = row + int(np.searchsorted(places[row:], first, side="right"))
        if to > row:
            found.append(Piece(True, row, to))
            row = to
        if first < behind and first not in left_out:
            found.append(Piece(False, first, behind))
    come = places - np.searchsorted(gone, places) + np.arange(len(places))
    return Pieces(tuple(found) or (Piece(False, 0, 0),), Moves(gone, come))


class SplicedColumns(Columns):
    """Columns after an edit: each of them is put together when it is first asked for. The picture
    of the edit asks for few, the rest is left to whoever places the titles beside the window."""

    __slots__ = ("_pieced",)

    _pieced: dict[str, PiecedArray]

    def __getattr__(self, name: str) -> Any:
        pieced = self._pieced.get(name) if name != "_pieced" else None
        if pieced is None:
            # Another thread may just have done it.
            return object.__getattribute__(self, name)
        object.__setattr__(self, name, pieced.whole())
        self._pieced.pop(name, None)
        return object.__getattribute__(self, name)


def spliced(
    how: Splice, forecast_of: Callable[[Columns], NDArray[np.int64]] | None = None
) -> Columns:
    """The columns put together; `forecast_of` finds that column for them, by default nobody's."""
    made = SplicedColumns.__new__(SplicedColumns)
    pieced: dict[str, PiecedArray] = {}
    texts: dict[tuple[int, int], Texts] = {}
    for field in fields(Columns):
        part = getattr(how.part, field.name)
        if isinstance(part, Texts):
            # Of titles in one language alone there is one piece of memory.
            one = getattr(how.before, field.name)
            key = id(one), id(part)
            if key not in texts:
                texts[key] = _texts(how, one, part)
            object.__setattr__(made, field.name, texts[key])
        elif field.name in _AT_ONCE:
            object.__setattr__(
                made, field.name, how.pieces.array(getattr(how.before, field.name), part)
            )
        elif field.name != "forecast_of":
            pieced[field.name] = how.pieces.pieced(_as_it_is(how.before, field.name), part)
    object.__setattr__(made, "_pieced", pieced)
    found = np.broadcast_to(np.int64(-1), len(made)) if forecast_of is None else forecast_of(made)
    object.__setattr__(made, "forecast_of", found)
    return made


def _as_it_is(columns: Columns, name: str) -> NDArray[Any] | PiecedArray:
    """A column, put together or not."""
    pieced = getattr(columns, "_pieced", {}).get(name)
    found: NDArray[Any] | PiecedArray = getattr(columns, name) if pieced is None else pieced
    return found


def _texts(how: Splice, before: Texts, part: Texts) -> Texts:
    return PiecedTexts((part if new else before, a, b) for new, a, b in how.pieces.pieces)
