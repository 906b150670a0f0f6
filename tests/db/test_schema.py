"""The schema: what `tables.sql` promises is what a file holds."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from db import migrations, records, schema

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

THINGS = (
    "file", "changeset", "change", "context", "base", "blob", "lane", "kind_group", "kind", "tag",
    "event", "event_lane", "event_tag", "event_date", "citation", "confirmation", "claim", "link",
    "scheme", "stage", "stage_alternative", "source", "source_place", "oddity", "speaker", "quote",
    "quote_translation", "anchor", "evidence", "figure", "note", "view", "view_lane", "view_kind",
    "view_tag", "view_status",
)  # fmt: skip


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    """A database with the schema and nothing in it."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
        for _, sql in schema.objects().values():
            made.execute(sql)
        yield made


def test_there_is_a_table_for_every_thing() -> None:
    assert tuple(schema.tables()) == THINGS


def test_the_fingerprint_is_that_of_the_schema() -> None:
    made = schema.fingerprint((name, kind, sql) for name, (kind, sql) in schema.objects().items())
    assert made == schema.FINGERPRINT, f"the schema has changed: FINGERPRINT = {made!r}"


def test_sqlite_keeps_the_schema_word_for_word(connection: sqlite3.Connection) -> None:
    held = connection.execute(
        "SELECT name, type, sql FROM sqlite_master WHERE sql IS NOT NULL"
    ).fetchall()
    assert {name: (kind, sql) for name, kind, sql in held} == schema.objects()


def test_what_is_read_from_the_text_is_what_sqlite_says(connection: sqlite3.Connection) -> None:
    for table in schema.tables().values():
        info = connection.execute(f'PRAGMA table_info("{table.name}")').fetchall()
        assert tuple(row[1] for row in info) == table.columns
        assert tuple(row[1] for row in info if row[2] == "TEXT") == table.text_columns
        keys = connection.execute(f'PRAGMA foreign_key_list("{table.name}")').fetchall()
        assert {row[3]: row[2] for row in keys} == table.references
        indexes = connection.execute(f'PRAGMA index_list("{table.name}")').fetchall()
        unique = {
            tuple(row[2] for row in connection.execute(f'PRAGMA index_info("{name}")'))
            for _, name, is_unique, origin, _ in indexes
            if is_unique and origin != "pk"
        }
        assert {key.columns for key in table.unique} == unique


def test_every_table_is_strict_and_logged_ones_hold_no_floats(
    connection: sqlite3.Connection,
) -> None:
    listed = connection.execute("SELECT name, strict FROM pragma_table_list WHERE schema = 'main'")
    strict = {name: flag for name, flag in listed if not name.startswith("sqlite_")}
    assert strict == dict.fromkeys(THINGS, 1)
    for table in schema.tables().values():
        kinds = {row[2] for row in connection.execute(f'PRAGMA table_info("{table.name}")')}
        if table.logged:
            assert kinds <= {"INTEGER", "TEXT"}, table.name


def test_every_logged_table_has_its_five_triggers_and_a_key_called_id() -> None:
    triggers = {name for name, (kind, _) in schema.objects().items() if kind == "trigger"}
    for table in schema.tables().values():
        if table.logged:
            assert table.columns[0] == "id"
            for what in ("insert_log", "update_log", "delete_log", "insert_guard", "update_guard"):
                assert f"{table.name}_{what}" in triggers


def test_a_field_in_two_languages_is_two_columns() -> None:
    fields = schema.bilingual_fields(schema.tables_text())
    assert fields["event"] == ("confidence_note", "title", "label", "summary", "place")
    for table, names in fields.items():
        for name in names:
            assert {f"{name}_en", f"{name}_ko"} <= set(schema.tables()[table].columns)


@pytest.mark.parametrize(
    ("table", "column", "words"),
    [
        ("event", "status", records.STATUSES),
        ("event", "confidence", records.CONFIDENCES),
        ("event_date", "role", records.ROLES),
        ("evidence", "stance", records.STANCES),
        ("evidence", "aspect", records.ASPECTS),
        ("evidence", "mode", records.MODES),
        ("quote", "form", records.FORMS),
        ("anchor", "state", records.STATES),
        ("link", "type", records.LINK_TYPES),
        ("citation", "seen", records.SEEN),
        ("scheme", "rule", records.RULES),
        ("view", "language", records.LANGUAGES),
    ],
)
def test_the_schema_and_the_records_know_the_same_words(
    table: str, column: str, words: tuple[str, ...]
) -> None:
    sql = schema.objects()[table][1]
    allowed = ", ".join(f"'{word}'" for word in words)
    assert f"CHECK ({column} IN ({allowed}))" in sql


def test_a_title_in_one_language_is_enough_and_none_is_not(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO tag (id, key, name_ko) VALUES (1, 'a', '안보')")
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute("INSERT INTO tag (id, key) VALUES (2, 'b')")
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute("INSERT INTO tag (id, key, name_ko) VALUES (3, 'c', '')")


def test_a_row_that_others_refer_to_cannot_be_deleted(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(
        "INSERT INTO kind_group (id, key, position, name_ko) VALUES (1, 'g', 1, '조약')"
    )
    connection.execute(
        "INSERT INTO kind (id, key, group_id, position, name_ko) VALUES (2, 'k', 1, 1, '협정')"
    )
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute("DELETE FROM kind_group")


def test_ids_stay_below_two_to_the_53(connection: sqlite3.Connection) -> None:
    insert = "INSERT INTO tag (id, key, name_ko) VALUES (?, ?, '안보')"
    connection.execute(insert, (schema.MAX_ID, "a"))
    for bad in (schema.MAX_ID + 1, 0, -1):
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(insert, (bad, "b"))


def test_the_migrations_make_the_schema_and_make_it_once(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "x", isolation_level=None)) as connection:
        migrations.migrate(connection)
        migrations.migrate(connection)
        held = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        assert {name for (name,) in held} == {*THINGS, migrations.TABLE}
        assert connection.execute("PRAGMA user_version").fetchone()[0] == schema.SCHEMA_VERSION
        assert connection.execute("PRAGMA application_id").fetchone()[0] == schema.APPLICATION_ID
        applied = connection.execute(f"SELECT name FROM {migrations.TABLE}").fetchall()
        assert [name for (name,) in applied] == ["1 the first schema"]
