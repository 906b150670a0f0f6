"""Measures how long a picture takes to lay out, by the number of events.

Sizes take turns within each round. Prints one JSON line per size with the median (ms) and its
ratio to that of the smallest.
"""

from __future__ import annotations

import json
import random
import time
from statistics import median
from typing import TYPE_CHECKING

from tests.pictures import MEASURE, Made, timeline
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


def main() -> None:
    timelines = [made_up(size) for size in SIZES]
    views = [View(*navigation.fit(each), 1600, 1000) for each in timelines]
    times: list[list[float]] = [[] for _ in SIZES]
    for round_number in range(ROUNDS + 1):
        for which, each in enumerate(timelines):
            start = time.perf_counter()
            build(each, views[which], MEASURE)
            if round_number:  # the first fills caches
                times[which].append((time.perf_counter() - start) * 1000)
    smallest = median(times[0])
    for size, taken in zip(SIZES, times, strict=True):
        line = {
            "bench": "layout",
            "events": size,
            "rounds": ROUNDS,
            "build_ms": round(median(taken), 2),
            "ratio": round(median(taken) / smallest, 2),
        }
        print(json.dumps(line))


if __name__ == "__main__":
    main()
