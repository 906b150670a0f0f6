"""`dates`: the dates in the text of a source, or in lines of standard input."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from db.dates import FORMS, parse
from db.errors import AllianceError
from db.store import Store
from viewer.cli.documents import find as find_source
from viewer.cli.options import file_argument, json_option
from viewer.cli.output import json_result, result

if TYPE_CHECKING:
    from pathlib import Path

    from db.records import Language

_INPUT = "-"


def parameters(language: Language) -> list[click.Parameter]:
    source = click.Argument(["source"], metavar="SOURCE", type=str, required=False)
    return [file_argument(), source, json_option(language)]


def dates(_language: Language, /, file: Path, source: str | None, json: bool) -> int:
    """Prints the dates in a source, by its number or key; of `-` a JSON list for each line."""
    if str(file) == _INPUT:
        if source is not None:
            raise AllianceError("usage.extra", value=source)
        # All lines are looked at before the first is answered: bad input prints nothing.
        for document_date, text in [*_lines()]:
            json_result(found_in(text, document_date))
        return 0
    if source is None:
        raise AllianceError("usage.missing", name="SOURCE")
    with Store.open(file, read_only=True) as store:
        stored = store.source(find_source(store, source).id).source
    found = found_in(stored.text, stored.edtf)
    if json:
        json_result(found)
        return 0
    for each in found:
        words, sentence = (" ".join(str(each[name]).split()) for name in ("text", "sentence"))
        result(f"{each['edtf']:<21}  {words}  “{sentence}”")
    return 0


def found_in(text: str, document_date: str | None) -> list[dict[str, object]]:
    """The dates of a text as plain data; places in code points, the end exclusive."""
    from viewer.edits.dates_in_text import find

    return [
        {
            "text": date.text,
            "start": date.start,
            "end": date.end,
            "edtf": date.edtf,
            "sentence": text[date.sentence_start : date.sentence_end],
        }
        for date in find(text, document_date)
    ]


def _lines() -> list[tuple[str | None, str]]:
    """The document dates (None where there is none) and texts of standard input."""
    try:
        lines = sys.stdin.buffer.read().decode("utf-8-sig").split("\n")
    except UnicodeDecodeError:
        raise AllianceError("dates.encoding") from None
    if not lines[-1]:
        lines.pop()
    return [_line(number, line) for number, line in enumerate(lines, 1)]


def _line(number: int, line: str) -> tuple[str | None, str]:
    document_date, tab, text = line.removesuffix("\r").partition("\t")
    if not tab:
        raise AllianceError("dates.line", line=number)
    document_date = document_date.strip()
    if not document_date:
        return None, text
    try:
        return parse(document_date).text, text
    except AllianceError:
        shown = document_date[:60]
        raise AllianceError("dates.document", line=number, text=shown, forms=FORMS) from None
