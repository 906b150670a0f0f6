"""The worklist: what is still to be done, by kind, and the way to where each is mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from db.errors import AllianceError
from viewer.layout.signs import FLAW_SIGNS
from viewer.widgets.parts.beside import place_beside
from viewer.widgets.parts.fields import plain_label
from viewer.widgets.parts.messages import hand_back
from viewer.widgets.parts.tables import RowTable, Table
from viewer.words import explain, n, t
from viewer.words.dates import edtf_words

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex

    from db.details import FoundEvent, QuoteDetail, Task
    from viewer.document import Document
    from viewer.widgets.parts.work import Work
    from viewer.widgets.state import ViewState

    Index = QModelIndex | QPersistentModelIndex

# Where an event of each kind is mended: a part of its form, or a quote of it.
PLACES = {
    "unsourced": "citations",
    "one-source": "citations",
    "broken": "quote",
    "disputed": "quote",
    "untitled": "title",
    "unseen": "citations",
    "stale": "quote",
    "undated": "date",
}
_PAGE = 200  # events whose titles are read at a time
_SETTLES = 150  # ms without a change before the list is made anew
_TYPE = 13.0  # px of the type that the size is meant for


class TaskModel(Table):
    """The events of a task; their titles are read as they are scrolled to."""

    headings = ("worklist.date", "worklist.event")

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        self.event_ids: tuple[int, ...] = ()
        self._lines: dict[int, FoundEvent] = {}

    def fill(self, event_ids: tuple[int, ...]) -> None:
        self.beginResetModel()
        self.event_ids, self._lines = event_ids, {}
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.event_ids)

    def cells(self, row: int) -> tuple[str, ...]:
        line = self._line(row)
        if line is None:
            return "", ""
        date = (
            edtf_words(line.edtf, self.language)
            if line.edtf
            else t("worklist.no-date", self.language)
        )
        signs = [FLAW_SIGNS[flaw] for flaw in line.flaws]
        # The signs first: a long title is cut at its end.
        return date, " ".join([*signs, line.title.text(self.language)])

    def _line(self, row: int) -> FoundEvent | None:
        """None for an event that is gone; the list is about to be made anew then."""
        ident = self.event_ids[row]
        if ident not in self._lines:
            first = row - row % _PAGE
            page = self.event_ids[first : first + _PAGE]
            try:
                self._lines.update(self._document.event_lines(page))
            except AllianceError:
                return None
        return self._lines.get(ident)


class WorklistDialog(QDialog):
    """`event_asked` asks for the form of an event (its id) at a part of it, `quote_asked` for a
    source at a quote (their ids), `quote_form_asked` for the form of one, `proposals_asked` for the
    proposals about some quotes."""

    event_asked = Signal(object, str)
    quote_asked = Signal(object, object)
    quote_form_asked = Signal(object)
    proposals_asked = Signal(object)

    def __init__(self, document: Document, state: ViewState, parent: QWidget) -> None:
        super().__init__(parent)
        hand_back(self)
        self._document, self._state = document, state
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._tasks: tuple[Task, ...] = ()
        self._work: Work | None = None
        self.intro, self.told = plain_label(wraps=True), plain_label("muted", wraps=True)
        self.kinds = QListWidget()
        self.model = TaskModel(document)
        self.events = RowTable(self.model, (22, 0))
        self.open_button, self.leave = QPushButton(), QPushButton()
        self._soon = QTimer(self, singleShot=True, interval=_SETTLES)
        self._soon.timeout.connect(self.count)
        self._arrange()
        self.kinds.currentRowChanged.connect(lambda _: self._show_task())
        self.kinds.itemActivated.connect(lambda _: self.events.setFocus())
        self.events.doubleClicked.connect(lambda _: self.open_chosen())
        self.open_button.clicked.connect(self.open_chosen)
        self.leave.clicked.connect(self.reject)
        state.changed.connect(self._on_state)
        document.replaced.connect(self.reject)
        document.changed.connect(self._soon.start)
        self.retext()
        self.count()

    def sizeHint(self) -> QSize:
        room = QApplication.primaryScreen().availableGeometry()
        scale = max(self._state.type_size / _TYPE, 1.0)
        return QSize(
            min(round(860 * scale), room.width() - 60), min(round(520 * scale), room.height() - 80)
        )

    def _arrange(self) -> None:
        halves = QHBoxLayout()
        halves.setSpacing(10)
        halves.addWidget(self.kinds, 3)
        halves.addWidget(self.events, 5)
        self.kinds.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 14)
        column.setSpacing(10)
        column.addWidget(self.intro)
        column.addLayout(halves, 1)
        column.addWidget(self.told)
        bottom = QHBoxLayout()
        bottom.addStretch(1)
        bottom.addWidget(self.leave)
        bottom.addWidget(self.open_button)
        column.addLayout(bottom)
        self.open_button.setProperty("primary", "true")
        self.open_button.setDefault(True)

    def place(self) -> None:
        """Shows it beside the panel that its places open in."""
        place_beside(self, self.sizeHint())
        self.kinds.setFocus(Qt.FocusReason.OtherFocusReason)

    # Counting

    def count(self) -> None:
        """Makes the list anew, in a thread: every quote is held against its source for that."""
        from db.store import Store
        from viewer.widgets.parts.work import Work

        path = self._document.path
        if path is None:
            return
        if self._work is not None:
            self._soon.start()  # once the one that runs has ended
            return

        def job() -> tuple[Task, ...]:
            with Store.open(path, read_only=True) as store:
                return store.worklist()

        work = self._work = Work(job)
        work.done.connect(self._on_counted)
        work.failed.connect(self._on_failed)
        self._say(t("worklist.counting", self._state.language))
        work.start()

    @property
    def counting(self) -> bool:
        """Whether what is shown may still be that of before."""
        return self._work is not None or self._soon.isActive()

    def stop(self) -> Work | None:
        """Ends the counting, which has still to let go of the file."""
        self._soon.stop()
        work, self._work = self._work, None
        if work is not None:
            work.drop()
        return work

    def done(self, code: int) -> None:
        work = self.stop()
        if work is not None:
            work.wait()
        super().done(code)

    def _on_counted(self, tasks: tuple[Task, ...]) -> None:
        self._work = None
        chosen = self.task
        kind = chosen.kind if chosen else next((each.kind for each in tasks if each.count), "")
        self._tasks = tasks
        self._say("")
        self._show_kinds(kind)

    def _on_failed(self, error: Exception) -> None:
        self._work = None
        if not isinstance(error, AllianceError):
            raise error
        self._say(explain(error, self._state.language))

    def _say(self, text: str) -> None:
        self.told.setText(text)

    # What is shown

    @property
    def task(self) -> Task | None:
        """The task that is chosen."""
        row = self.kinds.currentRow()
        return self._tasks[row] if 0 <= row < len(self._tasks) else None

    def _show_kinds(self, kind: str) -> None:
        language = self._state.language
        row = next((place for place, each in enumerate(self._tasks) if each.kind == kind), 0)
        self.kinds.blockSignals(True)
        while self.kinds.count() < len(self._tasks):
            self.kinds.addItem(QListWidgetItem())
        for place, task in enumerate(self._tasks):
            words = t(f"worklist.{task.kind}", language)
            item = self.kinds.item(place)
            item.setText(f"{words} · {task.count:,}")
            told = n("status.events", task.count, language)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{words}, {told}")
        self.kinds.setCurrentRow(row)
        self.kinds.blockSignals(False)
        self._show_task()

    def _show_task(self) -> None:
        """The events of the chosen task; the row stays where it is."""
        task, row = self.task, max(self.events.currentIndex().row(), 0)
        ids = task.event_ids if task else ()
        self.model.fill(ids)
        if ids:
            self.events.choose(min(row, len(ids) - 1))
        self.open_button.setEnabled(bool(ids))
        if task is not None:
            self.events.setAccessibleName(t(f"worklist.{task.kind}", self._state.language))

    # Mending

    def open_chosen(self) -> None:
        """Asks for the place where what is chosen is mended."""
        task, row = self.task, self.events.currentIndex().row()
        if task is None or not 0 <= row < task.count:
            return
        ident = task.event_ids[row]
        try:
            if PLACES[task.kind] == "quote":
                self._open_quote(task.kind, ident)
            else:
                self.event_asked.emit(ident, self._part(task.kind, ident))
        except AllianceError as error:
            self._say(explain(error, self._state.language))

    def _part(self, kind: str, ident: int) -> str:
        """The part of the form; of two titles the one that lacks."""
        if kind != "untitled":
            return PLACES[kind]
        return "title-ko" if not self._document.event(ident).event.title.ko else "title-en"

    def _open_quote(self, kind: str, ident: int) -> None:
        """The first quote of that kind; where a proposal waits about a broken one, that."""
        quotes = [each for each in self._document.event(ident).quotes if _is(kind, each)]
        if not quotes:
            self.event_asked.emit(ident, "title")
            return
        ids = [each.quote.id for each in quotes]
        if kind == "broken" and any(each.quote_id in ids for each in self._document.proposals()):
            self.proposals_asked.emit(ids)
        else:
            self.quote_asked.emit(quotes[0].source.id, quotes[0].quote.id)
            window = self.parentWidget()
            if window is not None:
                window.activateWindow()  # what is to be done is done there
            if kind == "stale":
                self.quote_form_asked.emit(quotes[0].quote.id)

    # Following

    def _on_state(self, kind: str) -> None:
        if kind == "language":
            self.retext()

    def retext(self) -> None:
        language = self._state.language
        self.model.language = language
        self.setWindowTitle(t("worklist.title", language))
        self.intro.setText(t("worklist.how", language))
        self.kinds.setAccessibleName(t("worklist.title", language))
        self.open_button.setText(t("worklist.open", language))
        self.open_button.setToolTip(t("worklist.open-told", language))
        self.leave.setText(t("button.close", language))
        if self._tasks:
            self._show_kinds(self.task.kind if self.task else "")


def _is(kind: str, detail: QuoteDetail) -> bool:
    if kind == "broken":
        return detail.quote.state == "broken"
    if kind == "disputed":
        return detail.evidence.stance == "disputes"
    return any(each.stale for each in detail.translations)
