"""Reads a table of events: the CSV that spreadsheets write, whichever of its dialects.

The first line names the columns, in any order and case; comma, semicolon or tab between them is
told by those names. Cells come out in Unicode's composed form, without blanks at their ends.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from db.bulk import many_records
from db.errors import AllianceError
from viewer.exchange.decoding import decode, decode_as

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    Progress = Callable[[int, int], object]

COLUMNS = (
    "date",
    "lane",
    "title_en",
    "title_ko",
    "label_en",
    "label_ko",
    "summary_en",
    "summary_ko",
    "kind",
    "importance",
    "status",
    "place_en",
    "place_ko",
    "tags",
)
DELIMITERS = (",", ";", "\t")
_REQUIRED = ("date", "lane")
_TITLES = ("title_en", "title_ko")
_STEP = 1000  # rows between two words about the progress


class TableRow(NamedTuple):
    """A row: the line it begins on (from 1, the header's is counted), and its cells by column,
    the empty ones left out."""

    line: int
    cells: Mapping[str, str]


class EventTable(NamedTuple):
    encoding: str
    delimiter: str
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]


def read(data: bytes, encoding: str | None = None, progress: Progress | None = None) -> EventTable:
    """The rows of a table; `encoding` is found where it is not told.

    `progress` is told now and then how many characters of how many are read; what it raises ends
    the reading. Raises `import.encoding…` (see `viewer.exchange.decoding`), `import.empty`,
    `import.header`, `import.header.unknown`, `.twice`, `.missing`, `import.quotes` (line),
    `import.cells` (line): a table that cannot be read is refused whole.
    """
    if encoding:
        text, found = decode_as(data, encoding), codecs.lookup(encoding).name
    else:
        text, found = decode(data, lambda text: _delimiter(_first_line(text)) is not None)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise AllianceError("import.empty")
    delimiter = _delimiter(_first_line(text))
    if delimiter is None:
        raise AllianceError("import.header", found=_first_line(text)[:60].strip(), known=_known())
    records = _records(text, delimiter, progress)
    _, names = next(records)
    columns = _columns(names)
    with many_records():
        rows = tuple(TableRow(line, _by_column(line, columns, cells)) for line, cells in records)
    return EventTable(found, delimiter, columns, rows)


def begins(data: bytes) -> bool:
    """Whether a text begins with the names of all columns that a table must have."""
    try:
        text, _ = decode(data, lambda text: _delimiter(_first_line(text)) is not None)
    except AllianceError:
        return False
    line = _first_line(text)
    delimiter = _delimiter(line)
    if delimiter is None:
        return False
    names = {_name(name) for name in next(csv.reader([line], delimiter=delimiter), [])}
    return names.issuperset(_REQUIRED) and not names.isdisjoint(_TITLES)


def read_file(
    path: Path, encoding: str | None = None, progress: Progress | None = None
) -> EventTable:
    """The same from a file. Raises `import.unreadable` (path, reason) as well."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise AllianceError(
            "import.unreadable", path=path, reason=error.strerror or str(error)
        ) from error
    return read(data, encoding, progress)


def _first_line(text: str) -> str:
    return next((line for line in re.split(r"[\r\n]+", text[:10_000]) if line.strip()), "")


def _delimiter(line: str) -> str | None:
    """What parts the names of the columns; None where the line names none that is known."""

    def known(delimiter: str) -> int:
        names = next(csv.reader([line], delimiter=delimiter), [])
        return sum(_name(name) in COLUMNS for name in names)

    best = max(DELIMITERS, key=known)
    return best if known(best) else None


def _name(written: str) -> str:
    return unicodedata.normalize("NFKC", written).strip().lower()


def _known() -> str:
    return ", ".join(COLUMNS)


def _columns(names: list[str]) -> tuple[str, ...]:
    """The columns that the header names; empty ones at its end are left out."""
    while names and not names[-1]:
        names.pop()
    columns = tuple(_name(name) for name in names)
    for place, column in enumerate(columns):
        if column not in COLUMNS:
            written = names[place].strip() or "–"
            raise AllianceError("import.header.unknown", name=written[:60], known=_known())
        if column in columns[:place]:
            raise AllianceError("import.header.twice", name=column)
    for column in _REQUIRED:
        if column not in columns:
            raise AllianceError("import.header.missing", name=column)
    if not set(_TITLES) & set(columns):
        raise AllianceError("import.header.missing", name=" / ".join(_TITLES))
    return columns


def _records(
    text: str, delimiter: str, progress: Progress | None
) -> Iterator[tuple[int, list[str]]]:
    """Every row that is not empty, the header first, with the line it begins on."""
    stream = io.StringIO(text)
    reader = csv.reader(stream, delimiter=delimiter, strict=True)
    for count in range(len(text)):
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise AllianceError("import.quotes", line=line) from error
        cells = [cell.strip() for cell in cells]
        if any(cells):
            yield line, cells
        if progress and count % _STEP == 0:
            progress(stream.tell(), len(text))


def _by_column(line: int, columns: tuple[str, ...], cells: list[str]) -> dict[str, str]:
    if len(cells) > len(columns) and any(cells[len(columns) :]):
        raise AllianceError("import.cells", line=line, cells=len(cells), columns=len(columns))
    return {
        column: cell if cell.isascii() else unicodedata.normalize("NFC", cell)
        for column, cell in zip(columns, cells, strict=False)
        if cell
    }
