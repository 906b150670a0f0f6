"""The book of what was read so far: rows, names, blobs and the texts of sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db import quotes
from db.changes import Insert, fixed_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from db.changes import Value
    from db.seeds.reading import Entry


class Book:
    """Rows in the making. `texts` are the texts of the sources by slug."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.changes: list[Insert] = []
        self.blobs: list[bytes] = []
        self.texts: dict[str, str] = {}
        self._ids: set[tuple[str, int]] = set()
        self._names: dict[tuple[str, str], Entry] = {}

    def name_all(self, table: str, entries: Iterable[Entry], key: str) -> None:
        """Notes the names of a table, so that others can refer to them. Raises `seed.duplicate`."""
        for entry in entries:
            name = entry.text(key)
            first = self._names.setdefault((table, name), entry)
            if first is not entry:
                raise entry.error("duplicate", key, name=name, first=f"{first.file}:{first.line}")

    def add(self, table: str, path: str, entry: Entry, values: Mapping[str, Value]) -> int:
        """A row with the fixed id of its path. Raises `seed.repeated` for a second one."""
        row_id = fixed_id(table, path)
        if (table, row_id) in self._ids:
            raise entry.error("repeated", name=path)
        self._ids.add((table, row_id))
        self.changes.append(Insert(table, row_id, values))
        return row_id

    def refer(self, entry: Entry, key: str, table: str, name: str | None = None) -> int:
        """The id of a named row; `name` where it is not the value of the key itself.

        Raises `seed.reference` where there is no such name.
        """
        name = entry.text(key) if name is None else name
        if (table, name) not in self._names:
            raise entry.error("reference", key, name=name)
        return fixed_id(table, name)

    def refer_if(self, entry: Entry, key: str, table: str) -> int | None:
        """The same where the key may be missing."""
        return self.refer(entry, key, table) if entry.has(key) else None

    def stretch(self, entry: Entry, slug: str, exact_key: str, start_key: str) -> tuple[str, int]:
        """Exact words and where they start in the text of a source.

        Raises `seed.offset` at the line of the start unless exactly these words stand there.
        """
        text = self.texts[slug]
        exact = entry.text(exact_key)
        start = entry.whole(start_key, range(len(text) + 1))
        if not quotes.stands(text, exact, start):
            stands = text[start : start + len(exact)]
            raise entry.error("offset", start_key, value=start, exact=exact, stands=stands)
        return exact, start
