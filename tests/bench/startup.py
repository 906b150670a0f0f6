"""Measures the start against an empty Qt window with numpy loaded.

Child processes take turns, and the time of each runs from its start:

- `empty`: an empty window, until its first paint is out;
- `picture`: the first start on a file, with new settings and nothing kept, until the program's
  first picture is out (the timeline whole, with axis, overview, toolbar and status line);
- `window`: the same until the panels beside it are painted too;
- `again`: the second opening of the file, until all of the window, panels included, is painted
  as the opening picture;
- `again_window`: the same until the window itself has taken the picture's place.

The file is made beforehand, and the program was closed properly after its first start. Prints one
JSON line with medians and least times (ms), the processor's time where the system tells it, and
the ratios of the medians to the empty window.
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
_PRIMINGS = 4  # starts until a window has found its lasting size

_TELL = """
import os

def tell(what=b"painted"):
    os.write(1, what)
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

def hook(wired, *arguments):
    from PySide6.QtWidgets import QApplication
    from viewer.widgets.main_window import MainWindow
    complete = MainWindow.complete
    MainWindow.complete = %s
    made(wired, *arguments)

made, Wired.__init__ = Wired.__init__, hook
%s
main([sys.argv[1]])
"""
)
_COMPLETE = (
    "lambda window: (complete(window), [QApplication.processEvents() for _ in range(3)], tell())"
)

# The window makes its panels when its first picture is out.
PICTURE = _PROGRAM % ("lambda window: tell()", "")
WINDOW = _PROGRAM % (_COMPLETE, "")

# Where no opening picture comes, the window itself tells that it is missing.
AGAIN = _PROGRAM % (
    "lambda window: tell(b'missing')",
    """
from viewer.widgets.files import opening_file

def read_and_hook(place):
    from PySide6.QtCore import QTimer
    from viewer.widgets.files.opening_picture import OpeningPicture
    paint = OpeningPicture.paintEvent
    def paint_and_tell(picture, event):
        paint(picture, event)
        if picture.fits():
            QTimer.singleShot(0, tell)
    OpeningPicture.paintEvent = paint_and_tell
    return read(place)

read, opening_file.read = opening_file.read, read_and_hook
""",
)

# A start that is closed properly, once the window is kept for the next one.
PROPER = """
import sys
from viewer.app import Wired
from viewer.cli import main

def look_and_close(wired):
    look(wired)
    wired.window.close()

look, Wired._look_and_check = Wired._look_and_check, look_and_close
main([sys.argv[1]])
"""


def measure(code: str, environment: dict[str, str], *arguments: str) -> tuple[float, float]:
    """Milliseconds from the start of a child process to its first paint, by the clock and of the
    processor (0 where the system does not tell)."""
    used = _processor()
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
        sys.exit(f"Not painted ({told!r}); run the program by hand to see why.")
    return elapsed, _processor() - used


def _processor() -> float:
    """What the child processes so far have used of the processor, in ms."""
    if sys.platform == "win32":
        return 0.0
    import resource

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (used.ru_utime + used.ru_stime) * 1000


def prepare(folder: Path, environment: dict[str, str]) -> str:
    """Makes the file, and starts and closes the program until its opening picture is there."""
    file = str(folder / "bench.alliance")

    def run(*how: str) -> bytes:
        return subprocess.run(
            [sys.executable, *how, file],
            cwd=ROOT,
            env=environment,
            check=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ).stdout

    run("-m", "viewer", "new")
    for _ in range(_PRIMINGS):
        run("-c", PROPER)
        if run("-c", AGAIN) == b"painted":
            return file
    sys.exit("No opening picture is kept; run the program by hand to see why.")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        environment = dict(os.environ, ALLIANCE_TIMELINE_HOME=str(Path(folder, "known")))
        # As installed: the compiled modules are kept from the first run on.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        if sys.platform == "linux" and not {"DISPLAY", "WAYLAND_DISPLAY"} & environment.keys():
            environment.setdefault("QT_QPA_PLATFORM", "offscreen")
        file = prepare(Path(folder), environment)
        new = environment | {"ALLIANCE_TIMELINE_HOME": str(Path(folder, "new"))}
        starts = {
            "empty": (EMPTY, new),
            "picture": (PICTURE, new, file),
            "window": (WINDOW, new, file),
            "again": (AGAIN, environment, file),
            "again_window": (WINDOW, environment, file),
        }
        times: dict[str, list[tuple[float, float]]] = {name: [] for name in starts}
        for number in range(rounds + 1):
            for name, (code, where, *arguments) in starts.items():
                taken = measure(code, where, *arguments)
                if number:  # the first of each fills the machine's caches
                    times[name].append(taken)
    line: dict[str, object] = {
        "bench": "start",
        "platform": environment.get("QT_QPA_PLATFORM", "native"),
        "rounds": rounds,
    }
    found: dict[str, tuple[float, float]] = {}
    for name, taken in times.items():
        clock, processor = (list(each) for each in zip(*taken, strict=True))
        found[name] = (median(clock), median(processor))
        line[f"{name}_ms"] = round(found[name][0], 1)
        line[f"{name}_least_ms"] = round(min(clock), 1)
        line[f"{name}_processor_ms"] = round(found[name][1], 1)
    for name in list(starts)[1:]:
        line[f"{name}_ratio"] = round(found[name][0] / found["empty"][0], 3)
        if found["empty"][1]:
            line[f"{name}_processor_ratio"] = round(found[name][1] / found["empty"][1], 3)
    print(json.dumps(line))


if __name__ == "__main__":
    main()
