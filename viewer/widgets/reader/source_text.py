"""The text of a source, with its quotes marked where they stand and its pages at the side."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextCharFormat,
)
from PySide6.QtWidgets import QApplication

from viewer.widgets.parts.wrapped import paint_focus
from viewer.widgets.reader.flowing import flowing
from viewer.widgets.reader.long_layout import Mark, Setting
from viewer.widgets.reader.long_text import LongText
from viewer.widgets.reader.marking import Passage, find_format, quote_format

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from viewer.widgets.parts.look import Look
    from viewer.widgets.reader.events_margin import EventsMargin

_LONGEST_LINE = 38  # sizes of the type: some 75 letters of Latin
_MARGIN = 3.0  # sizes of the type, at the left, where the numbers of paragraphs or pages stand
_WIDEST_MARGIN = 6.0
_LINE_HEIGHT = 1.16  # of the font's own
_BETWEEN = 0.7  # sizes of the type, between paragraphs
_LEAST_LINE = 25  # sizes of the type that the text keeps beside names in the margin
_LEAST_NAMES = 10  # sizes of the type: a margin that is narrower is none


class SourceText(LongText):
    """`pressed` tells the id of a quote that was clicked. `walk` is asked for the next (True) or
    previous quote when Tab is pressed; False lets the focus go on."""

    pressed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.walk: Callable[[bool], bool] = lambda _: False
        self.margin: EventsMargin | None = None
        self._passages: tuple[Passage, ...] = ()
        self._edges = np.zeros((2, 0), np.int64)  # starts and ends of the passages
        self._places: tuple[tuple[int, str], ...] = ()
        self._paged = False
        self._finds: Sequence[tuple[int, int]] = ()
        self._find: int | None = None
        self._chosen: Passage | None = None
        self._look: Look | None = None
        self._press_at = QPointF()
        self.layout_.marks = self.marks_between
        self.selectionChanged.connect(self._colour_selection)

    # What is shown

    def dress(self, look: Look) -> None:
        """Sets type and colours; to be called before `show_text` and after each change."""
        self._look = look
        font = QFont(look.font("body"))
        font.setPixelSize(round(look.size * 1.05))
        self.arrange()
        with self.staying():
            self.setFont(font)
            self.layout_.use(self.setting())
        self.viewport().update()
        self._colour_selection()

    def show_text(
        self,
        text: str,
        places: Sequence[tuple[int, str]],
        pages: Sequence[tuple[int, int]] = (),
    ) -> None:
        """Shows a text; `places` are starts in code points and their labels at the side, in
        order. Where they are `pages` (start and end of each), a line is drawn before each, and
        printed lines are shown as paragraphs."""
        self._places, self._paged = tuple(places), bool(pages)
        self._chosen = None
        self._finds, self._find = (), None
        self.mark(())
        self.set_text(text, flowing(text, pages) if pages else "")
        self.use(self.setting())

    def mark(self, passages: Sequence[Passage]) -> None:
        """Marks the quotes."""
        self._passages = tuple(passages)
        edges = [(each.start, each.end) for each in passages]
        self._edges = np.array(edges, np.int64).reshape(-1, 2).T
        if self._chosen is not None:
            ident = self._chosen.quote_id
            self._chosen = next((each for each in passages if each.quote_id == ident), None)
        self.viewport().update()

    def choose(self, passage: Passage, *, move: bool = True) -> None:
        """Marks one quote above the others, selects its characters, and brings it to the middle
        unless the text is to stay where it is."""
        before, self._chosen = self._chosen, passage
        above = self.layout_.setting.top
        self.layout_.use(self.setting())  # a first one brings room above the text
        bar = self.verticalScrollBar()
        if before is None:
            bar.setValue(bar.value() + round(self.layout_.setting.top - above))
        self.viewport().update()
        value = bar.value()
        self.setTextCursor(self.cursor_over(passage.start, passage.end))
        if move:
            self.hold(passage.start, passage.end)
        else:
            self.let_go()
            self.verticalScrollBar().setValue(value)
        self._colour_selection()

    def go_to(self, start: int, end: int) -> None:
        """Brings a stretch that is no quote to the middle, and selects its characters."""
        if self._chosen is not None:
            self._chosen = None
            self.use(self.setting())
        self.setTextCursor(self.cursor_over(start, end))
        self.hold(start, end)
        self._colour_selection()

    def show_finds(self, finds: Sequence[tuple[int, int]], current: int | None = None) -> None:
        """Marks stretches that were sought (in order), and the one of them that is gone to."""
        self._finds, self._find = finds, current
        self.viewport().update()

    def marks_between(self, start: int, end: int) -> Iterator[Mark]:
        """What is marked between two of Qt's positions: quotes, the chosen one, and finds."""
        look = self._look
        if look is None:
            return
        first, last = self.positions.from_qt(start), self.positions.from_qt(end)
        starts, ends = self._edges
        for number in np.flatnonzero((starts < last) & (ends > first)).tolist():
            each = self._passages[number]
            yield self._mark(each.start, each.end, quote_format(each.stance, look))
        if self._chosen is not None:
            each = self._chosen
            yield self._mark(each.start, each.end, quote_format(each.stance, look, chosen=True))
        place = max(bisect_right(self._finds, (first, 0)) - 1, 0)
        for number in range(place, bisect_left(self._finds, (last, 0))):
            form = find_format(look, chosen=number == self._find)
            yield self._mark(*self._finds[number], form)

    def _mark(self, start: int, end: int, form: QTextCharFormat) -> Mark:
        return Mark(self.positions.to_qt(start), self.positions.to_qt(end), form)

    # How it is set

    def arrange(self) -> None:
        """Gives the names beside the text what room there is; where there is too little of it
        they are not shown."""
        margin, look = self.margin, self._look
        if margin is None or look is None:
            return
        whole = self.width() - self.verticalScrollBar().sizeHint().width()
        around = self._left(look) + look.size
        width = whole - around - look.size * _LONGEST_LINE
        if width < look.size * _LEAST_NAMES:
            width = look.size * _LEAST_NAMES
        if not margin.has_names or whole - width < around + look.size * _LEAST_LINE:
            width = 0
        if self.viewportMargins().right() != round(width):
            self.setViewportMargins(0, 0, round(width), 0)
        margin.setVisible(width > 0)
        view = self.viewport().geometry()
        margin.setGeometry(view.right() + 1, view.top(), round(width), view.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def setting(self) -> Setting:
        """Lines of a length that is good to read, and room above and below for the first and
        the last quote to stand in the middle too; a text without a chosen one begins at the top."""
        look = self._look
        if look is None:
            return super().setting()
        size, width, half = look.size, self.viewport().width(), self.viewport().height() / 2
        left = self._left(look)
        right = max(size, width - left - size * _LONGEST_LINE)
        return Setting(
            left=left,
            top=half if self._chosen is not None else size,
            bottom=half,
            width=max(width - left - right, size),
            between=size * _BETWEEN,
            pitch=_LINE_HEIGHT,
        )

    def _left(self, look: Look) -> float:
        """The margin at the left: as wide as its labels need, within reason."""
        metrics = QFontMetricsF(look.font("small"))
        longest = max((label for _, label in self._places), key=len, default="")
        wanted = metrics.horizontalAdvance(longest) + look.size * 1.2
        return min(max(wanted, look.size * _MARGIN), look.size * _WIDEST_MARGIN)

    def _colour_selection(self) -> None:
        """What is selected looks as everywhere, but the chosen quote as its stance does."""
        look, chosen = self._look, self._chosen
        if look is None:
            return
        palette = QPalette(QApplication.palette())
        palette.setColor(QPalette.ColorRole.Base, look.colour("raised"))
        palette.setColor(QPalette.ColorRole.Text, look.colour("text"))
        if chosen is not None and self.chosen_stretch == (chosen.start, chosen.end):
            palette.setColor(QPalette.ColorRole.Highlight, look.colour(chosen.stance))
            palette.setColor(QPalette.ColorRole.HighlightedText, look.colour("ground"))
        if palette != self.palette():
            self.setPalette(palette)

    def middle_of_chosen(self) -> float:
        """Where the middle of the chosen quote stands in the view, in px from its top."""
        assert self._chosen is not None
        top, bottom = self.extent(self._chosen.start, self._chosen.end)
        return (top + bottom) / 2 - self.verticalScrollBar().value()

    # Mouse and keyboard

    def passage_at(self, position: QPointF) -> Passage | None:
        """The quote under a point of the viewport, the shortest where several meet."""
        cursor = self.cursorForPosition(position.toPoint())
        at = self.positions.from_qt(cursor.position())
        found = [each for each in self._passages if each.start <= at <= each.end]
        near = [each for each in found if self._covers(each, position)]
        return min(near, key=lambda each: each.end - each.start, default=None)

    def _covers(self, passage: Passage, position: QPointF) -> bool:
        """Whether a point is on the lines of a quote rather than in the white beside them."""
        top, bottom = self.extent(passage.start, passage.end)
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

    def focusNextPrevChild(self, next_: bool) -> bool:
        # The names beside the text ask here too, since they are within it.
        walked = self.hasFocus() and self.walk(next_)
        return True if walked else super().focusNextPrevChild(next_)

    # Painting

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802 - Qt's own name
        super().scrollContentsBy(dx, dy)
        if self.hasFocus():  # the ring stays where it is: nothing of it scrolls along
            self.viewport().update()

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

    def _places_in_view(self) -> Sequence[tuple[int, str]]:
        first, last = self.visible_stretch()
        begin = bisect_left(self._places, first, key=itemgetter(0))
        return self._places[begin : bisect_right(self._places, last, key=itemgetter(0))]

    def labels_in_view(self) -> list[str]:
        """The labels that stand beside the text just now."""
        return [label for _, label in self._places_in_view()]

    def _paint_places(self, painter: QPainter, look: Look) -> None:
        """The numbers of paragraphs or pages, beside the line that each begins with."""
        painter.setFont(look.font("small"))
        aligned = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        width = self._left(look) - look.size * 0.7
        metrics = QFontMetricsF(look.font("small"))
        first, last = self.visible_stretch()
        begin, stop = (
            bisect_left(self._places, (first,)),
            bisect_right(self._places, (last, "\U0010ffff")),
        )
        for start, label in self._places[begin:stop]:
            line = self.cursorRect(self.cursor_over(start, start))
            area = QRectF(0, line.top(), width, line.height())
            painter.setPen(QColor(look.colour("muted")))
            told = metrics.elidedText(label, Qt.TextElideMode.ElideMiddle, width)
            painter.drawText(area, aligned, told)
            if self._paged and start:
                y = round(line.top() - look.size * _BETWEEN / 2)
                painter.setPen(QColor(look.colour("border")))
                painter.drawLine(round(look.size * 0.4), y, self.viewport().width(), y)
