"""The process in which one document is read: `python -m viewer.sources.child`.

On its standard input stands one line of JSON (what is asked, the limits, the size), then the bytes
of the document; standard output gets lines of JSON: `{"progress": [done, total]}` now and then,
and `{"document": …}`, `{"picture": …}` or `{"error": code, "fields": …}` at the end. Whoever began
it keeps the input open: when it closes, the process ends, so that none outlives the program.

Before the document is looked at, the process gives up what reading does not need: memory and time
beyond the limits, writing files, starting programs, and the network.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import threading
from typing import IO, TYPE_CHECKING, Any

from db.errors import AllianceError
from viewer.sources.records import Asked, PagePicture, to_data

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from viewer.sources.records import Progress, ReadDocument

    Reader = Callable[[bytes, Asked, Progress], ReadDocument | PagePicture]

READERS = {
    "text": "viewer.sources.plain",
    "markdown": "viewer.sources.markdown",
    "html": "viewer.sources.html",
    "pdf": "viewer.sources.pdf",
    "docx": "viewer.sources.docx",
    "hwpx": "viewer.sources.hwpx",
    "page": "viewer.sources.pages",
}
_FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system")
_RECURSION = 5000
_GRACE = 5  # seconds after which the system ends what the parent has not


def main(readers: Mapping[str, str] = READERS) -> int:
    """Reads what standard input asks for; `readers` are modules with a function `read`."""
    told = os.fdopen(os.dup(1), "wb", buffering=0)
    # Whatever a library prints is no word of ours.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    source = sys.stdin.buffer
    request = json.loads(source.readline())
    data = source.read(request["size"])
    threading.Thread(target=_end_with_input, daemon=True).start()
    asked = Asked(**request["asked"])
    try:
        module = importlib.import_module(readers[asked.kind])
        _give_up(request["memory"], request["seconds"])
        answer = _read(module.read, data, asked, request["most"], told)
    except MemoryError:
        answer = {"error": "source.memory", "fields": {}}
    _tell(told, answer)
    return 0


def _read(
    reader: Reader, data: bytes, asked: Asked, most: int, told: IO[bytes]
) -> dict[str, object]:
    def progress(done: int, total: int) -> None:
        _tell(told, {"progress": [done, total]})

    try:
        document = reader(data, asked, progress)
    except AllianceError as error:
        return {"error": error.code, "fields": error.fields}
    except RecursionError:
        return {"error": "source.deep", "fields": {"most": _RECURSION}}
    if isinstance(document, PagePicture):
        return {"picture": to_data(document)}
    if len(document.text) > most:
        return {"error": "source.long", "fields": {"most": most}}
    return {"document": to_data(document)}


def _tell(told: IO[bytes], answer: Mapping[str, object]) -> None:
    line = json.dumps(answer, ensure_ascii=False, default=str).encode("utf-8", "replace") + b"\n"
    view = memoryview(line)
    while view:
        view = view[told.write(view) :]


def _end_with_input() -> None:
    # Not through the buffer: its lock would be held while the interpreter ends.
    os.read(0, 1)
    os._exit(1)


def _give_up(memory: int, seconds: int) -> None:
    """Takes the limits; `memory` in bytes. Where the system has none, the parent watches alone."""
    sys.setrecursionlimit(_RECURSION)
    if sys.platform != "win32":
        import resource

        for what, most in (
            (resource.RLIMIT_AS, memory),
            (resource.RLIMIT_CPU, seconds + _GRACE),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_CORE, 0),
        ):
            hard = resource.getrlimit(what)[1]
            bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(what, (bound, bound))
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(event)
    if event == "open" and isinstance(arguments[2], int):
        writing = os.O_WRONLY | os.O_RDWR | os.O_CREAT
        if arguments[2] & writing:
            raise PermissionError(event)


if __name__ == "__main__":
    sys.exit(main())
