"""The history window: changesets at the left, what the chosen one changed at the right, and the
ways back to what was before. It stays beside the main window and follows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from db.errors import AllianceError
from viewer.edits.restoring import can_be_alone
from viewer.widgets.files.history_models import LinesModel, StepsModel
from viewer.widgets.parts.messages import hand_back
from viewer.widgets.parts.switch import Switch
from viewer.widgets.parts.tables import RowTable, reading_field
from viewer.words import explain, t

if TYPE_CHECKING:
    from db.records import Ref
    from viewer.document import Document
    from viewer.widgets.files.history_models import Entry
    from viewer.widgets.state import Selection, ViewState
    from viewer.words.history import Line

Scope = Literal["file", "this"]
_SCOPES: dict[Scope, str] = {"file": "history.whole-file", "this": "history.this"}
_WHOLE_ROWS = ("event", "stage")


class HistoryDialog(QDialog):
    """`field_asked` asks for one field as it was before (a `Line`), `row_asked` for an event or
    stage (its ref, its name, an `Entry`), `file_asked` for the file before an `Entry`."""

    field_asked = Signal(object)
    row_asked = Signal(object, str, object)
    file_asked = Signal(object)

    def __init__(
        self, document: Document, state: ViewState, selection: Selection, parent: QWidget
    ) -> None:
        super().__init__(parent)
        hand_back(self)
        self._document, self._state, self._selection = document, state, selection
        self._ref: Ref | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.scope = Switch(_SCOPES)
        self.filter = QLineEdit()
        self.filter.setClearButtonEnabled(True)
        self.steps, self.lines = StepsModel(), LinesModel()
        self.steps_view = RowTable(self.steps, (23, 16, 0, 9))
        self.lines_view = RowTable(self.lines, (0, 22, 15, 15))
        self.nothing = QLabel()
        self.nothing.setProperty("rank", "muted")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.texts = {side: reading_field() for side in ("before", "after")}
        self.headings = {side: QLabel() for side in ("before", "after")}
        self.told = QLabel()
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setWordWrap(True)
        self.told.hide()
        self.value, self.row = QPushButton(), QPushButton()
        self.file, self.leave = QPushButton(), QPushButton()
        self._arrange()
        self._connect()
        self.resize(self.sizeHint())  # Qt shows a dialog on two thirds of the screen at most
        self.scope.set_current("file")
        self.show_selection()
        self.retext()

    def sizeHint(self) -> QSize:
        room = QApplication.primaryScreen().availableGeometry()
        return QSize(min(1240, room.width() - 60), min(680, room.height() - 80))

    # How it is arranged

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        top = QHBoxLayout()
        top.addWidget(self.scope)
        top.addSpacing(8)
        top.addWidget(self.filter, 1)
        column.addLayout(top)
        self.left = QStackedWidget()
        self.left.addWidget(self.steps_view)
        self.left.addWidget(self.nothing)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(12)
        split.setStyleSheet("QSplitter::handle { background: transparent; }")
        split.addWidget(self.left)
        split.addWidget(self._right())
        split.setSizes([610, 590])
        split.setChildrenCollapsible(False)
        column.addWidget(split, 1)
        column.addWidget(self.told)
        bottom = QHBoxLayout()
        for button in (self.value, self.row, self.file):
            bottom.addWidget(button)
        bottom.addStretch(1)
        bottom.addWidget(self.leave)
        column.addLayout(bottom)

    def _right(self) -> QWidget:
        right = QWidget()
        grid = QGridLayout(right)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        grid.addWidget(self.lines_view, 0, 0, 1, 2)
        for place, side in enumerate(("before", "after")):
            self.headings[side].setProperty("rank", "section")
            self.headings[side].setBuddy(self.texts[side])
            grid.addWidget(self.headings[side], 1, place)
            grid.addWidget(self.texts[side], 2, place)
        grid.setRowStretch(0, 3)
        grid.setRowStretch(2, 1)
        return right

    def _connect(self) -> None:
        self.scope.chosen.connect(lambda _: self.read_anew())
        self.filter.textChanged.connect(lambda _: self.read_anew())
        self.steps_view.selectionModel().currentRowChanged.connect(lambda *_: self._show_lines())
        self.steps.ended.connect(self._show_whether)
        self.steps.rowsInserted.connect(self._on_found)
        self.lines_view.selectionModel().currentRowChanged.connect(lambda *_: self._show_line())
        self.value.clicked.connect(self._ask_value)
        self.row.clicked.connect(self._ask_row)
        self.file.clicked.connect(lambda: self.file_asked.emit(self.entry))
        self.leave.clicked.connect(self.reject)
        # Enter belongs to the list that has the focus.
        for button in (self.value, self.row, self.file, self.leave):
            button.setAutoDefault(False)
        self._selection.changed.connect(self.show_selection)
        self._document.changed.connect(self._on_changed)
        self._document.replaced.connect(self.reject)
        self._state.changed.connect(self._on_state)

    # What is shown

    def show_scope(self, scope: Scope) -> None:
        """Shows the whole file, or what is selected."""
        self.scope.set_current(scope)
        self.read_anew()

    def show_selection(self) -> None:
        """What is selected in the main window is what "this" means; without any the event that
        was shown last stays, so that one that was just deleted can be brought back."""
        if self._selection.ref is not None:
            self._ref = self._selection.ref
        self.scope.buttons["this"].setEnabled(self._ref is not None)
        if self.scope.current == "this":
            self.read_anew()

    def read_anew(self) -> None:
        """Shows the list from its newest changeset on. The chosen one stays so if it is near;
        whoever looks at the newest goes on to do so."""
        newest = self.steps_view.currentIndex().row() <= 0
        chosen = self.entry.step.first if self.entry and not newest else None
        language, text = self._state.language, self.filter.text().strip()
        try:
            if self.scope.current == "this" and self._ref is not None:
                story = self._document.history.story(self._ref)
                self.steps.show_chapters(story.chapters, language, text)
            else:
                self.steps.show_file(self._document.history, language, text)
        except AllianceError as error:
            self.tell(explain(error, language), "error")
        self._show_whether()
        places = [place for place, each in enumerate(self.steps.entries)
                  if each.step.first == chosen]  # fmt: skip
        if self.steps.entries:
            self.steps_view.choose(places[0] if places else 0)
        self._show_lines()

    def _show_whether(self) -> None:
        """Says that nothing matches once all has been looked through."""
        some = bool(self.steps.entries) or self.steps.canFetchMore(QModelIndex())
        self.left.setCurrentIndex(0 if some else 1)

    def _on_found(self, _parent: QModelIndex, first: int) -> None:
        if first == 0:
            self.steps_view.choose(0)

    @property
    def entry(self) -> Entry | None:
        """The changeset that is chosen."""
        place = self.steps_view.currentIndex().row()
        return self.steps.entries[place] if 0 <= place < len(self.steps.entries) else None

    @property
    def line(self) -> Line | None:
        place = self.lines_view.currentIndex().row()
        return self.lines.shown[place] if 0 <= place < len(self.lines.shown) else None

    def _show_lines(self) -> None:
        language = self._state.language
        history = self._document.history if self._document.path else None
        try:
            self.lines.show_entry(self.entry, history, language)
        except AllianceError as error:
            self.tell(explain(error, language), "error")
        if self.lines.shown:
            self.lines_view.choose(0)
        self._show_line()

    def _show_line(self) -> None:
        """All of both values, and what can be done."""
        line, entry = self.line, self.entry
        self.texts["before"].setPlainText(line.before if line else "")
        self.texts["after"].setPlainText(line.after if line else "")
        can_write = self._document.read_only_reason is None
        shipped = entry is None or entry.step.changeset.origin == "base"
        alone = bool(line and line.column and can_be_alone(line.change, line.column))
        whole = bool(line and line.subject[0] in _WHOLE_ROWS)
        self.value.setEnabled(can_write and alone)
        self.row.setEnabled(can_write and whole and not shipped)
        self.file.setEnabled(not shipped)
        self._name_row()

    def _name_row(self) -> None:
        language, line = self._state.language, self.line
        if line is None or line.subject[0] not in _WHOLE_ROWS:
            self.row.setText(t("history.restore-row.none", language))
            return
        name = line.about if len(line.about) <= 24 else f"{line.about[:23]}…"
        text = t("history.restore-row", language, subject=name)
        self.row.setText(text.replace("&", "&&"))
        self.row.setAccessibleName(t("history.restore-row", language, subject=line.about))

    def tell(self, text: str, rank: str = "muted") -> None:
        """What was done, or why it was not."""
        self.told.setText(text)
        self.told.setVisible(bool(text))
        if self.told.property("rank") != rank:
            self.told.setProperty("rank", rank)
            self.told.style().unpolish(self.told)
            self.told.style().polish(self.told)

    # Asking

    def _ask_value(self) -> None:
        if self.line is not None:
            self.field_asked.emit(self.line)

    def _ask_row(self) -> None:
        if self.line is not None and self.entry is not None:
            self.row_asked.emit(self.line.subject, self.line.about, self.entry)

    def done(self, code: int) -> None:
        self.steps.stop()
        super().done(code)

    # Following the window

    def _on_changed(self) -> None:
        self.tell("")
        self.read_anew()

    def _on_state(self, kind: str) -> None:
        if kind == "language":
            self.retext()
            self.read_anew()

    def retext(self) -> None:
        language = self._state.language
        self.setWindowTitle(t("history.title", language))
        scopes: dict[str, str] = {key: t(text, language) for key, text in _SCOPES.items()}
        self.scope.retext(t("history.scope", language), scopes, scopes)
        self.filter.setPlaceholderText(t("history.filter", language))
        self.filter.setAccessibleName(t("history.filter", language))
        self.steps_view.setAccessibleName(t("history.changesets", language))
        self.lines_view.setAccessibleName(t("history.lines", language))
        self.nothing.setText(t("history.none", language))
        for side in ("before", "after"):
            text = t(f"history.value-{side}", language)
            self.headings[side].setText(text)
            self.texts[side].setAccessibleName(text)
        self.value.setText(t("history.restore-value", language))
        self.file.setText(t("history.restore-file", language))
        self.leave.setText(t("button.close", language))
        self._name_row()
