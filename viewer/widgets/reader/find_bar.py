"""Finding words in the text of a source: what is sought, how often it is there, from one to the
next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QSizePolicy

from viewer.widgets.parts.fields import plain_label, set_property
from viewer.widgets.reader.parts import SignButton

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from db.finding import Searchable
    from viewer.widgets.parts.look import Look
    from viewer.widgets.reader.source_text import SourceText

_LONGEST = 80  # characters of a selection that is taken over as what is sought


class FindBar(QFrame):
    """Hidden until it is opened. Enter and F3 go on, with Shift back; Escape closes it, and what
    was found last is selected in the text then. `closed` tells that it is gone."""

    closed = Signal()

    def __init__(self, text: SourceText, look: Look) -> None:
        super().__init__()
        self._text, self._look = text, look
        self._searchable: Searchable | None = None
        self._finds: list[tuple[int, int]] = []
        self._current: int | None = None
        self._from = 0  # where the search began
        self.line = QLineEdit()
        self.count: QLabel = plain_label()
        self.previous = SignButton("‹", "", look)
        self.next = SignButton("›", "", look)
        self.close_button = SignButton("✕", "", look)
        across = QHBoxLayout(self)
        across.setContentsMargins(14, 5, 8, 5)
        across.setSpacing(4)
        across.addWidget(self.line, 1)
        across.addWidget(self.count)
        for button in (self.previous, self.next, self.close_button):
            across.addWidget(button)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.line.textChanged.connect(self._seek)
        self.previous.clicked.connect(lambda: self.step(-1))
        self.next.clicked.connect(lambda: self.step(1))
        self.close_button.clicked.connect(self.put_away)
        self.hide()
        self.dress(look)

    def dress(self, look: Look) -> None:
        self._look = look
        self.line.setPlaceholderText(look.t("pages.find"))
        self.line.setAccessibleName(look.t("pages.find"))
        self.previous.dress(look.t("pages.find.previous"), look)
        self.next.dress(look.t("pages.find.next"), look)
        self.close_button.dress(look.t("pages.find.close"), look)
        self._tell()

    # Opening and closing

    def begin(self) -> None:
        """Opens the bar with what was sought last, or with what is selected."""
        if self.isHidden():
            chosen = self._text.chosen_text
            self._from = (self._text.chosen_stretch or (self._text.first_in_view(), 0))[0]
            self.show()
            if chosen and "\n" not in chosen and len(chosen) <= _LONGEST:
                self.line.setText(chosen)
            self._seek()
        self.line.selectAll()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def put_away(self) -> None:
        """Closes the bar; what was found last stays selected."""
        if self.isHidden():
            return
        self.hide()
        if self._current is not None:
            start, end = self._finds[self._current]
            self._text.setTextCursor(self._text.cursor_over(start, end))
        self._text.show_finds(())
        self.closed.emit()

    def forget(self) -> None:
        """The text is another one: what is sought is sought in it anew."""
        self._searchable, self._finds, self._current, self._from = None, [], None, 0
        if self.isVisible():
            self._seek()
        else:
            self._text.show_finds(())

    # Seeking

    def _seek(self) -> None:
        """Seeks from where the search began, and goes to the first from there."""
        from db.finding import Searchable

        if self.isHidden():
            return
        if self._searchable is None:
            self._searchable = Searchable(self._text.stored)
        self._finds = self._searchable.find(self.line.text())
        self._current = None
        if self._finds:
            later = (place for place, each in enumerate(self._finds) if each[0] >= self._from)
            self._current = next(later, 0)
        self._show()

    def step(self, way: int) -> None:
        """To the next (1) or the previous one, and around at the ends."""
        if self.isHidden():
            self.begin()
            return
        if self._current is not None:
            self._current = (self._current + way) % len(self._finds)
            self._from = self._finds[self._current][0]
            self._show()

    def _show(self) -> None:
        self._text.show_finds(self._finds, self._current)
        if self._current is not None:
            self._text.reveal(*self._finds[self._current])
        self._tell()

    def _tell(self) -> None:
        look, sought = self._look, bool(self.line.text().strip())
        told = ""
        if self._current is not None:
            told = look.t("pages.find.count", number=self._current + 1, count=len(self._finds))
        elif sought:
            told = look.t("pages.find.none")
        self.count.setText(told)
        self.line.setAccessibleDescription(told)
        set_property(self.line, "wrong", "true" if sought and self._current is None else "false")
        for button in (self.previous, self.next):
            button.setEnabled(len(self._finds) > 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.step(-1 if back else 1)
        else:
            super().keyPressEvent(event)
