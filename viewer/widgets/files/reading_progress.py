"""How far the reading of a large file is, told where else the counts stand, and how to stop it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from viewer.words import t

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton, QWidget

    from viewer.document import Document
    from viewer.widgets.files.files import Files
    from viewer.widgets.panels.status_line import StatusLine
    from viewer.widgets.state import ViewState


class ReadingProgress(QObject):
    """Follows the document. What is only read again cannot be stopped: the picture of before
    would no longer be that of the file."""

    def __init__(
        self,
        document: Document,
        state: ViewState,
        status: StatusLine,
        files: Files,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._document, self._state, self._status, self._files = document, state, status, files
        self.button: QPushButton | None = None
        document.reading.connect(self._show)
        state.changed.connect(self._on_state)

    def begin(self) -> None:
        """Tells of what is being read already."""
        if self._document.is_reading:
            self._show(0)

    def _show(self, percent: int | None) -> None:
        language = self._state.language
        if percent is None:
            self._status.show_reading("")
        elif self._document.is_outline:
            self._status.show_reading(t("bigfiles.reading", language, percent=percent))
        else:
            self._status.show_reading(t("bigfiles.reading-again", language, percent=percent))
        can_stop = percent is not None and self._document.is_outline
        if can_stop and self.button is None:
            self.button = self._made()
        if self.button is not None:
            self.button.setVisible(can_stop)

    def _made(self) -> QPushButton:
        from PySide6.QtWidgets import QPushButton

        made = QPushButton()
        # By the mouse it takes no focus, which would go astray with it.
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(self._files.give_up)
        # The line must not become higher by it, or the picture would move when it goes.
        made.setFixedHeight(self._status.shown.sizeHint().height())
        made.setStyleSheet("padding: 0 8px")
        self._status.insertWidget(1, made)
        self._name(made)
        return made

    def _name(self, button: QPushButton) -> None:
        words = t("bigfiles.stop", self._state.language)
        button.setText(t("button.cancel", self._state.language))
        button.setAccessibleName(words)
        button.setToolTip(words)

    def _on_state(self, kind: str) -> None:
        if kind == "language" and self.button is not None:
            self._name(self.button)
