"""Several of what exists, in order: lanes, tags. Each is a chip, a line adds another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from db.errors import AllianceError
from viewer.widgets.parts.boxes import put_away
from viewer.widgets.parts.fields import Field
from viewer.widgets.parts.flow import Flow
from viewer.widgets.parts.suggesting import Offer, SuggestLine
from viewer.words import t

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from db.records import Bilingual, Language

_REMOVING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_MOVING = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
Item = int | str
"""A row's id, or the name of one that is to be made."""


class _ItemChip(QPushButton):
    """Something chosen; pressing it, Delete and Backspace take it away, Alt+← and → move it.
    `typed` tells a letter that was meant for the line behind it."""

    moved = Signal(int)
    typed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("chip", "true")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
            if (alt and event.key() in _MOVING) or event.key() in _REMOVING:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _REMOVING or event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                event.ignore()  # the form's own keys
            else:
                self.click()
        elif event.modifiers() == Qt.KeyboardModifier.AltModifier and event.key() in _MOVING:
            self.moved.emit(_MOVING[Qt.Key(event.key())])
        elif event.text().isprintable() and event.text().strip():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)


class ChosenField(Field):
    """`ids` in order, and `made`, the names that are to be made where `makes` allows that."""

    def __init__(self, key: str, *, makes: bool = False, ordered: bool = False) -> None:
        super().__init__(key)
        self._makes, self._ordered = makes, ordered
        self._names: dict[int, Bilingual] = {}
        self._items: list[Item] = []
        self._chips: list[_ItemChip] = []
        self._row = QWidget()
        self.line = SuggestLine(self._offers, leads=not makes)
        self.inputs = [self.line]
        self.name.setBuddy(self.line)
        for widget in (self._row, self.line, self.line.list):
            self.rows.addWidget(widget)
        self.close_with_told()
        self.line.textEdited.connect(lambda _: self.touched())
        self.line.picked.connect(lambda offer: self._add(offer.data))
        self.line.entered.connect(self._enter)

    # What is chosen

    @property
    def ids(self) -> tuple[int, ...]:
        return tuple(each for each in self._items if isinstance(each, int))

    @property
    def made(self) -> tuple[str, ...]:
        return tuple(each for each in self._items if isinstance(each, str))

    @property
    def pending(self) -> str:
        """What was typed and neither taken nor entered."""
        return self.line.text().strip()

    def set_choices(self, names: Mapping[int, Bilingual]) -> None:
        """What exists; what is chosen and no longer exists is let go."""
        self._names = dict(names)
        self._items = [each for each in self._items if isinstance(each, str) or each in names]
        self._rebuild()

    def fill(self, items: Sequence[Item], pending: str = "") -> None:
        self._items = [each for each in items if isinstance(each, str) or each in self._names]
        self.line.setText(pending)
        self.show_wrong(None)
        self._rebuild()

    def settle(self) -> None:
        """Takes what was typed as if Enter had been pressed."""
        if self.pending:
            self._enter(" ".join(self.pending.split()))

    def _enter(self, text: str) -> None:
        """A text on its own: the one of that name, or the only one that fits, or a new one."""
        folded = text.casefold()
        exact = [ident for ident, name in self._names.items()
                 if folded in ((name.en or "").casefold(), (name.ko or "").casefold())]  # fmt: skip
        fitting = [each.data for each in self._offers(text)]
        if exact:
            self._add(exact[0])
        elif self._makes:
            self._add(text)
        elif len(fitting) == 1:
            self._add(fitting[0])
        else:
            self.show_wrong(AllianceError("form.unknown", text=text))

    def _add(self, item: object) -> None:
        self.line.clear()
        self.line.fold()
        if isinstance(item, (int, str)) and item not in self._items:
            self._items.append(item)
            self._rebuild()
        self.touched()

    def _offers(self, text: str) -> list[Offer]:
        """Those that have every word, in either language; those that begin with it first."""
        words = text.casefold().split()
        both = {
            ident: f"{name.en or ''}\n{name.ko or ''}".casefold()
            for ident, name in self._names.items()
            if ident not in self._items
        }
        found = [ident for ident, names in both.items() if all(word in names for word in words)]
        begin = "".join(words[:1])
        found.sort(key=lambda ident: f"\n{begin}" not in f"\n{both[ident]}")
        return [Offer(self._names[ident].text(self.language), ident) for ident in found]

    # The chips

    def _rebuild(self) -> None:
        old, self._row = self._row, QWidget()
        self.rows.replaceWidget(old, self._row)
        put_away(old)
        flow = Flow(4)
        self._row.setLayout(flow)
        self._chips = []
        for place, item in enumerate(self._items):
            chip = _ItemChip()
            chip.clicked.connect(lambda _=False, place=place: self._remove(place))
            chip.moved.connect(lambda step, place=place: self._move(place, step))
            chip.typed.connect(self._type_on)
            flow.add(chip)
            self._chips.append(chip)
            name = item if isinstance(item, str) else self._names[item].text(self.language)
            chip.setText(f"{name} ✕".replace("&", "&&"))
            chip.setAccessibleName(name)
        self._row.setVisible(bool(self._chips))
        self._tell_chips()
        self.rearranged.emit()

    def _tell_chips(self) -> None:
        key = "form.chip.ordered" if self._ordered and len(self._chips) > 1 else "form.chip"
        for chip in self._chips:
            chip.setToolTip(t(key, self.language))
            chip.setAccessibleDescription(t(key, self.language))

    def _type_on(self, text: str) -> None:
        """Whoever types on a chip means to add another."""
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.insert(text)
        self.line.textEdited.emit(self.line.text())

    def _remove(self, place: int) -> None:
        del self._items[place]
        self._rebuild()
        left = self._chips[min(place, len(self._chips) - 1)] if self._chips else self.line
        left.setFocus(Qt.FocusReason.OtherFocusReason)
        self.touched()

    def _move(self, place: int, step: int) -> None:
        to = place + step
        if self._ordered and 0 <= to < len(self._items):
            self._items[place], self._items[to] = self._items[to], self._items[place]
            self._rebuild()
            self._chips[to].setFocus(Qt.FocusReason.OtherFocusReason)
            self.touched()

    def hint(self) -> str:
        if self._ordered and len(self._items) > 1:
            return t("form.lanes.order", self.language)
        return ""

    def retext(self, language: Language) -> None:
        super().retext(language)
        key = "form.choose-or-make" if self._makes else "form.choose"
        self.line.setPlaceholderText(t(key, language))
        self._rebuild()
