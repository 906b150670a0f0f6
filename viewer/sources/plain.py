"""Plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viewer.sources import text as texts
from viewer.sources.decoding import decode
from viewer.sources.records import Asked, ReadDocument

if TYPE_CHECKING:
    from viewer.sources.records import Progress

READER = "text/plain 1"


def read(data: bytes, asked: Asked, progress: Progress) -> ReadDocument:
    """The text as it is written. Raises `source.encoding…`."""
    written, encoding = decode(data, asked.encoding)
    progress(1, 2)
    text = texts.kept(written)
    return ReadDocument(
        text=text,
        places=texts.by_paragraph(text),
        media_type="text/plain",
        reader=READER,
        title=texts.first_line(text),
        language=texts.language_of(text),
        encoding=encoding,
        warnings=texts.told_of(written),
    )
