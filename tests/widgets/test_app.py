"""The program as a whole, in processes of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from viewer import app
from viewer.widgets.settings import OWN_FILE

ROOT = Path(__file__).parents[2]
DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")

# Quits as soon as the window has been painted.
PAINT_AND_QUIT = """
import sys
from PySide6.QtCore import QTimer
from viewer.widgets.canvas.canvas import Canvas

paint = Canvas.paintEvent

def paint_and_quit(canvas, event):
    paint(canvas, event)
    QTimer.singleShot(0, canvas.window().close)

Canvas.paintEvent = paint_and_quit
from viewer.cli import main
sys.exit(main(sys.argv[1:]))
"""


def start(
    *arguments: str, folder: Path, display: bool, code: str = ""
) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name not in DISPLAYS}
    environment["PYTHONPATH"] = str(ROOT)
    if display:
        environment["QT_QPA_PLATFORM"] = "offscreen"
    how = ["-c", code] if code else ["-m", "viewer"]
    return subprocess.run(
        [sys.executable, "-X", "utf8", *how, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
def test_without_a_display_the_opening_picture_is_written(tmp_path: Path, home: Path) -> None:
    done = start(folder=tmp_path, display=False)
    assert done.returncode == 0, done.stderr
    assert "opening.png" in done.stderr
    assert (home / OWN_FILE).exists()
    image = QImage(str(tmp_path / "opening.png"))
    assert (image.width(), image.height()) == (1600, 1000)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
def test_without_a_display_a_bad_file_leaves_no_picture(tmp_path: Path) -> None:
    (tmp_path / "망가진.alliance").write_bytes(b"nothing of ours")
    done = start("망가진.alliance", folder=tmp_path, display=False)
    assert done.returncode == 2
    assert "망가진.alliance" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "opening.png").exists()


def test_a_bad_file_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "망가진.alliance").write_bytes(b"nothing of ours")
    done = start("망가진.alliance", folder=tmp_path, display=True)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert "망가진.alliance" in done.stderr
    assert [each.name for each in tmp_path.iterdir()] == ["망가진.alliance"]


def test_the_first_start_makes_the_users_own_file_and_the_second_finds_it(
    tmp_path: Path, home: Path
) -> None:
    first = start(folder=tmp_path, display=True, code=PAINT_AND_QUIT)
    assert first.returncode == 0, first.stderr
    assert "Traceback" not in first.stderr
    made = (home / OWN_FILE).stat()
    second = start(folder=tmp_path, display=True, code=PAINT_AND_QUIT)
    assert second.returncode == 0, second.stderr
    found = (home / OWN_FILE).stat()
    assert (found.st_ino, found.st_size) == (made.st_ino, made.st_size)
    assert [each.name for each in home.iterdir() if "-wal" in each.name] == []
    assert (home / "settings.json").exists()


def test_a_damaged_own_file_still_gives_a_window(tmp_path: Path, home: Path) -> None:
    (home / OWN_FILE).write_bytes(b"damaged")
    done = start(folder=tmp_path, display=True, code=PAINT_AND_QUIT)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert (home / OWN_FILE).read_bytes() == b"damaged"


def test_the_window_loads_nothing_that_only_others_need() -> None:
    heavy = ("click", "sqlite_utils", "babel", "pikepdf", "PySide6.QtSvg", "PySide6.QtNetwork")
    code = (
        "import viewer.widgets.main_window, viewer.app, sys;"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_nobody_reads_where_there_is_no_standard_error() -> None:
    assert not app._is_read(None)
