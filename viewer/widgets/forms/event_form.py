"""The form in which an event is added or edited, beside the timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viewer.widgets.forms.event_fields import FOLDS, EventFields
from viewer.widgets.forms.form_panel import FormPanel

if TYPE_CHECKING:
    from viewer.document import Document
    from viewer.widgets.state import ViewState


class EventForm(FormPanel):
    """The form of an event."""

    def __init__(self, document: Document, state: ViewState, *, is_new: bool) -> None:
        fields = EventFields(document)
        super().__init__(fields, state, "form.new" if is_new else "form.edit", "form.save-told")
        self.fields = fields

    # Folding

    def open_folds(self) -> str:
        """The parts that are open, for the settings."""
        return ",".join(name for name in FOLDS if self.fields.folds[name].is_open)

    def set_open_folds(self, names: str) -> None:
        for name in FOLDS:
            self.fields.folds[name].open(name in names.split(","))

    def begin(self) -> None:
        """Puts the cursor into the first field."""
        self.fields.title.focus()
