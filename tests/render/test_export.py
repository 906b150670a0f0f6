"""Exports: the view on a page, in three formats, from the same list; or nothing at all."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from PySide6.QtGui import QImage

from db.errors import AllianceError
from db.filters import Filter
from db.records import LANGUAGES
from tests.pictures import Made, timeline, view
from viewer.display import DisplayList, Text
from viewer.layout.view import Caption
from viewer.render import fonts
from viewer.render.export import FORMATS, export, picture, render
from viewer.render.pages import page, size
from viewer.words import explain

if TYPE_CHECKING:
    from pathlib import Path

    from db.records import Language
    from db.timeline import Timeline
    from viewer.layout import View

TITLE = "한미동맹 <세 단계> & more"


@pytest.fixture(scope="module")
def made() -> Timeline:
    return timeline(
        [
            Made("1953-10-01", (0,), 5, "Mutual Defense Treaty", "한미상호방위조약 체결", quotes=1),
            Made("1965/1973", (0,), 4, "Korean forces in Vietnam", "베트남 파병"),
            Made("2007-06-30", (1,), 5, "KORUS FTA signed", "한미 FTA 서명", quotes=3),
            Made("2012-03-15", (1,), 4, "KORUS FTA in force", "한미 FTA 발효", disputed=True),
            Made("2022-05-21", (2,), 5, "Technology alliance", "기술동맹 추가", quotes=5),
            Made("2016", (2,), 2, "R&D <space> agreement", "우주 <협력> & 협정"),
        ]
    )


@pytest.fixture
def shown() -> View:
    return view("1950", "2029", language="ko", caption=Caption(TITLE))


def texts(display: DisplayList) -> list[str]:
    return [item.text for item in display.items if isinstance(item, Text)]


def test_the_picture_has_the_size_of_the_page_and_not_of_the_window(
    made: Timeline, shown: View
) -> None:
    display = picture(made, replace(shown, width=300, height=200), page("a4"))
    assert (display.width, display.height) == (page("a4").width, page("a4").height)
    assert display == picture(made, replace(shown, width=3000, height=2000), page("a4"))


def test_a_png_has_the_dots_of_the_page(made: Timeline, shown: View, tmp_path: Path) -> None:
    path = tmp_path / "연표.png"
    export(made, shown, page("16:9"), path, title=TITLE)
    image = QImage(str(path))
    assert (image.width(), image.height()) == (1920, 1080)
    assert image.dotsPerMeterX() == round(144 / 0.0254)
    assert image.text("Title") == TITLE
    assert "6건" in image.text("Description")


def test_an_svg_holds_every_text_of_the_picture(
    made: Timeline, shown: View, tmp_path: Path
) -> None:
    path = tmp_path / "연표.svg"
    export(made, shown, page("16:9"), path, title=TITLE)
    root = ET.parse(path).getroot()
    found = [each.text for each in root.iter("{http://www.w3.org/2000/svg}text")]
    assert found == texts(picture(made, shown, page("16:9")))
    assert "한미 FTA 서명" in " ".join(each or "" for each in found)
    assert root.findtext("{http://www.w3.org/2000/svg}title") == TITLE


def test_a_pdf_holds_every_text_of_the_picture(made: Timeline, shown: View, tmp_path: Path) -> None:
    path = tmp_path / "연표.pdf"
    export(made, shown, page("a3"), path, title=TITLE)
    sheet = pypdfium2.PdfDocument(path)[0]
    assert [side / 72 * 25.4 for side in sheet.get_size()] == pytest.approx([420, 297], abs=0.01)
    found = "".join(sheet.get_textpage().get_text_range().split())
    for text in texts(picture(made, shown, page("a3"))):
        assert "".join(text.split()) in found


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_data_and_options_give_the_same_bytes(
    made: Timeline, shown: View, form: str
) -> None:
    once, again = (render(made, shown, size("900x600"), form, title=TITLE) for _ in range(2))
    assert once == again


@pytest.mark.parametrize("form", FORMATS)
def test_the_theme_is_that_of_the_view(made: Timeline, shown: View, form: str) -> None:
    light, dark = (
        render(made, replace(shown, theme=theme), size("900x600"), form, title=TITLE)
        for theme in ("light", "dark")
    )
    assert light != dark


def test_a_filter_leaves_out_what_the_window_leaves_out(made: Timeline, shown: View) -> None:
    few = replace(shown, filter=Filter(min_importance=5))
    document = render(made, few, size("1600x1000"), "svg", title=TITLE).decode()
    assert 'data-ref="event:1000"' in document
    assert 'data-ref="event:1001"' not in document


def test_a_format_that_is_asked_for_wins_over_the_suffix(
    made: Timeline, shown: View, tmp_path: Path
) -> None:
    export(made, shown, page("16:9"), tmp_path / "연표.dat", "SVG", title=TITLE)
    assert (tmp_path / "연표.dat").read_bytes().startswith(b"<?xml")


@pytest.mark.parametrize(
    ("name", "code", "known"),
    [
        ("연표.gif", "export.format", "png, svg, pdf"),
        ("연표.png.bak", "export.format", "png, svg, pdf"),
        ("연표", "export.suffix", ".png, .svg, .pdf"),
    ],
)
def test_an_unknown_format_is_refused_and_nothing_is_written(
    made: Timeline, shown: View, tmp_path: Path, name: str, code: str, known: str
) -> None:
    with pytest.raises(AllianceError) as caught:
        export(made, shown, page("16:9"), tmp_path / name, title=TITLE)
    assert (caught.value.code, caught.value.fields["known"]) == (code, known)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_does_not_exist_is_told(made: Timeline, shown: View, tmp_path: Path) -> None:
    with pytest.raises(AllianceError) as caught:
        export(made, shown, page("16:9"), tmp_path / "none" / "a.png", title=TITLE)
    assert caught.value.code == "export.folder"
    assert list(tmp_path.iterdir()) == []


def test_a_worker_makes_the_same_file_as_the_main_thread(made: Timeline, shown: View) -> None:
    for form in FORMATS:
        with ThreadPoolExecutor(1) as worker:
            asked = worker.submit(render, made, shown, size("900x600"), form, title=TITLE)
        assert asked.result() == render(made, shown, size("900x600"), form, title=TITLE)


def test_without_a_korean_font_nothing_is_written(
    made: Timeline, shown: View, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise AllianceError("font.missing", names="Noto Sans CJK KR")

    monkeypatch.setattr(fonts, "measure", missing)
    with pytest.raises(AllianceError, match=r"font\.missing"):
        export(made, shown, page("16:9"), tmp_path / "a.png", title=TITLE)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "error",
    [
        AllianceError("font.missing", names="Noto Sans CJK KR"),
        AllianceError("page.unknown", page="a5", known="a4"),
        AllianceError("size.refused.form", size="가"),
        AllianceError("size.refused.side", size="1x1", least=64, most=65535),
        AllianceError("size.refused.area", size="1x1", most=200),
        AllianceError("size.refused.dpi", dpi="0", least=1, most=9600),
        AllianceError("size.refused.inches", dpi="1", inches="2.00", least="0.67", most="683"),
        AllianceError("export.format", format="gif", known="png"),
        AllianceError("export.folder", path="a/b.png", folder="a"),
        AllianceError("export.target", path="a"),
        AllianceError("export.full", path="a"),
        AllianceError("export.denied", path="a"),
        AllianceError("export.failed", path="a", reason="Input/output error"),
    ],
    ids=lambda error: error.code,
)
def test_every_refusal_is_a_sentence(error: AllianceError, language: Language) -> None:
    sentence = explain(error, language)
    assert sentence.endswith(".")
    for value in error.fields.values():
        told = f"{value:,}" if isinstance(value, int) and value > 999 else str(value)
        assert told in sentence
