"""Which backups are kept: all of the newest, then fewer and fewer, and always a good one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Keeping:
    """All backups of the last `whole_days` days (1: of today), then the newest of each day of
    `days` days, of each week of `weeks` weeks, and of each month of `months` months."""

    whole_days: int = 1
    days: int = 14
    weeks: int = 8
    months: int = 24


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup: when it was made by this machine's clock, its bytes, and whether it opens and
    passes its check (None: not looked at)."""

    path: Path
    time: datetime
    size: int
    good: bool | None = None


def outdated(backups: Iterable[Backup], now: datetime, keeping: Keeping) -> tuple[Backup, ...]:
    """The backups that need not be kept any longer, oldest first.

    One that is known to be bad stands for no day, week or month. The newest that is known to be
    good is kept, however old; where none is, nothing is outdated.
    """
    ordered = sorted(backups, key=lambda backup: (backup.time, backup.path.name), reverse=True)
    good = next((backup for backup in ordered if backup.good), None)
    if good is None:
        return ()
    today = now.date()
    kept = {good.path}
    kept.update(b.path for b in ordered if (today - b.time.date()).days < keeping.whole_days)
    sound = [backup for backup in ordered if backup.good is not False]
    rules: tuple[tuple[Callable[[date], date], Callable[[date, date], int], int], ...] = (
        (lambda day: day, lambda day, now: (now - day).days, keeping.days),
        (_monday, lambda day, now: (now - day).days // 7, keeping.weeks),
        (lambda day: day.replace(day=1), _months, keeping.months),
    )
    for begins, age, most in rules:
        newest: dict[date, Backup] = {}
        for backup in sound:
            newest.setdefault(begins(backup.time.date()), backup)
        kept.update(b.path for day, b in newest.items() if age(day, begins(today)) <= most)
    return tuple(backup for backup in reversed(ordered) if backup.path not in kept)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _months(day: date, now: date) -> int:
    return (now.year - day.year) * 12 + now.month - day.month
