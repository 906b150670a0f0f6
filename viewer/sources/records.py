"""What a reader is asked for and what it gives, and how both go through a pipe."""

from __future__ import annotations

import base64
import zlib
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


class Box(NamedTuple):
    """Where something stands on a page, as parts of its sides (0 to 1) from its upper left."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page of a PDF. `pixels` are rows of `stride` bytes, four of each px (blue, green, red and
    one unused), by zlib and Base64. `letters` say where each code point of the page's place of
    the text stands, None for breaks between lines."""

    width: int
    height: int
    stride: int
    pixels: str
    letters: tuple[Box | None, ...]

    def rows(self) -> bytes:
        """The pixels, as QImage.Format_RGB32 has them."""
        return zlib.decompress(base64.b64decode(self.pixels))

    def boxes(self, start: int, end: int) -> list[Box]:
        """A box for each line of the letters from `start` to before `end`, counted from the
        beginning of the page's place."""
        lines: list[Box] = []
        for box in self.letters[max(start, 0) : max(end, 0)]:
            if box is None:
                continue
            last = lines[-1] if lines else None
            if last and box.left >= last.left and _share_a_line(last, box):
                right, bottom = max(last.right, box.right), max(last.bottom, box.bottom)
                lines[-1] = Box(last.left, min(last.top, box.top), right, bottom)
            else:
                lines.append(box)
        return lines


def _share_a_line(one: Box, other: Box) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared > min(one.bottom - one.top, other.bottom - other.top) / 2


@dataclass(frozen=True, slots=True)
class Asked:
    """How a document is to be read: its kind, its name without folders, the encoding of a text
    (None: found out) and the password of a locked document; `page` (from 0) and `width` in px for
    the picture of one."""

    kind: str
    name: str = ""
    encoding: str | None = None
    password: str | None = None
    page: int = 0
    width: int = 0


def to_data(found: ReadDocument | PagePicture) -> dict[str, Any]:
    """A document, or the picture of a page, as JSON can have it."""
    return asdict(found)


def picture_from_data(data: dict[str, Any]) -> PagePicture:
    """The picture of `to_data`."""
    boxes = tuple(None if box is None else Box(*box) for box in data.pop("letters"))
    return PagePicture(letters=boxes, **data)


def from_data(data: dict[str, Any]) -> ReadDocument:
    """The document of `to_data`."""
    places = tuple(Place(*place) for place in data.pop("places"))
    warnings = tuple(ReadWarning(**warning) for warning in data.pop("warnings"))
    return ReadDocument(places=places, warnings=warnings, **data)
