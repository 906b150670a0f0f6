"""A page of a PDF to look at: its picture, and where each letter of its text stands on it."""

from __future__ import annotations

import base64
import unicodedata
import zlib
from contextlib import closing
from typing import TYPE_CHECKING

from db.errors import AllianceError
from viewer.sources import text as texts
from viewer.sources.columns import letters, whole
from viewer.sources.pdf import opened
from viewer.sources.records import Asked, Box, PagePicture

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pypdfium2 import PdfPage, PdfTextPage

    from viewer.sources.records import Progress

_WIDEST = 4000  # px
_TALLEST = 8000
_UNIT = 100_000  # of a side: PDFium tells places as whole numbers


def read(data: bytes, asked: Asked, _progress: Progress) -> PagePicture:
    """The page `asked.page` (from 0), `asked.width` px wide.

    Raises what `viewer.sources.pdf.read` does, and `source.page` (page, from 1) where there is
    no such page, or it cannot be drawn.
    """
    import pypdfium2

    with closing(opened(data, asked.password)) as document:
        if not 0 <= asked.page < len(document):
            raise AllianceError("source.page", page=asked.page + 1)
        try:
            with closing(document[asked.page]) as page, closing(page.get_textpage()) as found:
                return _picture(page, found, asked.width)
        except pypdfium2.PdfiumError as error:
            raise AllianceError("source.page", page=asked.page + 1) from error


def _picture(page: PdfPage, found: PdfTextPage, width: int) -> PagePicture:
    across, down = page.get_size()
    scale = min(max(width, 1), _WIDEST) / max(across, 1)
    scale = min(scale, _TALLEST / max(down, 1))
    with closing(page.render(scale=scale, force_bitmap_format=4)) as bitmap:  # BGRx
        pixels = bytes(bitmap.buffer)
        size = (bitmap.width, bitmap.height, bitmap.stride)
    return PagePicture(
        *size,
        base64.b64encode(zlib.compress(pixels, 1)).decode("ascii"),
        tuple(_box(page, found, index) for _, index in aligned(letters(found))),
    )


def aligned(found: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """The letters of a page as its text is stored (`viewer.sources.text.kept`), each with the
    number of that which it was made of."""
    stored: list[tuple[str, int]] = []
    for cluster in _clusters(found):
        index = next((index for _, index in cluster if index >= 0), -1)
        written = texts.kept(whole("".join(letter for letter, _ in cluster)))
        stored += [(letter, index) for letter in written]
    return stored


def _clusters(found: Iterable[tuple[str, int]]) -> Iterator[list[tuple[str, int]]]:
    """Letters with what composes with them: accents, parts of syllables, second halves."""
    cluster: list[tuple[str, int]] = []
    for letter, index in found:
        follows = (
            unicodedata.combining(letter)
            or "\u1160" <= letter <= "\u11ff"
            or "\udc00" <= letter <= "\udfff"
        )
        if cluster and not follows:
            yield cluster
            cluster = []
        cluster.append((letter, index))
    if cluster:
        yield cluster


def _box(page: PdfPage, found: PdfTextPage, index: int) -> Box | None:
    """Where a letter stands, as parts of the page's sides from its upper left; None for what we
    put between letters."""
    import ctypes

    from pypdfium2 import raw

    area = raw.FS_RECTF()
    if index < 0 or not raw.FPDFText_GetLooseCharBox(found.raw, index, area):
        return None
    corners = []
    for x, y in ((area.left, area.top), (area.right, area.bottom)):
        across, down = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(page.raw, 0, 0, _UNIT, _UNIT, 0, x, y, across, down)
        corners.append((across.value / _UNIT, down.value / _UNIT))
    (one, upper), (other, lower) = corners
    box = Box(min(one, other), min(upper, lower), max(one, other), max(upper, lower))
    return box if box.right > box.left else None
