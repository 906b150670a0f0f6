"""The SVG: well formed, escaped, text as text, sizes kept."""

from __future__ import annotations

import shutil
import subprocess
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.display import Bars, DisplayList, Numbers, Path, Rect, Style, Text
from viewer.render.svg import to_svg

if TYPE_CHECKING:
    import pathlib

SVG = "{http://www.w3.org/2000/svg}"


def written(
    *items: Rect | Text | Path | Bars, title: str = "한미동맹", description: str = "그림"
) -> tuple[str, ET.Element]:
    """The document's text and its root."""
    text = to_svg(
        DisplayList(640, 360, "#ffffff", items),
        family="Noto Sans CJK KR",
        title=title,
        description=description,
        language="ko",
    )
    return text, ET.fromstring(text)


def label(text: str, **more: object) -> Text:
    return Text(10, 20, 100, text, 13, "#14202f", role="label", ref=("event", 7), **more)  # type: ignore[arg-type]


def texts(root: ET.Element) -> list[str]:
    return [each.text or "" for each in root.iter(f"{SVG}text")]


def test_text_is_text_korean_included() -> None:
    _, root = written(label("한미상호방위조약 체결 ❝3"), label("Mutual Defense Treaty"))
    assert texts(root) == ["한미상호방위조약 체결 ❝3", "Mutual Defense Treaty"]


def test_a_text_keeps_its_measured_width() -> None:
    _, root = written(label("동맹"))
    text = root.find(f"{SVG}text")
    assert text is not None
    assert text.get("textLength") == "100"
    assert text.get("font-size") == "13"


def test_fonts_are_a_list_that_ends_in_a_generic_one() -> None:
    _, root = written()
    families = [each.strip() for each in root.get("font-family", "").split(",")]
    assert families[0] == "'Noto Sans CJK KR'"
    assert "'Malgun Gothic'" in families
    assert families[-1] == "sans-serif"
    assert len(families) == len(set(families))


def test_markup_in_titles_is_only_text() -> None:
    hostile = "<script>alert(\"R&D\")</script> '&amp;' ]]>"
    text, root = written(label(hostile), title=hostile, description=hostile)
    assert "<script" not in text
    assert texts(root) == [hostile]
    assert root.findtext(f"{SVG}title") == hostile
    assert root.findtext(f"{SVG}desc") == hostile


def test_control_characters_are_taken_out_and_lines_joined() -> None:
    _, root = written(label("군사\x00\x07\x1b\x7f\ufffe동맹\n1953\t\u2028년"))
    assert texts(root) == ["군사동맹 1953  년"]


def test_half_a_character_does_not_break_the_document() -> None:
    text, root = written(label("동맹\ud83d"))
    assert text.encode("utf-8")
    assert texts(root) == ["동맹\ufffd"]


@given(st.text(st.characters(codec=None), max_size=40))
def test_any_text_gives_a_document_that_can_be_read(text: str) -> None:
    document, root = written(label(text), title=text, description=text)
    assert document.encode("utf-8")
    assert len(texts(root)) == 1


def test_each_item_says_what_it_stands_for() -> None:
    bar = Rect(10, 10, 50, 8, Style("#2a5a9e"), role="bar", ref=("event", 8), lane='a"b')
    _, root = written(bar)
    rect = root.findall(f"{SVG}rect")[1]
    assert rect.get("data-ref") == "event:8"
    assert rect.get("data-role") == "bar"
    assert rect.get("data-lane") == 'a"b'


def test_an_open_path_is_not_filled_and_a_closed_one_is() -> None:
    style = Style("#ffffff", "#2a5a9e", 1.5, (4, 2), 0.5)
    run = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0))
    _, root = written(Path((run,), style), Path((run,), style, closed=True))
    line, area = root.findall(f"{SVG}path")
    assert line.get("fill") is None
    assert line.get("stroke-dasharray") == "4 2"
    assert line.get("stroke-opacity") == "0.5"
    assert area.get("fill") == "#ffffff"
    assert area.get("d") == "M0 0L10 0L10 10Z"


def test_bars_are_one_path() -> None:
    bars = Bars(
        5,
        20,
        2,
        Numbers((4.0, 4.0, 0.0, 1.5)),
        Numbers((3, 3, 0, 1)),
        Style(fill="#2a5a9e"),
        role="density",
    )
    _, root = written(bars)
    (path,) = root.iter(f"{SVG}path")
    assert path.get("d") == "M5 16h4v4h-4ZM11 18.5h2v1.5h-2Z"
    assert path.get("data-role") == "density"


def test_the_language_is_said() -> None:
    _, root = written()
    assert root.get("lang") == "ko"
    assert (root.get("width"), root.get("viewBox")) == ("640", "0 0 640 360")


def test_the_same_picture_gives_the_same_text(sample: DisplayList) -> None:
    def once() -> str:
        return to_svg(sample, family="Noto Sans KR", title="가", description="나", language="ko")

    assert once() == once()


@pytest.mark.slow
def test_another_program_opens_it(sample: DisplayList, tmp_path: pathlib.Path) -> None:
    program = shutil.which("rsvg-convert")
    if program is None:
        pytest.skip("rsvg-convert is not installed")
    path = tmp_path / "그림.svg"
    path.write_text(
        to_svg(sample, family="Noto Sans CJK KR", title="<&>", description="", language="ko"),
        encoding="utf-8",
    )
    made = tmp_path / "made.png"
    subprocess.run([program, path, "-o", made], check=True)
    assert made.stat().st_size > 1000
