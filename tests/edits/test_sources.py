"""A document that was read becomes a source: its row, its places, its bytes, one step of undo."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from db.errors import AllianceError
from db.records import Bilingual
from viewer.document import Document
from viewer.edits import sources
from viewer.sources.records import Place, ReadDocument
from viewer.words.changes import change_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BYTES = "첫 쪽\n둘째 쪽".encode()
READ = ReadDocument(
    text="첫 쪽\n둘째 쪽",
    places=(Place("i", 0, 3), Place("ii", 4, 8)),
    media_type="application/pdf",
    reader="시험 1",
    title="한미 공동성명",
    author="외교부",
    date="2022-05-21",
    language="ko",
)
SHIPPED = "asia-business-daily-2022-05-18"


@pytest.fixture
def document(copy: Path) -> Iterator[Document]:
    opened = Document()
    opened.open(copy)
    yield opened
    opened.close()


def add(document: Document, data: bytes = BYTES, older: int | None = None) -> int:
    draft = replace(sources.draft_of(READ, "파일"), supersedes_id=older)
    edit = sources.added(READ, draft, data, document.sources())
    document.apply(edit)
    assert edit.made is not None
    return edit.made[1]


def refused(document: Document, **changes: object) -> str:
    draft = replace(sources.draft_of(READ, "파일"), **changes)  # type: ignore[arg-type]
    with pytest.raises(AllianceError) as told:
        sources.added(READ, draft, BYTES, document.sources())
    return told.value.code


def test_a_source_is_stored_with_its_places_and_bytes(document: Document) -> None:
    stored = document.source(add(document))
    assert stored.source.title == Bilingual(None, "한미 공동성명")
    assert stored.source.author == Bilingual(None, "외교부")
    assert (stored.source.edtf, stored.source.language) == ("2022-05-21", "ko")
    assert stored.source.text == READ.text
    assert [(each.label, each.start, each.end) for each in stored.places] == list(READ.places)
    assert stored.source.blob_sha256 == sha256(BYTES).hexdigest()
    assert document.source_bytes(stored.source.id) == BYTES
    store = document._open_store()
    assert store.check() == []


def test_the_pages_of_a_scan_keep_their_order(document: Document) -> None:
    labels = [str(number) for number in range(1, 60)]
    scan = replace(READ, text="", places=tuple(Place(label, 0, 0) for label in labels))
    edit = sources.added(scan, sources.draft_of(scan, "그림"), BYTES, document.sources())
    document.apply(edit)
    assert edit.made is not None
    assert [each.label for each in document.source(edit.made[1]).places] == labels


def test_it_is_one_step_that_undo_takes_back_and_redo_does_again(document: Document) -> None:
    before = document.sources()
    source_id = add(document)
    found = document.revert("undo")
    assert found is not None
    assert change_words(found.label, "ko") == "출처 “한미 공동성명” 추가"
    assert document.sources() == before
    document.revert("redo")
    assert document.source(source_id).source.text == READ.text


def test_the_same_file_is_recognised_by_its_bytes(document: Document) -> None:
    source_id = add(document)
    with pytest.raises(AllianceError) as told:
        add(document)
    assert told.value.code == "source.same"
    assert told.value.fields == {"id": source_id, "title": "한미 공동성명"}
    assert add(document, BYTES + b" ") != source_id


def test_a_newer_edition_leaves_the_older_as_it_is(document: Document) -> None:
    older = next(each for each in document.sources() if each.slug == SHIPPED)
    before = document.source(older.id)
    draft = sources.newer_edition(sources.draft_of(replace(READ, author=""), "파일"), before.source)
    assert draft.supersedes_id == older.id
    assert draft.publisher == before.source.publisher
    assert draft.author == before.source.author
    assert draft.title == Bilingual(None, "한미 공동성명")
    add(document, older=older.id)
    assert document.source(older.id) == before
    assert [each.supersedes_id for each in document.sources() if each.supersedes_id] == [older.id]
    assert refused(document, supersedes_id=older.id) == "source.same"
    with pytest.raises(AllianceError, match=r"source\.superseded"):
        add(document, b"other", older=older.id)


def test_a_draft_needs_a_title_and_a_date_that_is_one(document: Document) -> None:
    assert refused(document, title=Bilingual()) == "source.title"
    assert refused(document, edtf="2022-02-30").startswith("date.")
    assert sources.draft_of(replace(READ, title=""), "성명 최종").title.ko == "성명 최종"


def test_a_korean_title_is_korean_whatever_the_text_is() -> None:
    scan = replace(READ, text="", language="", title="스캔한 조약문", author="MOFA")
    draft = sources.draft_of(scan, "파일")
    assert draft.title == Bilingual(None, "스캔한 조약문")
    assert draft.author == Bilingual("MOFA", None)


def test_what_may_be_an_older_edition_has_none_yet_and_likely_ones_come_first(
    document: Document,
) -> None:
    first = add(document)
    second = add(document, BYTES + b" ", older=first)
    draft = sources.draft_of(replace(READ, title=" 한미  공동성명"), "파일")
    older = sources.older_editions(draft, document.sources())
    assert older[0].id == second
    assert first not in [each.id for each in older]
    assert [sources.is_likely(draft, each) for each in older] == [True, *[False] * (len(older) - 1)]
