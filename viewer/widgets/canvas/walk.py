"""The walk through what is on a picture by Tab and Space: one after the other by time, and which
of them are kept while it goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viewer.display import box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.records import Ref
    from viewer.display import DisplayList
    from viewer.widgets.state import Selection

STOPS = ("mark", "bar", "heading")  # roles that the walk stops at


def stops(display: DisplayList) -> list[Ref]:
    """Refs of what can be selected, by the px of their marks, each once."""
    return list(stops_at(display))


def stops_at(display: DisplayList) -> dict[Ref, tuple[float, float]]:
    """The same with their places, x and y in px."""
    places: dict[Ref, tuple[float, float]] = {}
    for item in display.items:
        if item.ref is not None and item.role in STOPS:
            x, y, w, _ = box(item)
            place = (x + (w / 2 if item.role == "mark" else 0.0), y)
            places[item.ref] = min(places.get(item.ref, place), place)
    return {ref: places[ref] for ref in sorted(places, key=lambda ref: places[ref])}


class Walk:
    """Where the walk is, and what was kept on its way.

    What is chosen otherwise, by mouse or menu, is kept if it is more than one: the walk goes on
    from there, and takes more along or lets some go.
    """

    def __init__(self, selection: Selection) -> None:
        self._selection = selection
        self._at: Ref | None = None
        self._kept: tuple[Ref, ...] = ()
        self._walking = False
        selection.changed.connect(self._follow)

    def step(self, places: Sequence[Ref], way: int, gap: int | None = None) -> bool:
        """Selects the next (1) or previous (-1) of the places; False at the end. Where the walk
        is at none of them it begins at the first (the last), or at a gap: between the place of
        that number and the one before."""
        here = self._at
        if here in places:
            at = places.index(here) + way
        elif gap is not None:
            at = gap if way > 0 else gap - 1
        else:
            at = 0 if way > 0 else len(places) - 1
        if not 0 <= at < len(places):
            return False
        self._at = places[at]
        if self._at[0] == "stage":
            self._choose((self._at,))
        else:
            others = tuple(ref for ref in self._kept if ref != self._at)
            self._choose((*others, self._at))
        return True

    def keep(self) -> bool | None:
        """Keeps the event that the walk is at, or lets go of it if it was kept: tells which it
        did. None where the walk is at no event."""
        at = self._at
        if at is None or at[0] != "event":
            return None
        kept = at not in self._kept
        others = tuple(ref for ref in self._kept if ref != at)
        self._kept = (*others, at) if kept else others
        self._choose(self._kept)
        return kept

    def _choose(self, refs: tuple[Ref, ...]) -> None:
        self._walking = True
        self._selection.choose(refs)
        self._walking = False

    def _follow(self, ref: Ref | None) -> None:
        if not self._walking:
            self._at = ref
            refs = self._selection.refs
            self._kept = refs if len(refs) > 1 else ()
