"""Timelines of any size for measuring, made as columns at once: no file, no loop over events.

Days are clustered, 70 % of the events are points, the others last some months; titles have 20
to 60 characters, a third of them Korean; importance 1 to 5 goes to 50, 30, 15, 4.5 and 0.5 %.
"""

from __future__ import annotations

import numpy as np

from db.columns import INTERVAL, Columns
from db.texts import Texts
from db.timeline import Timeline
from tests.pictures import GROUPS, KINDS, LANES, SCHEME, STAGES

FIRST, LAST = -7305, 21915  # 1950 to 2029
_ENGLISH = (
    "Joint statement on the defense of the peninsula and the free trade agreement in Seoul "
    "Ministers confirm the plan for combined exercises, talks on cost sharing and technology "
)
_KOREAN = "한미 정상회담에서 방위비 분담과 연합훈련 계획을 확인하고 기술 협력 공동성명을 채택함 "


def synthetic(count: int, seed: int = 4) -> Timeline:
    rng = np.random.default_rng(seed)
    centres = rng.uniform(FIRST, LAST, 40)
    spread = rng.choice([60.0, 400.0, 2500.0], count)
    first = np.clip(rng.choice(centres, count) + rng.normal(0, spread), FIRST, LAST)
    first = np.sort(first).astype(np.int64)
    period = rng.random(count) < 0.3
    last = first + np.where(period, rng.exponential(120, count), 0.0).astype(np.int64)
    texts = Texts(_titles(rng, count))
    nothing = np.full(count, -1, np.int64)
    columns = Columns(
        id=np.arange(1, count + 1, dtype=np.int64),
        first=first,
        last=last,
        shape=np.where(period, INTERVAL, 0).astype(np.uint16),
        lanes=rng.integers(0, 3, (count, 1)).astype(np.int16),
        tags=nothing[:, None].astype(np.int16),
        kind=np.zeros(count, np.int16),
        importance=rng.choice(
            np.arange(1, 6, dtype=np.uint8), count, p=(0.5, 0.3, 0.15, 0.045, 0.005)
        ),
        status=np.zeros(count, np.uint8),
        quotes=np.zeros(count, np.int32),
        citations=np.zeros(count, np.int32),
        disputed=np.zeros(count, np.bool_),
        broken=np.zeros(count, np.bool_),
        forecast_of=nothing,
        label_en=texts,
        label_ko=texts,
    )
    return Timeline(columns, LANES, KINDS, GROUPS, (), (SCHEME,), STAGES, (), (), LAST)


def _titles(rng: np.random.Generator, count: int) -> list[str]:
    lengths, begins = rng.integers(20, 61, count).tolist(), rng.integers(0, 100, count).tolist()
    korean = (rng.random(count) < 1 / 3).tolist()
    long = (_ENGLISH * 3, _KOREAN * 6)
    return [
        long[wide][begin : begin + length].strip()
        for begin, length, wide in zip(begins, lengths, korean, strict=True)
    ]
