"""The letters of a PDF's page in the order in which they are read.

PDFium gives them in the order in which the file draws them, which is that of reading unless a
program drew two columns line by line, across. Then the lines of one column go before the next.
A table is drawn across too and is left so: its cells do not fill their columns, as text does.
Cells so far apart that PDFium takes them for lines of their own stay in their row, after a tab.
"""

from __future__ import annotations

import ctypes
import re
from itertools import islice, pairwise, zip_longest
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdfium2 import PdfTextPage

_GAP = 1.2  # of the height of a line: more than between two words, less than between two columns
_LINES = 5  # of a column, at the least
_CROSSING = 0.1  # of the lines may lie across both columns
_LETTERS = 12  # of a line of text, at the least, for most lines
_FULL = 0.6  # of a column's width is filled by its lines
_STEP = 4  # points between two places where columns are looked for
_ROOM = 0.28  # of a Korean letter's width: less than a blank
_BETWEEN_SCRIPTS = re.compile(
    "(?<=[가-힣一-\u9fff]) (?=[0-9A-Za-z(])|(?<=[0-9A-Za-z)%.]) (?=[가-힣一-\u9fff])"
)
_HYPHEN_CODE, _HYPHEN_RAW = 0xFFFE, 2
_HYPHEN = "-\n"  # at the end of a line: PDFium has one sign of its own for it and the break


_Box = tuple[float, float, float, float]
_NOWHERE: _Box = (0, 0, 0, 0)  # of a line without ink


class Segment(NamedTuple):
    """Letters beside each other: their range on the page, and where they stand, in points."""

    start: int
    end: int
    left: float
    right: float
    bottom: float
    top: float
    ends_line: bool

    def goes_on_in(self, other: Segment) -> bool:
        """Whether the other stands to the right of this in the same line."""
        shared = min(self.top, other.top) - max(self.bottom, other.bottom)
        lower = min(self.top - self.bottom, other.top - other.bottom)
        return lower > 0 and shared > lower / 2 and other.left > self.right


def letters(page: PdfTextPage) -> list[tuple[str, int]]:
    """The letters of a page as they are read, lines parted by \\n; each with its number in PDFium,
    by which its box is asked for (-1 for what we put between). Letters beyond U+FFFF come in two
    halves."""
    codes = _codes(page)
    segments = _segments(page, codes) if _are_beside(_rectangles(page)) else _lines(codes)
    ordered = _ordered(list(segments))
    unwritten = set(_unwritten_blanks(page, codes))
    found: list[tuple[str, int]] = []
    for segment, following in zip_longest(ordered, ordered[1:]):
        for index in range(segment.start, segment.end):
            if index not in unwritten:
                found += [(sign, index) for sign in _letter(page, index, codes[index])]
        if segment.ends_line:
            while found and found[-1][0] == " ":
                found.pop()  # what stood between two columns, or at the end of a line
            same = following is not None and segment.goes_on_in(following)
            found.append(("\t" if same else "\n", -1))
    while found and found[-1][0] == "\n":
        found.pop()
    return found


