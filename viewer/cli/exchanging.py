"""The parts of `import` and `export` for quotes as Web Annotations and sources as CSL-JSON, and
`cite`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.errors import AllianceError
from viewer.cli.output import error_data, message, progress, result
from viewer.widgets.files.exchange_words import SIGNS, remark
from viewer.words import explain, n, t

if TYPE_CHECKING:
    from pathlib import Path

    from db.details import SourceRow
    from db.records import Language
    from db.store import Store
    from viewer.edits.annotating import PlannedQuote
    from viewer.edits.referring import PlannedSource
    from viewer.widgets.files.exchange_reading import ExchangeKind, Reading

KINDS: tuple[ExchangeKind, ...] = ("annotations", "csl")
SUFFIXES: dict[str, ExchangeKind] = {".jsonld": "annotations", ".json": "csl"}
_SHOWN = 60  # characters of a quote in a line


@dataclass
class ExchangeReport:
    """What became of one PATH. `error` is why it was refused whole, `changeset` what was written
    (None where nothing was)."""

    path: Path
    reading: Reading | None = None
    error: AllianceError | None = None
    changeset: int | None = None

    @property
    def refused(self) -> bool:
        return self.error is not None or (self.reading is not None and self.reading.plan.refused)


def import_one(
    store: Store,
    path: Path,
    kind: ExchangeKind | None,
    source: SourceRow | None,
    *,
    dry_run: bool,
) -> ExchangeReport:
    """Takes the quotes or references of a document in, all of them or none."""
    from db.changes import ChangeSet
    from viewer.cli.author import author
    from viewer.widgets.files import exchange_reading

    report = ExchangeReport(path)
    try:
        data = exchange_reading.bytes_at(path)
        source_id = source.id if source else None
        reading = exchange_reading.read(data, path.name, store, kind, source_id, progress)
    except AllianceError as error:
        report.error = error
        return report
    report.reading, edit = reading, reading.edit
    if edit.changes and not dry_run:
        made = ChangeSet(edit.changes, label=edit.label, author=author(), blobs=edit.blobs)
        report.changeset = store.apply(made, progress)
    return report


def tell(report: ExchangeReport, language: Language, *, lines: bool) -> None:
    """A line with the counts and one for each item; of a refused document only what is wrong."""
    reading, path = report.reading, report.path
    if reading is None:
        assert report.error is not None
        reason = explain(report.error, language)
        message(t("cli.import.refused", language, path=path, reason=reason))
        return
    plan = reading.plan
    if lines:
        result(t("cli.exchange.counts", language, path=path, **plan.counts()))
        for item in plan.items:
            if item.verdict == "refused" or not plan.refused:
                result(_line(item, language))
    if plan.refused:
        first = next(each for each in plan.items if each.error is not None)
        assert first.error is not None
        reason = explain(first.error, language)
        refused = plan.counts()["refused"]
        message(
            t(
                "cli.exchange.refused", language,
                path=path, where=first.where, reason=reason, refused=refused,
                items=len(plan.items),
            )
        )  # fmt: skip


def _line(item: PlannedQuote | PlannedSource, language: Language) -> str:
    from viewer.edits.annotating import PlannedQuote

    told = [item.where]
    if isinstance(item, PlannedQuote):
        told.append(f"“{_short(item.exact)}”" if item.exact else "")
        told += [remark(each, language) for each in item.remarks]
    elif item.title is not None:
        told.append(_short(item.title.text(language)))
    if item.error is not None:
        told.append(explain(item.error, language))
    return f"{SIGNS[item.verdict]} " + "  ".join(part for part in told if part)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def as_data(report: ExchangeReport) -> dict[str, object]:
    """A report as plain data, the same in every language."""

    reading = report.reading
    plan = reading.plan if reading else None
    return {
        "path": str(report.path),
        "kind": reading.kind if reading else None,
        "refused": report.refused,
        "error": error_data(report.error),
        "changeset": report.changeset,
        "counts": plan.counts() if plan else None,
        "items": [_item(each) for each in plan.items] if plan else [],
    }


def _item(item: PlannedQuote | PlannedSource) -> dict[str, object]:
    from viewer.edits.annotating import PlannedQuote

    told: dict[str, object] = {"where": item.where, "verdict": item.verdict}
    if isinstance(item, PlannedQuote):
        start, end = item.stretch or (None, None)
        told |= {
            "id": item.quote_id,
            "source": item.source_id,
            "start": start,
            "end": end,
            "exact": item.exact,
            "remarks": [
                {"code": each.code, "message": remark(each, "en")} for each in item.remarks
            ],
        }
    else:
        title = item.title
        told |= {
            "id": item.source_id,
            "title": {"en": title.en, "ko": title.ko} if title else None,
        }
    return told | {"error": error_data(item.error)}


def export(
    store: Store, out: Path, kind: ExchangeKind, source: SourceRow | None, language: Language
) -> None:
    """Writes the quotes or sources of a file; raises as `write_atomically` does."""
    from viewer.render.files import write_atomically
    from viewer.widgets.files.exchange_reading import written

    data, count = written(store, kind, source.id if source else None)
    write_atomically(out, data)
    key = "exchange.written.quotes" if kind == "annotations" else "exchange.written.sources"
    message(n(key, count, language, path=out))
