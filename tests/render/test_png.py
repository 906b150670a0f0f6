"""The PNG: the dots of the page, its density, its texts, the same from any tiles."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtGui import QImage

from viewer.display import DisplayList, Line, Rect, Style
from viewer.render import png
from viewer.render.pages import Page, size
from viewer.render.png import to_png

if TYPE_CHECKING:
    from numpy.typing import NDArray


def opened(data: bytes) -> QImage:
    image = QImage.fromData(data)
    assert not image.isNull()
    return image.convertToFormat(QImage.Format.Format_RGB32)


def pixels(data: bytes) -> NDArray[np.int16]:
    """The picture as (height, width, channels)."""
    image = opened(data)
    flat = np.frombuffer(image.constBits(), dtype=np.uint8).astype(np.int16)
    return flat.reshape(image.height(), image.width(), 4)


def written(display: DisplayList, dpi: float = 96) -> bytes:
    page = Page(display.width, display.height, dpi / 96, dpi)
    return to_png(display, page, title="한미동맹", description="연표 그림")


@pytest.mark.parametrize("dpi", [96, 144, 300])
def test_a_png_has_the_dots_and_the_density_of_its_page(sample: DisplayList, dpi: int) -> None:
    image = QImage.fromData(written(sample, dpi))
    assert (image.width(), image.height()) == (round(640 * dpi / 96), round(360 * dpi / 96))
    assert image.dotsPerMeterX() * 0.0254 == pytest.approx(dpi, abs=0.1)
    assert image.dotsPerMeterY() * 0.0254 == pytest.approx(dpi, abs=0.1)


def test_a_png_says_its_title_and_what_it_shows(sample: DisplayList) -> None:
    image = QImage.fromData(written(sample))
    assert image.text("Title") == "한미동맹"
    assert image.text("Description") == "연표 그림"


def test_the_same_picture_gives_the_same_bytes(sample: DisplayList) -> None:
    assert written(sample, 144) == written(sample, 144)


@pytest.mark.parametrize("dpi", [96, 144])
@pytest.mark.parametrize("tile", [(640, 16), (97, 360), (101, 53)])
def test_tiles_leave_no_trace(
    sample: DisplayList, monkeypatch: pytest.MonkeyPatch, dpi: int, tile: tuple[int, int]
) -> None:
    whole = written(sample, dpi)
    monkeypatch.setattr(png, "TILE_WIDTH", tile[0])
    monkeypatch.setattr(png, "TILE_HEIGHT", tile[1])
    difference = abs(pixels(written(sample, dpi)) - pixels(whole))
    # A letter on a seam may stand a quarter of a dot further, a curve a shade lighter.
    assert (difference.max(axis=2) > 3).mean() < 0.001


def test_a_picture_as_wide_as_possible_is_painted_to_its_end() -> None:
    page = size("65535x64")
    display = DisplayList(
        page.width,
        page.height,
        "#ffffff",
        (
            Rect(0, 10, 65_535, 20, Style("#e6edf8")),
            Line(0, 40, 65_535, 40, Style(stroke="#000000")),
            Line(0, 45, 65_535, 45, Style(stroke="#000000", dash=(7, 4))),
            Rect(65_500, 50, 30, 10, Style("#b3261e")),
        ),
    )
    data = to_png(display, page, title="", description="")
    assert struct.unpack(">II", data[16:24]) == (65_535, 64)
    image = opened(data)
    for x in (0, 30_000, 33_000, 65_534):
        assert image.pixelColor(x, 20).name() == "#e6edf8"
        assert image.pixelColor(x, 40).name() == "#000000"
    for x in (33_000, 65_000):
        assert (image.pixelColor(x, 45).name() == "#000000") == (x % 11 < 7)
    assert image.pixelColor(65_515, 55).name() == "#b3261e"
