"""The PDF: the page's exact size, text as text, fonts embedded, nothing of the moment."""

from __future__ import annotations

import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import pytest

from tests.render.conftest import Drawing, a_png
from viewer.display import DisplayList, Image, Rect, Style, Text
from viewer.render.pages import page
from viewer.render.pdf import to_pdf

if TYPE_CHECKING:
    from viewer.layout.measure import Measure


def written(display: DisplayList, title: str = "한미동맹 <&>", language: str = "ko") -> bytes:
    return to_pdf(
        display,
        title=title,
        description="연표",
        language=language,
        date="2026-11-23",  # type: ignore[arg-type]
    )


def lines(data: bytes) -> list[str]:
    text = pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range()
    return [line for line in text.replace("\r", "").split("\n") if line]


@pytest.mark.parametrize(
    "line",
    [
        "한미 자유무역협정(FTA) 비준동의안 가결 — 2011년 11월 22일",
        "Mutual Defense Treaty, in force 17 November 1954",
        "R&D <script>alert('x')</script> “quoted”…",
        "2,400～2,500만 톤 · 3‑4월",
        "한미상호방위조약 체결 ❝3",
    ],
)
def test_text_comes_out_as_it_went_in(drawing: Drawing, line: str) -> None:
    drawing.text(20, 40, line)
    drawing.text(20, 90, line, 20, True)
    assert lines(written(drawing.list())) == [line, line]


def test_squeezed_text_is_still_text(drawing: Drawing) -> None:
    drawing.items.append(Text(20, 40, 60, "경제안보 핵심품목", 13, "#000000"))
    assert lines(written(drawing.list())) == ["경제안보 핵심품목"]


def test_every_font_is_embedded_and_named_as_a_subset(sample: DisplayList) -> None:
    with pikepdf.open(BytesIO(written(sample))) as pdf:
        used = pdf.pages[0].Resources.Font
        names = [str(used[key].BaseFont) for key in used.keys()]  # noqa: SIM118 - not a dict
        assert len(names) >= 2
        assert all(name[7] == "+" and name[1:7].isupper() for name in names)
        for key in used.keys():  # noqa: SIM118
            assert "/FontFile2" in used[key].DescendantFonts[0].FontDescriptor


@pytest.mark.parametrize("name", ["16:9", "a4", "a3-portrait"])
def test_the_page_is_exactly_as_large_as_asked(name: str) -> None:
    asked = page(name)
    display = DisplayList(asked.width, asked.height, "#12181f", ())
    data = written(display)
    width, height = pypdfium2.PdfDocument(data)[0].get_size()
    assert (width / 72, height / 72) == pytest.approx(asked.inches, abs=1e-4)
    pixels = pypdfium2.PdfDocument(data)[0].render(scale=1).to_numpy()
    assert (abs(pixels[2:-2, 2:-2, 0].astype(int) - 0x1F) <= 1).all()


def test_a_picture_hangs_from_the_top_of_a_page_of_no_whole_points() -> None:
    asked = page("a4")
    bar = Rect(0, 0, asked.width, 96, Style("#000000"))
    data = written(DisplayList(asked.width, asked.height, "#ffffff", (bar,)))
    pixels = pypdfium2.PdfDocument(data)[0].render(scale=1).to_numpy()
    assert (pixels[1:71] == 0).all()
    assert (pixels[73:] == 255).all()


def test_a_page_larger_than_pdf_can_count_has_a_larger_unit() -> None:
    display = DisplayList(65_535, 640, "#ffffff", ())
    with pikepdf.open(BytesIO(written(display))) as pdf:
        sides = [float(side) for side in pdf.pages[0].MediaBox]
        unit = int(pdf.pages[0].UserUnit)
        assert max(sides) <= 14_400
        assert sides[2] * unit == pytest.approx(65_535 * 0.75, abs=0.01)
        assert pdf.pdf_version >= "1.6"


def test_language_title_and_the_date_of_the_data_are_said(sample: DisplayList) -> None:
    with pikepdf.open(BytesIO(written(sample))) as pdf:
        assert str(pdf.Root.Lang) == "ko"
        assert str(pdf.docinfo.Title) == "한미동맹 <&>"
        assert str(pdf.docinfo.CreationDate) == "D:20261123000000Z"
        assert str(pdf.docinfo.ModDate) == "D:20261123000000Z"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle is True


def test_pictures_keep_their_colours(drawing: Drawing) -> None:
    drawing.items.append(Image(0, 0, 640, 360, a_png(4, 3, (27, 122, 92))))
    pixels = pypdfium2.PdfDocument(written(drawing.list()))[0].render(rev_byteorder=True)
    assert pixels.to_numpy()[100, 100, :3].tolist() == [27, 122, 92]


def test_a_picture_without_text_is_a_page_without_fonts() -> None:
    assert lines(written(DisplayList(640, 360, "#ffffff", ()))) == []


CHILD = """
import sys
from viewer.render.platform import ensure_gui_application
application = ensure_gui_application()
from viewer.display import DisplayList, Text
from viewer.render import fonts
from viewer.render.pdf import to_pdf
text = "한미 FTA 서명 ❝3"
items = [Text(20, 40 + 40 * bold, fonts.measure().width(text, bool(bold)) * 13, text, 13,
              "#000000", bool(bold)) for bold in (0, 1)]
sys.stdout.buffer.write(to_pdf(DisplayList(640, 360, "#ffffff", tuple(items)), title="가",
                               description="나", language="ko", date="2026-11-23"))
"""


def test_the_same_picture_gives_the_same_bytes_at_every_start(measure: Measure) -> None:
    def once(seed: str) -> bytes:
        return subprocess.run(
            [sys.executable, "-c", CHILD],
            cwd=Path(__file__).parents[2],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout

    first = once("1")
    assert first.startswith(b"%PDF")
    assert first == once("2")
