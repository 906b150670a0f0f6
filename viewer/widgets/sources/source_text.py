"""The text of a source, set for reading, with its quotes marked where they stand.

Positions of quotes are in code points, those of Qt's documents in UTF-16 units; they meet in
`SourceText._cursor` and in the two places that read a cursor, all by way of `Positions`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFrameFormat,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QTextEdit

from viewer.widgets.parts.wrapped import paint_focus
from viewer.widgets.sources.positions import Positions

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from viewer.widgets.parts.look import Look

_LONGEST_LINE = 38  # sizes of the type: some 75 letters of Latin
_MARGIN = 3.0  # sizes of the type, at the left, where the paragraphs' numbers stand
_LINE_HEIGHT = 116  # per cent of the font's own
_BETWEEN = 0.7  # sizes of the type, between paragraphs
_GROUNDS = {
    "supports": "highlight",
    "disputes": "highlight-disputes",
    "context": "highlight-context",
}
_UNDERLINES = {
    "supports": QTextCharFormat.UnderlineStyle.SingleUnderline,
    "disputes": QTextCharFormat.UnderlineStyle.WaveUnderline,
    "context": QTextCharFormat.UnderlineStyle.DotLine,
}
# Qt would make one line break of two characters: every position behind it would be off by one.
_CARRIAGE_RETURN = str.maketrans({"\r": "\u200b"})


@dataclass(frozen=True, slots=True)
class Passage:
    """A quote in the text: code points, end exclusive, and the stance that it is shown in."""

    quote_id: int
    start: int
    end: int
    stance: str


class SourceText(QTextEdit):
    """Plain text that is read, marked and copied, never written.

    `pressed` tells the id of a quote that was clicked, `entered` that Enter was pressed. `walk`
    is asked for the next (True) or previous quote when Tab is pressed; False lets the focus go on.
    """

    pressed = Signal(object)
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.walk: Callable[[bool], bool] = lambda _: False
        self._text = ""
        self._positions = Positions("")
        self._passages: tuple[Passage, ...] = ()
        self._places: tuple[tuple[int, str], ...] = ()
        self._chosen: Passage | None = None
        self._following = False
        self._look: Look | None = None
        self._press_at = QPointF()
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setMouseTracking(True)
        self.verticalScrollBar().actionTriggered.connect(self._stop_following)

    # What is shown

    def dress(self, look: Look) -> None:
        """Sets type and colours; to be called before `show_text` and after each change."""
        self._look = look
        font = QFont(look.font("body"))
        font.setPixelSize(round(look.size * 1.05))
        self.setFont(font)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, look.colour("raised"))
        palette.setColor(QPalette.ColorRole.Text, look.colour("text"))
        self.setPalette(palette)
        if self._text:
            self._set()
            self._mark()
            if self._following:
                self._centre()

    def show_text(self, text: str, places: Sequence[tuple[int, str]]) -> None:
        """Shows a text; `places` are starts in code points and their labels in the margin."""
        self._text, self._places = text, tuple(places)
        self._positions = Positions(text)
        self._chosen, self._passages = None, ()
        self.setPlainText(text.translate(_CARRIAGE_RETURN))
        self._set()
        self._mark()

    def mark(self, passages: Sequence[Passage]) -> None:
        """Marks the quotes."""
        self._passages = tuple(passages)
        if self._chosen is not None:
            ident = self._chosen.quote_id
            self._chosen = next((each for each in passages if each.quote_id == ident), None)
        self._mark()

    def choose(self, passage: Passage, *, move: bool = True) -> None:
        """Marks one quote above the others, selects its characters, and brings it to the middle
        unless the text is to stay where it is."""
        before, self._chosen = self._chosen, passage
        if before is None:
            self._set_margins()
        self._mark()
        self.setTextCursor(self._cursor(passage.start, passage.end))
        self._following = move
        if move:
            self._centre()

    @property
    def chosen_text(self) -> str:
        """The characters of the text that are selected, as they are stored."""
        start, end = self.chosen_stretch or (0, 0)
        return self._text[start:end]

    @property
    def chosen_stretch(self) -> tuple[int, int] | None:
        """Start and end of what is selected, in code points; None where nothing is."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return None
        start = self._positions.from_qt(cursor.selectionStart())
        return start, self._positions.from_qt(cursor.selectionEnd())

    def _cursor(self, start: int, end: int) -> QTextCursor:
        """Over a stretch of the text in code points."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._positions.to_qt(start))
        cursor.setPosition(self._positions.to_qt(end), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    # How it is set

    def _set(self) -> None:
        """Distances of lines and paragraphs."""
        assert self._look is not None
        block = QTextBlockFormat()
        block.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        block.setBottomMargin(self._look.size * _BETWEEN)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.setBlockFormat(block)
        self._set_margins()

    def _set_margins(self) -> None:
        """Lines of a length that is good to read, and room above and below for the first and
        the last quote to stand in the middle too; a text without a chosen one begins at the top."""
        if self._look is None:
            return
        size, width = self._look.size, self.viewport().width()
        left = size * _MARGIN
        right = max(size, width - left - size * _LONGEST_LINE)
        frame = QTextFrameFormat()
        frame.setLeftMargin(left)
        frame.setRightMargin(right)
        half = self.viewport().height() / 2
        frame.setTopMargin(half if self._chosen is not None else size)
        frame.setBottomMargin(half)
        self.document().rootFrame().setFrameFormat(frame)

    def _mark(self) -> None:
        look = self._look
        if look is None:
            return
        marks = [self._selection(each, look) for each in self._passages]
        if self._chosen is not None:
            marks.append(self._selection(self._chosen, look, chosen=True))
            palette = self.palette()
            palette.setColor(QPalette.ColorRole.Highlight, look.colour(self._chosen.stance))
            palette.setColor(QPalette.ColorRole.HighlightedText, look.colour("ground"))
            self.setPalette(palette)
        self.setExtraSelections(marks)

    def _selection(
        self, passage: Passage, look: Look, *, chosen: bool = False
    ) -> QTextEdit.ExtraSelection:
        made = QTextEdit.ExtraSelection()
        made.cursor = self._cursor(passage.start, passage.end)
        form = QTextCharFormat()
        if chosen:
            form.setBackground(look.colour(passage.stance))
            form.setForeground(look.colour("ground"))
        else:
            form.setBackground(look.colour(_GROUNDS[passage.stance]))
            form.setUnderlineStyle(_UNDERLINES[passage.stance])
            form.setUnderlineColor(look.colour(passage.stance))
        made.format = form
        return made

    # The middle

    def _centre(self) -> None:
        """Scrolls so that the chosen quote stands in the middle; one that is higher than the
        view begins at its top."""
        if self._chosen is None:
            return
        # Asking for its size has Qt lay out the whole document, however long it is.
        self.document().documentLayout().documentSize()
        top, bottom = self._extent(self._chosen)
        height = self.viewport().height()
        wanted = (top + bottom - height) / 2 if bottom - top < height else top
        self.verticalScrollBar().setValue(round(wanted))

    def _extent(self, passage: Passage) -> tuple[float, float]:
        """Where a quote begins and ends, in px from the document's top."""
        scrolled = self.verticalScrollBar().value()
        first = QTextCursor(self.document())
        first.setPosition(self._positions.to_qt(passage.start))
        last = QTextCursor(self.document())
        last.setPosition(self._positions.to_qt(passage.end))
        return (
            self.cursorRect(first).top() + scrolled,
            self.cursorRect(last).bottom() + scrolled,
        )

    def middle_of_chosen(self) -> float:
        """Where the middle of the chosen quote stands in the view, in px from its top."""
        assert self._chosen is not None
        top, bottom = self._extent(self._chosen)
        return (top + bottom) / 2 - self.verticalScrollBar().value()

    def _stop_following(self) -> None:
        self._following = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_margins()
        if self._following:
            self._centre()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._stop_following()
        super().wheelEvent(event)

    # Mouse and keyboard

    def passage_at(self, position: QPointF) -> Passage | None:
        """The quote under a point of the viewport, the shortest where several meet."""
        cursor = self.cursorForPosition(position.toPoint())
        at = self._positions.from_qt(cursor.position())
        found = [each for each in self._passages if each.start <= at <= each.end]
        near = [each for each in found if self._covers(each, position)]
        return min(near, key=lambda each: each.end - each.start, default=None)

    def _covers(self, passage: Passage, position: QPointF) -> bool:
        """Whether a point is on the lines of a quote rather than in the white beside them."""
        top, bottom = self._extent(passage)
        y = position.y() + self.verticalScrollBar().value()
        return top <= y <= bottom

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._press_at = event.position()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        moved = (event.position() - self._press_at).manhattanLength()
        if moved < QApplication.startDragDistance():
            passage = self.passage_at(event.position())
            if passage is not None:
                self.pressed.emit(passage.quote_id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        over = self.passage_at(event.position()) is not None
        self.viewport().setCursor(
            Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.IBeamCursor
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            place = self.verticalScrollBar().value()
            super().keyPressEvent(event)
            if self.verticalScrollBar().value() != place:
                self._stop_following()

    def focusNextPrevChild(self, next_: bool) -> bool:
        return True if self.walk(next_) else super().focusNextPrevChild(next_)

    # Painting

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._look is None:
            return
        painter = QPainter(self.viewport())
        self._paint_places(painter, self._look)
        if self.hasFocus():
            area = QRectF(self.viewport().rect())
            paint_focus(painter, area, self._look.colour("accent"))
        painter.end()

    def _paint_places(self, painter: QPainter, look: Look) -> None:
        """The numbers of paragraphs or pages, in the margin."""
        painter.setFont(look.font("small"))
        painter.setPen(QColor(look.colour("muted")))
        height = self.viewport().height()
        aligned = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for start, label in self._places:
            cursor = QTextCursor(self.document())
            cursor.setPosition(self._positions.to_qt(start))
            line = self.cursorRect(cursor)
            if line.bottom() >= 0 and line.top() <= height:
                area = QRectF(0, line.top(), look.size * (_MARGIN - 0.7), line.height())
                painter.drawText(area, aligned, label)
