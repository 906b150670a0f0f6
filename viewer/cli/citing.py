"""`cite`: where the words of a quote stand, as a note cites it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from db.errors import AllianceError
from db.records import LANGUAGES
from db.store import Store
from viewer.cli.options import OneOf, file_argument, json_option, option
from viewer.cli.output import json_result, result

if TYPE_CHECKING:
    from pathlib import Path

    from db.details import SourceDetail, SourceQuote
    from db.records import Language


def parameters(language: Language) -> list[click.Parameter]:
    quote = click.Argument(["quote"], metavar="QUOTE", type=str)
    return [
        file_argument(),
        quote,
        option(language, "language", told="cite-language", type=OneOf(LANGUAGES)),
        json_option(language),
    ]


def cite(
    message_language: Language, /, file: Path, quote: str, language: Language | None, json: bool
) -> int:
    """Prints the citation of a quote, by its number or key."""
    from viewer.words import citation

    with Store.open(file, read_only=True) as store:
        detail, found = _find(store, quote)
    made = citation.cite(
        detail.source,
        detail.places,
        (found.anchor.start, found.anchor.end),
        found.quote,
        language or message_language,
    )
    if json:
        json_result({"text": citation.plain(made), "html": citation.rich(made)})
    else:
        result(citation.plain(made))
    return 0


def _find(store: Store, key: str) -> tuple[SourceDetail, SourceQuote]:
    """A quote in the newest edition in which it was accepted. Raises `quote.unknown`, and
    `quote.nowhere` for one that was accepted in none."""
    row = next((each for each in store.quotes() if key in (str(each.id), each.slug)), None)
    if row is None:
        raise AllianceError("quote.unknown", key=key)
    accepted = [each.anchor for each in row.anchors if each.anchor.accepted]
    if not accepted:
        raise AllianceError("quote.nowhere", key=key)
    detail = store.source(accepted[-1].source_id)
    return detail, next(each for each in detail.quotes if each.quote.id == row.id)
