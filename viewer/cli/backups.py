"""`backup` and `restore`: dated copies of a file, and the way back to one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db import backup as backing
from db import copying, restoring
from db.errors import AllianceError
from viewer.cli.options import file_argument, json_option, option, path_argument
from viewer.cli.output import json_result, message, result
from viewer.widgets.settings import load_settings, settings_path
from viewer.words import t

if TYPE_CHECKING:
    from pathlib import Path

    import click

    from db.keeping import Backup
    from db.records import Language
    from viewer.widgets.settings import Settings


def backup_parameters(language: Language) -> list[click.Parameter]:
    return [
        file_argument(),
        path_argument("out", required=False),
        option(language, "list", is_flag=True),
        json_option(language),
    ]


def restore_parameters() -> list[click.Parameter]:
    return [path_argument("backup"), file_argument()]


def backup(language: Language, /, file: Path, out: Path | None, json: bool, **asked: Any) -> int:
    """Makes a dated backup and prints its path, or a copy at `out`, or lists the backups."""
    settings = load_settings(settings_path())
    if asked["list"]:
        if out is not None:
            raise AllianceError("usage.together", one="OUT", other="--list")
        return _list(file, settings, json, language)
    if out is not None:
        copying.write(file, out)
        made = True
    else:
        found = backing.make(file, settings.backups, settings.keeping)
        made = found is not None
        out = (found or backing.backups(file, settings.backups)[-1]).path
    message(t("backups.made" if made else "backups.unchanged", language, path=file))
    if json:
        json_result({"path": str(out), "made": made})
    else:
        result(str(out))
    return 0


def restore(language: Language, /, backup: Path, file: Path) -> int:
    """Makes a file what it was in a backup; tells where its present state is kept."""
    settings = load_settings(settings_path())
    before = restoring.restore(backup, file, settings.backups)
    if before is None:
        message(t("backups.restored", language, path=file, backup=backup))
    else:
        fields = {"path": file, "backup": backup, "before": before}
        message(t("backups.restored-from", language, **fields))
    return 0


def _list(file: Path, settings: Settings, json: bool, language: Language) -> int:
    found = backing.backups_in(file, settings.backups_anywhere, judged=True)
    if json:
        json_result([as_data(backup) for backup in found])
        return 0
    for backup in found:
        state = t("backups.good" if backup.good else "backups.bad", language)
        time = backup.time.strftime("%Y-%m-%d %H:%M:%S")
        result(f"{time}  {backup.size:>12,}  {state}  {backup.path}")
    if not found:
        message(t("backups.none", language, path=file, folder=settings.backups))
    return 0


def as_data(backup: Backup) -> dict[str, object]:
    """A backup as plain data; its time with the machine's offset from UTC."""
    return {
        "path": str(backup.path),
        "time": backup.time.astimezone().isoformat(),
        "bytes": backup.size,
        "good": backup.good,
    }
