"""Columns of many rows, put together by SQLite: one long text each instead of a Python object for
every value, in a tenth of the time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from db.queries.rows import tuples
from db.texts import BETWEEN, Texts

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from numpy.typing import NDArray


def packed(
    connection: sqlite3.Connection, rows: str, numbers: Sequence[str], texts: Sequence[str] = ()
) -> tuple[list[NDArray[np.int64]], list[Texts]]:
    """What the columns of a SELECT hold, in its order: the whole `numbers` and the `texts`.

    None of them may be NULL, for SQLite would leave it out.
    """
    between = f"CAST(x'{BETWEEN.hex()}' AS TEXT)"
    together = ["count(*)", *(f"group_concat({name})" for name in numbers)]
    together += [f"group_concat({name}, {between})" for name in texts]
    usual = connection.text_factory
    connection.text_factory = bytes  # what stands between texts is no letter
    try:
        sql = f"SELECT {', '.join(together)} FROM ({rows})"  # noqa: S608
        ((count, *values),) = tuples(connection, sql)
    finally:
        connection.text_factory = usual
    if not count:
        return [np.zeros(0, np.int64) for _ in numbers], [Texts()] * len(texts)
    lists = values[: len(numbers)]
    found = [np.fromstring(each, np.int64, sep=",") for each in lists]
    # Titles in one language alone are those of the other one too: they are kept once.
    different = {each: Texts.joined_already(each) for each in values[len(numbers) :]}
    joined = [different[each] for each in values[len(numbers) :]]
    if any(len(each) != count for each in joined):  # a file that is not in UTF-8
        singly = (f"SELECT {name} FROM ({rows})" for name in texts)  # noqa: S608
        joined = [Texts(row[0] for row in tuples(connection, sql)) for sql in singly]
    return found, joined
