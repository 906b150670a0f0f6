"""`new`, `info` and `check`: a timeline file as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.store import Store
from viewer.cli.options import file_argument, json_option, option
from viewer.cli.output import json_result, message, result
from viewer.words import t

if TYPE_CHECKING:
    from pathlib import Path

    import click

    from db.records import Language


def new_parameters(language: Language) -> list[click.Parameter]:
    return [file_argument(), option(language, "empty", is_flag=True)]


def reading_parameters(language: Language) -> list[click.Parameter]:
    return [file_argument(), json_option(language)]


def new(language: Language, /, file: Path, empty: bool) -> int:
    """Makes a file with the shipped data, or an empty one; an existing file is left alone."""
    with Store.create(file, empty=empty) as store:
        events = store.info()["events"]
    message(t("cli.new.made", language, path=file, events=events))
    return 0


def info(language: Language, /, file: Path, json: bool) -> int:
    """Tells what a file holds."""
    with Store.open(file, read_only=True) as store:
        facts = store.info()
    if json:
        json_result(facts)
        return 0
    for name, fact in facts.items():
        told = " – ".join(fact) if isinstance(fact, list) else fact
        result(f"{t(f'cli.info.{name}', language)}: {'–' if told is None else told}")
    return 0


def check(language: Language, /, file: Path, json: bool) -> int:
    """Checks a file; 1 where there are problems."""
    with Store.open(file, read_only=True) as store:
        problems = store.check()
    if json:
        json_result({"ok": not problems, "problems": [each.as_data() for each in problems]})
        return 1 if problems else 0
    for problem in problems:
        fields = {"table": problem.table, "id": problem.id, **problem.fields}
        sentence = t(f"problem.{problem.code}", language, **fields)
        result(" ".join(sentence.split()))
    if not problems:
        result(t("cli.check.fine", language))
    return 1 if problems else 0
