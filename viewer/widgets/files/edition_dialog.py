"""What a newer edition would do to the file, shown before it is done."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from viewer.widgets.files.history_models import Looked
from viewer.widgets.parts.messages import hand_back
from viewer.widgets.parts.tables import RowTable, Table, reading_field
from viewer.words import t
from viewer.words.edition import day_of, item_lines

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex

    from db.edition import Merge
    from viewer.document import Document
    from viewer.widgets.state import ViewState
    from viewer.words.history import Line

    Index = QModelIndex | QPersistentModelIndex

_FATES = ("added", "updated", "removed", "kept", "left")
_EVERY = ""


class ItemsModel(Table):
    """What the edition brings, line by line; with a fate only that."""

    headings = (
        "new-edition.fate",
        "history.about",
        "history.what",
        "new-edition.yours",
        "new-edition.theirs",
    )

    def __init__(self, merge: Merge, document: Document) -> None:
        super().__init__()
        self._merge, self._look = merge, Looked(document.history)
        self._all: list[tuple[str, Line]] = []
        self.shown: list[tuple[str, Line]] = []

    def speak(self, state: ViewState) -> None:
        self.language = state.language
        lines = item_lines(self._merge, state.language, self._look.find)
        self._all = [(item.fate, line) for item, line in lines]

    def show_fate(self, fate: str) -> None:
        self.beginResetModel()
        self.shown = [each for each in self._all if fate in (_EVERY, each[0])]
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.shown)

    def cells(self, row: int) -> tuple[str, ...]:
        fate, line = self.shown[row]
        return (
            t(f"new-edition.{fate}", self.language),
            line.about,
            line.what,
            line.before,
            line.after,
        )


class EditionDialog(QDialog):
    """`taken` tells that it is to be taken over; closed in any other way nothing is done."""

    taken = Signal()

    def __init__(self, document: Document, state: ViewState, merge: Merge, parent: QWidget) -> None:
        super().__init__(parent)
        hand_back(self)
        self._document, self._state, self._merge = document, state, merge
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.intro, self.label = QLabel(), QLabel()
        self.intro.setTextFormat(Qt.TextFormat.PlainText)
        self.intro.setWordWrap(True)
        self.fate = QComboBox()
        self.label.setBuddy(self.fate)
        self.items = ItemsModel(merge, document)
        self.items.speak(state)
        self.view = RowTable(self.items, (18, 0, 24, 22, 22))
        self.texts = (reading_field(), reading_field())
        self.headings = (QLabel(), QLabel())
        self.take, self.leave = QPushButton(), QPushButton()
        self.take.setProperty("primary", "true")
        self._arrange()
        self.retext()
        self.fate.currentIndexChanged.connect(lambda _: self._show_fate())
        self.view.selectionModel().currentRowChanged.connect(lambda *_: self._show_line())
        self.take.clicked.connect(self._take)
        self.leave.clicked.connect(self.reject)
        self._show_fate()
        self.resize(self.sizeHint())  # Qt shows a dialog on two thirds of the screen at most
        state.changed.connect(self._on_state)
        document.replaced.connect(self.reject)

    def sizeHint(self) -> QSize:
        room = QApplication.primaryScreen().availableGeometry()
        return QSize(min(1120, room.width() - 60), min(640, room.height() - 80))

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 14)
        column.setSpacing(10)
        column.addWidget(self.intro)
        row = QHBoxLayout()
        row.addWidget(self.label)
        row.addWidget(self.fate)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.view, 3)
        grid = QGridLayout()
        grid.setSpacing(6)
        for place, (heading, field) in enumerate(zip(self.headings, self.texts, strict=True)):
            heading.setProperty("rank", "section")
            heading.setBuddy(field)
            grid.addWidget(heading, 0, place)
            grid.addWidget(field, 1, place)
        column.addLayout(grid, 1)
        bottom = QHBoxLayout()
        bottom.addStretch(1)
        bottom.addWidget(self.leave)
        bottom.addWidget(self.take)
        column.addLayout(bottom)
        self.take.setDefault(True)

    def _show_fate(self) -> None:
        self.items.show_fate(self.fate.currentData() or _EVERY)
        if self.items.shown:
            self.view.choose(0)
        self._show_line()

    def _show_line(self) -> None:
        place = self.view.currentIndex().row()
        there = 0 <= place < len(self.items.shown)
        values = self.items.cells(place)[-2:] if there else ("", "")
        for field, value in zip(self.texts, values, strict=True):
            field.setPlainText(value)

    def _take(self) -> None:
        self.accept()
        self.taken.emit()

    def _on_state(self, kind: str) -> None:
        if kind == "language":
            self.items.speak(self._state)
            self.retext()
            self._show_fate()

    def retext(self) -> None:
        language, merge = self._state.language, self._merge
        self.setWindowTitle(t("new-edition.title", language))
        old, old_day = self._document.edition()
        intro = t(
            "new-edition.intro",
            language,
            name=merge.name,
            day=day_of(merge.date, language),
            old=old,
            old_day=day_of(old_day, language),
        )
        if not merge.items:
            intro += "\n" + t("new-edition.nothing", language)
        self.intro.setText(intro)
        self.label.setText(t("new-edition.show", language))
        self.fate.setAccessibleName(t("new-edition.show", language))
        self._count()
        self.view.setAccessibleName(t("new-edition.items", language))
        for key, heading, field in zip(
            ("new-edition.yours", "new-edition.theirs"), self.headings, self.texts, strict=True
        ):
            heading.setText(t(key, language))
            field.setAccessibleName(t(key, language))
        self.take.setText(t("new-edition.take", language))
        self.leave.setText(t("new-edition.not-now", language))

    def _count(self) -> None:
        """The fates with the number of rows that each of them meets."""
        chosen, tongue = self.fate.currentData(), self._state.language
        counts = Counter(item.fate for item in self._merge.items)
        self.fate.blockSignals(True)
        self.fate.clear()
        for fate in (_EVERY, *(each for each in _FATES if counts[each])):  # type: ignore[index]
            words = t(f"new-edition.{fate or 'all'}", tongue)
            count = counts[fate] if fate else len(self._merge.items)  # type: ignore[index]
            self.fate.addItem(t("new-edition.counted", tongue, words=words, count=count), fate)
        self.fate.setCurrentIndex(max(self.fate.findData(chosen), 0))
        self.fate.blockSignals(False)
