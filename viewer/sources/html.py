"""Pages of the web, and pasted rich text: their text, and what they declare of themselves."""

from __future__ import annotations

import re
from importlib.metadata import version
from typing import TYPE_CHECKING

from db.errors import AllianceError
from viewer.sources import markup
from viewer.sources import text as texts
from viewer.sources.decoding import declared, decode, decode_as
from viewer.sources.records import Asked, ReadDocument

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborHTMLParser

    from viewer.sources.records import Progress

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.I)
_HEAD = 4096  # bytes in which a page declares its encoding

_AUTHOR = ("author", "article:author", "dc.creator", "dcterms.creator", "citation_author")
_DATE = (
    "article:published_time", "og:article:published_time", "datepublished", "date", "dc.date",
    "dcterms.date", "dc.date.issued", "dcterms.issued", "citation_publication_date", "pubdate",
)  # fmt: skip
_PUBLISHER = ("og:site_name", "dc.publisher", "dcterms.publisher", "citation_publisher")
_RIGHTS = ("copyright", "dc.rights", "dcterms.rights")


def read(data: bytes, asked: Asked, progress: Progress) -> ReadDocument:
    """The text of a page. Raises `source.encoding…`, `source.deep`."""
    page, encoding = _decoded(data, asked.encoding)
    progress(1, 4)
    tree = markup.parse(page)
    progress(2, 4)
    text = markup.text_of(tree.body if tree.body is not None else tree.root)
    progress(3, 4)
    said = _said(tree)
    heading = texts.first_line(markup.text_of(tree.css_first("h1")))
    title = _first(said, ("og:title", "dc.title", "citation_title")) or _title(tree) or heading
    date = texts.day(_every(said, _DATE)) or texts.day(_times(tree))
    stored = texts.kept(text)
    root = tree.css_first("html")
    link = tree.css_first("link[rel=canonical]")
    url = (link.attributes.get("href") if link is not None else "") or _first(said, ("og:url",))
    return ReadDocument(
        text=stored,
        places=texts.by_paragraph(stored),
        media_type="text/html",
        reader=f"text/html 1 (selectolax {version('selectolax')})",
        title=texts.kept(title or texts.first_line(stored)),
        author=texts.kept(_first(said, _AUTHOR)),
        publisher=texts.kept(_first(said, _PUBLISHER)),
        date=date,
        dated_by="document" if date else "",
        language=texts.language_of(stored, (root and root.attributes.get("lang")) or ""),
        url=url if url.startswith(("http://", "https://")) else "",
        rights=texts.kept(_first(said, _RIGHTS)),
        encoding=encoding,
        warnings=texts.told_of(text),
    )


def _decoded(data: bytes, asked: str | None) -> tuple[str, str]:
    """By what is asked for, the byte order mark, UTF-8, what the page declares, or as a text."""
    found = _DECLARED.search(data[:_HEAD])
    if asked or not found:
        return decode(data, asked)
    try:
        return decode(data)
    except AllianceError:
        return decode_as(data, declared(found[1].decode("ascii")))


def _said(tree: LexborHTMLParser) -> dict[str, list[str]]:
    """What the page's `meta` elements say, by their names in small letters."""
    said: dict[str, list[str]] = {}
    for meta in tree.css("meta"):
        names = (meta.attributes.get(each) for each in ("name", "property", "itemprop"))
        content = " ".join((meta.attributes.get("content") or "").split())
        for name in names:
            if name and content:
                said.setdefault(name.lower(), []).append(content)
    return said


def _every(said: dict[str, list[str]], names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        yield from said.get(name, ())


def _first(said: dict[str, list[str]], names: tuple[str, ...]) -> str:
    # An author may be told by the address of a page about them, which is no name.
    every = (each for each in _every(said, names) if names != _AUTHOR or "://" not in each)
    return next(every, "")


def _title(tree: LexborHTMLParser) -> str:
    title = tree.css_first("title")
    return " ".join(title.text().split()) if title is not None else ""


def _times(tree: LexborHTMLParser) -> Iterator[str]:
    for time in tree.css("time[datetime]")[:1]:
        yield time.attributes.get("datetime") or ""
