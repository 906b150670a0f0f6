"""More room for what is read: the reader takes most of the window, and gives it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QSplitter

_WIDE = 0.66  # of the window's width, for the column with the reader
_ABOVE = 0.16  # of the column's height, for what stands above the reader
_HIGH = 780  # px: in a lower column the reader has all of it


class Widening:
    """`columns` are the window's, the last of which is `right` with the reader at its foot."""

    def __init__(self, columns: QSplitter, right: QSplitter) -> None:
        self._columns, self._right = columns, right
        self._before: tuple[list[int], list[int]] | None = None

    @property
    def is_wide(self) -> bool:
        return self._before is not None

    def set(self, wide: bool | None) -> None:
        """Widens the reader, or lets all be as it was; None does the other of the two."""
        if wide is None:
            wide = not self.is_wide
        if wide == self.is_wide:
            return
        columns, right = self._columns, self._right
        if self._before is not None:
            before, self._before = self._before, None
            columns.setSizes(before[0])
            right.setSizes(before[1])
            return
        self._before = (columns.sizes(), right.sizes())
        width, height = sum(columns.sizes()), sum(right.sizes())
        wanted = round(width * _WIDE)
        columns.setSizes([0, width - wanted, wanted])
        above = [0] * (len(right.sizes()) - 1)
        if above and height >= _HIGH:
            above[0] = round(height * _ABOVE)
        right.setSizes([*above, height - sum(above)])
