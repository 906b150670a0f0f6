"""What is on a picture, as data: primitives, styles, themes."""

from viewer.display.primitives import (
    Bars,
    DisplayList,
    Idents,
    Image,
    Line,
    Path,
    Point,
    Primitive,
    Rect,
    Style,
    Text,
    box,
)
from viewer.display.theme import THEMES, Palette, Theme, theme

__all__ = [
    "THEMES",
    "Bars",
    "DisplayList",
    "Idents",
    "Image",
    "Line",
    "Palette",
    "Path",
    "Point",
    "Primitive",
    "Rect",
    "Style",
    "Text",
    "Theme",
    "box",
    "theme",
]
