"""Stretches of a text grown and cut by words, sentences and paragraphs."""

from __future__ import annotations

import pytest

from viewer.edits.stretches import (
    Unit,
    next_end,
    next_start,
    previous_end,
    previous_start,
    whole,
)

TEXT = "한미동맹이 확장됐다. 기술동맹이 더해진다.\n\n  김 차장은 말했다. It is 5.5 per cent.\n"


def at(words: str) -> int:
    return TEXT.index(words)


def test_words_are_those_between_blanks() -> None:
    assert TEXT[at("한미동맹이") : next_end(TEXT, 0, "word")] == "한미동맹이"
    assert next_start(TEXT, 0, "word") == at("확장됐다")
    assert previous_start(TEXT, at("더해진다"), "word") == at("기술동맹이")
    end = at("더해진다") + len("더해진다.")
    assert TEXT[: previous_end(TEXT, end, "word")].endswith("기술동맹이")


@pytest.mark.parametrize(
    ("inside", "unit", "found"),
    [
        ("확장", "sentence", "한미동맹이 확장됐다."),
        ("per", "sentence", "It is 5.5 per cent."),
        ("더해", "paragraph", "한미동맹이 확장됐다. 기술동맹이 더해진다."),
        ("말했", "paragraph", "김 차장은 말했다. It is 5.5 per cent."),
        ("더해", "word", "더해진다."),
    ],
)
def test_a_stretch_grows_to_the_whole(inside: str, unit: Unit, found: str) -> None:
    start, end = whole(TEXT, at(inside), at(inside) + len(inside), unit)
    assert TEXT[start:end] == found


def test_a_stretch_over_two_sentences_grows_to_both() -> None:
    start, end = whole(TEXT, at("확장"), at("더해"), "sentence")
    assert TEXT[start:end] == "한미동맹이 확장됐다. 기술동맹이 더해진다."


def test_sentences_follow_each_other_over_paragraphs() -> None:
    end = next_end(TEXT, at("더해"), "sentence")
    assert TEXT[:end].endswith("더해진다.")
    assert TEXT[: next_end(TEXT, end, "sentence")].endswith("말했다.")
    assert previous_start(TEXT, at("김 차장"), "sentence") == at("기술동맹이")


@pytest.mark.parametrize("unit", ["character", "word", "sentence", "paragraph"])
def test_at_the_ends_of_the_text_nothing_moves(unit: Unit) -> None:
    last = len(TEXT.rstrip())
    assert next_end(TEXT, last, unit) in (last, len(TEXT))
    assert previous_start(TEXT, 0, unit) == 0
    assert next_start("", 0, unit) == 0


def test_in_a_long_text_a_word_is_whole_wherever_one_looks() -> None:
    text = "기술동맹 " * 5000
    assert next_end(text, 12500, "word") == 12504
    assert previous_start(text, 12504, "word") == 12500
