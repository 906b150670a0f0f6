"""What frames are compared with, in the same run: filling and copying a whole frame, painting an
empty window, and panning a `QGraphicsView` with an item for every event."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QGraphicsScene, QGraphicsView, QWidget

from tests.bench.synthetic import FIRST

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.timeline import Timeline

ITEMS = 10_000  # the most that a QGraphicsView is given
_LANE, _ROW, _ROWS = 280.0, 22.0, 11


def taken(job: Callable[[], object]) -> float:
    """Milliseconds of the processor's time that a job takes: others on the machine wait for it,
    it does not wait for them."""
    start = time.thread_time()
    job()
    return (time.thread_time() - start) * 1000


class Yardsticks:
    """Times of each, in ms, one per round."""

    def __init__(self, made: Timeline | None, width: int, height: int) -> None:
        self.image = QImage(width, height, QImage.Format.Format_RGB32)
        self._other = self.image.copy()
        self._window = QWidget()
        self._window.resize(width, height)
        self._view = None if made is None else _graphics_view(made, width, height)
        self.times: dict[str, list[float]] = {"fill": [], "blit": [], "window": []}
        if self._view is not None:
            self.times["items"] = []

    def round(self) -> None:
        self.times["fill"].append(taken(lambda: self.image.fill(QColor("#ffffff"))))
        self.times["blit"].append(taken(self._copy))
        self.times["window"].append(taken(lambda: self._window.render(self.image)))
        if self._view is not None:
            self.times["items"].append(taken(self._pan))

    def _copy(self) -> None:
        painter = QPainter(self.image)
        painter.drawImage(0, 0, self._other)
        painter.end()

    def _pan(self) -> None:
        assert self._view is not None
        bar = self._view.horizontalScrollBar()
        bar.setValue(bar.value() + 32)
        self._view.grab()


def _graphics_view(made: Timeline, width: int, height: int) -> QGraphicsView:
    """All events as items with their titles, over four widths of the view."""
    scene = QGraphicsScene()
    scene.setSceneRect(QRectF(0, 0, 4 * width, height))
    columns = made.columns
    px = 4 * width / max(float(columns.last[-1] - FIRST), 1.0)
    for row in range(min(len(columns), ITEMS)):
        x = (float(columns.first[row]) - FIRST) * px
        y = float(columns.lanes[row, 0]) * _LANE + row % _ROWS * _ROW
        length = max(float(columns.last[row] - columns.first[row]) * px, 10.0)
        scene.addRect(QRectF(x, y, length, 14.0))
        scene.addSimpleText(columns.label_en[row]).setPos(x + length + 4, y)
    view = QGraphicsView(scene)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.resize(width, height)
    view.show()
    view.horizontalScrollBar().setValue(width)
    return view
