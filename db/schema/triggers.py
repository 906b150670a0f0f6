"""The triggers of a logged table, generated from its columns.

The log's triggers write one row of `change` for each changed row, in the same transaction, under
the changeset that the context names (0 where it is empty, see `change_outside` in `tables.sql`).

The guards make sure that the log misses nothing: `INSERT OR REPLACE` deletes the rows in its way
without firing their delete triggers, so a row in the way is refused; an id never changes; text
holds no NUL.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.schema import Table, UniqueKey


def triggers(table: Table) -> dict[str, str]:
    """The triggers of a logged table by name."""
    made = (_guard_insert, _log_insert, _guard_update, _log_update, _log_delete)
    return dict(make(table) for make in made)


def quoted(name: str) -> str:
    """An identifier for SQL; some columns bear SQL's own words (`end`, `before`)."""
    return f'"{name}"'


def row_as_literals(columns: tuple[str, ...], prefix: str = "") -> str:
    """An SQL expression that writes the columns of a row as `name='text', other=3`; `prefix` as
    in `OLD.`. `db.changes.read_literals` reads it back."""
    pairs = (f"{name}=' || quote({prefix}{quoted(name)})" for name in columns)
    return "'" + "\n        || ', ".join(pairs)


def _log_insert(table: Table) -> tuple[str, str]:
    return _log(table, "insert", "NEW", "NULL")


def _log_delete(table: Table) -> tuple[str, str]:
    return _log(table, "delete", "OLD", row_as_literals(table.columns[1:], "OLD."))


def _log_update(table: Table) -> tuple[str, str]:
    """Only the columns that changed; an update that changes nothing leaves nothing."""
    first, *others = table.columns[1:]
    fields = f"SELECT '{first}' AS name, OLD.{quoted(first)} AS was, NEW.{quoted(first)} AS now"
    for name in others:
        comma = " UNION ALL VALUES" if name == others[0] else ","
        fields += f"{comma}\n        ('{name}', OLD.{quoted(name)}, NEW.{quoted(name)})"
    source = f"\n    FROM ({fields})\n    WHERE was IS NOT now HAVING count(*) > 0"
    return _log(table, "update", "NEW", "group_concat(name || '=' || quote(was), ', ')", source)


def _log(table: Table, action: str, row: str, before: str, source: str = "") -> tuple[str, str]:
    name = f"{table.name}_{action}_log"
    return name, (
        f"CREATE TRIGGER {name} AFTER {action.upper()} ON {quoted(table.name)} BEGIN\n"  # noqa: S608
        "  INSERT INTO change (changeset_id, table_name, row_id, action, before)\n"
        "    SELECT coalesce((SELECT changeset_id FROM context), 0),\n"
        f"      '{table.name}', {row}.id, '{action}', {before}{source};\n"
        "END"
    )


def _guard_insert(table: Table) -> tuple[str, str]:
    taken = ["id = NEW.id", *(_same(key) for key in table.unique)]
    return _guard(table, "insert", [_exists(table, condition) for condition in taken])


def _guard_update(table: Table) -> tuple[str, str]:
    taken = [f"id <> OLD.id AND {_same(key)}" for key in table.unique]
    exists = [_exists(table, condition) for condition in taken]
    return _guard(table, "update", ["NEW.id IS NOT OLD.id", *exists])


def _guard(table: Table, action: str, taken: list[str]) -> tuple[str, str]:
    """Refuses a row whose id or key is taken, and text with a NUL, which `quote` would cut."""
    name = f"{table.name}_{action}_guard"
    body = _refusal(table, "id or key", "\n      OR ".join(taken))
    if table.text_columns:
        text = " || ".join(f"ifnull(NEW.{quoted(column)}, '')" for column in table.text_columns)
        body += _refusal(table, "NUL", f"instr({text}, char(0))")
    event = f"BEFORE {action.upper()} ON {quoted(table.name)}"
    return name, f"CREATE TRIGGER {name} {event} BEGIN\n{body}END"


def _refusal(table: Table, what: str, condition: str) -> str:
    return f"  SELECT RAISE(ABORT, '{table.name}: {what}')\n    WHERE {condition};\n"


def _same(key: UniqueKey) -> str:
    conditions = [f"{quoted(column)} = NEW.{quoted(column)}" for column in key.columns]
    if key.where:
        conditions += [quoted(key.where), f"NEW.{quoted(key.where)}"]
    return " AND ".join(conditions)


def _exists(table: Table, condition: str) -> str:
    return f"EXISTS (SELECT 1 FROM {quoted(table.name)} WHERE {condition})"  # noqa: S608
