"""What turns some rows into others, in an order in which no key is taken twice on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db import schema
from db.changes import DERIVED, Delete, Insert, Update

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.changes import Change, Rows, Value
    from db.schema import UniqueKey

    Table = Mapping[int, Mapping[str, Value]]


def differences(before: Rows, after: Rows) -> tuple[Change, ...]:
    """The changes that make of the rows `before`, as they are stored, those of `after`. Derived
    columns follow by themselves."""
    gone: list[Change] = []
    updates: list[Update] = []
    made: list[Change] = []
    for table in schema.tables():
        old, new = before.get(table, {}), after.get(table, {})
        moved = _taking_keys(table, old, new)
        gone += [Delete(table, each) for each in old if each not in new or each in moved]
        made += [
            Insert(table, each, own(table, row))
            for each, row in new.items()
            if each not in old or each in moved
        ]
        for each in (each for each in new if each in old and each not in moved):
            changed = {
                name: value
                for name, value in own(table, new[each]).items()
                if value != old[each][name]
            }
            if changed:
                updates.append(Update(table, each, changed))
    # What gives up a place that only one row may have goes first.
    updates.sort(key=lambda each: bool(each.values.get("is_primary", 0)))
    return (*gone, *updates, *made)


def own(table: str, row: Mapping[str, Value]) -> dict[str, Value]:
    """A row without what is derived from its other columns."""
    derived = DERIVED.get(table, ())
    return {name: value for name, value in row.items() if name not in derived}


def key_of(key: UniqueKey, row: Mapping[str, Value]) -> tuple[Value, ...] | None:
    """What no other row may have; None where the key does not bind the row."""
    if key.where and not row[key.where]:
        return None
    values = tuple(row[name] for name in key.columns)
    return None if None in values else values


def _taking_keys(table: str, old: Table, new: Table) -> set[int]:
    """The rows that take a key which another row has before and keeps until its own change: they
    go and come again."""
    found: set[int] = set()
    for key in schema.tables()[table].unique:
        if key.where:  # the order of the updates is enough
            continue
        holders = {key_of(key, row): each for each, row in old.items() if each in new}
        for each in new.keys() & old.keys():
            holder = holders.get(key_of(key, new[each]))
            if holder not in (None, each) and key_of(key, new[each]) is not None:
                found.add(each)
    return found
