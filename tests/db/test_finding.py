"""Words are found whichever way they are written in the text."""

from __future__ import annotations

import unicodedata

import pytest

from db.finding import Searchable


def found(text: str, sought: str) -> list[str]:
    return [text[start:end] for start, end in Searchable(text).find(sought)]


@pytest.mark.parametrize(
    ("text", "sought", "expected"),
    [
        ("동맹은 동맹이다", "동맹", ["동맹", "동맹"]),
        ("The IPEF and the ipef", "Ipef", ["IPEF", "ipef"]),
        ("ＩＰＥＦ 출범", "ipef", ["ＩＰＥＦ"]),
        ("공급망\n회복력", "공급망 회복력", ["공급망\n회복력"]),
        ("supply\u00a0  chain", "supply chain", ["supply\u00a0  chain"]),
        ("“기술동맹”이라", '"기술동맹"', ["“기술동맹”"]),
        ("of\ufb01cial", "official", ["of\ufb01cial"]),
        ("Straße", "STRASSE", ["Straße"]),
        ("co\u00adoperate", "cooperate", ["co\u00adoperate"]),
        ("[1] (a.b)", "(a.b)", ["(a.b)"]),
        ("상호방위조\n약과 상호방위조약", "상호방위조약", ["상호방위조\n약", "상호방위조약"]),
        ("동맹", "   ", []),
        ("동맹", "조약", []),
        ("", "조약", []),
    ],
)
def test_words_are_found_as_they_are_meant(text: str, sought: str, expected: list[str]) -> None:
    assert found(text, sought) == expected


def test_hangul_in_letters_and_in_syllables_are_the_same() -> None:
    syllables = "한미동맹은 😀 상호방위조약"
    letters = unicodedata.normalize("NFD", syllables)
    assert found(syllables, unicodedata.normalize("NFD", "방위조약")) == ["방위조약"]
    assert found(letters, "방위조약") == [unicodedata.normalize("NFD", "방위조약")]


def test_places_behind_signs_that_grow_and_vanish_are_right() -> None:
    text = "😀ﬃ ß\u200b㈜동맹 ½ 동맹"
    assert Searchable(text).find("동맹") == [(6, 8), (11, 13)]
