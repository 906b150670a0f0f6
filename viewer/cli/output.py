"""Where results and messages go: results to standard output, messages to standard error."""

from __future__ import annotations

import json
import sys

from db.errors import AllianceError
from viewer.words import explain


def result(text: str) -> None:
    """Writes one line of the result.

    A terminal that lacks a letter gets its code, not an abort in the middle of a list.
    """
    encoding = sys.stdout.encoding or "utf-8"
    _write(text.encode(encoding, "backslashreplace").decode(encoding))


def json_result(value: object) -> None:
    """Writes one JSON document, with letters outside ASCII where the stream can write them."""
    text = json.dumps(value, ensure_ascii=False)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        text = json.dumps(value)
    _write(text)


def error_data(error: AllianceError | None) -> dict[str, str] | None:
    """An error as plain data; its sentence is English."""
    return {"code": error.code, "message": explain(error, "en")} if error else None


def message(text: str) -> None:
    """Writes a message as one line."""
    print(" ".join(text.split()), file=sys.stderr)


def progress(done: int, total: int) -> None:
    """Shows on a terminal how much of long work is done, in a line that is written over."""
    percent = done * 100 // max(total, 1)
    if sys.stderr.isatty():
        end = "\r" if done < total else "\r     \r"
        print(f"{percent:3} %", end=end, file=sys.stderr, flush=True)


def finish() -> None:
    """Sends on what is still held back, so that a full disk is noticed while it can be told."""
    _write("", end="")
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise AllianceError("output.failed", reason=error.strerror) from error


def _write(text: str, end: str = "\n") -> None:
    try:
        print(text, end=end)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise AllianceError("output.failed", reason=error.strerror) from error
