"""`import`: documents and tables of events, each of them wholly or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from db.errors import AllianceError
from db.store import Store
from viewer.cli import exchanging
from viewer.cli.documents import TABLES
from viewer.cli.options import OneOf, file_argument, json_option, option
from viewer.cli.output import error_data, json_result, message, progress, result
from viewer.sources.kinds import KINDS
from viewer.words import explain, t

if TYPE_CHECKING:
    from db.records import Language
    from viewer.cli.documents import DocumentReport
    from viewer.cli.exchanging import ExchangeReport
    from viewer.edits.importing import ImportPlan, PlannedRow

_BEGINNING = 20_000  # bytes in which a table names its columns
SIGNS = {"added": "+", "changed": "~", "same": "=", "refused": "!"}


@dataclass
class Report:
    """What became of one PATH. `error` is why it was refused whole, `changeset` what was written
    (None where nothing was)."""

    path: Path
    encoding: str | None = None
    plan: ImportPlan | None = None
    error: AllianceError | None = None
    changeset: int | None = None

    @property
    def refused(self) -> bool:
        return self.error is not None or (self.plan is not None and self.plan.refused)


def parameters(language: Language) -> list[click.Parameter]:
    path = click.Path(readable=False, path_type=Path)
    return [
        file_argument(),
        click.Argument(["paths"], metavar="PATH…", type=path, nargs=-1, required=True),
        option(language, "encoding", "NAME"),
        option(language, "password", "TEXT"),
        option(
            language,
            "format",
            told="import-format",
            type=OneOf((*TABLES, *KINDS, *exchanging.KINDS)),
        ),
        option(language, "supersedes", "SOURCE"),
        option(language, "source", "SOURCE", "import-source"),
        option(language, "dry-run", is_flag=True),
        json_option(language),
    ]


def import_files(
    language: Language,
    /,
    file: Path,
    paths: tuple[Path, ...],
    encoding: str | None,
    password: str | None,
    format: str | None,  # noqa: A002 - the option's name
    supersedes: str | None,
    source: str | None,
    dry_run: bool,
    json: bool,
) -> int:
    """Imports one after the other; 2 where one of them was refused, the others are in."""
    from viewer.cli import documents

    if supersedes is not None and len(paths) > 1:
        raise AllianceError("source.one")
    tables: list[Report] = []
    sources: list[DocumentReport] = []
    exchanged: list[ExchangeReport] = []
    with Store.open(file, read_only=dry_run) as store:
        if store.read_only and not dry_run:
            raise AllianceError("file.readonly", path=file, reason=store.read_only_reason)
        older = None if supersedes is None else documents.find(store, supersedes)
        about = None if source is None else documents.find(store, source)
        for path in paths:
            if _is_exchanged(path, format):
                kind = next((each for each in exchanging.KINDS if each == format), None)
                done = exchanging.import_one(store, path, kind, about, dry_run=dry_run)
                exchanged.append(done)
                exchanging.tell(done, language, lines=not json)
            elif _is_table(path, format):
                report = _import(store, path, encoding, dry_run=dry_run, source=older is None)
                tables.append(report)
                if not json:
                    _tell(report, language)
                if report.refused:
                    message(_why(report, language))
            else:
                asked = documents.Asking(format, encoding, password, older, dry_run)
                sources.append(documents.import_one(store, path, asked))
                documents.tell(sources[-1], language, lines=not json)
    if json:
        told = {
            "tables": [as_data(report) for report in tables],
            "sources": [documents.as_data(report) for report in sources],
            "exchanged": [exchanging.as_data(done) for done in exchanged],
        }
        json_result({"dry_run": dry_run, **told})
    refused = [each.path for each in tables if each.refused]
    refused += [each.path for each in sources if each.refused]
    refused += [each.path for each in exchanged if each.refused]
    return 2 if refused else 0


def _is_exchanged(path: Path, kind: str | None) -> bool:
    """Whether a file has quotes or references of other programs."""
    if kind is not None:
        return kind in exchanging.KINDS
    return path.suffix.lower() in exchanging.SUFFIXES


def _is_table(path: Path, kind: str | None) -> bool:
    """Whether a file is a table of events: by what is asked for, its suffix, or its first line."""
    from viewer.exchange import event_table

    suffix = path.suffix.removeprefix(".").lower()
    if kind is not None:
        return kind in TABLES
    if suffix in TABLES:
        return True
    if suffix not in ("", "txt"):
        return False
    try:
        with path.open("rb") as stream:
            return event_table.begins(stream.read(_BEGINNING))
    except OSError:
        return False  # whoever reads it says why it cannot be read


def _import(
    store: Store, path: Path, encoding: str | None, *, dry_run: bool, source: bool
) -> Report:
    from db.changes import ChangeSet
    from viewer.cli.author import author
    from viewer.edits import importing
    from viewer.exchange import event_table

    report = Report(path)
    try:
        if not source:
            raise AllianceError("source.table")
        table = event_table.read_file(path, encoding)
    except AllianceError as error:
        report.error = error
        return report
    report.encoding = table.encoding
    report.plan = importing.plan(table.rows, store.known(), progress=progress)
    edit = importing.edit(report.plan, path.name)
    if edit.changes and not dry_run:
        if report.plan.written > importing.LARGE:
            _back_up(store.path)
        changeset = ChangeSet(edit.changes, label=edit.label, author=author())
        report.changeset = store.apply(changeset, progress)
    return report


def _back_up(file: Path) -> None:
    from db import backup
    from viewer.widgets.settings import load_settings, settings_path

    settings = load_settings(settings_path())
    backup.make(file, settings.backups, settings.keeping)


def _tell(report: Report, language: Language) -> None:
    """A line for the table, one for each of its rows; of a refused one, only what is wrong."""
    plan = report.plan
    if plan is None:
        return
    result(t("cli.import.counts", language, path=report.path, **plan.counts()))
    if plan.new_tags and not plan.refused:
        result(t("cli.import.tags", language, tags=", ".join(plan.new_tags)))
    for row in plan.rows:
        if row.verdict == "refused" or not plan.refused:
            result(_line(row, language))


def _line(row: PlannedRow, language: Language) -> str:
    title = row.title.text(language)
    told = [t("cli.import.line", language, line=row.line), row.date, title]
    if row.error:
        told.append(explain(row.error, language))
    told += [f"{change.field}: {change.old or '–'} → {change.new}" for change in row.fields]
    return f"{SIGNS[row.verdict]} " + "  ".join(" ".join(each.split()) for each in told)


def _why(report: Report, language: Language) -> str:
    """One line for a table that was refused: the first thing that is wrong with it, and where."""
    if report.error is not None:
        reason = explain(report.error, language)
        return t("cli.import.refused", language, path=report.path, reason=reason)
    assert report.plan is not None
    refused = [row for row in report.plan.rows if row.error is not None]
    first = refused[0]
    assert first.error is not None
    return t(
        "cli.import.refused-row",
        language,
        path=report.path,
        line=first.line,
        reason=explain(first.error, language),
        refused=len(refused),
        rows=len(report.plan.rows),
    )


def as_data(report: Report) -> dict[str, object]:
    """A report on a table as plain data, the same in every language."""
    plan = report.plan
    return {
        "path": str(report.path),
        "encoding": report.encoding,
        "refused": report.refused,
        "error": error_data(report.error),
        "changeset": report.changeset,
        "counts": plan.counts() if plan else None,
        "new_tags": list(plan.new_tags) if plan else [],
        "rows": [_row(row, written=report.changeset is not None) for row in plan.rows]
        if plan
        else [],
    }


def _row(row: PlannedRow, *, written: bool) -> dict[str, object]:
    known = row.verdict in ("changed", "same") or (written and row.verdict == "added")
    return {
        "line": row.line,
        "verdict": row.verdict,
        "id": row.event_id if known else None,
        "date": row.date,
        "title": {"en": row.title.en, "ko": row.title.ko},
        "changes": [{"field": each.field, "old": each.old, "new": each.new} for each in row.fields],
        "error": error_data(row.error),
    }
