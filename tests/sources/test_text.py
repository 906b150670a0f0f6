"""Plain text, Markdown and HTML: every letter, in whichever encoding, and nothing else."""

from __future__ import annotations

import unicodedata

import pytest

from db.errors import AllianceError
from tests.sources.documents import read

KOREAN = "한미동맹은 군사동맹에서 경제동맹으로 발전했다.\n둘째 문단에는 “따옴표”와 10%가 있다."


@pytest.mark.parametrize(
    ("written", "encoding"),
    [
        (KOREAN.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + KOREAN.encode(), "utf-8"),
        (KOREAN.encode("cp949"), "cp949"),
        (KOREAN.encode("utf-16"), "utf-16-le"),
        (b"\xfe\xff" + KOREAN.encode("utf-16-be"), "utf-16-be"),
        (KOREAN.encode("utf-16-le"), "utf-16-le"),
        ("동맹".encode("cp949"), "cp949"),
    ],
)
def test_the_usual_encodings_are_found(written: bytes, encoding: str) -> None:
    document = read("text", written)
    assert document.encoding == encoding
    assert document.text == ("동맹" if len(written) < 10 else KOREAN)
    assert document.warnings == ()


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("中韩关系发展的新阶段，两国领导人举行会谈。", "gb18030"),
        ("“Alliance” – naïve", "windows-1252"),
        ("日本国憲法の前文である。", "shift_jis"),
    ],
)
def test_another_encoding_is_asked_for_with_a_preview_of_each(text: str, encoding: str) -> None:
    written = text.encode(encoding)
    with pytest.raises(AllianceError) as told:
        read("text", written)
    assert told.value.code == "source.encoding"
    candidates = told.value.fields["candidates"]
    assert isinstance(candidates, list)
    assert [encoding, text] in candidates
    assert read("text", written, encoding=encoding).text == text


def test_an_encoding_that_does_not_fit_is_told_with_the_line() -> None:
    written = "첫 줄\n".encode() + "둘째 줄".encode("cp949")
    with pytest.raises(AllianceError) as told:
        read("text", written, encoding="utf-8")
    assert told.value.code == "source.encoding.damaged"
    assert told.value.fields["line"] == 2
    with pytest.raises(AllianceError, match=r"source\.encoding\.unknown"):
        read("text", written, encoding="한글")


def test_a_text_is_composed_and_without_nul_and_signs_of_damage() -> None:
    written = unicodedata.normalize("NFD", "한미동맹") + "\r\n가\0나\ufffd다\r끝"
    document = read("text", written.encode(), encoding="utf-8")
    assert document.text == "한미동맹\n가나〓다\n끝"
    assert [(each.code, each.fields["count"]) for each in document.warnings] == [
        ("unknown-letters", 1)
    ]


def test_a_text_of_one_long_paragraph_has_a_title_that_ends_with_a_word() -> None:
    title = read("text", (KOREAN.split("\n")[0] + " ").encode() * 10_000).title
    assert len(title) <= 121
    assert title.startswith("한미동맹은 군사동맹에서")
    assert title.removesuffix("…").split()[-1] in KOREAN.split()
    assert title.endswith("…")
    assert read("text", KOREAN.encode()).title == KOREAN.split("\n")[0]


def test_each_paragraph_is_a_place() -> None:
    document = read("text", "첫 문단 😀\n\n  \n둘째 문단\n".encode())
    assert [document.text[place.start : place.end] for place in document.places] == [
        "첫 문단 😀",
        "둘째 문단",
    ]
    assert [place.label for place in document.places] == ["1", "2"]
    assert (document.title, document.language) == ("첫 문단 😀", "ko")


PAGE = """<!DOCTYPE html><html lang="ko-KR"><head><title>제목 | 신문</title>
<meta charset="utf-8"><meta property="og:title" content="한미 정상회담">
<meta property="og:site_name" content="아시아경제"><meta name="author" content="이기민">
<meta property="article:published_time" content="2022-05-18T09:00:00+09:00">
<link rel="canonical" href="https://example.org/기사"><style>p { color: red }</style></head>
<body><script>document.write("나쁜 글")</script><h1>한미 정상회담</h1>
<p>굵은<b>글</b>씨와 <i>기울인</i>
   글</p><p>첫 줄<br>둘째 줄</p><template>틀</template><noscript>켜시오</noscript>
<table><tr><th>해</th><th>수</th></tr><tr><td>2022</td><td><p>8개국</p></td></tr>
<tr><td></td><td>199&nbsp;개</td></tr></table><ul><li>하나<li>둘</ul>
<pre>
 그대로  둔
 글</pre><img src="file:///etc/passwd" onerror="x()" alt="그림"></body></html>"""


