"""The view: what a picture shows and how large, and nothing about what was shown before."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from db.filters import Filter

if TYPE_CHECKING:
    from db.records import Language, Rule


@dataclass(frozen=True, slots=True)
class Caption:
    """The lines below an exported picture; `title` is the user's, `marking` a handling mark."""

    title: str = ""
    marking: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """A picture's settings.

    `start` and `end` are days since 1970-01-01 as floats (the range drawn, exactly), `width`
    and `height` px at 96 per inch, `type_size` px. `rows` is the number of label rows a lane
    has; None chooses it by the picture's height. `as_of` is the day on which what goes on is
    still known to go on. `callouts` shows the notes that have a place on the picture. Without
    a `caption` none is drawn.
    """

    start: float
    end: float
    width: float
    height: float
    filter: Filter = field(default_factory=Filter)
    language: Language = "en"
    theme: str = "light"
    scheme: str | None = None
    rule: Rule | None = None
    as_of: int | None = None
    rows: int | None = None
    callouts: bool = False
    type_size: float = 13.0
    caption: Caption | None = None
