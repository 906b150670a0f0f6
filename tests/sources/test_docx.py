"""Documents of Word: what was inserted, filled in or boxed is there, what was deleted is not."""

from __future__ import annotations

import pytest

from db.errors import AllianceError
from tests.sources.documents import docx, paragraph, read, run, zipped
from viewer.sources import markup

INSERTED = f'<w:ins w:id="1">{run("새로 넣은 ")}</w:ins>'
DELETED = '<w:del w:id="2"><w:r><w:delText>지운 말</w:delText></w:r></w:del>'
MOVED = (
    f'<w:moveFrom w:id="3">{run("옮겨 간 ")}</w:moveFrom>'
    f'<w:moveTo w:id="4">{run("옮겨 온 ")}</w:moveTo>'
)


def text(body: str, **parts: str) -> list[str]:
    document = read("docx", docx(body, **parts))
    assert document.warnings == ()
    return document.text.split("\n")


def cell(*paragraphs: str) -> str:
    return f"<w:tc>{''.join(paragraphs)}</w:tc>"


def test_tracked_insertions_are_kept_and_deletions_left_out() -> None:
    assert text(paragraph("한미동맹은 ", INSERTED, DELETED, MOVED, "끝")) == [
        "한미동맹은 새로 넣은 옮겨 온 끝"
    ]


def test_content_controls_are_kept() -> None:
    inner = f"<w:sdt><w:sdtPr/><w:sdtContent>{run('상자 안')}</w:sdtContent></w:sdt>"
    box = (
        '<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr>'
        f"<w:sdtContent>{run('☒')}</w:sdtContent></w:sdt>"
    )
    block = f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('날짜 칸')}</w:sdtContent></w:sdt>"
    assert text(paragraph(inner, "의 글") + block + paragraph(box, " 확인")) == [
        "상자 안의 글",
        "날짜 칸",
        "☒ 확인",
    ]


def test_a_note_begins_with_the_number_that_it_is_called_by() -> None:
    made = (
        '<p>합의하였다.<sup><a href="#footnote-2" id="footnote-ref-2">[1]</a></sup> 끝'
        '<sup><a href="#endnote-5" id="endnote-ref-5">[2]</a></sup></p><ol>'
        '<li id="footnote-2"><p>\t2022년 서울. <a href="#footnote-ref-2">↑</a></p></li>'
        '<li id="endnote-5"><p> <b>둘째</b> 주</p></li></ol>'
    )
    assert markup.text_of(markup.parse(made).body, blanks=True).split("\n") == [
        "합의하였다.[1] 끝[2]",
        "[1] 2022년 서울. ",
        "[2] 둘째 주",
    ]


def test_tables_keep_their_rows_and_cells() -> None:
    table = (
        f"<w:tbl><w:tr>{cell(paragraph('가'))}{cell(paragraph('나'), paragraph('다'))}</w:tr>"
        f"<w:tr>{cell(paragraph())}{cell(paragraph(INSERTED))}</w:tr></w:tbl>"
    )
    assert text(paragraph("앞") + table + paragraph("뒤")) == [
        "앞",
        "가\t나",
        "다",
        "\t새로 넣은 ",
        "뒤",
    ]


def test_fields_formulas_signs_and_blanks_are_kept() -> None:
    assert text(
        paragraph(
            "<w:r><w:tab/></w:r>",
            f'<w:fldSimple w:instr="DATE">{run("2022년  5월 21일")}</w:fldSimple>',
            '<w:r><w:noBreakHyphen/><w:br/><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>',
            "<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>",
        )
    ) == ["\t2022년  5월 21일\N{NON-BREAKING HYPHEN}", "🗹a+b"]


def test_a_text_box_follows_its_paragraph_once() -> None:
    boxed = f"<w:txbxContent>{paragraph('글상자')}</w:txbxContent>"
    both = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>'
        f"{boxed}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{boxed}"
        "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert text(paragraph(both, "상자가 있는 문단") + paragraph("다음")) == [
        "상자가 있는 문단",
        "글상자",
        "다음",
    ]


def test_headers_and_footers_frame_the_text_once() -> None:
    header = paragraph("보도자료 2022. 5. 21.")
    assert text(
        paragraph("본문"), header1=header, header2=header, footer1=paragraph("외교부 대변인실")
    ) == ["보도자료 2022. 5. 21.", "본문", "외교부 대변인실"]
    assert text(paragraph("본문"), footer1=paragraph("- 1 -")) == ["본문"]


def test_a_document_says_what_it_is() -> None:
    document = read("docx", docx(paragraph("본문")))
    assert (document.title, document.author) == ("한미 공동성명", "외교부")
    assert (document.date, document.dated_by, document.language) == (
        "2022-05-21",
        "properties",
        "ko",
    )


def refused(data: bytes) -> str:
    with pytest.raises(AllianceError) as told:
        read("docx", data)
    return told.value.code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_in_any_part_and_encoding(encoding: str) -> None:
    bomb = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a "가나다">]><x>&a;</x>'
    )
    parts = {"word/document.xml": "<x/>", "word/styles.xml": bomb.encode(encoding)}
    assert refused(zipped(parts)) == "source.doctype"


def test_a_document_that_unpacks_to_too_much_is_not_opened() -> None:
    assert refused(zipped({"word/document.xml": b" " * (80 << 20)})) == "source.bomb"


def test_a_document_nested_too_deeply_is_refused() -> None:
    depth = 2000
    assert refused(docx("<w:ins>" * depth + "</w:ins>" * depth)) == "source.deep"


def test_a_damaged_document_is_refused() -> None:
    whole = docx(paragraph("한미동맹은 가치동맹이다. " * 50))
    assert refused(whole[: len(whole) // 2]) == "source.broken"
    assert refused(zipped({"word/document.xml": "<w:document>"})) == "source.broken"
    assert refused(zipped({"다른 파일": "x"})) == "source.broken"
    assert refused(b"x") == "source.broken"
