"""Where the source reader stands: below the inspector or a form, and how much room it has."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

if TYPE_CHECKING:
    from PySide6.QtWidgets import QSplitter

    from viewer.document import Document
    from viewer.widgets.reader.reader import SourceReader
    from viewer.widgets.reader.widening import Widening
    from viewer.widgets.state import Selection, ViewState

_ABOVE = 0.32  # of the column's height, for the inspector over a source that is read


class ReaderPlace(QObject):
    """Opens sources in the reader, which is made when it is first asked for (`made` tells it) and
    stands at the end of the right column. `closed` tells that it was put away."""

    made = Signal(object)
    closed = Signal()

    def __init__(
        self,
        document: Document,
        state: ViewState,
        selection: Selection,
        columns: QSplitter,
        right: QSplitter,
    ) -> None:
        super().__init__(right)
        self._document, self._state, self._selection = document, state, selection
        self._columns, self._right = columns, right
        self._heights: list[int] = []  # of the right column, before a quote's form stood in it

    @cached_property
    def reader(self) -> SourceReader:
        from viewer.widgets.reader.reader import SourceReader

        reader = SourceReader(self._document, self._state, self._selection)
        reader.hide()
        reader.selected.connect(self._selection.select)
        reader.closed.connect(self.close)
        reader.widen_asked.connect(self.widening.set)
        self._right.addWidget(reader)
        self.made.emit(reader)
        return reader

    @cached_property
    def widening(self) -> Widening:
        """Makes room for the reader, and takes it back."""
        from viewer.widgets.reader.widening import Widening

        return Widening(self._columns, self._right)

    def open_one(self) -> SourceReader | None:
        """The reader, if a source is being read in it."""
        there = "reader" in self.__dict__ and not self.reader.isHidden()
        return self.reader if there else None

    def source_id(self) -> int | None:
        """The source that is being read."""
        reader = self.open_one()
        return reader.source_id if reader is not None else None

    def passage(self) -> tuple[int, int, int] | None:
        """What is selected in the source that is being read, as `SourceReader.passage` tells."""
        return self.reader.passage() if "reader" in self.__dict__ else None

    # Opening

    def show_quote(self, source_id: int, quote_id: int) -> None:
        """Opens a source at a quote."""
        self._open()
        self.reader.show_quote(source_id, quote_id)

    def show_source(self, source_id: int) -> None:
        """Opens a source at its beginning."""
        self._open()
        self.reader.show_source(source_id)

    def go_to_stretch(self, source_id: int, place: tuple[int, int]) -> None:
        """Opens a source at a stretch of its text (code points)."""
        self._open()
        self.reader.show_stretch(source_id, *place)
        self.reader.focus_text()

    def show_stretch(self, source_id: int, start: int | None, end: int | None) -> None:
        """The same under a form, which keeps the focus; without a stretch the source alone."""
        if self.reader.isHidden():
            self.reader.show()
            self.make_room()
        self.reader.show_stretch(source_id, start, end)

    def _open(self) -> None:
        if self.reader.isHidden():
            self.reader.show()
            self._right.setSizes(self._usual())

    def close(self) -> None:
        """Puts the reader away."""
        self.narrow()
        if "reader" in self.__dict__:
            self.reader.hide()
        self.closed.emit()

    # How much room it has

    def _usual(self) -> list[int]:
        above = round(_ABOVE * self._right.height())
        return [above, self._right.height() - above]

    def narrow(self) -> None:
        """Gives back the room that a wide reader took."""
        if "widening" in self.__dict__:
            self.widening.set(wide=False)

    def remember(self) -> None:
        """Keeps the heights as they are, before a form takes its room."""
        self._heights = self._right.sizes()

    def make_room(self) -> None:
        """A quote's form stands above its source, and needs more room than the inspector."""
        if self.open_one() is None:
            return
        height = self._right.height()
        above = round(max(0.6 * height, min(0.75 * height, 440)))
        sizes = {self._right.widget(0): above, self.reader: height - above}
        every = map(self._right.widget, range(self._right.count()))
        self._right.setSizes([sizes.get(each, 0) for each in every])
        # The passage stays in sight in what is left of the source.
        QTimer.singleShot(0, self.reader, self.reader.text.ensureCursorVisible)

    def read_on(self) -> None:
        """The form is closed: reading goes on where it was, with the room that it had."""
        if self.open_one() is None:
            return
        fits = len(self._heights) == self._right.count() and self._heights[-1] > 0
        self._right.setSizes(self._heights if fits else self._usual())
        self.reader.text.setFocus(Qt.FocusReason.OtherFocusReason)
