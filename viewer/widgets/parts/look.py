"""How words look in the inspector and the reader: fonts by rank, colours by token, the language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from PySide6.QtGui import QColor, QFont

from viewer.display import theme
from viewer.render import fonts
from viewer.words import t

if TYPE_CHECKING:
    from db.records import Bilingual, Language
    from viewer.display import Theme
    from viewer.widgets.state import ViewState

Rank = Literal["title", "strong", "body", "small", "section"]
# Three sizes of type; weight makes the rest of the ranks.
_RANKS: dict[Rank, tuple[float, bool]] = {
    "title": (1.3, True),
    "strong": (1.0, True),
    "body": (1.0, False),
    "small": (0.88, False),
    "section": (0.88, True),
}


@dataclass(frozen=True, slots=True)
class Look:
    """The settings that a page of the inspector is built with; `size` is the type's px."""

    language: Language
    theme: Theme
    size: float

    @classmethod
    def of(cls, state: ViewState) -> Look:
        return cls(state.language, theme(state.theme), state.type_size)

    def font(self, rank: Rank) -> QFont:
        """Not to be changed by who gets it."""
        scale, bold = _RANKS[rank]
        return _font(fonts.family(), round(self.size * scale), bold)

    def colour(self, token: str) -> QColor:
        return QColor(self.theme[token])

    def t(self, key: str, **fields: object) -> str:
        return t(key, self.language, **fields)

    def text(self, both: Bilingual) -> str:
        return both.text(self.language)


@lru_cache(maxsize=64)
def _font(family: str, size: int, bold: bool) -> QFont:
    made = QFont(family)
    made.setPixelSize(max(size, 1))
    made.setBold(bold)
    return made
