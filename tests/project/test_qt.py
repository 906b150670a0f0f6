"""The pair of Python and PySide6 that is installed does not lose references to None."""

from __future__ import annotations

import os
import subprocess
import sys

CALLS = """
from PySide6.QtWidgets import QApplication, QLabel

application = QApplication([])
label = QLabel()
for _ in range(20_000):
    label.setText("한미동맹")
print(label.text())
"""


def test_twenty_thousand_calls_into_qt_leave_the_process_alive() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", CALLS],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "한미동맹"
