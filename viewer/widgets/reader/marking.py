"""How quotes and finds are marked in a source's text: by colour, and by a line in grey prints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCharFormat

if TYPE_CHECKING:
    from viewer.widgets.parts.look import Look

_GROUNDS = {
    "supports": "highlight",
    "disputes": "highlight-disputes",
    "context": "highlight-context",
}
_UNDERLINES = {
    "supports": QTextCharFormat.UnderlineStyle.SingleUnderline,
    "disputes": QTextCharFormat.UnderlineStyle.WaveUnderline,
    "context": QTextCharFormat.UnderlineStyle.DotLine,
}


@dataclass(frozen=True, slots=True)
class Passage:
    """A quote in the text: code points, end exclusive, and the stance that it is shown in."""

    quote_id: int
    start: int
    end: int
    stance: str


def quote_format(stance: str, look: Look, *, chosen: bool = False) -> QTextCharFormat:
    """How a quote is shown, and the chosen one among them."""
    made = QTextCharFormat()
    if chosen:
        made.setBackground(look.colour(stance))
        made.setForeground(look.colour("ground"))
        return made
    made.setBackground(look.colour(_GROUNDS[stance]))
    made.setUnderlineStyle(_UNDERLINES[stance])
    made.setUnderlineColor(look.colour(stance))
    return made


def find_format(look: Look, *, chosen: bool = False) -> QTextCharFormat:
    """How a find is shown, and the one of them that is gone to."""
    made = QTextCharFormat()
    made.setBackground(look.colour("accent" if chosen else "warning-ground"))
    made.setForeground(look.colour("on-accent" if chosen else "warning-text"))
    return made
