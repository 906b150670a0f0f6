"""The pages of a PDF and its text follow each other: what is read, quoted, and turned to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QSplitter

from viewer.widgets.reader.page_pane import PagePane

if TYPE_CHECKING:
    from db.details import SourceDetail
    from viewer.document import Document
    from viewer.widgets.parts.look import Look
    from viewer.widgets.reader.marking import Passage
    from viewer.widgets.reader.source_text import SourceText

PDF = "application/pdf"
_FOLLOWS = 120  # ms that the text has to stand still before its page is shown
_BESIDE = 46  # sizes of the type: with less room the page stands above the text
_AT_ONCE = 56  # with as much room the page is shown without being asked for


class Paging(QObject):
    """`body` holds the text and, for a PDF, its pages; a scan shows its pages alone. `changed`
    tells that the pages are shown or no longer are."""

    changed = Signal()

    def __init__(self, document: Document, text: SourceText, look: Look) -> None:
        super().__init__()
        self._document, self._text, self._look = document, text, look
        self._detail: SourceDetail | None = None
        self._quote: Passage | None = None
        self._wanted: bool | None = None  # None: where there is room
        self._still: int | None = None  # where the text was put by a turned page or a quote
        self.pane = PagePane(look)
        self.body = QSplitter(Qt.Orientation.Horizontal)
        self.body.setHandleWidth(1)
        self.body.setChildrenCollapsible(False)
        for widget in (text, self.pane):
            self.body.addWidget(widget)
            self.body.setStretchFactor(self.body.indexOf(widget), 1)
        self.pane.hide()
        self._follow = QTimer(self.pane)
        self._follow.setSingleShot(True)
        self._follow.setInterval(_FOLLOWS)
        self._follow.timeout.connect(self._follow_text)
        text.moved.connect(self._on_moved)
        self.pane.turned.connect(self._on_turned)
        self.pane.asked.connect(self._ask_password)

    def dress(self, look: Look) -> None:
        self._look = look
        self.pane.dress(look)
        self.arrange()

    @property
    def has_pages(self) -> bool:
        """Whether the source is a document with pages to look at."""
        source = self._detail.source if self._detail else None
        return source is not None and source.media_type == PDF and bool(self._places)

    @property
    def is_scan(self) -> bool:
        return self.has_pages and not self._text.stored.strip()

    @property
    def _places(self) -> tuple[object, ...]:
        return self._detail.places if self._detail else ()

    def open(self, detail: SourceDetail) -> None:
        """Takes up a source whose text is shown."""
        self._detail, self._still, self._quote = detail, None, None
        if self.has_pages:
            ident = detail.source.id
            self.pane.open(ident, detail.places, lambda: self._document.source_bytes(ident))
        self.arrange()

    def forget(self) -> None:
        self._detail = self._quote = None
        self.pane.forget()
        self.arrange()

    # Whether and where the pages are shown

    def arrange(self) -> None:
        """Shows the pages where they are wanted and there is room, beside the text or above it."""
        size, width = self._look.size, self.body.width()
        beside = width >= size * _BESIDE or self.is_scan
        way = Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical
        if self.body.orientation() != way:
            self.body.setOrientation(way)
        at_once = width >= size * _AT_ONCE
        wanted = at_once if self._wanted is None else self._wanted
        shows = self.is_scan or (self.has_pages and wanted)
        if self.pane.isHidden() == shows:
            self.pane.setVisible(shows)
            if shows:
                self._share()
                self._follow_text()
            self.changed.emit()
        self._text.setVisible(not self.is_scan)

    def _share(self) -> None:
        """Half of the room for each, when the pages come."""
        whole = max(self.body.width(), self.body.height(), 2)
        self.body.setSizes([whole // 2, whole - whole // 2])

    @property
    def shows(self) -> bool:
        return not self.pane.isHidden()

    @property
    def lacks_room(self) -> bool:
        return self.body.width() < self._look.size * _BESIDE

    def want(self, shown: bool) -> None:
        """Shows the pages, or puts them away; they stay as they are put for every source."""
        if self.has_pages and not self.is_scan:
            self._wanted = shown
            self.arrange()

    # Following

    def choose(self, passage: Passage | None) -> None:
        """Shows all the pages that the chosen quote stands on, boxed."""
        self._still = self._text.verticalScrollBar().value()
        self._follow.stop()
        self._quote = passage
        if not self.has_pages:
            return
        if passage is None:
            self.pane.show_pages(self.pane.pages)
        else:
            self.pane.show_pages(self.pane.pages_of(passage), passage)

    def mark(self, passage: Passage | None) -> None:
        """The chosen quote may stand elsewhere by now, or nowhere: so do its boxes."""
        before = self._quote
        if before is None or not before.quote_id or passage == before:
            return
        if passage is None:
            self._quote = None
            self.pane.show_pages(self.pane.pages)
        elif passage.quote_id == before.quote_id:
            self.choose(passage)

    def _on_moved(self) -> None:
        if self.shows and self._text.verticalScrollBar().value() != self._still:
            self._follow.start()

    def _follow_text(self) -> None:
        """Shows the page that is being read, and those of the quote as long as it is in sight."""
        if not self.shows or self.is_scan:
            return
        quote = self._quote
        page = self.pane.page_of(self._text.read_position())
        pages: tuple[int, ...] = (page,)
        if quote is not None:
            own = self.pane.pages_of(quote)
            if page in own or self._in_sight(quote):
                pages = own
        self.pane.show_pages(pages, quote)

    def _in_sight(self, quote: Passage) -> bool:
        top, bottom = self._text.height_of(quote.start), self._text.height_of(quote.end)
        value = self._text.verticalScrollBar().value()
        return bottom > value and top < value + self._text.viewport().height()

    def _on_turned(self, page: int) -> None:
        """The text goes to a page that was turned to; the page stays until the text is moved."""
        if self._detail is not None and not self.is_scan:
            self._text.show_at_top(self._detail.places[page].start)
            self._still = self._text.verticalScrollBar().value()
            self._follow.stop()

    def _ask_password(self, wrong: bool) -> None:
        from viewer.widgets.sources.source_questions import ask_password

        detail = self._detail
        if detail is not None:
            look = self._look
            name = detail.source.title.text(look.language)
            window = self.body.window()
            ask_password(
                name, look.language, window, self.pane.unlock,
                wrong=wrong, key="pages.page.asked",
            ).begin()  # fmt: skip
