"""A long plain text that is read: set where it is looked at, and still when something moves it.

Positions are in code points here; Qt counts UTF-16 units, and `Positions` knows both.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QTextCursor, QWheelEvent
from PySide6.QtWidgets import QFrame, QTextEdit

from viewer.widgets.reader.long_layout import LongLayout, Setting
from viewer.widgets.reader.positions import Positions
from viewer.widgets.reader.selecting import select_by_key

if TYPE_CHECKING:
    from collections.abc import Iterator

# Qt would make one line break of two characters: every position behind it would be off by one.
_CARRIAGE_RETURN = ("\r", "\u200b")
# Signs of a font's own, which no other font has: nearly always those before the items of a list.
_OWN_SIGNS = re.compile("[\ue000-\uf8ff]")
_BULLET = "•"
_READING = 0.3  # of the view's height: the line that is being read


class LongText(QTextEdit):
    """Plain text that is read, chosen and copied, never written.

    `entered` tells that Enter was pressed, `moved` that the text stands elsewhere in the view.
    """

    entered = Signal()
    moved = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.stored = ""
        self.positions = Positions("")
        self._held: tuple[int, int] | None = None  # a stretch that is kept in the middle
        self._owed = 0.0
        self._settling = False
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # One that came and went would change the width of the lines that it follows from.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setMouseTracking(True)
        self.layout_ = LongLayout(self.document())
        self.layout_.grown = self._keep_still
        self.document().setDocumentLayout(self.layout_)
        self.verticalScrollBar().actionTriggered.connect(self.let_go)

    def set_text(self, text: str, shown: str = "") -> None:
        """Shows a text from its beginning; `shown` has other blanks where it is to."""
        self.stored, self.positions = text, Positions(text)
        self._held = None
        written = (shown or text).replace(*_CARRIAGE_RETURN)
        self.setPlainText(_OWN_SIGNS.sub(_BULLET, written))
        self.verticalScrollBar().setValue(0)
        self._settle()

    def use(self, setting: Setting) -> None:
        """Sets the text in another way; what is read stays where it is."""
        with self.staying():
            self.layout_.use(setting)

    # Where it stands

    def cursor_over(self, start: int, end: int) -> QTextCursor:
        """Over a stretch of the text."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(self.positions.to_qt(start))
        cursor.setPosition(self.positions.to_qt(end), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    @property
    def chosen_stretch(self) -> tuple[int, int] | None:
        """Start and end of what is selected; None where nothing is."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return None
        start = self.positions.from_qt(cursor.selectionStart())
        return start, self.positions.from_qt(cursor.selectionEnd())

    @property
    def chosen_text(self) -> str:
        """The characters of the text that are selected, as they are stored."""
        start, end = self.chosen_stretch or (0, 0)
        return self.stored[start:end]

    def extent(self, start: int, end: int) -> tuple[float, float]:
        """Where a stretch begins and ends, in px from the document's top."""
        scrolled = self.verticalScrollBar().value()
        first = self.cursorRect(self.cursor_over(start, start)).top() + scrolled
        scrolled = self.verticalScrollBar().value()  # the last line may have to be set first
        last = self.cursorRect(self.cursor_over(end, end)).bottom() + scrolled
        return first, last

    def read_position(self) -> int:
        """The character at the beginning of the line that is being read: at the beginning of the
        text that is the first."""
        value = self.verticalScrollBar().value()
        height = min(self.viewport().height() * _READING, float(value))
        cursor = self.cursorForPosition(QPointF(0.0, height).toPoint())
        return self.positions.from_qt(cursor.position())

    def first_in_view(self) -> int:
        """The character at the top of the view."""
        cursor = self.cursorForPosition(QPointF(0.0, 0.0).toPoint())
        return self.positions.from_qt(cursor.position())

    # Moving

    def show_at_top(self, position: int) -> None:
        """Brings a character's line to the top of the view."""
        self.let_go()
        self._lay_out_around(position, position)
        top, _ = self.extent(position, position)
        self.verticalScrollBar().setValue(round(top - self.layout_.setting.between))

    def reveal(self, start: int, end: int) -> None:
        """Brings a stretch into the view, unless it is well in sight already."""
        self._lay_out_around(start, end)
        top, bottom = self.extent(start, end)
        value, height = self.verticalScrollBar().value(), self.viewport().height()
        edge = min(48.0, height / 6)
        if top < value + edge or bottom > value + height - edge:
            self.let_go()
            self.verticalScrollBar().setValue(round(top - height * _READING))

    def hold(self, start: int, end: int) -> None:
        """Keeps a stretch in the middle of the view until somebody scrolls."""
        self._held = (start, end)
        self._centre()

    def let_go(self) -> None:
        """What was held in the middle may go out of it."""
        self._held = None

    @property
    def holds(self) -> bool:
        return self._held is not None

    def _centre(self) -> None:
        """One that is higher than the view begins at its top."""
        if self._held is None:
            return
        self._lay_out_around(*self._held)
        top, bottom = self.extent(*self._held)
        height = self.viewport().height()
        wanted = (top + bottom - height) / 2 if bottom - top < height else top
        self.verticalScrollBar().setValue(round(wanted))

    def _lay_out_around(self, start: int, end: int) -> None:
        """Sets a stretch and a view's height on both sides, so that distances there are true."""
        height = self.viewport().height()
        top, bottom = self.extent(start, end)
        self.layout_.lay_out(top - height, bottom + height, top)

    # Keeping still

    def _keep_still(self, top: float, by: float) -> None:
        """A paragraph that begins above the view is higher or lower than it was reckoned."""
        bar = self.verticalScrollBar()
        if top < bar.value():
            self._owed += by
            whole = round(self._owed)
            self._owed -= whole
            bar.setValue(bar.value() + whole)

    def _settle(self) -> None:
        """Sets what is in the view and beside it, before it is scrolled to."""
        if self._settling:
            return
        self._settling = True
        value, height = float(self.verticalScrollBar().value()), self.viewport().height()
        self.layout_.lay_out(value - height, value + 2 * height, value)
        self._settling = False

    @contextmanager
    def staying(self) -> Iterator[None]:
        """What is read stays where it is, whatever is done to how the text is set."""
        place = self._place()
        yield
        self._go_back_to(place)

    def _place(self) -> tuple[int, float] | None:
        """What stands at the top of the view, in Qt's positions, and how far from it; None at the
        beginning. Where a paragraph begins there it is that: lines may break elsewhere then."""
        value = float(self.verticalScrollBar().value())
        if value <= 0:
            return None
        layout = self.layout_
        number = layout.number_at(value) + 1
        if number < self.document().blockCount() and (
            layout.tops[number] < value + self.viewport().height() * _READING
        ):
            at = self.document().findBlockByNumber(number).position()
        else:
            at = layout.hitTest(QPointF(0.0, value), Qt.HitTestAccuracy.FuzzyHit)
        cursor = QTextCursor(self.document())
        cursor.setPosition(at)
        return at, float(self.cursorRect(cursor).top())

    def _go_back_to(self, place: tuple[int, float] | None) -> None:
        if self._held is not None:
            self._centre()
        elif place is not None:
            at, was = place
            cursor = QTextCursor(self.document())
            cursor.setPosition(at)
            bar = self.verticalScrollBar()
            self.cursorRect(cursor)  # sets its line, which may scroll
            bar.setValue(round(bar.value() + self.cursorRect(cursor).top() - was))
        self._settle()
        self.moved.emit()

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802 - Qt's own name
        super().scrollContentsBy(dx, dy)
        self._settle()
        self.moved.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        with self.staying():
            super().resizeEvent(event)
            self.layout_.use(self.setting())

    def setting(self) -> Setting:
        """How the text is set at this size."""
        return Setting(width=float(self.viewport().width()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.let_go()
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
            return
        value = self.verticalScrollBar().value()
        if not select_by_key(self, event):
            super().keyPressEvent(event)
        if self.verticalScrollBar().value() != value:
            self.let_go()

    def event(self, event: QEvent) -> bool:
        """All of the text is selected and copied here, whatever these keys mean elsewhere."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            own = (QKeySequence.StandardKey.SelectAll, QKeySequence.StandardKey.Copy)
            if any(event.matches(each) for each in own):
                event.accept()
                return True
        return super().event(event)

    # Copying

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802 - Qt's own name
        """The characters as they are stored, not as Qt shows them."""
        made = QMimeData()
        made.setText(self.chosen_text)
        return made

    def visible_stretch(self, beyond: float = 0.0) -> tuple[int, int]:
        """Start and end of the paragraphs in the view, and of those `beyond` it on both sides, in
        heights of the view."""
        value, height = self.verticalScrollBar().value(), self.viewport().height()
        top, bottom = value - beyond * height, value + (1 + beyond) * height
        first = self.document().findBlockByNumber(self.layout_.number_at(top))
        last = self.document().findBlockByNumber(self.layout_.number_at(bottom))
        end = last.position() + last.length() - 1
        return self.positions.from_qt(first.position()), self.positions.from_qt(end)

    def height_of(self, position: int) -> float:
        """Where the line of a character begins, in px from the document's top: as it is reckoned
        where its paragraph is not set."""
        return self.layout_.height_of(self.positions.to_qt(position))
