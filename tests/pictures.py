"""Timelines made up for layout tests, and questions to ask of a display list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from db import dates
from db.columns import Columns
from db.records import Bilingual, Callout, Kind, KindGroup, Lane, Scheme, Stage
from db.texts import Texts
from db.timeline import Timeline
from viewer.display import Text, box
from viewer.layout import View, build, fixed_measure

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from viewer.display import DisplayList, Primitive

MEASURE = fixed_measure()
LANES = (
    Lane(1, "military", None, 1, "blue", Bilingual("Military", "군사")),
    Lane(2, "economic", None, 2, "amber", Bilingual("Economic", "경제")),
    Lane(3, "technology", None, 3, "green", Bilingual("Technology", "기술")),
)
IPEF = Lane(4, "ipef", 2, 1, "rose", Bilingual("IPEF", "인도태평양경제프레임워크"))
PILLAR = Lane(5, "pillar", 4, 1, "violet", Bilingual("Supply chains", "공급망"))
NESTED = (LANES[0], LANES[1], IPEF, PILLAR, LANES[2])
GROUPS = (KindGroup(1, "treaties", 1, Bilingual("Treaties", "조약")),)
KINDS = (Kind(1, "treaty", 1, 1, Bilingual("Treaty", "조약")),)
SCHEME = Scheme(
    1, "may-2022", 1, Bilingual("Three stages", "세 단계"), Bilingual("an official", "당국자"),
    "signature", Bilingual(),
)  # fmt: skip


class Made:
    """An event to put into a timeline: EDTF date, lanes by index, importance, titles."""

    def __init__(
        self,
        date: str,
        lanes: Sequence[int] = (0,),
        importance: int = 3,
        en: str = "Event",
        ko: str = "사건",
        *,
        quotes: int = 0,
        disputed: bool = False,
        broken: bool = False,
        status: int = 0,
        ident: int | None = None,
    ) -> None:
        self.date, self.lanes, self.importance = date, tuple(lanes), importance
        self.en, self.ko = en, ko
        self.quotes, self.disputed, self.status = quotes, disputed, status
        self.ident = ident
        self.broken = broken


def stage(lane: int | None, signed: str, in_force: str | None, title: str, ident: int) -> Stage:
    """A stage of the made-up scheme; dates are days."""
    nothing = Bilingual()
    return Stage(
        ident, f"stage-{ident}", 1, None if lane is None else LANES[lane].id, ident,
        Bilingual(title, title), nothing, nothing, nothing, "seen", nothing, ident, None,
        dates.from_iso(signed), dates.from_iso(in_force) if in_force else None, signed, in_force,
    )  # fmt: skip


STAGES = (
    stage(None, "1882-05-22", None, "Before", 9),
    stage(0, "1953-10-01", "1954-11-17", "Military alliance", 1),
    stage(1, "2007-06-30", "2012-03-15", "Economic alliance", 2),
    stage(2, "2022-05-21", None, "Technology alliance", 3),
)


def timeline(
    events: Iterable[Made],
    *,
    stages: Sequence[Stage] = STAGES,
    lanes: Sequence[Lane] = LANES,
    callouts: Sequence[Callout] = (),
) -> Timeline:
    """A timeline of made-up events; ids are their own, or 1000 and up in the order given."""
    made = [
        (dates.parse(event.date), 1000 + i if event.ident is None else event.ident, event)
        for i, event in enumerate(events)
    ]
    made.sort(key=lambda each: (_known(each[0].first, each[0].last), each[1]))
    count = len(made)
    lane_indices = np.full((count, 3), -1, np.int16)
    for row, (_, _, event) in enumerate(made):
        lane_indices[row, : len(event.lanes)] = event.lanes
    columns = Columns(
        id=np.array([ident for _, ident, _ in made], np.int64),
        first=np.array([_known(date.first, date.last) for date, _, _ in made], np.int64),
        last=np.array([_known(date.last, date.first) for date, _, _ in made], np.int64),
        shape=np.array([date.shape for date, _, _ in made], np.uint16),
        lanes=lane_indices,
        tags=np.full((count, 1), -1, np.int16),
        kind=np.zeros(count, np.int16),
        importance=np.array([event.importance for _, _, event in made], np.uint8),
        status=np.array([event.status for _, _, event in made], np.uint8),
        quotes=np.array([event.quotes for _, _, event in made], np.int32),
        citations=np.zeros(count, np.int32),
        disputed=np.array([event.disputed for _, _, event in made], np.bool_),
        broken=np.array([event.broken for _, _, event in made], np.bool_),
        forecast_of=np.full(count, -1, np.int64),
        label_en=Texts(event.en for _, _, event in made),
        label_ko=Texts(event.ko for _, _, event in made),
    )
    as_of = dates.from_iso("2026-11-23")
    return Timeline(
        columns,
        tuple(lanes),
        KINDS,
        GROUPS,
        (),
        (SCHEME,),
        tuple(stages),
        (),
        tuple(callouts),
        as_of,
    )


def _known(one: int | None, other: int | None) -> int:
    found = one if one is not None else other
    assert found is not None
    return found


def view(
    start: str, end: str, width: float = 1200, height: float = 640, **settings: object
) -> View:
    """A view from the first day of `start` to the end of the day `end`."""
    first, last = dates.parse(start).first, dates.parse(end).last
    assert first is not None
    assert last is not None
    return View(float(first), float(last + 1), width, height, **settings)  # type: ignore[arg-type]


def picture(made: Timeline, shown: View) -> DisplayList:
    return build(made, shown, MEASURE)


def of_role(display: DisplayList, *roles: str) -> list[Primitive]:
    return [item for item in display.items if item.role in roles]


def labels(display: DisplayList) -> dict[int, Text]:
    """The label of each event that has one."""
    return {
        item.ref[1]: item
        for item in display.items
        if isinstance(item, Text) and item.role == "label" and item.ref
    }


def overlap(one: Primitive, other: Primitive) -> bool:
    """Whether the drawn boxes share more than rounding."""
    x1, y1, w1, h1 = box(one)
    x2, y2, w2, h2 = box(other)
    tiny = 1e-6
    return (
        x1 + w1 > x2 + tiny and x2 + w2 > x1 + tiny and y1 + h1 > y2 + tiny and y2 + h2 > y1 + tiny
    )
