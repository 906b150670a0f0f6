"""The line at the bottom: what the picture shows, and which file it is of."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from viewer.widgets.parts.elided import ElidedLabel
from viewer.words import n, t
from viewer.words.dates import range_words

if TYPE_CHECKING:
    from viewer.display import DisplayList
    from viewer.document import Document
    from viewer.widgets.state import ViewState

_STAYS = 8000  # ms that a passing message stays


class StatusLine(QStatusBar):
    """Range in words and counts at the left, the file at the right, news between them."""

    def __init__(self, document: Document, state: ViewState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._state = document, state
        self._counts = {"shown": 0, "labelled": 0}
        self._reading = ""  # how far the file is read: in words
        self._check = ""  # how the background check of the file stands: a catalogue key
        self.setSizeGripEnabled(False)
        # A long name of a file is no reason to make the window wider than the screen.
        self.shown, self.check = ElidedLabel(), ElidedLabel()
        self.file = ElidedLabel(Qt.TextElideMode.ElideMiddle)
        self.addWidget(self.shown)
        self.addPermanentWidget(self.check)
        self.addPermanentWidget(self.file)

    def show_picture(self, display: DisplayList) -> None:
        """Tells of the picture just laid out."""
        self._counts = dict(display.counts)
        self.refresh()

    def show_check(self, key: str) -> None:
        """`key` is one of the catalogue's `status.check.…`, or empty for nothing to tell."""
        self._check = key
        self.refresh()

    def show_reading(self, words: str) -> None:
        """Tells how far the file is read in place of the counts; empty where it is whole."""
        self._reading = words
        self.refresh()

    def tell(self, text: str) -> None:
        """News that goes away by itself."""
        self.showMessage(text, _STAYS)

    def refresh(self) -> None:
        language = self._state.language
        first = math.floor(self._state.start)
        last = max(first, math.ceil(self._state.end) - 1)
        words = range_words(first, last, language)
        shown = n("status.events", self._counts.get("shown", 0), language)
        labelled = t("status.labelled", language, n=self._counts.get("labelled", 0))
        self.shown.setText(f"{words} · {self._reading or f'{shown}, {labelled}'}")
        self.check.setText(t(f"status.check.{self._check}", language) if self._check else "")
        _set_rank(self.check, "warning" if self._check == "damaged" else "")
        self.file.setText(" · ".join(self._file_words()))

    def _file_words(self) -> list[str]:
        language, path = self._state.language, self._document.path
        words = [t("status.offline", language)]
        reason = self._document.read_only_reason
        if reason is not None:
            words = [t(reason, language)]
        if path is not None:
            words += [path.name, size_words(self._document.size)]
        return words


def _set_rank(label: QLabel, rank: str) -> None:
    if label.property("rank") != rank:
        label.setProperty("rank", rank)
        label.style().unpolish(label)
        label.style().polish(label)


def size_words(size: int) -> str:
    """Bytes in the largest unit that leaves a number before the point: "0.4 MB"."""
    if size < 100_000:
        return f"{size / 1000:.0f} kB"
    if size < 1_000_000_000:
        return f"{size / 1_000_000:.1f} MB"
    return f"{size / 1_000_000_000:.1f} GB"
