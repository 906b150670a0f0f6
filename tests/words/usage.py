"""Which keys of the catalogue the code names, read from its syntax trees.

A key is named by a string (`"inspector.quotes"`), by an f-string that begins with a literal
(`f"panel.{part}"` names a key below `panel.` whose part stands somewhere in the code), or as the
code of an error or of a problem (`AllianceError("file.missing")` names `error.file.missing`).
The words of the closed lists of `db.records` are named by `term`, value by value.
"""

from __future__ import annotations

import ast
import re
import string
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.pofile import read_po

from db import records
from viewer.words.compile import calendar_names

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
CATALOGUES = ROOT / "resources" / "words"
TERMS = {
    "role": records.ROLES,
    "status": records.STATUSES,
    "confidence": records.CONFIDENCES,
    "stance": records.STANCES,
    "aspect": records.ASPECTS,
    "mode": records.MODES,
    "form": records.FORMS,
    "state": records.STATES,
    "link": records.LINK_TYPES,
    "seen": records.SEEN,
    "rule": records.RULES,
}
# What `explain` and the command `check` put before the codes of these.
CODED = {"AllianceError": "error.", "Problem": "problem."}
# Values that keys are put together with and that stand nowhere in the code: Unicode's plurals.
PLURALS = {"zero", "one", "two", "few", "many", "other"}
_KEY = re.compile(r"[a-z][a-z0-9_-]*(\.[a-z0-9_:-]+)+")


@dataclass(frozen=True)
class Text:
    """One entry: its texts (two where English has a plural) and where it stands."""

    key: str
    texts: tuple[str, ...]
    plural: bool
    room: str

    @property
    def fields(self) -> set[str]:
        return {
            name for text in self.texts for _, name, _, _ in string.Formatter().parse(text) if name
        }


@cache
def catalogue(language: str) -> dict[str, Text]:
    """Every entry of a language by key."""
    found = {
        key: Text(key, (name,), plural=False, room="calendar")
        for key, name in calendar_names(language).items()
    }
    for path in sorted((CATALOGUES / language).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                plural = not isinstance(message.id, str)
                key = message.id if isinstance(message.id, str) else message.id[0]
                told = message.string or ""
                texts = (told,) if isinstance(told, str) else tuple(told)
                if key:
                    found[key] = Text(key, texts, plural, path.stem)
    return found


@dataclass(frozen=True)
class Call:
    """A call of `t`, `n`, `AllianceError` or `Problem` with a key written out; None instead of the
    names of its fields where they are not all written at the call."""

    what: str
    key: str
    place: str
    fields: frozenset[str] | None


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for room in ("db", "viewer"):
        for path in sorted((ROOT / room).rglob("*.py")):
            yield path.relative_to(ROOT), ast.parse(path.read_text("utf-8"))


@cache
def calls() -> tuple[Call, ...]:
    """Every call that writes its key, or the beginning of it, out."""
    found = []
    for path, tree in trees():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            key = _written(node.args[0])
            if name in ("t", "n", *CODED) and key is not None:
                names = [keyword.arg for keyword in node.keywords]
                passed_on = None in names or name == "Problem"
                fields = None if passed_on else frozenset(filter(None, names))
                place = f"{path}:{node.lineno}"
                found.append(Call(name, CODED.get(name, "") + key, place, fields))
    return tuple(found)


@cache
def named() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """The keys and codes that the code writes out, and patterns for those that it puts together."""
    whole: set[str] = set()
    patterns: set[str] = set()
    for _, tree in trees():
        inside = {
            id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)
            for part in node.values
        }  # fmt: skip
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and id(node) not in inside:
                if isinstance(node.value, str) and _KEY.fullmatch(node.value):
                    whole.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                written = _written(node) or ""
                # What only adds the prefix of all codes names none of them.
                if re.match(r"[a-z-]+\.", written) and written.rstrip("*") not in CODED.values():
                    patterns.add(written)
    return frozenset(whole), tuple(re.compile(pattern_of(each)) for each in sorted(patterns))


def pattern_of(written: str) -> str:
    """A pattern for a key with a `*` for each part that is put in."""
    return "([a-z0-9._:-]+)".join(re.escape(part) for part in written.split("*"))


@cache
def _values() -> frozenset[str]:
    """Every string and name of the code: what may be put into a key."""
    found = set(PLURALS)
    for _, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value.replace(" ", "-"))
            elif isinstance(node, ast.FunctionDef):
                found.add(node.name)
            elif isinstance(node, ast.keyword) and node.arg:
                found.add(node.arg)
    return frozenset(found)


def _written(node: ast.expr) -> str | None:
    """A string as it is written, `*` for what an f-string puts in; None for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else "*" for part in node.values
        )
    return None


def is_used(key: str) -> bool:
    whole, patterns = named()
    kind, _, value = key.partition(".")
    if kind in TERMS and value in {each.replace(" ", "-") for each in TERMS[kind]}:
        return True
    if key in {call.key for call in calls()}:
        return True
    prefixes = [prefix for prefix in CODED.values() if key.startswith(prefix)]
    names = [key] + [key.removeprefix(prefix) for prefix in prefixes]
    return any(name in whole or any(_is_put_in(name, each) for each in patterns) for name in names)


def _is_put_in(name: str, pattern: re.Pattern[str]) -> bool:
    found = pattern.fullmatch(name)
    return bool(found) and all(
        part.isdecimal() or part in _values() for part in (found.groups() if found else ())
    )
