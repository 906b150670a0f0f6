"""Arrays put together from stretches of others, only when somebody asks for all of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

_MOST = 64  # stretches: of more there is little left to save, and many arrays to keep


class _Stretch(NamedTuple):
    """The rows `first`..`behind` - 1 of an array."""

    of: NDArray[Any]
    first: int
    behind: int


class PiecedArray:
    """Rows of some arrays, one stretch after the other. It knows no arrays but those that it takes
    rows from, however many edits there were in between.

    Of lists padded with -1, (n, k), those of k that are empty at the end are left out.
    """

    def __init__(self, pieces: Iterable[tuple[NDArray[Any] | PiecedArray, int, int]]) -> None:
        """Each piece is the array, its first row and the one behind its last."""
        stretches: list[_Stretch] = []
        for of, first, behind in pieces:
            stretches += of.stretches(first, behind) if isinstance(of, PiecedArray) else [
                _Stretch(of, first, behind)
            ]  # fmt: skip
        if len(stretches) > _MOST:
            whole = _together(stretches)
            stretches = [_Stretch(whole, 0, len(whole))]
        self._stretches = stretches

    def stretches(self, first: int, behind: int) -> list[_Stretch]:
        """What the rows `first`..`behind` - 1 are put together from."""
        found, begin = [], 0
        for of, low, high in self._stretches:
            end = begin + high - low
            here, there = max(first, begin), min(behind, end)
            if here < there:
                found.append(_Stretch(of, low + here - begin, low + there - begin))
            begin = end
        return found or [_Stretch(self._stretches[0].of, 0, 0)]

    def whole(self) -> NDArray[Any]:
        """All of it."""
        return _together(self._stretches)


def _together(stretches: list[_Stretch]) -> NDArray[Any]:
    parts = [of[first:behind] for of, first, behind in stretches]
    if parts[0].ndim == 1:
        return np.concatenate(parts)
    width = max(each.shape[1] for each in parts)
    return _narrow(np.concatenate([_widened(each, width) for each in parts]))


def _widened(lists: NDArray[Any], width: int) -> NDArray[Any]:
    lacking = width - lists.shape[1]
    return np.pad(lists, ((0, 0), (0, lacking)), constant_values=-1) if lacking else lists


def _narrow(lists: NDArray[Any]) -> NDArray[Any]:
    """Without the last columns in which there is nothing."""
    width = lists.shape[1]
    while width > 1 and (lists[:, width - 1] < 0).all():
        width -= 1
    return np.ascontiguousarray(lists[:, :width])
