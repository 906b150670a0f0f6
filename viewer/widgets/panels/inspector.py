"""The inspector: everything of the selected event or stage, and the ways from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

from db.errors import AllianceError
from viewer.widgets.panels.cards import Actions, NoteActions
from viewer.widgets.panels.figures_section import things_counted
from viewer.widgets.panels.pages import Page, event_page
from viewer.widgets.panels.several_page import LISTED, listed, several_page
from viewer.widgets.panels.stage_page import empty_page, fault_page, stage_page
from viewer.widgets.parts.boxes import put_away
from viewer.widgets.parts.following import follow
from viewer.widgets.parts.look import Look
from viewer.widgets.parts.text_buttons import TextButton
from viewer.widgets.parts.wrapped import paint_focus
from viewer.words import explain, t

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from db.details import QuoteDetail, StatedFigure
    from db.records import Ref
    from viewer.document import Document
    from viewer.widgets.state import Selection, ViewState

_REBUILDS = ("language", "theme", "type", "scheme")


class Inspector(QScrollArea):
    """The panel at the right. `open_quote` asks for a source at a quote (source id, quote id),
    `cite_asked` for the citation of one (the same ids) in the clipboard,
    `open_link` for a page of the web, `select_ref` for another event or stage, `edit_event` and
    `edit_stage` for the form of one (its id), `history_asked` for the history of what is shown.

    `note_asked` asks for what is to be done with a note: "add" (the Ref it is to be about),
    "edit", "delete", "show" or "hide" (its id); `bulk_asked` for something to be done to all that
    is selected: its key, and where its menu may open; `quote_asked` for what is to be done with a
    quote: "edit", "link", "unlink" or "delete", its id and that of the evidence that is shown.
    """

    open_quote = Signal(object, object)
    cite_asked = Signal(object, object)
    open_link = Signal(str)
    select_ref = Signal(object)
    history_asked = Signal(object)
    edit_event = Signal(object)
    edit_stage = Signal(object)
    note_asked = Signal(str, object)
    bulk_asked = Signal(str, object)
    quote_asked = Signal(str, object, object)

    def __init__(
        self,
        document: Document,
        state: ViewState,
        selection: Selection,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document, self._state, self._selection = document, state, selection
        self._page: Page | None = None
        self._came_from: QWidget | None = None  # where Escape returns to
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setViewportMargins(2, 2, 2, 2)
        self.setMinimumWidth(240)
        state.changed.connect(self._on_state)
        selection.changed.connect(lambda _: self._show(keep_place=False))
        document.replaced.connect(lambda: self._show(keep_place=False))
        follow(document, self, lambda: self._show(keep_place=True))
        self._show(keep_place=False)

    def sizeHint(self) -> QSize:
        return QSize(368, 600)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 160)

    @property
    def page(self) -> Page:
        assert self._page is not None
        return self._page

    def _actions(self) -> Actions:
        """What can be done from a page of the file that is open."""
        notes = None
        if self._document.read_only_reason is None:
            notes = NoteActions(
                add=lambda ref: self.note_asked.emit("add", ref),
                edit=lambda note: self.note_asked.emit("edit", note),
                delete=lambda note: self.note_asked.emit("delete", note),
                show=lambda note, on: self.note_asked.emit("show" if on else "hide", note),
            )
        return Actions(
            self.open_quote.emit,
            self.open_link.emit,
            lambda ref: self.select_ref.emit(ref),
            self._edit_of,
            notes,
            self._document.timeline.flaws.of,
            self.cite_asked.emit,
            self.quote_asked.emit if self._document.read_only_reason is None else None,
        )

    def _edit_of(self, ref: Ref) -> Callable[[], object] | None:
        """What opens the form of an event; None where nothing can be written."""
        if self._document.read_only_reason is not None:
            return None
        asked = self.edit_event if ref[0] == "event" else self.edit_stage
        return lambda: asked.emit(ref[1])

    # What is shown

    def _on_state(self, kind: str) -> None:
        if kind in _REBUILDS:
            self._show(keep_place=True)

    def retext(self) -> None:
        self._show(keep_place=True)

    def _show(self, *, keep_place: bool) -> None:
        """Builds the page of the selection; `keep_place`: it is the same page in other dress."""
        bar = self.verticalScrollBar()
        place = bar.value() / max(bar.maximum(), 1)
        had_focus = self._page is not None and self._page.isAncestorOf(_focused(self))
        if had_focus:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        old = self.takeWidget()
        if old is not None:
            put_away(old)
        self._page = self._built()
        self._add_history(self._page)
        # Laid out at the width that it gets, not at that of a widget without a place.
        self._page.resize(self.viewport().size())
        self.setWidget(self._page)
        self.setAccessibleName(t("inspector.name", self._state.language))
        bar.setValue(round(place * bar.maximum()) if keep_place else 0)

    def _built(self) -> Page:
        look, ref, actions = Look.of(self._state), self._selection.ref, self._actions()
        if ref is None:
            return empty_page(self._state.current_scheme, look, actions)
        try:
            if len(self._selection.refs) > 1:
                return self._several(look, actions)
            if ref[0] == "stage":
                detail = self._document.stage(ref[1])
                figures = self._figures(detail.quotes)
                return stage_page(detail, self._state.effective_rule, look, actions, figures)
            event = self._document.event(ref[1])
            return event_page(event, look, actions, self._figures(event.quotes))
        except AllianceError as error:
            return fault_page(explain(error, look.language), look, actions)

    def _figures(self, quotes: Iterable[QuoteDetail]) -> tuple[StatedFigure, ...]:
        """All figures of the file about what these quotes count."""
        things = things_counted(quotes)
        return self._document.figures_alike(things) if things else ()

    def _add_history(self, page: Page) -> None:
        """The way to the history, at the end of the page of an event or stage."""
        if (ref := page.ref) is not None:
            look = Look.of(self._state)
            button = TextButton(look.t("history.open"), look, "small", lead="↺")
            button.clicked.connect(lambda: self.history_asked.emit(ref))
            page.rows.insertWidget(page.rows.count() - 1, button)

    def _several(self, look: Look, actions: Actions) -> Page:
        ids = self._selection.events
        shown = ids[:LISTED]
        lines = listed(self._document.rows_about("event", shown), shown)
        bulk = self._ask_bulk if self._document.read_only_reason is None else None
        return several_page(lines, len(ids), look, actions, bulk)

    def _ask_bulk(self, key: str, button: QWidget) -> None:
        self.bulk_asked.emit(key, button.mapToGlobal(button.rect().bottomLeft()))

    # Ways from it

    def open_first(self) -> bool:
        """Asks for the first quote of the selection in its source; without any goes to the
        citations. False where nothing is selected."""
        ref = self._selection.ref
        if ref is None:
            return False
        standing = [each for each in self._quotes(ref) if each.anchor is not None]
        if standing:
            self.open_quote.emit(standing[0].source.id, standing[0].quote.id)
        else:
            self.show_citations()
        return True

    def _quotes(self, ref: Ref) -> tuple[QuoteDetail, ...]:
        read = self._document.stage if ref[0] == "stage" else self._document.event
        try:
            return read(ref[1]).quotes
        except AllianceError:  # the page says why
            return ()

    def show_citations(self) -> None:
        """Goes to the citations, or to the sentence that there is no source."""
        focused = QApplication.focusWidget()
        if focused is not None and not self.isAncestorOf(focused) and focused is not self:
            self._came_from = focused
        support = self.page.support
        if support is None:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.page.rows.activate()
        support.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(support, 0, 24)

    # Keyboard and focus

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        if event.key() == Qt.Key.Key_Home:
            bar.setValue(bar.minimum())
        elif event.key() == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_first()
        elif event.key() == Qt.Key.Key_Escape and self._came_from is not None:
            came_from, self._came_from = self._came_from, None
            if shiboken6.isValid(came_from) and came_from.isVisible():
                came_from.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        """Paints the ring of the focus into the frame, where the page does not cover it."""
        done = super().event(event)
        if event.type() == QEvent.Type.Paint and self.hasFocus():
            painter = QPainter(self)
            paint_focus(painter, QRectF(self.rect()), Look.of(self._state).colour("accent"))
            painter.end()
        return done


def _focused(within: QWidget) -> QWidget:
    """The widget with the focus, or the one given where none has it."""
    window = within.window()
    return window.focusWidget() or within
