"""The layout: a timeline and a view become a display list, without Qt and without SQL.

Its modules are loaded when one of their names is first asked for: what only counts days and
px does without numpy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from viewer.layout.build import build
    from viewer.layout.measure import Measure, fixed_measure
    from viewer.layout.overview import build_overview, overview_scale
    from viewer.layout.places import is_placed
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

_NAMES = {
    "build": ("build",),
    "measure": ("Measure", "fixed_measure"),
    "overview": ("build_overview", "overview_scale"),
    "places": ("is_placed",),
    "timescale": ("TimeScale",),
    "view": ("Caption", "View"),
}


def __getattr__(name: str) -> object:
    for home, names in _NAMES.items():
        if name in names:
            module = import_module(f"{__name__}.{home}")
            # All of them at once: `build` is a module as well as what is in it.
            globals().update({each: getattr(module, each) for each in names})
            return globals()[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
