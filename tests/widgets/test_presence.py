"""While the window has a file open, others can tell who that is."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from tests.processes import ROOT
from viewer import __version__
from viewer.app import Wired
from viewer.widgets.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


def seen_by_another(path: Path) -> str:
    """Who has a file open, as another process sees it."""
    code = (
        "import sys\nfrom pathlib import Path\nfrom db.presence import holders\n"
        f"told = [(each.author, each.program) for each in holders(Path({str(path)!r}))]\n"
        "sys.stdout.buffer.write(repr(told).encode())"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    return done.stdout.decode()


def test_others_are_told_who_has_the_file_open_until_the_window_closes(
    qtbot: QtBot, copy: Path
) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    wired = Wired(application, copy, Settings(author="김민수"), "ko")
    qtbot.addWidget(wired.window)
    assert seen_by_another(copy) == repr([("김민수", __version__)])
    wired.close()
    assert seen_by_another(copy) == "[]"
    assert [each.name for each in copy.parent.iterdir()] == [copy.name]
