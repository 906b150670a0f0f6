"""Markdown: the words without their marks. HTML in it is taken as the text that it is."""

from __future__ import annotations

import re
from importlib.metadata import version
from typing import TYPE_CHECKING

from db.errors import AllianceError
from viewer.sources import markup
from viewer.sources import text as texts
from viewer.sources.decoding import decode
from viewer.sources.records import Asked, ReadDocument

if TYPE_CHECKING:
    from viewer.sources.records import Progress

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_NESTED = 200  # quotations and lists within each other
_FACT = re.compile(r"^(title|author|date|publisher|language|lang|url|rights):[ \t]*(.+)$", re.M)


def read(data: bytes, asked: Asked, progress: Progress) -> ReadDocument:
    """The text of a Markdown file. Raises `source.encoding…`, `source.deep`."""
    from markdown_it import MarkdownIt

    written, encoding = decode(data, asked.encoding)
    source = texts.kept(written)
    front = _FRONT.match(source)
    body = source[front.end() :] if front else source
    progress(1, 3)
    language = MarkdownIt("commonmark", {"html": False, "maxNesting": _NESTED})
    tokens = language.enable(["table", "strikethrough"]).parse(body)
    if any(token.level >= _NESTED - 1 for token in tokens):
        raise AllianceError("source.deep", most=_NESTED)  # what is deeper would be left out
    made = language.renderer.render(tokens, language.options, {})
    progress(2, 3)
    tree = markup.parse(made)
    text = texts.kept(markup.text_of(tree.body))
    if front:
        text = f"{front[1].strip()}\n{text}".rstrip("\n")
    facts = _facts(front[1]) if front else {}
    heading = texts.first_line(markup.text_of(tree.css_first("h1, h2")))
    date = texts.day([facts.get("date", "")])
    return ReadDocument(
        text=text,
        places=texts.by_paragraph(text),
        media_type="text/markdown",
        reader=f"text/markdown 1 (markdown-it-py {version('markdown-it-py')})",
        title=facts.get("title") or heading or texts.first_line(text),
        date=date,
        dated_by="document" if date else "",
        language=texts.language_of(text, facts.get("language", facts.get("lang", ""))),
        encoding=encoding,
        warnings=texts.told_of(written),
        author=facts.get("author", ""),
        publisher=facts.get("publisher", ""),
        url=facts.get("url", ""),
        rights=facts.get("rights", ""),
    )


def _facts(front: str) -> dict[str, str]:
    """What the lines before the text say."""
    return {name: value.strip().strip("\"'") for name, value in _FACT.findall(front)}
