"""Files and seed folders that the tests of `db` may spoil."""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from db import seeds
from db.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    Edit = Callable[..., None]


@pytest.fixture
def store(copy: Path) -> Iterator[Store]:
    """The shipped timeline, open for writing."""
    with Store.open(copy) as opened:
        yield opened


@pytest.fixture
def elsewhere(copy: Path) -> Edit:
    """Runs statements on the copy as any other SQLite program would."""

    def run(*statements: str) -> None:
        with closing(sqlite3.connect(copy)) as connection, connection:
            for statement in statements:
                connection.execute(statement)

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped seed files."""
    return shutil.copytree(seeds.seeds_folder(), tmp_path / "씨앗")


WORDS = Path(__file__).parents[2] / "resources" / "words"
LONE_FIELD = re.compile(r"\{\w+\}")


@cache
def catalogue(language: str) -> dict[str, str]:
    """The sentences of `errors.po`."""
    text = (WORDS / language / "errors.po").read_text("utf-8")
    return dict(re.findall(r'^msgid "(.+)"\nmsgstr "(.*)"$', text, re.M))


def sentences(key: str, fields: Mapping[str, object]) -> list[str]:
    """What a person is told in both languages; a field that the sentence lacks fails the test."""
    told = [catalogue(language)[key].format(**fields) for language in ("en", "ko")]
    assert not any(LONE_FIELD.search(sentence) or "None" in sentence for sentence in told), told
    return told
