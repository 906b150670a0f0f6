"""The command line: the window without a sub-command, and what does without a display."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = (
    "new", "info", "events", "add-event", "import", "sources", "text", "quotes", "add-quote",
    "cite", "dates", "check", "export", "marks", "backup", "restore",
)  # fmt: skip

READ_A_SOURCE = "--read-a-source"
"""The only argument with which a program frozen into one file starts itself as the reader of a
document (`viewer.sources.worker.command`)."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs what was asked for (default: the program's own arguments) and returns the exit code.

    0: done; 1: it ran and found problems; 2: bad usage or bad input, told in one line.
    """
    asked = list(sys.argv[1:] if arguments is None else arguments)
    if asked == [READ_A_SOURCE]:
        from viewer.sources.child import main as read_a_source

        return read_a_source()
    from viewer.preload import link_qt, spare_threads

    spare_threads()
    if not asked or (len(asked) == 1 and _means_a_file(asked[0])):
        # Straight to the window: its first picture does not wait for click.
        link_qt()
        from viewer.app import run

        return run(Path(asked[0]) if asked else None)
    from viewer.cli.program import run_command

    return run_command(asked)


def _means_a_file(argument: str) -> bool:
    """Whether a lone argument is a file to open, and not a command, known or unknown."""
    if not argument or argument.startswith("-") or argument in COMMANDS:
        return False
    path = Path(argument)
    if path.suffix or path.name != argument:
        return True
    try:
        return path.exists()
    except OSError:  # a name longer than a file's can be
        return False
