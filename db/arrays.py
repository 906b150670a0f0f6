"""Arrays in a file: written whole, checked whole, and then read where they are looked at.

A line with a checksum of the head, the head as a line of JSON (what is told, and of each array
its name, kind, shape, place and checksum), then the arrays themselves. Numbers alone: reading it
runs nothing. What cannot be read, or is not as it was written, is as good as not there.
"""

from __future__ import annotations

import json
import mmap
import os
import zlib
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, Any, BinaryIO
from weakref import finalize

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    Arrays = Mapping[str, NDArray[Any]]

_OURS_ALONE = 0o600
_EDGE = 64  # octets: where an array may begin
_STEP = 1 << 20  # octets that are checked at a time
_KINDS = "?bhilqBHILQfd"  # of numpy: truths and numbers
_UNREADABLE = (OSError, ValueError, TypeError, KeyError, OverflowError)


class Mapped(dict[str, "NDArray[Any]"]):
    """The arrays of a file by name. They lie in the file: what is looked at comes into memory, and
    with it what is around."""

    def __init__(self, arrays: Arrays, file: BinaryIO, begins: Mapping[str, int]) -> None:
        super().__init__(arrays)
        self._file, self._begins = file, begins
        finalize(self, file.close)

    def cutter(self, name: str) -> Callable[[int, int], bytes] | None:
        """Reads octets of an array, from the first to the one behind the last, and nothing else:
        for a few of very many. None where the system has no means for it."""
        if self._file.closed:
            return None
        begin = self._begins[name]
        return lambda first, behind: os.pread(self._file.fileno(), behind - first, begin + first)


def write(path: Path, told: object, arrays: Arrays) -> None:
    """Puts them at `path` whole, readable for the user alone. Raises OSError; nothing is left
    behind then, and what was at `path` stays."""
    passing = path.with_name(f".{os.urandom(8).hex()}.part")
    entries, place = [], 0
    for name, each in arrays.items():
        data = _octets(each)
        entries.append([name, each.dtype.str, list(each.shape), place, zlib.crc32(data)])
        place += len(data) + -len(data) % _EDGE
    head = json.dumps([told, entries], separators=(",", ":")).encode()
    start = f"{zlib.crc32(head):08x}\n".encode() + head + b"\n"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(passing, flags, _OURS_ALONE), "wb") as file:
            file.write(start + b"\0" * (-len(start) % _EDGE))
            for each in arrays.values():
                data = _octets(each)
                file.write(data)
                file.write(b"\0" * (-len(data) % _EDGE))
        passing.replace(path)
    except BaseException:
        with suppress(OSError):
            passing.unlink(missing_ok=True)
        raise


def read(path: Path) -> tuple[Any, Mapped] | None:
    """What is told, and the arrays, none of which can be written to; None where anything in the
    file is not as it was written."""
    try:
        with ExitStack() as stack:
            file = stack.enter_context(path.open("rb", buffering=0))
            line = file.read(9)
            rest = file.read(_STEP)
            head = rest[: rest.index(b"\n")]
            if int(line, 16) != zlib.crc32(head):
                return None
            told, entries = json.loads(head)
            begin = len(line) + len(head) + 1
            begin += -begin % _EDGE
            arrays = [_array(file, begin, *entry) for entry in entries]
            size = os.fstat(file.fileno()).st_size
            if not size:
                return None
            memory = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
            if hasattr(os, "pread"):
                stack.pop_all()  # it stays open as long as somebody has the arrays
        found = {
            name: np.frombuffer(memory[first:behind], kind).reshape(shape)
            for name, kind, shape, first, behind in arrays
        }
        return told, Mapped(found, file, {name: first for name, _, _, first, _ in arrays})
    except _UNREADABLE:
        return None


def _array(
    file: BinaryIO, begin: int, name: str, kind: str, shape: list[int], place: int, checksum: int
) -> tuple[str, np.dtype[Any], list[int], int, int]:
    """Name, kind, shape, and first and last octet of an array that is as it was written. Raises
    ValueError for another one."""
    found = np.dtype(kind)
    if found.char not in _KINDS or found.hasobject:
        raise ValueError("not an array of numbers")
    first = begin + place
    behind = first + found.itemsize * int(np.prod(shape, dtype=np.int64))
    file.seek(first)
    left, found_sum = behind - first, 0
    room = bytearray(min(_STEP, left))
    while left:
        number = file.readinto(memoryview(room)[: min(left, _STEP)])  # type: ignore[attr-defined]
        if not number:
            raise ValueError("cut short")
        found_sum = zlib.crc32(memoryview(room)[:number], found_sum)
        left -= number
    if found_sum != checksum:
        raise ValueError("damaged")
    return name, found, shape, first, behind


def _octets(array: NDArray[Any]) -> memoryview:
    whole = np.ascontiguousarray(array)
    return whole.reshape(-1).view(np.uint8).data if whole.size else memoryview(b"")
