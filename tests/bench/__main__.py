"""All measurements, one after the other, on files that are made up once for all of them.

With a timeline or a table of events (CSV) the engine and the openings are measured on that alone.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.files import FOLDER

ALL = ("startup", "engine", "waits", "opening", "edits")


def run(name: str, *arguments: str) -> None:
    """Ends with what a measurement ends with."""
    done = subprocess.run([sys.executable, "-m", f"tests.bench.{name}", *arguments], check=False)
    if done.returncode:
        sys.exit(done.returncode)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path)
    file = parser.parse_args().file
    with tempfile.TemporaryDirectory() as folder:
        os.environ[FOLDER] = folder
        if file is None:
            for name in ALL:
                run(name)
        else:
            run("engine", str(file))
            run("opening", "--file", str(file))


if __name__ == "__main__":
    main()
