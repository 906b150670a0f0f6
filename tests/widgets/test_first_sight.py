"""A large file that was never opened shows its lanes and its time at once, then the window."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from db import sight as sights
from db.queries import timeline as queries
from tests.helpers import settle
from viewer import app
from viewer.app import Wired
from viewer.display import theme
from viewer.widgets.files import first_sight
from viewer.widgets.files.first_sight import FirstSight
from viewer.widgets.main_window import MainWindow
from viewer.widgets.settings import Settings

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from pytestqt.qtbot import QtBot

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sights, "_LARGE", 20)
    monkeypatch.setattr(sights, "_SMALL", 0)
    monkeypatch.setattr(queries, "_LARGE", 20)


def shown(path: Path, settings: Settings) -> MainWindow:
    """A window that is still empty, with the first sight of a file."""
    window = MainWindow(settings)
    seen = app._seen(path)
    assert seen is not None
    assert first_sight.show(window, seen, path, settings, "ko")
    return window


def picture_of(window: MainWindow) -> QImage:
    return window.grab().toImage()


def has(image: QImage, colour: str) -> bool:
    wanted = QColor(colour).rgb()
    return any(
        image.pixel(x, y) == wanted
        for x in range(0, image.width(), 3)
        for y in range(0, image.height(), 9)
    )


@pytest.mark.parametrize("name", ["light", "dark"])
def test_every_lane_is_there_before_the_window_is(qtbot: QtBot, copy: Path, name: str) -> None:
    window = shown(copy, Settings(theme=name))
    qtbot.addWidget(window)
    assert copy.name in window.windowTitle()
    image, colours = picture_of(window), theme(name)
    seen = app._seen(copy)
    assert seen is not None
    for lane in seen.lanes:
        assert has(image, colours.palette(lane.colour).strong)
    assert has(image, colours.palette("neutral").strong)  # how many dates begin when
    assert window.findChild(FirstSight).accessibleName() == "사건을 읽는 중…"


def test_it_goes_when_the_picture_of_the_window_is_drawn(qtbot: QtBot, copy: Path) -> None:
    settings = Settings(theme="light")
    window = shown(copy, settings)
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    wired = Wired(application, copy, settings, "ko", window)
    qtbot.addWidget(window, before_close_func=lambda _: wired.close())
    sight = window.findChild(FirstSight)
    assert sight.isVisible()
    with qtbot.waitSignal(sight.destroyed):
        wired.show()
    settle()
    assert window.findChild(FirstSight) is None
    assert window.canvas.display().counts["shown"] > 0


START = """
import sys
from db import sight
sight._LARGE, sight._SMALL = 20, 0
import viewer.themes

def read_and_hook(name):
    from PySide6.QtCore import QTimer
    from viewer.widgets.files.first_sight import FirstSight
    paint = FirstSight.paintEvent
    def paint_and_close(shown, event):
        paint(shown, event)
        heavy = ("numpy", "viewer.layout.build", "viewer.widgets.canvas.canvas", "db.store")
        print("painted", [each for each in heavy if each in sys.modules])
        QTimer.singleShot(0, shown.window().close)
    FirstSight.paintEvent = paint_and_close
    return read(name)

read, viewer.themes.theme = viewer.themes.theme, read_and_hook
from viewer.cli import main
sys.exit(main(sys.argv[1:]))
"""


def test_it_waits_for_nothing_that_the_window_is_built_of_and_may_be_closed(
    copy: Path, home: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", START, str(copy)], cwd=ROOT, capture_output=True, encoding="utf-8"
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "painted []\n", "")
    assert [each.name for each in copy.parent.iterdir()] == [copy.name]


def test_what_does_not_open_has_none(tmp_path: Path) -> None:
    assert app._seen(tmp_path / "없음.alliance") is None
    assert app._seen(tmp_path) is None
