"""Dates moved step by step, as a key does it: whole, or one end of a period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.dates import parse
from viewer.edits.moving import end_moved, shifted

if TYPE_CHECKING:
    from viewer.edits.moving import End


def stepped(edtf: str, way: int) -> str:
    """A date one of its units later (1) or earlier (-1)."""
    return shifted(edtf, way)


def end_stepped(edtf: str, way: int) -> str:
    """A period whose last end is one of its units later or earlier; other dates stay."""
    return _one_end(edtf, "end", way)


def start_stepped(edtf: str, way: int) -> str:
    """The same of its first end."""
    return _one_end(edtf, "start", way)


def _one_end(edtf: str, which: End, way: int) -> str:
    date = parse(edtf)
    part = date.start if which == "start" else date.end
    if part is None or not date.interval:
        return edtf
    return end_moved(edtf, which, part.last + 1 if way > 0 else part.first - 1)
