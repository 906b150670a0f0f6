"""The event that is made together with a quote: the few fields that every event needs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from db.errors import AllianceError
from viewer.edits.drafts import DateDraft, EventDraft
from viewer.widgets.forms.event_fields import status_entries
from viewer.widgets.parts.choices import ChoiceField, kind_entries
from viewer.widgets.parts.chosen import ChosenField
from viewer.widgets.parts.date_field import DateField
from viewer.widgets.parts.fields import BothField, plain_label, reveal
from viewer.words import t

if TYPE_CHECKING:
    from db.records import Language
    from viewer.document import Document
    from viewer.widgets.parts.fields import Field


class NewEventBox(QFrame):
    """Title, date, lanes, kind and status of the new event; what else it has its own form asks.

    `changed` tells of every change by hand, `rearranged` that other widgets stand in it.
    """

    changed = Signal()
    rearranged = Signal()

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.setObjectName("part")
        self._document = document
        self._draft: EventDraft | None = None
        self.heading = plain_label("section")
        self.title = BothField("form.title")
        self.date = DateField("form.date", "form.date.none")
        self.lanes = ChosenField("form.lanes", ordered=True)
        self.kind = ChoiceField(
            "form.kind", lambda language: kind_entries(document.timeline, language)
        )
        self.status = ChoiceField("form.status", status_entries)
        self.fields: list[Field] = [self.title, self.date, self.lanes, self.kind, self.status]
        rows = QVBoxLayout(self)
        rows.setContentsMargins(9, 7, 9, 9)
        rows.setSpacing(7)
        for widget in (self.heading, self.title, self.date, self.lanes):
            rows.addWidget(widget)
        across = QHBoxLayout()
        across.setSpacing(8)
        for choice in (self.kind, self.status):
            across.addWidget(choice, 1, Qt.AlignmentFlag.AlignTop)
        rows.addLayout(across)
        for field in self.fields:
            field.changed.connect(self.changed)
            field.rearranged.connect(self.rearranged)

    def fill(self, draft: EventDraft, pending: str = "") -> None:
        """`pending` is what stands in the line of the lanes."""
        self._draft = draft
        self.refresh_choices()
        self.title.fill(draft.title)
        self.date.fill(draft.dates[0].edtf if draft.dates else "")
        self.lanes.fill(draft.lane_ids, pending)
        self.kind.fill(draft.kind_id)
        self.status.fill(draft.status)

    def focus(self) -> None:
        """Puts the cursor into the first title that is missing."""
        free = [each for each in self.title.edits.values() if not each.text().strip()]
        first = [each for each in self.title.inputs if each in free]
        (first or self.date.inputs)[0].setFocus(Qt.FocusReason.OtherFocusReason)
        reveal(self)

    def refresh_choices(self) -> None:
        """Lanes and kinds as the file has them now."""
        lanes = self._document.timeline.lanes
        self.lanes.set_choices({lane.id: lane.name for lane in lanes})
        self.kind.refill()

    def settle(self) -> None:
        self.lanes.settle()

    def typed(self) -> EventDraft:
        """What the box holds, the date as it was typed."""
        return self._with(self.date.text)

    def draft(self) -> EventDraft:
        """The event as it is to be stored; only where `wrong` finds nothing."""
        return self._with(self.date.edtf())

    def _with(self, edtf: str) -> EventDraft:
        assert self._draft is not None
        kind = self.kind.value
        dates = (DateDraft(edtf, self._role(), primary=True),) if edtf else ()
        return replace(
            self._draft,
            title=self.title.both,
            dates=dates,
            lane_ids=self.lanes.ids,
            kind_id=kind if isinstance(kind, int) else 0,
            status=str(self.status.value),
        )

    def _role(self) -> str:
        assert self._draft is not None
        return self._draft.dates[0].role if self._draft.dates else "occurred"

    def wrong(self) -> list[tuple[Field, AllianceError]]:
        found: list[tuple[Field, AllianceError]] = []
        if not self.title.both:
            found.append((self.title, AllianceError("event.title")))
        if self.date.error is not None:
            found.append((self.date, self.date.error))
        if self.lanes.error is not None:
            found.append((self.lanes, self.lanes.error))
        elif not self.lanes.ids:
            found.append((self.lanes, AllianceError("event.lane")))
        return found

    def retext(self, language: Language) -> None:
        self.heading.setText(t("quoting.new-event", language))
        self.setAccessibleName(self.heading.text())
        for field in self.fields:
            field.retext(language)
