"""Prints the Debian packages of the system libraries or of the font that this machine lacks.

`libraries`: those that Qt loads offscreen and for a window under X11, each tried by its name.
`font`: any family with Hangul that Qt finds.
"""

from __future__ import annotations

import ctypes
import os
import sys

LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libbrotlidec.so.1": "libbrotli1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
}
FONT = "fonts-noto-cjk"


def lacking_libraries() -> list[str]:
    missing = []
    for library, package in LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    return missing


def lacking_font() -> list[str]:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtGui import QFontDatabase, QGuiApplication

    application = QGuiApplication([])
    found = QFontDatabase.families(QFontDatabase.WritingSystem.Korean)
    del application
    return [] if found else [FONT]


if __name__ == "__main__":
    wanted = lacking_libraries if sys.argv[1:] == ["libraries"] else lacking_font
    print(" ".join(wanted()))
