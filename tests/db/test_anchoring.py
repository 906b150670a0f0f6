"""Quotes sought in another edition: found where they stand, and never quietly somewhere else."""

from __future__ import annotations

import random
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.anchoring import SURE, Found, seek, seek_all, selector_at
from db.folding import REPLACEMENT, fold, same, words
from db.quotes import FULL, occurrences, select, verify

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.quotes import Selector

ABOUT_KOREA = """한미 동맹은 군사 동맹에서 경제 동맹으로 그리고 기술 동맹으로 발전하였다
정부 관계자는 공동성명 협정 반도체 공급망 원자력 협력 인도태평양 경제 프레임워크 참여 발표
대통령 정상회담 서울 워싱턴 조약 체결 비준 발효 방위비 분담 사이버 우주 안보 장관 회의
대변인 기자 설명 강조 합의 양측 지속 확대"""
IN_ENGLISH = """the alliance between South Korea and the United States has grown from
military to economic and technology cooperation officials said joint statement agreement
semiconductor supply chain nuclear energy framework summit Seoul Washington treaty signed
ratified in force defense cost sharing cyber space security minister meeting expand"""
KOREAN, ENGLISH = ABOUT_KOREA.split(), IN_ENGLISH.split()
FIVE = "양측은 협력을 계속 확대하기로 하였다. "

Truth = tuple[int, int] | None


def prose(chance: random.Random, length: int) -> str:
    """Sentences of either language and paragraphs, of about so many characters."""
    pieces: list[str] = []
    while sum(map(len, pieces)) < length:
        of, end = chance.choice([(KOREAN, "다. "), (ENGLISH, ". ")])
        sentence = " ".join(chance.choice(of) for _ in range(chance.randint(5, 18)))
        pieces.append(sentence + end + ("\n" if chance.random() < 0.12 else ""))
        if len(pieces) > 100:
            pieces = ["".join(pieces)]
    return "".join(pieces)


def retyped(
    chance: random.Random, text: str, share: Callable[[int], float]
) -> tuple[str, list[int]]:
    """The text with characters replaced, put in and left out, `share` of those at each place; and
    where each of its characters stands by then."""
    made: list[str] = []
    places: list[int] = []
    for at, character in enumerate(text):
        places.append(len(made))
        if chance.random() >= share(at):
            made.append(character)
            continue
        match chance.randrange(3):
            case 0:
                made.append(chance.choice("가나다라마xyz"))
            case 1:
                made += [character, chance.choice("아자차카qrs")]
    places.append(len(made))
    return "".join(made), places


def chosen(chance: random.Random, text: str, count: int) -> list[Selector]:
    """So many quotes of 20 to 120 characters, without blanks at their ends."""
    found = []
    while len(found) < count:
        start = chance.randrange(len(text) - 120)
        end = start + chance.randint(20, 120)
        if not text[start].isspace() and not text[end - 1].isspace():
            found.append(select(text, start, end))
    return found


def right(found: Found, truth: Truth) -> bool:
    """At its place: a character that was changed at the very edge may or may not belong to it."""
    if truth is None:
        return not found.sure
    return abs(found.start - truth[0]) <= 2 and abs(found.end - truth[1]) <= 2


@pytest.mark.parametrize("seed", range(2))
def test_two_hundred_quotes_are_found_in_a_new_edition_and_none_quietly_elsewhere(
    seed: int,
) -> None:
    chance = random.Random(seed)
    old = prose(chance, 300_000)
    quotes = chosen(chance, old, 200)
    preface = "새 판을 내며. " + prose(chance, 2_000)
    text, places = retyped(chance, old, lambda _: 0.005)
    truths = [(places[q.start] + len(preface), places[q.end] + len(preface)) for q in quotes]
    found = seek_all(old, preface + text, quotes)
    assert sum(map(right, found, truths)) >= 198
    assert [each for each, truth in zip(found, truths, strict=True)
            if each.sure and not right(each, truth)] == []  # fmt: skip
    assert sum(each.sure for each in found) >= 190
    for quote, each in zip(quotes, found, strict=True):
        unchanged = words((preface + text)[each.start : each.end]) == words(quote.exact)
        assert (each.state == "moved") == unchanged


@pytest.mark.parametrize("length", [150, 250, 1_000, 20_000])
def test_a_quote_of_any_length_is_found_by_its_ends(length: int) -> None:
    chance = random.Random(length)
    old = prose(chance, 60_000)
    text, places = retyped(chance, old, lambda _: 0.01)
    quote = select(old, 5_000, 5_000 + length)
    found = seek("머리말. " + text, quote, old)
    assert right(found, (places[quote.start] + 5, places[quote.end] + 5))
    assert (found.state, found.sure) == ("broken", True)


