"""What is on a picture, as data: primitives, styles, themes."""

from viewer.display.blocks import Block, Box, Part, moved, reach
from viewer.display.display_list import DisplayList, Idents
from viewer.display.primitives import (
    Bars,
    Image,
    Line,
    Numbers,
    Path,
    Point,
    Primitive,
    Rect,
    Style,
    Text,
    box,
)
from viewer.themes import THEMES, Palette, Theme, theme

__all__ = [
    "THEMES",
    "Bars",
    "Block",
    "Box",
    "DisplayList",
    "Idents",
    "Image",
    "Line",
    "Numbers",
    "Palette",
    "Part",
    "Path",
    "Point",
    "Primitive",
    "Rect",
    "Style",
    "Text",
    "Theme",
    "box",
    "moved",
    "reach",
    "theme",
]
