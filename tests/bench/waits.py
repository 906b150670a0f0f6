"""How long the window ever keeps a hand waiting while a large file is opened, filtered, panned,
zoomed, edited and exported: a timer of 10 ms tells how late it is at worst.

Prints a JSON line per step: `late_ms`, the worst by the clock, which others on the machine have a
part in; and `busy_ms`, the most of the processor's time that the window took in one go.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench import files

if TYPE_CHECKING:
    from collections.abc import Callable

    from viewer.app import Wired

EVERY = 10  # ms
CALM = 60  # ticks without any work, after which a step has come to its end
MOST = 300.0  # seconds that a step may take


class Watch:
    """Counts how late the ticks of a timer are."""

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        self.begin()

    def begin(self) -> None:
        self.late = self.busy = 0.0
        self.ticks = 0
        self._clock, self._own = time.perf_counter(), time.thread_time()

    def _tick(self) -> None:
        clock, own = time.perf_counter(), time.thread_time()
        self.late = max(self.late, (clock - self._clock) * 1000 - EVERY)
        self.busy = max(self.busy, (own - self._own) * 1000)
        self._clock, self._own = clock, own
        self.ticks += 1


def run(
    wired: Wired,
    watch: Watch,
    name: str,
    job: Callable[[], object],
    works: Callable[[], bool] = lambda: False,
) -> None:
    """Does a job and waits until all that it began has ended: `works` tells of what the window
    itself does not."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    watch.begin()
    begun = time.perf_counter()
    QTimer.singleShot(0, job)
    calm = 0
    while calm < CALM and time.perf_counter() - begun < MOST:
        before = watch.ticks
        while watch.ticks == before:
            QApplication.processEvents()
        busy = wired.window.canvas.placing.busy or wired.document.is_reading or works()
        calm = 0 if busy else calm + 1
    took = time.perf_counter() - begun - CALM * EVERY / 1000
    line = {"bench": "waits", "step": name, "late_ms": round(watch.late),
            "busy_ms": round(watch.busy), "seconds": round(took, 2)}  # fmt: skip
    print(json.dumps(line), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ALLIANCE_TIMELINE_HOME"] = folder
        path = Path(folder) / "large.alliance"
        files.put(path, options.events)
        _measure(path)


def _measure(path: Path) -> None:
    from PySide6.QtCore import QPoint, QPointF, Qt
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QApplication

    from db.filters import Filter
    from db.store import Store
    from viewer.app import Wired
    from viewer.edits.moves import redated_by
    from viewer.edits.moving import moved
    from viewer.widgets.settings import Settings

    first = path.with_name("first.alliance")
    Store.create(first, empty=True).close()
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    wired = Wired(application, first, Settings(), "ko")
    wired.window.resize(1600, 1000)
    wired.show()
    watch = Watch()
    run(wired, watch, "nothing", lambda: None)
    run(wired, watch, "open", lambda: wired.window.files.open(path))
    canvas, state = wired.window.canvas, wired.state

    def wheel(delta: QPoint, times: int) -> None:
        for _ in range(times):
            at = QPointF(canvas.rect().center())
            event = QWheelEvent(at, QPointF(canvas.mapToGlobal(at)), QPoint(), delta,
                                Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
                                Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
            QApplication.sendEvent(canvas, event)
            canvas.repaint()

    run(wired, watch, "zoom", lambda: wheel(QPoint(0, 120), 1))
    run(wired, watch, "pan", lambda: wheel(QPoint(120, 0), 1))
    run(wired, watch, "filter", lambda: state.set_filter(Filter(min_importance=3)))
    run(wired, watch, "filter off", lambda: state.set_filter(Filter()))
    run(wired, watch, "language", lambda: state.set_language("en"))
    run(wired, watch, "larger type", lambda: state.set_type_size(16.0))
    ident = int(wired.document.timeline.columns.id[len(wired.document.timeline.columns) // 2])
    run(wired, watch, "select", lambda: wired.selection.select(("event", ident)))

    def edit() -> None:
        rows = wired.document.rows_about("event", [ident])
        wired.document.apply(redated_by(rows, lambda edtf: moved(edtf, 40.0)))

    run(wired, watch, "edit", edit)
    run(wired, watch, "undo", lambda: wired.document.revert("undo"))
    export(wired, watch, path.parent)
    run(wired, watch, "close", wired.close)


def export(wired: Wired, watch: Watch, folder: Path) -> None:
    """All of the timeline on A3 at 300 dpi, shown and written by its dialog; then the quotes."""
    from viewer.widgets.files.export_dialog import ExportDialog
    from viewer.widgets.parts.progress import ProgressBox

    def dialogs() -> list[ExportDialog]:
        return wired.window.findChildren(ExportDialog)

    def works() -> bool:
        return any(each.busy for each in dialogs()) or bool(wired.window.findChildren(ProgressBox))

    def choose() -> None:
        (dialog,) = dialogs()
        for box, data in ((dialog.form.range, "all"), (dialog.form.page, "a3")):
            box.setCurrentIndex(box.findData(data))
        dialog.form.dpi.setValue(300)
        dialog.show_page()

    def write(suffix: str) -> None:
        if not dialogs():  # it closes when it has written
            wired.window.open_export()
            choose()
        (dialog,) = dialogs()
        dialog.form.format.set_current(suffix)
        dialog.write(dialog.form.request(), folder / f"all.{suffix}")

    quotes = folder / "all.jsonld"
    run(wired, watch, "export dialog", wired.window.open_export, works)
    run(wired, watch, "export preview", choose, works)
    run(wired, watch, "export png", lambda: write("png"), works)
    run(wired, watch, "export pdf", lambda: write("pdf"), works)
    run(wired, watch, "export svg", lambda: write("svg"), works)
    exchanging = wired.window.exchanging
    run(wired, watch, "export quotes", lambda: exchanging.export("annotations", quotes), works)
    written = [*(folder / f"all.{suffix}" for suffix in ("png", "pdf", "svg")), quotes]
    if missing := [each.name for each in written if not each.exists()]:
        raise SystemExit(f"Not written: {', '.join(missing)}")


if __name__ == "__main__":
    main()
