"""Positions in code points and in Qt's units name the same places."""

from __future__ import annotations

import pytest

from db.quotes import from_utf16, to_utf16
from viewer.widgets.reader.positions import Positions


@pytest.mark.parametrize("text", ["", "동맹", "😀", "a😀b😀😀c", "🇰🇷🤝🇺🇸 공동성명\n끝"])
def test_a_text_has_the_same_places_both_ways(text: str) -> None:
    positions = Positions(text)
    for place in range(len(text) + 1):
        assert positions.to_qt(place) == to_utf16(text, place)
    for unit in range(to_utf16(text, len(text)) + 1):
        assert positions.from_qt(unit) == from_utf16(text, unit)


def test_a_place_beyond_the_text_is_its_end() -> None:
    assert Positions("동맹😀").to_qt(99) == 4
    assert Positions("동맹😀").from_qt(99) == 3
