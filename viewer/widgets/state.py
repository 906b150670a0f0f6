"""What the window shows and what is selected in it: the two things that widgets share.

A widget asks `ViewState` for the current view, changes it by its methods, and hears of every
change by `changed`; it never speaks to another widget.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from db import dates
from db.filters import Filter
from viewer.layout import View, navigation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import numpy as np
    from numpy.typing import NDArray

    from db.records import Language, Ref, Rule, SavedView, Scheme
    from viewer.document import Document
    from viewer.layout.navigation import Range

NOTHING = ("",)
"""A filter's part that no lane, kind or status is in: an empty tuple would ask for all."""

TYPE_SIZES = (11.0, 12.0, 13.0, 14.0, 16.0, 18.0, 21.0, 24.0)  # px
_BURST = 1.0  # seconds between steps of one movement: the wheel's notches, a key held down
_REMEMBERED = 200


class Selection(QObject):
    """What is chosen: `ref` is the event or stage that the inspector shows, or None; `refs` are
    all that the canvas rings, `ref` among them and last."""

    changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.refs: tuple[Ref, ...] = ()

    @property
    def ref(self) -> Ref | None:
        return self.refs[-1] if self.refs else None

    def select(self, ref: Ref | None) -> None:
        """Chooses one alone, or none."""
        self.choose(() if ref is None else (ref,))

    @property
    def events(self) -> tuple[int, ...]:
        """The ids of the events among them."""
        return tuple(ident for table, ident in self.refs if table == "event")

    def add(self, ref: Ref) -> None:
        """Chooses one more; a stage is chosen alone."""
        others = tuple(each for each in self.refs if each != ref and each[0] == "event")
        self.choose((*others, ref) if ref[0] == "event" else (ref,))

    def toggle(self, ref: Ref) -> None:
        """Adds one to those chosen, or takes it away from them."""
        if ref in self.refs:
            self.choose(tuple(each for each in self.refs if each != ref))
        else:
            self.add(ref)

    def choose(self, refs: tuple[Ref, ...]) -> None:
        """Chooses several; tells `changed` where they are others than before."""
        if refs != self.refs:
            self.refs = refs
            self.changed.emit(self.ref)

    def keep(self, exists: Callable[[Ref], bool]) -> None:
        """Lets go of what is no longer there."""
        self.choose(tuple(ref for ref in self.refs if exists(ref)))


@dataclass(frozen=True, slots=True)
class _History:
    """Ranges shown before and, after going back, those to go forward to; the last is nearest."""

    back: tuple[Range, ...] = ()
    forward: tuple[Range, ...] = ()


