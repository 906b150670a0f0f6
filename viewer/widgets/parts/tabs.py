"""The way that Tab goes."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QLayout


def chain(stops: Iterable[QWidget]) -> None:
    """Has Tab go from each to the next."""
    for one, other in pairwise(stops):
        QWidget.setTabOrder(one, other)


def in_reading_order(widget: QWidget) -> list[QWidget]:
    """The stops of Tab within a widget, as its layouts have them."""
    found = [widget] if widget.focusPolicy() & Qt.FocusPolicy.TabFocus else []
    inner = widget.widget() if isinstance(widget, QScrollArea) else None
    if inner is not None:
        return found + in_reading_order(inner)
    layout = widget.layout()
    return found + (_of_layout(layout) if layout is not None else [])


def _of_layout(layout: QLayout) -> list[QWidget]:
    found: list[QWidget] = []
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            found += in_reading_order(widget)
        elif inner is not None:
            found += _of_layout(inner)
    return found
