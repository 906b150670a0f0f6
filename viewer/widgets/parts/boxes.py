"""What the pages of the inspector are put together from: columns, sections and cards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from viewer.widgets.parts.flow import Flow
from viewer.widgets.parts.paragraphs import Words
from viewer.widgets.parts.text_buttons import TextButton
from viewer.widgets.parts.wrapped import SIDE, paint_focus

if TYPE_CHECKING:
    from collections.abc import Callable

    from viewer.widgets.parts.look import Look, Rank

Doing = tuple[str, str, "Callable[[], object]"]
"""What a small button does: its text, what is read out for it, and its doing."""

Stripe = Literal["solid", "broken", "dotted", "none"]
"""The line at a card's left side: it says in grey what the colour says."""

STANCE_STRIPES: dict[str, Stripe] = {"supports": "solid", "disputes": "broken", "context": "dotted"}
_STRIPE = 4.0  # px
_NARROW = 270  # px that a row has in the narrowest panel
_DASHES = {"broken": [2.2, 1.4], "dotted": [0.01, 1.9]}  # in widths of the stripe


class Column(QWidget):
    """Widgets below each other, each as high as its words need at this width."""

    def __init__(
        self, look: Look, gap: float = 0.3, margins: tuple[int, ...] = (0, 0, 0, 0)
    ) -> None:
        """`gap` in sizes of the type, `margins` in px: left, top, right, bottom."""
        super().__init__()
        self.look = look
        self._words: Words | None = None  # those that the next ones join
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(*margins)
        self.rows.setSpacing(round(look.size * gap))

    def add(self, widget: QWidget) -> None:
        self._words = None
        self.rows.addWidget(widget)

    def say(
        self,
        text: str,
        rank: Rank = "body",
        token: str = "text",  # noqa: S107 - a colour's name
        *,
        inset: bool = False,
    ) -> None:
        """Adds words, if there are any; `inset` sets them off from those around them."""
        if not text:
            return
        words = self._words
        if words is None:
            words = Words(self.look, self.rows.spacing())
            self.add(words)
            self._words = words
        words.add(text, rank, token, inset=inset)

    def buttons(self, *every: Doing) -> None:
        """A row of what can be done here: each its text, what is read out for it, its doing."""
        row, flow = QWidget(), Flow()
        for text, told, does in every:
            button = TextButton(text, self.look, "small")
            button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
            button.setAccessibleName(told)
            button.clicked.connect(lambda _=False, does=does: does())
            flow.add(button)
        row.setLayout(flow)
        self.add(row)

    def comment(self, text: str) -> None:
        """Adds the editors' own words, which are never to be taken for a source's."""
        if text:
            self.say(self.look.t("inspector.comment", text=text), "small", "muted")


class Section(Column):
    """A heading and what stands below it. `told` is what is read out for it."""

    def __init__(self, look: Look, heading: str, aside: str = "") -> None:
        super().__init__(look, 0.45)
        self.add(heading_row(heading, aside, look))
        self.setAccessibleName(heading)
        self._ring: _Ring | None = None

    def can_be_reached(self, told: str) -> None:
        """Makes the section itself a stop of Tab, where it has nothing to press."""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleDescription(told)
        self._ring = _Ring(self)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._ring is not None:
            self._ring.setGeometry(self.rect())
            self._ring.raise_()
            self._ring.show()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._ring is not None:
            self._ring.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._ring is not None:
            self._ring.setGeometry(self.rect())


class _Ring(QWidget):
    """The ring of the focus around a section, above the cards that it holds."""

    def __init__(self, section: Section) -> None:
        super().__init__(section)
        self._colour = section.look.colour("accent")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_focus(painter, QRectF(self.rect()), self._colour)
        painter.end()


class Card(Column):
    """A box with a stripe at its left side; colours are tokens of the theme."""

    def __init__(
        self,
        look: Look,
        *,
        stripe: Stripe = "none",
        colour: str = "border",
        ground: str = "raised",
        framed: bool = True,
    ) -> None:
        air = round(look.size * 0.7)
        beside = max(air - SIDE, 2)
        left = beside + (round(_STRIPE) + 2 if stripe != "none" else 0)
        super().__init__(look, 0.35, (left, air, beside, air))
        self._stripe = stripe
        self._colour, self._ground = look.colour(colour), look.colour(ground)
        self._border = look.colour("border") if framed else QColor(Qt.GlobalColor.transparent)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(self._border, 1.0))
        painter.setBrush(self._ground)
        painter.drawRoundedRect(area, 6.0, 6.0)
        if self._stripe != "none":
            self._paint_stripe(painter, area)
        painter.end()

    def _paint_stripe(self, painter: QPainter, area: QRectF) -> None:
        inside = QPainterPath()
        inside.addRoundedRect(area, 6.0, 6.0)
        painter.setClipPath(inside)
        pen = QPen(self._colour, _STRIPE)
        if self._stripe in _DASHES:
            pen.setDashPattern(_DASHES[self._stripe])
            pen.setCapStyle(
                Qt.PenCapStyle.RoundCap if self._stripe == "dotted" else Qt.PenCapStyle.FlatCap
            )
        else:
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        middle = area.left() + _STRIPE / 2 + (1.5 if self._stripe == "dotted" else 0)
        painter.drawLine(
            round(middle), round(area.top()) + 4, round(middle), round(area.bottom()) - 4
        )


_leaving: list[QWidget] = []


def put_away(widget: QWidget) -> None:
    """Takes a widget out of the window at once and deletes it afterwards: one of its buttons
    may be at work just now."""
    widget.hide()
    widget.setParent(None)
    # Without a parent it lives as long as Python knows it.
    _leaving.append(widget)
    QTimer.singleShot(0, _leaving.clear)


def heading_row(heading: str, aside: str, look: Look, *buttons: QWidget) -> QWidget:
    """A heading with a few words at the right, and small buttons behind them; below each other
    where they are long."""
    title = Words(look, selectable=False)
    title.add(heading, "section", "muted")
    if not aside and not buttons:
        return title
    told = Words(look, selectable=False)
    told.add(aside, "small", "muted")
    wanted = title.one_line() + told.one_line() + sum(each.width() for each in buttons)
    row = QWidget()
    across = QHBoxLayout()
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(2)
    if wanted > _NARROW:
        down = QVBoxLayout(row)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addWidget(title)
        down.addLayout(across)
        across.addWidget(told, 1)
    else:
        row.setLayout(across)
        told.setFixedWidth(told.one_line())
        across.addWidget(title, 1)
        across.addWidget(told)
    for button in buttons:
        across.addWidget(button)
    return row
