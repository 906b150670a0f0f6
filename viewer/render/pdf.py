"""The PDF writer: one page, text as text, fonts embedded, the same bytes for the same picture.

Qt paints the page; pikepdf then says the language, sets the title and the date that belongs
to the data, and takes out what belongs to the moment of writing.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter, QRawFont

from viewer.display import Text
from viewer.render import fonts
from viewer.render.pages import PX_PER_INCH
from viewer.render.painter import paint
from viewer.render.plain import plain

if TYPE_CHECKING:
    import pikepdf

    from db.records import Language
    from viewer.display import DisplayList

POINTS_PER_INCH = 72
MAX_POINTS = 14_400
"""A PDF page's longest side in its own units; a larger page has a larger unit."""


_CMAP_RUN = re.compile(rb"\[(?:<[0-9A-F]{4,8}>\s*)+\]")
_CMAP_LETTER = re.compile(rb"<([0-9A-F]{4,8})>")


@dataclass(frozen=True, slots=True)
class _Told:
    """What a file says about itself."""

    title: str
    description: str
    language: Language
    date: str


def to_pdf(
    display: DisplayList, *, title: str, description: str, language: Language, date: str
) -> bytes:
    """The picture as a page of exactly its size; `date` is the data's, as `2026-11-23`."""
    longest = max(display.width, display.height) * POINTS_PER_INCH / PX_PER_INCH
    unit = max(1, math.ceil(longest / MAX_POINTS))
    told = _Told(plain(title), plain(description), language, date)
    letters = {letter for item in display.items if isinstance(item, Text) for letter in item.text}
    return _finished(_painted(display, unit), display, unit, told, letters)


def _painted(display: DisplayList, unit: int) -> bytes:
    """Qt's own file of the picture, `unit` times smaller than it is."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(1200)
    points = POINTS_PER_INCH / PX_PER_INCH / unit
    # Qt keeps page sizes in whole points; `_finished` sets the exact one.
    size = QSizeF(math.ceil(display.width * points), math.ceil(display.height * points))
    writer.setPageLayout(
        QPageLayout(
            QPageSize(size, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch),
            QPageLayout.Orientation.Portrait,
            QMarginsF(),
        )
    )
    painter = QPainter(writer)
    try:
        scale = writer.resolution() / PX_PER_INCH / unit
        painter.scale(scale, scale)
        paint(painter, display)
    finally:
        painter.end()
    return bytes(buffer.data().data())


def _finished(
    painted: bytes, display: DisplayList, unit: int, told: _Told, letters: set[str]
) -> bytes:
    """Qt's file with its exact page, its language and title, and nothing of the moment."""
    import pikepdf

    with pikepdf.open(BytesIO(painted)) as pdf:
        _set_page(pdf.pages[0], display, unit)
        used = pdf.pages[0].Resources.get("/Font", pikepdf.Dictionary())
        for number, key in enumerate(sorted(used.keys())):
            composite = used[key]
            _set_name(composite, number)
            _set_letters(composite.ToUnicode, letters)
        root = pdf.Root
        root.Lang = pikepdf.String(told.language)
        root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        for key in ("/Metadata", "/Names"):
            if key in root:
                del root[key]
        moment = f"D:{told.date.replace('-', '')}000000Z"
        pdf.trailer.Info = pdf.make_indirect(
            pikepdf.Dictionary(
                Title=pikepdf.String(told.title),
                Subject=pikepdf.String(told.description),
                Creator=pikepdf.String("Alliance Timeline"),
                CreationDate=pikepdf.String(moment),
                ModDate=pikepdf.String(moment),
            )
        )
        if "/ID" in pdf.trailer:
            del pdf.trailer["/ID"]
        written = BytesIO()
        pdf.save(written, deterministic_id=True, min_version="1.6" if unit > 1 else "1.4")
    return written.getvalue()


def _set_page(page: pikepdf.Page, display: DisplayList, unit: int) -> None:
    """Cuts the page to its exact size; its content hangs from the top of Qt's whole points."""
    points = POINTS_PER_INCH / PX_PER_INCH / unit
    width, height = round(display.width * points, 4), round(display.height * points, 4)
    excess = float(page.MediaBox[3]) - height
    if excess > 0:
        page.contents_add(b"1 0 0 1 0 %.4f cm" % -excess, prepend=True)
    page.MediaBox = [0, 0, width, height]
    for key in ("/TrimBox", "/Annots"):
        if key in page:
            del page[key]
    if unit > 1:
        page.UserUnit = unit


def _set_name(composite: pikepdf.Object, number: int) -> None:
    """Names a subset of a font as PDF wants it, by number: Qt's own tag differs at each start."""
    import pikepdf

    tag = "".join(chr(ord("A") + number // 26**place % 26) for place in reversed(range(6)))
    name = pikepdf.Name(f"/{tag}+{str(composite.BaseFont).removeprefix('/')}")
    composite.BaseFont = name
    for descendant in composite.DescendantFonts:
        descendant.BaseFont = name
        descendant.FontDescriptor.FontName = name


def _set_letters(cmap: pikepdf.Object, letters: set[str]) -> None:
    """Corrects the letters of a font's map from glyphs to Unicode to those that were written.

    Where several letters share a glyph, Qt names the lowest: a space reads as a tab.
    """

    def corrected(found: re.Match[bytes]) -> bytes:
        letter = bytes.fromhex(found[1].decode("ascii")).decode("utf-16-be", "replace")
        return b"<%s>" % _written(letter, letters).encode("utf-16-be").hex().upper().encode()

    def run(found: re.Match[bytes]) -> bytes:
        return _CMAP_LETTER.sub(corrected, found[0])

    cmap.write(_CMAP_RUN.sub(run, cmap.read_bytes()))


def _written(letter: str, letters: set[str]) -> str:
    """The letter that stands in the picture and has the same glyph as `letter`."""
    if letter in letters:
        return letter
    for bold in (False, True):
        raw = QRawFont.fromFont(fonts.font(fonts.REFERENCE, bold))
        glyph = raw.glyphIndexesForString(letter)
        for other in sorted(letters):
            if glyph and glyph[0] and raw.glyphIndexesForString(other) == glyph:
                return other
    return " " if letter == "\t" else letter
