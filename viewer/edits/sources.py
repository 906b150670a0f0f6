"""Sources: a document that was read, with what is said of it, becomes a row, its places and its
bytes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from db import dates
from db.changes import Insert, new_id
from db.errors import AllianceError
from db.records import Bilingual
from viewer.edits.edit import Edit, columns_of, named
from viewer.edits.facts import new_ids

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.changes import Value
    from db.details import SourceRow
    from db.records import Source
    from viewer.sources.records import ReadDocument

_NOTHING = Bilingual(None, None)


@dataclass(frozen=True, slots=True)
class SourceDraft:
    """What is said of a document, for a form to edit; empty texts are nothing. `edtf` is its date,
    `translation_from` the language that it was translated from, `supersedes_id` the edition that
    it is a newer one of."""

    title: Bilingual
    language: str
    publisher: Bilingual = _NOTHING
    author: Bilingual = _NOTHING
    edtf: str = ""
    date_note: Bilingual = _NOTHING
    url: str = ""
    rights: str = ""
    marking: str = ""
    translation_from: str = ""
    translation_by: Bilingual = _NOTHING
    translation_note: Bilingual = _NOTHING
    supersedes_id: int | None = None


def draft_of(document: ReadDocument, name: str) -> SourceDraft:
    """What the document says of itself; its file's name (without suffix) where it has no title."""

    def own(text: str) -> Bilingual:
        if not text:
            return _NOTHING
        # A scan has no text that tells its language, and an English paper may have a Korean title.
        korean = document.language == "ko" or any("가" <= each <= "힣" for each in text)
        return Bilingual(None, text) if korean else Bilingual(text, None)

    return SourceDraft(
        title=own(document.title or name),
        language=document.language,
        publisher=own(document.publisher),
        author=own(document.author),
        edtf=document.date,
        url=document.url,
        rights=document.rights,
    )


def newer_edition(draft: SourceDraft, older: Source) -> SourceDraft:
    """A draft of a newer edition: what the document does not say of itself is as in the older."""
    return replace(
        draft,
        publisher=draft.publisher or older.publisher,
        author=draft.author or older.author,
        url=draft.url or older.url or "",
        rights=draft.rights or older.rights or "",
        marking=draft.marking or older.marking or "",
        translation_from=draft.translation_from or older.translation_from or "",
        translation_by=draft.translation_by or older.translation_by,
        translation_note=draft.translation_note or older.translation_note,
        supersedes_id=older.id,
    )


def older_editions(draft: SourceDraft, stored: Iterable[SourceRow]) -> list[SourceRow]:
    """The sources that a document may be a newer edition of: those that have none yet. Those of
    the same title come first (`is_likely` tells them)."""
    rows = list(stored)
    superseded = {each.supersedes_id for each in rows}
    free = [each for each in rows if each.id not in superseded]
    return sorted(free, key=lambda each: not is_likely(draft, each))


def is_likely(draft: SourceDraft, older: SourceRow) -> bool:
    """Whether a stored source has the title of a draft, in one of the languages."""
    return bool(_words_of(draft.title) & _words_of(older.title))


def _words_of(title: Bilingual) -> set[str]:
    return {" ".join(each.split()).casefold() for each in (title.en, title.ko) if each}


def same(data: bytes, stored: Iterable[SourceRow]) -> SourceRow | None:
    """The source that was made of the same bytes."""
    digest = sha256(data).hexdigest()
    return next((each for each in stored if each.sha256 == digest), None)


def added(
    document: ReadDocument, draft: SourceDraft, data: bytes, stored: Iterable[SourceRow]
) -> Edit:
    """Adds a document as a source; `data` are its bytes, `stored` the sources that there are.

    Raises `source.same` (id, title) where it is there already, `source.title` for a draft without
    one, `date.…` for a text that is no date, `source.superseded` (title) where the older edition
    has a newer one already.
    """
    rows = list(stored)
    if there := same(data, rows):
        raise AllianceError("source.same", id=there.id, title=_name(there.title))
    checked(draft, rows)
    source_id = new_id()
    values: dict[str, Value] = {
        **columns_of("title", draft.title),
        **columns_of("publisher", draft.publisher),
        **columns_of("author", draft.author),
        **columns_of("date_note", draft.date_note),
        **columns_of("translation_by", draft.translation_by),
        **columns_of("translation_note", draft.translation_note),
        "edtf": dates.parse(draft.edtf).text if draft.edtf.strip() else None,
        "language": draft.language.strip() or "und",
        "url": draft.url.strip() or None,
        "rights": draft.rights.strip() or None,
        "marking": draft.marking.strip() or None,
        "translation_from": draft.translation_from.strip() or None,
        "supersedes_id": draft.supersedes_id,
        "media_type": document.media_type,
        "reader": document.reader,
        "blob_sha256": sha256(data).hexdigest(),
        "text": document.text,
    }
    ids = new_ids()  # in order, which is all that tells the pages of a scan apart
    places = (
        Insert(
            "source_place",
            next(ids),
            {
                "source_id": source_id,
                "label": place.label,
                "start": place.start,
                "end": place.end,
            },
        )
        for place in document.places
    )
    return Edit(
        "add-source",
        named(draft.title),
        (Insert("source", source_id, values), *places),
        made=("source", source_id),
        blobs=(data,),
    )


def checked(draft: SourceDraft, stored: Iterable[SourceRow]) -> None:
    """Raises what is wrong with a draft: `source.title`, `date.…`, `source.superseded`."""
    if not draft.title:
        raise AllianceError("source.title")
    if draft.edtf.strip():
        dates.parse(draft.edtf)
    for each in stored:
        if draft.supersedes_id is not None and each.supersedes_id == draft.supersedes_id:
            raise AllianceError("source.superseded", title=_name(each.title))


def _name(title: Bilingual) -> str:
    return title.ko or title.en or ""
