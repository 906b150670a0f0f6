"""Fields of a form that offer a few values: combo boxes, the importance, what folds away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QSizePolicy,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from viewer.widgets.parts.fields import Field, plain_label, reveal
from viewer.words import t

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from db.records import Language
    from db.timeline import Timeline

Entry = tuple[str, object]
"""What an entry of a combo box is called, and its value; a value of None makes it a heading."""
STARS = 5


class _Combo(QComboBox):
    """The wheel scrolls the form, not what is chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(90)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class ChoiceField(Field):
    """One of several values; `entries` gives them in a language."""

    def __init__(self, key: str, entries: Callable[[Language], Sequence[Entry]]) -> None:
        super().__init__(key)
        self._entries = entries
        self._wanted: object = None  # the value, also while it is not among the entries
        self.box = _Combo()
        self.inputs = [self.box]
        self.name.setBuddy(self.box)
        self.rows.addWidget(self.box)
        self.close_with_told()
        self.box.activated.connect(self._on_choice)

    @property
    def value(self) -> object:
        return self._wanted

    def fill(self, value: object) -> None:
        self._wanted = value
        self._choose()
        self.show_wrong(None)

    def _on_choice(self, place: int) -> None:
        self._wanted = self.box.itemData(place)
        self.touched()

    def _choose(self) -> bool:
        """Shows the value; False where it is not among the entries."""
        # Python compares: Qt does not find tuples among its data.
        every = range(self.box.count())
        places = [place for place in every if self.box.itemData(place) == self._wanted]
        if places and self._wanted is not None:
            self.box.setCurrentIndex(places[0])
            return True
        return False

    def retext(self, language: Language) -> None:
        self.language = language
        self.refill()
        super().retext(language)

    def refill(self) -> None:
        """Makes the entries anew, and keeps what is chosen as long as it is among them; else the
        first is."""
        model = QStandardItemModel(self.box)
        entries = self._entries(self.language)
        first = -1
        for place, (text, data) in enumerate(entries):
            item = QStandardItem(text)
            item.setData(data, Qt.ItemDataRole.UserRole)
            if data is None:
                item.setText(f"— {text}")
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            elif first < 0:
                first = place
            model.appendRow(item)
        self.box.setModel(model)
        self.box.setCurrentIndex(first)
        if not self._choose():
            self._wanted = self.box.itemData(first) if first >= 0 else None


def kind_entries(timeline: Timeline, language: Language) -> list[Entry]:
    """The kinds below the names of their groups."""
    entries: list[Entry] = []
    for group in timeline.groups:
        kinds = [kind for kind in timeline.kinds if kind.group_id == group.id]
        if kinds:
            entries.append((group.name.text(language), None))
            entries += [(kind.name.text(language), kind.id) for kind in kinds]
    return entries


class _Stars(QSlider):
    """A slider that also takes the figures 1 to 5."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if len(text) == 1 and text in "12345":
            self.setValue(int(text))
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class ImportanceField(Field):
    """1 to 5, with the stars that say so."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.slider = _Stars(Qt.Orientation.Horizontal)
        self.slider.setRange(1, STARS)
        self.slider.setPageStep(1)
        self.stars = plain_label()
        self.inputs = [self.slider]
        across = QHBoxLayout()
        across.setSpacing(10)
        across.addWidget(self.slider, 1)
        across.addWidget(self.stars)
        self.rows.addLayout(across)
        self.close_with_told()
        self._filling = False
        self.slider.valueChanged.connect(self._on_value)

    @property
    def value(self) -> int:
        return self.slider.value()

    def fill(self, value: int) -> None:
        self._filling = True
        self.slider.setValue(value)
        self._filling = False
        self._show()

    def _on_value(self) -> None:
        self._show()
        if not self._filling:
            self.touched()

    def _show(self) -> None:
        value = self.value
        self.stars.setText("★" * value + "☆" * (STARS - value))
        self.slider.setAccessibleDescription(
            t("inspector.importance", self.language, importance=value, of=STARS)
        )

    def tell(self) -> None:
        super().tell()
        self._show()


class Fold(QWidget):
    """A part of a form that folds away behind its name; `toggled` tells when a hand does it."""

    toggled = Signal(bool)

    def __init__(self, key: str) -> None:
        """`key` is that of its name in the catalogue."""
        super().__init__()
        self._key, self._count = key, 0
        self._language: Language = "en"
        self.header = QToolButton()
        self.header.setProperty("fold", "true")
        self.header.setCheckable(True)
        self.header.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.header.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.header.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.body = QWidget()
        self.rows = QVBoxLayout(self.body)
        self.rows.setContentsMargins(2, 2, 2, 8)
        self.rows.setSpacing(9)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.header)
        column.addWidget(self.body)
        self.header.clicked.connect(self._on_click)
        self.header.installEventFilter(self)
        self.open(False)

    @property
    def is_open(self) -> bool:
        return self.header.isChecked()

    def open(self, on: bool) -> None:
        self.header.setChecked(on)
        self.header.setArrowType(Qt.ArrowType.DownArrow if on else Qt.ArrowType.RightArrow)
        self.body.setVisible(on)

    def _on_click(self, on: bool) -> None:
        self.open(on)
        if on:
            reveal(self)
        self.toggled.emit(on)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Enter folds and unfolds as the space bar does."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
                self.header.click()
                return True
        return False

    def show_count(self, count: int) -> None:
        """How much is in it, for as long as it is folded away too."""
        self._count = count
        self._show()

    def retext(self, language: Language) -> None:
        self._language = language
        self._show()

    def _show(self) -> None:
        name = t(self._key, self._language)
        self.header.setText(f"{name} · {self._count}" if self._count else name)
        self.header.setAccessibleName(self.header.text())
