"""Pages: how large a picture is, in px of the picture and in dots of the device."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from db.errors import AllianceError

PX_PER_INCH = 96
MM_PER_INCH = 25.4
MIN_SIDE, MAX_SIDE = 64, 65_535
MAX_AREA = 200_000_000
PRESET_DPI, SIZE_DPI = 144.0, 96.0

PRESETS: dict[str, tuple[float, float]] = {
    "16:9": (40 / 3, 7.5),
    "a4": (297 / MM_PER_INCH, 210 / MM_PER_INCH),
    "a3": (420 / MM_PER_INCH, 297 / MM_PER_INCH),
    "a4-portrait": (210 / MM_PER_INCH, 297 / MM_PER_INCH),
    "a3-portrait": (297 / MM_PER_INCH, 420 / MM_PER_INCH),
}
"""Width and height in inches by name; 16:9 is the slide of the office programs."""


@dataclass(frozen=True, slots=True)
class Page:
    """`width` and `height` in px (96 to the inch); `scale` device dots per px; `dpi` = 96 scale."""

    width: float
    height: float
    scale: float
    dpi: float

    @property
    def dots(self) -> tuple[int, int]:
        """Width and height in whole device dots."""
        return round(self.width * self.scale), round(self.height * self.scale)

    @property
    def inches(self) -> tuple[float, float]:
        return self.width / PX_PER_INCH, self.height / PX_PER_INCH


def page(name: str, dpi: float | None = None) -> Page:
    """A preset by name at `dpi` (144 unless told).

    Raises `page.unknown` (page, known) or `size.refused.…` (see `_checked`).
    """
    if name not in PRESETS:
        raise AllianceError("page.unknown", page=name, known=", ".join(PRESETS))
    density = PRESET_DPI if dpi is None else dpi
    width, height = (side * PX_PER_INCH for side in PRESETS[name])
    return _checked(width, height, density)


def size(text: str, dpi: float | None = None) -> Page:
    """A free size in device dots, as `1920x1080`, at `dpi` (96 unless told).

    Raises `size.refused.form` (size) where it is not so written, or what `dots` does.
    """
    found = re.fullmatch(r"\s*([0-9]{1,9})\s*[xX×]\s*([0-9]{1,9})\s*", text)
    if found is None:
        raise AllianceError("size.refused.form", size=text)
    return dots(int(found[1]), int(found[2]), dpi)


def dots(width: int, height: int, dpi: float | None = None) -> Page:
    """A page of `width` by `height` device dots at `dpi` (96 unless told).

    Raises `size.refused.…` (see `_checked`).
    """
    density = SIZE_DPI if dpi is None else dpi
    _check_sides(width, height)
    _check_dpi(density)
    return _checked(width * PX_PER_INCH / density, height * PX_PER_INCH / density, density)


def _checked(width: float, height: float, dpi: float) -> Page:
    """Raises `size.refused.dpi`, `.side` and `.area` (in dots) or `.inches` (on paper)."""
    _check_dpi(dpi)
    made = Page(width, height, dpi / PX_PER_INCH, dpi)
    _check_sides(*made.dots)
    smallest, largest = min(width, height), max(width, height)
    if smallest < MIN_SIDE - 0.5 or largest > MAX_SIDE + 0.5:
        inches = smallest if smallest < MIN_SIDE else largest
        raise AllianceError(
            "size.refused.inches",
            dpi=f"{dpi:g}",
            inches=f"{inches / PX_PER_INCH:.2f}",
            least=f"{MIN_SIDE / PX_PER_INCH:.2f}",
            most=f"{MAX_SIDE / PX_PER_INCH:.0f}",
        )
    return made


def _check_dpi(dpi: float) -> None:
    if not (math.isfinite(dpi) and 1 <= dpi <= 9600):
        raise AllianceError("size.refused.dpi", dpi=f"{dpi:g}", least=1, most=9600)


def _check_sides(width: int, height: int) -> None:
    told = f"{width}x{height}"
    if min(width, height) < MIN_SIDE or max(width, height) > MAX_SIDE:
        raise AllianceError("size.refused.side", size=told, least=MIN_SIDE, most=MAX_SIDE)
    if width * height > MAX_AREA:
        raise AllianceError("size.refused.area", size=told, most=MAX_AREA // 1_000_000)
