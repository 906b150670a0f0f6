"""Where words stand, as a note cites it: in the English manner (like that of Chicago) or as a
Korean footnote.

A title, an author and a publisher are called as the document calls them; what is Korean stands
between Korean brackets, what is not in italics or between quotation marks, in either style.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from db.dates import civil, parse
from db.records import LANGUAGES
from viewer.words.catalogue import t
from viewer.words.dates import edtf_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from db.records import Bilingual, Language, Quote, Source, SourcePlace

_PAGED = "application/pdf"
_WEB = ("http://", "https://")


class Run(NamedTuple):
    """A stretch of a citation in one type."""

    text: str
    italic: bool = False


Citation = tuple[Run, ...]


def plain(citation: Citation) -> str:
    return "".join(run.text for run in citation)


def rich(citation: Citation) -> str:
    """The same as a piece of HTML, for programs that take text with its type."""
    return "".join(
        f"<i>{escape(run.text)}</i>" if run.italic else escape(run.text) for run in citation
    )


def cite(
    source: Source,
    places: Sequence[SourcePlace],
    stretch: tuple[int, int],
    quote: Quote | None,
    language: Language,
) -> Citation:
    """The citation of a stretch of a source (code points, end exclusive) in the style of a
    language; with a quote it says whose words they are, and whether they stand there at all."""
    own: Language = "ko" if source.language == "ko" else "en"
    runs: list[Run] = []
    said = _said(source, quote, language)
    # A Korean footnote leaves foreign names as they are; a note in English takes those it has.
    names: Language = own if language == "ko" else language
    author, publisher = source.author.text(names), source.publisher.text(names)
    if said:
        runs.append(Run(f"{said} "))
    if author:
        runs.append(Run(f"{author}, "))
    runs += _title(source.title, own, language)
    if publisher:
        runs += [_publisher(publisher), Run(", ")]
    rest = [_date(source.edtf, language), _place(source, places, stretch, language)]
    if (source.url or "").startswith(_WEB):
        rest.append(source.url or "")
    runs.append(Run(", ".join(part for part in rest if part)))
    runs += [Run(part) for part in _remarks(source, quote, language)]
    runs.append(Run("."))
    return tuple(runs)


def _said(source: Source, quote: Quote | None, language: Language) -> str:
    """Whose words they are; nothing where they are the document's own."""
    if quote is None or quote.form in ("reporter", "headline"):
        return ""
    name, role = quote.speaker.name.text(language), quote.speaker.role.text(language)
    if _shares(quote.speaker.name, source.author) or _shares(quote.speaker.name, source.publisher):
        return ""
    if not quote.speaker.named:
        name, role = t("inspector.not-named", language, name=name), ""
    key = "citation.said-as" if role else "citation.said"
    return t(key, language, name=name, role=role)


def _title(title: Bilingual, own: Language, language: Language) -> Iterator[Run]:
    """The document's own title; for readers of English what it means, where that is known."""
    text = title.text(own)
    translated = title.en if own == "ko" and language == "en" and title.has("ko") else None
    if language == "ko":
        yield Run(f"「{text}」, " if _is_korean(text) else f"“{text},” ")
    elif translated:
        yield Run(f"“{text}” [{translated}], ")
    else:
        yield Run(f"“{text},” ")


def _publisher(name: str) -> Run:
    return Run(f"『{name}』") if _is_korean(name) else Run(name, italic=True)


def _date(edtf: str | None, language: Language) -> str:
    """A day in the manner of the style, any other date in words."""
    if not edtf:
        return t("citation.undated", language)
    date = parse(edtf)
    part = date.start
    exact = part is not None and part.precision == "day" and date.text == edtf[:10]
    if date.interval or part is None or not exact:
        return edtf_words(edtf, language)
    year, month, day = civil(part.first)
    name = t(f"citation.month.{month}", language)
    return t("citation.day", language, year=year, month=name, day=day)


def _place(
    source: Source,
    places: Sequence[SourcePlace],
    stretch: tuple[int, int],
    language: Language,
) -> str:
    """The pages or paragraphs that a stretch touches."""
    start, end = stretch
    labels = [each.label for each in places if each.start < end and each.end > start]
    if not labels:
        return ""
    first, last = labels[0], labels[-1]
    if not (first.isdigit() and last.isdigit()):
        return first if first == last else f"{first}–{last}"
    paged = source.media_type == _PAGED
    if first == last:
        key = "citation.page" if paged else "citation.paragraph"
        return t(key, language, number=first)
    key = "citation.pages" if paged else "citation.paragraphs"
    return t(key, language, first=first, last=last)


def _remarks(source: Source, quote: Quote | None, language: Language) -> Iterator[str]:
    """That it is a translation, how it is to be handled, and that its words are not there."""
    if source.translation_from:
        known = source.translation_from in LANGUAGES
        name = (
            t(f"inspector.language.{source.translation_from}", language)
            if known
            else source.translation_from
        )
        by = source.translation_by.text(language)
        key = "citation.translated-by" if by else "citation.translated"
        yield t(key, language, language=name, by=by)
    if source.marking:
        yield f" [{source.marking}]"
    if quote is not None and quote.state == "broken":
        yield f" {t('citation.broken', language)}"


def _shares(one: Bilingual, other: Bilingual) -> bool:
    return any(name and name == also for name, also in zip(one, other, strict=True))


def _is_korean(text: str) -> bool:
    return any("가" <= each <= "힣" for each in text)
