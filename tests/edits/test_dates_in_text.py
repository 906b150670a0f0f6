"""Dates in running text: how many are found, how many rightly, and where they stand."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import dates
from db.errors import AllianceError
from tests.sources.dates_in_texts import Found, Sentence, scored, sentences
from viewer.edits.dates_in_text import FoundDate, find

ARTICLE = Path(__file__).parents[2] / "seeds/asia-business-daily-2022-05-18.txt"
SENTENCES = sentences()
often = settings(max_examples=200, deadline=None)


def found_in(sentence: Sentence) -> set[Found]:
    found = find(sentence.text, sentence.document_date)
    return {(each.start, each.end, each.edtf) for each in found}


def meant(text: str, document_date: str | None = "2022-05-18") -> list[tuple[str, str]]:
    return [(each.text, each.edtf) for each in find(text, document_date)]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_most_dates_are_found_and_nearly_all_that_is_found_is_right(
    language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    score = scored((each for each in SENTENCES if each.language == language), found_in)
    with capsys.disabled():
        print(
            f"\ndates in texts, {language}: precision {score.precision:.3f}, "
            f"recall {score.recall:.3f} ({score})"
        )
    assert score.precision >= 0.95
    assert score.recall >= 0.85


def test_the_shipped_article_speaks_of_two_days_and_a_month() -> None:
    text = ARTICLE.read_text(encoding="utf-8")
    found = find(text, "2022-05-18")
    assert [(each.text, each.edtf) for each in found] == [
        ("the 18th", "2022-05-18"), ("last October", "2021-10"), ("the 24th", "2022-05-24"),
    ]  # fmt: skip
    sentence = text[found[2].sentence_start : found[2].sentence_end]
    assert sentence.startswith("So far, eight countries including the U.S. have")
    assert sentence.endswith("on the 24th via video conference.")


def test_the_same_words_mean_another_day_in_a_document_of_another_day() -> None:
    text = "The president will attend on the 24th. 지난 30일 발표했고 오는 21일 만난다."
    assert [edtf for _, edtf in meant(text, "2019-01-02")] == [
        "2019-01-24", "2018-12-30", "2019-01-21",
    ]  # fmt: skip
    assert [edtf for _, edtf in meant(text, "2022-05-31")] == [
        "2022-05-24", "2022-05-30", "2022-06-21",
    ]  # fmt: skip


def test_the_latest_31st_may_lie_two_months_back() -> None:
    assert meant("지난 31일 밝혔다.", "2022-07-01") == [("지난 31일", "2022-05-31")]


def test_without_the_documents_date_only_what_names_its_year_is_found() -> None:
    text = "지난 18일과 10월, 작년, last October, on May 3, yesterday; 2019년 3월, in 2019."
    assert meant(text, None) == [("2019년 3월", "2019-03"), ("2019", "2019")]


def test_a_document_whose_day_is_unknown_gives_what_its_month_or_year_can() -> None:
    text = "어제와 지난 18일, 18일, 지난달, 작년."
    assert meant(text, "2022-05") == [
        ("18일", "2022-05-18"), ("지난달", "2022-04"), ("작년", "2021"),
    ]  # fmt: skip
    assert meant(text, "2022") == [("작년", "2021")]
    assert meant(text, "2022/2023") == []


def test_a_documents_date_that_is_none_is_refused() -> None:
    with pytest.raises(AllianceError, match=r"date\.refused"):
        find("18일", "어제")


def test_days_that_do_not_exist_are_not_found() -> None:
    assert meant("2022년 2월 30일, February 30, 2022, 4월 31일, June 31, 2022-13-01") == []


def test_what_was_postponed_from_one_day_to_another_is_no_period() -> None:
    moved = "It was delayed from 17 April 2012 to 1 December 2015."
    assert meant(moved) == [("17 April 2012", "2012-04-17"), ("1 December 2015", "2015-12-01")]
    lasted = "It lasted from 17 April 2012 to 1 December 2015."
    assert [edtf for _, edtf in meant(lasted)] == ["2012-04-17/2015-12-01"]
    assert meant("2012년 4월에서 2015년 12월로 연기되었다.")[0][1] == "2012-04"
    assert meant("2012년에서 2015년까지 준비하였다.")[0][1] == "2012/2015"


def test_periods_of_papers_of_a_ministry_are_read() -> None:
    text = (
        "5.20.(금)~22.(일), 5월 20일(금)~22일(일), (5.20.~6.1.), 2022.8.22.~9.1. 평택, 2022.5.20~22"
    )
    assert [edtf for _, edtf in meant(text)] == [
        "2022-05-20/2022-05-22", "2022-05-20/2022-05-22", "2022-05-20/2022-06-01",
        "2022-08-22/2022-09-01", "2022-05-20/2022-05-22",
    ]  # fmt: skip
    assert meant("11월부터 내년 3월까지")[0][1] == "2022-11/2023-03"


def test_the_year_after_is_that_after_the_sentence_before() -> None:
    text = "1948년 8월 15일까지 군정을 실시하였다. 이듬해 6월 철수하였다. 그해 12월 서명하였다."
    assert [edtf for _, edtf in meant(text)] == ["1948-08-15", "1949-06", "1949-12"]


def test_a_history_that_names_its_year_once_goes_on_in_it() -> None:
    text = "1949년 6월 29일 미군이 인천을 떠났다. 7월 1일 사령부가 해체되었다."
    assert [edtf for _, edtf in meant(text)] == ["1949-06-29", "1949-07-01"]
    text = "It was signed on 27 July 1953. The treaty was initialled on 8 August in Seoul."
    assert [edtf for _, edtf in meant(text)] == ["1953-07-27", "1953-08-08"]
    near = "협정은 2018년 3월 체결되었다. 5월 21일 두 정상이 만났다."
    assert [edtf for _, edtf in meant(near)] == ["2018-03", "2022-05-21"]


def test_a_day_on_which_something_is_told_is_one_of_the_documents_month() -> None:
    counted = "2018년 6월 12일 만났고 14일 헤어졌다."
    assert [edtf for _, edtf in meant(counted)] == ["2018-06-12", "2018-06-14"]
    nearer = "2022년 5월 21일 만났고 20일에는 공장을 찾았다."
    assert [edtf for _, edtf in meant(nearer)] == ["2022-05-21", "2022-05-20"]
    told = "2018년 6월 12일 합의를 지키겠다고 14일 밝혔다."
    assert [edtf for _, edtf in meant(told)] == ["2018-06-12", "2022-05-14"]


def test_a_date_may_run_over_the_end_of_a_line_and_is_quoted_as_it_stands() -> None:
    text = "🇰🇷🇺🇸 The leaders met on May\n21, 2022 in Seoul.\n２０２２년\u00a0６월 다시 만났다."
    found = find(text)
    assert [(each.text, each.edtf) for each in found] == [
        ("May\n21, 2022", "2022-05-21"), ("２０２２년\u00a0６월", "2022-06"),
    ]  # fmt: skip
    whole = [text[each.sentence_start : each.sentence_end] for each in found]
    assert whole == [text[: text.index("\n２")], text[text.index("２") :]]


def test_sentences_end_where_a_reader_ends_them() -> None:
    text = "U.S. Gen. Kim met them on Sept. 24, 2018. 비준서는 1954. 11. 17. 교환되었다. 끝났다."
    whole = [text[each.sentence_start : each.sentence_end] for each in find(text)]
    assert whole == [
        "U.S. Gen. Kim met them on Sept. 24, 2018.", "비준서는 1954. 11. 17. 교환되었다.",
    ]  # fmt: skip


def test_a_sentence_without_end_is_cut_and_still_holds_its_date() -> None:
    text = "표 " * 2000 + "2022년 5월 21일 " + "표 " * 2000
    (date,) = find(text)
    assert date.sentence_start <= date.start < date.end <= date.sentence_end
    assert date.sentence_end - date.sentence_start <= 1100


PIECES = st.sampled_from(
    ["🇰🇷", "😀", "가", " ", "  ", "\n", "\n\n", ".", ". ", ",", "~", "-", "(", ")", "'", "to", "5",
     " to ", "부터 ", "까지", "과 ", "between ", " and ", "in ", "on ", "the ", "24th", "2022",
     "1953", "31", "년", "월", "일", "2022년 5월 21일", "May ", "May 21, 2022", "Sept. ", "지난 ",
     "18일", "오는 ", "지난해 ", "이듬해 ", "last October", "yesterday", "작년", "4분기", "봄",
     "1950s", "2022. 5. 21.", "'22.5.", "2022-05-21", "05/06/2022", "밝혔다", "Friday", "같은 달 "]
)  # fmt: skip
DOCUMENTS = st.sampled_from([None, "2022-05-18", "2019-01-02", "2024-02-29", "2022-05", "1953"])


def is_sound(text: str, found: tuple[FoundDate, ...]) -> None:
    """Each is where it says, means an EDTF, lies in its sentence and after the one before."""
    reached = 0
    for each in found:
        assert reached <= each.start < each.end
        assert text[each.start : each.end] == each.text == each.text.strip()
        assert dates.parse(each.edtf).text == each.edtf
        assert each.sentence_start <= each.start < each.end <= each.sentence_end <= len(text)
        reached = each.end


@often
@given(st.lists(PIECES, max_size=40).map("".join), DOCUMENTS)
def test_whatever_the_text_its_dates_are_sound(text: str, document_date: str | None) -> None:
    is_sound(text, find(text, document_date))


@often
@given(st.text(max_size=200), DOCUMENTS)
def test_no_text_is_too_odd(text: str, document_date: str | None) -> None:
    is_sound(text, find(text, document_date))


@often
@given(
    st.sampled_from([each for each in SENTENCES if each.expected]), st.text("😀🇰🇷𝒳 ", max_size=9)
)
def test_what_stands_before_a_sentence_moves_its_dates_by_its_code_points(
    sentence: Sentence, before: str
) -> None:
    before += "\n\n"
    found = found_in(sentence._replace(text=before + sentence.text))
    shift = len(before)
    assert {(start - shift, end - shift, edtf) for start, end, edtf in found} == found_in(sentence)


def test_a_long_document_gives_what_its_parts_give() -> None:
    text = "\n\n".join(each.text for each in SENTENCES)
    whole = (text + "\n\n") * (300_000 // len(text))
    once = meant(text)
    assert meant(whole) == once * (300_000 // len(text))
