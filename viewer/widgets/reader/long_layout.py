"""How a long text is set: a paragraph is broken into lines when it comes near the view.

Qt's own layout breaks the whole document again whenever its width, font or format changes, which
takes a second for a book. Here the height of a paragraph that nobody has looked at is reckoned
from its length; once it is set, what stands below it moves, and `grown` tells so that whoever
scrolls can keep still what is seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFontMetricsF,
    QPainter,
    QPalette,
    QTextBlock,
    QTextCharFormat,
    QTextDocument,
    QTextFrame,
    QTextLayout,
    QTextOption,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QPainterPath

    Point = QPointF | QPoint | QPainterPath.Element

_SAMPLE = 4000  # characters by which a letter's usual width is reckoned
_ATTEMPTS = 4
_EXACT = Qt.HitTestAccuracy.ExactHit
_OPTION = QTextOption()
_OPTION.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)


@dataclass(frozen=True, slots=True)
class Setting:
    """Lengths in px: the margins around the text, the width of its lines, the distance between
    paragraphs; `pitch` is that of lines as a multiple of the font's own."""

    left: float = 0.0
    top: float = 0.0
    bottom: float = 0.0
    width: float = 100.0
    between: float = 0.0
    pitch: float = 1.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text in Qt's positions, and how it is shown."""

    start: int
    end: int
    format: QTextCharFormat


