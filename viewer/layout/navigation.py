"""Moving about in time: pure functions from one range (start, end in days) to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from db.timeline import Timeline

Range = tuple[float, float]

SHORTEST = 4.0  # days across a picture
LONGEST = 1000 * 365.2425
MARGIN = 0.03  # of the range, on each side, when everything is fitted
FIRST_DAY, LAST_DAY = -719528.0, 2932897.0  # 0000-01-01 and the day after 9999-12-31


def limited(start: float, end: float) -> Range:
    """A range of a length that can be shown, within the years that a date can have."""
    middle = (start + end) / 2
    span = min(max(end - start, SHORTEST), LONGEST)
    middle = min(max(middle, FIRST_DAY + span / 2), LAST_DAY - span / 2)
    return middle - span / 2, middle + span / 2


def extent(timeline: Timeline, mask: NDArray[np.bool_] | None = None) -> Range:
    """First day of the first event to the end of the last one, of those in `mask`.

    Without any event: ten years either side of the timeline's own "as of".
    """
    columns = timeline.columns
    first, last = columns.first, columns.last
    if mask is not None and mask.any():
        first, last = first[mask], last[mask]
    if not len(first):
        return timeline.as_of - 3652.0, timeline.as_of + 3652.0
    return float(first.min()), float(last.max()) + 1.0


def fit(timeline: Timeline, mask: NDArray[np.bool_] | None = None) -> Range:
    """The range that shows every event in `mask`, with a margin."""
    start, end = extent(timeline, mask)
    return with_margin(start, end)


def with_margin(start: float, end: float) -> Range:
    """The range with room at both ends, so that nothing stands on the edge."""
    margin = max((end - start) * MARGIN, 1.5)
    return limited(start - margin, end + margin)


def zoomed(start: float, end: float, factor: float, about: float | None = None) -> Range:
    """Zoomed in by `factor` (> 1) or out (< 1), the day `about` staying where it is."""
    middle = (start + end) / 2 if about is None else about
    span = min(max((end - start) / factor, SHORTEST), LONGEST)
    share = (middle - start) / (end - start)
    return limited(middle - share * span, middle + (1 - share) * span)


def panned(start: float, end: float, share: float) -> Range:
    """Moved by a share of the range, to later days where it is positive."""
    step = (end - start) * share
    return limited(start + step, end + step)


def centred(start: float, end: float, day: float) -> Range:
    """The same length of time with `day` in the middle."""
    half = (end - start) / 2
    return limited(day - half, day + half)
