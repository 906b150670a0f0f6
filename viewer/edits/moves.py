"""Events moved in time, one or several at once, each by its own unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viewer.edits.edit import Edit, number
from viewer.edits.events import redated

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from db.changes import Change, Rows, Value


def main_dates(rows: Rows) -> dict[int, str]:
    """The main date of each event that has one, in EDTF; `rows` are those about them."""
    dates = rows["event_date"]
    return {event: str(dates[row]["edtf"]) for event, row in _main_rows(rows).items()}


def redated_by(rows: Rows, redate: Callable[[str], str]) -> Edit:
    """The main dates of events become what `redate` makes of them; `rows` are those about them.

    An event without a date stays without, and what `redate` leaves as it was is no change.
    Raises what `redate` does.
    """
    changes: list[Change] = []
    found: list[Edit] = []
    for event_id, main in _main_rows(rows).items():
        row = rows["event_date"][main]
        edit = redated(_of_one(rows, event_id, main, row), event_id, redate(str(row["edtf"])))
        if edit.changes:
            found.append(edit)
            changes += edit.changes
    if len(found) == 1:
        return found[0]
    return Edit("move-events", str(len(found)), tuple(changes))


def _main_rows(rows: Rows) -> dict[int, int]:
    """The row of each event's main date."""
    return {
        number(row, "event_id"): row_id
        for row_id, row in rows["event_date"].items()
        if row["is_primary"]
    }


def _of_one(rows: Rows, event_id: int, date_id: int, date: Mapping[str, Value]) -> Rows:
    """What `redated` needs to know of one of many events."""
    nothing: Rows = {table: {} for table in rows}
    event = {event_id: rows["event"][event_id]}
    return {**nothing, "event": event, "event_date": {date_id: date}}
