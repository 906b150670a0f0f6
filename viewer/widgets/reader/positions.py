"""Positions in a text: ours are in code points, those of Qt in UTF-16 units."""

from __future__ import annotations

import re
from bisect import bisect_left

_PAIRED = re.compile("[\U00010000-\U0010ffff]")


class Positions:
    """Both ways for one text, however long: it is looked through once."""

    def __init__(self, text: str) -> None:
        # Code points that Qt counts twice, and where the second half of each stands in Qt.
        units = len(text.encode("utf-16-le", "surrogatepass")) // 2
        some = () if units == len(text) else _PAIRED.finditer(text)
        self._paired = [found.start() for found in some]
        self._halves = [at + number + 1 for number, at in enumerate(self._paired)]
        self._length = len(text)

    def to_qt(self, position: int) -> int:
        """UTF-16 units before a code point; positions beyond the text are its end."""
        inside = min(max(position, 0), self._length)
        return inside + bisect_left(self._paired, inside)

    def from_qt(self, position: int) -> int:
        """Code points before a UTF-16 unit; inside a pair it is that of the pair."""
        return min(position - bisect_left(self._halves, position + 1), self._length)
