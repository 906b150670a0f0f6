"""The measure: a table of advances makes widths, alone and as arrays, the same either way."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.layout.measure import TABLE_SIZE, Measure, fixed_measure

MEASURE = fixed_measure()


def test_latin_is_counted_by_letter_and_hangul_by_syllable() -> None:
    assert MEASURE.width("FTA") == pytest.approx(1.65)
    assert MEASURE.width("군사동맹") == pytest.approx(4.0)
    assert MEASURE.width("한미 FTA") == pytest.approx(2 + 4 * 0.55)


def test_bold_is_wider() -> None:
    assert MEASURE.width("한미 FTA", bold=True) == pytest.approx(4.2 * 1.06)


def test_an_empty_line_has_no_width() -> None:
    assert MEASURE.width("") == 0.0
    assert MEASURE.widths([]).tolist() == []
    assert MEASURE.widths(["", ""]).tolist() == [0.0, 0.0]


def test_empty_lines_among_others_take_nothing_from_their_neighbours() -> None:
    widths = MEASURE.widths(["", "동맹", "", "ab", ""])
    assert widths == pytest.approx([0, 2, 0, 1.1, 0])


def test_a_mask_says_which_lines_are_bold() -> None:
    widths = MEASURE.widths(["동맹", "동맹"], np.array([False, True]))
    assert widths == pytest.approx([2.0, 2.12])


@given(st.lists(st.text(max_size=30), max_size=12), st.data())
def test_many_lines_measured_at_once_are_as_wide_as_one_by_one(
    texts: list[str], data: st.DataObject
) -> None:
    bold = data.draw(st.lists(st.booleans(), min_size=len(texts), max_size=len(texts)))
    together = MEASURE.widths(texts, np.array(bold, dtype=np.bool_))
    alone = [MEASURE.width(text, each) for text, each in zip(texts, bold, strict=True)]
    assert together == pytest.approx(alone)


def test_a_variation_selector_takes_no_room() -> None:
    assert MEASURE.width("★\ufe0f") == MEASURE.width("★")


def test_hangul_may_be_narrower_than_han() -> None:
    table = np.full(TABLE_SIZE, 0.5, dtype=np.float32)
    measure = Measure("Noto", table, table, 0.92, 0.93, han=1.0, han_bold=1.02)
    assert measure.width("한") == pytest.approx(0.92)
    assert measure.width("韓") == 1.0
    assert measure.width("한韓", bold=True) == pytest.approx(1.95)
    assert measure.widths(["한韓ㆍ"]) == pytest.approx([2.84])


def test_a_table_of_another_length_is_refused() -> None:
    short = np.zeros(10, dtype=np.float32)
    with pytest.raises(ValueError, match="entries"):
        Measure("Noto", short, short, 1.0, 1.0)
