"""A few rows of arrays in place of others, put together at once or when they are asked for."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from db.pieced import PiecedArray
from db.splicing import pieces

Edits = st.lists(
    st.tuples(st.lists(st.integers(0, 30), max_size=12), st.lists(st.integers(0, 30), max_size=12)),
    min_size=1,
    max_size=80,
)


@given(edits=Edits, length=st.integers(0, 30))
def test_whatever_goes_and_comes_rows_are_found_where_they_are_now(edits, length) -> None:
    """One edit after the other, as lists do it, and as arrays that nobody has asked for yet."""
    there = list(range(length))
    array = np.arange(length)
    waiting = PiecedArray([(array, 0, length)])
    new = 1000
    for gone, places in edits:
        gone = sorted({row for row in gone if row < len(there)})
        places = sorted(min(row, len(there)) for row in places)
        come = list(range(new, new + len(places)))
        new += len(come)
        how = pieces(len(there), np.array(gone, np.int64), np.array(places, np.int64))
        now: list[int] = []
        for row in range(len(there) + 1):
            now += [each for each, at in zip(come, places, strict=True) if at == row]
            now += [there[row]] if row < len(there) and row not in gone else []
        stays = np.array([row for row in range(len(there)) if row not in gone], np.int64)
        moved = how.moves.moved(stays).tolist()
        assert [now[row] for row in moved] == [there[row] for row in stays.tolist()]
        assert [now[row] for row in how.moves.come.tolist()] == come
        array = how.array(array, np.array(come, np.int64))
        waiting = how.pieced(waiting, np.array(come, np.int64))
        there = now
        assert array.tolist() == now
    assert waiting.whole().tolist() == there


def test_lists_are_as_wide_as_the_longest_that_is_left() -> None:
    one = np.array([[1, -1], [2, 3], [4, -1]], np.int16)
    other = np.array([[5, 6, 7]], np.int16)
    with_three = PiecedArray([(one, 0, 1), (other, 0, 1), (one, 2, 3)])
    assert with_three.whole().tolist() == [[1, -1, -1], [5, 6, 7], [4, -1, -1]]
    assert PiecedArray([(with_three, 0, 1), (with_three, 2, 3)]).whole().tolist() == [[1], [4]]
