"""Where the shipped resources are: beside the code in a wheel, at the top in a checkout; and which
program it is that they were shipped with."""

from __future__ import annotations

import os
from pathlib import Path

import db
import viewer

_HERE = Path(__file__).parent
_PLACES = (_HERE / "_resources", _HERE.parent / "resources")


def resource(name: str) -> Path:
    """The path of a shipped file or folder below `resources/`."""
    for place in _PLACES:
        if (place / name).exists():
            return place / name
    raise FileNotFoundError(f"resources/{name} is missing from this installation")


def program() -> tuple[str, int]:
    """The version, and the newest of what the program is made of: in a checkout that changes
    without another version."""
    folders = (Path(viewer.__file__).parent, Path(db.__file__).parent, resource("words"))
    newest = 0
    for top in (*folders, resource("themes")):
        for folder, below, names in os.walk(top):
            below[:] = [name for name in below if name != "__pycache__"]
            newest = max(newest, *(os.stat(os.path.join(folder, n)).st_mtime_ns for n in names))  # noqa: PTH116, PTH118 - three times as fast
    return viewer.__version__, newest
