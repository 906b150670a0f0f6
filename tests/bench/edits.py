"""Measures edits in the window on a large file, until they are drawn and on the disk, and filters
that were never asked for, until their picture is complete.

Events are added, moved and brought back in turn, in a window of 1600×1000 with its labels placed;
what a worker places afterwards is waited for before the next one. A `filter` leaves almost all
events, a `lane` hides one of the three. Prints a JSON line: medians and 95th percentiles in ms, by
the clock and of the window's thread on the processor (of all threads for filters, of which a
worker does the most), and beside them the ratio to painting the same canvas once more in the same
run.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from db.filters import Filter
from tests.bench import files

if TYPE_CHECKING:
    from collections.abc import Callable

    from viewer.app import Wired

_PAUSE = 0.02  # seconds between two looks whether a worker has ended
Times = list[tuple[float, float]]


class Window:
    """The window on a file, and how long what is done in it takes."""

    def __init__(self, wired: Wired) -> None:
        self.wired, self.window = wired, wired.window
        self.times: dict[str, Times] = {}

    def settle(self) -> None:
        """Until nothing is being read or placed any more."""
        from PySide6.QtWidgets import QApplication

        while True:
            for _ in range(3):
                QApplication.processEvents()
            if not (self.wired.document.is_reading or self.window.canvas.placing.busy):
                return
            time.sleep(_PAUSE)

    def take(self, name: str, job: Callable[[], object]) -> None:
        clock, processor = time.perf_counter(), time.thread_time()
        job()
        self.window.canvas.repaint()
        spent = (time.perf_counter() - clock, time.thread_time() - processor)
        self.times.setdefault(name, []).append((spent[0] * 1000, spent[1] * 1000))
        self.settle()

    def ask(self, name: str, asked: Filter) -> None:
        """Another filter, until its picture has taken the place of the one before."""
        from PySide6.QtCore import QEventLoop
        from PySide6.QtWidgets import QApplication

        canvas = self.window.canvas
        clock, processor = time.perf_counter(), time.process_time()
        self.wired.state.set_filter(asked)
        canvas.repaint()
        while not canvas.placing.is_whole(canvas.view()):
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            canvas.repaint()
        spent = (time.perf_counter() - clock, time.process_time() - processor)
        self.times.setdefault(name, []).append((spent[0] * 1000, spent[1] * 1000))
        columns = self.wired.document.timeline.columns
        kept = int(asked.mask(self.wired.document.timeline).sum())
        if canvas.display().counts["shown"] != kept or not 0 < kept <= len(columns):
            raise SystemExit("The picture does not show what the filter leaves.")
        whole = str(canvas.display())
        self.settle()
        if whole != str(canvas.display()):
            raise SystemExit("The picture was not whole yet.")

    def round(self, number: int) -> None:
        from db.records import Bilingual
        from viewer.edits import events
        from viewer.edits.drafts import DateDraft, EventDraft

        document = self.wired.document
        timeline = document.timeline
        draft = EventDraft(
            title=Bilingual(None, f"새 회담 {number}"),
            kind_id=timeline.kinds[0].id,
            lane_ids=(timeline.lanes[number % len(timeline.lanes)].id,),
            dates=(DateDraft(f"{1960 + number}-05-21", primary=True),),
        )
        columns = timeline.columns
        moved = int(columns.id[(number * 7919 + 11) % len(columns)])
        edited = events.redated(document.rows_about("event", [moved]), moved, f"{1955 + number}-03")
        apply = self.window.editing.apply
        self.take("frame", lambda: None)
        self.take("add", lambda: apply(events.added(draft)))
        self.take("drag", lambda: apply(edited))
        self.take("undo", lambda: self.window.editing.revert("undo"))
        keys = [lane.key for lane in timeline.lanes]
        first = int(columns.first[len(columns) // 500 * (number + 1)])
        self.ask("filter", Filter(first=first))
        self.ask("lane", Filter(first=first, lanes=tuple(keys[1:])))
        self.wired.state.set_filter(Filter())
        self.settle()


def _high(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--events", type=int, default=100_000)
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ALLIANCE_TIMELINE_HOME"] = folder
        file = Path(folder, "edits.alliance")
        files.put(file, options.events)
        from PySide6.QtWidgets import QApplication

        from viewer.app import Wired
        from viewer.widgets.settings import Settings

        application = QApplication([])
        application.setStyle("Fusion")
        wired = Wired(application, file, Settings(), "en")
        measured = Window(wired)
        wired.window.resize(1600, 1000)
        wired.show()
        measured.settle()
        before = wired.window.canvas.display().counts["shown"]
        for number in range(options.rounds):
            measured.round(number)
        # What undo brought back is what was moved; so only the added ones are more.
        if wired.window.canvas.display().counts["shown"] != before + options.rounds:
            raise SystemExit("The picture does not show what was edited.")
        line: dict[str, object] = {
            "bench": "edits", "events": options.events, "rounds": options.rounds
        }  # fmt: skip
        frame = median(clock for clock, _ in measured.times["frame"])
        for name, times in measured.times.items():
            clock, processor = (list(each) for each in zip(*times, strict=True))
            line |= {
                f"{name}_ms": round(median(clock), 1),
                f"{name}_p95_ms": round(_high(clock), 1),
                f"{name}_processor_ms": round(median(processor), 1),
                f"{name}_processor_p95_ms": round(_high(processor), 1),
                f"{name}_over_frame": round(median(clock) / frame, 1),
            }
        print(json.dumps(line), flush=True)
        wired.window.close()
        wired.close()


if __name__ == "__main__":
    main()
