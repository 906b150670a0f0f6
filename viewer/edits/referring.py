"""Sources that come as references, without their documents, held against those of a file.

All or nothing, as with quotes. A source that the file has stays as it is. One that it has not
comes in without a text: what is known of the document, to look at and to bring it in later.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Literal, NamedTuple

from db.changes import Insert, new_id
from db.portable import Misread
from viewer.edits.edit import Edit, columns_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.changes import Value
    from db.errors import AllianceError
    from db.portable import PortableSource
    from db.records import Bilingual

Verdict = Literal["added", "same", "kept", "refused"]
VERDICTS: tuple[Verdict, ...] = ("added", "same", "kept", "refused")

READER = "csl"


class PlannedSource(NamedTuple):
    """What becomes of a reference; `source_id` is the source that it means or makes."""

    where: str
    verdict: Verdict
    title: Bilingual | None = None
    source_id: int | None = None
    error: AllianceError | None = None


@dataclass(slots=True)
class Plan:
    """What each reference comes to, and what is written; nothing with one refused."""

    items: list[PlannedSource] = field(default_factory=list)
    changes: tuple[Insert, ...] = ()
    blobs: tuple[bytes, ...] = ()

    def counts(self) -> dict[str, int]:
        found = Counter(each.verdict for each in self.items)
        return {verdict: found[verdict] for verdict in VERDICTS}

    @property
    def refused(self) -> bool:
        return any(each.verdict == "refused" for each in self.items)

    @property
    def written(self) -> int:
        """How many are added."""
        return 0 if self.refused else self.counts()["added"]


def plan(read: Iterable[PortableSource | Misread], here: Iterable[PortableSource]) -> Plan:
    """What would become of references; `here` are the sources of the file."""
    made = Plan()
    known = _Known(here)
    changes: list[Insert] = []
    blobs: list[bytes] = []
    for each in read:
        if isinstance(each, Misread):
            made.items.append(PlannedSource(each.where, "refused", error=each.error))
            continue
        there = known.find(each)
        if there is not None:
            verdict: Verdict = "same" if _said(there) == _said(each) else "kept"
            made.items.append(PlannedSource(each.where, verdict, each.title, there.id))
            continue
        insert = _insert(each)
        changes.append(insert)
        blobs.append(each.item)
        known.add(replace(each, id=insert.id, blob_sha256=_digest(each)))
        made.items.append(PlannedSource(each.where, "added", each.title, insert.id))
    if not made.refused:
        made.changes = tuple(changes)
        made.blobs = tuple(blobs)
    return made


def edit(planned: Plan, name: str) -> Edit:
    """The changes as one step; `name` is that of the document."""
    return Edit("import-references", name, planned.changes, blobs=planned.blobs)


def _insert(source: PortableSource) -> Insert:
    values: dict[str, Value] = {
        **columns_of("title", source.title),
        **columns_of("publisher", source.publisher),
        **columns_of("author", source.author),
        **columns_of("date_note", source.date_note),
        **columns_of("translation_by", source.translation_by),
        **columns_of("translation_note", source.translation_note),
        "edtf": source.edtf or None,
        "language": source.language or "und",
        "url": source.url or None,
        "rights": source.rights or None,
        "marking": source.marking or None,
        "translation_from": source.translation_from or None,
        "media_type": source.media_type,
        "reader": READER,
        "blob_sha256": _digest(source),
        "text": "",
    }
    return Insert("source", new_id() if source.id is None else source.id, values)


class _Known:
    """The sources that references may mean: by number, by bytes, or by title, date and address."""

    def __init__(self, sources: Iterable[PortableSource]) -> None:
        self._by_id: dict[int | None, PortableSource] = {}
        self._by_bytes: dict[str, PortableSource] = {}
        self._by_title: dict[tuple[str, str, str], PortableSource] = {}
        for each in sources:
            self.add(each)

    def add(self, source: PortableSource) -> None:
        self._by_id.setdefault(source.id, source)
        self._by_bytes.setdefault(source.blob_sha256, source)
        for key in _titles(source):
            self._by_title.setdefault(key, source)

    def find(self, wanted: PortableSource) -> PortableSource | None:
        if wanted.id is not None and wanted.id in self._by_id:
            return self._by_id[wanted.id]
        for digest in (wanted.blob_sha256, _digest(wanted)):
            if digest in self._by_bytes:
                return self._by_bytes[digest]
        found = (self._by_title.get(key) for key in _titles(wanted))
        return next((each for each in found if each is not None), None)


def _titles(source: PortableSource) -> list[tuple[str, str, str]]:
    return [(title, source.edtf, source.url) for title in source.title if title]


def _digest(source: PortableSource) -> str:
    return sha256(source.item).hexdigest()


def _said(source: PortableSource) -> tuple[object, ...]:
    return (
        source.title, source.publisher, source.author, source.edtf, source.date_note,
        source.language, source.url, source.rights, source.marking, source.translation_from,
        source.translation_by, source.translation_note,
    )  # fmt: skip
