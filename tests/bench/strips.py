"""Writes strips of pictures to look at: a pan of six steps and a zoom of eight, of 100,000 events,
as the window draws them. One event is selected, so that the eye can follow its label.

    python -m tests.bench.strips FOLDER
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench import files

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QImage

    from viewer.app import Wired

LOOKS = (("light", "en"), ("dark", "ko"))
SIZE = 1100, 620
PANS, ZOOMS = 6, 8
_ACROSS = 2  # pictures side by side
_PAUSE = 0.02  # seconds between two looks whether a worker has ended


def settle(wired: Wired) -> None:
    from PySide6.QtWidgets import QApplication

    canvas = wired.window.canvas
    while True:
        for _ in range(5):
            QApplication.processEvents()
        if not (wired.document.is_reading or canvas.placing.busy or canvas._sheet.waiting):
            return
        time.sleep(_PAUSE)


def strip(wired: Wired, steps: int, step: Callable[[], None]) -> QImage:
    """The canvas before the first of some steps and after each."""
    from PySide6.QtGui import QImage, QPainter

    canvas = wired.window.canvas
    pictures = []
    for number in range(steps):
        if number:
            step()
        settle(wired)
        pictures.append(canvas.grab().toImage())
    width, height = pictures[0].width(), pictures[0].height()
    rows = -(-steps // _ACROSS)
    made = QImage(_ACROSS * width, rows * height, QImage.Format.Format_RGB32)
    painter = QPainter(made)
    for number, picture in enumerate(pictures):
        painter.drawImage(number % _ACROSS * width, number // _ACROSS * height, picture)
    painter.end()
    return made


def select_in_the_middle(wired: Wired) -> None:
    """The label nearest to the middle of the canvas."""
    canvas = wired.window.canvas
    labels = [item for item in canvas.display().items if item.role == "label"]
    x, y = canvas.width() / 2, canvas.height() / 2
    nearest = min(labels, key=lambda each: abs(each.x - x) + abs(each.y - y))
    wired.selection.select(nearest.ref)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as home:
        os.environ["ALLIANCE_TIMELINE_HOME"] = home
        file = Path(home, "strips.alliance")
        files.put(file, 100_000)
        from PySide6.QtWidgets import QApplication

        from viewer.app import Wired
        from viewer.layout import navigation
        from viewer.widgets.settings import Settings

        application = QApplication([])
        application.setStyle("Fusion")
        wired = Wired(application, file, Settings(), "en")
        wired.window.resize(*SIZE)
        wired.show()
        state = wired.state
        for theme, language in LOOKS:
            wired.window.viewing.choose_theme(theme)
            state.set_language("ko" if language == "ko" else "en")
            settle(wired)
            whole = navigation.fit(wired.document.timeline)
            near = navigation.zoomed(*whole, 12.0)
            state.set_range(*near)
            settle(wired)
            select_in_the_middle(wired)
            pan = strip(wired, PANS, lambda: state.set_range(
                *navigation.panned(state.start, state.end, 0.08)))  # fmt: skip
            pan.save(str(options.folder / f"pan {theme} {language}.png"))
            state.set_range(*near)
            zoom = strip(wired, ZOOMS, lambda: state.set_range(
                *navigation.zoomed(state.start, state.end, 1.25)))  # fmt: skip
            zoom.save(str(options.folder / f"zoom {theme} {language}.png"))
        wired.window.close()
        wired.close()


if __name__ == "__main__":
    main()
