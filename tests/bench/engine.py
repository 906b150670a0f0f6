"""Measures the label engine on the shipped data and on made-up timelines of a thousand to a
million events, or on a file.

Building all label ranges; a pan step and a zoom step with all of the canvas brought up to date and
copied, at 1600×900 and at 3840×2160; a PNG of A3 at 300 dpi; how many labels there are against a
placement made for each window alone. Sizes take turns within each round; a million is built and a
page is written in every third of them. Prints one JSON line per size: medians and 95th percentiles
in ms of the processor's time, and beside them the ratios to copying a whole frame in the same run,
and to a thousand events. The first line is of what they are compared with. It ends with an error
where the last frame of a size is not, to the pixel, what a whole painting gives, or where the
frames had too few labels.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from tests.bench import files
from tests.bench.density import density
from tests.bench.synthetic import synthetic
from viewer.layout import View, build, events, navigation

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from db.timeline import Timeline
    from viewer.layout.measure import Measure
    from viewer.layout.navigation import Range

SIZES = (1_000, 10_000, 100_000, 1_000_000)
WIDTH, HEIGHT = 1600, 900
LARGE = 3840, 2160
STEPS = 12  # frames of a pan and of a zoom in each round
NEW_TITLES = 8  # that a frame draws, as in the window
FEWEST_LABELS = 40  # on a frame in the middle, or not all was drawn
FEWEST_SHARE = 20  # of few events: one in so many
ZOOMS = (1.0, 8.0, 60.0)  # of the whole range, in turn
POSTER = 100_000  # events of which the PNG is made
SELDOM = 3  # rounds from one building of the largest to the next, and from page to page


class Frames:
    """Brings frames of one timeline up to date, and keeps what each took in ms."""

    def __init__(self, made: Timeline, measure: Measure, width: int, height: int) -> None:
        from PySide6.QtCore import QRect
        from PySide6.QtGui import QImage

        from viewer.render.sheet import Sheet

        self.made, self.measure = made, measure
        self.width, self.height = width, height
        self.image = QImage(width, height, QImage.Format.Format_RGB32)
        self.whole = QRect(0, 0, width, height)
        self.sheet = Sheet()
        self.labels: list[int] = []  # on each frame
        self.times: dict[str, list[float]] = {"pan": [], "zoom": []}

    def frame(self, shown: Range, new: int | None = NEW_TITLES) -> None:
        """Draws a frame, with so many titles that were never drawn."""
        from PySide6.QtGui import QPainter

        from viewer.render.inks import Budget

        display = build(self.made, View(*shown, self.width, self.height), self.measure)
        self.sheet.show(display, 1.0, Budget(new))
        painter = QPainter(self.image)
        self.sheet.draw(painter, self.whole)
        painter.end()
        self.labels.append(display.counts["labelled"])

    def round(self, number: int, steps: int = STEPS) -> None:
        """Pans and zooms about the middle, at another zoom each round."""
        from tests.bench.yardsticks import taken

        start, end = navigation.fit(self.made)
        shown = navigation.zoomed(start, end, ZOOMS[number % 3], (start + end) / 2)
        for kind in self.times:
            here = shown
            self.frame(here, None)
            for _ in range(steps):
                here = (
                    navigation.panned(*here, 0.02)
                    if kind == "pan"
                    else navigation.zoomed(*here, 1.12)
                )
                self.times[kind].append(taken(lambda here=here: self.frame(here)))
        self.frame(here, None)

    def fault(self) -> str | None:
        """What is wrong with the last frame, None where it is what a whole painting gives."""
        labels = median(self.labels)
        if labels < min(FEWEST_LABELS, len(self.made.columns) / FEWEST_SHARE):
            return f"only {labels} labels were drawn"
        start, end = navigation.fit(self.made)
        self.frame((start, end), None)
        last = navigation.panned(start, end, 0.02)
        self.frame(last, None)
        display = build(self.made, View(*last, self.width, self.height), self.measure)
        if not same_pixels(self.image, whole_painting(display)):
            return "a copied frame is not what a whole painting gives"
        return None


def whole_painting(display: object) -> QImage:
    from PySide6.QtGui import QImage, QPainter

    from viewer.display import DisplayList
    from viewer.render.painter import paint

    assert isinstance(display, DisplayList)
    image = QImage(int(display.width), int(display.height), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    paint(painter, display)
    painter.end()
    return image


def same_pixels(one: QImage, other: QImage) -> bool:
    import numpy as np

    pixels = [
        np.frombuffer(image.constBits(), np.uint32) & 0xFFFFFF for image in (one, other)
    ]  # fmt: skip
    return bool((pixels[0] == pixels[1]).all())


def opened(path: Path | None) -> Timeline:
    """The timeline of a file, or of a table of events (CSV); the shipped data where none is
    named."""
    from db.store import Store

    with tempfile.TemporaryDirectory() as folder:
        if path is None:
            path = Path(folder, "shipped.alliance")
            Store.create(path).close()
        with Store.open(files.timeline_at(path, Path(folder)), read_only=True) as store:
            return store.timeline()


def poster(made: Timeline) -> float:
    """Milliseconds that a PNG of A3 at 300 dpi takes, of all of the timeline."""
    from tests.bench.yardsticks import taken
    from viewer.render.export import render
    from viewer.render.pages import page

    sheet = page("a3", 300)
    view = View(*navigation.fit(made), sheet.width, sheet.height)
    return taken(lambda: render(made, view, sheet, "png", title="한미동맹"))


def high(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, help="a timeline or a table of events (CSV)")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--largest", type=int, default=SIZES[-1])
    parser.add_argument(
        "--windows", type=int, default=24, help="per scale, for the density; 0: none"
    )
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from tests.bench.yardsticks import ITEMS, Yardsticks, taken
    from viewer.render import fonts

    application = QApplication([])
    measure = fonts.measure()
    if options.file:
        timelines = {"file": opened(options.file)}
    else:
        timelines = {"shipped": opened(None)} | {
            str(size): synthetic(size) for size in SIZES if size <= options.largest
        }
    smallest = next(iter(timelines)) if options.file else str(SIZES[0])
    largest = list(timelines)[-1]
    yardsticks = Yardsticks(timelines.get(str(ITEMS)), WIDTH, HEIGHT)
    frames = {name: Frames(made, measure, WIDTH, HEIGHT) for name, made in timelines.items()}
    large = {name: Frames(timelines[name], measure, *LARGE) for name in (smallest, largest)}
    builds: dict[str, list[float]] = {name: [] for name in timelines}
    posters: list[float] = []
    for number in range(options.rounds):
        yardsticks.round()
        for name, made in timelines.items():
            if len(made.columns) <= POSTER or number % SELDOM == 0:
                # The same data, of which nothing is placed yet: not even its like is known.
                events._found.clear()
                columns = replace(made.columns)
                new = replace(made, columns=columns)
                view = View(*navigation.fit(new), WIDTH, HEIGHT)
                builds[name].append(taken(lambda new=new, view=view: build(new, view, measure)))
            frames[name].round(number)
            if name in large:
                large[name].round(number, STEPS // 4)
            if number % SELDOM == 0 and (name == str(POSTER) or options.file):
                posters.append(poster(made))
    against = {name: median(times) for name, times in yardsticks.times.items()}
    told = {f"{name}_ms": round(value, 2) for name, value in against.items()}
    print(json.dumps({"bench": "yardsticks", "rounds": options.rounds} | told), flush=True)
    for name, each in frames.items():
        line: dict[str, object] = {
            "bench": "engine",
            "events": len(each.made.columns),
            "rounds": options.rounds,
            "build_ms": round(median(builds[name]), 1),
            "labels": median(each.labels),
        }
        line |= figures(each, "", against["blit"], frames[smallest])
        if name in large:
            line |= figures(large[name], "_4k", against["blit"], None)
        if name == str(POSTER) or options.file:
            line["a3_png_ms"] = round(median(posters), 1)
        if options.windows:
            kept = density(each.made, measure, options.windows)
            line |= {f"density_{what}": round(value, 3) for what, value in kept._asdict().items()}
        fault = each.fault()
        print(json.dumps(line), flush=True)
        if fault is not None and not options.file:
            raise SystemExit(f"{name}: {fault}")
    application.quit()


def figures(each: Frames, which: str, blit: float, smallest: Frames | None) -> dict[str, object]:
    """Medians and 95th percentiles, and their ratios to a copy and to a thousand events."""
    line: dict[str, object] = {}
    for kind, times in each.times.items():
        line |= {
            f"{kind}{which}_ms": round(median(times), 2),
            f"{kind}{which}_p95_ms": round(high(times), 2),
            f"{kind}{which}_over_blit": round(median(times) / blit, 1),
        }
        if smallest is not None:
            line[f"{kind}{which}_over_thousand"] = round(
                median(times) / median(smallest.times[kind]), 2
            )
    return line


if __name__ == "__main__":
    main()
