"""A screen and the program on it, for every walk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.walk.desk import Desk, lacking, screen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    """A screen of 1600 by 1000 px with a window manager."""
    if missing := lacking():
        pytest.skip(f"a walk needs {', '.join(missing)}")
    with screen(1600, 1000) as made:
        yield made


@pytest.fixture
def desk(display: str, tmp_path: Path, home: Path) -> Iterator[Desk]:
    """The program, not yet started."""
    made = Desk(display, tmp_path, home)
    yield made
    if made.is_running:
        made.kill()
