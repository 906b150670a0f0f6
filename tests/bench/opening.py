"""Measures the opening of large files against an empty Qt window with numpy loaded.

Child processes take turns, and the time of each runs from its start:

- `empty`: an empty window, until its first paint is out;
- `sight`: the first opening, nothing kept: until something true of the file is painted, its lanes,
  its time and how many dates begin when;
- `outline`: the same until its first and last events are, in the window itself;
- `first`: the same until all of it is, every label in its place;
- `picture`: the second opening: until all of the window is painted as the opening picture;
- `window`: the same until the window itself has taken its place, every label in its place.

The files are made up beforehand (`tests.bench.files`) unless one is named, one for first and one
for second openings, and the program was closed properly before a second one. First openings of a
million, which take as long as all else, are in every fifth round. Prints one JSON line per file
with medians (ms), the processor's time, the ratios of both to the empty window, and the greatest
memory above it (MB).
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import NamedTuple

from db.store import Store
from tests.bench import files
from tests.bench.startup import _PROGRAM, AGAIN, EMPTY, ROOT

SIZES = (100_000, 1_000_000)
_SELDOM = {1_000_000: 5}  # rounds from one first opening to the next
_PRIMINGS = 6  # starts until a window has found its lasting size

_PAINTED = """
def hook_paint():
    from PySide6.QtCore import QTimer
    from viewer.widgets.canvas.canvas import Canvas
    paint = Canvas.paintEvent
    def paint_and_tell(canvas, event):
        paint(canvas, event)
        QTimer.singleShot(0, tell)
    Canvas.paintEvent = paint_and_tell

made_first = Wired.__init__
def first(wired, *arguments):
    hook_paint()
    made_first(wired, *arguments)
Wired.__init__ = first
"""
OUTLINE = _PROGRAM % ("complete", _PAINTED)
# Where no first sight comes, the window itself tells that it is missing.
SIGHT = _PROGRAM % (
    "lambda window: tell(b'missing')",
    """
import viewer.themes

def read_and_hook(name):
    from PySide6.QtCore import QTimer
    from viewer.widgets.files.first_sight import FirstSight
    paint = FirstSight.paintEvent
    def paint_and_tell(sight, event):
        paint(sight, event)
        QTimer.singleShot(0, tell)
    FirstSight.paintEvent = paint_and_tell
    return read(name)

read, viewer.themes.theme = viewer.themes.theme, read_and_hook
""",
)
# Every label in its place, the panels there, and all of it painted; then it is closed properly.
_WHOLE = """
def whole(window):
    import resource
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication
    placing, document = window.canvas.placing, window._document
    told = []
    def is_whole():
        return placing.is_whole(window.canvas.view()) and not document.is_reading
    def look():
        used = resource.getrusage(resource.RUSAGE_SELF)
        if not told and is_whole():
            for _ in range(3):
                QApplication.processEvents()
            if is_whole():
                spent = (used.ru_utime + used.ru_stime) * 1000
                told.append(os.write(1, f"painted {spent} ".encode()))
        if told and not (placing.busy or document.is_reading):
            # What is placed beside the window, for later, takes its part of the memory.
            os.write(1, f"{used.ru_maxrss / 1024}".encode())
            QTimer.singleShot(%d, window.close)
            return
        QTimer.singleShot(10, look)
    QTimer.singleShot(0, look)
"""
WHOLE = _PROGRAM % ("lambda window: (complete(window), whole(window))", _WHOLE % 0)
# Open until it is kept for the next time.
PROPER = _PROGRAM % ("lambda window: (complete(window), whole(window))", _WHOLE % 1500)


class Taken(NamedTuple):
    """Milliseconds by the clock and of the processor, and the greatest memory in MB."""

    clock: float
    processor: float
    memory: float


def measure(code: str, environment: dict[str, str], *arguments: str) -> Taken:
    """What a child process takes to its telling, which it may follow by what it has used."""
    start = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as child:
        assert child.stdout is not None
        told = os.read(child.stdout.fileno(), 100)
        elapsed = (time.perf_counter() - start) * 1000
        told += child.stdout.read()
        _, _, used = os.wait4(child.pid, 0)
        child.returncode = 0
    if not told.startswith(b"painted"):
        sys.exit(f"Not painted ({told!r}); run the program by hand to see why.")
    if itself := [float(each) for each in told.split()[1:]]:
        return Taken(elapsed, *itself)
    return Taken(elapsed, (used.ru_utime + used.ru_stime) * 1000, used.ru_maxrss / 1024)


def prepare(file: str, environment: dict[str, str]) -> None:
    """Starts and closes the program until all that a second opening finds is there."""
    for _ in range(_PRIMINGS):
        for how in (PROPER, AGAIN):
            told = subprocess.run(
                [sys.executable, "-c", how, file],
                cwd=ROOT,
                env=environment,
                check=True,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            ).stdout
        if told == b"painted":
            return
    sys.exit("No opening picture is kept; run the program by hand to see why.")


def bench(file: Path, other: Path, count: int, rounds: int, folder: Path) -> dict[str, object]:
    """Second openings of one file, first ones of another of the same content."""
    environment = dict(os.environ, ALLIANCE_TIMELINE_HOME=str(folder / f"known {count}"))
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    if sys.platform == "linux" and not {"DISPLAY", "WAYLAND_DISPLAY"} & environment.keys():
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    new = folder / "new"
    fresh = environment | {"ALLIANCE_TIMELINE_HOME": str(new)}
    prepare(str(file), environment)
    starts = {
        "empty": (EMPTY, fresh),
        "sight": (SIGHT, fresh, str(other)),
        "outline": (OUTLINE, fresh, str(other)),
        "first": (WHOLE, fresh, str(other)),
        "picture": (AGAIN, environment, str(file)),
        "window": (WHOLE, environment, str(file)),
    }
    found: dict[str, list[Taken]] = {name: [] for name in starts}
    for number in range(rounds + 1):
        for name, (code, where, *arguments) in starts.items():
            if where is fresh and number > 1 and number % _SELDOM.get(count, 1) and arguments:
                continue
            shutil.rmtree(new, ignore_errors=True)
            taken = measure(code, where, *arguments)
            if number:  # the first of each fills the machine's caches
                found[name].append(taken)
    line: dict[str, object] = {"bench": "opening", "events": count, "rounds": rounds}
    middle = {
        name: Taken(*(median(values) for values in zip(*taken, strict=True)))
        for name, taken in found.items()
    }
    empty = middle["empty"]
    for name, each in middle.items():
        line[f"{name}_ms"] = round(each.clock, 1)
        line[f"{name}_processor_ms"] = round(each.processor, 1)
        if name != "empty":
            line[f"{name}_ratio"] = round(each.clock / empty.clock, 2)
            line[f"{name}_processor_ratio"] = round(each.processor / empty.processor, 2)
            line[f"{name}_memory_mb"] = round(each.memory - empty.memory, 1)
    return line


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--largest", type=int, default=SIZES[-1])
    parser.add_argument("--file", type=Path, help="a timeline or a table of events (CSV)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        if options.file is not None:
            asked = files.timeline_at(options.file.absolute(), home)
            with Store.open(asked, read_only=True) as store:
                sizes: tuple[int, ...] = (len(store.timeline().columns),)
        else:
            sizes = tuple(size for size in SIZES if size <= options.largest)
        for size in sizes:
            file, other = home / f"{size}.alliance", home / f"{size} too.alliance"
            if options.file is None:
                files.put(file, size)
            else:
                shutil.copyfile(asked, file)
            shutil.copyfile(file, other)
            line = bench(file, other, size, options.rounds, home)
            print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