def whole(text: str) -> str:
    """The text with halves of letters put together."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _letter(page: PdfTextPage, index: int, code: int) -> str:
    if code == _HYPHEN_CODE or (code == _HYPHEN_RAW and _is_hyphen(page, index)):
        return _HYPHEN
    # A letter that the file does not name arrives as the number of its shape.
    known = 0x20 <= code <= 0x10FFFF or code == 9
    return chr(code) if known else "\ufffd"


def _is_hyphen(page: PdfTextPage, index: int) -> bool:
    from pypdfium2 import raw

    return bool(raw.FPDFText_IsHyphen(page.raw, index) == 1)


def _codes(page: PdfTextPage) -> list[int]:
    """The codes of the letters by their numbers: all at once where the page has none without."""
    from pypdfium2 import raw

    count = page.count_chars()
    buffer = (ctypes.c_ushort * (count + 1))()
    if count and raw.FPDFText_GetText(page.raw, 0, count, buffer) == count + 1:
        return list(buffer[:count])
    return [raw.FPDFText_GetUnicode(page.raw, index) for index in range(count)]


def _rectangles(page: PdfTextPage) -> list[_Box]:
    """Where there is text, in pieces: what PDFium has at hand, letter by letter takes longer."""
    from pypdfium2 import raw

    sides = [ctypes.c_double() for _ in range(4)]
    found = []
    for index in range(page.count_rects()):
        left, top, right, bottom = sides
        raw.FPDFText_GetRect(page.raw, index, left, top, right, bottom)
        found.append((left.value, right.value, bottom.value, top.value))
    return found


def _are_beside(boxes: list[_Box]) -> bool:
    """Whether any two stand beside each other with a wide gap between: cells or columns."""
    boxes = sorted(boxes, key=lambda box: -box[3])
    for count, one in enumerate(boxes):
        height = one[3] - one[2]
        for other in islice(boxes, count + 1, None):
            if other[3] <= one[2]:
                break
            gap = max(other[0] - one[1], one[0] - other[1])
            if gap > _GAP * max(height, other[3] - other[2]):
                return True
    return False


def _unwritten_blanks(page: PdfTextPage, codes: list[int]) -> Iterator[int]:
    """Blanks that nobody wrote: between Korean and Latin letters or figures word processors leave
    a little room, which PDFium takes for a blank (`1953 년`)."""
    from pypdfium2 import raw

    area = raw.FS_RECTF()

    def sides(index: int) -> tuple[float, float]:
        raw.FPDFText_GetLooseCharBox(page.raw, index, area)
        return area.left, area.right

    text = "".join(map(chr, codes))
    for match in _BETWEEN_SCRIPTS.finditer(text):
        index = match.start()
        if raw.FPDFText_IsGenerated(page.raw, index) == 1:
            before, after = sides(index - 1), sides(index + 1)
            korean = before if _is_korean(text[index - 1]) else after
            if after[0] - before[1] < _ROOM * (korean[1] - korean[0]):
                yield index


def _is_korean(letter: str) -> bool:
    return "가" <= letter <= "힣" or "一" <= letter <= "\u9fff"


def _lines(codes: list[int]) -> Iterator[Segment]:
    """The lines of a page, in the order of the file."""
    start = 0
    for index, code in enumerate(codes):
        if code == 10 or (code == 13 and codes[index + 1 : index + 2] != [10]):
            end = index - (code == 10 and codes[index - 1 : index] == [13])
            yield Segment(start, end, *_NOWHERE, True)
            start = index + 1
    yield Segment(start, len(codes), *_NOWHERE, True)


def _segments(page: PdfTextPage, codes: list[int]) -> Iterator[Segment]:
    """The lines, parted at wide gaps."""
    for line in _lines(codes):
        yield from _parted(page, line)


def _parted(page: PdfTextPage, line: Segment) -> Iterator[Segment]:
    from pypdfium2 import raw

    sides = [ctypes.c_double() for _ in range(4)]
    start = line.start
    box: _Box | None = None
    for index in range(line.start, line.end):
        if not raw.FPDFText_GetCharBox(page.raw, index, *sides):
            continue
        left, right, bottom, top = (side.value for side in sides)
        if right <= left:
            continue
        if box is None:
            box = (left, right, bottom, top)
        elif left - box[1] > _GAP * max(box[3] - box[2], top - bottom):
            yield Segment(start, index, *box, False)
            start, box = index, (left, right, bottom, top)
        else:
            box = (min(box[0], left), max(box[1], right), min(box[2], bottom), max(box[3], top))
    yield Segment(start, line.end, *(box or _NOWHERE), True)


def _ordered(segments: list[Segment]) -> list[Segment]:
    gutter = _gutter(segments)
    if gutter is None:
        return segments
    done: list[Segment] = []
    sides: tuple[list[Segment], list[Segment]] = ([], [])
    for segment in segments:
        if segment.left < gutter < segment.right:
            done += _ordered(sides[0]) + _ordered(sides[1])
            sides = ([], [])
            done.append(segment)
        else:
            # What ended no line across the page does so in its column.
            sides[segment.left >= gutter].append(segment._replace(ends_line=True))
    return done + _ordered(sides[0]) + _ordered(sides[1])


def _gutter(segments: list[Segment]) -> float | None:
    """Where two columns meet that are drawn across, line by line; None where there are none."""
    lines = [each for each in segments if each.right > each.left]
    best: tuple[float, float] | None = None
    for place in sorted({round(each.left / _STEP) for each in lines}):
        gutter = place * _STEP - _STEP
        left = [each for each in lines if each.right <= gutter]
        right = [each for each in lines if each.left >= gutter]
        fewer = min(len(left), len(right))
        crossing = len(lines) - len(left) - len(right)
        if fewer < _LINES or crossing > _CROSSING * len(lines):
            continue
        if not (_is_text(left) and _is_text(right)) or _changes(lines, gutter) < fewer:
            continue
        if best is None or (crossing, -fewer) < best[:2]:
            best, found = (crossing, -fewer), gutter
    return found if best else None


def _is_text(column: list[Segment]) -> bool:
    """Whether the lines of a column are long and fill it, as cells of a table hardly do."""
    if median(each.end - each.start for each in column) < _LETTERS:
        return False
    width = max(each.right for each in column) - min(each.left for each in column)
    return median(each.right - each.left for each in column) >= _FULL * width


def _changes(lines: list[Segment], gutter: float) -> int:
    """How often the file goes from one column to the other."""
    sides = [each.left >= gutter for each in lines if each.right <= gutter or each.left >= gutter]
    return sum(one != other for one, other in pairwise(sides))
