"""Sources, quotes and oddities of the seed files as rows, each proved against the stored text."""

from __future__ import annotations

import unicodedata
from hashlib import sha256
from typing import TYPE_CHECKING

from db import quotes
from db.changes import fixed_id
from db.records import ASPECTS, FORMS, MODES, STANCES

if TYPE_CHECKING:
    from pathlib import Path

    from db.changes import Value
    from db.seeds.book import Book
    from db.seeds.reading import Entry

MEDIA_TYPES = ("text/plain",)
READER = "text/plain 1"  # what made the stored text of the bytes, and its version


def add_sources(book: Book, file: Entry) -> None:
    for source in file.tables("source"):
        _add_source(book, source)
    file.finish()


def _add_source(book: Book, source: Entry) -> None:
    slug = source.text("slug")
    data = _bytes(book.folder, source)
    text = _text(source, data)
    values: dict[str, Value] = {
        "slug": slug,
        "edtf": source.optional_date("date"),
        "language": source.text("language"),
        "url": source.optional("url"),
        "rights": source.optional("rights"),
        "marking": source.optional("marking"),
        "media_type": source.choice("media_type", MEDIA_TYPES),
        "reader": READER,
        "blob_sha256": source.text("sha256"),
        "text": text,
        "translation_from": source.optional("translation_from"),
        "supersedes_id": book.refer_if(source, "supersedes", "source"),
        **source.both("title", needed=True),
        **source.both("publisher"),
        **source.both("author"),
        **source.both("date_note"),
        **source.both("translation_by"),
        **source.both("translation_note"),
    }
    source_id = book.add("source", slug, source, values)
    source.finish()
    book.blobs.append(data)
    book.texts[slug] = text
    for label, start, end in quotes.paragraphs(text):
        place: dict[str, Value] = {
            "source_id": source_id,
            "label": label,
            "start": start,
            "end": end,
        }
        book.add("source_place", f"{slug}/{label}", source, place)


def _bytes(folder: Path, source: Entry) -> bytes:
    name = source.text("file")
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        raise source.error("outside", "file", name=name)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise source.error("source", "file", name=name) from error
    digest = sha256(data).hexdigest()
    if digest != source.text("sha256"):
        raise source.error("sha256", "sha256", name=name, value=digest)
    return data


def _text(source: Entry, data: bytes) -> str:
    name = source.text("file")
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise source.error("source_encoding", "file", name=name) from error
    if "\0" in text or not unicodedata.is_normalized("NFC", text):
        raise source.error("source_form", "file", name=name)
    return text


def add_quotes(book: Book, file: Entry) -> None:
    """The speakers, and what they said."""
    for speaker in file.tables("speaker"):
        values: dict[str, Value] = {
            **speaker.both("name", needed=True),
            **speaker.both("role"),
            "named": speaker.flag("named"),
        }
        key = speaker.text("key")
        speaker.finish()
        book.add("speaker", key, speaker, values)
    for quote in file.tables("quote"):
        _add_quote(book, quote)
    file.finish()


def _add_quote(book: Book, quote: Entry) -> None:
    slug = quote.text("slug")
    source_id = book.refer(quote, "source", "source")
    source = quote.text("source")
    exact, start = book.stretch(quote, source, "exact", "start")
    length = quote.whole("length", range(1, len(book.texts[source]) + 1))
    if length != len(exact):
        raise quote.error("length", "length", value=length, found=len(exact))
    values: dict[str, Value] = {
        "slug": slug,
        "source_id": source_id,
        "exact": exact,
        "form": quote.choice("form", FORMS),
        "language": quote.optional("language") or _language(book, source_id),
        "speaker_id": book.refer(quote, "speaker", "speaker"),
        "attribution": quote.optional("attribution"),
        **quote.both("note"),
    }
    quote_id = book.add("quote", slug, quote, values)
    attribution_start = None
    if quote.has("attribution"):
        _, attribution_start = book.stretch(quote, source, "attribution", "attribution_start")
    selector = quotes.select(book.texts[source], start, start + length)
    anchor: dict[str, Value] = {
        "quote_id": quote_id,
        "source_id": source_id,
        "start": selector.start,
        "end": selector.end,
        "before": selector.before,
        "after": selector.after,
        "attribution_start": attribution_start,
        "state": "intact",
        "score": quotes.FULL,
        "accepted": 1,
    }
    book.add("anchor", f"{slug}/{source}", quote, anchor)
    _add_translations(book, quote, slug, quote_id)
    _add_evidence(book, quote, slug, quote_id)
    _add_figures(book, quote, source, quote_id)
    quote.finish()


def _language(book: Book, source_id: int) -> Value:
    """The language of a source that was added before."""
    for change in book.changes:
        if (change.table, change.id) == ("source", source_id):
            return change.values["language"]
    return None


def _add_translations(book: Book, quote: Entry, slug: str, quote_id: int) -> None:
    for translation in quote.tables("translation"):
        values: dict[str, Value] = {
            "quote_id": quote_id,
            "language": translation.text("language"),
            "text": translation.text("text"),
            **translation.both("by", needed=True),
        }
        translation.finish()
        path = f"{slug}/{values['language']}"
        book.add("quote_translation", path, translation, values)


def _add_evidence(book: Book, quote: Entry, slug: str, quote_id: int) -> None:
    for evidence in quote.tables("evidence"):
        event_id = book.refer_if(evidence, "event", "event")
        stage_id = book.refer_if(evidence, "stage", "stage")
        if (event_id is None) == (stage_id is None):
            raise evidence.error("target")
        aspect = evidence.choice("aspect", ASPECTS)
        values: dict[str, Value] = {
            "quote_id": quote_id,
            "event_id": event_id,
            "stage_id": stage_id,
            "stance": evidence.choice("stance", STANCES),
            "aspect": aspect,
            "mode": evidence.choice("mode", MODES),
            **evidence.both("note"),
        }
        evidence.finish()
        on = "event" if event_id else "stage"
        target = f"{on}/{evidence.text(on)}"
        book.add("evidence", f"{slug}/{target}/{aspect}", evidence, values)


def _add_figures(book: Book, quote: Entry, source: str, quote_id: int) -> None:
    for figure in quote.tables("figure"):
        exact, start = book.stretch(figure, source, "exact", "start")
        values: dict[str, Value] = {
            "quote_id": quote_id,
            "source_id": fixed_id("source", source),
            "exact": exact,
            "start": start,
            "end": start + len(exact),
            "value": figure.text("value"),
            "edtf": figure.optional_date("date"),
            **figure.both("unit"),
            **figure.both("note"),
        }
        slug = figure.text("slug")
        figure.finish()
        book.add("figure", slug, figure, values)


def add_oddities(book: Book, file: Entry) -> None:
    for oddity in file.tables("oddity"):
        source_id = book.refer(oddity, "source", "source")
        exact, start = book.stretch(oddity, oddity.text("source"), "exact", "start")
        values: dict[str, Value] = {
            "source_id": source_id,
            "kind": oddity.text("kind"),
            "exact": exact,
            "start": start,
            "end": start + len(exact),
            **oddity.both("note", needed=True),
        }
        slug = oddity.text("slug")
        oddity.finish()
        book.add("oddity", slug, oddity, values)
    file.finish()
