"""The form in which an event is added or edited, beside the timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from viewer.widgets.forms.event_fields import FOLDS, EventFields
from viewer.widgets.forms.form_panel import FormPanel
from viewer.widgets.parts.fields import reveal

if TYPE_CHECKING:
    from db.records import Language
    from viewer.document import Document
    from viewer.widgets.state import ViewState


class EventForm(FormPanel):
    """The form of an event."""

    def __init__(self, document: Document, state: ViewState, *, is_new: bool) -> None:
        fields = EventFields(document)
        super().__init__(fields, state, "form.new" if is_new else "form.edit", "form.save-told")
        self.fields = fields

    def go_to(self, part: str) -> None:
        """Puts the cursor where something is missing: `title-en`, `title-ko`, `date`, or
        `citations`, where it stands at what adds one."""
        fields = self.fields
        if part == "citations":
            fields.folds["citations"].open(True)
            fields.citations.add.setFocus(Qt.FocusReason.OtherFocusReason)
            reveal(fields.citations)
        elif part == "date":
            fields.date.focus()
            reveal(fields.date)
        else:
            language: Language = "ko" if part == "title-ko" else "en"
            fields.title.edits[language].setFocus(Qt.FocusReason.OtherFocusReason)
            reveal(fields.title)

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
