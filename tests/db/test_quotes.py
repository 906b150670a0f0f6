"""Selectors: exact words are found where they stand, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from db.quotes import FULL, find, from_utf16, occurrences, select, stands, to_utf16

TWICE = "🇰🇷 기자: 동맹이 추가될 것이다. 관계자는 웃었다. 대변인: 동맹이 추가될 것이다. 끝."
SENTENCE = "동맹이 추가될 것이다."

texts = st.text(alphabet=st.sampled_from("가나다한미동맹 abc.\n😀🇰"), min_size=1, max_size=200)


def test_the_same_sentence_twice_is_told_apart_by_its_place() -> None:
    first, second = occurrences(TWICE, SENTENCE)
    for start in (first, second):
        found = find(TWICE, select(TWICE, start, start + len(SENTENCE)))
        assert (found.state, found.start, found.score) == ("intact", start, FULL)


def test_an_emoji_before_it_moves_nothing_since_code_points_are_counted() -> None:
    text = "😀😀 한미동맹"
    selector = select(text, 3, 7)
    assert selector.exact == "한미동맹"
    assert to_utf16(text, 3) == 5
    assert from_utf16(text, 5) == 3


def test_text_put_in_front_moves_the_quote_to_the_right_one_of_two() -> None:
    second = occurrences(TWICE, SENTENCE)[1]
    selector = select(TWICE, second, second + len(SENTENCE))
    longer = "새로 붙은 머리말 😀. " + TWICE
    found = find(longer, selector)
    assert found.state == "moved"
    assert found.start == occurrences(longer, SENTENCE)[1]
    assert found.score == FULL


def test_words_that_another_context_surrounds_now_are_not_taken_for_the_same() -> None:
    """The exact words stand at the old place, but the ones that were meant stand elsewhere."""
    text = "앞말 하나: 같은 문장. 뒷말 하나. 앞말 둘: 같은 문장. 뒷말 둘."
    meant = occurrences(text, "같은 문장.")[1]
    selector = select(text, meant, meant + 6, context=8)
    swapped = "앞말 둘: 같은 문장. 뒷말 둘.  앞말 하나: 같은 문장. 뒷말 하나."
    found = find(swapped, selector)
    assert found.state == "moved"
    assert swapped[found.start - 4 : found.start] == " 둘: "


def test_words_that_are_gone_are_broken() -> None:
    selector = select(TWICE, 8, 20)
    found = find("전혀 다른 글", selector)
    assert (found.state, found.start, found.end, found.score) == ("broken", 8, 20, 0)


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (5, 2), (0, 1000)])
def test_a_stretch_outside_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="stretch"):
        select(TWICE, start, end)


def test_words_stand_only_where_they_are_exactly() -> None:
    assert stands("한미동맹", "미동", 1)
    assert not stands("한미동맹", "미동", 0)
    assert not stands("한미동맹", "맹", -1)
    assert not stands("한미동맹", "", 0)


@given(text=texts, data=st.data())
def test_whatever_is_selected_is_found_where_it_was(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    selector = select(text, start, end)
    assert text[selector.start : selector.end] == selector.exact
    found = find(text, selector)
    assert (found.state, found.start, found.end, found.score) == ("intact", start, end, FULL)


@given(text=texts, front=texts, data=st.data())
def test_whatever_is_found_stands_there(text: str, front: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    selector = select(text, start, end)
    longer = front + text
    found = find(longer, selector)
    assert found.state != "broken"
    assert longer[found.start : found.end] == selector.exact


@given(text=texts, gone=texts)
def test_what_is_not_in_the_text_is_never_found(text: str, gone: str) -> None:
    selector = select(gone, 0, len(gone))
    assume(gone not in text)
    assert find(text, selector).state == "broken"


@given(text=texts, data=st.data())
def test_utf16_positions_go_there_and_back(text: str, data: st.DataObject) -> None:
    position = data.draw(st.integers(0, len(text)))
    units = to_utf16(text, position)
    assert units == len(text[:position].encode("utf-16-le")) // 2
    assert from_utf16(text, units) == position
