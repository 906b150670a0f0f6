"""Every SELECT, each a named function of a connection that gives records or arrays."""

from db.queries.columns import columns
from db.queries.events import event_detail, event_rows, find_event
from db.queries.info import info
from db.queries.log import changes, changesets, last_change
from db.queries.sources import source_detail
from db.queries.stages import stage_detail
from db.queries.timeline import timeline

__all__ = [
    "changes",
    "changesets",
    "columns",
    "event_detail",
    "event_rows",
    "find_event",
    "info",
    "last_change",
    "source_detail",
    "stage_detail",
    "timeline",
]
