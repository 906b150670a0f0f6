"""A hand on the pictures: where a mark is, and how it is dragged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from tests.helpers import settle
from viewer.display import box

if TYPE_CHECKING:
    from viewer.widgets.canvas.canvas import Canvas
    from viewer.widgets.canvas.overview import Overview


def place_of(canvas: Canvas, ref: tuple[str, int], *roles: str) -> QPoint:
    for item in canvas.display().items:
        if item.ref == ref and item.role in roles:
            x, y, w, h = box(item)
            return QPoint(round(x + w / 2), round(y + h / 2))
    raise LookupError(ref)


def drag(
    canvas: Canvas | Overview,
    start: QPoint,
    end: QPoint,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    *,
    release: bool = True,
) -> None:
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, modifiers, start)
    for step in (0.3, 0.7, 1.0):
        between = start + (QPointF(end - start) * step).toPoint()
        QTest.mouseMove(canvas, between)
        settle()
    if release:
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, modifiers, end)
        settle()
