"""`sources` and `text`: the stored documents and what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.store import Store
from viewer.cli.documents import find
from viewer.cli.options import file_argument, json_option
from viewer.cli.output import json_result, result
from viewer.words import t

if TYPE_CHECKING:
    from pathlib import Path

    from db.details import SourceRow
    from db.records import Language

import click


def sources_parameters(language: Language) -> list[click.Parameter]:
    return [file_argument(), json_option(language)]


def text_parameters(language: Language) -> list[click.Parameter]:
    source = click.Argument(["source"], metavar="SOURCE", type=str)
    return [file_argument(), source, json_option(language)]


def sources(language: Language, /, file: Path, json: bool) -> int:
    """Lists the sources of a file by title."""
    with Store.open(file, read_only=True) as store:
        rows = store.sources()
    if json:
        json_result([as_data(row) for row in rows])
        return 0
    for row in rows:
        counts = t("cli.sources.line", language, characters=row.characters, quotes=row.quotes)
        if row.changed:
            counts += "; " + t("cli.sources.changed", language)
        title = " ".join(row.title.text(language).split())
        result(f"{row.id:<16}  {row.edtf or '–':<10}  {row.language:<3}  {title}  ({counts})")
    return 0


def text(language: Language, /, file: Path, source: str, json: bool) -> int:
    """Prints the stored text of a source, by its number or key."""
    with Store.open(file, read_only=True) as store:
        found = store.source(find(store, source).id)
    if not json:
        result(found.source.text)
        return 0
    places = [
        {"label": place.label, "start": place.start, "end": place.end} for place in found.places
    ]
    json_result({"text": found.source.text, "places": places})
    return 0


def as_data(row: SourceRow) -> dict[str, object]:
    """A source as plain data, the same in every language."""
    return {
        "id": row.id,
        "slug": row.slug,
        "title": {"en": row.title.en, "ko": row.title.ko},
        "media_type": row.media_type,
        "language": row.language,
        "date": row.edtf,
        "characters": row.characters,
        "places": row.places,
        "sha256": row.sha256,
        "supersedes": row.supersedes_id,
        "translation_of": row.translation_from,
        "quotes": row.quotes,
        "changed": row.changed,
    }
