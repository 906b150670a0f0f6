"""CSL-JSON out and in: sources as reference managers know them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from db.errors import AllianceError
from db.portable import Misread, PortableSource
from db.records import Bilingual
from viewer.exchange import csl_out
from viewer.exchange.csl_in import read

ITEM = {
    "id": 7,
    "type": "article-newspaper",
    "title": "한미, 기술동맹으로",
    "author": [{"family": "홍", "given": "길동"}, {"literal": "연합뉴스"}],
    "container-title": "한국일보",
    "issued": {"date-parts": [["2022", 5, 21]]},
    "URL": "https://example.org/기사",
    "language": "ko-KR",
}


def one(item: object) -> PortableSource | Misread:
    (found,) = read(json.dumps([item]).encode())
    return found


def source(item: object) -> PortableSource:
    found = one(item)
    assert isinstance(found, PortableSource), found
    return found


def test_an_item_of_a_reference_manager_is_read() -> None:
    found = source(ITEM)
    assert found.title == Bilingual(None, "한미, 기술동맹으로")
    assert found.author == Bilingual(None, "홍길동, 연합뉴스")
    assert found.publisher == Bilingual(None, "한국일보")
    assert (found.edtf, found.url, found.language) == ("2022-05-21", ITEM["URL"], "ko")


@pytest.mark.parametrize(
    ("issued", "edtf"),
    [
        ({"date-parts": [[1953]]}, "1953"),
        ({"date-parts": [[1953, 10]], "circa": True}, "1953-10~"),
        ({"date-parts": [[2006, 2], [2007, 4]]}, "2006-02/2007-04"),
        ({"date-parts": [[1951]], "season": "1"}, "1951-21"),
        ({"raw": "2022-05"}, "2022-05"),
        ({"literal": "봄 어느 날"}, ""),
        ("2022-05-21", "2022-05-21"),
    ],
)
def test_each_kind_of_date_becomes_edtf(issued: object, edtf: str) -> None:
    assert source({**ITEM, "issued": issued}).edtf == edtf


@pytest.mark.parametrize(
    "edtf", ["2022-05-21", "1953", "1953-10~", "2006-02/2007-04", "1951-21", "195X", "1979/"]
)
def test_every_date_of_ours_comes_back(edtf: str) -> None:
    ours = PortableSource(id=5, title=Bilingual("A", "가"), language="ko", edtf=edtf)
    (found,) = read(csl_out.write([ours]))
    assert isinstance(found, PortableSource)
    assert found.edtf == edtf
    if edtf not in ("195X", "1979/"):
        item = json.loads(csl_out.write([ours]))[0]
        del item["custom"]
        assert source(item).edtf == edtf


def test_a_source_comes_back_equal() -> None:
    ours = PortableSource(
        id=5,
        title=Bilingual("Joint Statement", "공동성명"),
        language="ko",
        publisher=Bilingual("Office of the President", "대통령실"),
        author=Bilingual(None, "홍길동"),
        edtf="2022-05-21",
        date_note=Bilingual(None, "발표일"),
        url="https://example.org/",
        rights="공공누리",
        marking="대외비",
        translation_from="en",
        translation_by=Bilingual(None, "편집진"),
        translation_note=Bilingual("Ours", None),
        media_type="text/html",
        blob_sha256="a" * 64,
        text_sha256="b" * 64,
    )
    (found,) = read(csl_out.write([ours]))
    assert isinstance(found, PortableSource)
    for name in ours.__dataclass_fields__:
        if name not in ("item", "where", "media_type"):
            assert getattr(found, name) == getattr(ours, name), name


@pytest.mark.parametrize(
    ("given", "code", "where"),
    [
        ({"title": ""}, "csl.title", "$[0]"),
        ({"title": ["둘"]}, "json.not-text", "$[0].title"),
        ({"author": "홍길동"}, "json.not-object", "$[0].author"),
        ({"issued": {"date-parts": [[2022, 13]]}}, "csl.date", '$[0].issued["date-parts"]'),
        ({"issued": {"date-parts": [[-5]]}}, "json.not-whole", None),
        ({"issued": 2022}, "json.not-object", "$[0].issued"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(
    given: dict[str, Any], code: str, where: str | None
) -> None:
    found = one({**ITEM, **given})
    assert isinstance(found, Misread)
    assert found.error.code == code
    assert where is None or found.error.fields["where"] == where


def test_a_list_without_items_is_refused() -> None:
    with pytest.raises(AllianceError) as caught:
        read(b"[]")
    assert caught.value.code == "csl.none"
