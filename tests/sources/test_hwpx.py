"""Documents of Hangul, made by a library of their own."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING, Any

import pytest

from db.errors import AllianceError
from tests.sources.documents import read, zipped

if TYPE_CHECKING:
    from collections.abc import Callable


def made(write: Callable[[Any], object]) -> bytes:
    """A document that `write` puts text into."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from hwpx.document import HwpxDocument

        document = HwpxDocument.new()
        write(document)
        stream = io.BytesIO()
        document.save_to_stream(stream)
    return stream.getvalue()


def test_paragraphs_tables_and_notes_are_read_in_order() -> None:
    def write(document: Any) -> None:
        document.add_paragraph("한미동맹은\t가치동맹이다. 😀")
        table = document.add_table(2, 2)
        for row, column, text in ((0, 0, "가"), (0, 1, "나"), (1, 1, "라")):
            table.set_cell_text(row, column, text)
        noted = document.add_paragraph("각주가 있는")
        document.notes.add_footnote("각주의 글", paragraph=noted)
        noted.add_run(" 문단")
        document.add_paragraph("줄을\n바꾼 문단")

    document = read("hwpx", made(write))
    assert document.text.split("\n") == [
        "한미동맹은\t가치동맹이다. 😀",
        "가\t나",
        "\t라",
        "각주가 있는 문단",
        "줄을",
        "바꾼 문단",
        "각주의 글",
    ]
    assert document.media_type == "application/hwp+zip"
    assert document.language == "ko"
    first = document.places[0]
    assert document.text[first.start : first.end] == "한미동맹은\t가치동맹이다. 😀"


def test_tracked_insertions_are_kept_and_deletions_left_out() -> None:
    def write(document: Any) -> None:
        changed = document.add_paragraph("지운 말과 남은 말")
        document.tracking.delete(changed, match="지운 말과 ")
        document.tracking.insert(changed, "에 넣은 말")

    assert read("hwpx", made(write)).text == "남은 말에 넣은 말"


def test_a_header_is_read_once() -> None:
    def write(document: Any) -> None:
        document.page.set_header(text="보도자료")
        document.add_paragraph("본문")

    assert read("hwpx", made(write)).text == "보도자료\n본문"


def test_a_locked_or_damaged_document_is_refused() -> None:
    def refused(parts: dict[str, str | bytes]) -> str:
        with pytest.raises(AllianceError) as told:
            read("hwpx", zipped(parts))
        return told.value.code

    section: dict[str, str | bytes] = {"Contents/section0.xml": b"\1\2\3"}
    assert refused(section) == "source.broken"
    locked = "<odf:manifest><odf:encryption-data/></odf:manifest>"
    assert refused({**section, "META-INF/manifest.xml": locked}) == "source.locked"
    assert refused({"mimetype": "application/hwp+zip"}) == "source.broken"
