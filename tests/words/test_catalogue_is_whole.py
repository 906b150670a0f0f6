"""The catalogue has every text that the code asks for, in both languages, and no other."""

from __future__ import annotations

import re

import pytest

from db.records import LANGUAGES
from tests.words.usage import (
    CATALOGUES,
    CODED,
    TERMS,
    Call,
    calls,
    catalogue,
    is_used,
    named,
    pattern_of,
)
from viewer.words import term

HANGUL = re.compile("[가-힣]")
# Signs, figures and names alone.
WITHOUT_HANGUL = {
    "date.moment",
    "form.date.means",
    "date.range",
    "date.range-of-days",
    "date.ordinal.one",
    "date.ordinal.two",
    "date.ordinal.few",
    "date.ordinal.other",
    "history.in-language",
    "history.moment",
    "importing.changed",
    "importing.said",
    "inspector.figure",
    "inspector.figure-date",
    "inspector.figure-unit",
    "inspector.weekday",
    "keys.arrows",
    "keys.escape",
    "keys.heaps",
    "keys.home-end",
    "keys.move-date",
    "keys.move-end",
    "keys.space",
    "keys.tab",
    "layout.scheme",
    "new-edition.counted",
    "organise.aside",
    "organise.quoted",
}
# The way to Korean is told in Korean, for those who read nothing else.
WITH_HANGUL = {"language.ko", "command.language-ko", "command.other-language"}


def _missing(call: Call) -> bool:
    keys = catalogue("en")
    if "*" not in call.key:
        return call.key not in keys
    pattern = re.compile(pattern_of(call.key))
    return not any(pattern.fullmatch(key) for key in keys)


def test_every_text_that_is_asked_for_is_there() -> None:
    assert len(calls()) > 100
    assert [f"{call.place} {call.key}" for call in calls() if _missing(call)] == []


def test_every_key_written_in_a_table_is_there() -> None:
    """A string like `panel.lanes`, wherever it stands, is a key or a code of the catalogue."""
    rooms = {key.split(".")[0] for key in catalogue("en")} - {"app", "error", "window"}
    keys = set(catalogue("en"))
    lost = [
        text
        for text in sorted(named()[0])
        if text.split(".")[0] in rooms
        and not any(prefix + text in keys for prefix in ("", *CODED.values()))
        and not any(key.startswith(f"{text}.") for key in keys)
    ]
    assert lost == []


def test_no_text_is_left_over() -> None:
    assert [key for key in catalogue("en") if not is_used(key)] == []


def test_both_languages_have_the_same_keys_in_the_same_rooms() -> None:
    english, korean = ({(e.key, e.room) for e in catalogue(each).values()} for each in LANGUAGES)
    assert english ^ korean == set()


def test_both_languages_fill_in_the_same_fields() -> None:
    korean = catalogue("ko")
    differing = [
        key
        for key, english in catalogue("en").items()
        if key in korean and english.fields != korean[key].fields
    ]
    assert differing == []


def test_every_field_of_a_text_is_given_by_those_who_ask_for_it() -> None:
    lacking = [
        f"{call.place} {call.key}: {sorted(lacks)}"
        for call in calls()
        if call.fields is not None
        and (text := catalogue("en").get(call.key))
        and (lacks := text.fields - call.fields - ({"n"} if call.what == "n" else set()))
    ]
    assert lacking == []


def test_what_is_counted_has_a_plural() -> None:
    counted = {call.key for call in calls() if call.what == "n" and "*" not in call.key}
    for language in LANGUAGES:
        assert [key for key in counted if not catalogue(language)[key].plural] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_or_unsure(language: str) -> None:
    for text in catalogue(language).values():
        assert text.texts
        assert all(each.strip() == each and each for each in text.texts), text.key
    for path in (CATALOGUES / language).glob("*.po"):
        assert "#, fuzzy" not in path.read_text("utf-8"), path.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_stands_twice(language: str) -> None:
    every = [
        key
        for path in sorted((CATALOGUES / language).glob("*.po"))
        for key in re.findall(r'^msgid "(.+)"$', path.read_text("utf-8"), re.MULTILINE)
    ]
    assert sorted({key for key in every if every.count(key) > 1}) == []


def test_korean_is_written_in_hangul() -> None:
    foreign = {
        text.key
        for text in catalogue("ko").values()
        if not all(HANGUL.search(each) for each in text.texts)
    }
    assert foreign - WITHOUT_HANGUL == set()


def test_english_is_written_without_hangul() -> None:
    foreign = {
        text.key for text in catalogue("en").values() if any(HANGUL.search(e) for e in text.texts)
    }
    assert foreign <= WITH_HANGUL


@pytest.mark.parametrize("kind", TERMS)
def test_every_value_of_a_closed_list_has_its_own_word(kind: str) -> None:
    for language in LANGUAGES:
        words = [term(kind, value, language) for value in TERMS[kind]]
        assert len(set(words)) == len(words)
