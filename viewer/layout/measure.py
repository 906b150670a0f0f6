"""The measure: how wide a line of text is, from a table of advances, without any font at hand.

Layout, screen and every writer use the same numbers: kerning is off, Latin is measured letter
by letter, Hangul and Han have one width. Widths are in ems: times the type size they are px.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

TABLE_SIZE = 0x3000
"""Code points below this have an advance of their own; those above count as wide."""

WIDE_RANGES = ((0x1100, 0x1160), (0x2E80, TABLE_SIZE))
"""Half-open ranges below the table's end that are East Asian wide: Hangul Jamo, Han radicals."""

HANGUL_RANGES = ((0xAC00, 0xD7B0), (0x3130, 0x3190), (0xA960, 0xA980))
"""Half-open ranges above the table's end that have the width of Hangul."""

ZERO_WIDTH_RANGES = ((0xFE00, 0xFE10), (0xFEFF, 0xFF00), (0xE0100, 0xE01F0))
"""Half-open ranges above the table's end that take no room: variation selectors and the BOM."""


class Measure:
    """Widths of text in one family.

    `regular` and `bold` hold the advances in ems of the first `TABLE_SIZE` code points, `wide`
    and `wide_bold` stand for Hangul, `han` and `han_bold` for all others (as wide as Hangul
    where they are not given). `family` is the name that a writer asks for.
    """

    def __init__(
        self,
        family: str,
        regular: NDArray[np.float32],
        bold: NDArray[np.float32],
        wide: float,
        wide_bold: float,
        *,
        han: float | None = None,
        han_bold: float | None = None,
    ) -> None:
        if len(regular) != TABLE_SIZE or len(bold) != TABLE_SIZE:
            raise ValueError(f"an advance table has {TABLE_SIZE} entries")
        self.family = family
        self._advances = np.stack(
            [
                _table(regular, wide, wide if han is None else han),
                _table(bold, wide_bold, wide_bold if han_bold is None else han_bold),
            ]
        )
        self._kept = lru_cache(maxsize=8192)(self._width)
        self._lists: tuple[list[float], ...] = tuple(row.tolist() for row in self._advances)

    @cached_property
    def checksum(self) -> int:
        """Of all advances: equal ones come to equal widths."""
        return crc32(self._advances.tobytes())

    def width(self, text: str, bold: bool = False) -> float:
        """The width of one line in ems; the same ones are asked for in every frame."""
        return self._kept(text, bold)

    def _width(self, text: str, bold: bool) -> float:
        advances = self._lists[bold]
        total = 0.0
        for character in text:
            code = ord(character)
            total += advances[code if code < TABLE_SIZE else _beyond(code)]
        return total

    def widths(
        self, texts: Sequence[str], bold_mask: NDArray[np.bool_] | None = None
    ) -> NDArray[np.float64]:
        """The widths of n lines in ems, shape (n,); `bold_mask` (n,) says which are bold."""
        lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
        if not lengths.any():
            return np.zeros(len(texts))
        joined = "".join(texts).encode("utf-32-le", "surrogatepass")
        codes = np.frombuffer(joined, dtype="<u4")
        bold = np.zeros(len(texts), np.bool_) if bold_mask is None else bold_mask
        advances = self.advances(codes, np.repeat(bold, lengths))
        # An empty line would take the advance of the next one's first letter: leave it out.
        full = lengths > 0
        starts = np.fromiter(accumulate(lengths, initial=0), dtype=np.int64)[:-1]
        widths = np.zeros(len(texts))
        widths[full] = np.add.reduceat(advances, starts[full])
        return widths

    def advances(self, codes: NDArray[np.uint32], bold: NDArray[np.bool_]) -> NDArray[np.float64]:
        """The advances in ems of n code points, each bold or not."""
        entries = codes.astype(np.int32)
        beyond = codes >= TABLE_SIZE
        if beyond.any():
            entries[beyond] = _beyond_all(codes[beyond])
        entries[bold] += self._advances.shape[1]
        return np.take(self._advances.reshape(-1), entries)


_STEP = 2.0**-20

# The entries behind the table, for what lies above it.
_HAN, _HANGUL, _NONE = TABLE_SIZE, TABLE_SIZE + 1, TABLE_SIZE + 2
_BEYOND = (
    *((start, end, _HANGUL) for start, end in HANGUL_RANGES),
    *((start, end, _NONE) for start, end in ZERO_WIDTH_RANGES),
)


def _table(advances: NDArray[np.float32], hangul: float, han: float) -> NDArray[np.float64]:
    # Fractions whose sums are exact, in whichever order they are added.
    ems = np.concatenate([advances.astype(np.float64), [han, hangul, 0.0]])
    return np.asarray(np.round(ems / _STEP) * _STEP)


def _beyond(code: int) -> int:
    """The entry of a code point above the table."""
    for start, end, entry in _BEYOND:
        if start <= code < end:
            return entry
    return _HAN


def _beyond_all(codes: NDArray[np.uint32]) -> NDArray[np.int32]:
    entries = np.full(len(codes), _HAN, np.int32)
    for start, end, entry in _BEYOND:
        entries[(codes >= start) & (codes < end)] = entry
    return entries


def fixed_measure() -> Measure:
    """The same numbers on every machine, for tests: 0.55 em a letter, 1 em if wide, bold +6 %."""
    regular = np.full(TABLE_SIZE, 0.55, dtype=np.float64)
    for start, end in WIDE_RANGES:
        regular[start:end] = 1.0
    bold = (regular * 1.06).astype(np.float32)
    return Measure("sans-serif", regular.astype(np.float32), bold, 1.0, 1.06)
