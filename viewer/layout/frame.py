"""The frame: where on a picture the axis, the lanes with their rows, and the lines below stand.

Everything follows from the view and the lanes of the file, so hiding a lane or filtering
events gives the other lanes more height but never another number of rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from viewer.layout.same import Same
from viewer.layout.signs import shown_flaws
from viewer.layout.timescale import TimeScale

if TYPE_CHECKING:
    from db.records import Lane, Scheme
    from db.timeline import Timeline
    from viewer.layout.view import View

SIDE = 14.0  # px from the picture's edge to the range's first and last day
LANE_BAR = 5.0  # px, the coloured edge of a lane
EDGE = 4.0  # px that a text keeps from the picture's edge
THIN = 5.0  # px of the band of thin bars
GAP = 6.0  # px between lanes
AXIS = 3.1  # ems of the axis with its two tiers
Box = tuple[float, float, float, float]
"""Left, top, right and bottom, px."""

_TIGHT, _COMFORTABLE, _LOOSE = 1.62, 1.7, 2.7  # row pitches in ems
_FEWEST, _MOST = 3, 40


@dataclass(frozen=True, slots=True, eq=False)
class LaneFrame:
    """One lane's place: px from `top` for `height`; label row r is centred on `row_y(r)`.

    Pictures that differ in their range alone share these objects, and what is kept is kept by them.

    `strip` is the y of the middle of the strip at the bottom, for marks without a label; above
    it `thin` is that of a band for bars that found no row.
    """

    lane: Lane
    index: int
    top: float
    height: float
    heading: float
    rows: int
    pitch: float
    strip_height: float

    def row_y(self, row: int) -> float:
        return self.top + self.heading + self.pitch * (row + 0.5)

    @property
    def strip(self) -> float:
        return self.bottom - (self.strip_height - self._thin) / 2

    @property
    def thin(self) -> float:
        return self.bottom - self.strip_height + self._thin / 2

    @property
    def _thin(self) -> float:
        return min(THIN, self.strip_height / 3)  # where there is hardly room, each has some

    @property
    def bottom(self) -> float:
        return self.top + self.height


class Frame(NamedTuple):
    """The places of everything, px. A height of 0 means: left out, there is no room for it."""

    scale: TimeScale
    width: float
    height: float
    type_size: float
    rows: int
    axis: float
    prelude: float
    lanes: tuple[LaneFrame, ...]
    whose: float
    caption: float

    @property
    def still(self) -> Frame:
        """The same wherever the range is: what stays as it is while one pans follows from it."""
        return self._replace(scale=_ANY_SCALE)

    @property
    def plot_top(self) -> float:
        return self.axis + self.prelude

    @property
    def plot_bottom(self) -> float:
        return self.height - self.whose - self.caption


def scheme_of(timeline: Timeline, view: View) -> Scheme | None:
    """The scheme that a view asks for, else the file's first."""
    for scheme in timeline.schemes:
        if view.scheme in (None, scheme.key):
            return scheme
    return None


def shown_lanes(timeline: Timeline, view: View) -> list[int]:
    """Indices of the lanes on the picture, in their order."""
    return _lanes_of(timeline.lanes, view.filter.lanes)


def _lanes_of(lanes: tuple[Lane, ...], asked: tuple[str, ...]) -> list[int]:
    return [i for i, lane in enumerate(lanes) if not asked or lane.key in asked]


def frame(timeline: Timeline, view: View) -> Frame:
    """Divides the picture; what finds no room goes: whose, prelude, axis, headings, in turn."""
    scheme = scheme_of(timeline, view)
    laneless = scheme is not None and any(
        stage.lane_id is None and stage.scheme_id == scheme.id for stage in timeline.stages
    )
    divided = _divided(
        Same(timeline.lanes), scheme is not None, laneless, view.filter.lanes, view.rows,
        view.width, view.height, view.type_size, _caption_height(timeline, view),
    )  # fmt: skip
    scale = TimeScale(view.start, view.end, SIDE, max(view.width - SIDE, SIDE + 1.0))
    return divided._replace(scale=scale)


_ANY_SCALE = TimeScale(0.0, 1.0, 0.0, 1.0)


@lru_cache(maxsize=8)
def _divided(
    lanes_of_file: Same[tuple[Lane, ...]],
    has_scheme: bool,
    has_prelude: bool,
    asked_lanes: tuple[str, ...],
    asked_rows: int | None,
    width: float,
    height: float,
    em: float,
    caption: float,
) -> Frame:
    every = lanes_of_file.it
    whose = 1.75 * em if has_scheme and height >= 17 * em else 0.0
    prelude = 1.75 * em if has_prelude and height >= 22 * em else 0.0
    axis = AXIS * em if height >= 9 * em and width >= 12 * em else 0.0
    room = max(height - axis - prelude - whose - caption - GAP, 1.0)
    heading, strip = _fixed_rows(em, height, 1.9, 1.35)

    rows = asked_rows or _rows(room, max(len(every), 1), heading + strip, em)
    shown = _lanes_of(every, asked_lanes)
    each = (room - GAP * max(len(shown) - 1, 0)) / max(len(shown), 1)
    if each < heading + strip + _TIGHT * em:
        # Many lanes: their names and a row of labels matter more than air.
        heading, strip = _fixed_rows(em, height, 1.45, 1.0)
    if each < heading + strip + _TIGHT * em:
        heading = 0.0
    fitting = int((each - heading - strip) / (_TIGHT * em))
    rows = max(min(rows, fitting), 0)
    pitch = min((each - heading - strip) / rows, _LOOSE * em) if rows else 0.0
    lanes = []
    top = axis + prelude + GAP / 2
    for index in shown:
        lanes.append(
            LaneFrame(every[index], index, top, each, heading, rows, pitch, min(strip, each))
        )
        top += each + GAP
    return Frame(
        _ANY_SCALE, width, height, em, rows, axis, prelude, tuple(lanes), whose, caption
    )  # fmt: skip


def _fixed_rows(em: float, height: float, heading: float, strip: float) -> tuple[float, float]:
    """The px of a lane's heading row and of its strip, given in ems; a heading has a fiftieth of
    the picture's height at least."""
    return max(heading * em, 0.022 * height), strip * em


def _rows(room: float, lanes: int, fixed: float, em: float) -> int:
    """The rows a lane has room for, at a comfortable pitch, were all lanes of the file shown."""
    each = (room - GAP * (lanes - 1)) / lanes - fixed
    rows = int(each / (_COMFORTABLE * em))
    return max(min(rows, _MOST), _FEWEST)


def _caption_height(timeline: Timeline, view: View) -> float:
    if view.caption is None or view.height < 14 * view.type_size:
        return 0.0
    lines = 1 + bool(view.caption.title) + bool(view.caption.marking)
    lines += bool(shown_flaws(timeline, view))
    return (1.55 * lines + 0.6) * view.type_size
