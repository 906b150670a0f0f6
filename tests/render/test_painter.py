"""The painter: what a list says is where it says, on screen and in parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from tests.render.conftest import a_png
from viewer.display import (
    Bars,
    Box,
    DisplayList,
    Image,
    Line,
    Numbers,
    Path,
    Primitive,
    Rect,
    Style,
    Text,
)
from viewer.render.painter import paint

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from viewer.layout.measure import Measure

BLUE, RED, INK = "#2a5a9e", "#b3261e", "#000000"


def painted(
    *items: Primitive,
    width: int = 200,
    height: int = 100,
    scale: float = 1.0,
    area: Box | None = None,
    under: str = "#ffffff",
) -> NDArray[np.uint8]:
    """The picture as (height, width, RGB)."""
    image = QImage(round(width * scale), round(height * scale), QImage.Format.Format_RGB32)
    image.fill(QColor(under))
    painter = QPainter(image)
    painter.scale(scale, scale)
    paint(painter, DisplayList(width, height, "#ffffff", items), None if area is None else [area])
    painter.end()
    image = image.convertToFormat(QImage.Format.Format_RGBX8888)
    pixels = np.frombuffer(image.constBits(), dtype=np.uint8)
    return pixels.reshape(image.height(), image.width(), 4)[:, :, :3].copy()


def inked(pixels: NDArray[np.uint8]) -> tuple[int, int, int, int]:
    """Left, top, right and bottom (exclusive) of what is not white."""
    rows, columns = np.nonzero((pixels < 250).any(axis=2))
    return columns.min(), rows.min(), columns.max() + 1, rows.max() + 1


@pytest.mark.parametrize("y", [20.0, 20.3, 20.5, 20.99])
def test_a_line_of_one_px_is_one_crisp_row(y: float) -> None:
    pixels = painted(Line(10, y, 60, y, Style(stroke=INK)))
    assert inked(pixels) == (10, 20, 60, 21)
    assert (pixels[20, 10:60] == 0).all()


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0, 3.0])
def test_a_line_is_crisp_at_any_density(scale: float) -> None:
    pixels = painted(Line(30.4, 0, 30.4, 100, Style(stroke=INK)), scale=scale)
    middle = pixels[len(pixels) // 2]
    assert (middle < 250).any(axis=1).sum() == max(1, round(scale))
    assert middle.min() == 0


def test_neighbours_leave_no_seam() -> None:
    left = Rect(10, 10, 33.37, 20, Style(BLUE))
    right = Rect(43.37, 10, 30, 20, Style(BLUE))
    pixels = painted(left, right)
    assert (pixels[20, 10:73] == pixels[20, 10]).all()


def test_a_sliver_is_still_seen() -> None:
    pixels = painted(Rect(10.5, 10, 0.2, 20, Style(BLUE)))
    assert inked(pixels) == (10, 10, 11, 30)
    assert pixels[15, 10].tolist() == [0x2A, 0x5A, 0x9E]


def test_a_rounded_rectangle_has_no_corners() -> None:
    pixels = painted(Rect(10, 10, 60, 20, Style(BLUE), radius=100))
    assert (pixels[10, 10] > 250).all()
    assert pixels[20, 40].tolist() == [0x2A, 0x5A, 0x9E]
    assert inked(pixels) == (10, 10, 70, 30)


def test_opacity_lets_the_ground_through_and_does_not_stick() -> None:
    pixels = painted(Rect(0, 0, 50, 50, Style(INK, opacity=0.5)), Rect(50, 0, 50, 50, Style(INK)))
    assert pixels[25, 25].tolist() == pytest.approx([127] * 3, abs=2)
    assert pixels[25, 75].tolist() == [0, 0, 0]


def test_dashes_are_as_long_as_the_style_says() -> None:
    pixels = painted(Line(0, 20.5, 200, 20.5, Style(stroke=INK, width=2, dash=(10, 5))))
    row = (pixels[20] < 128).all(axis=1)
    assert row[:30].tolist() == ([True] * 10 + [False] * 5) * 2


def test_an_odd_number_of_dashes_goes_on_as_in_svg() -> None:
    pixels = painted(Line(0, 20.5, 200, 20.5, Style(stroke=INK, dash=(6,))))
    row = (pixels[20] < 128).all(axis=1)
    assert row[:24].tolist() == ([True] * 6 + [False] * 6) * 2


def test_an_open_path_is_a_line_and_a_closed_one_an_area() -> None:
    run = ((10.0, 10.0), (60.0, 10.0), (60.0, 60.0))
    style = Style(BLUE, RED, 2)
    line = painted(Path((run,), style))
    area = painted(Path((run,), style, closed=True))
    assert (line[20, 50] == 255).all()
    assert area[20, 50].tolist() == [0x2A, 0x5A, 0x9E]
    assert (line[35, 34:37] == 255).all()


def test_hatching_is_drawn() -> None:
    runs = tuple(((10.0 + x, 60.0), (30.0 + x, 40.0)) for x in range(0, 60, 6))
    left, top, right, bottom = inked(painted(Path(runs, Style(stroke=BLUE))))
    assert (left, right) == (pytest.approx(10, abs=1), pytest.approx(84, abs=1))
    assert (top, bottom) == (pytest.approx(40, abs=1), pytest.approx(60, abs=1))


def test_an_image_fills_its_box() -> None:
    pixels = painted(Image(20, 10, 40, 30, a_png(4, 3, (27, 122, 92))))
    assert inked(pixels) == (20, 10, 60, 40)
    assert pixels[25, 40].tolist() == [27, 122, 92]


@pytest.mark.parametrize("size", [11.0, 13.0, 17.5, 24.0])
@pytest.mark.parametrize("text", ["한미상호방위조약 체결", "Mutual Defense Treaty H"])
def test_text_stays_in_its_measured_width(measure: Measure, text: str, size: float) -> None:
    width = measure.width(text) * size
    pixels = painted(Text(10, 50, width, text, size, INK), width=400)
    left, _, right, _ = inked(pixels)
    assert 10 - 1 <= left <= 10 + 0.15 * size
    assert 10 + width - 0.15 * size <= right <= 10 + width + 1


def test_text_that_the_font_makes_wider_is_squeezed(measure: Measure) -> None:
    natural = measure.width("한미동맹") * 20
    left, _, right, _ = inked(painted(Text(10, 50, natural / 2, "한미동맹", 20, INK)))
    assert right - left <= natural / 2 + 1


def test_text_stands_on_its_baseline() -> None:
    _, top, _, bottom = inked(painted(Text(10, 50, 100, "HHH", 20, INK)))
    assert bottom == pytest.approx(50, abs=1)
    assert top == pytest.approx(50 - 0.73 * 20, abs=2)


def test_text_is_grey_at_its_edges_not_coloured() -> None:
    pixels = painted(Text(10, 50, 150, "한미동맹 alliance", 20, INK)).astype(int)
    assert (pixels.max(axis=2) - pixels.min(axis=2)).max() == 0


def test_control_characters_and_empty_lines_draw_nothing() -> None:
    assert (
        painted(Text(10, 50, 0, "\x00\x07", 20, INK), Text(10, 50, 0, "", 20, INK)) == 255
    ).all()


def test_only_what_touches_the_area_is_painted() -> None:
    items = (Rect(10, 10, 30, 30, Style(BLUE)), Rect(120, 10, 30, 30, Style(RED)))
    pixels = painted(*items, area=(0, 0, 100, 100), under="#123456")
    assert pixels[20, 20].tolist() == [0x2A, 0x5A, 0x9E]
    assert pixels[20, 130].tolist() == [0x12, 0x34, 0x56]


def test_the_painter_is_given_back_as_it_was(sample: DisplayList) -> None:
    image = QImage(640, 360, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setOpacity(0.7)
    painter.scale(2, 2)
    before = painter.worldTransform()
    paint(painter, sample)
    assert painter.worldTransform() == before
    assert painter.opacity() == pytest.approx(0.7)
    painter.end()


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_bars_stand_on_their_line_as_high_as_they_say(scale: float) -> None:
    bars = Bars(20.0, 80.0, 10.0, Numbers((30.0, 0.0, 10.0)), Numbers((7, 0, 1)), Style(fill=INK))
    pixels = painted(bars, scale=scale)
    assert inked(pixels) == tuple(round(each * scale) for each in (20, 50, 50, 80))
    heights = (pixels[:, :, 0] < 128).sum(axis=0) / scale
    middles = [heights[round(x * scale)] for x in (25, 35, 45)]
    assert middles == [30, 0, 10]
    assert bars.rects() == [(20.0, 50.0, 10.0, 30.0), (40.0, 70.0, 10.0, 10.0)]


@pytest.mark.parametrize("across", [0.0, 0.3, 0.5, 0.9])
def test_a_title_and_a_disc_stay_where_they_are_put_to_half_a_pixel(across: float) -> None:
    disc = Rect(20 + across, 30.0, 8, 8, Style(fill=INK), radius=4)
    left, top, right, bottom = inked(painted(disc))
    assert (left, right) == (20, 28 if across == 0 else 29)
    assert (top, bottom) == (30, 38)
    middle = (255.0 - painted(disc)[:, :, 0]).sum(axis=0)
    assert (middle * (np.arange(200) + 0.5)).sum() / middle.sum() == pytest.approx(
        24 + across, abs=0.13
    )
