"""Words to press, and words on a ground of their own."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QSizePolicy

from viewer.widgets.parts.wrapped import LEAST_WIDTH, SIDE, Wrapped, paint_focus, tall_as_needed

if TYPE_CHECKING:
    from viewer.widgets.parts.look import Look, Rank


class TextButton(QAbstractButton):
    """Words that do something when pressed; they wrap like any others.

    `lead` is a sign before the words, which the lines after the first keep clear of; `aside`
    stands below them, smaller.
    """

    def __init__(
        self, text: str, look: Look, rank: Rank = "body", *, lead: str = "", aside: str = ""
    ) -> None:
        super().__init__()
        # An ampersand is an ampersand here: the words are the user's.
        self.setText(text.replace("&", "&&"))
        self.setShortcut(QKeySequence())
        self.setAccessibleName(text)
        self.setSizePolicy(tall_as_needed())
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._look = look
        self._colour = look.colour("accent")
        self._lead = Wrapped(lead, look.font(rank))
        self._lines = Wrapped(text, look.font(rank))
        self._aside = Wrapped(aside, look.font("small"))
        self.setAccessibleDescription(aside)
        self._indent = self._lead.natural_width() + 6 if lead else 0

    @property
    def words(self) -> str:
        """The words as they are read, with their lead."""
        return f"{self._lead.text} {self._lines.text}".strip()

    def _room(self, width: int) -> int:
        return max(width - 2 * SIDE - self._indent, 1)

    def sizeHint(self) -> QSize:
        width = self._lines.natural_width() + self._indent + 2 * SIDE + 1
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST_WIDTH, 0)

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's own name
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's own name
        room = self._room(width)
        aside = self._aside.height(room) if self._aside.text else 0
        return self._lines.height(room) + aside + SIDE

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        over = self.underMouse() or self.isDown()
        colour = self._look.colour("text") if over else QColor(self._colour)
        if over:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.colour("selection"))
            painter.drawRoundedRect(QRectF(self.rect()), 4.0, 4.0)
        top = QPointF(SIDE, SIDE / 2)
        if self._indent:
            self._lead.draw(painter, top, self._indent, colour)
        beside = top + QPointF(self._indent, 0)
        room = self._room(self.width())
        self._lines.draw(painter, beside, room, colour)
        if self._aside.text:
            below = beside + QPointF(0, self._lines.height(room))
            self._aside.draw(painter, below, room, self._look.colour("muted"))
        if self.hasFocus():
            paint_focus(painter, QRectF(self.rect()), self._look.colour("accent"))
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses as the space bar does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().event(event)

    def hitButton(self, pos: QPoint) -> bool:  # noqa: N802 - Qt's own name
        return self.rect().contains(pos)


class Chip(QLabel):
    """A short word on a ground of its own: a lane, a tag, a mark.

    The word says what the colour says.
    """

    def __init__(self, text: str, look: Look, *, ground: str, ink: str) -> None:
        """`ground` and `ink` are colours as the themes write them."""
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self._ground, self._ink = QColor(ground), QColor(ink)
        self._lines = Wrapped(text, look.font("section"))
        self._side = round(look.size * 0.7)
        self._air = round(look.size * 0.25)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        width = self._lines.natural_width() + 1
        return QSize(width + 2 * self._side, self._lines.height(width) + 2 * self._air)

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's own name
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's own name
        room = max(width - 2 * self._side, 1)
        return self._lines.height(room) + 2 * self._air

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._ground)
        round_off = min(self.height() / 2, 12.0)
        painter.drawRoundedRect(QRectF(self.rect()), round_off, round_off)
        room = math.ceil(self.width() - 2 * self._side)
        self._lines.draw(painter, QPointF(self._side, self._air), room, self._ink)
        painter.end()


def quiet_button() -> QPushButton:
    """A button that is words alone; Enter presses it too."""
    button = QPushButton()
    button.setProperty("quiet", "true")
    button.setAutoDefault(True)
    return button
