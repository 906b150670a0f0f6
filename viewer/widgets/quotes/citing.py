"""Citations to the clipboard: of the quote that is looked at, in the reader or the inspector."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from db.errors import AllianceError
from viewer.words import t

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.details import SourceDetail, SourceQuote
    from db.records import Language, Ref
    from viewer.document import Document
    from viewer.widgets.reader.reader import SourceReader
    from viewer.widgets.state import Selection, ViewState

_SHOWN = 90  # characters of a citation that the status line tells


class Citing(QObject):
    """`news` tells what was copied, or what is to be looked at first. `reader` gives the reader
    while a source is being read."""

    news = Signal(str)

    def __init__(
        self,
        document: Document,
        state: ViewState,
        selection: Selection,
        reader: Callable[[], SourceReader | None],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._document, self._state, self._selection = document, state, selection
        self._reader = reader

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What the commands mean."""
        return {
            "cite": lambda: self.copy(self._state.language),
            "cite-en": lambda: self.copy("en"),
            "cite-ko": lambda: self.copy("ko"),
        }

    def copy(self, language: Language) -> None:
        """Copies the citation of what is looked at, in the style of a language."""
        try:
            done = self._copy(language)
        except AllianceError:  # it is gone by now
            done = False
        if not done:
            self.news.emit(t("citation.nothing", self._state.language))

    def copy_here(self) -> None:
        """The same, in the style of the window's language."""
        self.copy(self._state.language)

    def copy_quote(self, source_id: int, quote_id: int) -> None:
        """Copies that of a quote, in the style of the window's language."""
        detail = self._document.source(source_id)
        found = _quote(detail, quote_id)
        if found is not None:
            stretch = (found.anchor.start, found.anchor.end)
            self._put(detail, stretch, found, self._state.language)

    def _copy(self, language: Language) -> bool:
        focused = QApplication.focusWidget()
        reader = self._reader()
        reads = reader is not None and focused is not None and reader.isAncestorOf(focused)
        if reads and reader is not None and self._copy_read(reader, language):
            return True
        at = _shown_by(focused) or self._first_quote(self._selection.ref)
        if at is not None:
            detail = self._document.source(at[0])
            found = _quote(detail, at[1])
            if found is not None:
                self._put(detail, (found.anchor.start, found.anchor.end), found, language)
                return True
        return reader is not None and not reads and self._copy_read(reader, language)

    def _copy_read(self, reader: SourceReader, language: Language) -> bool:
        """What is selected in the reader: a quote, or a passage that is none."""
        if reader.source_id is None:
            return False
        detail, passage = self._document.source(reader.source_id), reader.passage()
        stretch = passage[1:] if passage is not None else None
        chosen = _quote(detail, reader.quote_id)
        if stretch is not None:
            there = (each for each in detail.quotes if _stretch(each) == stretch)
            found = next(there, None)
        else:
            found = chosen
        if found is not None:
            stretch = _stretch(found)
        if stretch is None:
            return False
        self._put(detail, stretch, found, language)
        return True

    def _first_quote(self, ref: Ref | None) -> tuple[int, int] | None:
        """The first quote of what is selected, as the inspector shows them."""
        if ref is None:
            return None
        read = self._document.stage if ref[0] == "stage" else self._document.event
        for each in read(ref[1]).quotes:
            if each.anchor is not None:
                return each.source.id, each.quote.id
        return None

    def _put(
        self,
        detail: SourceDetail,
        stretch: tuple[int, int],
        found: SourceQuote | None,
        language: Language,
    ) -> None:
        from viewer.words.citation import cite, plain, rich

        quote = found.quote if found is not None else None
        made = cite(detail.source, detail.places, stretch, quote, language)
        mime, text = QMimeData(), plain(made)
        mime.setText(text)
        mime.setHtml(rich(made))
        QGuiApplication.clipboard().setMimeData(mime)
        shown = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
        self.news.emit(t("citation.copied", self._state.language, text=shown))


def _shown_by(widget: QWidget | None) -> tuple[int, int] | None:
    """The quote that a widget is part of, such as a card of the inspector."""
    # Not at the top: the first picture does not wait for the inspector's modules.
    from viewer.widgets.panels.cards import QUOTE

    while widget is not None:
        found = widget.property(QUOTE)
        if found is not None:
            source_id, quote_id = found
            return int(source_id), int(quote_id)
        widget = widget.parentWidget()
    return None


def _quote(detail: SourceDetail, quote_id: int | None) -> SourceQuote | None:
    return next((each for each in detail.quotes if each.quote.id == quote_id), None)


def _stretch(found: SourceQuote) -> tuple[int, int]:
    return found.anchor.start, found.anchor.end
