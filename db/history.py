"""What the log tells of an open file, a part at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.faults import translated

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from pathlib import Path

    from db.changes import Step
    from db.records import Ref
    from db.story import LastKnown, RowChange, Story

NEWEST = 2**62  # beyond every seq


class History:
    """The history of a store's file; it belongs to the store's thread."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection, self._path = connection, path

    def steps(self, before: int = NEWEST, count: int = 200) -> tuple[Step, ...]:
        """The changesets that lie before a seq, newest first."""
        from db.queries.history import some_steps

        with translated(self._path):
            return some_steps(self._connection, before, count)

    def changes(self, first: int, last: int, count: int = 200) -> tuple[RowChange, ...]:
        """The changes from one seq to another, in order, at most `count` of them."""
        from db.queries.history import row_changes

        with translated(self._path):
            return row_changes(self._connection, first, last, count)

    def story(self, ref: Ref) -> Story:
        """All that happened to an event or stage, also to one that is gone."""
        from db.queries.history import story

        with translated(self._path):
            return story(self._connection, ref)

    def known(self, refs: Iterable[Ref]) -> dict[Ref, LastKnown]:
        """Rows as they are, or as they were last."""
        from db.queries.history import known

        with translated(self._path):
            return known(self._connection, refs)
