"""Whatever the code wants to say has words in both languages."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from db.records import LANGUAGES, Language

ROOT = Path(__file__).parents[2]


def wanted_keys() -> dict[str, str]:
    """The keys written out in the code (texts, plurals, errors, problems), and where."""
    found = {}
    for room in ("db", "viewer"):
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                    continue
                key = node.args[0] if node.args else None
                if not (isinstance(key, ast.Constant) and isinstance(key.value, str)):
                    continue
                place = f"{path.relative_to(ROOT)}:{node.lineno}"
                if node.func.id == "AllianceError":
                    found[f"error.{key.value}"] = place
                elif node.func.id == "Problem":
                    found[f"problem.{key.value}"] = place
                elif node.func.id in ("t", "n"):
                    found[key.value] = place
    return found


def entries(language: Language) -> dict[str, list[str]]:
    """Texts by key, from all rooms of a language."""
    found: dict[str, list[str]] = {}
    for path in sorted((ROOT / "resources" / "words" / language).glob("*.po")):
        for block in path.read_text(encoding="utf-8").split("\n\n"):
            key = re.search(r'^msgid "(.+)"', block, re.M)
            if key:
                assert key[1] not in found, f"{path.name} says {key[1]} again"
                found[key[1]] = re.findall(r'^msgstr(?:\[\d\])? ((?:"[^\n]*"\n?)+)', block, re.M)
    return found


def test_every_key_in_the_code_has_words_in_both_languages() -> None:
    known = {language: entries(language).keys() for language in LANGUAGES}
    lacking = {
        f"{key} ({place}) lacks {language}"
        for key, place in wanted_keys().items()
        for language in LANGUAGES
        if key not in known[language]
    }
    assert not lacking


def test_both_languages_know_the_same_keys() -> None:
    assert entries("en").keys() == entries("ko").keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_of_the_catalogue_is_empty(language: Language) -> None:
    for key, texts in entries(language).items():
        assert texts, key
        for text in texts:
            assert text.replace('"', "").strip(), key


def test_a_translation_fills_in_the_same_fields() -> None:
    english, korean = entries("en"), entries("ko")
    for key, texts in english.items():
        fields = {field for text in texts for field in re.findall(r"\{(\w+)", text)}
        translated = {field for text in korean[key] for field in re.findall(r"\{(\w+)", text)}
        # A plural's number may be told in words on one side.
        assert fields - {"n"} == translated - {"n"}, key
