"""JSON from elsewhere: whatever is wrong with it is told, with its place."""

from __future__ import annotations

import json

import pytest

from db.errors import AllianceError
from db.records import Bilingual
from viewer.exchange import json_tree
from viewer.exchange.json_tree import parse


def refused(data: bytes) -> AllianceError:
    with pytest.raises(AllianceError) as caught:
        parse(data)
    return caught.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_each_encoding_of_json_is_read(encoding: str) -> None:
    assert parse('{"말": "한미동맹"}'.encode(encoding)).text("말") == "한미동맹"


def test_a_text_is_composed() -> None:
    assert parse(json.dumps({"a": "\u1112\u1161\u11ab"}).encode()).text("a") == "한"


def test_bytes_that_are_no_text_are_refused() -> None:
    assert refused("한미동맹".encode("cp949")).code == "json.encoding"


def test_the_place_of_a_mistake_is_told() -> None:
    error = refused('{"a": 1,\n "나": }'.encode())
    assert error.code == "json.syntax"
    assert (error.fields["line"], error.fields["column"]) == (2, 7)


@pytest.mark.parametrize("opening", ["[", '{"a":', '[{"b":['])
def test_a_document_that_is_nested_deeply_is_refused_where_it_becomes_so(opening: str) -> None:
    error = refused((opening * 100_000).encode())
    assert error.code == "json.deep"
    assert error.fields["line"] == 1
    assert 200 <= int(str(error.fields["column"])) <= 201 * len(opening)


def test_brackets_within_texts_are_no_nesting() -> None:
    text = "[" * 1000 + '\\"' + "{" * 1000
    assert parse(f'["{text}"]'.encode()).items()[0].text().startswith("[[[")


def test_a_document_that_is_too_large_is_refused_before_it_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(json_tree, "MOST_BYTES", 1 << 20)
    assert refused(b"[" + b" " * (1 << 20) + b"]").code == "json.large"
    monkeypatch.setattr(json_tree, "MOST_VALUES", 1000)
    assert refused(b"[" + b"1," * 1001 + b"1]").code == "json.many"


@pytest.mark.parametrize("number", ["NaN", "-Infinity", "9" * 5000])
def test_what_is_no_number_is_refused(number: str) -> None:
    assert refused(f'{{"a": {number}}}'.encode()).code == "json.number"


def test_a_name_that_stands_twice_is_refused() -> None:
    error = refused('{"뜻": 1, "뜻": 2}'.encode())
    assert (error.code, error.fields["name"]) == ("json.twice", "뜻")


def test_a_value_of_another_type_is_told_with_its_place() -> None:
    root = parse('{"items": [{"말": ["하나", 2]}, 7]}'.encode())
    first, second = root.need("items").items()
    wrong = [
        (lambda: second.get("a"), "json.not-object", "$.items[1]"),
        (lambda: first.need("말").items()[1].text(), "json.not-text", "$.items[0].말[1]"),
        (lambda: first.need("말").items()[0].whole(), "json.not-whole", "$.items[0].말[0]"),
        (lambda: first.flag("말", default=True), "json.not-flag", "$.items[0].말"),
        (lambda: first.word("말", ("예",), ""), "json.not-one-of", "$.items[0].말"),
        (lambda: first.need("없음"), "json.missing", "$.items[0]"),
        (lambda: first.need("말").items()[0].text(most=1), "json.long", "$.items[0].말[0]"),
    ]
    for ask, code, where in wrong:
        with pytest.raises(AllianceError) as caught:
            ask()
        assert (caught.value.code, caught.value.fields["where"]) == (code, where)


@pytest.mark.parametrize("letter", ["\\u0000", "\\ud83d"])
def test_letters_that_are_none_are_refused(letter: str) -> None:
    root = parse(f'{{"a": "가{letter}나"}}'.encode())
    with pytest.raises(AllianceError) as caught:
        root.text("a")
    assert caught.value.code == "json.letters"


def test_a_text_by_language_has_the_two_that_are_ours() -> None:
    root = parse('{"이름": {"en": "Kim", "ko": "김", "ja": "キム"}}'.encode())
    assert root.bilingual("이름") == Bilingual("Kim", "김")
    assert root.bilingual("없음") == Bilingual(None, None)
