"""Quotes taken from what they support, or deleted: with a question where that takes more away than
one sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viewer.words import n, t

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from viewer.document import Document
    from viewer.widgets.forms.editing import Editing
    from viewer.widgets.state import ViewState


class TakingAway:
    """`leave` is told the id of a quote before it is deleted."""

    def __init__(
        self,
        document: Document,
        state: ViewState,
        editing: Editing,
        leave: Callable[[int], object],
        window: QWidget,
    ) -> None:
        self._document, self._state, self._editing = document, state, editing
        self._leave, self._window = leave, window

    def unlink(self, quote_id: int, evidence_id: int) -> None:
        """The quote is no longer evidence for something; without anything else that it is evidence
        for it is deleted, which is asked first."""
        from viewer.edits import quoting

        rows = self._document.rows_about("quote", [quote_id])
        if set(rows["evidence"]) <= {evidence_id}:
            self._ask_and_delete(quote_id, t("quoting.unlink-last", self._state.language))
        else:
            self._editing.apply(quoting.unlinked(rows, evidence_id))

    def delete(self, quote_id: int) -> None:
        """Deletes a quote; one that is evidence for several things after a question."""
        rows = self._document.rows_about("quote", [quote_id])
        count = len(rows["evidence"])
        if count > 1:
            self._ask_and_delete(quote_id, n("quoting.delete-all", count, self._state.language))
        else:
            self._delete(quote_id)

    def _ask_and_delete(self, quote_id: int, sentence: str) -> None:
        from viewer.widgets.parts.messages import ask

        language = self._state.language
        yes = t("quoting.delete", language)
        ask(self._window, sentence, yes, language, lambda: self._delete(quote_id))

    def _delete(self, quote_id: int) -> None:
        from viewer.edits import quoting

        self._leave(quote_id)
        self._editing.apply(quoting.deleted(self._document.rows_about("quote", [quote_id])))
