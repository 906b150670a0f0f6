"""Citations as notes have them: in English and in Korean, with italics where they belong."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from db.records import Bilingual, Quote, Source, SourcePlace, Speaker
from viewer.words.citation import cite, plain, rich

if TYPE_CHECKING:
    from db.records import Language

NONE = Bilingual(None, None)
SOURCE = Source(
    id=1, slug=None, title=Bilingual("Technology Alliance Ahead", "기술동맹 추가 <기대>"),
    publisher=Bilingual("Hankook Ilbo", "한국일보"), author=Bilingual("Hong Gil-dong", "홍길동"),
    edtf="2022-05-21", date_note=NONE, language="ko", url="https://example.org/기사",
    rights=None, marking=None, media_type="application/pdf", reader="pdf", blob_sha256="",
    text="", text_sha256="", translation_from=None, translation_by=NONE, translation_note=NONE,
    supersedes_id=None,
)  # fmt: skip
PLACES = [SourcePlace(at, 1, str(at + 4), at * 100, at * 100 + 100) for at in range(3)]
SPEAKER = Speaker(1, Bilingual("Yoon Suk-yeol", "윤석열"), Bilingual("President", "대통령"), True)
QUOTE = Quote(1, None, "말", "direct", "ko", SPEAKER, None, NONE, "intact")


def told(language: Language, quote: Quote | None = QUOTE, **given: object) -> str:
    source = replace(SOURCE, **given)  # type: ignore[arg-type]
    return plain(cite(source, PLACES, (10, 20), quote, language))


def test_a_korean_footnote() -> None:
    assert told("ko") == (
        "윤석열(대통령) 발언, 홍길동, 「기술동맹 추가 <기대>」, 『한국일보』, "
        "2022년 5월 21일, 4쪽, https://example.org/기사."
    )


def test_an_english_note_of_a_korean_paper_says_what_its_title_means() -> None:
    assert told("en") == (
        "Yoon Suk-yeol, President, quoted in Hong Gil-dong, “기술동맹 추가 <기대>” "
        "[Technology Alliance Ahead], Hankook Ilbo, May 21, 2022, p. 4, https://example.org/기사."
    )


def test_the_rich_text_is_the_same_with_italics_and_nothing_of_the_title_is_markup() -> None:
    made = rich(cite(SOURCE, PLACES, (10, 20), QUOTE, "en"))
    assert "<i>Hankook Ilbo</i>" in made
    assert "&lt;기대&gt;" in made
    assert "<기대>" not in made
    assert "<i>" not in rich(cite(SOURCE, PLACES, (10, 20), QUOTE, "ko"))


def test_a_quote_over_two_pages_names_both() -> None:
    assert "4~5쪽" in plain(cite(SOURCE, PLACES, (90, 110), QUOTE, "ko"))
    paragraphs = replace(SOURCE, media_type="text/html")
    assert "paras. 4–6" in plain(cite(paragraphs, PLACES, (90, 210), QUOTE, "en"))


def test_the_authors_own_words_are_not_quoted_in_his_article() -> None:
    reporter = replace(QUOTE, form="reporter")
    assert told("en", reporter).startswith("Hong Gil-dong, “")
    author = replace(QUOTE, speaker=replace(SPEAKER, name=SOURCE.author))
    assert told("ko", author).startswith("홍길동, 「")
    assert told("ko", None).startswith("홍길동, 「")


def test_an_official_without_a_name_is_said_to_have_none() -> None:
    nobody = Speaker(2, Bilingual("An official", "대통령실 관계자"), NONE, False)
    said = replace(QUOTE, speaker=nobody)
    assert told("ko", said).startswith("대통령실 관계자(출처에 실명 없음) 발언, ")


def test_words_that_are_gone_and_handling_marks_are_told() -> None:
    broken = replace(QUOTE, state="broken")
    assert told("en", broken).endswith(" [the words are not found in the source].")
    assert told("ko", QUOTE, marking="대외비").endswith(" [대외비].")


@pytest.mark.parametrize(
    ("edtf", "words"),
    [(None, "날짜 미상"), ("2022-05", "2022년 5월"), ("2022-05-21~", "2022년 5월 21일경")],
)
def test_other_dates_are_told_in_words(edtf: str | None, words: str) -> None:
    assert words in told("ko", QUOTE, edtf=edtf)


def test_a_translation_says_from_what_and_by_whom() -> None:
    translated = told("en", QUOTE, translation_from="en", translation_by=Bilingual("the editors"))
    assert translated.endswith(", translated from English (the editors).")


def test_only_an_address_of_the_web_is_told() -> None:
    assert "file:" not in told("en", QUOTE, url="file:///etc/passwd")
