"""What the tests of the reader share: a reader in a window, on a file or on a made-up source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from tests.helpers import settle
from tests.widgets.inspecting import (
    MadeDocument,
    Selection,
    dressed,
    event_ref,
    made_event,
    made_source,
)
from viewer.widgets.reader.reader import SourceReader

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from db.details import QuoteDetail, SourceQuote
    from db.records import Language
    from viewer.document import Document
    from viewer.widgets.state import ViewState


class Desk:
    """A reader in a window, with a button beside it that has the focus first."""

    def __init__(
        self,
        qtbot: QtBot,
        document: Document,
        language: Language = "en",
        size: tuple[int, int] = (400, 640),
    ) -> None:
        self.document = document
        self.state: ViewState = dressed(document, language)
        self.selection = Selection()
        self.reader = SourceReader(document, self.state, self.selection)
        self.reader.selected.connect(self.selection.select)
        self.window = QWidget()
        self.beside = QPushButton("여기에서")
        rows = QVBoxLayout(self.window)
        rows.addWidget(self.beside)
        rows.addWidget(self.reader, 1)
        qtbot.addWidget(self.window)
        self.window.resize(*size)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitExposed(self.window)
        self.beside.setFocus()

    def select(self, slug: str) -> tuple[QuoteDetail, ...]:
        """Selects an event of the shipped data; gives its quotes."""
        ref = event_ref(self.document, slug)
        self.selection.select(ref)
        return self.document.event(ref[1]).quotes

    def show(self, detail: QuoteDetail) -> None:
        self.reader.show_quote(detail.source.id, detail.quote.id)
        settle()

    @property
    def chosen(self) -> str:
        return self.reader.text.chosen_text

    def is_in_the_middle(self) -> bool:
        text = self.reader.text
        return abs(text.middle_of_chosen() - text.viewport().height() / 2) <= 3


def made_desk(
    qtbot: QtBot, text: str, *quotes: SourceQuote, size: tuple[int, int] = (400, 640)
) -> Desk:
    """A reader on a made-up source, in Korean."""
    document = MadeDocument(made_event(), source=made_source(text, *quotes))
    return Desk(qtbot, document, "ko", size)
