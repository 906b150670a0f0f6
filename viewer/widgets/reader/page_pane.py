"""The pages of a PDF beside its text: which one is shown, how large, and where the quote stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QProgressBar, QVBoxLayout, QWidget

from viewer.widgets.parts.fields import plain_label
from viewer.widgets.parts.text_buttons import quiet_button
from viewer.widgets.reader.page_drawing import PageDrawing
from viewer.widgets.reader.page_view import PageView
from viewer.widgets.reader.parts import SignButton
from viewer.words import explain

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent

    from db.records import SourcePlace
    from viewer.sources.records import Box
    from viewer.widgets.parts.look import Look
    from viewer.widgets.reader.marking import Passage

_ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
_RESIZED = 200  # ms that a new width has to last before pages are drawn in it
_PATIENCE = 300  # ms until it is told that a page is being drawn


class PagePane(QWidget):
    """`turned` tells the page (from 0) that was turned to here. `asked` wants the password of the
    document; True where one was wrong."""

    turned = Signal(int)
    asked = Signal(bool)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._places: tuple[SourcePlace, ...] = ()
        self._quote: Passage | None = None
        self._asked_for: set[Hashable] = set()
        self._document: Hashable = None
        self.drawing = PageDrawing()
        self.view = PageView(look)
        self.view.picture_of = self.drawing.page
        self.view.boxes_of = self._boxes
        self.previous = SignButton("‹", "", look)
        self.next = SignButton("›", "", look)
        self.smaller = SignButton("−", "", look)
        self.larger = SignButton("+", "", look)
        self.field = QLineEdit()
        self.count = plain_label()
        self.told = plain_label(wraps=True)
        self.bar = QProgressBar()
        self.button = quiet_button()
        self._does: Callable[[], object] = self.drawing.again
        self._resized, self._patience = QTimer(self), QTimer(self)
        self._arrange()
        self._connect()
        self.dress(look)

    def _arrange(self) -> None:
        across = QHBoxLayout()
        across.setContentsMargins(8, 4, 8, 4)
        across.setSpacing(3)
        self.field.setAlignment(Qt.AlignmentFlag.AlignRight)
        for widget in (self.previous, self.field, self.count, self.next):
            across.addWidget(widget)
        across.addStretch(1)
        for widget in (self.smaller, self.larger):
            across.addWidget(widget)
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.strip = QWidget()
        below = QHBoxLayout(self.strip)
        below.setContentsMargins(12, 4, 8, 4)
        below.addWidget(self.told, 1)
        below.addWidget(self.bar, 1)
        below.addWidget(self.button)
        self.strip.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(across)
        column.addWidget(self.strip)
        column.addWidget(self.view, 1)
        self.setMinimumWidth(180)

    def _connect(self) -> None:
        for timer, lasts in ((self._resized, _RESIZED), (self._patience, _PATIENCE)):
            timer.setSingleShot(True)
            timer.setInterval(lasts)
        self._resized.timeout.connect(self._want)
        self._patience.timeout.connect(self._tell_busy)
        self.view.resized.connect(self._resized.start)
        self.view.zoomed.connect(self.change_zoom)
        self.previous.clicked.connect(lambda: self.turn(-1))
        self.next.clicked.connect(lambda: self.turn(1))
        self.smaller.clicked.connect(lambda: self.change_zoom(-1))
        self.larger.clicked.connect(lambda: self.change_zoom(1))
        self.field.returnPressed.connect(self._go_to_typed)
        self.button.clicked.connect(lambda: self._does())
        self.drawing.changed.connect(self._on_drawing)

    def dress(self, look: Look) -> None:
        self._look = look
        t = look.t
        for button, key in (
            (self.previous, "pages.page.previous"),
            (self.next, "pages.page.next"),
            (self.smaller, "pages.page.smaller"),
            (self.larger, "pages.page.larger"),
        ):
            button.dress(t(key), look)
        self.field.setAccessibleName(t("pages.page.field"))
        self.field.setFixedWidth(round(look.size * 4.5))
        self.view.setAccessibleName(t("pages.page.picture"))
        self.view.dress(look)
        self._tell()

    # Which document, which pages

    def open(
        self, document: Hashable, places: Sequence[SourcePlace], bytes_of: Callable[[], bytes]
    ) -> None:
        """Takes up a PDF; `places` are its pages. Nothing is drawn before the pane is seen."""
        self._document, self._places, self._quote = document, tuple(places), None
        self.drawing.open(document, len(self._places), bytes_of)
        self.view.zoom = 1.0
        self.view.show_pages(())
        self.show_pages((0,))

    def forget(self) -> None:
        """Nothing is left of what was shown, passwords neither."""
        self._document, self._places, self._quote = None, (), None
        self._asked_for.clear()
        self.drawing.forget()
        self.view.show_pages(())

    def show_pages(self, pages: tuple[int, ...], quote: Passage | None = None) -> None:
        """Shows pages (from 0), with a quote boxed on them."""
        pages = tuple(page for page in pages if 0 <= page < len(self._places))
        turns = pages != self.view.pages or quote != self._quote
        self._quote = quote
        if quote is not None:
            self.view.stance = quote.stance
        self.view.show_pages(pages)
        if turns:
            self.view.show_boxes()
        self._want()
        self._tell()

    @property
    def pages(self) -> tuple[int, ...]:
        return self.view.pages

    def page_of(self, position: int) -> int:
        """The page that a character of the text stands on, the last that begins before it."""
        found = 0
        for number, place in enumerate(self._places):
            if place.start > position:
                break
            found = number
        return found

    def pages_of(self, quote: Passage) -> tuple[int, ...]:
        """All pages that a quote stands on."""
        return tuple(
            number
            for number, place in enumerate(self._places)
            if place.start < quote.end and place.end > quote.start
        )

    def _boxes(self, page: int) -> list[Box]:
        quote, drawn = self._quote, self.drawing.page(page)
        if quote is None or drawn is None:
            return []
        place = self._places[page]
        start, end = max(quote.start, place.start), min(quote.end, place.end)
        return drawn.letters.boxes(start - place.start, end - place.start)

    def _want(self) -> None:
        if self.isVisible() and self.view.pages:
            ratio = self.devicePixelRatioF()
            self.drawing.want(self.view.pages, round(self.view.sheet_width * ratio))

    # By hand

    def turn(self, way: int) -> None:
        """To the next (1) or the previous page."""
        if self.pages:
            edge = self.pages[-1] if way > 0 else self.pages[0]
            self.turn_to(edge + way)

    def turn_to(self, page: int) -> None:
        if 0 <= page < len(self._places):
            self.show_pages((page,), self._quote)
            self.turned.emit(page)

    def _go_to_typed(self) -> None:
        """By the label that is printed on a page, else by its number."""
        typed = self.field.text().strip()
        labels = [place.label for place in self._places]
        if typed in labels:
            self.turn_to(labels.index(typed))
        elif typed.isdecimal():
            self.turn_to(min(max(int(typed), 1), len(labels)) - 1)
        self._tell()

    def change_zoom(self, way: int) -> None:
        """Larger (1) or smaller by a step."""
        near = min(range(len(_ZOOMS)), key=lambda place: abs(_ZOOMS[place] - self.view.zoom))
        self.view.zoom = _ZOOMS[min(max(near + way, 0), len(_ZOOMS) - 1)]
        self.view.show_boxes()
        self.view.refresh()
        self._want()
        self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ways: dict[int, int] = {
            Qt.Key.Key_Plus: 1,
            Qt.Key.Key_Equal: 1,
            Qt.Key.Key_Minus: -1,
        }
        way = ways.get(event.key())
        if way is not None and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            self.change_zoom(way)
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._resized.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.drawing.stop()
        self.drawing.stopped = False

    # What is told

    def _on_drawing(self) -> None:
        pages = self.view.pages
        self.view.refresh()
        if self.drawing.locked and self.isVisible() and self._document not in self._asked_for:
            self._asked_for.add(self._document)
            self._ask()
        if self.drawing.busy is not None and all(self.drawing.page(page) for page in pages):
            self._patience.start()  # it is drawn finer, which nobody waits for
        elif self.drawing.busy is not None and not self._patience.isActive():
            self._patience.start()
        self._tell()

    def _ask(self) -> None:
        assert self.drawing.fault is not None
        self.asked.emit(self.drawing.fault.code == "source.password")

    def unlock(self, password: str) -> None:
        """Draws with a password; one that is wrong is asked for again."""
        self._asked_for.discard(self._document)
        self.drawing.unlock(password)

    def _tell_busy(self) -> None:
        page = self.drawing.busy
        if page is not None:
            told = self._look.t("pages.page.drawing", page=self._places[page].label)
            self._say(told, self._look.t("button.cancel"), self.drawing.stop, busy=True)

    def _tell(self) -> None:
        look, drawing = self._look, self.drawing
        labels = [self._places[page].label for page in self.pages]
        label = "–".join(dict.fromkeys((labels[0], labels[-1]))) if labels else ""
        if not self.field.hasFocus() or not self.field.isModified():
            self.field.setText(label)
        self.count.setText(look.t("pages.page.of", count=len(self._places)))
        self.previous.setEnabled(bool(self.pages) and self.pages[0] > 0)
        self.next.setEnabled(bool(self.pages) and self.pages[-1] < len(self._places) - 1)
        self.smaller.setEnabled(self.view.zoom > _ZOOMS[0])
        self.larger.setEnabled(self.view.zoom < _ZOOMS[-1])
        key = "pages.page.boxed" if self.view.boxes() else "pages.page.at"
        self.view.setAccessibleDescription(look.t(key, page=label, count=len(self._places)))
        if drawing.locked:
            self._say(look.t("pages.page.locked"), look.t("pages.page.unlock"), self._ask)
        elif drawing.fault is not None:
            told = explain(drawing.fault, look.language)
            self._say(told, look.t("pages.page.again"), drawing.again)
        elif drawing.stopped:
            told = look.t("pages.page.stopped", page=label)
            self._say(told, look.t("pages.page.again"), drawing.again)
        elif drawing.busy is None:
            self._patience.stop()
            self.strip.hide()

    def _say(
        self, told: str, button: str, does: Callable[[], object], *, busy: bool = False
    ) -> None:
        self.told.setText(told)
        self.bar.setVisible(busy)
        self.bar.setAccessibleName(told)
        self.button.setText(button)
        self.button.setAccessibleName(button)
        self.button.setAccessibleDescription(told)
        self._does = does
        self.strip.show()
