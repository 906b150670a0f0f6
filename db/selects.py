"""What is asked of an open file: each question is a SELECT of `db.queries`, put here into one state
of the file and with SQLite's errors turned into ours."""

from __future__ import annotations

import contextlib
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from db.faults import translated
from db.queries.state import data_version
from db.queries.timeline import is_large, outline, timeline

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Collection, Iterable, Iterator
    from pathlib import Path

    from db.changes import LoggedChange, LoggedChangeSet, Rows
    from db.check import Problem
    from db.details import (
        EventDetail,
        EventRow,
        FoundEvent,
        Holdings,
        StageDetail,
    )
    from db.history import History
    from db.known import Known
    from db.queries.patching import Patched
    from db.records import Bilingual
    from db.timeline import Timeline
    from db.undated import UndatedEvent
    from db.writing import Watch


Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")
Selecting = TypeVar("Selecting", bound="Selects")


def told(
    method: Callable[Concatenate[Selecting, Arguments], Result],
) -> Callable[Concatenate[Selecting, Arguments], Result]:
    """A method whose errors of SQLite become ours."""

    @wraps(method)
    def wrapped(self: Selecting, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        with translated(self.path):
            return method(self, *args, **kwargs)

    return wrapped


class Selects:
    """The questions about events, stages, lanes and the log of the file behind `_connection`."""

    path: Path
    _connection: sqlite3.Connection
    _distrusted: set[int]

    def _one_state(self) -> contextlib.AbstractContextManager[None]:
        """Several SELECTs of one state of the file, whatever others write meanwhile."""
        return one_state(self._connection)

    @told
    def rows_about(self, table: str, ids: Iterable[int]) -> Rows:
        """Rows as they are stored, with all that refers to them (`db.queries.stored`)."""
        from db.queries.stored import rows_about

        with self._one_state():
            return rows_about(self._connection, table, ids)

    @told
    def undated(self, dated: int | None = None) -> tuple[UndatedEvent, ...]:
        """The events that have no date, by title; sooner where it is known how many have one."""
        from db.queries.undated import undated

        return undated(self._connection, dated)

    @told
    def undated_after(
        self, before: Iterable[UndatedEvent], touched: Collection[int]
    ) -> tuple[UndatedEvent, ...]:
        """The same from those of `before`, where no others than the events `touched` changed."""
        from db.queries.undated import undated_after

        return undated_after(self._connection, before, touched)

    @told
    def find_titles(self, text: str, most: int = 8) -> tuple[FoundEvent, ...]:
        """The events whose titles have every word of a text."""
        from db.queries.events import find_titles

        return find_titles(self._connection, text, most)

    @told
    def places(self) -> tuple[Bilingual, ...]:
        """The places that events have, the most frequent first."""
        from db.queries.events import places

        return places(self._connection)

    @told
    def holdings(self) -> Holdings:
        """How many events each lane, kind and tag holds."""
        from db.queries.holdings import holdings

        with self._one_state():
            return holdings(self._connection)

    @told
    def alone_in_lane(self, lane_id: int) -> int:
        """The number of events that stand in a lane and in no other."""
        from db.queries.holdings import alone_in_lane

        return alone_in_lane(self._connection, lane_id)

    @told
    def file_id(self) -> str:
        """Who the file is, wherever it lies and whatever it is called."""
        from db.queries.info import file_id

        return file_id(self._connection)

    @told
    def data_version(self) -> int:
        """A number that changes when another connection has written to the file."""
        return data_version(self._connection)

    @told
    def timeline(self, watch: Watch | None = None) -> Timeline:
        """Everything that a picture is made from; `watch` is told how many events of how many are
        read, and what it raises ends the reading."""
        with self._one_state():
            return timeline(self._connection, self._distrusted, watch)

    @told
    def whole(self, watch: Watch | None = None) -> tuple[Timeline, int]:
        """The same, and the number of the last change that it knows of."""
        from db.queries.state import last_change

        with self._one_state():
            found = timeline(self._connection, self._distrusted, watch)
            return found, last_change(self._connection)

    @told
    def outline(self) -> Timeline:
        """The same with a few events alone (`db.queries.timeline.outline`)."""
        with self._one_state():
            return outline(self._connection)

    @told
    def is_large(self) -> bool:
        """Whether reading the timeline takes longer than a hand should wait."""
        return is_large(self._connection)

    @told
    def patched(self, before: Timeline, since: int) -> Patched | None:
        """The same, from what was read when the last change was `since` (`db.queries.patching`)."""
        from db.queries.patching import patched

        with self._one_state():
            return patched(self._connection, before, since, self._distrusted)

    @told
    def event(self, event_id: int) -> EventDetail:
        """All of one event; `row.missing` where there is none."""
        from db.queries.events import event_detail

        with self._one_state():
            return event_detail(self._connection, event_id)

    @told
    def stage(self, stage_id: int) -> StageDetail:
        """All of one stage; `row.missing` where there is none."""
        from db.queries.stages import stage_detail

        with self._one_state():
            return stage_detail(self._connection, stage_id)

    @told
    def event_lines(self, event_ids: Iterable[int]) -> dict[int, FoundEvent]:
        """Title and date of some events, by id; those that are gone are left out."""
        from db.queries.events import event_lines

        return event_lines(self._connection, event_ids)

    @told
    def events(self) -> tuple[EventRow, ...]:
        """A line for every event, those without a date last."""
        from db.queries.events import event_rows

        with self._one_state():
            return event_rows(self._connection)

    @told
    def known(self) -> Known:
        """What a table of events is compared with."""
        from db.queries.known import known

        with self._one_state():
            return known(self._connection)

    @told
    def find_event(self, slug: str) -> int | None:
        """The id of the event with a slug."""
        from db.queries.events import find_event

        return find_event(self._connection, slug)

    @told
    def info(self) -> dict[str, object]:
        """What the file holds, in numbers (`db.queries.info`)."""
        from db.queries.info import info

        with self._one_state():
            return info(self._connection)

    @told
    def changesets(self) -> tuple[LoggedChangeSet, ...]:
        """The log's changesets, oldest first."""
        from db.queries.log import changesets

        return changesets(self._connection)

    @told
    def changes(self, changeset_id: int) -> tuple[LoggedChange, ...]:
        """What a changeset of the log changed."""
        from db.queries.log import changes

        return changes(self._connection, changeset_id)

    @told
    def edition(self) -> tuple[str, str]:
        """Name and date (ISO) of the edition of the shipped data in this file."""
        from db.offering import edition

        return edition(self._connection)

    @property
    def history(self) -> History:
        """What the log tells."""
        from db.history import History

        return History(self._connection, self.path)

    @told
    def size_of(self, changeset_id: int) -> int:
        """How many changes a changeset of the log has."""
        from db.queries.log import size_of

        return size_of(self._connection, changeset_id)

    @told
    def last_change(self) -> int:
        """The number of the last change; another one means that the data are others."""
        from db.queries.state import last_change

        return last_change(self._connection)

    @told
    def is_marked(self) -> bool:
        """Whether anything in the file carries a handling mark."""
        from db.queries.state import is_marked

        return is_marked(self._connection)

    @told
    def check(self) -> list[Problem]:
        """Everything that `db.check` finds wrong; empty where all is well."""
        from db import check

        return check.check(self._connection)

    @told
    def quick_check(self) -> list[Problem]:
        """The database alone, without quotes and dates."""
        from db import check

        return check.quick_check(self._connection)


@contextlib.contextmanager
def one_state(connection: sqlite3.Connection) -> Iterator[None]:
    """All that is read meanwhile is of one state of the file."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        if connection.in_transaction:
            connection.execute("COMMIT")
