"""Other processes for tests: real ones, each in a state that is known before the test goes on."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]


@contextmanager
def another_process(code: str) -> Iterator[subprocess.Popen[str]]:
    """Another process that has run `code`, said so, and stays until it is let go."""
    code += "\nprint('ready', flush=True)\nimport sys\nsys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        try:
            assert child.stdout is not None
            assert child.stdout.readline() == "ready\n"
            yield child
        finally:
            assert child.stdin is not None
            child.stdin.close()
            child.wait()


def opened_by(author: str, path: Path, then: str = "") -> str:
    return (
        "import atexit\nfrom db.store import Store\n"
        f"store = Store.open({str(path)!r}, author={author!r}, program='9.9')\n"
        f"atexit.register(store.close)\n{then}"
    )
