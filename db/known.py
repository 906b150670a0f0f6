"""What a file knows already, for whoever compares a table of events with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from db.records import Kind, Lane, Tag


class KnownEvent(NamedTuple):
    """The plain facts of one event, by the names of their columns.

    `date_id`, `edtf`, `first` and `last` are those of the primary date (`edtf` and `date_id` are
    None where there is none). `lanes` in the event's order and `tags` are pairs: the id of the
    row that joins them, and the id of the lane or tag.
    """

    id: int
    kind_id: int
    importance: int
    status: str
    confidence: str
    title_en: str | None
    title_ko: str | None
    label_en: str | None
    label_ko: str | None
    summary_en: str | None
    summary_ko: str | None
    place_en: str | None
    place_ko: str | None
    date_id: int | None
    edtf: str | None
    first: int | None
    last: int | None
    lanes: tuple[tuple[int, int], ...]
    tags: tuple[tuple[int, int], ...]


class Known(NamedTuple):
    lanes: tuple[Lane, ...]
    kinds: tuple[Kind, ...]
    tags: tuple[Tag, ...]
    events: tuple[KnownEvent, ...]
