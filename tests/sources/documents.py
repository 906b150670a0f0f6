"""Documents for the tests of the readers, made by hand or by a library, and a way to read them."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

from viewer.sources import worker
from viewer.sources.records import Asked, ReadDocument

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Line = tuple[float, float, str]
"""Where a line of a page begins, in points from the lower left, and its words."""

_NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    }.items()
)
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"


def read(kind: str, data: bytes, **asked: Any) -> ReadDocument:
    """Reads a document as the program does: in a process of its own."""
    return worker.read(data, Asked(kind, **asked))


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return made.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """A document of Word with this body, and further parts of the folder `word` by name."""
    more = {
        f"word/{name}.xml": f"<w:{root} {_NAMESPACES}>{inner}</w:{root}>"
        for name, inner in parts.items()
        for root in ["hdr" if name.startswith("header") else "ftr"]
    }
    return zipped(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
            'content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{_RELATIONSHIPS}"><Relationship Id="r1"'
            f' Type="{_OFFICE}" Target="word/document.xml"/></Relationships>',
            "docProps/core.xml": '<p:coreProperties xmlns:p="urn:p" xmlns:dc="urn:dc"'
            ' xmlns:dcterms="urn:t"><dc:title>한미 공동성명</dc:title><dc:creator>외교부'
            "</dc:creator><dcterms:created>2022-05-21T05:00:00Z</dcterms:created>"
            "</p:coreProperties>",
            "word/document.xml": f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>",
            **more,
        }
    )


def paragraph(*runs: str) -> str:
    """A paragraph of Word; a run that is no markup is text."""
    return (
        "<w:p>" + "".join(each if each.startswith("<") else run(each) for each in runs) + "</w:p>"
    )


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def pdf(pages: Sequence[Sequence[Line]], title: str = "", labels: str = "") -> bytes:
    """A PDF that draws these lines in this order, in a Korean font that is not in the file.

    `labels` is the dictionary of page labels as PDF has it.
    """
    objects: list[bytes] = []

    def add(content: str | bytes) -> int:
        objects.append(content if isinstance(content, bytes) else content.encode("ascii"))
        return len(objects)

    def hexadecimal(text: str) -> str:
        return text.encode("utf-16-be").hex()

    font = add(
        "<< /Type /Font /Subtype /Type0 /BaseFont /HYSMyeongJo-Medium"
        " /Encoding /UniKS-UTF16-H /DescendantFonts [ << /Type /Font /Subtype /CIDFontType0"
        " /BaseFont /HYSMyeongJo-Medium /CIDSystemInfo << /Registry (Adobe) /Ordering (Korea1)"
        " /Supplement 1 >> /DW 1000 /FontDescriptor << /Type /FontDescriptor"
        " /FontName /HYSMyeongJo-Medium /Flags 6 /FontBBox [0 -120 1000 880] /ItalicAngle 0"
        " /Ascent 880 /Descent -120 /CapHeight 880 /StemV 80 >> >> ] >>"
    )
    tree = 2 + 2 * len(pages)
    numbers = []
    for lines in pages:
        drawn = "".join(
            f"BT /F1 10 Tf 1 0 0 1 {x} {y} Tm <{hexadecimal(text)}> Tj ET\n" for x, y, text in lines
        )
        stream = add(f"<< /Length {len(drawn)} >>\nstream\n{drawn}endstream")
        numbers.append(
            add(
                f"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 595 842] /Contents {stream} 0 R"
                f" /Resources << /Font << /F1 {font} 0 R >> >> >>"
            )
        )
    kids = " ".join(f"{number} 0 R" for number in numbers)
    assert add(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>") == tree
    labelled = f" /PageLabels {labels}" if labels else ""
    root = add(f"<< /Type /Catalog /Pages {tree} 0 R{labelled} >>")
    facts = add(f"<< /Title <feff{hexadecimal(title)}> /CreationDate (D:20220521090000+09'00') >>")
    return _assembled(objects, root, facts)


def _assembled(objects: list[bytes], root: int, facts: int) -> bytes:
    made = bytearray(b"%PDF-1.7\n")
    starts = []
    for number, content in enumerate(objects, 1):
        starts.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % start for start in starts)
    made += b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        root,
        facts,
        table,
    )
    return bytes(made)
