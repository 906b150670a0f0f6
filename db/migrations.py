"""The ordered steps that make a file's schema, kept by sqlite-utils' own migrations.

sqlite-utils is imported here alone, inside the functions: making a file needs it, reading one
does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from db import schema

if TYPE_CHECKING:
    import sqlite3

    from sqlite_utils import Database, Migrations

SET = "alliance"
TABLE = "_sqlite_migrations"  # where sqlite-utils notes what was applied


def steps() -> Migrations:
    """Every step, oldest first. A step that was released never changes."""
    from sqlite_utils import Migrations

    ordered = Migrations(SET)

    @ordered(name="1 the first schema")
    def _first(database: Database) -> None:
        for _, sql in schema.objects().values():
            database.execute(sql)
        database.execute("INSERT INTO context (one) VALUES (1)")
        database.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        database.execute(f"PRAGMA user_version = {schema.SCHEMA_VERSION}")

    return ordered


def migrate(connection: sqlite3.Connection) -> None:
    """Brings a file to the newest schema; each step is a transaction of its own."""
    from sqlite_utils import Database

    database = Database(connection, execute_plugins=False, recursive_triggers=False)
    steps().apply(database)
