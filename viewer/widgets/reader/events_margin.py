"""The margin beside a source's text: which events and stages the quotes in the lines support."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from viewer.widgets.parts.telling import STANCE_SIGNS
from viewer.widgets.parts.wrapped import paint_focus
from viewer.widgets.reader.stacking import stacked
from viewer.words import n, term

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent

    from db.records import Ref
    from viewer.widgets.parts.look import Look
    from viewer.widgets.reader.source_text import SourceText

_WIDEST = 36.0  # sizes of the type
_LINE = 1.75
_LEAD = 1.1  # where the text begins
_AIR = 3.0  # px between the names of two quotes


class Name(NamedTuple):
    """What a quote is evidence for."""

    target: Ref
    title: str
    stance: str


@dataclass(frozen=True, slots=True)
class Beside:
    """The names that stand beside a quote; `start` is where it begins, in code points."""

    quote_id: int
    start: int
    names: tuple[Name, ...]


class _Line(NamedTuple):
    """A line of the margin: `place` is that of its quote, `number` that of the name; `more` names
    find no room. `area` is in px of the document, `wanted` where its quote begins there."""

    place: int
    number: int
    more: int
    area: QRectF
    wanted: float


class EventsMargin(QWidget):
    """`chosen` names a quote and what it leads to; `asked` a quote whose names do not all have
    room here."""

    chosen = Signal(object, object)
    asked = Signal(object)

    def __init__(self, text: SourceText, look: Look) -> None:
        super().__init__(text)
        self._text, self._look = text, look
        self._quotes: tuple[Beside, ...] = ()
        self._starts: list[int] = []
        self._lines: list[_Line] = []
        self._chosen: int | None = None
        self._selected: Ref | None = None
        self._current = (0, 0)  # quote and name that the keyboard is at
        self._over: tuple[int, int] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        text.moved.connect(self.place)
        self.hide()
        self.dress(look)

    def dress(self, look: Look) -> None:
        self._look = look
        self.setAccessibleName(look.t("pages.margin"))
        self.place()

    def show_names(
        self, quotes: Sequence[Beside], chosen: int | None, selected: Ref | None
    ) -> None:
        """Shows the names beside quotes, in the order of the text; `chosen` is the quote that is
        chosen, `selected` what is selected in the window."""
        current = self._quote_at(self._current[0])
        self._quotes = tuple(each for each in quotes if each.names)
        self._starts = [each.start for each in self._quotes]
        self._chosen, self._selected = chosen, selected
        ids = [each.quote_id for each in self._quotes]
        same = current is not None and current.quote_id in ids
        self._current = (ids.index(current.quote_id) if same and current else 0, 0)
        self.place()
        self._tell()

    @property
    def has_names(self) -> bool:
        return bool(self._quotes)

    def names_in_view(self) -> list[tuple[str, QRectF]]:
        """The names that stand beside the view, and where, in px of this margin."""
        scrolled = self._text.verticalScrollBar().value()
        return [
            (self._name(line).title, line.area.translated(0, -scrolled)) for line in self._lines
        ]

    # Where they stand

    def place(self) -> None:
        """Puts the names of what is in the view, and near it, beside their lines."""
        self._lines = []
        if self.isHidden() or not self._quotes:
            self.update()
            return
        first, last = self._text.visible_stretch(beyond=1.0)
        begin, stop = bisect_left(self._starts, first), bisect_right(self._starts, last)
        wanted = [self._text.height_of(start) for start in self._starts[begin:stop]]
        counts = self._counts(begin, wanted)
        line = self._look.size * _LINE
        heights = [count * line + _AIR for count in counts]
        tops = stacked(wanted, heights)
        width = min(self.width() - 4.0, self._look.size * _WIDEST)
        for place, count, top, want in zip(range(begin, stop), counts, tops, wanted, strict=True):
            every = len(self._quotes[place].names)
            for number in range(count):
                more = every - count if number == count - 1 else 0
                area = QRectF(0.0, top + number * line, width, line)
                self._lines.append(_Line(place, number, more, area, want))
        self.update()

    def _counts(self, begin: int, wanted: Sequence[float]) -> list[int]:
        """How many names of each quote are shown: those that have room before the next one."""
        line = self._look.size * _LINE
        counts = []
        for place, want in enumerate(wanted):
            room = (wanted[place + 1] if place + 1 < len(wanted) else want + 99 * line) - want
            every = len(self._quotes[begin + place].names)
            counts.append(min(max(int((room - _AIR) / line), 1), every))
        return counts

    def _line_at(self, position: QPointF) -> _Line | None:
        scrolled = self._text.verticalScrollBar().value()
        at = position + QPointF(0, scrolled)
        return next((line for line in self._lines if line.area.contains(at)), None)

    def _quote_at(self, place: int) -> Beside | None:
        return self._quotes[place] if 0 <= place < len(self._quotes) else None

    def _name(self, line: _Line) -> Name:
        return self._quotes[line.place].names[line.number]

    def _told(self, place: int, number: int) -> str:
        name = self._quotes[place].names[number]
        return f"{name.title} ({term('stance', name.stance, self._look.language)})"

    # Mouse

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            line = self._line_at(QPointF(event.pos()))
            told = ""
            if line is not None:
                told = self._told(line.place, line.number)
                if line.more:
                    rest = self._quotes[line.place].names[line.number + 1 :]
                    told = "\n".join([told, *(each.title for each in rest)])
            QToolTip.showText(event.globalPos(), told, self)
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        line = self._line_at(event.position())
        over = (line.place, line.number) if line is not None else None
        if over != self._over:
            self._over = over
            self.setCursor(
                Qt.CursorShape.ArrowCursor if over is None else Qt.CursorShape.PointingHandCursor
            )
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._over = None
        self.update()
        super().leaveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        line = self._line_at(event.position())
        if event.button() != Qt.MouseButton.LeftButton or line is None:
            return
        self._current = (line.place, line.number)
        if line.more and event.position().x() > line.area.right() - self._more_width(line):
            self.asked.emit(self._quotes[line.place].quote_id)
        else:
            self._press()

    def _press(self) -> None:
        quote = self._quote_at(self._current[0])
        if quote is not None:
            self._tell()
            self.chosen.emit(quote.quote_id, quote.names[self._current[1]].target)

    # Keyboard

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            ids = [each.quote_id for each in self._quotes]
            if self._chosen in ids:
                self._current = (ids.index(self._chosen), 0)
            else:
                start = bisect_left(self._starts, self._text.first_in_view())
                self._current = (min(start, max(len(ids) - 1, 0)), 0)
        self._go()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._press()
            return
        every = [(p, k) for p, each in enumerate(self._quotes) for k in range(len(each.names))]
        if self._current not in every:
            super().keyPressEvent(event)
            return
        place = every.index(self._current)
        steps = {
            Qt.Key.Key_Down: place + 1,
            Qt.Key.Key_Up: place - 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(every) - 1,
        }
        if key not in steps:
            super().keyPressEvent(event)
            return
        self._current = every[min(max(steps[Qt.Key(key)], 0), len(every) - 1)]
        self._go()

    def _go(self) -> None:
        """Shows where the keyboard is, and the lines beside it."""
        quote = self._quote_at(self._current[0])
        if quote is not None:
            self._text.reveal(quote.start, quote.start)
        self._tell()
        self.update()

    def _tell(self) -> None:
        place, number = self._current
        told = ""
        if self._quote_at(place) is not None:
            told = self._look.t(
                "pages.margin.at",
                title=self._told(place, number),
                number=place + 1,
                count=len(self._quotes),
            )
        self.setAccessibleDescription(told)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self._look.colour("raised"))
        painter.translate(0.0, -float(self._text.verticalScrollBar().value()))
        for line in self._lines:
            self._paint_line(painter, line)
        painter.end()

    def _paint_line(self, painter: QPainter, line: _Line) -> None:
        look, quote, name = self._look, self._quotes[line.place], self._name(line)
        place, area = (line.place, line.number), line.area
        colour = look.colour(name.stance)
        if place == self._over or quote.quote_id == self._chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("selection"))
            painter.drawRoundedRect(area.adjusted(3.0, 0.5, 0.0, -0.5), 4.0, 4.0)
        painter.setPen(colour)
        if line.number == 0:
            self._paint_leader(painter, line)
        metrics = QFontMetricsF(look.font("small"))
        lead, right = look.size * _LEAD, self._more_width(line)
        inside = area.adjusted(lead, 0, -right - 4.0, 0)
        aligned = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        selected = name.target == self._selected
        painter.setFont(look.font("section" if selected else "small"))
        sign = "▸" if selected else STANCE_SIGNS[name.stance]
        painter.drawText(inside, aligned, sign)
        inside.setLeft(inside.left() + look.size * 1.2)
        painter.setPen(look.colour("text"))
        if selected:
            metrics = QFontMetricsF(look.font("section"))
        told = metrics.elidedText(name.title, Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, aligned, told)
        if line.more:
            painter.setFont(look.font("small"))
            painter.setPen(look.colour("accent"))
            beside = QRectF(area.right() - right, area.top(), right, area.height())
            painter.drawText(beside, Qt.AlignmentFlag.AlignCenter, self._more(line))
        if self.hasFocus() and self._current == place:
            paint_focus(painter, area.adjusted(3.0, 0.0, 0.0, 0.0), look.colour("accent"))

    def _paint_leader(self, painter: QPainter, line: _Line) -> None:
        """From the line of the text to the names, which may have had to make room."""
        half = self._look.size * _LINE / 2
        near, far = QPointF(0.0, line.wanted + half), QPointF(3.0, line.area.top() + half)
        elbow = QPointF(self._look.size * _LEAD - 2.0, far.y())
        painter.drawLine(near, far)
        painter.drawLine(far, elbow)

    def _more(self, line: _Line) -> str:
        return n("pages.margin.more", line.more, self._look.language)

    def _more_width(self, line: _Line) -> float:
        if not line.more:
            return 0.0
        metrics = QFontMetricsF(self._look.font("small"))
        return metrics.horizontalAdvance(self._more(line)) + 10.0
