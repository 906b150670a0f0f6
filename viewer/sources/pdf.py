"""PDF: the text of its pages, by PDFium."""

from __future__ import annotations

from contextlib import closing
from importlib.metadata import version
from typing import TYPE_CHECKING

from db.errors import AllianceError
from viewer.sources import text as texts
from viewer.sources.columns import letters, whole
from viewer.sources.records import Asked, Place, ReadDocument, ReadWarning

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

    from viewer.sources.records import Progress

_PASSWORD = 4  # FPDF_ERR_PASSWORD
_SECURITY = 5  # FPDF_ERR_SECURITY


def read(data: bytes, asked: Asked, progress: Progress) -> ReadDocument:
    """The text page by page, with a line break between two. A PDF without text is one all the
    same, with the warning `no-text`.

    Raises `source.encrypted` where a password is needed, `source.password` where it is another,
    `source.locked` for a kind of lock that is not known, `source.broken`.
    """
    with closing(opened(data, asked.password)) as document:
        pages = len(document)
        if not pages:
            raise AllianceError("source.broken")
        labels = _labels(document, pages)
        parts: list[str] = []
        places: list[Place] = []
        unknown = 0
        at = 0
        for number in range(pages):
            progress(number, pages)
            raw = _page_text(document, number)
            unknown += sum(warning.fields["count"] for warning in texts.told_of(raw))
            text = texts.kept(raw)
            places.append(Place(labels[number], at, at + len(text)))
            parts.append(text)
            at += len(text) + 1
        said = document.get_metadata_dict()
    text = "\n".join(parts)
    # Composed forms do not reach over a line break: the whole is NFC as its pages are.
    if not text.strip():
        text, places = "", [Place(label, 0, 0) for label in labels]
    warnings = []
    if not text:
        warnings.append(ReadWarning("no-text", {"pages": pages}))
    elif empty := sum(place.start == place.end for place in places):
        warnings.append(ReadWarning("pages-without-text", {"count": empty, "pages": pages}))
    if unknown:
        warnings.append(ReadWarning("unknown-letters", {"count": unknown, "sign": texts.MISSING}))
    date = texts.day([said.get("CreationDate", ""), said.get("ModDate", "")])
    return ReadDocument(
        text=text,
        places=tuple(places),
        media_type="application/pdf",
        reader=f"application/pdf 1 (pypdfium2 {version('pypdfium2')})",
        title=" ".join(texts.kept(said.get("Title", "")).split()) or texts.first_line(text),
        author=" ".join(texts.kept(said.get("Author", "")).split()),
        date=date,
        dated_by="properties" if date else "",
        language=texts.language_of(text),
        warnings=tuple(warnings),
    )


def opened(data: bytes, password: str | None) -> PdfDocument:
    """The document. Raises `source.encrypted`, `.password`, `.locked` and `.broken`."""
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(data, password=password)
    except pypdfium2.PdfiumError as error:
        code = getattr(error, "err_code", None)
        if code == _PASSWORD:
            raise AllianceError("source.password" if password else "source.encrypted") from error
        raise AllianceError("source.locked" if code == _SECURITY else "source.broken") from error


def _page_text(document: PdfDocument, number: int) -> str:
    """The text of a page. One that cannot be loaded has none: it may be looked at all the same."""
    import pypdfium2

    try:
        with closing(document[number]) as page, closing(page.get_textpage()) as found:
            return whole("".join(letter for letter, _ in letters(found)))
    except pypdfium2.PdfiumError:
        return ""


def _labels(document: PdfDocument, pages: int) -> list[str]:
    """The numbers printed on the pages, where the file has them and no two are the same."""
    own = [texts.kept(document.get_page_label(number) or "").strip() for number in range(pages)]
    counted = [str(number + 1) for number in range(pages)]
    return own if all(own) and len(set(own)) == pages else counted
