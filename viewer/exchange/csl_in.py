"""CSL-JSON read as sources: what reference managers write of documents."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from db import dates
from db.errors import AllianceError
from db.portable import Misread, PortableSource
from db.records import Bilingual
from viewer.exchange.csl_out import OWN
from viewer.exchange.json_tree import parse
from viewer.exchange.terms import ref_of

if TYPE_CHECKING:
    from viewer.exchange.json_tree import Node

MEDIA_TYPE = "application/vnd.citationstyles.csl+json"
MOST = 20_000
"""Items of one document."""
_LINE = 2000  # characters of a title, a name, an address


def read(data: bytes) -> tuple[PortableSource | Misread, ...]:
    """The items of a document, in its order.

    Raises as `json_tree.parse` does, `csl.none` where there are none, `csl.many` (most).
    """
    return read_tree(parse(data))


def read_tree(root: Node) -> tuple[PortableSource | Misread, ...]:
    """The same of a document that was parsed already."""
    items = root.items()
    # CSL-JSON of some programs wraps its items.
    if root.is_object and (wrapped := root.get("items")) is not None:
        items = wrapped.items()
    if not items:
        raise AllianceError("csl.none")
    if len(items) > MOST:
        raise AllianceError("csl.many", most=MOST)
    return tuple(_read(each) for each in items)


def has_items(root: Node) -> bool:
    """Whether a document looks like one of references."""
    wrapped = root.get("items") if root.is_object else None
    items = (wrapped or root).items()
    return bool(items) and items[0].is_object and bool(items[0].value) and _names(items[0])


def _names(item: Node) -> bool:
    return any(item.get(name) is not None for name in ("title", "issued", "container-title"))


def _read(item: Node) -> PortableSource | Misread:
    try:
        return _source(item)
    except AllianceError as error:
        return Misread(item.where, error)


def _source(item: Node) -> PortableSource:
    """Raises `csl.title` (where) for an item without a title."""
    title = item.text("title", _LINE).strip()
    custom = item.get("custom")
    ours = custom.get(OWN) if custom is not None and custom.is_object else None
    ref = ref_of(_id(item))
    found = PortableSource(
        id=ref[1] if ref is not None and ref[0] == "source" else None,
        title=_own(title),
        language=_language(item, title),
        publisher=_own(item.text("container-title", _LINE) or item.text("publisher", _LINE)),
        author=_own(_authors(item)),
        edtf=_date(item),
        url=item.text("URL", _LINE),
        media_type=MEDIA_TYPE,
        item=json.dumps(item.value, ensure_ascii=False, sort_keys=True, indent=1).encode(
            "utf-8", "replace"
        ),
        where=item.where,
    )
    if ours is not None:
        found = _with_ours(found, ours)
    if not found.title:
        raise AllianceError("csl.title", where=item.where)
    return found


def _with_ours(found: PortableSource, ours: Node) -> PortableSource:
    """What a program of ours wrote, which says more."""
    from dataclasses import replace

    edtf = ours.text("date", _LINE)
    return replace(
        found,
        title=ours.bilingual("title") or found.title,
        publisher=ours.bilingual("publisher"),
        author=ours.bilingual("author"),
        edtf=dates.parse(edtf).text if edtf else "",
        date_note=ours.bilingual("dateNote"),
        rights=ours.text("rights"),
        marking=ours.text("marking"),
        translation_from=ours.text("translationFrom", 35),
        translation_by=ours.bilingual("translationBy"),
        translation_note=ours.bilingual("translationNote"),
        blob_sha256=ours.text("sha256", 64),
        text_sha256=ours.text("textSha256", 64),
    )


def _id(item: Node) -> str:
    """An item's id may be a number."""
    found = item.get("id")
    return found.text() if found is not None and found.is_text else ""


def _own(text: str) -> Bilingual:
    """A text as one in the language that its letters are of."""
    text = " ".join(text.split())
    if not text:
        return Bilingual(None, None)
    return Bilingual(None, text) if _is_korean(text) else Bilingual(text, None)


def _is_korean(text: str) -> bool:
    return any("가" <= each <= "힣" for each in text)


def _language(item: Node, title: str) -> str:
    told = item.text("language", 35).strip().replace("_", "-").lower()
    if told:
        return told.split("-")[0] if told.startswith(("ko", "en")) else told
    return "ko" if _is_korean(title) else "und"


def _authors(item: Node) -> str:
    names = item.get("author")
    return ", ".join(_name(each) for each in (names.items() if names is not None else ()))


def _name(node: Node) -> str:
    literal = node.text("literal", _LINE)
    if literal:
        return literal
    family, given = node.text("family", _LINE), node.text("given", _LINE)
    if _is_korean(family + given):
        return family + given
    particle = node.text("non-dropping-particle", _LINE)
    return " ".join(part for part in (given, particle, family) if part)


def _date(item: Node) -> str:
    """The date as EDTF; what cannot be read as one is left out.

    Raises `csl.date` (where) for parts that are no date.
    """
    issued = item.get("issued")
    if issued is None:
        return ""
    if issued.is_text:
        return _written(issued.text(most=_LINE))
    parts = issued.get("date-parts")
    if parts is None:
        return _written(issued.text("raw", _LINE) or issued.text("literal", _LINE))
    ends = [_end(each) for each in parts.items()]
    season = issued.get("season")
    if len(ends) == 1 and len(ends[0]) == 4 and season is not None:
        number = season.value if isinstance(season.value, int) else season.text(most=9)
        if str(number) in "1234":
            ends = [f"{ends[0]}-2{number}"]
    text = "/".join(ends[:2])
    if issued.get("circa") is not None and len(ends) == 1:
        text += "~"
    try:
        return dates.parse(text).text
    except AllianceError as error:
        raise AllianceError("csl.date", where=parts.where, text=text[:40]) from error


def _end(node: Node) -> str:
    """The year, month and day of one end; some programs write them as texts."""
    numbers = []
    for each in node.items():
        if each.is_text and each.text(most=9).isdigit():
            numbers.append(int(each.text()))
        else:
            numbers.append(each.whole(0, 9999))
    return "-".join(f"{number:0{2 if at else 4}}" for at, number in enumerate(numbers[:3]))


def _written(text: str) -> str:
    try:
        return dates.parse(text.strip()).text if text.strip() else ""
    except AllianceError:
        return ""
