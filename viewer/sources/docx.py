"""Documents of Word: mammoth makes HTML of them, and the walk of `markup` the text.

What mammoth would pass over (see `viewer.sources.word`) is put before it in a form that it takes.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from db.errors import AllianceError
from viewer.sources import archive, markup, properties, word
from viewer.sources import text as texts
from viewer.sources.records import Asked, ReadDocument, ReadWarning

if TYPE_CHECKING:
    from viewer.sources.records import Progress

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def read(data: bytes, _asked: Asked, progress: Progress) -> ReadDocument:
    """The text of a document, its notes at the end; what was deleted under tracked changes is
    not in it, what was inserted is. Raises what `Archive` does."""
    import mammoth

    file = archive.Archive(data)
    progress(1, 6)
    parts = {
        name: file.xml(name) for name in file.names() if name.lower().endswith((".xml", ".rels"))
    }
    progress(2, 6)
    prepared = word.prepare(parts)
    progress(3, 6)
    try:
        made = mammoth.convert_to_html(
            archive.packed(prepared.parts.items()),
            convert_image=_no_image,
            include_embedded_style_map=False,
            ignore_empty_paragraphs=True,
        )
    except (KeyError, ValueError, OSError, AttributeError, IndexError, TypeError) as error:
        raise AllianceError("source.broken") from error
    progress(4, 6)
    tree = markup.parse(made.value)
    text = markup.text_of(tree.body, blanks=True)
    progress(5, 6)
    stored = texts.kept(text)
    facts = properties.of_office(parts.get("docProps/core.xml", b""))
    warnings = list(texts.told_of(text))
    if lost := word.lacking(prepared.letters, text):
        warnings.append(ReadWarning("lost-letters", {"count": lost}))
    return ReadDocument(
        text=stored,
        places=texts.by_paragraph(stored),
        media_type=MEDIA_TYPE,
        reader=f"docx 1 (mammoth {version('mammoth')})",
        title=texts.kept(facts.title) or texts.first_line(stored),
        author=texts.kept(facts.author),
        date=facts.date,
        dated_by="properties" if facts.date else "",
        language=texts.language_of(stored, facts.language),
        warnings=tuple(warnings),
    )


def _no_image(_image: object) -> list[object]:
    return []
