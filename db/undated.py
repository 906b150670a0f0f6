"""What is known at every start of events that wait for their date; all else of one is a detail."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from db.records import Bilingual


class UndatedEvent(NamedTuple):
    """An event that waits for its date."""

    id: int
    title: Bilingual
