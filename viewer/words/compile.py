"""Compiles the catalogues: `python -m viewer.words.compile` after a text was edited."""

from __future__ import annotations

import os
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def compiled_bytes(sources: Path) -> bytes:
    """One compiled catalogue of all `.po` files of a language's folder and the calendar's names.

    Raises ValueError where two of them have the same key.
    """
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    whole = Catalog(locale=sources.name, charset="utf-8")
    for path in sorted(sources.glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=sources.name, abort_invalid=True):
                if not message.id:
                    continue
                if message.id in whole:
                    raise ValueError(f"{path.name}: {message.id!r} stands in another file too")
                whole.add(message.id, message.string, flags=message.flags)
    for key, name in calendar_names(sources.name).items():
        whole.add(key, name)
    out = BytesIO()
    write_mo(out, whole)
    return out.getvalue()


def calendar_names(language: str) -> dict[str, str]:
    """Babel's names by key: `calendar.month.1` to `12`, short, and `calendar.weekday.0` (Monday)
    to `6`, in full."""
    from babel.dates import get_day_names, get_month_names

    months = get_month_names("abbreviated", locale=language)
    weekdays = get_day_names("wide", locale=language)
    return {f"calendar.month.{number}": name for number, name in months.items()} | {
        f"calendar.weekday.{number}": name for number, name in weekdays.items()
    }


def write(folder: Path, language: str) -> None:
    """Writes `<language>.mo` into the folder of the catalogues, whole or not at all."""
    made = folder / f"{language}.{os.getpid()}.new"  # two processes may compile at once
    try:
        made.write_bytes(compiled_bytes(folder / language))
        made.replace(folder / f"{language}.mo")
    finally:
        made.unlink(missing_ok=True)


def main() -> None:
    from viewer.resources import resource

    folder = resource("words")
    for sources in sorted(each for each in folder.iterdir() if each.is_dir()):
        write(folder, sources.name)


if __name__ == "__main__":
    main()
