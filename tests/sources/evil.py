"""A reader that misbehaves, in the way that the document's name says: run as the child process."""

from __future__ import annotations

import os
import socket
import sys
import time
from typing import TYPE_CHECKING

from viewer.sources import child

if TYPE_CHECKING:
    from viewer.sources.records import Asked, Progress, ReadDocument


def read(_data: bytes, asked: Asked, progress: Progress) -> ReadDocument:
    progress(0, 1)
    if asked.name == "sleeps and eats":
        eaten = []
        while True:
            try:
                eaten.append(bytearray(64 << 20))
            except MemoryError:
                time.sleep(0.01)
    if asked.name == "eats":
        eaten = [bytearray(8 << 30)]
    if asked.name == "dies":
        os.abort()
    if asked.name == "calls out":
        socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if asked.name == "writes":
        with open(asked.encoding or "", "w") as file:  # noqa: PTH123
            file.write("x")
    if asked.name == "starts a program":
        os.system("true")
    raise AssertionError("let it pass")


if __name__ == "__main__":
    sys.exit(child.main({"text": "tests.sources.evil"}))
