"""Watching what a process and its children open: by strace where it is there, which sees all of
it, and by Python's audit events, which see what Python opens and what connects by its sockets."""

from __future__ import annotations

import json
import os
import re
import select
import shutil
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from tests.processes import ROOT

STRACE = shutil.which("strace")
_CALLS = "open,openat,openat2,creat,socket,connect,sendto,sendmsg,execve,execveat"
_OPENED = re.compile(
    r'(?:openat2?|open|creat)\((?:(?:AT_FDCWD(?:<(?P<cwd>[^>]*)>)?|\d+<(?P<at>[^>]*)>), )?'
    r'"(?P<path>(?:[^"\\]|\\.)*)"'
)  # fmt: skip
_STARTED = re.compile(r'execve(?:at)?\((?:[^"]*)"(?P<path>(?:[^"\\]|\\.)*)"')
_SOCKET = re.compile(r"socket\((AF_\w+)")
_ADDRESS = re.compile(r"sa_family=(AF_\w+)")

# Put first on the path of Python: every process of ours tells what it does before anything else.
_HOOK = """
import os, sys
_told = os.open(os.environ["SAFE_TOLD"], os.O_WRONLY)
def _tell(event, arguments):
    if event == "open" or event.startswith(("socket.", "subprocess.", "os.exec", "os.posix_spawn",
                                            "os.system", "os.startfile", "urllib.", "webbrowser.")):
        what = arguments[0] if arguments else ""
        if event == "socket.__new__":
            what = f"{arguments[1]}"
        if isinstance(what, bytes):
            what = what.decode("utf-8", "replace")
        if isinstance(what, int):
            return
        line = f"{event}\\t{os.path.abspath(what) if event == 'open' else what!s}\\n"
        os.write(_told, line.encode("utf-8", "replace"))
sys.addaudithook(_tell)
"""


@dataclass
class Watched:
    """What a run did: the files that were opened or asked for, the families of its sockets, the
    programs that were started, and what the run itself told."""

    opened: set[str] = field(default_factory=set)
    sockets: set[str] = field(default_factory=set)
    started: set[str] = field(default_factory=set)
    told: dict[str, object] = field(default_factory=dict)


def by_strace(folder: Path, arguments: list[str]) -> Watched:
    """Runs `window_run` under strace, with all its threads and children."""
    assert STRACE is not None
    trace = folder / "trace.txt"
    watch = [STRACE, "-f", "-qq", "-y", "-s", "4096", "-e", f"trace={_CALLS}", "-o", str(trace)]
    found = Watched(told=_run([*watch, *_command(arguments)], folder, {}))
    for line in trace.read_text(encoding="utf-8", errors="replace").splitlines():
        _note(line, found)
    return found


def by_audit(folder: Path, arguments: list[str]) -> Watched:
    """Runs it with a hook on Python's own events, in its children too."""
    hooks, told = folder / "hooks", folder / "told"
    hooks.mkdir()
    (hooks / "sitecustomize.py").write_text(_HOOK)
    os.mkfifo(told)  # the readers of documents may write no file
    lines: list[bytes] = []
    # Held open at both ends, so that it lasts from the first process to the last.
    with open(os.open(told, os.O_RDWR), "w+b", buffering=0) as pipe:  # noqa: PTH123

        def listen() -> None:
            while (part := os.read(pipe.fileno(), 1 << 16)) != b"end\n":
                lines.append(part)

        listener = threading.Thread(target=listen, daemon=True)
        listener.start()
        more = {"PYTHONPATH": str(hooks), "SAFE_TOLD": str(told)}
        try:
            found = Watched(told=_run(_command(arguments), folder, more))
        finally:
            end(pipe, listener)
    for line in b"".join(lines).decode("utf-8", "replace").splitlines():
        event, _, what = line.partition("\t")
        if event == "open":
            found.opened.add(what)
        elif event.startswith("socket."):
            found.sockets.add(f"{event} {what}")
        else:
            found.started.add(what)
    return found


def end(pipe: IO[bytes], listener: threading.Thread) -> None:
    """Lets the listener hear what is still in the pipe, then that nothing follows."""
    while select.select([pipe], [], [], 0)[0]:
        listener.join(0.01)
    pipe.write(b"end\n")
    listener.join()


def _command(arguments: list[str]) -> list[str]:
    return [sys.executable, "-m", "tests.safe.window_run", *arguments]


def _run(command: list[str], folder: Path, more: dict[str, str]) -> dict[str, object]:
    """Runs it with a home of its own; raises with what it said where it failed."""
    home = folder / "home"
    home.mkdir(exist_ok=True)
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "HOME": str(home),
        "XDG_CACHE_HOME": str(home / "cache"),
        "ALLIANCE_TIMELINE_HOME": str(home / "alliance"),
        "ALLIANCE_TIMELINE_LANGUAGE": "ko",
        "PYTHONDONTWRITEBYTECODE": "1",
        **more,
    }
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=900, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


def _note(line: str, found: Watched) -> None:
    if match := _OPENED.search(line):
        base = match["cwd"] or match["at"] or str(ROOT)
        path = _plain(match["path"])
        # Two slashes at its beginning are a share: they are kept.
        found.opened.add(path if path.startswith("//") else os.path.normpath(Path(base) / path))
    elif match := _STARTED.search(line):
        found.started.add(_plain(match["path"]))
    elif (match := _SOCKET.search(line)) or (match := _ADDRESS.search(line)):
        found.sockets.add(match[1])


def _plain(path: str) -> str:
    """A path as strace writes it: bytes beyond ASCII by their octal numbers."""
    data = path.encode("ascii", "replace").decode("unicode_escape").encode("latin-1", "replace")
    return data.decode("utf-8", "replace")
