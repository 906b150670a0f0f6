"""A newer edition of the shipped data, merged into a file field by field.

Three are compared: the edition that the file came from (its base), the file as it is, and the
newer edition. What the user did not touch follows the edition; what the user changed stays; what
the user deleted does not come back. What would leave a reference or a key broken is not taken.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from db import schema
from db.changes import DERIVED, read_literals
from db.differences import differences, key_of, own
from db.offering import offered
from db.queries.rows import tuples
from db.queries.state import last_change
from db.queries.stored import holder_of, rows_about, rows_by_id

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from db.changes import Change, Rows, Value
    from db.schema import UniqueKey

    Row = Mapping[str, Value]
    Table = dict[int, Row]
    Holders = dict[tuple[tuple[str, ...], tuple[Value, ...]], set[int]]

Fate = Literal["added", "updated", "removed", "kept", "left"]

# Columns that only make sense together: they are the user's or the edition's as one.
_TOGETHER: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "anchor": (("start", "end", "before", "after", "attribution_start", "state", "score"),),
    "evidence": (("event_id", "stage_id"),),
    "figure": (("exact", "start", "end"),),
    "link": (("from_event_id", "to_event_id", "type"),),
    "oddity": (("exact", "start", "end"),),
    "source": (("text", "blob_sha256", "reader", "media_type"),),
    "source_place": (("start", "end"),),
}
_EMPTY_FILE = {"lane", "kind_group", "kind"}  # the tables that `--empty` fills


@dataclass(frozen=True, slots=True)
class Item:
    """What becomes of a row: `added`, `updated` (the columns that follow the edition), `removed`,
    `kept` (`before` is the user's, `after` what the edition has), `left` out (of the edition)."""

    fate: Fate
    table: str
    id: int
    before: Row
    after: Row


@dataclass(frozen=True, slots=True)
class Merge:
    """A newer edition, ready to be taken over. `last_change` is the state of the file that it was
    made for; `base` has the edition's rows as the base of the next one."""

    name: str
    date: str
    items: tuple[Item, ...]
    changes: tuple[Change, ...]
    blobs: tuple[bytes, ...] = field(repr=False)
    base: list[tuple[str, int, str]] = field(repr=False)
    last_change: int = 0


def newer(connection: sqlite3.Connection, folder: Path | None = None) -> Merge | None:
    """The shipped edition merged with a file, None unless it is newer than the file's."""
    from db import seeds, writing

    folder = folder or seeds.seeds_folder()
    found = offered(connection, folder)
    if found is None:
        return None
    name, date = found
    base = _read("SELECT table_name, row_id, row FROM base", connection)
    shipped = seeds.load(folder, empty=base.keys() <= _EMPTY_FILE)
    literals = writing.rows_of(shipped)
    merging = _Merging(connection, base, _rows(literals))
    return Merge(
        name=name,
        date=date,
        items=tuple(merging.items()),
        changes=merging.changes(),
        blobs=shipped.blobs,
        base=literals,
        last_change=last_change(connection),
    )


def _read(sql: str, connection: sqlite3.Connection) -> dict[str, Table]:
    return _rows(tuples(connection, sql))


def _rows(literals: list[tuple[str, int, str]]) -> dict[str, Table]:
    found: dict[str, Table] = {}
    for table, row_id, row in literals:
        found.setdefault(table, {})[row_id] = read_literals(row)
    return found


class _Merging:
    """The rows of both editions as they are (`now`) and as they are to be (`then`). What cannot
    be is taken back step by step, until nothing is left that contradicts."""

    def __init__(self, connection: sqlite3.Connection, base: Rows, new: Rows) -> None:
        self._connection, self._base, self._new = connection, base, new
        self.now: dict[str, Table] = {}
        self.then: dict[str, Table] = {}
        for table in schema.tables().values():
            if table.logged:
                ids = base.get(table.name, {}).keys() | new.get(table.name, {}).keys()
                self.now[table.name] = dict(rows_by_id(connection, table.name, sorted(ids)))
                self.then[table.name] = dict(self._wished(table.name))
        while self._drop_additions() | self._drop_updates() | self._drop_removals():
            pass

    def _wished(self, table: str) -> Iterator[tuple[int, Row]]:
        """The rows as they would be if nothing stood in the way."""
        base, now, new = self._base.get(table, {}), self.now[table], self._new.get(table, {})
        for row_id in sorted(now.keys() | new.keys()):
            before, stored, after = base.get(row_id), now.get(row_id), new.get(row_id)
            if stored is None:
                if before is None and after is not None:
                    yield row_id, after
            elif after is None:
                if before is None or own(table, stored) != own(table, before):
                    yield row_id, stored
            else:
                yield row_id, _merged(table, before or after, stored, after)

    # What stands in the way

    def _drop_additions(self) -> bool:
        """A new row that refers to what is not there, or whose key another row has."""
        dropped = False
        for table, rows in self.then.items():
            holders = self._holders(table)
            for row_id in rows.keys() - self.now[table].keys():
                row = rows[row_id]
                if self._lacks_parent(table, row):
                    del rows[row_id]
                elif (taken := self._taken(table, row_id, row, holders)) is None:
                    continue
                elif taken.where:  # the place of the first among equals: then it is a second
                    rows[row_id] = {**row, taken.where: 0}
                else:
                    del rows[row_id]
                dropped = True
        return dropped

    def _drop_updates(self) -> bool:
        """An update that makes a row refer to what is not there, or takes another row's key."""
        dropped = False
        for table, rows in self.then.items():
            holders = self._holders(table)
            for row_id, stored in self.now[table].items():
                row = rows.get(row_id)
                if row is None or own(table, row) == own(table, stored):
                    continue
                if self._lacks_parent(table, row) or self._taken(table, row_id, row, holders):
                    rows[row_id] = stored
                    dropped = True
        return dropped

    def _drop_removals(self) -> bool:
        """A removal of what others still need: a row that stays refers to it, or it is a part of
        something that the edition dropped and the file keeps."""
        dropped = False
        for table, stored in self.now.items():
            going = [row_id for row_id in stored if row_id not in self.then[table]]
            needed = set(self._needed(table, going)) if going else set()
            for row_id in going:
                if row_id in needed or self._is_part_of_kept(table, stored[row_id]):
                    self.then[table][row_id] = stored[row_id]
                    dropped = True
        return dropped

    def _lacks_parent(self, table: str, row: Row) -> bool:
        for column, parent in schema.tables()[table].references.items():
            value = row[column]
            if isinstance(value, int) and parent in self.then:
                known = value in self.then[parent]
                # One of the user's own is in neither edition.
                strange = value not in self.now[parent] and value not in self._new.get(parent, {})
                if not known and not (strange and rows_by_id(self._connection, parent, [value])):
                    return True
        return False

    def _taken(self, table: str, row_id: int, row: Row, holders: Holders) -> UniqueKey | None:
        """The key of a row that another row has, or is to have."""
        for key in schema.tables()[table].unique:
            values = key_of(key, row)
            if values is None:
                continue
            if holders.get((key.columns, values), set()) - {row_id}:
                return key
            holder = holder_of(self._connection, table, key, values)
            if holder is not None and holder not in self.now[table]:
                return key
        return None

    def _holders(self, table: str) -> Holders:
        """Who has each key as things are to be, of the rows of the editions."""
        found: Holders = {}
        for key in schema.tables()[table].unique:
            for row_id, row in self.then[table].items():
                if (values := key_of(key, row)) is not None:
                    found.setdefault((key.columns, values), set()).add(row_id)
        return found

    def _needed(self, table: str, going: list[int]) -> Iterator[int]:
        """Those of the rows that a row refers to which stays."""
        for other, rows in rows_about(self._connection, table, going).items():
            columns = [
                name for name, to in schema.tables()[other].references.items() if to == table
            ]
            for row_id, stored in rows.items():
                ours = row_id in self.now[other]
                row = self.then[other].get(row_id) if ours else stored
                if row is not None:
                    yield from (value for name in columns if isinstance(value := row[name], int))

    def _is_part_of_kept(self, table: str, row: Row) -> bool:
        for column, parent in schema.tables()[table].references.items():
            value = row[column]
            if isinstance(value, int) and value in self._base.get(parent, {}):
                dropped = value not in self._new.get(parent, {})
                if dropped and value in self.then[parent]:
                    return True
        return False

    # What comes of it

    def changes(self) -> tuple[Change, ...]:
        return differences(self.now, self.then)

    def items(self) -> Iterator[Item]:
        """What becomes of each row that the edition changes, adds or drops."""
        for table in self.then:
            base, now = self._base.get(table, {}), self.now[table]
            new, then = self._new.get(table, {}), self.then[table]
            for row_id in sorted(now.keys() | base.keys() | new.keys()):
                told = (base.get(row_id), now.get(row_id), new.get(row_id), then.get(row_id))
                yield from _told(table, row_id, *told)


def _told(
    table: str, row_id: int, base: Row | None, now: Row | None, new: Row | None, then: Row | None
) -> Iterator[Item]:
    if now is None:
        if then is not None:
            yield Item("added", table, row_id, {}, then)
        elif new is not None and (base is None or own(table, base) != own(table, new)):
            yield Item("left", table, row_id, {}, new)
        return
    if then is None:
        yield Item("removed", table, row_id, now, {})
        return
    taken = [name for name in own(table, then) if then[name] != now[name]]
    if taken:
        yield Item("updated", table, row_id, _part(now, taken), _part(then, taken))
    if new is None:
        if base is not None:
            yield Item("kept", table, row_id, now, {})
        return
    kept = [
        name
        for name in own(table, new)
        if then[name] != new[name] and (base is None or base[name] != new[name])
    ]
    if kept:
        yield Item("kept", table, row_id, _part(then, kept), _part(new, kept))


def _part(row: Row, names: list[str]) -> Row:
    return {name: row[name] for name in names}


def _merged(table: str, base: Row, stored: Row, new: Row) -> Row:
    """A row with the edition's value for each column that the user left as it was."""
    merged = dict(stored)
    for group in _groups(table, new):
        untouched = all(stored[name] == base[name] for name in group)
        if untouched:
            merged |= {name: new[name] for name in group}
    for name in [each for each in new if each.endswith("_en")]:
        pair = (name, f"{name.removesuffix('_en')}_ko")
        # Each language was dropped by another of the two: the user's text stays.
        if not any(merged[each] for each in pair) and any(new[each] for each in pair):
            merged |= {each: stored[each] for each in pair}
    return merged


def _groups(table: str, row: Row) -> Iterator[tuple[str, ...]]:
    """The columns in groups that are merged as one; derived ones follow what they derive from."""
    groups = list(_TOGETHER.get(table, ()))
    if table == "event_date":
        groups.append(("edtf", *DERIVED[table]))
    if table == "source":
        groups = [(*group, *DERIVED[table]) if "text" in group else group for group in groups]
    yield from groups
    grouped = {name for group in groups for name in group}
    yield from ((name,) for name in row if name not in grouped)
