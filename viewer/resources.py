"""Where the shipped resources are: beside the code in a wheel, at the top in a checkout."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent
_PLACES = (_HERE / "_resources", _HERE.parent / "resources")


def resource(name: str) -> Path:
    """The path of a shipped file or folder below `resources/`."""
    for place in _PLACES:
        if (place / name).exists():
            return place / name
    raise FileNotFoundError(f"resources/{name} is missing from this installation")
