"""What the reader is put together from, above each other; its ends are made anew each time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from viewer.widgets.parts.boxes import put_away
from viewer.widgets.parts.tabs import chain

if TYPE_CHECKING:
    from viewer.widgets.reader.parts import Header, Targets


class ReaderFrame:
    """The header, what stands always, and what the chosen quote is evidence for."""

    def __init__(self, holder: QWidget, search: QWidget, body: QWidget) -> None:
        self.header: Header | None = None
        self.targets: Targets | None = None
        self._between = (search, body)
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(search)
        self._column.addWidget(body, 1)

    def put(self, header: Header, targets: Targets) -> bool:
        """Puts new ends in the place of the old; whether one of those had the focus."""
        focused = QApplication.focusWidget()
        old = [part for part in (self.header, self.targets) if part is not None]
        had = focused is not None and any(part.isAncestorOf(focused) for part in old)
        self._column.insertWidget(0, header)
        self._column.addWidget(targets)
        self.header, self.targets = header, targets
        for part in old:
            self._column.removeWidget(part)
            put_away(part)
        self._chain()
        return had

    def _chain(self) -> None:
        """Tab goes from top to bottom: what was made last would be its last in the window."""
        parts = (self.header, *self._between, self.targets)
        stops = [
            each
            for part in parts
            if part is not None
            for each in part.findChildren(QWidget)
            if each.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]
        chain(stops)

    def fit(self) -> None:
        """How high the ends may be depends on the height of the whole."""
        for part in (self.header, self.targets):
            if part is not None:
                part.updateGeometry()

    def hide(self) -> None:
        for part in (self.header, self.targets):
            if part is not None:
                part.hide()
