"""What each room drags in when it is imported: Qt only where ink is made."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def loaded_by(code: str, names: str) -> str:
    """Which of the modules `names` (comma separated) are there after `code` has run."""
    tell = f"\nimport sys\nprint([n for n in {names.split(',')!r} if n in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code + tell], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()[-1]


@pytest.mark.parametrize(
    "room",
    [
        "db.store",
        "viewer.words",
        "viewer.words.dates",
        "viewer.display",
        "viewer.edits.typed_dates",
        "viewer.edits.moving",
        "viewer.edits.dates_in_text",
        "viewer.layout",
        "viewer.render.pages",
        "viewer.render.svg",
        "viewer.cli.program",
    ],
)
def test_a_room_without_ink_does_without_qt(room: str) -> None:
    assert loaded_by(f"import {room}", "PySide6") == "[]"


def test_qt_linked_beforehand_works_as_ever_and_says_nothing() -> None:
    code = """
from viewer.preload import link_qt
link_qt()
import viewer.layout
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication([])
label = QLabel("한미동맹")
print(label.thread() is application.thread() and label.text())
"""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "한미동맹", "")


@pytest.mark.skipif(sys.platform != "linux", reason="threads are counted by /proc")
def test_numpy_begins_no_threads_of_its_own() -> None:
    code = """
import os
from viewer.cli import main
main(["events", "no such file"])
import numpy
print(len(os.listdir("/proc/self/task")))
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == "1"


def test_the_first_picture_does_not_wait_for_what_it_does_not_need(copy: Path) -> None:
    code = f"""
from pathlib import Path
from PySide6.QtWidgets import QApplication
import viewer.cli
from viewer.app import Wired
from viewer.widgets.settings import Settings
application = QApplication([])
wired = Wired(application, Path({str(copy)!r}), Settings(), "ko")
wired.window.show()
wired.window.grab()
"""
    heavy = "click,sqlite_utils,babel,pikepdf,rapidfuzz,db.seeds"
    assert loaded_by(code, heavy) == "[]"


def test_the_panels_do_without_what_only_one_event_or_an_edition_is_read_with(copy: Path) -> None:
    code = f"""
from pathlib import Path
from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtWidgets import QApplication
from viewer.app import Wired
from viewer.widgets.settings import Settings
application = QApplication([])
wired = Wired(application, Path({str(copy)!r}), Settings(), "ko")
loop = QEventLoop()
wired.window.completed.connect(loop.quit, Qt.ConnectionType.QueuedConnection)
wired.show()
loop.exec()
assert wired.window.side.isVisible()
"""
    heavy = "db.details,db.edition,db.seeds.book,db.queries.quotes"
    assert loaded_by(code, heavy) == "[]"
