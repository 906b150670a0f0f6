"""The places of labels and the widths of titles as arrays that can be kept in a file, and back.

They come with all that they follow from besides the timeline itself, and are taken for nothing
else: filter, language, rows, day, callouts, and the advances of the font.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from viewer.layout.events import keep_places
from viewer.layout.labels import Labels
from viewer.layout.placed import Placed
from viewer.layout.places import places_key, places_of
from viewer.layout.titles import Titles, keep_titles, titles

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from db.timeline import Timeline
    from viewer.layout.measure import Measure
    from viewer.layout.view import View

    Arrays = Mapping[str, NDArray[Any]]

_OF = "places.of"
_TITLES = ("places.width", "places.cut")
_LANE = ("rows", "start", "end", "row", "side", "scale", "ends")


def arrays_of(timeline: Timeline, view: View, measure: Measure) -> dict[str, NDArray[Any]]:
    """The places of a view, which has to be placed."""
    found: dict[str, NDArray[Any]] = {_OF: _as_octets(_of(timeline, view, measure))}
    known = titles(timeline.columns, view.language, measure)
    found |= dict(zip(_TITLES, known.arrays, strict=True))
    for index, lane in places_of(timeline, view, measure).items():
        labels = lane.labels
        parts: tuple[NDArray[Any], ...] = (
            lane.rows, lane.start, lane.end, labels.row, labels.side, labels.scale, lane.ends
        )  # fmt: skip
        found |= {f"places.{index}.{name}": each for name, each in zip(_LANE, parts, strict=True)}
    return found


def take(arrays: Arrays, timeline: Timeline, view: View, measure: Measure) -> bool:
    """Makes the labels of a view have their places, where they are those that were kept."""
    asked = _as_octets(_of(timeline, view, measure))
    if _OF not in arrays or not np.array_equal(arrays[_OF], asked):
        return False
    width, cut = (arrays[name] for name in _TITLES)
    known = Titles.known_already(timeline.columns, view.language, width, cut)
    keep_titles(timeline.columns, view.language, measure, known)
    found = {}
    indices = {int(name.split(".")[1]) for name in arrays if name.endswith(".rows")}
    for index in sorted(indices):
        rows, start, end, row, side, scale, ends = (
            arrays[f"places.{index}.{name}"] for name in _LANE
        )
        found[index] = Placed(rows, start, end, known, Labels(row, side, scale))
        found[index].ends = ends
    keep_places(places_key(timeline, view, measure), len(timeline.columns), found)
    return True


def _of(timeline: Timeline, view: View, measure: Measure) -> str:
    """All that places follow from besides the events: but for what cannot be told in words."""
    asked, language, _, rows, as_of, obstacles = places_key(timeline, view, measure)[1:]
    return repr((asked, language, measure.checksum, rows, as_of, obstacles))


def _as_octets(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode(), np.uint8)
