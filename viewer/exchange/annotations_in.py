"""W3C Web Annotations read as quotes, ours and those of other programs.

A collection, a page, a list of annotations or one alone. Each annotation is read for itself: what
is wrong with one of them is told with its place, and the others are read all the same. Nothing is
fetched, whatever a document names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from db import dates
from db.errors import AllianceError
from db.paraphrases import paraphrase_in
from db.portable import (
    NONE,
    Misread,
    PortableAnchor,
    PortableEvidence,
    PortableFigure,
    PortableQuote,
    PortableSource,
    PortableSpeaker,
    PortableTranslation,
)
from db.records import ASPECTS, FORMS, MODES, STANCES, STATES, Bilingual
from viewer.exchange.json_tree import parse
from viewer.exchange.terms import own, ref_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.records import Ref
    from viewer.exchange.json_tree import Node

MOST = 100_000
"""Annotations of one document."""
_TOLD = 60  # characters of a word that is told as unknown
_KEY = 200  # characters of a key
_LANGUAGE = 35  # characters of a language's code, as BCP 47 recommends


def read(data: bytes) -> tuple[PortableQuote | Misread, ...]:
    """The annotations of a document, in its order.

    Raises as `json_tree.parse` does, `annotation.none` where there are none, `annotation.elsewhere`
    (where, address) where they are in another document, `annotation.many` (most).
    """
    return read_tree(parse(data))


def read_tree(root: Node) -> tuple[PortableQuote | Misread, ...]:
    """The same of a document that was parsed already."""
    items = list(_annotations(root))
    if not items:
        raise AllianceError("annotation.none")
    if len(items) > MOST:
        raise AllianceError("annotation.many", most=MOST)
    return tuple(_read(each) for each in items)


def has_annotations(root: Node) -> bool:
    """Whether a document looks like one of annotations."""
    first = root.items()[0] if root.items() else root
    if not first.is_object:
        return False
    members = first.value
    assert isinstance(members, dict)
    kinds = members.get("type")
    named = kinds if isinstance(kinds, list) else [kinds]
    is_one = any(isinstance(each, str) and each.startswith("Annotation") for each in named)
    return is_one or "@context" in members or "target" in members


def _annotations(node: Node) -> Iterator[Node]:
    """The annotations in a list, a page, or a collection with its pages."""
    if not node.is_object:
        for each in node.items():
            if not each.is_object:
                each.need("type")  # says that it is no object
            yield each
        return
    while node is not None:
        if node.get("target") is not None:
            yield node
            return
        items, onward = node.get("items"), node.get("first")
        if items is not None:
            yield from items.items()
            onward = node.get("next")
        if onward is None:
            return
        if onward.is_text:
            address = onward.text()[:_TOLD]
            raise AllianceError("annotation.elsewhere", where=onward.where, address=address)
        node = onward


def _read(node: Node) -> PortableQuote | Misread:
    try:
        return _quote(node)
    except AllianceError as error:
        return Misread(node.where, error)


def _quote(node: Node) -> PortableQuote:
    anchors = tuple(_anchor(each) for each in node.need("target").items())
    if not anchors:
        raise AllianceError("json.missing", where=node.where, name="target")
    spoken = node.get(own("speaker"))
    bodies = _Bodies(node)
    figures = node.get(own("figures"))
    return PortableQuote(
        anchors=anchors,
        id=_row("quote", node),
        slug=node.text(own("key"), most=_KEY),
        form=node.word(own("form"), FORMS, ""),
        language=_language(node, own("language")),
        speaker=_speaker(spoken) if spoken is not None else None,
        attribution=node.text(own("attribution")),
        note=bodies.note,
        translations=tuple(bodies.translations),
        evidence=tuple(bodies.evidence),
        figures=tuple(_figure(each) for each in figures.items()) if figures is not None else (),
        where=node.where,
    )


# Where it stands


def _anchor(target: Node) -> PortableAnchor:
    """A target: raises `annotation.whole` for one that names a document and none of its words,
    `annotation.selector` (types) for one that says them in a way that is not read here."""
    if target.is_text or target.get("selector") is None:
        raise AllianceError("annotation.whole", where=target.where)
    source = target.get("source")
    quote = position = None
    others = []
    for each in target.need("selector").items():
        if each.get("exact") is not None:
            quote = quote or each
        elif each.get("start") is not None and each.get("end") is not None:
            position = position or each
        else:
            others.append((each.text("type") or "?")[:_TOLD])
    if quote is None and position is None:
        types = ", ".join(others) or "–"
        raise AllianceError("annotation.selector", where=target.where, types=types)
    start = position.need("start").whole() if position is not None else None
    end = position.need("end").whole() if position is not None else None
    if position is not None and start is not None and end is not None and start >= end:
        raise AllianceError("annotation.order", where=position.where, start=start, end=end)
    score, phrase = target.get(own("score")), target.get(own("phraseStart"))
    return PortableAnchor(
        source=_source(source) if source is not None else PortableSource(where=target.where),
        exact=quote.need("exact").text() if quote is not None else "",
        before=quote.text("prefix") if quote is not None else "",
        after=quote.text("suffix") if quote is not None else "",
        start=start,
        end=end,
        state=target.word(own("state"), STATES, "intact"),
        score=score.whole(0, 100) if score is not None else 100,
        phrase_start=phrase.whole() if phrase is not None else None,
    )


def _source(node: Node) -> PortableSource:
    """A document by its address or name alone, or described."""
    if node.is_text:
        return _named(node.text(), node.where)
    named = _named(node.text("id"), node.where)
    return PortableSource(
        id=named.id,
        title=node.bilingual(own("title")),
        url=node.text(own("address")) or named.url,
        text_sha256=node.text(own("textSha256"), most=64),
        where=node.where,
    )


def _named(name: str, where: str) -> PortableSource:
    ref = ref_of(name)
    if ref is not None and ref[0] == "source":
        return PortableSource(id=ref[1], where=where)
    return PortableSource(url=name, where=where)


# What is said of it


class _Bodies:
    """The bodies of an annotation: translations, remarks, and what it is evidence for."""

    def __init__(self, annotation: Node) -> None:
        self.translations: list[PortableTranslation] = []
        self.evidence: list[PortableEvidence] = []
        self._notes: dict[str, list[str]] = {"en": [], "ko": []}
        alone = annotation.text("bodyValue")
        if alone:
            self._notes[_tongue("", alone)].append(alone)
        body = annotation.get("body")
        for each in body.items() if body is not None else ():
            self._take(each)

    @property
    def note(self) -> Bilingual:
        en, ko = ("\n".join(self._notes[each]) or None for each in ("en", "ko"))
        return Bilingual(en, ko)

    def _take(self, body: Node) -> None:
        if body.is_text:  # a document about the words, which is not fetched
            return
        kinds = body.get("type")
        types = kinds.words() if kinds is not None else set()
        if own("Paraphrase") in types:
            self._take_translation(body, own_words=True)
        elif own("Translation") in types or body.get(own("by")) is not None:
            self._take_translation(body)
        elif own("Evidence") in types or body.get(own("stance")) is not None:
            self.evidence.append(_evidence(body))
        elif body.get("value") is not None:
            text = body.need("value").text().strip()
            if text:
                self._notes[_tongue(body.text("language", 99), text)].append(text)

    def _take_translation(self, body: Node, *, own_words: bool = False) -> None:
        """`own_words`: it is a paraphrase."""
        language, text = _language(body, "language"), body.need("value").text()
        if language and own_words:
            language = paraphrase_in(language)
        by = body.bilingual(own("by"))
        if not language:
            raise AllianceError("json.missing", where=body.where, name="language")
        if not text.strip() or not by:
            raise AllianceError("quote.translation")
        if any(each.language == language for each in self.translations):
            raise AllianceError("quote.translation")
        stale = body.flag(own("stale"), default=False)
        self.translations.append(PortableTranslation(language, text, by, stale))


def _tongue(language: str, text: str) -> str:
    """Which of the two languages of our notes a text is put down as."""
    if language:
        return "ko" if language.lower().startswith("ko") else "en"
    return "ko" if any("가" <= each <= "힣" for each in text) else "en"


def _evidence(body: Node) -> PortableEvidence:
    about = body.get("source")
    target: Ref | None = None
    title = NONE
    if about is not None:
        target = ref_of(about.text() if about.is_text else about.text("id"))
        title = NONE if about.is_text else about.bilingual(own("title"))
    if target is not None and target[0] not in ("event", "stage"):
        target = None
    return PortableEvidence(
        target=target,
        stance=body.word(own("stance"), STANCES, "supports"),
        aspect=body.word(own("aspect"), ASPECTS, "existence"),
        mode=body.word(own("mode"), MODES, "report"),
        note=body.bilingual(own("note")),
        title=title,
    )


def _speaker(node: Node) -> PortableSpeaker:
    name = node.bilingual(own("name"))
    if not name:
        raise AllianceError("json.missing", where=node.where, name=own("name"))
    named = node.flag(own("named"), default=True)
    return PortableSpeaker(name, node.bilingual(own("role")), named, _row("speaker", node))


def _figure(node: Node) -> PortableFigure:
    edtf = node.text(own("date"))
    if edtf:
        edtf = dates.parse(edtf).text
    exact, value = node.need(own("exact")).text(), node.need(own("value")).text()
    if not exact or not value:
        raise AllianceError("json.missing", where=node.where, name=own("value"))
    return PortableFigure(
        exact=exact,
        offset=node.need(own("offset")).whole(least=-(10**9)),
        value=value,
        unit=node.bilingual(own("unit")),
        edtf=edtf,
        note=node.bilingual(own("note")),
    )


def _row(table: str, node: Node) -> int | None:
    """The row of ours that the id of an object names."""
    ref = ref_of(node.text("id"))
    return ref[1] if ref is not None and ref[0] == table else None


def _language(node: Node, name: str) -> str:
    return node.text(name, most=_LANGUAGE).strip()
