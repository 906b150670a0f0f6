"""The layout: a timeline and a view become a display list, without Qt and without SQL."""

from viewer.layout.build import build, is_placed
from viewer.layout.measure import Measure, fixed_measure
from viewer.layout.overview import build_overview, overview_scale
from viewer.layout.timescale import TimeScale
from viewer.layout.view import Caption, View

__all__ = [
    "Caption",
    "Measure",
    "TimeScale",
    "View",
    "build",
    "build_overview",
    "fixed_measure",
    "is_placed",
    "overview_scale",
]
