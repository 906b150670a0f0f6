"""The forms of marks: for entries of all lanes of a picture at once, in arrays, what their ink
follows from.

Px are counted on the line of px that all pictures of one zoom share, so that they are the same
whichever picture asks. Lengths are multiples of a step, so that the same mark comes out the same
to the last digit wherever a picture begins.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from db.columns import (
    APPROXIMATE_END,
    APPROXIMATE_START,
    INTERVAL,
    OPEN_END,
    OPEN_START,
    STATUS_CODES,
    UNCERTAIN_END,
    UNCERTAIN_START,
    UNKNOWN_END,
    UNKNOWN_START,
)
from viewer.layout import events as ev
from viewer.layout.labels import LEFT
from viewer.layout.timescale import STEP, all_on_step, on_step
from viewer.layout.titles import BOLD_FROM

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from db.timeline import Timeline
    from viewer.layout.frame import LaneFrame
    from viewer.layout.measure import Measure
    from viewer.layout.placed import Entries, Placed
    from viewer.layout.titles import Titles

    Floats = NDArray[np.float64]
    Numbers = NDArray[np.int64]
    Flags = NDArray[np.bool_]

IN_STRIP = -1  # the row of what has none
SOFT_START = APPROXIMATE_START | UNCERTAIN_START
SOFT_END = APPROXIMATE_END | UNCERTAIN_END
ENDS = OPEN_START | OPEN_END | UNKNOWN_START | UNKNOWN_END | SOFT_START | SOFT_END
PLANNED, CANCELLED = STATUS_CODES["planned"], STATUS_CODES["cancelled"]
THIN_BAR = 3.0  # px, a bar that found no row
HALF_BAR, BAR_CORNER = 0.62, 0.2  # ems
_STRIP_RADIUS, _STRIP_LEAST, _STRIP_BAR = 0.26, 0.25, 0.6  # ems


class Edges(NamedTuple):
    """Px where marks are cut (`left`, `right`) and beyond which nothing is written."""

    left: float
    right: float
    leftmost: float
    rightmost: float

    def moved(self, px: float) -> Edges:
        return Edges(self.left + px, self.right + px, self.leftmost + px, self.rightmost + px)


NO_EDGES = Edges(-math.inf, math.inf, -math.inf, math.inf)


class Found(NamedTuple):
    """Entries of several lanes, lane by lane: the number of each one's lane on the picture, its
    place in it, its row in the columns, its days, its label's row (`IN_STRIP` for none) and whether
    that stands to its left."""

    lane: Numbers
    entry: Entries
    at: Numbers
    start: Floats
    end: Floats
    row: NDArray[np.int32]
    on_left: Flags

    @classmethod
    def of(cls, lanes: Sequence[Placed], entries: Sequence[Entries], shown: float) -> Found:
        """Some entries of each lane, in turn, at a scale of `shown` ems per day. The lanes may
        come again and again, each time with more."""
        number = len(lanes)
        parts = [
            (places.rows[chosen], places.start[chosen], places.end[chosen],
             places.labels.row[chosen], places.labels.side[chosen], places.labels.scale[chosen])
            for which, chosen in enumerate(entries)
            for places in (lanes[which % number],)
        ]  # fmt: skip
        at, start, end, row, side, scale = map(np.concatenate, zip(*parts, strict=True))
        lane = np.repeat(np.arange(len(entries)) % number, [len(each) for each in entries])
        row = np.where(scale <= shown, row, np.int32(IN_STRIP))
        return cls(lane, np.concatenate(entries), at, start, end, row, side == LEFT)


class Forms:
    """What does not depend on where a picture's edges are; px on the line of px. An array each, of
    which some entries are taken together.

    `left` and `right` are those of the days, `near` and `far` of the bar that stands for them,
    `middle` of the disc. `title` is how wide the title is, `width` that with its signs; it stands
    `inside` its bar or at `beside`. A disc or bar goes `down` from its middle, its corners have a
    radius of `corner`, its style is that of number `look`; a title is in the colour of number
    `tone`. `bold` ones are important, `signed` ones have signs behind their titles, of `flawed`
    ones a sign tells that the event must not be taken at face value, `single` ones have ends
    that are drawn one by one, `struck` ones are cancelled; `as_bar` says what a mark is called.
    """

    start: Floats
    end: Floats
    y: Floats
    left: Floats
    right: Floats
    middle: Floats
    near: Floats
    far: Floats
    radius: Floats
    title: Floats
    width: Floats
    beside: Floats
    down: Floats
    corner: Floats
    lane: Numbers
    entry: Entries
    at: Numbers
    ident: Numbers
    shape: Numbers
    look: Numbers
    tone: Numbers
    in_row: Flags
    bar: Flags
    inside: Flags
    signed: Flags
    flawed: Flags
    bold: Flags
    single: Flags
    struck: Flags
    as_bar: Flags

    def __init__(self, floats: Floats, numbers: Numbers, flags: Flags) -> None:
        self._floats, self._numbers, self._flags = floats, numbers, flags
        (self.start, self.end, self.y, self.left, self.right, self.middle, self.near,
         self.far, self.radius, self.title, self.width, self.beside, self.down,
         self.corner) = floats  # fmt: skip
        (self.lane, self.entry, self.at, self.ident, self.shape, self.look, self.tone) = numbers
        (self.in_row, self.bar, self.inside, self.signed, self.flawed, self.bold, self.single,
         self.struck, self.as_bar) = flags  # fmt: skip

    def __len__(self) -> int:
        return len(self.lane)

    def some(self, chosen: Numbers | slice) -> Forms:
        return Forms(self._floats[:, chosen], self._numbers[:, chosen], self._flags[:, chosen])

    @classmethod
    def together(cls, parts: Sequence[Forms]) -> Forms:
        if len(parts) == 1:
            return parts[0]
        return cls(
            np.concatenate([each._floats for each in parts], axis=1),
            np.concatenate([each._numbers for each in parts], axis=1),
            np.concatenate([each._flags for each in parts], axis=1),
        )


class Placing(NamedTuple):
    """Where marks begin and end between a picture's edges, where their labels stand, and which of
    them have one that crosses no edge; px on the line of px."""

    first: Floats
    last: Floats
    x: Floats
    labelled: Flags


class Former:
    """Gives entries their forms, in a type size and the lanes of a picture."""

    def __init__(
        self,
        measure: Measure,
        em: float,
        lanes: Sequence[LaneFrame],
        timeline: Timeline,
        titles: Titles,
    ) -> None:
        self.measure, self.em, self.timeline, self.titles = measure, em, timeline, titles
        self.radius, self.small = on_step(ev.RADIUS * em), on_step(_STRIP_RADIUS * em)
        self._first_row = np.array([lane.row_y(0) for lane in lanes])
        self._pitch = np.array([lane.pitch for lane in lanes])
        self._thin = np.array([lane.thin for lane in lanes])
        self._strip = np.array([lane.strip for lane in lanes])

    def forms(self, found: Found, px_per_day: float) -> Forms:
        columns, em = self.timeline.columns, self.em
        lane, at, row = found.lane, found.at, found.row
        left = all_on_step(found.start * px_per_day)
        right = all_on_step(found.end * px_per_day)
        middle, length = (left + right) / 2, right - left
        shape, status, importance = columns.shape[at], columns.status[at], columns.importance[at]
        in_row, period = row >= 0, (shape & INTERVAL) != 0
        radius = np.where(in_row, self.radius, self.small)
        least = np.where(in_row, self.radius, on_step(_STRIP_LEAST * em))
        bar = period | (length > np.where(in_row, 2 * self.radius, _STRIP_BAR * em))
        y = np.where(in_row, self._first_row[lane] + self._pitch[lane] * row,
                     np.where(bar, self._thin[lane], self._strip[lane]))  # fmt: skip
        flawed = columns.broken[at] | columns.disputed[at]
        signed = ((columns.quotes[at] > 0) | flawed | (columns.forecast_of[at] >= 0)) & in_row
        title = np.zeros(len(at))
        title[in_row] = self.titles.width[at[in_row]] * em
        width = self._with_signs(title, at, signed)
        inside = in_row & ((found.end - found.start) * px_per_day >= width + 2 * ev.PADDING * em)
        beside = self._beside(middle, length, width, shape, found.on_left)
        bold, ends = importance >= BOLD_FROM, (shape & ENDS) != 0
        thin = bar & ~in_row
        down = np.where(bar, np.where(thin, THIN_BAR / 2, HALF_BAR * em), radius)
        corner = np.where(bar & period, BAR_CORNER * em, down)
        corner[thin] = 0.0
        look = self.look(lane, bar & ~period, bold, status)
        look[thin] = self.look_of_thin(lane[thin])
        as_bar = bar & (period | thin)
        tone = self.tone(lane, importance, inside, bold & period & (status == 0))
        return Forms(
            np.array([found.start, found.end, y, left, right, middle,
                      np.minimum(left, middle - least), np.maximum(right, middle + least), radius,
                      title, width, beside, down, corner]),
            np.array([lane, found.entry, at, columns.id[at], shape, look, tone]),
            np.array([in_row, bar, inside, signed, flawed, bold, ends, status == CANCELLED,
                      as_bar]),
        )  # fmt: skip

    @staticmethod
    def look(
        lane: Numbers, pale: Flags, bold: Flags, status: NDArray[np.uint8]
    ) -> Numbers:  # fmt: skip
        """The number of a style by what it follows from."""
        return ((lane * 2 + pale) * 2 + bold) * len(STATUS_CODES) + status

    def look_of_thin(self, lane: Numbers) -> Numbers:
        """That of bars without a row."""
        return lane + len(self._thin) * 4 * len(STATUS_CODES)

    def tone(
        self, lane: Numbers, importance: NDArray[np.uint8], inside: Flags, on_strong: Flags
    ) -> Numbers:
        """The number of a title's colour: by lane inside a bar, or that of the ground in a filled
        one; else by importance."""
        lanes = len(self._thin)
        own = np.where(on_strong, lanes + 2, lane)
        return np.where(inside, own, np.where(importance > 2, lanes, lanes + 1))

    def _with_signs(self, title: Floats, at: Numbers, signed: Flags) -> Floats:
        """Px of what is written for each event in a row: its title and its signs."""
        entries = np.flatnonzero(signed)
        if not len(entries):
            return title
        width = title.copy()
        for entry in entries.tolist():
            for sign in ev.suffixes(self.timeline, int(at[entry])):
                width[entry] += (ev.SUFFIX_GAP + self.measure.width(sign)) * self.em
        return width

    def _beside(
        self, middle: Floats, length: Floats, width: Floats, shape: NDArray[np.uint16],
        on_left: Flags,
    ) -> Floats:  # fmt: skip
        """The left edge of each label that stands beside its mark."""
        em = self.em
        away = np.maximum(length / 2, self.radius)
        if (shape & ENDS).any():
            full = np.where(on_left, OPEN_START | UNKNOWN_START, OPEN_END | UNKNOWN_END)
            soft = np.where(on_left, SOFT_START, SOFT_END)
            # What an arrow, a fade or a soft edge takes beyond that end of the bar.
            tail = np.where((shape & full) != 0, ev.TAIL * em,
                            np.where((shape & soft) != 0, ev.TAIL * em / 2, 0.0))  # fmt: skip
            away += all_on_step(tail + ev.TITLE_GAP * em)
        else:
            away += on_step(ev.TITLE_GAP * em)
        return np.where(on_left, middle - away - all_on_step(width), middle + away)

    def place(self, forms: Forms, edges: Edges = NO_EDGES) -> Placing:
        """Where marks stand between the edges. The title of a long bar stays in view, inside the
        part of the bar that is."""
        padding = on_step(ev.PADDING * self.em)
        middle, radius = forms.middle, forms.radius
        near, far, left, right = forms.near, forms.far, forms.left, forms.right + STEP
        if edges is not NO_EDGES:
            # A disc at the picture's edge stands wholly within it, a bar is cut there.
            middle = np.minimum(np.maximum(middle, edges.left + radius), edges.right - radius)
            near, far = np.maximum(near, edges.left), np.minimum(far, edges.right)
            left, right = np.maximum(left, edges.leftmost), np.minimum(right, edges.rightmost)
        first = np.where(forms.bar, near, middle - radius)
        last = np.where(forms.bar, far, middle + radius)
        x = np.where(forms.inside, left + padding, forms.beside)
        fits = x + forms.width <= np.where(forms.inside, right - padding, edges.rightmost)
        return Placing(first, last, x, fits & (x >= edges.leftmost) & forms.in_row)
