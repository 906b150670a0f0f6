"""The SVG writer: a display list as one well-formed document, text as text, no scripts.

Pure: no Qt. Each text keeps its measured width by `textLength`, whichever family of the list
a reader has; each item with a ref carries it as `data-ref`, so that other tools find it.
"""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

from viewer.display import Bars, Image, Line, Path, Rect, Text
from viewer.render.families import FAMILIES
from viewer.render.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.records import Language
    from viewer.display import DisplayList, Point, Primitive, Style

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})
# The same letters side by side as in the measure: no kerning, no ligatures.
_TYPE = "font-kerning:none;font-variant-ligatures:none"


def to_svg(
    display: DisplayList, *, family: str, title: str, description: str, language: Language
) -> str:
    """The whole document, ending in a newline; `family` leads the list of font families."""
    width, height = _number(display.width), _number(display.height)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" version="1.1" width="{width}" '
        f'height="{height}" viewBox="0 0 {width} {height}" xml:lang="{language}" '
        f'lang="{language}" role="img" aria-labelledby="title description" '
        f'font-family="{_escaped(_families(family))}" style="{_TYPE}" fill="none" '
        'stroke-linejoin="round" xml:space="preserve">',
        f'<title id="title">{_escaped(title)}</title>',
        f'<desc id="description">{_escaped(description)}</desc>',
        f'<rect width="{width}" height="{height}" fill="{_escaped(display.background)}"/>',
        *(_item(item) for item in display.items),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _item(item: Primitive) -> str:
    known = _known(item)
    if isinstance(item, Text):
        return _text(item, known)
    if isinstance(item, Rect):
        place = f'x="{_number(item.x)}" y="{_number(item.y)}" ' + _size(item.w, item.h)
        radius = min(item.radius, item.w / 2, item.h / 2)
        crisp = "" if radius > 0 else ' shape-rendering="crispEdges"'
        rounded = f' rx="{_number(radius)}"' if radius > 0 else ""
        return f"<rect {place}{rounded}{_style(item.style)}{crisp}{known}/>"
    if isinstance(item, Line):
        ends = (("x1", item.x1), ("y1", item.y1), ("x2", item.x2), ("y2", item.y2))
        place = " ".join(f'{name}="{_number(value)}"' for name, value in ends)
        upright = item.x1 == item.x2 or item.y1 == item.y2
        crisp = ' shape-rendering="crispEdges"' if upright else ""
        return f"<line {place}{_style(item.style)}{crisp}{known}/>"
    if isinstance(item, Path):
        steps = "".join(_run(run, closed=item.closed) for run in item.runs)
        filled = ' fill-rule="evenodd"' if item.closed else ""
        return f'<path d="{steps}"{filled}{_style(item.style, filled=item.closed)}{known}/>'
    if isinstance(item, Bars):
        return _bars(item, known)
    return _image(item, known)


def _text(item: Text, known: str) -> str:
    text = _escaped(item.text)
    weight = ' font-weight="bold"' if item.bold else ""
    length = (
        f' textLength="{_number(item.w)}" lengthAdjust="spacingAndGlyphs"'
        if item.w > 0 and text
        else ""
    )
    return (
        f'<text x="{_number(item.x)}" y="{_number(item.y)}" font-size="{_number(item.size)}"'
        f'{weight} fill="{_escaped(item.colour)}"{length}{known}>{text}</text>'
    )


def _bars(item: Bars, known: str) -> str:
    steps = "".join(
        f"M{_number(x)} {_number(y)}h{_number(w)}v{_number(h)}h{_number(-w)}Z"
        for x, y, w, h in item.rects()
    )
    return f'<path d="{steps}"{_style(item.style)} shape-rendering="crispEdges"{known}/>'


def _image(item: Image, known: str) -> str:
    data = b64encode(item.png).decode("ascii")
    return (
        f'<image x="{_number(item.x)}" y="{_number(item.y)}" {_size(item.w, item.h)} '
        f'preserveAspectRatio="none" href="data:image/png;base64,{data}"{known}/>'
    )


def _size(width: float, height: float) -> str:
    return f'width="{_number(width)}" height="{_number(height)}"'


def _run(points: Iterable[Point], *, closed: bool) -> str:
    steps = "L".join(f"{_number(x)} {_number(y)}" for x, y in points)
    return f"M{steps}{'Z' if closed else ''}"


def _style(style: Style, *, filled: bool = True) -> str:
    """Fill and stroke; the opacity is that of each, as a painter lays one over the other."""
    faded = style.opacity != 1.0
    opacity = _number(style.opacity)
    parts = []
    if style.fill is not None and filled:
        parts.append(f' fill="{_escaped(style.fill)}"')
        if faded:
            parts.append(f' fill-opacity="{opacity}"')
    if style.stroke is not None and style.width > 0:
        parts.append(f' stroke="{_escaped(style.stroke)}" stroke-width="{_number(style.width)}"')
        if style.dash:
            dashes = " ".join(_number(length) for length in style.dash)
            parts.append(f' stroke-dasharray="{dashes}"')
        if faded:
            parts.append(f' stroke-opacity="{opacity}"')
    return "".join(parts)


def _known(item: Primitive) -> str:
    """What the item stands for: role, ref and lane as data attributes."""
    parts = []
    if item.role:
        parts.append(f' data-role="{_escaped(item.role)}"')
    if item.ref is not None:
        parts.append(f' data-ref="{_escaped(item.ref[0])}:{item.ref[1]}"')
    if item.lane is not None:
        parts.append(f' data-lane="{_escaped(item.lane)}"')
    return "".join(parts)


def _families(first: str) -> str:
    """A CSS list: the family measured with, the other Korean ones, the generic one."""
    names = dict.fromkeys((first, *FAMILIES))
    names.pop("sans-serif", None)
    quoted = [f"'{plain(name).translate(_NO_QUOTES)}'" for name in names]
    return ", ".join((*quoted, "sans-serif"))


_NO_QUOTES = str.maketrans("", "", "'\\")


def _escaped(text: str) -> str:
    return plain(text).translate(_ESCAPES)


def _number(value: float) -> str:
    """Up to three decimals, none that say nothing."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
