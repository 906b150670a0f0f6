"""A form that is open once at the most, and its way out: saved, left, discarded, file gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from viewer.words import t

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from db.errors import AllianceError
    from viewer.document import Changed, Document
    from viewer.widgets.forms.drafts import DraftStore
    from viewer.widgets.forms.session import FormSession
    from viewer.widgets.state import ViewState


class OneForm(QObject):
    """`opened` tells the form that is to be shown in place of the inspector, `closed` that it is
    gone, `news` a sentence about what was done."""

    opened = Signal(object)
    closed = Signal()
    news = Signal(str)

    def __init__(self, document: Document, state: ViewState, window: QWidget) -> None:
        super().__init__(window)
        self._document, self._state, self._window = document, state, window
        self._session: FormSession[Any] | None = None
        document.replaced.connect(self._on_replaced)
        document.changed.connect(self._on_changed)

    @property
    def key(self) -> str:
        """The name of the draft of the form that is open; empty where none is."""
        return self._session.key if self._session else ""

    @property
    def _store(self) -> DraftStore:
        from viewer.widgets.forms.drafts import DraftStore

        return DraftStore(self._document.file_id)

    def _may_write(self) -> bool:
        return self._document.path is not None and self._document.read_only_reason is None

    def _show(self, session: FormSession[Any]) -> None:
        """Opens the form of a session; the one before has been left."""
        self._session = session
        session.left.connect(self.leave)
        session.discarded.connect(self.discard)
        self.opened.emit(session.panel)
        session.panel.begin()

    def save(self) -> None:
        """Writes what the form has, as its own button does."""
        if self._session is not None:
            self._session.save()

    def leave(self) -> bool:
        """Closes the form; what was typed stays as a draft and is offered again. False where it
        cannot be kept: then the form stays, and says why."""
        if self._session is None:
            return True
        found = self._session.flush()
        if found == "failed":
            return False
        self._close()
        if found == "kept":
            self.news.emit(t("drafts.kept", self._state.language))
        return True

    def discard(self) -> None:
        """Closes the form and forgets what was typed."""
        if self._session is not None:
            self._session.forget()
            self._close()

    def flush(self) -> bool:
        """Puts what is typed on the disk: the window is about to go. False where that fails, which
        the form says."""
        return self._session is None or self._session.flush() != "failed"

    def _close(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            form = session.panel
            form.hide()
            form.setParent(None)
            self.closed.emit()
            # One of its own keys or buttons may be at work just now.
            form.deleteLater()

    def _tell(self, error: AllianceError) -> None:
        from viewer.widgets.parts.messages import tell_error

        tell_error(self._window, error, self._state.language)

    # Following the file

    def _on_replaced(self) -> None:
        """Another file: what was typed for the old one waits there."""
        if not self.leave():
            self.discard()

    def _on_changed(self, _changed: Changed, initiator: object) -> None:
        if self._session is not None and initiator is not self._session:
            self._session.follow()
