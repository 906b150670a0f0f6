"""The check: what another program may have spoiled is found, with the row it is in."""

from __future__ import annotations

import sqlite3
import unicodedata
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from db.store import Store
from tests.db.conftest import sentences

if TYPE_CHECKING:
    from pathlib import Path

    from db.check import Problem
    from tests.db.conftest import Edit


DECOMPOSED = unicodedata.normalize("NFD", "한미동맹")


def problems(path: Path) -> list[Problem]:
    with Store.open(path, read_only=True) as store:
        return store.check()


def test_the_shipped_data_have_no_problem(copy: Path) -> None:
    assert problems(copy) == []
    with Store.open(copy, read_only=True) as store:
        assert store.quick_check() == []


@pytest.mark.parametrize(
    ("statement", "code", "table"),
    [
        (
            "UPDATE quote SET exact = exact || '!' WHERE slug = 'q04-technology-alliance-added'",
            "quote.words",
            "quote",
        ),
        ("UPDATE anchor SET start = start + 1 WHERE start = 736", "quote.words", "quote"),
        ("UPDATE anchor SET before = '다른 앞말' WHERE start = 736", "quote.context", "quote"),
        (
            "UPDATE anchor SET attribution_start = 700 WHERE start = 736",
            "quote.phrase",
            "quote",
        ),
        ("UPDATE anchor SET accepted = 0 WHERE start = 736", "quote.unanchored", "quote"),
        ("UPDATE figure SET start = start - 1 WHERE exact = 'about 199'", "quote.words", "figure"),
        (
            "UPDATE oddity SET exact = '엉뚱한 말' WHERE exact = 'on the 18th'",
            "quote.words",
            "oddity",
        ),
        (
            "UPDATE event_date SET edtf = '2007-07' WHERE edtf = '2007-06-30'",
            "date.derived",
            "event_date",
        ),
        (
            "UPDATE event_date SET first_day = first_day - 1 WHERE edtf = '2007-06-30'",
            "date.derived",
            "event_date",
        ),
        (
            "UPDATE event_date SET edtf = '유월 말' WHERE edtf = '2007-06-30'",
            "date.text",
            "event_date",
        ),
        ("UPDATE claim SET value_ko = '모름' WHERE value_ko = '1882-05-24'", "date.text", "claim"),
        ("UPDATE view SET from_edtf = '옛날' WHERE key = 'three-stages'", "date.text", "view"),
        (
            "UPDATE event_date SET is_primary = 0 WHERE edtf = '1882-05-22'",
            "date.primary",
            "event",
        ),
        (
            f"UPDATE event SET title_ko = '{DECOMPOSED}' WHERE slug = 'korus-signed'",
            "text",
            "event",
        ),
        ("UPDATE context SET changeset_id = (SELECT id FROM changeset)", "context", None),
        ("DELETE FROM speaker WHERE name_ko = '이기민'", "reference", "quote"),
    ],
)
def test_what_another_program_spoiled_is_found(
    copy: Path, elsewhere: Edit, statement: str, code: str, table: str | None
) -> None:
    elsewhere(statement)
    found = problems(copy)
    assert (code, table) in [(problem.code, problem.table) for problem in found]
    for problem in found:
        for sentence in sentences(f"problem.{problem.code}", problem.words()):
            assert problem.id is None or str(problem.id) in sentence


def test_one_changed_letter_of_a_source_is_found_by_its_digest(copy: Path, elsewhere: Edit) -> None:
    elsewhere("UPDATE source SET text = replace(text, '(c)', '(C)')")
    elsewhere("UPDATE source SET text = text || ' '")
    assert [problem.code for problem in problems(copy)] == ["source.text"]


def test_a_changed_source_text_breaks_the_quotes_in_it(copy: Path, elsewhere: Edit) -> None:
    elsewhere("UPDATE source SET text = '머리말. ' || text")
    found = problems(copy)
    assert (
        sum(problem.code == "quote.words" and problem.table == "quote" for problem in found) >= 20
    )


def test_a_stage_whose_event_lost_its_date_is_told(copy: Path, elsewhere: Edit) -> None:
    elsewhere(
        "DELETE FROM event_date WHERE event_id = (SELECT id FROM event WHERE slug = 'korus-signed')"
    )
    found = [problem for problem in problems(copy) if problem.code == "stage.undated"]
    assert len(found) == 1
    with Store.open(copy, read_only=True) as store:
        assert "economic-alliance" not in [stage.slug for stage in store.timeline().stages]


def test_a_damaged_page_is_told_as_a_damaged_database(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as connection:
        (page,) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'confirmation'"
        ).fetchone()
    data = bytearray(copy.read_bytes())
    data[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    copy.write_bytes(data)
    with Store.open(copy, read_only=True) as store:
        assert {problem.code for problem in store.check()} == {"database"}
        assert "database" in {problem.code for problem in store.quick_check()}


def test_a_problem_becomes_plain_data_and_words(copy: Path, elsewhere: Edit) -> None:
    elsewhere("UPDATE event_date SET edtf = '유월 말' WHERE edtf = '2007-06-30'")
    (problem,) = problems(copy)
    assert problem.as_data() == {
        "code": "date.text",
        "table": "event_date",
        "id": problem.id,
        "fields": {"edtf": "유월 말"},
    }
    assert problem.words() == {"table": "event_date", "id": problem.id, "edtf": "유월 말"}
