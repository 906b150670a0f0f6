"""Of which kind a document is: by what it begins with, and by its suffix."""

from __future__ import annotations

from pathlib import PurePath

from db.errors import AllianceError

SUFFIXES = {
    "txt": "text",
    "text": "text",
    "md": "markdown",
    "markdown": "markdown",
    "html": "html",
    "htm": "html",
    "xhtml": "html",
    "pdf": "pdf",
    "docx": "docx",
    "hwpx": "hwpx",
}
KINDS = tuple(dict.fromkeys(SUFFIXES.values()))

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")  # the container of old Office and Hangul documents
_OLD_HWP = b"HWP Document File"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_HEAD = 1024


def kind_of(name: str, data: bytes, asked: str | None = None) -> str:
    """The kind of a document of that name.

    Raises `source.kind` (known) for one that cannot be read, `source.hwp` and `source.doc` for
    documents of old programs, `source.locked` for a locked one of Office.
    """
    if asked is not None:
        return asked
    suffix = PurePath(name).suffix.removeprefix(".").lower()
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise AllianceError("source.locked")
        raise AllianceError("source.hwp" if suffix == "hwp" or _is_hwp(data) else "source.doc")
    if data.startswith(_OLD_HWP):
        raise AllianceError("source.hwp")
    if b"%PDF-" in data[:_HEAD]:
        return "pdf"
    if data.startswith(b"PK\3\4"):
        found = _zipped(data)
        if found:
            return found
    if suffix in SUFFIXES:
        return SUFFIXES[suffix]
    if (
        data[:_HEAD]
        .lstrip(b"\xef\xbb\xbf \t\r\n")
        .lower()
        .startswith((b"<!doctype html", b"<html"))
    ):
        return "html"
    raise AllianceError("source.kind", known=", ".join(f".{each}" for each in SUFFIXES))


def _is_hwp(data: bytes) -> bool:
    return "FileHeader".encode("utf-16-le") in data and _OLD_HWP in data


def _zipped(data: bytes) -> str | None:
    from viewer.sources.archive import Archive

    try:
        names = Archive(data).names()
    except AllianceError:
        return None  # its reader says what is wrong with it
    if "word/document.xml" in names:
        return "docx"
    if any(name.lower().startswith("contents/section") for name in names):
        return "hwpx"
    return None
