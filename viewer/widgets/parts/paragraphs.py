"""Words to read: paragraphs in one widget, which can be marked and copied."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QLabel, QMenu

from viewer.widgets.parts.wrapped import LEAST_WIDTH, SIDE, Wrapped, tall_as_needed

if TYPE_CHECKING:
    from viewer.widgets.parts.look import Look, Rank

_USUAL_WIDTH = 200  # px, where nobody says how much room there is


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """`start` is its place in the text of all, in code points; `inset` sets it off on a ground
    of its own."""

    lines: Wrapped
    colour: QColor
    start: int
    inset: bool


class Words(QLabel):
    """Paragraphs of plain text, wrapped at any width, that can be marked and copied.

    A QLabel for whoever reads the window out; layout, painting and marking are its own. One
    widget holds many paragraphs: a page of the inspector would be slow with one for each.
    """

    def __init__(self, look: Look, gap: int = 0, *, selectable: bool = True) -> None:
        """`gap` in px between paragraphs."""
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(tall_as_needed())
        self._look = look
        self._gap = gap
        self._paragraphs: list[_Paragraph] = []
        self._marked = (0, 0)
        self._selectable = selectable
        if selectable:
            self.setCursor(Qt.CursorShape.IBeamCursor)
            self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def add(self, text: str, rank: Rank, token: str, *, inset: bool = False) -> None:
        """Adds a paragraph in the colour of a token."""
        before = f"{self.text()}\n" if self._paragraphs else ""
        lines = Wrapped(text, self._look.font(rank))
        self._paragraphs.append(_Paragraph(lines, self._look.colour(token), len(before), inset))
        self.setText(before + text)

    def marked_text(self) -> str:
        start, end = sorted(self._marked)
        return self.text()[start:end]

    def one_line(self) -> int:
        """The px that the longest paragraph needs to stand in one line."""
        longest = max((each.lines.natural_width() for each in self._paragraphs), default=0)
        return longest + 2 * SIDE + 1

    def sizeHint(self) -> QSize:
        pitch = sum(each.lines.pitch for each in self._paragraphs)
        return QSize(_USUAL_WIDTH, pitch)

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST_WIDTH, 0)

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's own name
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's own name
        return self._places(width)[-1][2] if self._paragraphs else 0

    def _room(self, paragraph: _Paragraph, width: int) -> int:
        return max(width - 2 * self._left(paragraph), 1)

    def _left(self, paragraph: _Paragraph) -> int:
        """px from the left to where a paragraph begins."""
        return SIDE + (self._inset if paragraph.inset else 0)

    @property
    def _inset(self) -> int:
        """px around what is set off."""
        return round(self._look.size * 0.6)

    def _places(self, width: int) -> list[tuple[_Paragraph, int, int]]:
        """Each paragraph with the px of its top and bottom."""
        found: list[tuple[_Paragraph, int, int]] = []
        y, before = 0, False
        for paragraph in self._paragraphs:
            y += self._gap if found else 0
            # What is set off has air above its first and below its last paragraph.
            y += (paragraph.inset != before) * self._inset // 2
            height = paragraph.lines.height(self._room(paragraph, width))
            found.append((paragraph, y, y + height))
            y, before = y + height, paragraph.inset
        if before:
            paragraph, top, bottom = found[-1]
            found[-1] = (paragraph, top, bottom + self._inset // 2)
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        start, end = sorted(self._marked)
        tones = (self._look.colour("accent"), self._look.colour("on-accent"))
        places = self._places(self.width())
        self._paint_insets(painter, places)
        for paragraph, top, _ in places:
            length = len(paragraph.lines.text)
            part = (max(start - paragraph.start, 0), min(end - paragraph.start, length))
            at = QPointF(self._left(paragraph), top)
            room = self._room(paragraph, self.width())
            paragraph.lines.draw(painter, at, room, paragraph.colour, part, tones)
        painter.end()

    def _paint_insets(self, painter: QPainter, places: list[tuple[_Paragraph, int, int]]) -> None:
        """The ground behind what is set off, one for paragraphs that follow each other."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour("panel"))
        for inset, group in groupby(places, key=lambda place: place[0].inset):
            if inset:
                stretch = list(group)
                top = stretch[0][1] - self._inset // 2
                height = stretch[-1][2] - top + self._inset // 2
                painter.drawRoundedRect(
                    QRectF(SIDE, top, self.width() - 2 * SIDE, height), 4.0, 4.0
                )

    # Marking and copying

    def _place(self, event: QMouseEvent) -> int:
        at, place = event.position(), 0
        for paragraph, top, bottom in self._places(self.width()):
            if at.y() >= top or paragraph.start == 0:
                x = at.x() - self._left(paragraph)
                room = self._room(paragraph, self.width())
                y = min(at.y(), bottom - 1) - top
                place = paragraph.start + paragraph.lines.position(x, y, room)
        return place

    def _mark(self, start: int, end: int) -> None:
        self._marked = (start, end)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._selectable and event.button() == Qt.MouseButton.LeftButton:
            place = self._place(event)
            self._mark(place, place)
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._selectable and event.buttons() & Qt.MouseButton.LeftButton:
            self._mark(self._marked[0], self._place(event))
        else:
            super().mouseMoveEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._selectable:
            self._mark(*_word_at(self.text(), self._place(event)))

    def event(self, event: QEvent) -> bool:
        """Where words are being read, the key for "all" means the words, not the events."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.SelectAll)
            and self._selectable
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy) and self.marked_text():
            self.copy()
        elif event.matches(QKeySequence.StandardKey.SelectAll) and self._selectable:
            self._mark(0, len(self.text()))
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if not self._selectable:
            super().contextMenuEvent(event)
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.addAction(self._look.t("inspector.copy"), self.copy)
        copy.setEnabled(bool(self.marked_text()))
        menu.addAction(
            self._look.t("inspector.select-all"), lambda: self._mark(0, len(self.text()))
        )
        menu.popup(event.globalPos())

    def copy(self) -> None:
        """Puts what is marked on the clipboard, character by character as it is stored."""
        QGuiApplication.clipboard().setText(self.marked_text())


def _word_at(text: str, place: int) -> tuple[int, int]:
    """Where the word around a place begins and ends."""
    start = end = min(place, len(text))
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return start, end
