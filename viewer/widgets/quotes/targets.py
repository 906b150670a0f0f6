"""What a quote can be evidence for, found by its titles: events and stages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.errors import AllianceError
from viewer.layout.signs import flaw_signs
from viewer.widgets.quotes.target_field import FoundTarget

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from db.records import Bilingual, Ref
    from viewer.document import Document

_MOST, _STAGES = 6, 2  # on offer: with the new event below them all are seen at once


class TargetFinder:
    """Finds events and stages in a file; without a text those that are `near` are on offer."""

    def __init__(self, document: Document, near: Iterable[Ref] = ()) -> None:
        self._document, self._near = document, tuple(near)

    def find(self, text: str) -> list[FoundTarget]:
        """Those whose titles have every word of a text: events, then stages."""
        if not text.strip():
            near = [found for found in map(self.named, self._near) if found is not None]
            return near[:_MOST]
        stages = list(self._stages(text))[:_STAGES]
        events = [
            self._found(("event", each.id), each.title, each.edtf)
            for each in self._document.find_titles(text)
        ]
        return events[: _MOST - len(stages)] + stages

    def _stages(self, text: str) -> Iterator[FoundTarget]:
        words = text.casefold().split()
        for stage in self._document.timeline.stages:
            titles = f"{stage.title.en or ''}\n{stage.title.ko or ''}".casefold()
            if all(word in titles for word in words):
                yield self._found(("stage", stage.id), stage.title, None)

    def named(self, ref: Ref) -> FoundTarget | None:
        """What is called so; None where it is gone."""
        table, ident = ref
        try:
            if table == "stage":
                return self._found(ref, self._document.stage(ident).stage.title, None)
            if table == "event":
                detail = self._document.event(ident)
                edtf = detail.dates[0].edtf if detail.dates else None
                return self._found(ref, detail.event.title, edtf)
        except AllianceError:
            return None
        return None

    def _found(self, ref: Ref, title: Bilingual, edtf: str | None) -> FoundTarget:
        return FoundTarget(ref, title, edtf, flaw_signs(self._document.timeline, ref))
