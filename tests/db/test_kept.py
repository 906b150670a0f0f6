"""The columns of a file come back from the arrays that are kept of them."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

import numpy as np
import pytest

from db import arrays
from db.columns import Columns
from db.kept import arrays_of, columns_of
from db.texts import Texts

if TYPE_CHECKING:
    from pathlib import Path

    from db.store import Store
    from db.timeline import Timeline


def again(timeline: Timeline, path: Path) -> Columns:
    """The columns after they were in a file."""
    arrays.write(path, None, arrays_of(timeline.columns))
    read = arrays.read(path)
    assert read is not None
    return columns_of(read[1], timeline.flaws)


@pytest.mark.parametrize("without", ["", "quote", "citation"])
def test_they_are_what_they_were(store: Store, tmp_path: Path, without: str) -> None:
    timeline = store.timeline()
    if without:  # what all rows say alike is kept once
        name = f"{without}s"
        none = np.zeros(len(timeline.columns), np.int32)
        object.__setattr__(timeline.columns, name, none)
    found = again(timeline, tmp_path / "기둥.arrays")
    for field in fields(Columns):
        was, now = (getattr(each, field.name) for each in (timeline.columns, found))
        if isinstance(was, Texts):
            assert list(now) == list(was)
            assert now[3] == was[3]
            assert now[-1] == was[-1]
            assert now[2:5] == was[2:5]
        else:
            assert now.dtype == was.dtype
            assert np.array_equal(now, was)


def test_what_all_rows_say_alike_takes_no_room(store: Store) -> None:
    columns = store.timeline().columns
    object.__setattr__(columns, "status", np.zeros(len(columns), np.uint8))
    kept = arrays_of(columns)
    assert len(kept["status"]) == 1
    assert len(kept["kind"]) == len(columns)
