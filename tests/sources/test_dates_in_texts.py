"""The sentences with known dates are what they claim to be."""

from __future__ import annotations

from collections import Counter

from db import dates
from tests.sources.dates_in_texts import sentences


def test_there_are_enough_sentences_in_both_languages_with_and_without_dates() -> None:
    languages = Counter(each.language for each in sentences())
    empty = Counter(each.language for each in sentences() if not each.expected)
    assert languages.keys() == {"en", "ko"}
    assert min(languages.values()) >= 75
    assert min(empty.values()) >= 15


def test_every_expected_date_is_in_the_edtf_of_the_program() -> None:
    for sentence in sentences():
        for start, end, edtf in sentence.expected:
            assert dates.parse(edtf).text == edtf, sentence.text[start:end]
