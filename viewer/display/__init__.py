"""What is on a picture, as data: primitives, styles, themes."""

from viewer.display.primitives import (
    DisplayList,
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
    "DisplayList",
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
