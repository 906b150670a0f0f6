"""An application is there for whoever draws, with or without a display."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from viewer.render.platform import ensure_gui_application

CHILD = """
from viewer.render.platform import ensure_gui_application
print(ensure_gui_application().platformName())
"""


def platform_of_a_child(**variables: str) -> str:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    }
    return subprocess.run(
        [sys.executable, "-c", CHILD],
        cwd=Path(__file__).parents[2],
        env=kept | variables,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()


def test_a_running_application_is_taken() -> None:
    assert ensure_gui_application() is QGuiApplication.instance()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="displays of Linux")
def test_without_a_display_nothing_is_asked_of_one() -> None:
    assert platform_of_a_child() == "offscreen"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="displays of Linux")
def test_a_display_that_is_gone_does_not_matter() -> None:
    assert platform_of_a_child(DISPLAY=":987") == "offscreen"


def test_a_platform_that_is_set_is_left_alone() -> None:
    assert platform_of_a_child(QT_QPA_PLATFORM="minimal") == "minimal"
