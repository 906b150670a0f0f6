"""A table of events against what a file has: what each row would do, and the changes to write.

All or nothing: with one row refused there is nothing to write.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from db import dates
from db.bulk import many_records
from db.changes import Change, Delete, Insert, Update
from db.errors import AllianceError
from db.records import Bilingual
from viewer.edits import typed_dates
from viewer.edits.edit import Edit
from viewer.edits.facts import (
    LINES,
    PARAGRAPHS,
    SEPARATOR,
    TITLES,
    Facts,
    Vocabulary,
    lane_row,
    new_event,
    new_ids,
    one_line,
    read_edtf,
    read_facts,
    tag_row,
)
from viewer.edits.matching import Entry, Matcher, entry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from db.changes import Value
    from db.known import Known, KnownEvent
    from viewer.edits.facts import ReadDate

    Progress = Callable[[int, int], object]
    Row = tuple[int, Mapping[str, str]]
    """The line that a row begins on, and its cells by column."""

Verdict = Literal["added", "changed", "same", "refused"]
VERDICTS = ("added", "changed", "same", "refused")

OF_EVIDENCE = {*TITLES, *PARAGRAPHS, "place_en", "place_ko", "date", "status"}
"""Fields that say what happened: who changes one answers for the event from then on, and its
confidence is "edited". Lanes, kinds, tags, labels and importance are how it is sorted."""

LARGE = 1000
"""Rows; before more of them are written a backup is made."""
_STEP = 1000  # rows between two words about the progress


class FieldChange(NamedTuple):
    """A column of the table, and what the file and the row have in it, both as a cell has it."""

    field: str
    old: str
    new: str


class PlannedRow(NamedTuple):
    """What becomes of a row. `date` is EDTF, or what is written where that is none; `lanes` are
    keys, `cells` all that stands in the row. `event_id` is that of the event it means or makes."""

    line: int
    verdict: Verdict
    title: Bilingual
    date: str
    lanes: tuple[str, ...]
    cells: Mapping[str, str]
    fields: tuple[FieldChange, ...] = ()
    error: AllianceError | None = None
    event_id: int | None = None


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """`changes` are empty where a row is refused or all are the same. `new_tags` are the names of
    tags that the file lacks so far. `refused` tells whether any row is: kept, because it is asked
    about each of a hundred thousand rows."""

    rows: tuple[PlannedRow, ...]
    changes: tuple[Change, ...]
    new_tags: tuple[str, ...]
    refused: bool

    def counts(self) -> dict[str, int]:
        counted = Counter[str](row.verdict for row in self.rows)
        return {verdict: counted[verdict] for verdict in VERDICTS}

    @property
    def written(self) -> int:
        """How many rows would add or change an event; 0 where one is refused."""
        counts = self.counts()
        return 0 if counts["refused"] else counts["added"] + counts["changed"]


def plan(
    rows: Sequence[Row],
    known: Known,
    read_date: ReadDate | None = None,
    progress: Progress | None = None,
) -> ImportPlan:
    """What an import of the rows would do; `read_date` reads their dates, by default as people
    write them (`viewer.edits.typed_dates`).

    `progress` is told how many of them are compared; what it raises ends the planning.
    """
    planned = []
    with many_records():
        planner = _Planner(rows, known, read_date or _read_date)
        for count, (line, cells) in enumerate(rows, start=1):
            planned.append(planner.row(line, cells))
            if progress and (count % _STEP == 0 or count == len(rows)):
                progress(count, len(rows))
        refused = any(row.verdict == "refused" for row in planned)
        changes = () if refused else planner.changes()
    return ImportPlan(
        rows=tuple(planned),
        changes=changes,
        new_tags=tuple(
            str(tag.values.get("name_ko") or tag.values["name_en"])
            for tag in planner.vocabulary.new_tags
        ),
        refused=refused,
    )


def _read_date(text: str) -> str:
    # Nearly all dates of a table are EDTF, which is read in a fraction of the time.
    try:
        return read_edtf(text)
    except AllianceError:
        return typed_dates.read(text)


def edit(planned: ImportPlan, name: str) -> Edit:
    """The plan as one step of undo; `name` is that of the table."""
    return Edit("import", name, planned.changes)


class _Planner:
    """Takes one row after another, and remembers what those before it said."""

    def __init__(self, rows: Iterable[Row], known: Known, read_date: ReadDate) -> None:
        self._ids = new_ids()
        self.vocabulary = Vocabulary(known)
        self._read_date = cache(read_date)
        titles = {one_line(cells[key]) for _, cells in rows for key in TITLES if key in cells}
        self._matcher = Matcher(known.events, titles)
        self._meant: dict[int, int] = {}  # event -> the line that means it
        # Table by table, as they are written fast; references are judged at the end.
        self._inserts: dict[str, list[Insert]] = {}
        self._changes: list[Change] = []

    def changes(self) -> tuple[Change, ...]:
        inserts = (row for rows in self._inserts.values() for row in rows)
        return (*self.vocabulary.new_tags, *inserts, *self._changes)

    def row(self, line: int, cells: Mapping[str, str]) -> PlannedRow:
        try:
            facts = read_facts(cells, self.vocabulary, self._read_date)
            asked = _asked(facts, line)
            event = self._event(asked)
            if event is not None:
                verdict, fields, event_id = self._known(event, asked, facts)
            else:
                verdict, fields, event_id = "added", (), self._new(asked, facts)
            date, lanes = facts.edtf or "", self.vocabulary.keys_of("lane", facts.lane_ids)
            return PlannedRow(
                line, verdict, facts.title, date, lanes, cells, fields, event_id=event_id
            )
        except AllianceError as error:
            title = Bilingual(cells.get("title_en"), cells.get("title_ko"))
            lanes = tuple(part.strip() for part in cells.get("lane", "").split(SEPARATOR))
            date = cells.get("date", "")
            return PlannedRow(line, "refused", title, date, lanes, cells, error=error)

    def _event(self, asked: Entry) -> KnownEvent | None:
        """The event that a row means, None for a new one."""
        found = self._matcher.find(asked)
        first = next((each.line for each in found if each.line is not None), None)
        if first is not None:
            raise AllianceError("import.twice", first=first)
        events = {each.event.id: each.event for each in found if each.event}
        if len(events) > 1:
            one, other, *_ = (_named(event) for event in events.values())
            raise AllianceError("import.ambiguous", one=one, other=other)
        event = next(iter(events.values()), None)
        if event is not None and event.id in self._meant:
            raise AllianceError("import.twice", first=self._meant[event.id])
        return event

    def _new(self, asked: Entry, facts: Facts) -> int:
        """Makes an event; gives its id."""
        made = new_event(facts, self.vocabulary, self._ids)
        for row in made:
            self._inserts.setdefault(row.table, []).append(row)
        self._matcher.add(asked)
        return made[0].id

    def _known(
        self, event: KnownEvent, asked: Entry, facts: Facts
    ) -> tuple[Verdict, tuple[FieldChange, ...], int]:
        """Makes an event say what the row says, where it does not."""
        assert asked.line is not None
        self._meant[event.id] = asked.line
        had = self._cells_of(event)
        fields = tuple(
            FieldChange(field, had[field], new)
            for field, new in self._cells_of_facts(facts).items()
            if not _same(field, had[field], new)
        )
        if not fields:
            return "same", (), event.id
        self._matcher.add(asked)
        self._write(event, facts, {change.field for change in fields})
        return "changed", fields, event.id

    def _cells_of_facts(self, facts: Facts) -> dict[str, str]:
        """What a row says, as a table says it; empty cells say nothing."""
        cells = {
            "date": facts.edtf or "",
            "lane": self._keys("lane", facts.lane_ids),
            **facts.texts,
            "kind": self.vocabulary.keys["kind"].get(facts.kind_id or 0, ""),
            "importance": str(facts.importance or ""),
            "status": facts.status or "",
            "tags": self._keys("tag", facts.tag_ids),
        }
        return {column: cell for column, cell in cells.items() if cell}

    def _cells_of(self, event: KnownEvent) -> dict[str, str]:
        """What an event of the file would be as a row of a table."""
        return {
            "date": event.edtf or "",
            "lane": self._keys("lane", (lane_id for _, lane_id in event.lanes)),
            **{column: getattr(event, column) or "" for column in (*LINES, *PARAGRAPHS)},
            "kind": self.vocabulary.keys["kind"].get(event.kind_id, ""),
            "importance": str(event.importance),
            "status": event.status,
            "tags": self._keys("tag", (tag_id for _, tag_id in event.tags)),
        }

    def _keys(self, what: str, ids: Iterable[int]) -> str:
        return SEPARATOR.join(self.vocabulary.keys_of(what, ids))

    def _write(self, event: KnownEvent, facts: Facts, fields: set[str]) -> None:
        """The changes to an event that make it say what the row says."""
        values: dict[str, Value] = {
            column: text for column, text in facts.texts.items() if column in fields
        }
        if "kind" in fields:
            values["kind_id"] = facts.kind_id
        if "importance" in fields:
            values["importance"] = facts.importance
        if "status" in fields:
            values["status"] = facts.status
        if fields & OF_EVIDENCE and event.confidence != "edited":
            values["confidence"] = "edited"
        if values:
            self._changes.append(Update("event", event.id, values))
        if "date" in fields and event.date_id is not None:
            self._changes.append(Update("event_date", event.date_id, {"edtf": facts.edtf}))
        if "lane" in fields:
            self._changes += self._put_into_lanes(event, facts.lane_ids)
        if "tags" in fields:
            self._changes += self._tag(event, facts.tag_ids)

    def _put_into_lanes(self, event: KnownEvent, lane_ids: Sequence[int]) -> Iterator[Change]:
        had = {lane_id: row_id for row_id, lane_id in event.lanes}
        for lane_id, row_id in had.items():
            if lane_id not in lane_ids:
                yield Delete("event_lane", row_id)
        for position, lane_id in enumerate(lane_ids, start=1):
            if lane_id in had:
                yield Update("event_lane", had[lane_id], {"position": position})
            else:
                yield lane_row(event.id, lane_id, position, self._ids)

    def _tag(self, event: KnownEvent, tag_ids: Sequence[int]) -> Iterator[Change]:
        had = {tag_id: row_id for row_id, tag_id in event.tags}
        for tag_id, row_id in had.items():
            if tag_id not in tag_ids:
                yield Delete("event_tag", row_id)
        for tag_id in tag_ids:
            if tag_id not in had:
                yield tag_row(event.id, tag_id, self._ids)


def _asked(facts: Facts, line: int) -> Entry:
    titles = {column: facts.texts[column] for column in TITLES if column in facts.texts}
    assert facts.edtf is not None
    date = dates.parse(facts.edtf)
    return entry(titles, facts.edtf, date.first, date.last, line=line)


def _named(event: KnownEvent) -> str:
    return f"{event.title_ko or event.title_en} ({event.edtf})"


def _same(field: str, old: str, new: str) -> bool:
    """Whether a cell says what stands there already; the order of tags says nothing, and blanks
    do not make another text."""
    if field == "tags":
        return set(old.split(SEPARATOR)) == set(new.split(SEPARATOR))
    if field in LINES:
        return one_line(old) == new
    return old.strip() == new