def test_quotes_of_passages_that_are_gone_are_never_sure() -> None:
    chance = random.Random(3)
    old = prose(chance, 60_000)
    quotes = sorted(chosen(chance, old, 60), key=lambda each: each.start)
    new = old
    for quote in quotes:
        new = new.replace(quote.exact, "", 1)
    assert [each for each in seek_all(old, new, quotes) if each.sure] == []


@pytest.mark.parametrize("seed", range(40))
def test_of_five_equal_sentences_with_edits_around_them_none_moves_by_itself(seed: int) -> None:
    """Apart or in a row, with edits in and around them, one of them left out or put in."""
    chance = random.Random(seed)
    gaps = [prose(chance, chance.choice([1, 30, 200])) if seed % 2 else "" for _ in range(6)]
    old = "".join(gap + FIVE for gap in gaps[:5]) + gaps[5]
    starts = occurrences(old, FIVE.strip())
    quotes = [select(old, start, start + len(FIVE.strip())) for start in starts]
    text, places = retyped(chance, old, lambda _: 0.03)
    truths: list[Truth] = [(places[q.start], places[q.end]) for q in quotes]
    if seed % 4 > 1:
        gone = chance.randrange(5)
        first, last = places[starts[gone]], places[starts[gone] + len(FIVE.strip())]
        text = text[:first] + text[last:]
        truths = [
            (a - (last - first), b - (last - first)) if a > first else (a, b)
            for a, b in filter(None, truths)
        ]
        truths[gone] = None
    preface = "머리말. " * chance.randrange(3)
    for quote, found, truth in zip(
        quotes, seek_all(old, preface + text, quotes), truths, strict=True
    ):
        meant = None if truth is None else (truth[0] + len(preface), truth[1] + len(preface))
        assert not found.sure or right(found, meant), (quote, found, meant)
        if seed % 2 == 0 and quote is quotes[2]:
            assert found.ambiguous
            assert found.score < SURE


def test_two_equal_passages_that_change_places_are_followed_by_what_surrounds_them() -> None:
    one = "군사 분야에서는 이렇게 적혀 있다. " + FIVE + "이어서 연합 훈련이 다루어졌다.\n"
    other = "경제 분야에서도 같은 말이 있었다. " + FIVE + "그리고 공급망 회의가 열린다.\n"
    old, new = one + other, other + one
    start = old.index(FIVE)
    found = seek(new, select(old, start, start + len(FIVE)), old)
    assert (found.start, found.state, found.sure) == (len(other) + start, "moved", True)


def test_the_other_of_two_equal_passages_is_not_taken_for_the_one_that_is_gone() -> None:
    one = "군사 분야에서는 이렇게 적혀 있다. " + FIVE + "이어서 연합 훈련이 다루어졌다.\n"
    other = "경제 분야에서도 같은 말이 있었다. " + FIVE + "이어서 연합 회의가 다루어졌다.\n"
    start = one.index(FIVE)
    selector = select(one + other, start, start + len(FIVE))
    for found in (seek(other, selector, one + other), seek(other, selector)):
        assert not found.sure
        assert other[found.start : found.end] == FIVE  # proposed all the same


def test_a_changed_passage_is_not_lost_to_the_same_words_elsewhere() -> None:
    one = "군사 분야에서는 이렇게 적혀 있다. " + FIVE + "이어서 연합 훈련이 다루어졌다.\n"
    other = "경제 분야에서도 같은 말이 있었다. " + FIVE + "그리고 공급망 회의가 열린다.\n"
    start = one.index(FIVE)
    new = one.replace("계속", "꾸준히") + other
    found = seek(new, select(one + other, start, start + len(FIVE)), one + other)
    assert new[found.start : found.end].strip() == FIVE.replace("계속", "꾸준히").strip()
    assert found.state == "broken"


def test_what_only_its_number_tells_apart_is_left_to_a_person_once_it_was_changed() -> None:
    article = "제{}조 양 당사국은 서로 협의하고 필요한 조치를 합의에 따라 취한다.\n"
    old = "".join(article.format(number) for number in range(1, 6))
    new = old.replace("제3조 양 당사국은 서로", "제3조 두 당사국은 서로")
    start = old.index("양 당사국", old.index("제3조"))
    found = seek(new, select(old, start, start + 30), old)
    assert found.ambiguous
    assert found.score < SURE


