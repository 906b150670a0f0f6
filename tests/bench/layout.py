"""Measures how long a picture takes to lay out, by the number of events.

The first picture of new data places the labels, a later frame (here: panned) finds them placed.
Sizes take turns within each round. Prints one JSON line per size with the medians (ms) and the
ratios to those of the smallest.
"""

from __future__ import annotations

import json
import random
import time
from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING

from tests.pictures import MEASURE, Made, forgotten, timeline
from viewer.layout import View, build, navigation

if TYPE_CHECKING:
    from db.timeline import Timeline

SIZES = (109, 1_000, 10_000)
ROUNDS = 15
TITLES = ("한미상호방위조약 체결", "Mutual Defense Treaty signed", "정상회담", "KORUS FTA in force")


def made_up(count: int) -> Timeline:
    """Events on random days from 1950 to 2030, few of them important."""
    chance = random.Random(count)
    events = []
    for _ in range(count):
        day = f"{chance.randint(1950, 2029)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        importance = chance.choices((1, 2, 3, 4, 5), (50, 30, 15, 4, 1))[0]
        title = chance.choice(TITLES)
        events.append(Made(day, (chance.randrange(3),), importance, title, title))
    return timeline(events)


def taken(made: Timeline, shown: View) -> float:
    """Milliseconds to lay out a picture."""
    start = time.perf_counter()
    build(made, shown, MEASURE)
    return (time.perf_counter() - start) * 1000


def main() -> None:
    timelines = [made_up(size) for size in SIZES]
    first: list[list[float]] = [[] for _ in SIZES]
    frame: list[list[float]] = [[] for _ in SIZES]
    for _ in range(ROUNDS):
        for which, each in enumerate(timelines):
            new = replace(each)
            forgotten()
            start, end = navigation.fit(new)
            first[which].append(taken(new, View(start, end, 1600, 1000)))
            panned = navigation.panned(start, end, 0.1)
            frame[which].append(taken(new, View(*panned, 1600, 1000)))
    for size, firsts, frames in zip(SIZES, first, frame, strict=True):
        line = {
            "bench": "layout",
            "events": size,
            "rounds": ROUNDS,
            "first_ms": round(median(firsts), 2),
            "first_ratio": round(median(firsts) / median(first[0]), 2),
            "frame_ms": round(median(frames), 2),
            "frame_ratio": round(median(frames) / median(frame[0]), 2),
        }
        print(json.dumps(line))


if __name__ == "__main__":
    main()