def test_a_page_becomes_the_text_that_is_seen() -> None:
    assert read("html", PAGE.encode()).text.split("\n") == [
        "한미 정상회담",
        "굵은글씨와 기울인 글",
        "첫 줄",
        "둘째 줄",
        "해\t수",
        "2022\t8개국",
        "\t199\N{NO-BREAK SPACE}개",
        "하나",
        "둘",
        " 그대로  둔",
        " 글",
    ]


def test_a_cell_that_reaches_over_others_leaves_them_their_columns() -> None:
    page = (
        "<table><tr><th rowspan=2>품목<th colspan=2>세율<th>비고</tr>"
        "<tr><th>한국<th>미국<th>해</tr>"
        "<tr><td>승용차<td>8%<td rowspan=3>2.5%<td>2012</tr><tr><td>쇠고기<td>40%<td>2026</tr>"
        "<tr><td colspan=2>쌀<td>제외<table><tr><td>안<td>쪽</table></tr></table><p>끝</p>"
    )
    assert read("html", page.encode(), encoding="utf-8").text.split("\n") == [
        "품목\t세율\t\t비고",
        "\t한국\t미국\t해",
        "승용차\t8%\t2.5%\t2012",
        "쇠고기\t40%\t\t2026",
        "쌀\t\t\t제외",
        "안\t쪽",
        "끝",
    ]


def test_a_page_says_what_it_is() -> None:
    page = read("html", PAGE.encode())
    assert (page.title, page.publisher, page.author) == ("한미 정상회담", "아시아경제", "이기민")
    assert (page.date, page.dated_by, page.language) == ("2022-05-18", "document", "ko")
    assert page.url == "https://example.org/기사"


def test_a_page_is_read_in_the_encoding_that_it_declares() -> None:
    page = '<meta charset="euc-kr"><p>똠방각하, 中韓</p>'
    document = read("html", page.encode("cp949"))
    assert (document.text, document.encoding) == ("똠방각하, 中韓", "cp949")


def test_a_page_nested_too_deeply_is_refused() -> None:
    with pytest.raises(AllianceError, match=r"source\.deep"):
        read("html", b"<div>" * 100_000)
    unclosed = "".join(f"<p>문단 {number}<li>항목" for number in range(3000))
    assert read("html", unclosed.encode()).text.endswith("문단 2999\n항목")


def test_nested_markdown_is_whole_or_refused() -> None:
    assert read("markdown", ("> " * 60 + "글").encode()).text == "글"
    with pytest.raises(AllianceError, match=r"source\.deep"):
        read("markdown", ("> " * 5000 + "글").encode())


def test_markdown_loses_its_marks_and_nothing_else() -> None:
    written = (
        "---\ntitle: 공동성명\ndate: 2022-05-21\nauthor: 외교부\n---\n# 머리글\n\n"
        "**굵은**글과 [링크](https://example.org) <b>태그</b>\n\n"
        "| 가 | 나 |\n|---|---|\n| 1 | 2 |\n"
    )
    document = read("markdown", written.encode())
    assert document.text.split("\n") == [
        "title: 공동성명",
        "date: 2022-05-21",
        "author: 외교부",
        "머리글",
        "굵은글과 링크 <b>태그</b>",
        "가\t나",
        "1\t2",
    ]
    assert (document.title, document.date, document.author) == ("공동성명", "2022-05-21", "외교부")


@pytest.mark.parametrize(
    ("text", "told", "language"),
    [
        ("한미동맹은 The alliance has expanded", "en-US", "ko"),
        ("The alliance", "ko-KR", "en"),
        ("L'alliance", "fr-CA", "fr"),
        ("日米同盟", "", "und"),
        ("1953", "", "und"),
    ],
)
def test_the_letters_say_the_language_before_the_program_does(
    text: str, told: str, language: str
) -> None:
    page = f'<html lang="{told}"><p>{text}</p></html>'
    assert read("html", page.encode()).language == language
