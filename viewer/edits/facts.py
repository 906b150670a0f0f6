"""What somebody says of an event in plain words, checked against what the file has: keys and
names become ids, dates become EDTF. Rows of a table and the command line both come through here.
"""

from __future__ import annotations

import itertools
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from db import dates, schema
from db.changes import Insert, new_id
from db.errors import AllianceError
from db.records import STATUSES, Bilingual
from viewer.edits.events import new_tag

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from db.changes import Value
    from db.known import Known
    from db.records import Kind, Lane, Tag

    ReadDate = Callable[[str], str]
    """From a date as it is typed to EDTF; raises `date.…`."""

SEPARATOR = "|"
"""Between several lanes or tags of one cell."""
LINES = ("title_en", "title_ko", "label_en", "label_ko", "place_en", "place_ko")
"""Texts of one line."""
PARAGRAPHS = ("summary_en", "summary_ko")
TITLES = ("title_en", "title_ko")
_LINES = frozenset(LINES)
_NO_TEXTS: dict[str, Value] = dict.fromkeys((*LINES, *PARAGRAPHS))
_IMPORTANCES = ("1", "2", "3", "4", "5")
USUAL_KIND = "measure"  # the one that claims least about what happened
# A treaty happens by being signed; anything else simply occurs.
_ROLES = {"treaty": "signed", "agreement": "signed", "entry-into-force": "in force"}


def read_edtf(text: str) -> str:
    """EDTF as it is. Raises as `db.dates.parse` does."""
    return dates.parse(text).text


