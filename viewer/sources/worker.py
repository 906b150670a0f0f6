"""Reading a document in a process of its own, that is killed where it takes too much."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from db.errors import AllianceError
from viewer.sources.records import (
    Asked,
    PagePicture,
    ReadDocument,
    from_data,
    picture_from_data,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from viewer.sources.records import Progress

CHILD = "--read-a-source"
"""What a program frozen into one file is started with as the child (see `viewer.cli.main`)."""

_TICK = 0.05  # seconds between two looks at whether it was cancelled


@dataclass(frozen=True, slots=True)
class Limits:
    """`seconds` of time (and of work of the processor), `memory` and `bytes` of the document in
    bytes, `characters` of the text."""

    seconds: int = 180
    memory: int = 2 << 30
    bytes: int = 256 << 20
    characters: int = 20_000_000


class ReadingCancelled(Exception):  # noqa: N818 - not an error
    """The reading was given up as asked."""


def command() -> list[str]:
    """What starts the child."""
    if getattr(sys, "frozen", False):
        return [sys.executable, CHILD]
    # -P: a folder that happens to be the current one lends no modules.
    return [sys.executable, "-P", "-X", "utf8", "-m", "viewer.sources.child"]


def read(
    data: bytes,
    asked: Asked,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    limits: Limits = Limits(),
    start: Sequence[str] = (),
) -> ReadDocument:
    """The text of a document and what it says of itself.

    May be called in any thread; `progress` and `cancelled` are called in it. `start` is another
    command that reads (for tests).

    Raises `ReadingCancelled`, `source.empty`, what the readers raise, and `source.large` (most, in
    MB), `source.long` (most, characters), `source.time` (seconds), `source.memory`,
    `source.failed` where the process died.
    """
    answer = _answer(data, asked, progress, cancelled, limits, start)
    return from_data(answer["document"])


def picture(
    data: bytes,
    page: int,
    width: int,
    password: str | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    limits: Limits = Limits(seconds=60),
) -> PagePicture:
    """The picture of a page of a PDF (from 0), `width` px wide. Raises as `read` does, and
    `source.page`."""
    asked = Asked("page", password=password, page=page, width=width)
    return picture_from_data(_answer(data, asked, None, cancelled, limits, ())["picture"])


def _answer(
    data: bytes,
    asked: Asked,
    progress: Progress | None,
    cancelled: Callable[[], bool],
    limits: Limits,
    start: Sequence[str],
) -> dict[str, Any]:
    if not data:
        raise AllianceError("source.empty")
    if len(data) > limits.bytes:
        raise AllianceError("source.large", most=limits.bytes >> 20)
    request = {
        "asked": asdict(asked),
        "size": len(data),
        "memory": limits.memory,
        "seconds": limits.seconds,
        "most": limits.characters,
    }
    process = _started(start or command())
    try:
        return _followed(process, request, data, progress, cancelled, limits)
    finally:
        _kill(process)


def _started(start: Sequence[str]) -> subprocess.Popen[bytes]:
    root = str(Path(__file__).parents[2])
    paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
    more: dict[str, Any] = {"start_new_session": True}
    if sys.platform == "win32":
        more = {"creationflags": subprocess.CREATE_NO_WINDOW}
    return subprocess.Popen(  # noqa: S603 - our own program
        list(start),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONDONTWRITEBYTECODE": "1"},
        **more,
    )


def _followed(
    process: subprocess.Popen[bytes],
    request: dict[str, object],
    data: bytes,
    progress: Progress | None,
    cancelled: Callable[[], bool],
    limits: Limits,
) -> dict[str, Any]:
    """What the child says at the end."""
    answers: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
    # Six bytes are the most that JSON takes for a character; places and facts come to less.
    most = 6 * limits.characters + (64 << 20)
    assert process.stdin is not None
    assert process.stdout is not None
    for job in (
        lambda: _give(process.stdin, request, data),
        lambda: _take(process.stdout, answers, most),
    ):
        threading.Thread(target=job, daemon=True).start()
    end = time.monotonic() + limits.seconds
    while True:
        if cancelled():
            raise ReadingCancelled
        if time.monotonic() > end:
            raise AllianceError("source.time", seconds=limits.seconds)
        try:
            line = answers.get(timeout=_TICK)
        except queue.Empty:
            continue
        if line is None:
            raise _died(process, limits)
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise AllianceError(answer["error"], **answer["fields"])
        if "progress" not in answer:
            return answer
        if progress:
            progress(*answer["progress"])


def _give(stream: IO[bytes] | None, request: dict[str, object], data: bytes) -> None:
    """Writes the request; the stream stays open, since the child ends when it closes."""
    assert stream is not None
    with contextlib.suppress(OSError, ValueError):
        stream.write(json.dumps(request).encode() + b"\n")
        stream.write(data)
        stream.flush()


def _take(stream: IO[bytes] | None, answers: queue.SimpleQueue[bytes | None], most: int) -> None:
    """Passes on whole lines, and None at the end, or where a line has no end."""
    assert stream is not None
    with contextlib.suppress(OSError, ValueError):
        while (line := stream.readline(most)).endswith(b"\n"):
            answers.put(line)
    answers.put(None)


def _died(process: subprocess.Popen[bytes], limits: Limits) -> AllianceError:
    with contextlib.suppress(subprocess.TimeoutExpired):
        code = process.wait(1)
        if sys.platform != "win32" and code == -signal.SIGXCPU:
            return AllianceError("source.time", seconds=limits.seconds)
    return AllianceError("source.failed")


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Ends the child, whatever it is doing, and what it may have started."""
    if process.poll() is None:
        if sys.platform != "win32":
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.wait()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with contextlib.suppress(OSError):
                stream.close()
