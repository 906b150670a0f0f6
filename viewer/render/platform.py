"""A Qt application without a window, for whoever draws without a display."""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

# Python owns the application: it lives as long as something refers to it.
_made: list[QGuiApplication] = []


def ensure_gui_application() -> QCoreApplication:
    """The running application, else a new one without a window.

    On Linux a new one takes the offscreen platform, which needs no display and gives the same
    fonts; elsewhere the native one, because offscreen finds no fonts on Windows. A platform
    that `QT_QPA_PLATFORM` names is left alone.
    """
    running = QCoreApplication.instance()
    if running is not None:
        return running
    arguments = ["alliance-timeline"]
    if sys.platform.startswith("linux") and not os.environ.get("QT_QPA_PLATFORM"):
        arguments += ["-platform", "offscreen"]
    _made.append(QGuiApplication(arguments))
    return _made[0]
