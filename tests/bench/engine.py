"""Measures the label engine on made-up timelines of a thousand to a million events.

Building all label ranges, a pan step and a zoom step with all of the canvas drawn at 1600×900,
and how many labels there are against a placement made for each window alone. Sizes take turns
within each round. Prints one JSON line per size: medians and 95th percentiles in ms, and beside
them the ratios to filling and to copying a whole frame in the same run, and to the smallest size.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING

from tests.bench.density import density
from tests.bench.synthetic import synthetic
from viewer.layout import View, build, navigation

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QImage

    from db.timeline import Timeline
    from viewer.layout.measure import Measure
    from viewer.layout.navigation import Range

SIZES = (1_000, 10_000, 100_000, 1_000_000)
WIDTH, HEIGHT = 1600, 900
STEPS = 12  # frames of a pan and of a zoom in each round
FEWEST_LABELS = 20  # on the last frame, or it was not drawn


class Frames:
    """Lays out and paints frames of one timeline, and keeps what each took in ms."""

    def __init__(self, made: Timeline, measure: Measure, image: QImage) -> None:
        self.made, self.measure, self.image = made, measure, image
        self.times: dict[str, list[float]] = {"pan": [], "zoom": []}

    def frame(self, shown: Range) -> int:
        """Draws a frame; the number of its labels."""
        from PySide6.QtGui import QPainter

        from viewer.render.painter import paint

        display = build(self.made, View(*shown, WIDTH, HEIGHT), self.measure)
        painter = QPainter(self.image)
        paint(painter, display)
        painter.end()
        return display.counts["labelled"]

    def round(self, number: int) -> int:
        """Pans and zooms about the middle, at another zoom each round."""
        start, end = navigation.fit(self.made)
        shown = navigation.zoomed(start, end, (1.0, 8.0, 60.0)[number % 3], (start + end) / 2)
        labels = self.frame(shown)
        for kind in self.times:
            here = shown
            for _ in range(STEPS):
                here = (
                    navigation.panned(*here, 0.02)
                    if kind == "pan"
                    else navigation.zoomed(*here, 1.12)
                )
                self.times[kind].append(taken(lambda here=here: self.frame(here)))
        return labels


def taken(job: Callable[[], object]) -> float:
    """Milliseconds that a job takes."""
    start = time.perf_counter()
    job()
    return (time.perf_counter() - start) * 1000


def high(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--largest", type=int, default=SIZES[-1])
    parser.add_argument(
        "--windows", type=int, default=24, help="per scale, for the density; 0: none"
    )
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter

    from viewer.render import fonts

    application = QGuiApplication([])
    measure = fonts.measure()
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_ARGB32_Premultiplied)
    other = image.copy()

    def copy() -> None:
        painter = QPainter(image)
        painter.drawImage(0, 0, other)
        painter.end()

    sizes = [size for size in SIZES if size <= options.largest]
    timelines = {size: synthetic(size) for size in sizes}
    frames = {size: Frames(made, measure, image) for size, made in timelines.items()}
    builds: dict[int, list[float]] = {size: [] for size in sizes}
    fills: list[float] = []
    copies: list[float] = []
    labels = dict.fromkeys(sizes, 0)
    for number in range(options.rounds):
        fills.append(taken(lambda: image.fill(QColor("#ffffff"))))
        copies.append(taken(copy))
        for size, made in timelines.items():
            if size <= 100_000 or number < 3:
                columns = replace(made.columns)  # the same data, of which nothing is placed yet
                new = replace(made, columns=columns)
                view = View(*navigation.fit(new), WIDTH, HEIGHT)
                builds[size].append(taken(lambda new=new, view=view: build(new, view, measure)))
            labels[size] = max(labels[size], frames[size].round(number))
    for size, each in frames.items():
        if labels[size] < FEWEST_LABELS:
            raise SystemExit(f"{size} events: only {labels[size]} labels were drawn")
        line: dict[str, object] = {
            "bench": "engine",
            "events": size,
            "rounds": options.rounds,
            "build_ms": round(median(builds[size]), 1),
            "fill_ms": round(median(fills), 2),
            "blit_ms": round(median(copies), 2),
            "labels": labels[size],
        }
        for kind, times in each.times.items():
            smallest = median(frames[sizes[0]].times[kind])
            line |= {
                f"{kind}_ms": round(median(times), 2),
                f"{kind}_p95_ms": round(high(times), 2),
                f"{kind}_over_fill": round(median(times) / median(fills), 1),
                f"{kind}_over_blit": round(median(times) / median(copies), 1),
                f"{kind}_over_smallest": round(median(times) / smallest, 2),
            }
        if options.windows:
            kept = density(each.made, measure, options.windows)
            line |= {f"density_{name}": round(value, 3) for name, value in kept._asdict().items()}
        print(json.dumps(line), flush=True)
    application.quit()


if __name__ == "__main__":
    main()