class LongLayout(QAbstractTextDocumentLayout):
    """`grown` is called with where a paragraph begins, and by how much what is below has moved.
    `marks` is asked for what is to be marked between two positions, besides the selections that
    Qt gives."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self.grown: Callable[[float, float], object] = lambda _top, _by: None
        self.marks: Callable[[int, int], Iterable[Mark]] = lambda _start, _end: ()
        self.setting = Setting()
        self._told_size = QSizeF()
        self._key = (0, 0)
        self._lengths: NDArray[np.int64] = np.zeros(0, np.int64)
        self._heights: NDArray[np.float64] = np.zeros(0)
        self._set: NDArray[np.bool_] = np.zeros(0, np.bool_)
        self._tops: NDArray[np.float64] | None = None  # one more than paragraphs; None: reckon
        self._reckon()

    # Heights

    def use(self, setting: Setting) -> None:
        """Sets the text in another way; nothing happens if it is the same."""
        if setting == self.setting:
            return
        before, self.setting = self.setting, setting
        if (before.width, before.between, before.pitch) == (
            setting.width,
            setting.between,
            setting.pitch,
        ):
            self._tops = None  # the lines are as they were
        else:
            self._reckon()
        self._tell()

    def _reckon(self) -> None:
        """Takes every height from the lengths: no line is set any more."""
        document = self.document()
        for number in np.flatnonzero(self._set).tolist():
            block = document.findBlockByNumber(number)
            if block.isValid():
                block.clearLayout()
        key = (document.blockCount(), document.characterCount())
        if key != self._key:
            self._key = key
            self._lengths = _lengths(document)
        setting, metrics = self.setting, QFontMetricsF(document.defaultFont())
        sample = _sample(document)
        letter = metrics.horizontalAdvance(sample) / max(len(sample), 1) or 1.0
        lines = np.ceil(self._lengths * letter / max(setting.width, 1.0))
        pitch = metrics.height() * setting.pitch
        self._heights = np.maximum(lines, 1.0) * pitch + setting.between
        self._set = np.zeros(self._heights.size, np.bool_)
        self._tops = None

    @property
    def tops(self) -> NDArray[np.float64]:
        """Where each paragraph begins, in px from the document's top, and where the last ends."""
        if self._tops is None:
            self._tops = np.empty(self._heights.size + 1)
            self._tops[0] = self.setting.top
            np.cumsum(self._heights, out=self._tops[1:])
            self._tops[1:] += self.setting.top
        return self._tops

    def number_at(self, y: float) -> int:
        """The paragraph at a height, the first or last one above or below all."""
        place = int(np.searchsorted(self.tops, y, "right")) - 1
        return min(max(place, 0), self._heights.size - 1)

    def height_of(self, position: int) -> float:
        """Where the line of a character begins; nothing is set for that."""
        block = self.document().findBlock(position)
        number, inside = block.blockNumber(), position - block.position()
        if not 0 <= number < self._set.size:
            return float(self.tops[-1])
        top = float(self.tops[number])
        if self._set[number]:
            return top + block.layout().lineForTextPosition(inside).y()
        return top + float(self._heights[number]) * inside / max(block.length(), 1)

    def lay_out(self, top: float, bottom: float, still: float) -> None:
        """Sets what stands between two heights; `still` is a height between them, above which
        what is set moves what is below."""
        first = self.number_at(still)
        number = first
        while number < self._heights.size and self.tops[number] < bottom:
            self._lay_out_block(self.document().findBlockByNumber(number))
            number += 1
        # Upwards the heights below stay as far away as they are, however much is added.
        room, number = still - top, first - 1
        while number >= 0 and room > 0:
            self._lay_out_block(self.document().findBlockByNumber(number))
            room -= self._heights[number]
            number -= 1

    def _lay_out_block(self, block: QTextBlock) -> None:
        number = block.blockNumber()
        if not 0 <= number < self._set.size or self._set[number]:
            return
        setting, layout = self.setting, block.layout()
        layout.setTextOption(_OPTION)
        y = 0.0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(setting.width, 1.0))
            pitch = line.height() * setting.pitch
            line.setPosition(QPointF(0.0, y + (pitch - line.height()) / 2))
            y += pitch
        layout.endLayout()
        self._set[number] = True
        height = y + setting.between
        if abs(by := height - float(self._heights[number])) > 0.01:
            top = float(self.tops[number])
            self._heights[number] = height
            self._tops = None
            self._tell()
            self.grown(top, by)

    def _tell(self) -> None:
        size = self.documentSize()
        if size != self._told_size:
            self._told_size = size
            self.documentSizeChanged.emit(size)
        self.update.emit()

    # What Qt asks

    def documentChanged(self, _from: int, _removed: int, _added: int) -> None:  # noqa: N802
        self._reckon()
        self._tell()

    def documentSize(self) -> QSizeF:  # noqa: N802
        setting = self.setting
        return QSizeF(setting.left + setting.width, float(self.tops[-1]) + setting.bottom)

    def pageCount(self) -> int:  # noqa: N802
        return 1

    def frameBoundingRect(self, _frame: QTextFrame) -> QRectF:  # noqa: N802
        return QRectF(QPointF(), self.documentSize())

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:  # noqa: N802
        number = block.blockNumber()
        if not 0 <= number < self._set.size:
            return QRectF()
        # Who hears of another height may have the text set in another way at once.
        for _ in range(_ATTEMPTS):
            if not self._set[number]:
                self._lay_out_block(block)
        top, height = float(self.tops[number]), float(self._heights[number])
        return QRectF(self.setting.left, top, self.setting.width, height)

    def hitTest(self, point: Point, accuracy: Qt.HitTestAccuracy) -> int:  # noqa: N802
        place = QPointF(point)  # type: ignore[arg-type]
        block = self.document().findBlockByNumber(self.number_at(place.y()))
        area = self.blockBoundingRect(block)
        layout, at = block.layout(), place - area.topLeft()
        line = layout.lineAt(0)
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            if at.y() < line.y() + line.height():
                break
        if accuracy == _EXACT and not line.naturalTextRect().contains(at):
            return -1
        return block.position() + line.xToCursor(at.x())

    def draw(self, painter: QPainter, context: QAbstractTextDocumentLayout.PaintContext) -> None:
        clip = context.clip
        painter.setPen(context.palette.color(QPalette.ColorRole.Text))
        # A copy of each format: what PySide gives is gone with the selection that it is part of.
        chosen = [
            Mark(
                each.cursor.selectionStart(),
                each.cursor.selectionEnd(),
                QTextCharFormat(each.format),
            )
            for each in context.selections
        ]
        block = self.document().findBlockByNumber(self.number_at(clip.top()))
        while block.isValid():
            area = self.blockBoundingRect(block)
            if area.top() > clip.bottom():
                break
            start, end = block.position(), block.position() + block.length()
            ranges = [
                _range(each, start, end)
                # What is selected is seen above whatever is marked there.
                for each in (*self.marks(start, end), *chosen)
                if each.start < end and each.end > start
            ]
            block.layout().draw(painter, area.topLeft(), ranges, clip)
            if start <= context.cursorPosition < end:
                at = context.cursorPosition - start
                block.layout().drawCursor(painter, area.topLeft(), at)
            block = block.next()


def _range(mark: Mark, start: int, end: int) -> QTextLayout.FormatRange:
    """A mark within the paragraph from `start` to `end`."""
    made = QTextLayout.FormatRange()
    made.start = max(mark.start, start) - start
    made.length = min(mark.end, end) - start - made.start
    made.format = mark.format
    return made


def _lengths(document: QTextDocument) -> NDArray[np.int64]:
    """How many characters each paragraph has."""
    found = [len(each) for each in document.toPlainText().split("\n")]
    if len(found) != document.blockCount():
        found = []
        block = document.firstBlock()
        while block.isValid():
            found.append(block.length())
            block = block.next()
    return np.array(found, np.int64)


def _sample(document: QTextDocument) -> str:
    """The beginning of a document's text, from as many paragraphs as it takes."""
    parts: list[str] = []
    block = document.firstBlock()
    while block.isValid() and sum(map(len, parts)) < _SAMPLE:
        parts.append(block.text())
        block = block.next()
    return "".join(parts)[:_SAMPLE]
