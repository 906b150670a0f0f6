"""What could be made of the dates that were found in a text: proposals, of which nothing is done
before somebody takes one up."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from db import dates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from db.columns import Columns
    from db.details import SourceQuote
    from viewer.edits.dates_in_text import FoundDate

_SHORT = 31  # days of the longest period that a date within it may mean
_MOST = 8  # events that are offered for a date

Days = tuple["int | None", "int | None"]
"""First and last day of a date; None where that end is open or unknown."""


class Proposal(NamedTuple):
    """A date of a text. `used` are the events on that date for which a quote that holds it is
    evidence already, `candidates` others on that date, those that fit best first."""

    found: FoundDate
    used: tuple[int, ...]
    candidates: tuple[int, ...]


def proposals(
    found: Iterable[FoundDate],
    quotes: Sequence[SourceQuote],
    columns: Columns,
    days_of: Callable[[int], Iterable[Days]],
) -> tuple[Proposal, ...]:
    """`quotes` are those of the source, `days_of` gives the days of all dates of an event."""
    made = []
    for each in found:
        date = dates.parse(each.edtf)
        used = tuple(
            event_id
            for event_id in _evidenced(each, quotes)
            if any(_touch((date.first, date.last), days) for days in days_of(event_id))
        )
        on_it = (
            () if date.first is None or date.last is None else _on(date.first, date.last, columns)
        )
        candidates = [event_id for event_id in on_it if event_id not in used]
        made.append(Proposal(each, used, tuple(candidates[:_MOST])))
    return tuple(made)


def _evidenced(found: FoundDate, quotes: Sequence[SourceQuote]) -> list[int]:
    """The events that the quotes which hold a date are evidence for, each once."""
    events = [
        evidence.target[1]
        for each in quotes
        if each.anchor.start <= found.start and found.end <= each.anchor.end
        for evidence, _ in each.evidence
        if evidence.target[0] == "event"
    ]
    return list(dict.fromkeys(events))


def _touch(one: Days, other: Days) -> bool:
    """Whether two dates have a day in common; an open end reaches on."""
    return not (
        (one[1] is not None and other[0] is not None and one[1] < other[0])
        or (other[1] is not None and one[0] is not None and other[1] < one[0])
    )


def _on(first: int, last: int, columns: Columns) -> list[int]:
    """The events on a date: those of the very same days, then those within a short one, then
    short ones that it lies in; the more important first."""
    low, high = np.searchsorted(columns.first, (first - _SHORT, last + 1))
    fitting: list[tuple[int, int, int, int]] = []
    for row in range(int(low), int(high)):
        begins, ends = int(columns.first[row]), int(columns.last[row])
        if (begins, ends) == (first, last):
            rank = 0
        elif first <= begins and ends <= last and last - first < _SHORT:
            rank = 1
        elif begins <= first and last <= ends and ends - begins < _SHORT:
            rank = 2
        else:
            continue
        fitting.append((rank, -int(columns.importance[row]), begins, int(columns.id[row])))
    return [event_id for *_, event_id in sorted(fitting)]
