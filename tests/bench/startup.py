"""Measures the first complete picture against an empty Qt window with numpy loaded.

Two child processes take turns; each tells when its first paint has gone out, and its time runs
from its start. The file is made beforehand, settings and data folders are new ones. Prints one
JSON line with the medians (ms) and their ratio.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]

_TELL = """
import os
from PySide6.QtCore import QTimer

def tell():
    os.write(1, b"painted")
    os._exit(0)
"""

EMPTY = (
    _TELL
    + """
import numpy
from PySide6.QtWidgets import QApplication, QWidget

class Empty(QWidget):
    def paintEvent(self, event):
        QTimer.singleShot(0, tell)

application = QApplication([])
window = Empty()
window.resize(1280, 720)
window.show()
application.exec()
"""
)

PROGRAM = (
    _TELL
    + """
import sys
from viewer.cli import main
from viewer.widgets.canvas import Canvas

paint = Canvas.paintEvent

def paint_and_tell(canvas, event):
    paint(canvas, event)
    QTimer.singleShot(0, tell)

Canvas.paintEvent = paint_and_tell
main([sys.argv[1]])
"""
)


def measure(code: str, environment: dict[str, str], *arguments: str) -> float:
    """Milliseconds from the start of a child process to its first paint."""
    start = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as child:
        assert child.stdout is not None
        told = child.stdout.read(7)
        elapsed = (time.perf_counter() - start) * 1000
    if told != b"painted":
        sys.exit("The window was not painted; run the program by hand to see why.")
    return elapsed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        environment = dict(os.environ, ALLIANCE_TIMELINE_HOME=folder)
        if sys.platform == "linux" and not {"DISPLAY", "WAYLAND_DISPLAY"} & environment.keys():
            environment.setdefault("QT_QPA_PLATFORM", "offscreen")
        file = str(Path(folder, "bench.alliance"))
        subprocess.run(
            [sys.executable, "-m", "viewer", "new", file],
            cwd=ROOT,
            env=environment,
            check=True,
            stderr=subprocess.DEVNULL,
        )
        measure(EMPTY, environment)
        measure(PROGRAM, environment, file)  # the first of each fills the machine's caches
        empty, program = [], []
        for _ in range(rounds):
            empty.append(measure(EMPTY, environment))
            program.append(measure(PROGRAM, environment, file))
    print(
        json.dumps(
            {
                "bench": "first picture",
                "platform": environment.get("QT_QPA_PLATFORM", "native"),
                "rounds": rounds,
                "empty_ms": round(median(empty), 1),
                "program_ms": round(median(program), 1),
                "ratio": round(median(program) / median(empty), 3),
            }
        )
    )


if __name__ == "__main__":
    main()
