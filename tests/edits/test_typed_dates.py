"""Dates as they are typed: what each means, and what is refused with which hint."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from db import dates
from db.errors import AllianceError
from db.records import LANGUAGES
from tests.edtf_texts import any_date
from viewer.edits import typed_parts
from viewer.edits.typed_dates import LONGEST, read
from viewer.words import explain
from viewer.words.dates import edtf_words

if TYPE_CHECKING:
    from db.records import Language

TODAY = dates.from_iso("2022-05-21")
often = settings(max_examples=400, deadline=None)

EDTF = [
    "2022-05-21", "2022-05", "2022", "195X", "19XX", "2026-XX", "2022-05-XX", "1951-21",
    "1951-24%", "1953~", "1953?", "2006-02/2007-04", "2012/..", "../1953-07-27", "1979/",
    "/1979~", "2007/2007", "195X/1962-22", "0476",
]  # fmt: skip

FIGURES = [
    (" 2022-05-21 ", "2022-05-21"), ("2022-5-21", "2022-05-21"), ("2022/5/21", "2022-05-21"),
    ("2022/05/21", "2022-05-21"), ("2022.5.21", "2022-05-21"), ("2022. 5. 21.", "2022-05-21"),
    ("2022. 5. 21", "2022-05-21"), ("2022. 5.", "2022-05"), ("2022-5", "2022-05"),
    ("20220521", "2022-05-21"), ("21/05/2022", "2022-05-21"), ("05/21/2022", "2022-05-21"),
    ("21.5.2022", "2022-05-21"), ("5/5/2022", "2022-05-05"), ("21-05-2022", "2022-05-21"),
    ("2022–05–21", "2022-05-21"), ("2022/05", "2022-05"), ("195x", "195X"),
    ("２０２２．５．２１", "2022-05-21"), ("２０２２－０５", "2022-05"),
    ("1953／1954", "1953/1954"),
    ("1953 / 1954", "1953/1954"), ("2012 / ..", "2012/.."), ("2022‑05‑21", "2022-05-21"),
    ("2022.\u00a05.\u00a021.", "2022-05-21"), ("\u200b2022\ufeff", "2022"),
    ("2022-05-21 %", "2022-05-21%"), ("1953 ?", "1953?"),
]  # fmt: skip

ENGLISH = [
    ("21 May 2022", "2022-05-21"), ("May 21, 2022", "2022-05-21"), ("MAY 21 2022", "2022-05-21"),
    ("21st of May 2022", "2022-05-21"), ("the 21st of May, 2022", "2022-05-21"),
    ("on 2 Apr. 2007", "2007-04-02"), ("3rd Sept 2001", "2001-09-03"),
    ("21-May-2022", "2022-05-21"), ("2022 May 21", "2022-05-21"), ("May 2022", "2022-05"),
    ("in May 2022", "2022-05"), ("may 2022", "2022-05"), ("Dec. 1951", "1951-12"),
    ("February of 1951", "1951-02"), ("spring 1951", "1951-21"), ("Summer 1951", "1951-22"),
    ("autumn of 1951", "1951-23"), ("the fall of 1951", "1951-23"), ("winter 1951", "1951-24"),
    ("winter 1951–1952", "1951-24"), ("winter 1951/52", "1951-24"), ("1950s", "195X"),
    ("the 1950's", "195X"), ("20th century", "19XX"), ("the 21st century", "20XX"),
    ("20th century (1900–1999)", "19XX"), ("c. 1953", "1953~"), ("c1953", "1953~"),
    ("ca 1953", "1953~"), ("ca. 1953", "1953~"), ("circa 1953", "1953~"),
    ("about May 2022", "2022-05~"), ("around the 1950s", "195X~"),
    ("approximately 21 May 2022", "2022-05-21~"), ("May 2022, approximately", "2022-05~"),
    ("May 2022~", "2022-05~"), ("probably 1953", "1953?"), ("possibly May 2022", "2022-05?"),
    ("about 1953?", "1953%"), ("May 2022 (uncertain)", "2022-05?"),
    ("May 2022 (day unknown)", "2022-05-XX"), ("2026 (month unknown)", "2026-XX"),
    ("Saturday, 21 May 2022", "2022-05-21"), ("21 May 2022 (Sat)", "2022-05-21"),
    ("today", "2022-05-21"), ("Yesterday", "2022-05-20"),
]  # fmt: skip

KOREAN = [
    ("2022년 5월 21일", "2022-05-21"), ("2022년5월21일", "2022-05-21"), ("2022년 5월", "2022-05"),
    ("2022년", "2022"), ("2022 년 5 월", "2022-05"), ("1951년 봄", "1951-21"),
    ("1951년 여름", "1951-22"), ("1951년 가을", "1951-23"), ("1951년 겨울", "1951-24"),
    ("1951~1952년 겨울", "1951-24"), ("1950년대", "195X"), ("20세기", "19XX"),
    ("20세기(1900~1999년)", "19XX"), ("1953년경", "1953~"), ("1953년 경", "1953~"),
    ("약 1953년", "1953~"), ("대략 1953년", "1953~"), ("1953년쯤", "1953~"),
    ("1953년 무렵", "1953~"), ("2022년 5월께", "2022-05~"), ("1953년(추정)", "1953?"),
    ("아마 1953년", "1953?"), ("1953년?", "1953?"), ("1953년(불확실)", "1953?"),
    ("1951년 봄경(불확실)", "1951-21%"), ("2022년 5월(일자 미상)", "2022-05-XX"),
    ("2026년(월 미상)", "2026-XX"), ("2022. 5. 21.(토)", "2022-05-21"),
    ("2022년 5월 21일 토요일", "2022-05-21"), ("오늘", "2022-05-21"), ("내일", "2022-05-22"),
]  # fmt: skip

PERIODS = [
    ("1953~1954", "1953/1954"), ("1953-1954", "1953/1954"), ("1953–1954", "1953/1954"),
    ("1953 — 1954", "1953/1954"), ("1953～1954", "1953/1954"), ("1953〜1954", "1953/1954"),
    ("1953?~1954", "1953?/1954"), ("1953~1954~", "1953/1954~"), ("1953 to 1954", "1953/1954"),
    ("from 1953 to 1954", "1953/1954"), ("between 1953 and 1954", "1953/1954"),
    ("about May 2022 – Aug 2022", "2022-05~/2022-08"), ("1950s – 1960s", "195X/196X"),
    ("winter 1951–1952 – 1953", "1951-24/1953"), ("winter 1951–1953", "1951-24/1953"),
    ("23-25 May 2022", "2022-05-23/2022-05-25"),
    ("30 Apr – 2 May 2022", "2022-04-30/2022-05-02"), ("May 21–23, 2022", "2022-05-21/2022-05-23"),
    ("May 30 – June 2, 2022", "2022-05-30/2022-06-02"), ("Feb – Apr 2007", "2007-02/2007-04"),
    ("30 Dec 2022 – 2 Jan 2023", "2022-12-30/2023-01-02"),
    ("2022-05-21 ~ 2022-05-23", "2022-05-21/2022-05-23"),
    ("2022-05-21-2022-05-23", "2022-05-21/2022-05-23"), ("since 2012", "2012/.."),
    ("from 2012", "2012/.."), ("2012 onwards", "2012/.."), ("2012–present", "2012/.."),
    ("from 15 Mar 2012 to the present", "2012-03-15/.."), ("until 1953", "../1953"),
    ("up to July 1953", "../1953-07"), ("from 1979, end unknown", "1979/"),
    ("until about 1979, start unknown", "/1979~"), ("1953년~1954년", "1953/1954"),
    ("1953~1954년", "1953/1954"), ("1953년경~1954년", "1953~/1954"),
    ("2022년 5월 21일~23일", "2022-05-21/2022-05-23"),
    ("2022년 5월 21~23일", "2022-05-21/2022-05-23"),
    ("2022년 5월 21일부터 23일까지", "2022-05-21/2022-05-23"),
    ("2022년 5월 23일~6월 2일", "2022-05-23/2022-06-02"), ("2007년 2월~4월", "2007-02/2007-04"),
    ("2022. 5. 23.~5. 25.", "2022-05-23/2022-05-25"),
    ("2022. 5. 21.(토)~22.(일)", "2022-05-21/2022-05-22"),
    ("1953년에서 1954년까지", "1953/1954"), ("2012년부터", "2012/.."), ("2012년 이후", "2012/.."),
    ("2012년부터 계속", "2012/.."), ("2012년부터 현재까지", "2012/.."), ("2012~현재", "2012/.."),
    ("1953년까지", "../1953"), ("1979년부터(종료 시점 미상)", "1979/"),
    ("1979년경까지(시작 시점 미상)", "/1979~"), ("1951년~1952~1953년 겨울", "1951/1952-24"),
]  # fmt: skip

REFUSED = [
    ("", "date.empty"), (" \u3000\n", "date.empty"),
    ("가나다", "date.typed"), ("hello 1953", "date.typed"), ("before 1953", "date.typed"),
    ("99 red balloons", "date.typed"), ("1953 and 1954", "date.typed"), ("..", "date.typed"),
    ("2022/2023/2024", "date.typed"), ("1951~1953년 겨울 봄", "date.typed"),
    ("20th century (1800–1899)", "date.typed"), ("1953 (day unknown)", "date.typed"),
    ("2022-05-21T10:00", "date.typed"), ("٢٠٢٢", "date.typed"), ("2022\n2023", "date.typed"),
    ("30 Feb 2022", "date.calendar"), ("2022년 2월 30일", "date.calendar"),
    ("29 Feb 2023", "date.calendar"), ("2022-13", "date.calendar"), ("2022.21", "date.calendar"),
    ("2022년 21월", "date.calendar"), ("31/13/2022", "date.calendar"),
    ("30 Feb – 2 Mar 2022", "date.calendar"), ("since 31 June 2022", "date.calendar"),
    ("1954-1953", "date.order"), ("1953/1950", "date.order"), ("25-23 May 2022", "date.order"),
    ("2022년 5월 23일~21일", "date.order"),
    ("22", "date.year"), ("476", "date.year"), ("476년", "date.year"), ("22년 5월", "date.year"),
    ("50년대", "date.year"), ("5월 21일", "date.year"), ("May 21", "date.year"),
    ("21 May 22", "date.year"), ("22-05-21", "date.year"), ("'22.5.21", "date.year"),
    ("5/6/22", "date.year"), ("1951-52", "date.year"), ("1951–52", "date.year"),
    ("1951~53", "date.year"),
    ("5/6/2022", "date.day-or-month"), ("6.5.2022", "date.day-or-month"),
    ("1904/05", "date.month-or-years"), ("1904–05", "date.month-or-years"),
    ("1951–3", "date.month-or-years"),
    ("1900s", "date.century-or-decade"), ("1900년대", "date.century-or-decade"),
    ("~1953", "date.tilde"), ("2012년~", "date.tilde"), ("2022년 5월 21일 ~", "date.tilde"),
    ("early 1950s", "date.part-of"), ("mid-1950s", "date.part-of"),
    ("late May 2022", "date.part-of"), ("Q2 2022", "date.part-of"),
    ("2022년 5월 초", "date.part-of"), ("2022년 5월 중순", "date.part-of"),
    ("2022년 5월 말", "date.part-of"), ("1950년대 초반", "date.part-of"),
    ("2022년 상반기", "date.part-of"),
    ("2022년 5월 21일 일요일", "date.weekday"), ("Sunday, 21 May 2022", "date.weekday"),
]  # fmt: skip


def refused(text: str) -> AllianceError:
    with pytest.raises(AllianceError) as raised:
        read(text, TODAY)
    return raised.value


@pytest.mark.parametrize("text", EDTF)
def test_edtf_means_itself(text: str) -> None:
    assert read(text, TODAY) == text


@pytest.mark.parametrize(("text", "edtf"), FIGURES + ENGLISH + KOREAN + PERIODS)
def test_a_date_is_taken_as_people_write_it(text: str, edtf: str) -> None:
    assert read(text, TODAY) == edtf
    assert read(f"  {text}\u00a0", TODAY) == edtf


@pytest.mark.parametrize(("text", "edtf"), KOREAN)
def test_hangul_in_pieces_reads_as_hangul(text: str, edtf: str) -> None:
    assert read(unicodedata.normalize("NFD", text), TODAY) == edtf


@pytest.mark.parametrize(("text", "code"), REFUSED)
def test_what_cannot_be_meant_is_refused_with_the_reason(text: str, code: str) -> None:
    error = refused(text)
    assert error.code == code
    for language in LANGUAGES:
        sentence = explain(error, language)
        assert "{" not in sentence
        assert sentence != explain(AllianceError("date.empty"), language) or code == "date.empty"


def test_a_refusal_offers_each_of_the_two_meanings() -> None:
    offers = {
        "5/6/2022": ("2022-06-05", "2022-05-06"),
        "1904/05": ("1904-05", "1904/1905"),
        "1900년대": ("190X", "19XX"),
        "2012년~": ("2012~", "2012/.."),
        "~1953": ("1953~", "../1953"),
    }
    for text, meanings in offers.items():
        for language in LANGUAGES:
            sentence = explain(refused(text), language)
            assert all(meaning in sentence for meaning in (text, *meanings))
        assert [read(meaning, TODAY) for meaning in meanings] == list(meanings)


def test_a_day_that_does_not_exist_is_named_as_it_was_typed() -> None:
    assert "“30 Feb”" in explain(refused("30 Feb – 2 Mar 2022"), "en")
    assert "“2022년 2월 30일”" in explain(refused("2022년 2월 30일"), "ko")


def test_what_is_not_understood_is_told_with_the_accepted_forms() -> None:
    for language in LANGUAGES:
        assert dates.FORMS in explain(refused("가나다 1953"), language)


def test_today_is_where_the_machine_stands_unless_it_is_given() -> None:
    assert read("오늘") == dates.to_iso(dates.today())
    assert read("since yesterday", TODAY) == "2022-05-20/.."


@pytest.mark.parametrize(
    "piece",
    ["1", "1953~", "2022. ", "(", "the ", "about ", "?", "경", "– ", "1951–", "\u3300", "ㄱ", "~",
     "~ ", "-", "1~", "/", "부터", "from ", "winter 1951–", "1951-52/"],
)  # fmt: skip
def test_a_whole_page_is_refused_in_one_short_sentence_and_little_work(
    piece: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []
    forms = typed_parts._formed

    def counted(core: str, text: str) -> typed_parts.Typed | None:
        tried.append(core)
        return forms(core, text)

    monkeypatch.setattr(typed_parts, "_formed", counted)
    for length in (LONGEST - 1, LONGEST + 1, 10_000):
        tried.clear()
        error = refused((piece * length)[:length])
        assert len(explain(error, "ko")) < 500
        assert error.code != "date.empty"
        assert len(tried) < 5 * LONGEST


def test_a_date_far_off_in_blanks_is_not_read_without_what_follows() -> None:
    assert refused("2022" + " " * 5000 + "이 아니다").code == "date.typed"
    assert read(" " * 5000 + "2022" + "\n" * 5000, TODAY) == "2022"


def _years(edtf: str) -> list[int]:
    """The first year of each end, but for centuries, whose words need no year."""
    date = dates.parse(edtf)
    parts = [part for part in (date.start, date.end) if part and part.precision != "century"]
    return [int(part.year.replace("X", "0")) for part in parts]


def _is_said_as_one(edtf: str) -> bool:
    """Whether a period is printed as one date, because both its ends are the same words."""
    date = dates.parse(edtf)
    ends = [edtf_words(end, "en") for end in edtf.split("/")] if date.start and date.end else []
    return len(ends) == 2 and ends[0] == ends[1]


def _names_the_first_decade_of_a_century(edtf: str) -> bool:
    return any(re.fullmatch(r"\d\d0X[~?%]?", end) for end in edtf.split("/"))


@often
@given(any_date, st.sampled_from(LANGUAGES))
def test_what_the_window_prints_can_be_typed_back(edtf: str, language: Language) -> None:
    assume(min(_years(edtf), default=1000) >= 1000)
    assume(not _is_said_as_one(edtf) and not _names_the_first_decade_of_a_century(edtf))
    assert read(edtf_words(edtf, language), TODAY) == edtf


@often
@given(any_date, st.sampled_from(LANGUAGES))
def test_a_year_printed_with_three_digits_is_never_taken_for_another(
    edtf: str, language: Language
) -> None:
    assume(100 <= min(_years(edtf), default=1000) < 1000 and not _is_said_as_one(edtf))
    error = refused(edtf_words(edtf, language))
    assert error.code in ("date.year", "date.typed", "date.century-or-decade")


@often
@given(any_date)
def test_every_edtf_text_means_itself(edtf: str) -> None:
    assert read(edtf, TODAY) == edtf


@often
@given(
    st.lists(
        st.sampled_from(
            ["2022", "1951", "5", "21", "53", "May", "spring", "about", "from", "to", "년", "월",
             "일", "까지", "부터", "경", "봄", "~", "-", "–", "/", ".", "?", " ", "(", "X", "s",
             "century", "세기", "년대", "초", "today", "and", "between", "토요일", ",", "%"]
        ),
        max_size=9,
    )
)  # fmt: skip
def test_any_heap_of_words_is_a_date_or_a_refusal_that_can_be_told(pieces: list[str]) -> None:
    try:
        found = read("".join(pieces), TODAY)
    except AllianceError as error:
        told = [explain(error, language) for language in LANGUAGES]
    else:
        told = [edtf_words(found, language) for language in LANGUAGES]
        assert dates.parse(found).text == found
    assert not any("{" in each for each in told)
