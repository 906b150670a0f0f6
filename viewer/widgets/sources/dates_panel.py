"""The panel of the dates in a document: a list of what was found, and what can be made of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from viewer.widgets.parts.fields import plain_label
from viewer.widgets.parts.look import Look
from viewer.widgets.reader.parts import SignButton
from viewer.widgets.sources.dates_model import MANY, DatesDelegate, DatesModel
from viewer.words import n
from viewer.words.dates import edtf_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QKeyEvent

    from db.records import Source
    from viewer.edits.date_proposals import Proposal
    from viewer.widgets.state import ViewState

_MARGINS = (12, 10, 8, 6)


class DatesList(QListView):
    """`taken` tells that Enter was pressed or a row double-clicked."""

    taken = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setTabKeyNavigation(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        else:
            super().keyPressEvent(event)


class DatesPanel(QWidget):
    """It decides nothing: `chosen` tells the row that is looked at, `make_asked` that an event is
    to be made with its sentence, `link_asked` the event that the sentence is to be evidence for,
    `event_asked` one that is to be shown, `leave_asked` that the panel is done with."""

    chosen = Signal(object)
    make_asked = Signal(object)
    link_asked = Signal(object, object)
    event_asked = Signal(object)
    leave_asked = Signal()

    def __init__(
        self, state: ViewState, title_of: Callable[[int], str], *, can_write: bool
    ) -> None:
        super().__init__()
        self.setObjectName("event_form")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(260)
        self._state, self._title_of, self._can_write = state, title_of, can_write
        self._source: Source | None = None
        self._proposals: Sequence[Proposal] | None = None
        self.model = DatesModel(title_of)
        self.heading, self.counted = (
            plain_label("title", wraps=True),
            plain_label("told", wraps=True),
        )
        self.counting = plain_label("told", wraps=True)
        self.list = DatesList()
        self.list.setModel(self.model)
        self._delegate = DatesDelegate(lambda: Look.of(state))
        self.list.setItemDelegate(self._delegate)
        self.empty = QLabel()
        self.make, self.link, self.go = QPushButton(), QPushButton(), QPushButton()
        self.menu = QMenu(self)
        self.link.setMenu(self.menu)
        self._head = QHBoxLayout()
        self.close_button = SignButton("✕", "", Look.of(state))
        self._arrange()
        self._connect()
        self.retext()

    def sizeHint(self) -> QSize:
        return QSize(round(min(max(368, 28 * self._state.type_size), 480)), 600)

    def minimumSizeHint(self) -> QSize:
        return QSize(260, 200)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head, titles = self._head, QVBoxLayout()
        head.setContentsMargins(*_MARGINS)
        titles.setSpacing(2)
        for label in (self.heading, self.counted, self.counting):
            titles.addWidget(label)
        head.addLayout(titles, 1)
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        self.empty.setTextFormat(Qt.TextFormat.PlainText)
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setMargin(16)
        column.addWidget(self.empty, 1)
        column.addWidget(self.list, 1)
        foot = QFrame()
        foot.setObjectName("form_foot")
        buttons = QHBoxLayout(foot)
        buttons.setContentsMargins(12, 8, 12, 8)
        buttons.setSpacing(8)
        self.make.setProperty("primary", "true")
        for button in (self.make, self.link, self.go):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.addWidget(foot)

    def _connect(self) -> None:
        self.close_button.clicked.connect(self.leave_asked)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.list.taken.connect(self._make)
        self.list.doubleClicked.connect(lambda _: self._make())
        self.make.clicked.connect(self._make)
        self.go.clicked.connect(self._go)
        self.menu.aboutToShow.connect(self._fill_menu)

    # What is shown

    def show_waiting(self, source: Source) -> None:
        """The text is being looked through."""
        self._source, self._proposals = source, None
        self._show(0)

    def show_proposals(self, source: Source, proposals: Sequence[Proposal], row: int = 0) -> None:
        """Shows what was found, with one row looked at."""
        self._source, self._proposals = source, proposals
        self._show(row)

    @property
    def row(self) -> int:
        """The row that is looked at, -1 for none."""
        return self.list.currentIndex().row()

    def begin(self) -> None:
        """Takes the focus."""
        target = self.list if self.list.isVisible() else self.close_button
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, row: int) -> None:
        look, found = Look.of(self._state), self._proposals
        self.list.setVisible(bool(found))
        self.empty.setVisible(not found)
        text = self._source.text if self._source else ""
        self.list.setUniformItemSizes(len(found or ()) > MANY)
        self.model.show(text, found or (), look)
        if found:
            self.list.setCurrentIndex(self.model.index(min(max(row, 0), len(found) - 1)))
            self.list.scrollTo(self.list.currentIndex())
        self._tell()
        self._show_buttons()

    def _tell(self) -> None:
        look, found, source = Look.of(self._state), self._proposals, self._source
        self.counted.setText("")
        self.counting.setText("")
        if source is None:
            return
        if found is None:
            self.empty.setText(look.t("found.looking"))
            return
        self.empty.setText(look.t("found.none"))
        used = sum(bool(each.used) for each in found)
        self.counted.setText(
            " · ".join(
                (n("found.count", len(found), look.language), look.t("found.in-use", count=used))
            )
        )
        if source.edtf:
            date = edtf_words(source.edtf, look.language)
            self.counting.setText(look.t("found.counted-from", date=date))
        else:
            self.counting.setText(look.t("found.undated"))

    def _show_buttons(self) -> None:
        proposal = self._proposal()
        for button in (self.make, self.link, self.go):
            button.setVisible(bool(self._proposals))
        self.make.setEnabled(self._can_write and proposal is not None)
        self.link.setEnabled(self._can_write and bool(proposal and proposal.candidates))
        self.go.setEnabled(bool(proposal and (proposal.used or proposal.candidates)))

    def _proposal(self) -> Proposal | None:
        found, row = self._proposals, self.row
        return found[row] if found and 0 <= row < len(found) else None

    # What is done

    def _on_current(self, current: QModelIndex) -> None:
        self._show_buttons()
        if current.isValid():
            self.chosen.emit(self.model.proposal(current.row()))

    def _make(self) -> None:
        proposal = self._proposal()
        if proposal is not None and self._can_write:
            self.make_asked.emit(proposal)

    def _go(self) -> None:
        proposal = self._proposal()
        if proposal is not None:
            events = proposal.used or proposal.candidates
            self.event_asked.emit(events[0])

    def _fill_menu(self) -> None:
        """The events on the date, by title and date."""
        self.menu.clear()
        proposal = self._proposal()
        for event_id in proposal.candidates if proposal else ():
            action = self.menu.addAction(self._title_of(event_id).replace("&", "&&"))
            action.triggered.connect(
                lambda _=False, event_id=event_id: self.link_asked.emit(proposal, event_id)
            )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave_asked.emit()
        else:
            super().keyPressEvent(event)

    # Following the state

    def retext(self) -> None:
        look, row = Look.of(self._state), self.row
        self.heading.setText(look.t("found.heading"))
        self.setAccessibleName(look.t("found.heading"))
        self.list.setAccessibleName(look.t("found.list"))
        self.list.setAccessibleDescription(look.t("found.help"))
        self.make.setText(look.t("found.make"))
        self.link.setText(look.t("found.link"))
        self.go.setText(look.t("found.go"))
        self.make.setToolTip(look.t("found.make.told"))
        self.link.setToolTip(look.t("found.link.told"))
        self.go.setToolTip(look.t("found.go.told"))
        old = self.close_button
        self.close_button = SignButton("✕", look.t("found.close"), look)
        self.close_button.clicked.connect(self.leave_asked)
        self._head.replaceWidget(old, self.close_button)
        self._head.setAlignment(self.close_button, Qt.AlignmentFlag.AlignTop)
        old.hide()
        old.deleteLater()
        self._show(row)
