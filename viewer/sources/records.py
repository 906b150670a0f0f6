"""What a reader is asked for and what it gives, and how both go through a pipe."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    Progress = Callable[[int, int], object]
    """Told how much of how much is read."""

DatedBy = Literal["", "document", "properties"]


class Place(NamedTuple):
    """A page or paragraph of a text, in code points, end exclusive. A page may be empty."""

    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ReadWarning:
    """Something to know of a text that was read all the same: the catalogue has
    `sources.warning.<code>` with the fields."""

    code: str
    fields: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document's text, and what the document says of itself (empty where it says nothing).

    `text` is NFC, without NUL and U+FFFD, lines end with \\n. `places` are in order: one for each
    page of a PDF (the n-th is page n of the file, its label as it is printed), one for each
    paragraph of other kinds. `date` is EDTF; `dated_by` says what it is taken from: what the
    document declares as its date, or when the file was made, which need not be the same.
    `encoding` is that of a plain text. `reader` names what made the text, and its version.
    """

    text: str
    places: tuple[Place, ...]
    media_type: str
    reader: str
    title: str = ""
    author: str = ""
    publisher: str = ""
    date: str = ""
    dated_by: DatedBy = ""
    language: str = ""
    url: str = ""
    rights: str = ""
    encoding: str = ""
    warnings: tuple[ReadWarning, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """How a document is to be read: its kind, its name without folders, the encoding of a text
    (None: found out) and the password of a locked document."""

    kind: str
    name: str = ""
    encoding: str | None = None
    password: str | None = None


def to_data(document: ReadDocument) -> dict[str, Any]:
    """A document as JSON can have it."""
    return asdict(document)


def from_data(data: dict[str, Any]) -> ReadDocument:
    """The document of `to_data`."""
    places = tuple(Place(*place) for place in data.pop("places"))
    warnings = tuple(ReadWarning(**warning) for warning in data.pop("warnings"))
    return ReadDocument(places=places, warnings=warnings, **data)
