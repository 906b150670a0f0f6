"""Titles in one piece of memory: each comes back whole, and is measured as if it were alone."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from db.texts import Texts
from tests.pictures import MEASURE
from viewer.layout.pen import elided
from viewer.layout.titles import LONGEST_TITLE, Titles

LINES = st.lists(
    st.text(st.sampled_from("ab c가나다漢 \u3000\u00a0…😀\ufe0f\n\0W조약"), max_size=90)
)


@given(LINES)
def test_texts_come_back_as_they_were(lines):
    texts = Texts(lines)
    assert list(texts) == lines
    assert len(texts) == len(lines)
    assert texts[1:3] == tuple(lines[1:3])


@given(LINES, st.randoms())
def test_titles_are_cut_and_measured_as_one_alone_would_be(lines, random):
    bold = [random.random() < 0.5 for _ in lines]
    made = Titles(Texts(lines), np.array(bold, np.bool_), MEASURE)
    for row, (line, heavy) in enumerate(zip(lines, bold, strict=True)):
        written = elided(line, LONGEST_TITLE, MEASURE, bold=heavy)
        assert made.text(row) == written
        assert made.width[row] == MEASURE.width(written, heavy)
