"""What SQLite puts together comes apart as it was, in every encoding that a file may have."""

from __future__ import annotations

import sqlite3

import pytest

from db.queries.packed import packed

ROWS = [
    (1, -7305, "한미상호방위조약"),
    (2, 0, ""),
    (9_007_199_254_740_993, 20, "a,b\n“7 \0 ÿ"),
    (4, 5, "KORUS"),
]


@pytest.fixture(params=["UTF-8", "UTF-16"])
def connection(request):
    made = sqlite3.connect(":memory:")
    made.execute(f"PRAGMA encoding = '{request.param}'")
    made.execute("CREATE TABLE event (id INTEGER, day INTEGER, title TEXT)")
    yield made
    made.close()


def test_numbers_and_texts_come_in_the_order_of_the_rows(connection):
    connection.executemany("INSERT INTO event VALUES (?, ?, ?)", ROWS)
    rows = "SELECT * FROM event ORDER BY title DESC"
    (ids, days), (titles,) = packed(connection, rows, ("id", "day"), ("title",))
    expected = connection.execute(rows).fetchall()
    assert list(zip(ids.tolist(), days.tolist(), titles, strict=True)) == expected
    assert connection.execute("SELECT title FROM event WHERE id = 4").fetchone() == ("KORUS",)


def test_of_no_rows_there_is_nothing(connection):
    (ids,), (titles,) = packed(connection, "SELECT * FROM event", ("id",), ("title",))
    assert ids.tolist() == []
    assert list(titles) == []


@pytest.mark.parametrize("connection", ["UTF-8"], indirect=True)
def test_titles_that_are_the_same_are_there_once_even_where_there_is_none(connection):
    for _ in range(2):
        rows = "SELECT title AS en, title AS ko FROM event"
        en, ko = packed(connection, rows, (), ("en", "ko"))[1]
        assert en is ko
        connection.executemany("INSERT INTO event VALUES (?, ?, ?)", ROWS)


def test_one_empty_title_is_one_title(connection):
    connection.execute("INSERT INTO event VALUES (1, 2, '')")
    assert list(packed(connection, "SELECT * FROM event", ("id",), ("title",))[1][0]) == [""]
