"""PDF: its pages as places, columns as they are read, locks and scans."""

from __future__ import annotations

import io

import pikepdf
import pytest

from db.errors import AllianceError
from tests.sources.documents import pdf, read
from viewer.sources import columns, pages, worker

TOP = 800


def test_each_page_is_a_place_with_the_number_printed_on_it() -> None:
    pages = [
        [(50, TOP, "한미동맹은 가치동맹으로"), (50, TOP - 20, "발전하고")],
        [],
        [(50, TOP, "있다 alliance")],
    ]
    labels = "<< /Nums [0 << /S /r >> 2 << /S /D >>] >>"
    document = read("pdf", pdf(pages, "한미 공동성명", labels))
    assert document.text == "한미동맹은 가치동맹으로\n발전하고\n\n있다 alliance"
    assert [(place.label, document.text[place.start : place.end]) for place in document.places] == [
        ("i", "한미동맹은 가치동맹으로\n발전하고"),
        ("ii", ""),
        ("1", "있다 alliance"),
    ]
    assert [each.code for each in document.warnings] == ["pages-without-text"]
    assert (document.title, document.date, document.dated_by) == (
        "한미 공동성명",
        "2022-05-21",
        "properties",
    )


def test_pages_are_counted_where_their_labels_are_no_help() -> None:
    pages = [[(50, TOP, "첫째")], [(50, TOP, "둘째")]]
    twice = "<< /Nums [0 << /P (A) >>] >>"
    assert [place.label for place in read("pdf", pdf(pages, "", twice)).places] == ["1", "2"]


def test_two_columns_drawn_across_are_read_one_after_the_other() -> None:
    left = [f"왼쪽 단의 {line}번째 줄은 이렇게 이어진다" for line in range(12)]
    right = [f"오른쪽 단의 {line}번째 줄은 이어진다" for line in range(12)]
    across = [
        (50.0, TOP + 30.0, "두 단에 걸친 제목이 이렇게 한 줄로 길게 길게 길게 놓여 있는 글이다")
    ]
    for line in range(12):
        across += [(50, TOP - 14 * line, left[line]), (310, TOP - 14 * line, right[line])]
    lines = read("pdf", pdf([across])).text.split("\n")
    assert lines == [across[0][2], *left, *right]


def test_a_table_is_read_row_by_row() -> None:
    rows = [(f"{year}", "국가", f"{year % 7}") for year in range(2010, 2022)]
    drawn = [
        (50 + 150 * column, TOP - 14 * number, text)
        for number, row in enumerate(rows)
        for column, text in enumerate(row)
    ]
    assert [line.split() for line in read("pdf", pdf([drawn])).text.split("\n")] == [
        list(row) for row in rows
    ]


def test_the_room_between_figures_and_korean_is_no_blank() -> None:
    def read_apart(room: float) -> str:
        return read("pdf", pdf([[(50, TOP, "1953"), (50 + 40 + room, TOP, "년의 조약")]])).text

    assert read_apart(2) == "1953년의 조약"
    assert read_apart(5) == "1953 년의 조약"


def locked(data: bytes, password: str) -> bytes:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        document.save(made, encryption=pikepdf.Encryption(owner="주인", user=password))
    return made.getvalue()


def test_a_locked_document_asks_for_its_password() -> None:
    data = locked(pdf([[(50, TOP, "한미동맹")]]), "비밀 2022")
    for password, code in ((None, "source.encrypted"), ("아님", "source.password")):
        with pytest.raises(AllianceError) as told:
            read("pdf", data, password=password)
        assert told.value.code == code
    assert read("pdf", data, password="비밀 2022").text == "한미동맹"


def test_a_scan_is_a_document_without_text_and_says_so() -> None:
    document = read("pdf", pdf([[], []]))
    assert document.text == ""
    assert [(place.start, place.end) for place in document.places] == [(0, 0), (0, 0)]
    assert [(each.code, each.fields) for each in document.warnings] == [("no-text", {"pages": 2})]


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"x", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF"])
def test_a_damaged_document_is_refused(data: bytes) -> None:
    with pytest.raises(AllianceError, match=r"source\.broken"):
        read("pdf", data)


def test_a_page_is_drawn_and_every_letter_of_its_text_found_on_it() -> None:
    drawn = [(50, TOP, "한미동맹은"), (50, TOP - 20, "가치동맹이다"), (400, TOP - 20, "그림 1")]
    data = pdf([[], drawn])
    document = read("pdf", data)
    place = document.places[1]
    text = document.text[place.start : place.end]
    page = worker.picture(data, 1, 595)
    assert (page.width, page.height) == (595, 842)
    assert len(page.rows()) == page.stride * page.height
    assert len(page.letters) == len(text)
    over_the_break = page.boxes(text.index("동맹은"), text.index("이다"))
    assert len(over_the_break) == 2
    for box, (left, baseline) in zip(over_the_break, ((70, TOP), (50, TOP - 20)), strict=True):
        assert abs(box.left - left / 595) < 0.01
        assert box.top < (842 - baseline) / 842 < box.bottom + 0.01
    assert page.boxes(0, 0) == []
    rows = page.rows()
    inside = [
        rows[y * page.stride + 4 * x]
        for y in range(int(over_the_break[0].top * 842), int(over_the_break[0].bottom * 842))
        for x in range(int(over_the_break[0].left * 595), int(over_the_break[0].right * 595))
    ]
    assert min(inside) < 128 < max(inside)


def test_letters_in_parts_are_found_where_their_first_part_stands() -> None:
    found = [(part, index) for index, part in enumerate("\u1112\u1161\u11abe\u0301x")]
    assert pages.aligned(found) == [("한", 0), ("é", 3), ("x", 5)]
    halves = [(chr(unit), index) for index, unit in enumerate((0xD83D, 0xDE00))]
    assert pages.aligned(halves) == [("😀", 0)]
    assert columns.whole("\ud83d\ude00") == "😀"


def test_a_page_that_is_not_there_is_told() -> None:
    with pytest.raises(AllianceError, match=r"source\.page"):
        worker.picture(pdf([[]]), 1, 100)
