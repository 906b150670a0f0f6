"""Web Annotations in: ours, and those that other programs write."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from db.errors import AllianceError
from db.paraphrases import paraphrase_in
from db.portable import (
    Misread,
    PortableAnchor,
    PortableQuote,
    PortableSource,
    PortableTranslation,
)
from db.records import Bilingual
from viewer.exchange.annotations_in import read
from viewer.exchange.annotations_out import write

if TYPE_CHECKING:
    from collections.abc import Mapping

QUOTE = {
    "type": "TextQuoteSelector",
    "exact": "기술동맹이 추가될 것",
    "prefix": "이번에 ",
    "suffix": "이다",
}
POSITION = {"type": "TextPositionSelector", "start": 10, "end": 21}


def annotation(**given: Any) -> dict[str, Any]:
    """A small annotation of another program."""
    target = {"source": "https://example.org/기사", "selector": [QUOTE, POSITION]}
    return {"type": "Annotation", "id": "https://example.org/a/1", "target": target, **given}


def one(document: object) -> PortableQuote | Misread:
    (found,) = read(json.dumps(document).encode())
    return found


def quote(document: object) -> PortableQuote:
    found = one(document)
    assert isinstance(found, PortableQuote), found
    return found


def misread(document: object) -> AllianceError:
    found = one(document)
    assert isinstance(found, Misread), found
    return found.error


def page(*items: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "AnnotationPage", "items": list(items)}


def test_an_annotation_of_another_program_says_where_its_words_stand() -> None:
    found = quote(annotation())
    (anchor,) = found.anchors
    assert (anchor.exact, anchor.before, anchor.after) == (
        "기술동맹이 추가될 것", "이번에 ", "이다",
    )  # fmt: skip
    assert (anchor.start, anchor.end) == (10, 21)
    assert anchor.source.url == "https://example.org/기사"
    assert found.id is None
    assert found.speaker is None


@pytest.mark.parametrize(
    "document",
    [
        annotation(),
        [annotation()],
        page(annotation()),
        {"type": "AnnotationCollection", "first": page(annotation())},
        {"type": "AnnotationCollection", "first": {**page(), "next": page(annotation())}},
    ],
)
def test_annotations_come_alone_in_lists_pages_and_collections(document: object) -> None:
    assert quote(document).exact == "기술동맹이 추가될 것"


def test_annotations_that_are_elsewhere_are_not_fetched_but_told() -> None:
    document = {"type": "AnnotationCollection", "first": "https://example.org/page1"}
    with pytest.raises(AllianceError) as caught:
        read(json.dumps(document).encode())
    assert caught.value.code == "annotation.elsewhere"
    assert caught.value.fields["address"] == "https://example.org/page1"
    assert caught.value.fields["where"] == "$.first"


def test_a_remark_in_a_body_becomes_the_note_in_its_language() -> None:
    bodies = [
        {"type": "TextualBody", "value": "중요한 대목", "language": "ko-KR"},
        {"type": "TextualBody", "value": "Compare the joint statement"},
        "https://example.org/picture.png",
    ]
    assert quote(annotation(body=bodies)).note == Bilingual(
        "Compare the joint statement", "중요한 대목"
    )
    assert quote(annotation(bodyValue="다시 볼 것")).note == Bilingual(None, "다시 볼 것")


@pytest.mark.parametrize(
    ("target", "code", "where"),
    [
        ("https://example.org/", "annotation.whole", "$.target"),
        ({"source": "https://example.org/"}, "annotation.whole", "$.target"),
        (
            {"source": "x", "selector": {"type": "XPathSelector", "value": "/p"}},
            "annotation.selector",
            "$.target",
        ),
        ({"selector": {"exact": ["한", "미"]}}, "json.not-text", "$.target.selector.exact"),
        ({"selector": {"start": "0", "end": 3}}, "json.not-whole", "$.target.selector.start"),
        ({"selector": {"start": 5, "end": 5}}, "annotation.order", "$.target.selector"),
        ({"selector": {"start": -1, "end": 5}}, "json.not-whole", "$.target.selector.start"),
        (7, "json.not-object", "$.target"),
    ],
)
def test_a_target_that_means_no_words_is_told_with_its_place(
    target: object, code: str, where: str
) -> None:
    error = misread(annotation(target=target))
    assert (error.code, error.fields["where"]) == (code, where)


def test_what_is_wrong_with_one_does_not_keep_the_others_from_being_read() -> None:
    found = read(json.dumps(page(annotation(), {"type": "Annotation"}, annotation())).encode())
    assert [type(each).__name__ for each in found] == ["PortableQuote", "Misread", "PortableQuote"]
    bad = found[1]
    assert isinstance(bad, Misread)
    assert bad.where == "$.items[1]"
    assert bad.error.fields["name"] == "target"


@pytest.mark.parametrize(
    ("term", "value", "code"),
    [
        ("alliance:form", "shouted", "json.not-one-of"),
        ("alliance:form", ["direct"], "json.not-one-of"),
        ("alliance:speaker", "김태효", "json.not-object"),
        ("alliance:speaker", {"alliance:named": True}, "json.missing"),
        ("alliance:language", 82, "json.not-text"),
        ("alliance:figures", [{"alliance:exact": "8"}], "json.missing"),
        ("body", [{"type": "alliance:Evidence", "alliance:stance": "loves"}], "json.not-one-of"),
        ("body", {"type": "alliance:Translation", "value": "글"}, "json.missing"),
    ],
)
def test_our_own_terms_with_other_values_are_told(term: str, value: object, code: str) -> None:
    assert misread(annotation(**{term: value})).code == code


def test_a_number_of_ours_that_is_none_is_no_number() -> None:
    for wrong in ("urn:x-alliance-timeline:quote:0", f"urn:x-alliance-timeline:quote:{1 << 53}"):
        assert quote(annotation(id=wrong)).id is None
    assert quote(annotation(id="urn:x-alliance-timeline:event:5")).id is None
    assert quote(annotation(id="urn:x-alliance-timeline:quote:5")).id == 5


def test_translations_and_paraphrases_come_back_each_as_what_it_is() -> None:
    said = (
        PortableTranslation("ko", "기술동맹이 더해질 것이다", Bilingual(ko="번역팀")),
        PortableTranslation(paraphrase_in("ko"), "기술 분야로 넓힌다", Bilingual(ko="홍길동")),
    )
    anchor = PortableAnchor(PortableSource(3, Bilingual(ko="기사")), "a technology alliance")
    document = write([PortableQuote((anchor,), 7, language="en", translations=said)], "파일")
    assert quote(json.loads(document)).translations == said
    bodies = json.dumps(json.loads(document), ensure_ascii=False)
    assert "alliance:Paraphrase" in bodies
    assert "x-gist" not in bodies
