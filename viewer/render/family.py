"""The font's family: the first of `FAMILIES` that is installed. Needs a QGuiApplication.

Apart from `fonts`, which brings numpy along: the opening picture is shown before that.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFontDatabase

from db.errors import AllianceError
from viewer.render.families import FAMILIES


@cache
def family() -> str:
    """The first installed family of `FAMILIES`, else any other that has Hangul.

    Raises `font.missing` (names: what to install) where there is none.
    """
    installed = set(QFontDatabase.families())
    for name in FAMILIES:
        if name in installed:
            return name
    korean = QFontDatabase.families(QFontDatabase.WritingSystem.Korean)
    upright = [name for name in korean if not name.startswith("@")]
    if not upright:
        raise AllianceError("font.missing", names=", ".join(FAMILIES[:2] + FAMILIES[4:7]))
    sans = [name for name in upright if "Serif" not in name and "Mono" not in name]
    return (sans or upright)[0]
