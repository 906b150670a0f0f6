"""Documents of every kind are read: brought into a file, opened in the reader, found in, quoted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPainter, QPdfWriter
from PySide6.QtWidgets import QApplication

from tests.helpers import press, settle, write
from tests.sources import documents
from tests.sources.test_hwpx import made as made_hwpx
from tests.widgets.reading import Desk
from viewer.document import Document
from viewer.edits import sources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import Any

    from pytestqt.qtbot import QtBot

CONTROL = Qt.KeyboardModifier.ControlModifier
LEFT = [f"왼쪽 단의 {line}번째 줄은 동맹으로 이어진다" for line in range(12)]
RIGHT = [f"오른쪽 단의 {line}번째 줄은 이어진다" for line in range(12)]


def docx() -> bytes:
    """With tracked changes, a content control and a table."""
    inserted = f'<w:ins w:id="1">{documents.run("글로벌 포괄적 ")}</w:ins>'
    deleted = '<w:del w:id="2"><w:r><w:delText>지운 말</w:delText></w:r></w:del>'
    cells = "".join(f"<w:tc>{documents.paragraph(each)}</w:tc>" for each in ("군사", "199개"))
    return documents.docx(
        documents.paragraph("양 정상은 ", inserted, deleted, "전략동맹을 강화하였다.")
        + f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
    )


def two_columns() -> bytes:
    """A page of two columns, its lines drawn across, as some programs do."""
    lines: list[documents.Line] = []
    for line in range(12):
        height = 760 - 14 * line
        lines += [(50, height, LEFT[line]), (310, height, RIGHT[line])]
    return documents.pdf([lines, [(50, 760, "둘째 쪽")]])


def html() -> bytes:
    return (
        "<html lang=ko><title>한미 FTA</title><script>document.write('나쁜 글')</script>"
        "<h1>한미 FTA</h1><table><tr><th rowspan=2>승용차<td>한국<td>8%</tr>"
        "<tr><td>미국<td>2.5%</tr></table><img src='file:///etc/hostname'></html>"
    ).encode()


def cp949() -> bytes:
    return "한미상호방위조약\r\n제1조 당사국은 뷁 똠방각하.\r\n".encode("cp949")


def hwpx() -> bytes:
    def fill(document: Any) -> None:
        document.add_paragraph("동맹 60주년 공동선언 😀")
        table = document.add_table(1, 2)
        table.set_cell_text(0, 0, "연도")
        table.set_cell_text(0, 1, "1953")

    return made_hwpx(fill)


KINDS = [
    pytest.param(
        "docx", docx, ["양 정상은 글로벌 포괄적 전략동맹을 강화하였다.", "군사\t199개"], id="docx"
    ),
    pytest.param("pdf", two_columns, [*LEFT, *RIGHT], id="pdf"),
    pytest.param("html", html, ["한미 FTA", "승용차\t한국\t8%", "\t미국\t2.5%"], id="html"),
    pytest.param("text", cp949, ["한미상호방위조약", "제1조 당사국은 뷁 똠방각하."], id="cp949"),
    pytest.param("hwpx", hwpx, ["동맹 60주년 공동선언 😀", "연도\t1953"], id="hwpx"),
]


@pytest.fixture
def document(copy: Path) -> Iterator[Document]:
    opened = Document()
    opened.open(copy)
    yield opened
    opened.close()


def brought(document: Document, kind: str, data: bytes) -> int:
    """Reads a document as the program does, and stores it; gives the source."""
    found = documents.read(kind, data)
    edit = sources.added(found, sources.draft_of(found, "문서"), data, document.sources())
    document.apply(edit)
    assert edit.made is not None
    return edit.made[1]


@pytest.mark.parametrize(("kind", "make", "lines"), KINDS)
def test_a_document_of_any_kind_is_read_found_in_and_selected(
    qtbot: QtBot,
    document: Document,
    kind: str,
    make: Callable[[], bytes],
    lines: list[str],
) -> None:
    desk = Desk(qtbot, document, "ko", (460, 700))
    desk.reader.show_source(brought(document, kind, make()))
    settle()
    text = desk.reader.text
    shown = [line for line in text.stored.split("\n") if line.strip()]
    places = [shown.index(line) for line in lines]
    assert places == sorted(places)
    assert "나쁜 글" not in text.stored
    assert "지운 말" not in text.stored
    # What is shown is what is stored, but for blanks; every line of it has its place in the view.
    assert len(text.toPlainText()) == len(text.stored)
    assert text.toPlainText().split() == text.stored.split()
    assert text.labels_in_view()[0] == "1"
    # The last of these words is found, selected and copied as it is stored.
    sought = lines[-1].split("\t")[-1]
    press(text, Qt.Key.Key_F, CONTROL)
    write(desk.reader.finding.line, sought)
    assert "개 중" in desk.reader.finding.count.text()
    press(desk.reader.finding.line, Qt.Key.Key_Escape)
    passage = desk.reader.chosen_passage()
    assert passage is not None
    assert text.stored[slice(*passage)] == sought
    press(text, Qt.Key.Key_C, CONTROL)
    assert QApplication.clipboard().text() == sought


def test_a_quote_in_a_real_pdf_is_boxed_where_it_is_printed(
    qtbot: QtBot, document: Document, tmp_path: Path
) -> None:
    """The whole way: a PDF printed by Qt, read by one child process, drawn by another."""
    path = tmp_path / "공동성명.pdf"
    writer = QPdfWriter(str(path))
    writer.setResolution(72)
    painter = QPainter(writer)
    font = QFont(QApplication.font())
    font.setPixelSize(20)
    painter.setFont(font)
    painter.drawText(60, 100, "alliance of values")
    writer.newPage()
    painter.drawText(60, 300, "technology alliance")
    painter.end()
    source_id = brought(document, "pdf", path.read_bytes())
    desk = Desk(qtbot, document, "ko", (1000, 700))
    source = document.source(source_id)
    start = source.source.text.index("technology")
    desk.reader.show_stretch(source_id, start, start + len("technology"))
    pane = desk.reader.paging.pane
    qtbot.waitUntil(
        lambda: pane.pages == (1,) and bool(pane.view.boxes()) and pane.drawing.busy is None,
        timeout=30_000,
    )
    drawn = pane.drawing.page(1)
    assert drawn is not None
    (box,) = drawn.letters.boxes(*(each - source.places[1].start for each in (start, start + 10)))
    width, height = drawn.image.width(), drawn.image.height()
    ink = [
        drawn.image.pixelColor(x, y).lightness()
        for x in range(int(box.left * width), int(box.right * width))
        for y in range(int(box.top * height), int(box.bottom * height))
    ]
    assert min(ink) < 128 < max(ink)
