"""A true preview: the very page that will be written, painted smaller."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from viewer.render.painter import paint

if TYPE_CHECKING:
    from viewer.display import DisplayList

_EDGE = 8.0  # px around the page


class Preview(QWidget):
    """Shows a display list as large as there is room, in its own proportions."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture: DisplayList | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(620, 440)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 240)

    def show_picture(self, picture: DisplayList | None) -> None:
        """None leaves the room empty: there is no such page."""
        self.picture = picture
        self.update()

    def page(self) -> QRectF:
        """Where the page is in the widget, px."""
        if self.picture is None:
            return QRectF()
        room = QRectF(self.rect()).adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        scale = min(room.width() / self.picture.width, room.height() / self.picture.height)
        width, height = self.picture.width * scale, self.picture.height * scale
        return QRectF(room.center().x() - width / 2, room.center().y() - height / 2, width, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.picture is None:
            return
        painter = QPainter(self)
        page = self.page()
        painter.save()
        painter.translate(page.topLeft())
        scale = page.width() / self.picture.width
        painter.scale(scale, scale)
        paint(painter, self.picture)
        painter.restore()
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Mid), 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(page)
        painter.end()
