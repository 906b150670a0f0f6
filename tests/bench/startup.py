"""Measures the start against an empty Qt window with numpy loaded.

Child processes take turns, and the time of each runs from its start: an empty window until its
first paint is out, the program until its first picture is out (the timeline whole, with axis,
overview, toolbar and status line), and the program until the panels beside it stand too. The
file is made beforehand, and the settings are new. Prints one JSON line with the medians (ms)
and their ratios to the empty window.
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

def tell():
    os.write(1, b"painted")
    os._exit(0)
"""

EMPTY = (
    _TELL
    + """
import numpy
from PySide6.QtCore import QTimer
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

# The program begins as it always does: nothing of Qt is imported before it does so itself.
_PROGRAM = (
    _TELL
    + """
import sys
from viewer.app import Wired
from viewer.cli import main

def told(wired, *arguments):
    from viewer.widgets.main_window import MainWindow
    complete = MainWindow.complete
    MainWindow.complete = %s
    made(wired, *arguments)

made, Wired.__init__ = Wired.__init__, told
main([sys.argv[1]])
"""
)

# The window makes its panels when its first picture is out.
PICTURE = _PROGRAM % "lambda window: tell()"

WINDOW = (
    _PROGRAM
    % """lambda window: (
        complete(window), [QApplication.processEvents() for _ in range(3)], tell())
"""
).replace("    from viewer", "    from PySide6.QtWidgets import QApplication\n    from viewer", 1)


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
        # As installed: the compiled modules are kept from the first run on.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
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
        starts = {"empty": (EMPTY,), "picture": (PICTURE, file), "window": (WINDOW, file)}
        times: dict[str, list[float]] = {name: [] for name in starts}
        for number in range(rounds + 1):
            for name, (code, *arguments) in starts.items():
                taken = measure(code, environment, *arguments)
                if number:  # the first of each fills the machine's caches
                    times[name].append(taken)
    found = {name: median(taken) for name, taken in times.items()}
    line: dict[str, object] = {
        "bench": "start",
        "platform": environment.get("QT_QPA_PLATFORM", "native"),
        "rounds": rounds,
    }
    line |= {f"{name}_ms": round(taken, 1) for name, taken in found.items()}
    for name in ("picture", "window"):
        line[f"{name}_ratio"] = round(found[name] / found["empty"], 3)
    print(json.dumps(line))


if __name__ == "__main__":
    main()