def one_line(text: str) -> str:
    """Composed, with one blank wherever there are some."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return " ".join(text.split())


def folded(text: str) -> str:
    """For comparing names: `one_line`, whatever the case."""
    return one_line(text).casefold()


class Facts(NamedTuple):
    """What is said of an event; what is not said is None, empty or left out of `texts`."""

    edtf: str | None
    lane_ids: tuple[int, ...]
    kind_id: int | None
    importance: int | None
    status: str | None
    texts: Mapping[str, str]
    tag_ids: tuple[int, ...]

    @property
    def title(self) -> Bilingual:
        return Bilingual(self.texts.get("title_en"), self.texts.get("title_ko"))


class Vocabulary:
    """The lanes, kinds and tags of a file, by their keys and by their names in either language.

    `keys` are those by id, for each of "lane", "kind" and "tag". Tags that the file lacks are
    made: `new_tags` has their rows, and until they are written their names stand for their keys.
    """

    def __init__(self, known: Known) -> None:
        self.keys = {
            "lane": {lane.id: lane.key for lane in known.lanes},
            "kind": {kind.id: kind.key for kind in known.kinds},
            "tag": {tag.id: tag.key for tag in known.tags},
        }
        self._names = {
            "lane": _by_name(known.lanes),
            "kind": _by_name(known.kinds),
            "tag": _by_name(known.tags),
        }
        self._read: dict[tuple[str, str], tuple[int, ...]] = {}
        self.new_tags: list[Insert] = []

    def several(self, what: str, cell: str) -> tuple[int, ...]:
        """The ids of the lanes, kinds or tags that a cell names, each once, in their order.

        Raises `filter.unknown.lane` and `filter.unknown.kind`.
        """
        # The same few cells come back all through a table.
        found = self._read.get((what, cell))
        if found is None:
            parts = (part.strip() for part in cell.split(SEPARATOR))
            found = tuple(dict.fromkeys(self._id(what, part) for part in parts if part))
            self._read[what, cell] = found
        return found

    def _id(self, what: str, text: str) -> int:
        found = self._names[what].get(folded(text))
        if found is None and what == "tag":
            return self._new_tag(one_line(text))
        if found is None:
            there = ", ".join(self.keys[what].values()) or "–"
            raise AllianceError(f"filter.unknown.{what}", key=text, known=there)
        return found

    def keys_of(self, what: str, ids: Iterable[int]) -> tuple[str, ...]:
        keys = self.keys[what]
        return tuple([keys[each] for each in ids])

    def usual_kind(self) -> int:
        """The kind of an event of which nobody says one; the file's first where it was deleted.

        Raises `import.missing` for a file without kinds.
        """
        found = self._names["kind"].get(USUAL_KIND, next(iter(self.keys["kind"]), None))
        if found is None:
            raise AllianceError("import.missing", name="kind")
        return found

    def _new_tag(self, name: str) -> int:
        made = new_tag(name)
        self.new_tags.append(made)
        self.keys["tag"][made.id] = name
        self._names["tag"][folded(name)] = made.id
        return made.id


def _by_name(things: Iterable[Lane | Kind | Tag]) -> dict[str, int]:
    """Ids by folded key and names; a key goes before the name of another."""
    ordered = list(things)
    found = {folded(thing.key): thing.id for thing in ordered}
    for thing in ordered:
        for name in thing.name:
            if name:
                found.setdefault(folded(name), thing.id)
    return found


def _has_hangul(text: str) -> bool:
    return any("가" <= letter <= "힣" for letter in text)


def place_column(text: str) -> str:
    """The column for a place of which nobody says in which language it is written."""
    return "place_ko" if _has_hangul(text) else "place_en"


def read_facts(
    cells: Mapping[str, str], vocabulary: Vocabulary, read_date: ReadDate = read_edtf
) -> Facts:
    """What cells say, by the names of their columns (`viewer.exchange.event_table.COLUMNS`).

    Raises `import.missing` (name) without a date, `event.title` without any title, `date.…`,
    `filter.unknown.…`, `import.importance` and `text.nul`.
    """
    texts: dict[str, str] = {}
    for column, cell in cells.items():
        if "\0" in cell:
            raise AllianceError("text.nul", text=cell.replace("\0", "␀")[:60])
        if column in _LINES:
            cell = one_line(cell)
        elif column not in PARAGRAPHS:
            continue
        if cell:
            texts[column] = cell
    if not (texts.keys() & TITLES):
        raise AllianceError("event.title")
    if not cells.get("date"):
        raise AllianceError("import.missing", name="date")
    kind, importance, status = (cells.get(name) for name in ("kind", "importance", "status"))
    if importance and importance not in _IMPORTANCES:
        raise AllianceError("import.importance", value=importance[:60])
    if status and status.casefold() not in STATUSES:
        known = ", ".join(STATUSES)
        raise AllianceError("filter.unknown.status", key=status, known=known)
    return Facts(
        edtf=read_date(cells["date"]),
        lane_ids=vocabulary.several("lane", cells.get("lane", "")),
        kind_id=next(iter(vocabulary.several("kind", kind)), None) if kind else None,
        importance=int(importance) if importance else None,
        status=status.casefold() if status else None,
        texts=texts,
        tag_ids=vocabulary.several("tag", cells.get("tags", "")),
    )


def new_ids() -> Iterator[int]:
    """Free keys: a random one and those that follow it, which costs nothing for many and keeps
    rows that are written together together."""
    room = 2**32
    return itertools.count(new_id() % (schema.MAX_ID - room) + 1)


def new_event(facts: Facts, vocabulary: Vocabulary, ids: Iterator[int]) -> list[Insert]:
    """The rows of a new event, the event's own first. Raises `event.lane` without a lane."""
    if not facts.lane_ids:
        raise AllianceError("event.lane")
    event_id = next(ids)
    kind_id = facts.kind_id or vocabulary.usual_kind()
    made = [
        Insert(
            "event",
            event_id,
            {
                "kind_id": kind_id,
                "importance": facts.importance or 3,
                "status": facts.status or "occurred",
                "confidence": "edited",
                **_NO_TEXTS,
                **facts.texts,
            },
        )
    ]
    if facts.edtf is not None:
        role = _ROLES.get(vocabulary.keys["kind"][kind_id], "occurred")
        values: dict[str, Value] = {"event_id": event_id, "role": role, "edtf": facts.edtf}
        made.append(Insert("event_date", next(ids), values | {"is_primary": 1}))
    made += [
        lane_row(event_id, lane_id, position, ids)
        for position, lane_id in enumerate(facts.lane_ids, start=1)
    ]
    return made + [tag_row(event_id, tag_id, ids) for tag_id in facts.tag_ids]


def lane_row(event_id: int, lane_id: int, position: int, ids: Iterator[int]) -> Insert:
    values = {"event_id": event_id, "lane_id": lane_id, "position": position}
    return Insert("event_lane", next(ids), values)


def tag_row(event_id: int, tag_id: int, ids: Iterator[int]) -> Insert:
    return Insert("event_tag", next(ids), {"event_id": event_id, "tag_id": tag_id})
