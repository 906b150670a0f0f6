"""The columns as arrays that can be kept in a file, and back."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

import numpy as np

from db.arrays import Mapped
from db.columns import Columns
from db.texts import CutTexts, Texts, ends_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from db.flaws import Flaws

_FOUND_ANEW = ("disputed", "broken")  # they follow from more than the log tells of


def arrays_of(columns: Columns) -> dict[str, NDArray[Any]]:
    """The columns by name, what is found anew left out; texts that are the same ones once, and
    once what is the same in all rows."""
    found: dict[str, NDArray[Any]] = {}
    known: dict[int, str] = {}
    for field in fields(Columns):
        value = getattr(columns, field.name)
        if not isinstance(value, Texts):
            if field.name not in _FOUND_ANEW:
                found[field.name] = value[:1] if _is_even(value) else value
        elif known.setdefault(id(value), field.name) == field.name:
            found[f"{field.name}.joined"] = np.frombuffer(value.joined, np.uint8)
            found[f"{field.name}.begins"] = value.begins
    return found


def columns_of(arrays: Mapping[str, NDArray[Any]], flaws: Flaws) -> Columns:
    """The columns from such arrays, which stay where they are. Raises KeyError for others."""
    found: dict[str, Any] = {}
    last: Texts | None = None
    for field in fields(Columns):
        if field.name.startswith("label"):
            if f"{field.name}.joined" in arrays or last is None:
                last = _texts(arrays, field.name)
            found[field.name] = last
        elif field.name not in _FOUND_ANEW:
            value, count = arrays[field.name], len(arrays["id"])
            even = len(value) == 1
            found[field.name] = np.broadcast_to(value, (count, *value.shape[1:])) if even else value
    for name in _FOUND_ANEW:
        found[name] = np.isin(found["id"], getattr(flaws, name))
    return Columns(**found)


def _is_even(value: NDArray[Any]) -> bool:
    """Whether all rows say the same, as of events without quotes: then one is kept for all."""
    return len(value) > 1 and bool((value == value[0]).all())


def _texts(arrays: Mapping[str, NDArray[Any]], name: str) -> Texts:
    joined, begins = arrays[f"{name}.joined"], arrays[f"{name}.begins"]
    cut = arrays.cutter(f"{name}.joined") if isinstance(arrays, Mapped) else None
    if cut is None:
        return Texts.divided_already(joined.data, begins, ends_of(joined.data, begins))
    return CutTexts(joined.data, begins, cut)
