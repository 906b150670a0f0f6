"""Reading a table of events: encodings, delimiters, the header, and what is wrong with it."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest

from db.errors import AllianceError
from db.records import LANGUAGES
from viewer.exchange.event_table import read, read_file
from viewer.words import explain

if TYPE_CHECKING:
    from pathlib import Path

KOREAN = "date,lane,title_ko,summary_ko\n2022-05-21,기술,한미 정상회담,글로벌 포괄적 전략동맹\n"


def refused(data: bytes, encoding: str | None = None) -> AllianceError:
    """The error of a table that must be refused; it has a sentence in both languages."""
    with pytest.raises(AllianceError) as caught:
        read(data, encoding)
    for language in LANGUAGES:
        assert "{" not in explain(caught.value, language)
    return caught.value


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp949", "cp949"),
    ],
)
def test_a_korean_table_is_read_in_every_encoding_that_is_usual(encoding: str, found: str) -> None:
    table = read(KOREAN.encode(encoding))
    assert table.encoding == found
    assert table.columns[0] == "date"
    assert table.rows[0].cells["title_ko"] == "한미 정상회담"


def test_a_table_of_ascii_alone_is_utf_8() -> None:
    assert read(b"date,lane,title_en\n1953,military,Treaty\n").encoding == "utf-8"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("date,lane,title_en\n2022,military,Caf\u00e9 \u201ctalks\u201d na\u00efve\n", "cp1252"),
        ("date,lane,title_en\n2022,military,日米首脳会談とその後の発表\n", "shift_jis"),
        ("date,lane,title_en\n2022,military,关于两国同盟关系的联合声明\n", "gbk"),
    ],
)
def test_an_encoding_that_is_not_certain_is_asked_for(text: str, encoding: str) -> None:
    assert refused(text.encode(encoding)).code == "import.encoding"
    title = read(text.encode(encoding), encoding).rows[0].cells["title_en"]
    assert title == text.strip().rpartition(",")[2]


def test_a_named_encoding_goes_before_what_the_table_looks_like() -> None:
    error = refused(KOREAN.encode("cp949"), "utf-8")
    assert (error.code, error.fields["line"]) == ("import.encoding.damaged", 2)
    assert read(KOREAN.encode("utf-16"), "utf-16").rows[0].cells["lane"] == "기술"
    assert read(KOREAN.encode("utf-8-sig"), "utf-8").columns[0] == "date"


@pytest.mark.parametrize("name", ["한글", "base64", "utf-99"])
def test_an_encoding_that_is_none_is_refused_by_name(name: str) -> None:
    error = refused(KOREAN.encode(), name)
    assert (error.code, error.fields["encoding"]) == ("import.encoding.unknown", name)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_delimiter_is_told_by_the_names_of_the_columns(delimiter: str, end: str) -> None:
    rows = (("Date ", " LANE", '"title_ko"'), ("1953", '"군사;경제, 기술"', "조약"))
    text = end.join(delimiter.join(row) for row in rows)
    table = read(text.encode("cp949"))
    assert table.delimiter == delimiter
    assert table.columns == ("date", "lane", "title_ko")
    assert table.rows[0].cells == {"date": "1953", "lane": "군사;경제, 기술", "title_ko": "조약"}


def test_every_row_knows_its_line() -> None:
    text = '\ndate,lane,title_ko\n1950,군사,"두\r\n줄 제목"\n\n,,\n1951,군사,다음\n'
    rows = read(text.encode()).rows
    assert [row.line for row in rows] == [3, 7]
    assert rows[0].cells["title_ko"] == "두\n줄 제목"


def test_cells_are_composed_and_trimmed_and_otherwise_as_they_are() -> None:
    title = unicodedata.normalize("NFD", "한미동맹")
    text = f'date,lane,title_ko,summary_ko\n 1953 ,군사,  {title} ,"=SUM(A1) ""인용"""\n'
    cells = read(text.encode()).rows[0].cells
    assert cells["title_ko"] == "한미동맹"
    assert cells["date"] == "1953"
    assert cells["summary_ko"] == '=SUM(A1) "인용"'


def test_empty_cells_and_columns_without_a_name_at_the_end_say_nothing() -> None:
    rows = read("date,lane,title_ko,place_ko,,\n1953,군사,조약,,,\n1954,군사,발효\n".encode()).rows
    assert [set(row.cells) for row in rows] == [{"date", "lane", "title_ko"}] * 2


@pytest.mark.parametrize(
    ("header", "code", "name"),
    [
        ("date,lane,title_ko,비고", "import.header.unknown", "비고"),
        ("date,lane,title_ko,,kind", "import.header.unknown", "–"),
        ("date,lane,title_ko,Date", "import.header.twice", "date"),
        ("lane,title_ko", "import.header.missing", "date"),
        ("date,title_ko", "import.header.missing", "lane"),
        ("date,lane,label_ko", "import.header.missing", "title_en / title_ko"),
    ],
)
def test_a_header_that_is_not_right_is_refused_by_the_name(
    header: str, code: str, name: str
) -> None:
    error = refused(f"{header}\n1953,군사,조약\n".encode())
    assert (error.code, error.fields["name"]) == (code, name)


def test_a_table_without_a_header_is_refused() -> None:
    assert refused("1953-10-01,군사,상호방위조약\n".encode()).code == "import.header"


@pytest.mark.parametrize("data", [b"", b"\n\n", "\ufeff".encode()])
def test_an_empty_table_is_refused(data: bytes) -> None:
    assert refused(data).code == "import.empty"


@pytest.mark.parametrize("row", ['1953,군사,"열린 따옴표\n1954,군사,다음', '1953,군사,"조"약'])
def test_quotation_marks_that_do_not_match_are_refused_with_the_line(row: str) -> None:
    error = refused(f"date,lane,title_ko\n1950,군사,전쟁\n{row}\n".encode())
    assert (error.code, error.fields["line"]) == ("import.quotes", 3)


def test_a_row_with_more_cells_than_columns_is_refused_with_the_line() -> None:
    error = refused("date,lane,title_ko\n1953,군사,조약, 그리고 발효\n".encode())
    assert (error.code, error.fields["line"]) == ("import.cells", 2)


def test_reading_tells_how_far_it_is_and_can_be_stopped() -> None:
    text = "date,lane,title_ko\n" + "1953,군사,조약\n" * 5000
    told: list[tuple[int, int]] = []
    read(text.encode(), progress=lambda *step: told.append(step))
    assert len(told) >= 5
    assert all(done <= total for done, total in told)

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read(text.encode(), progress=stop)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(AllianceError) as caught:
        read_file(tmp_path / "없는 표.csv")
    assert caught.value.code == "import.unreadable"
    assert "없는 표" in explain(caught.value, "ko")
