"""A line that offers what exists while one types.

The offers stand in a list below the line, within the form: a window of its own would take the
keyboard away from an input method in the middle of a syllable.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QSizePolicy

from viewer.widgets.parts.fields import Field, reveal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_MOST = 7  # lines of the list that are seen at once
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Offer(NamedTuple):
    """Something to take: what it is called, and what stands for it."""

    text: str
    data: object


class SuggestLine(QLineEdit):
    """`offers` gives what fits a text; an empty text asks for everything. `picked` tells the
    `Offer` that was taken, `entered` a text that was entered although it is none of them.

    `leads`: the first offer is ready to be taken by Enter or Tab as soon as something is typed.
    The list is `list`; it has to be put below the line.
    """

    picked = Signal(object)
    entered = Signal(str)

    def __init__(self, offers: Callable[[str], Sequence[Offer]], *, leads: bool = True) -> None:
        super().__init__()
        self._offers, self._leads = offers, leads
        self._found: Sequence[Offer] = ()
        self._composing = ""
        self.list = QListWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.list.setProperty("offers", "true")
        self.list.hide()
        self.list.itemClicked.connect(lambda item: self._take(self.list.row(item)))
        self.textEdited.connect(lambda _: self._offer())

    @property
    def is_offering(self) -> bool:
        return not self.list.isHidden()

    def _offer(self, *, everything: bool = False) -> None:
        """Shows what fits; the syllable that is being composed counts as typed."""
        place = self.cursorPosition()
        text = self.text()[:place] + self._composing + self.text()[place:]
        asked = "" if everything else text.strip()
        self._found = self._offers(asked) if asked or everything else ()
        self.list.clear()
        self.list.addItems([each.text for each in self._found])
        for row, each in enumerate(self._found):
            self.list.item(row).setToolTip(each.text)
        self.list.setVisible(bool(self._found))
        if self._found:
            shown = min(len(self._found), _MOST)
            self.list.setFixedHeight(shown * self.list.sizeHintForRow(0) + 6)
            self._highlight(0 if everything or self._leads else -1)
            reveal(self.list)
            reveal(self)  # what is typed is seen in any case

    def fold(self) -> None:
        """Takes the list away."""
        self.list.hide()
        self._found = ()

    def _highlight(self, row: int) -> None:
        self.list.setCurrentRow(row)
        text = self._found[row].text if row >= 0 else ""
        self.setAccessibleDescription(text)

    def _take(self, row: int) -> None:
        offer = self._found[row]
        self.fold()
        self.picked.emit(offer)

    def take_highlighted(self) -> bool:
        row = self.list.currentRow()
        if self.is_offering and row >= 0:
            self._take(row)
            return True
        return False

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, row = event.key(), self.list.currentRow()
        if key == Qt.Key.Key_Down and not self.is_offering:
            self._offer(everything=not self.text().strip())
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.is_offering:
            step = 1 if key == Qt.Key.Key_Down else -1
            self._highlight(min(max(row + step, 0), len(self._found) - 1))
        elif key == Qt.Key.Key_Escape and self.is_offering:
            self.fold()
        elif key in _ENTER and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            if not self.take_highlighted() and self.text().strip():
                self.entered.emit(" ".join(self.text().split()))
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        if event.preeditString() != self._composing:
            self._composing = event.preeditString()
            self._offer()

    def event(self, event: QEvent) -> bool:
        """Tab takes what is ready to be taken, and goes on."""
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and event.key() == Qt.Key.Key_Tab:  # type: ignore[attr-defined]
            self.take_highlighted()
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.fold()


class SuggestField(Field):
    """A field whose line offers what exists; `_offers`, `_on_picked` and `_on_edited` say what."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.line = SuggestLine(self._offers)
        self.inputs = [self.line]
        self.name.setBuddy(self.line)
        self.rows.addWidget(self.line)
        self.rows.addWidget(self.line.list)
        self.close_with_told()
        self.line.picked.connect(self._on_picked)
        self.line.textEdited.connect(self._on_edited)

    @abstractmethod
    def _offers(self, text: str) -> Sequence[Offer]:
        """What fits a text; an empty one asks for everything."""

    @abstractmethod
    def _on_picked(self, offer: Offer) -> None:
        """One of these was taken."""

    @abstractmethod
    def _on_edited(self) -> None:
        """Something else was typed."""
