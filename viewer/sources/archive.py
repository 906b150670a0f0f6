"""Zipped documents: looked over before anything in them is unpacked or read.

What they say of their sizes is compared with the limits first, what they hold is then unpacked no
further than they said, and their XML goes through a parser that stops at a document type (the
door to entities that grow or reach outside) and at elements nested too deeply.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING
from xml.parsers import expat  # its document types are refused below

from db.errors import AllianceError

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_FILES = 10_000
MOST_BYTES = 512 << 20  # unpacked, all files together
MOST_RATIO = 200  # of the unpacked to the packed, where that is more than FREE
FREE = 32 << 20  # bytes unpacked that may be packed however tightly: blank pages are
MOST_XML = 128 << 20
DEPTH = 400
_STEP = 1 << 16
_LOCKED = 0x1  # the flag of a file that needs a password


class Archive:
    """A zipped document. Raises `source.broken`, `source.bomb` (most, in MB), `source.locked`."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise AllianceError("source.broken") from error
        entries = self._zip.infolist()
        unpacked = sum(entry.file_size for entry in entries)
        grows = unpacked > FREE and unpacked > MOST_RATIO * max(len(data), 1)
        if len(entries) > MOST_FILES or unpacked > MOST_BYTES or grows:
            raise AllianceError("source.bomb", most=MOST_BYTES >> 20)
        if any(entry.flag_bits & _LOCKED for entry in entries):
            raise AllianceError("source.locked")

    def names(self) -> list[str]:
        return self._zip.namelist()

    def part(self, name: str) -> bytes:
        """The bytes of a part; empty where there is none.

        Raises `source.broken`, `source.bomb` for a part that is larger than it says.
        """
        try:
            entry = self._zip.getinfo(name)
        except KeyError:
            return b""
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise AllianceError("source.broken")  # the others unpack without a limit
        found = bytearray()
        try:
            with self._zip.open(entry) as stream:
                while block := stream.read(_STEP):
                    found += block
                    if len(found) > entry.file_size:
                        raise AllianceError("source.bomb", most=MOST_BYTES >> 20)
        except (zipfile.BadZipFile, EOFError, OSError, ValueError, zlib.error) as error:
            raise AllianceError("source.broken") from error
        return bytes(found)

    def xml(self, name: str) -> bytes:
        """The bytes of a part that is XML, once they were looked over (`check_xml`)."""
        data = self.part(name)
        if data:
            check_xml(data)
        return data


def check_xml(data: bytes) -> None:
    """Raises `source.doctype`, `source.deep`, `source.large`, `source.broken`."""
    if len(data) > MOST_XML:
        raise AllianceError("source.large", most=MOST_XML >> 20)
    depth = 0

    def begin(_name: str, _attributes: object) -> None:
        nonlocal depth
        depth += 1
        if depth > DEPTH:
            raise AllianceError("source.deep", most=DEPTH)

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def doctype(*_told: object) -> None:
        raise AllianceError("source.doctype")

    parser = expat.ParserCreate()
    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise AllianceError("source.broken") from error


def packed(parts: Iterable[tuple[str, bytes]]) -> io.BytesIO:
    """A zipped file of these parts, in memory."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in parts:
            archive.writestr(name, data)
    made.seek(0)
    return made
