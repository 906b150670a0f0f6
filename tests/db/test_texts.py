"""Texts put together from stretches of others read as if they had been written together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.texts import PiecedTexts, Texts

WORDS = ["한미상호방위조약", "", "KORUS", "방위비 분담", "F-35A 🛩", "정전"]
words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8)


@given(words, words, st.data())
def test_they_read_alike_through_any_number_of_edits(first, other, data):
    sources = [(Texts(first), list(first)), (Texts(other), list(other))]
    for _ in range(data.draw(st.integers(1, 5))):
        pieces, expected = [], []
        for _ in range(data.draw(st.integers(0, 4))):
            texts, known = data.draw(st.sampled_from(sources))
            begin = data.draw(st.integers(0, len(known)))
            behind = data.draw(st.integers(begin, len(known)))
            pieces.append((texts, begin, behind))
            expected += known[begin:behind]
        made = PiecedTexts(pieces)
        assert list(made) == expected
        if expected:
            assert made[-1] == expected[-1]
            row = data.draw(st.integers(0, len(expected) - 1))
            behind = data.draw(st.integers(row + 1, len(expected)))
            assert list(made.part(row, behind)) == expected[row:behind]
            assert bytes(made.joined) == bytes(Texts(expected).joined)
            assert [part.tolist() for part in made.codes(row, behind)] == [
                part.tolist() for part in Texts(expected).codes(row, behind)
            ]
        sources.append((made, expected))


def test_there_is_none_beyond_the_last():
    made = PiecedTexts([(Texts(WORDS), 1, 3)])
    assert (len(made), made[1], made[-2]) == (2, "KORUS", "")
    for beyond in (2, -3):
        with pytest.raises(IndexError):
            made[beyond]