class ViewState(QObject):
    """The window's settings for the picture.

    `changed` names the kind of change: "range", "filter", "language", "theme", "scheme" (the
    scheme or its start rule), "callouts" (whether they are shown), "type" (its size) or "view"
    (another saved view, or none, is the one shown). `start` and `end` are days since 1970-01-01
    as floats. `theme` is the theme in use, `theme_choice` the user's: "system", "light" or "dark".
    """

    changed = Signal(str)

    def __init__(
        self,
        document: Document,
        *,
        language: Language = "en",
        theme: str = "light",
        clock: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._clock = clock
        self.language: Language = language
        self.theme = theme
        self.theme_choice = "system"
        self.filter = Filter()
        self.scheme: str | None = None
        self.rule: Rule | None = None
        self.callouts = True
        self.type_size = 13.0
        self.saved_view: SavedView | None = None
        self._history = _History()
        self._stepped = float("-inf")
        self.start, self.end = navigation.fit(document.timeline)
        document.replaced.connect(self._on_replaced)
        document.changed.connect(self._on_changed)

    def view(self, width: float, height: float) -> View:
        """The picture's settings for a size in px."""
        return View(
            start=self.start,
            end=self.end,
            width=float(width),
            height=float(height),
            filter=self.filter,
            language=self.language,
            theme=self.theme,
            scheme=self.scheme,
            rule=self.rule,
            callouts=self.callouts,
            type_size=self.type_size,
        )

    def _on_replaced(self) -> None:
        """Another file is open: what was asked of the old one means nothing in it."""
        self.filter = Filter()
        self.scheme = self.rule = None
        self.saved_view = None
        self._history = _History()
        self.start, self.end = navigation.fit(self._document.timeline)
        for kind in ("scheme", "filter", "view", "range"):
            self.changed.emit(kind)

    def _on_changed(self) -> None:
        """The file was changed: what is asked of it may be gone, or saved under other terms."""
        timeline, asked = self._document.timeline, self.filter
        kept = asked.kept(timeline)
        if kept != asked:
            self.set_filter(kept)
        if self.scheme not in (None, *(each.key for each in timeline.schemes)):
            self.scheme = self.rule = None
            self.changed.emit("scheme")
        if self.saved_view is not None and self.saved_view not in timeline.views:
            self._leave_saved_view()

    # The range

    def set_range(self, start: float, end: float, remember: bool = True) -> None:
        """Shows `start` to `end`. With `remember`, `back` will return to what was shown before;
        small steps in quick succession count as one movement."""
        found = navigation.limited(start, end)
        if found == (self.start, self.end):
            return
        if remember:
            self._remember(found)
        self._show(found)

    def _remember(self, found: Range) -> None:
        now = self._clock()
        step = _is_step((self.start, self.end), found)
        goes_on = step and now - self._stepped < _BURST and bool(self._history.back)
        self._stepped = now if step else float("-inf")
        if not goes_on:
            back = (*self._history.back, (self.start, self.end))[-_REMEMBERED:]
            self._history = _History(back)

    def _show(self, found: Range) -> None:
        self.start, self.end = found
        self._leave_saved_view()
        self.changed.emit("range")

    @property
    def can_go_back(self) -> bool:
        return bool(self._history.back)

    @property
    def can_go_forward(self) -> bool:
        return bool(self._history.forward)

    def back(self) -> None:
        """Returns to the range shown before the last movement."""
        if self._history.back:
            *back, found = self._history.back
            here = (self.start, self.end)
            self._history = _History(tuple(back), (*self._history.forward, here))
            self._stepped = float("-inf")
            self._show(found)

    def forward(self) -> None:
        """Takes the last `back` back."""
        if self._history.forward:
            *forward, found = self._history.forward
            here = (self.start, self.end)
            self._history = _History((*self._history.back, here), tuple(forward))
            self._stepped = float("-inf")
            self._show(found)

    def fit(self) -> None:
        """Shows every event that the filter leaves."""
        self.set_range(*navigation.fit(self._document.timeline, self.mask()))

    def zoom(self, factor: float) -> None:
        """About the middle of the window; in where `factor` is greater than 1."""
        self.set_range(*navigation.zoomed(self.start, self.end, factor))

    def zoom_to(self, ref: Ref) -> None:
        """Shows an event's whole period, or a stage from its first day to the timeline's end.

        A stage without a lane ends where the first of its scheme begins.
        """
        found = self._extent_of(ref)
        if found is not None:
            self.set_range(*navigation.with_margin(*found))

    def go_to(self, first: int, last: int) -> None:
        """Shows the days `first` to `last` in the middle: the length of the window is kept
        unless the days do not fit into it."""
        if last + 1 - first > self.end - self.start:
            self.set_range(*navigation.with_margin(float(first), last + 1.0))
        else:
            self.set_range(*navigation.centred(self.start, self.end, (first + last + 1) / 2))

    def _extent_of(self, ref: Ref) -> Range | None:
        timeline = self._document.timeline
        table, ident = ref
        if table == "event":
            row = timeline.columns.row(ident)
            if row is None:
                return None
            return float(timeline.columns.first[row]), float(timeline.columns.last[row]) + 1.0
        stage = next((each for each in timeline.stages if each.id == ident), None)
        if stage is None:
            return None
        by_force = self.effective_rule == "entry-into-force" and stage.in_force is not None
        start = float(stage.in_force if by_force and stage.in_force else stage.signed)
        if stage.lane_id is not None:
            return start, max(navigation.extent(timeline)[1], start + 1)
        others = [
            each.signed
            for each in timeline.stages
            if each.scheme_id == stage.scheme_id and each.lane_id is not None
        ]
        return start, float(min(others, default=stage.signed + 1))

    # The filter

    def mask(self) -> NDArray[np.bool_]:
        """One truth per row of the timeline's columns: what the filter leaves."""
        return self.filter.mask(self._document.timeline)

    def set_filter(self, found: Filter) -> None:
        if found != self.filter:
            self.filter = found
            self._leave_saved_view()
            self.changed.emit("filter")

    def show_lanes(self, keys: Iterable[str]) -> None:
        """Only these lanes; none of them shows nothing."""
        every = [lane.key for lane in self._document.timeline.lanes]
        self.set_filter(replace(self.filter, lanes=_part(every, keys)))

    def show_kinds(self, keys: Iterable[str]) -> None:
        """Only these kinds; none of them shows nothing."""
        every = [kind.key for kind in self._document.timeline.kinds]
        self.set_filter(replace(self.filter, kinds=_part(every, keys)))

    def show_callouts(self, on: bool) -> None:
        if on != self.callouts:
            self.callouts = on
            self._leave_saved_view()
            self.changed.emit("callouts")

    # Scheme, language, theme, type

    @property
    def current_scheme(self) -> Scheme | None:
        """The scheme that the picture follows: the one asked for, else the file's first."""
        for scheme in self._document.timeline.schemes:
            if self.scheme in (None, scheme.key):
                return scheme
        return None

    @property
    def effective_rule(self) -> Rule:
        """The start rule in use: the one asked for, else the scheme's own."""
        scheme = self.current_scheme
        return self.rule or (scheme.rule if scheme else "signature")

    def set_scheme(self, key: str) -> None:
        """Follows another scheme of the file, by the rule of its own."""
        scheme = self.current_scheme
        if scheme is None or key != scheme.key:
            self.scheme, self.rule = key, None
            self._leave_saved_view()
            self.changed.emit("scheme")

    def set_rule(self, rule: Rule) -> None:
        if rule != self.effective_rule:
            self.rule = rule
            self._leave_saved_view()
            self.changed.emit("scheme")

    def set_language(self, language: Language) -> None:
        if language != self.language:
            self.language = language
            self.changed.emit("language")

    def set_theme(self, choice: str, theme: str) -> None:
        """The user's `choice` and the `theme` that it comes to."""
        if (choice, theme) != (self.theme_choice, self.theme):
            self.theme_choice, self.theme = choice, theme
            self.changed.emit("theme")

    def change_type(self, way: int) -> None:
        """The next larger (1) or smaller (-1) type, or the usual one (0)."""
        size = 13.0
        if way:
            nearest = min(TYPE_SIZES, key=lambda each: abs(each - self.type_size))
            place = TYPE_SIZES.index(nearest) + way
            size = TYPE_SIZES[min(max(place, 0), len(TYPE_SIZES) - 1)]
        self.set_type_size(size)

    def set_type_size(self, size: float) -> None:
        """`size` in px, kept within what `TYPE_SIZES` has."""
        size = min(max(size, TYPE_SIZES[0]), TYPE_SIZES[-1])
        if size != self.type_size:
            self.type_size = size
            self.changed.emit("type")

    # Saved views

    def apply(self, saved: SavedView) -> None:
        """Shows a saved view: its range and filters, and what else it decides."""
        self.set_filter(
            Filter(
                lanes=saved.lanes,
                kinds=saved.kinds,
                tags=saved.tags,
                statuses=saved.statuses,
                min_importance=saved.min_importance,
                with_quotes=saved.with_quotes,
                disputed=saved.disputed,
            )
        )
        if (self.scheme, self.rule) != (saved.scheme, saved.rule):
            self.scheme, self.rule = saved.scheme, saved.rule
            self.changed.emit("scheme")
        self.show_callouts(saved.callouts)
        self.set_language(saved.language or self.language)
        if saved.theme in ("light", "dark"):
            self.set_theme(saved.theme, saved.theme)
        self._stepped = float("-inf")
        self.set_range(*_range_of(saved, navigation.fit(self._document.timeline, self.mask())))
        self.saved_view = saved
        self.changed.emit("view")

    def _leave_saved_view(self) -> None:
        """What is shown is no longer the saved view as saved."""
        if self.saved_view is not None:
            self.saved_view = None
            self.changed.emit("view")


def _part(every: list[str], asked: Iterable[str]) -> tuple[str, ...]:
    """The asked keys in the file's order; all of them ask for nothing, none for `NOTHING`."""
    chosen = set(asked)
    kept = tuple(key for key in every if key in chosen)
    if len(kept) == len(every):
        return ()
    return kept or NOTHING


def _is_step(old: Range, new: Range) -> bool:
    """Whether a change is one of the small ones that a movement is made of."""
    length, after = old[1] - old[0], new[1] - new[0]
    moved = abs((new[0] + new[1]) - (old[0] + old[1])) / 2
    return 0.4 < after / length < 2.5 and moved < 0.6 * max(length, after)


def _range_of(saved: SavedView, fitted: Range) -> Range:
    """A saved view's range: its dates to the day, the fitted end where it leaves one open."""
    first = dates.parse(saved.from_edtf).first if saved.from_edtf else None
    last = dates.parse(saved.to_edtf).last if saved.to_edtf else None
    start = fitted[0] if first is None else float(first)
    end = fitted[1] if last is None else float(last + 1)
    return (start, end) if start < end else fitted
