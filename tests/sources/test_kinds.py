"""Which reader a document gets: by what it begins with, else by its suffix."""

from __future__ import annotations

import pytest

from db.errors import AllianceError
from tests.sources.documents import docx, paragraph, pdf, zipped
from viewer.sources.kinds import kind_of

OLE = bytes.fromhex("d0cf11e0a1b11ae1")


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("기사.txt", b"x", "text"),
        ("기사.MD", b"x", "markdown"),
        ("기사.htm", b"x", "html"),
        ("기사", b"\n<!DOCTYPE html><p>x", "html"),
        ("성명.txt", pdf([[]]), "pdf"),
        ("성명.bin", docx(paragraph("x")), "docx"),
        ("성명.zip", zipped({"Contents/section0.xml": "<x/>"}), "hwpx"),
        ("깨진 성명.docx", b"PK\3\4", "docx"),
    ],
)
def test_the_kind_is_found(name: str, data: bytes, kind: str) -> None:
    assert kind_of(name, data) == kind
    assert kind_of(name, data, "text") == "text"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("옛 문서.hwp", OLE + bytes(600), "source.hwp"),
        ("옛 문서", OLE + "FileHeader".encode("utf-16-le") + b"HWP Document File V5", "source.hwp"),
        ("더 옛 문서.hwp", b"HWP Document File V3.00", "source.hwp"),
        ("옛 문서.doc", OLE + bytes(600), "source.doc"),
        ("잠긴 문서.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "source.locked"),
        ("노래.mp3", b"ID3", "source.kind"),
    ],
)
def test_what_cannot_be_read_is_told_what_to_do(name: str, data: bytes, code: str) -> None:
    with pytest.raises(AllianceError) as told:
        kind_of(name, data)
    assert told.value.code == code
