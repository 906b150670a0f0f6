"""Editing in the window: edits and undo with their faults told, and changes made elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

from db.errors import AllianceError
from viewer.words import t
from viewer.words.changes import change_words

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from viewer.document import Changed, Document
    from viewer.edits.edit import Edit
    from viewer.widgets.commands import Commands
    from viewer.widgets.state import ViewState

LONG_FROM = 5000  # more changes than these are taken back beside the window
_LOOKS = 1000  # ms between two looks for changes made elsewhere
Way = Literal["undo", "redo"]
_KEYS: tuple[Way, ...] = ("undo", "redo")


class Editing(QObject):
    """The way of every edit of the window to the document.

    `news` is a sentence about what was just done.
    """

    news = Signal(str)

    def __init__(self, document: Document, state: ViewState, window: QWidget) -> None:
        super().__init__(window)
        self._document, self._state, self._window = document, state, window
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOKS)
        self._timer.timeout.connect(self.look_elsewhere)
        self._timer.start()
        window.installEventFilter(self)
        document.changed.connect(self._on_changed)

    def apply(self, edit: Edit, initiator: object = None) -> bool:
        """Writes an edit; a fault is told in a sentence, and False returned."""
        try:
            self._document.apply(edit, initiator)
        except AllianceError as error:
            self._tell(error)
            return False
        return True

    def revert(self, way: Way) -> None:
        """Undoes the last change, or does again the one undone last."""
        try:
            found = self._document.revertible(way)
            if found is not None and self._document.size_of(found) > LONG_FROM:
                self._revert_long(way)
            else:
                self._document.revert(way)
        except AllianceError as error:
            self._tell(error)

    def _revert_long(self, way: Way) -> None:
        """The same beside the window: a freezing window looks broken."""
        from viewer.widgets.forms.long_edit import LongEdit

        words = t(f"gesture.{way}", self._state.language)
        LongEdit(self._document, self._state, self._window, words).revert(way)

    def refresh(self, commands: Commands) -> None:
        """Says in the menu what would be undone and done again."""
        language = self._state.language
        for way in _KEYS:
            found = self._document.revertible(way)
            action = commands.actions[way]
            action.setEnabled(found is not None)
            text = t(f"command.{way}", language)
            if found is not None:
                author = found.author if found.author != self._document.author else ""
                words = change_words(found.label, language)
                if author:
                    words = t("edit.by", language, words=words, author=author)
                text = t(f"edit.{way}", language, words=words.replace("&", "&&"))
            action.setText(text)

    def look_elsewhere(self) -> None:
        """Shows what another window or program has written meanwhile."""
        try:
            self._document.follow()
        except AllianceError:
            # The file is being written, or was taken away: whoever next needs it is told.
            return

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whoever comes back to the window finds it as the file is now."""
        if event.type() == QEvent.Type.WindowActivate:
            self.look_elsewhere()
        return super().eventFilter(watched, event)

    def _on_changed(self, changed: Changed, _initiator: object) -> None:
        language = self._state.language
        if changed.way == "elsewhere":
            self.news.emit(t("edit.elsewhere", language))
        elif changed.label:
            words = change_words(changed.label, language)
            self.news.emit(t(f"edit.done.{changed.way}", language, words=words))

    def _tell(self, error: AllianceError) -> None:
        from viewer.widgets.parts.messages import tell_error

        tell_error(self._window, error, self._state.language)
