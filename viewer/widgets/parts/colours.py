"""Colours of lanes: the palettes of the themes, each with a name in words beside its swatch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap

from viewer.display import theme
from viewer.widgets.parts.choices import ChoiceField
from viewer.words import t

if TYPE_CHECKING:
    from db.records import Language
    from viewer.widgets.parts.choices import Entry
    from viewer.widgets.state import ViewState

_SWATCH = 14  # px, a side


COLOURS = ("blue", "amber", "green", "violet", "rose", "neutral")
"""The palettes of the themes, as a lane's row names them."""


def colour_words(name: str, language: Language) -> str:
    """A palette's name; one that no theme has is drawn as the neutral one, and says so."""
    if name not in COLOURS:
        return t("organise.colour.unknown", language, name=name)
    return t(f"organise.colour.{name}", language)


def swatch(name: str, state: ViewState) -> QIcon:
    """A square in the colour that marks of such a lane have in the window's theme."""
    tokens = theme(state.theme)
    picture = QPixmap(QSize(_SWATCH, _SWATCH) * 2)
    picture.setDevicePixelRatio(2)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(tokens["border"]), 1.0))
    painter.setBrush(QColor(tokens.palette(name).strong))
    painter.drawRoundedRect(QRectF(0.5, 0.5, _SWATCH - 1, _SWATCH - 1), 3.0, 3.0)
    painter.end()
    icon = QIcon(picture)
    # The style would tint it in a chosen row.
    icon.addPixmap(picture, QIcon.Mode.Selected)
    return icon


class ColourField(ChoiceField):
    """One of the palettes: a swatch and its name."""

    def __init__(self, key: str, state: ViewState, present: str = "") -> None:
        """`present` is the colour as stored, on offer even where no theme has it."""
        names = COLOURS
        self._names = names if not present or present in names else (*names, present)
        self._state = state
        super().__init__(key, self._entries_of)
        self.box.setIconSize(QSize(_SWATCH, _SWATCH))

    def _entries_of(self, language: Language) -> list[Entry]:
        return [(colour_words(name, language), name) for name in self._names]

    def refill(self) -> None:
        super().refill()
        for place, name in enumerate(self._names):
            self.box.setItemIcon(place, swatch(name, self._state))
