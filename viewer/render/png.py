"""The PNG writer: painted in tiles and packed band by band, so that memory stays small.

Qt paints no further than 32,767 px and holds a whole image at once; a page may have sides of
65,535 px and 200 million of them. A tile's picture equals that part of the whole.
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QImage, QPainter

from viewer.render.pages import MM_PER_INCH
from viewer.render.painter import paint
from viewer.render.plain import plain

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from viewer.display import DisplayList
    from viewer.render.pages import Page

TILE_WIDTH, TILE_HEIGHT = 4096, 4096
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_TRUECOLOUR = 2
_NO_FILTER = 0
_PERCEPTUAL = b"\x00"


def to_png(display: DisplayList, page: Page, *, title: str, description: str) -> bytes:
    """The picture in `page.dots`, 8 bits a channel, with its density and its texts (UTF-8)."""
    width, height = page.dots
    per_metre = round(page.dpi / MM_PER_INCH * 1000)
    packer = zlib.compressobj(6)
    packed = []
    for top in range(0, height, TILE_HEIGHT):
        rows = _band(display, page, top, min(TILE_HEIGHT, height - top), width)
        packed.append(packer.compress(rows.tobytes()))
    packed.append(packer.flush())
    header = struct.pack(">IIBBBBB", width, height, 8, _TRUECOLOUR, 0, 0, 0)
    return b"".join(
        (
            _SIGNATURE,
            _chunk(b"IHDR", header),
            _chunk(b"sRGB", _PERCEPTUAL),
            _chunk(b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1)),
            _chunk(b"iTXt", _text("Title", title)),
            _chunk(b"iTXt", _text("Description", description)),
            _chunk(b"IDAT", b"".join(packed)),
            _chunk(b"IEND", b""),
        )
    )


def _band(display: DisplayList, page: Page, top: int, height: int, width: int) -> NDArray[np.uint8]:
    """Rows of bytes, shape (height, 1 + 3 * width): the filter's number, then R, G, B."""
    rows = np.empty((height, 1 + 3 * width), dtype=np.uint8)
    rows[:, 0] = _NO_FILTER
    for left in range(0, width, TILE_WIDTH):
        across = min(TILE_WIDTH, width - left)
        rows[:, 1 + 3 * left : 1 + 3 * (left + across)] = _tile(
            display, page, left, top, across, height
        )
    return rows


def _tile(
    display: DisplayList, page: Page, left: int, top: int, width: int, height: int
) -> NDArray[np.uint8]:
    """One part of the picture in dots, shape (height, 3 * width)."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(display.background)
    painter = QPainter(image)
    try:
        painter.translate(-left, -top)
        painter.scale(page.scale, page.scale)
        scale = page.scale
        area = (left / scale, top / scale, (left + width) / scale, (top + height) / scale)
        paint(painter, display, [area], exact=True)
    finally:
        painter.end()
    image.convertTo(QImage.Format.Format_RGB888)
    # A line of a QImage is padded to whole words of four bytes.
    lines = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(height, -1)
    return lines[:, : 3 * width].copy()


def _text(keyword: str, text: str) -> bytes:
    """An international text: keyword, not compressed, no language tag, no other keyword."""
    return keyword.encode("latin-1") + b"\0\0\0\0\0" + plain(text).encode("utf-8")


def _chunk(name: bytes, data: bytes) -> bytes:
    check = zlib.crc32(data, zlib.crc32(name))
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", check)
