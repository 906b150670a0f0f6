"""The form in which a quote is taken from a source or edited, above the source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viewer.widgets.forms.form_panel import FormPanel
from viewer.widgets.parts.fields import reveal
from viewer.widgets.parts.look import Look
from viewer.widgets.quotes.fields import QuoteFields

if TYPE_CHECKING:
    from db.records import Bilingual
    from viewer.document import Document
    from viewer.widgets.quotes.targets import TargetFinder
    from viewer.widgets.state import ViewState


class QuoteForm(FormPanel):
    """The form of a quote; `author` is who makes what is written in it."""

    def __init__(
        self,
        document: Document,
        state: ViewState,
        finder: TargetFinder,
        author: Bilingual,
        *,
        is_new: bool,
    ) -> None:
        fields = QuoteFields(document, finder, author)
        heading = "quoting.new" if is_new else "quoting.edit"
        super().__init__(fields, state, heading, "quoting.save-told")
        self.fields = fields
        fields.dress(Look.of(state))

    def begin(self) -> None:
        """Puts the cursor where something is to be decided: what the quote belongs to, else how
        far it goes."""
        field = self.fields.undecided() or self.fields.extent
        field.focus()
        reveal(field)

    def _on_state(self, kind: str) -> None:
        super()._on_state(kind)
        if kind in ("theme", "type", "language"):
            self.fields.dress(Look.of(self._state))