@pytest.mark.parametrize(
    "rewritten",
    [
        lambda text: text.replace('"', "“", 1).replace('"', "”", 1),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace(" ", "\n"),
        lambda text: text.replace(" 동맹", "동\u00ad맹").replace("동\u00ad맹", "\u00ad동맹"),
        lambda text: text.replace("-", "–"),
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace("굳", REPLACEMENT, 1),
    ],
)
def test_signs_and_blanks_written_otherwise_are_the_same_words(
    rewritten: Callable[[str], str],
) -> None:
    said = '그는 "한미 동맹은 굳건하다 - 앞으로도"라고 말했다'
    front, back = "대통령실은 이날 이렇게 밝혔다. ", ". 이어서 질문을 받았다."
    old, new = front + said + back, "머리말\n" + front + rewritten(said) + back
    start = old.index(said)
    found = seek(new, select(old, start, start + len(said)), old)
    assert (found.state, found.sure) == ("moved", True)
    assert new[found.start : found.end] == rewritten(said)
    assert verify(new, said, found.start, found.end, "moved") == "moved"
    assert verify(new, said, found.start, found.end, "intact") == "broken"


def test_an_edition_with_the_same_text_leaves_every_quote_as_it_is() -> None:
    old = FIVE * 5
    quotes = [select(old, start, start + 10) for start in occurrences(old, FIVE.strip())]
    assert [(each.start, each.state, each.score) for each in seek_all(old, old, quotes)] == [
        (quote.start, "intact", FULL) for quote in quotes
    ]


def test_a_quote_at_its_place_in_an_edition_changed_elsewhere_is_intact() -> None:
    chance = random.Random(5)
    old = prose(chance, 3_000)
    quote = select(old, 100, 160)
    found = seek(old[:2_000] + "덧붙인 문단. " + old[2_000:], quote, old)
    assert (found.start, found.end, found.state, found.score) == (100, 160, "intact", FULL)
    assert found.sure


@pytest.mark.parametrize("text", ["", " \n", "전혀 다른 글", "x" * 500])
def test_what_is_nowhere_is_broken_at_the_place_it_had(text: str) -> None:
    old = "앞말. " + FIVE + "뒷말."
    found = seek(text, select(old, 4, 20), old)
    assert (found.start, found.end, found.state, found.score) == (4, 20, "broken", 0)
    assert not found.sure


def test_one_changed_character_breaks_the_words_at_a_place() -> None:
    text = "앞말 한미 동맹 뒷말"
    assert verify(text, "한미 동맹", 3, 8, "intact") == "intact"
    assert verify(text, "한미 동맹", 4, 9, "intact") == "broken"
    assert verify(text, "한미 동멩", 3, 8, "moved") == "broken"
    assert verify(text, "한미 동맹", 300, 305, "moved") == "broken"


def test_a_found_place_becomes_a_selector_with_its_own_surroundings() -> None:
    selector = selector_at("가나다 한미동맹 라마바", Found(4, 8, "moved", 90))
    assert (selector.exact, selector.before, selector.after) == ("한미동맹", "가나다 ", " 라마바")


letters = st.text(
    alphabet=st.sampled_from("가나한글 é“\"'’-–\u00a0\n\ufffdx\u0301ᄒ\u1161ᆫ"), max_size=80
)


@given(text=letters)
def test_every_folded_character_leads_back_to_what_it_was_made_of(text: str) -> None:
    folded = fold(text)
    assert folded.text == words(text)
    for at in range(len(folded.text)):
        start, end = folded.stretch(at, at + 1)
        assert 0 <= start < end <= len(text)
    if folded.text:
        start, end = folded.stretch(0, len(folded.text))
        assert words(text[start:end]) == folded.text


@given(text=letters, front=letters, back=letters, data=st.data())
def test_whatever_is_found_is_there(text: str, front: str, back: str, data: st.DataObject) -> None:
    text = unicodedata.normalize("NFC", text) or "한"
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = select(text, start, end)
    new = unicodedata.normalize("NFC", front + text + back)
    for found in (seek(new, quote), seek(new, quote, text)):
        assert 0 <= found.score <= FULL
        if found.score:
            assert 0 <= found.start < found.end <= len(new)
        if found.state == "intact":
            assert new[found.start : found.end] == quote.exact
        if found.state == "moved":
            assert same(words(new[found.start : found.end]), words(quote.exact))
        assert not found.sure or found.state != "broken" or found.score >= SURE
