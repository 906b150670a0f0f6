"""The part of `import` that stores documents as sources."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from db.errors import AllianceError
from db.records import STATES
from viewer.cli.output import error_data, message, progress, result
from viewer.sources.kinds import SUFFIXES
from viewer.words import explain, t

if TYPE_CHECKING:
    from pathlib import Path

    from db.changes import Insert
    from db.details import SourceRow
    from db.records import Language
    from db.store import Store
    from viewer.edits.sources import SourceDraft
    from viewer.sources.records import ReadDocument, ReadWarning

TABLES = ("csv", "tsv")
"""Suffixes of tables of events, which are no documents."""


class Asking(NamedTuple):
    """How documents are to be read, and of which edition theirs is a newer one."""

    format: str | None
    encoding: str | None
    password: str | None
    older: SourceRow | None
    dry_run: bool


@dataclass
class DocumentReport:
    """What became of one PATH. `id` is the source, where it was stored or was there already
    (`there`); `proposed` are the anchors of the quotes that a newer edition was searched for."""

    path: Path
    kind: str | None = None
    document: ReadDocument | None = None
    draft: SourceDraft | None = None
    there: SourceRow | None = None
    id: int | None = None
    changeset: int | None = None
    proposed: tuple[Insert, ...] = ()
    error: AllianceError | None = None

    @property
    def refused(self) -> bool:
        return self.error is not None

    @property
    def verdict(self) -> str:
        return "refused" if self.error else "same" if self.there else "added"


def find(store: Store, key: str) -> SourceRow:
    """The source of a number or key. Raises `source.unknown`."""
    rows = store.sources()
    for row in rows:
        if key in (str(row.id), row.slug):
            return row
    known = ", ".join(row.slug or str(row.id) for row in rows) or "–"
    raise AllianceError("source.unknown", key=key, known=known)


def import_one(store: Store, path: Path, asking: Asking) -> DocumentReport:
    """Stores one document, or says why not; a file that is stored already is left as it is."""
    report = DocumentReport(path)
    try:
        _import(store, report, asking)
    except AllianceError as error:
        report.error = error
        if error.code == "source.kind":
            known = ", ".join(f".{each}" for each in (*TABLES, *SUFFIXES))
            report.error = AllianceError("import.kind", path=path, known=known)
    return report


def _import(store: Store, report: DocumentReport, asking: Asking) -> None:
    from db.changes import ChangeSet
    from viewer.cli.author import author
    from viewer.edits import sources
    from viewer.edits.anchors import proposed
    from viewer.sources import worker
    from viewer.sources.files import bytes_of
    from viewer.sources.kinds import kind_of
    from viewer.sources.records import Asked

    path = report.path
    data = bytes_of(path, worker.Limits().bytes)
    stored = store.sources()
    report.there = sources.same(data, stored)
    if report.there is not None and asking.older is None:
        report.id = report.there.id
        return
    report.kind = kind_of(path.name, data, asking.format)
    asked = Asked(report.kind, path.name, asking.encoding, asking.password)
    document = worker.read(data, asked, progress)
    draft = sources.draft_of(document, path.stem)
    if document.dated_by == "properties":
        # When the file was made is no date to reckon "last October" by, unless a person says so.
        draft = replace(draft, edtf="")
    if asking.older is not None:
        draft = sources.newer_edition(draft, store.source(asking.older.id).source)
    report.document, report.draft = document, draft
    edit = sources.added(document, draft, data, stored)
    if asking.older is not None and edit.made is not None:
        editions = store.sought_after(asking.older.id)
        report.proposed = proposed(edit.made[1], document.text, editions, progress)
        edit = replace(edit, changes=(*edit.changes, *report.proposed))
    if not asking.dry_run:
        changeset = ChangeSet(edit.changes, label=edit.label, author=author(), blobs=edit.blobs)
        report.changeset = store.apply(changeset, progress)
        report.id = edit.made[1] if edit.made else None


def tell(report: DocumentReport, language: Language, *, lines: bool) -> None:
    """A line on standard output for a document that was stored or is there; why not, and what is
    to be known of its text, on standard error."""
    path = report.path
    if report.error is not None:
        reason = explain(report.error, language)
        message(t("cli.import.refused", language, path=path, reason=reason))
        return
    document = report.document
    for warning in document.warnings if document else ():
        message(f"{path}: {warning_words(warning, language)}")
    if document and document.dated_by == "properties":
        told = t("sources.undated", language, date=document.date)
        message(f"{path}: {told}")
    if report.proposed:
        found = sought(report)
        message(f"{path}: {t('cli.import.quotes-sought', language, **found)}")
    if lines:
        result(f"{path}: {_line(report, language)}")


def _line(report: DocumentReport, language: Language) -> str:
    if report.there is not None:
        title = report.there.title.text(language)
        return "= " + t("cli.import.source-same", language, id=report.id, title=title)
    assert report.document is not None
    assert report.draft is not None
    facts = {
        "title": report.draft.title.text(language),
        "characters": len(report.document.text),
        "places": len(report.document.places),
    }
    if report.id is None:
        return "+ " + t("cli.import.source-would", language, **facts)
    return "+ " + t("cli.import.source-added", language, id=report.id, **facts)


def sought(report: DocumentReport) -> dict[str, int]:
    """What a newer edition was searched for: how many quotes, in which states they are proposed,
    and how many of these proposals need a look (`unsure`)."""
    from viewer.edits.anchors import is_sure

    rows = [each.values for each in report.proposed]
    states = {state: sum(row["state"] == state for row in rows) for state in STATES}
    return {
        "all": len(rows),
        **states,
        "unsure": sum(not is_sure(row) for row in rows),
    }


def warning_words(warning: ReadWarning, language: Language) -> str:
    return t(f"sources.warning.{warning.code}", language, **warning.fields)


def as_data(report: DocumentReport) -> dict[str, object]:
    """A report on a document as plain data, the same in every language."""

    document, draft = report.document, report.draft
    facts: dict[str, object] = {}
    if document is not None and draft is not None and not report.refused:
        facts = {
            "title": {"en": draft.title.en, "ko": draft.title.ko},
            "media_type": document.media_type,
            "language": draft.language,
            "date": draft.edtf or None,
            "encoding": document.encoding or None,
            "characters": len(document.text),
            "places": len(document.places),
            "supersedes": draft.supersedes_id,
            "quotes": sought(report) if draft.supersedes_id is not None else None,
        }
    warnings = document.warnings if document else ()
    return {
        "path": str(report.path),
        "kind": report.kind,
        "verdict": report.verdict,
        "refused": report.refused,
        "error": error_data(report.error),
        "changeset": report.changeset,
        "id": report.id,
        **facts,
        "warnings": [
            {"code": each.code, "message": warning_words(each, "en"), **each.fields}
            for each in warnings
        ],
    }
