"""Quotes as W3C Web Annotations (JSON-LD): what other programs can read of them.

The target of an annotation is the stretch of the document, by a TextQuoteSelector and a
TextPositionSelector; a quote that was accepted in several editions has a target in each. Its
bodies are the translations, the editors' note, and what it is evidence for. What the model has no
words for stands under our own terms (`viewer.exchange.terms`).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from db.paraphrases import paraphrased
from viewer.exchange.terms import CONTEXT, by_language, filled, own, urn_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from db.portable import (
        PortableAnchor,
        PortableEvidence,
        PortableFigure,
        PortableQuote,
        PortableSource,
        PortableSpeaker,
        PortableTranslation,
    )


def write(quotes: Iterable[PortableQuote], file_id: str) -> bytes:
    """An AnnotationCollection of one page, as UTF-8; `file_id` names the file they are from."""
    items = [annotation(each) for each in quotes]
    name = f"urn:x-alliance-timeline:file:{file_id}:quotes"
    page = {"id": f"{name}:1", "type": "AnnotationPage", "startIndex": 0, "items": items}
    collection = {
        "@context": CONTEXT,
        "id": name,
        "type": "AnnotationCollection",
        "total": len(items),
        "first": page,
    }
    return (json.dumps(collection, ensure_ascii=False, indent=1) + "\n").encode()


def annotation(quote: PortableQuote) -> dict[str, object]:
    """A quote as one Annotation, without its context."""
    assert quote.id is not None
    targets = [_target(each, quote) for each in quote.anchors]
    return filled(
        {
            "id": urn_of("quote", quote.id),
            "type": "Annotation",
            "motivation": "linking" if quote.evidence else "highlighting",
            own("key"): quote.slug,
            own("form"): quote.form,
            own("language"): quote.language,
            own("speaker"): _speaker(quote.speaker) if quote.speaker else None,
            own("attribution"): quote.attribution,
            own("figures"): [_figure(each) for each in quote.figures],
            "body": list(_bodies(quote)),
            "target": targets if len(targets) > 1 else targets[0],
        }
    )


def _bodies(quote: PortableQuote) -> Iterator[dict[str, object]]:
    for translation in quote.translations:
        yield _translation(translation)
    for language, text in by_language(quote.note).items():
        yield {
            "type": "TextualBody",
            "purpose": "commenting",
            "format": "text/plain",
            "language": language,
            "value": text,
        }
    for evidence in quote.evidence:
        yield _evidence(evidence)


def _translation(translation: PortableTranslation) -> dict[str, object]:
    """A translation, or a paraphrase, which says that it is one."""
    said = paraphrased(translation.language)
    return filled(
        {
            "type": ["TextualBody", own("Paraphrase" if said else "Translation")],
            "purpose": "describing",
            "format": "text/plain",
            "language": said or translation.language,
            "value": translation.text,
            own("by"): by_language(translation.by),
            own("stale"): translation.stale or None,
        }
    )


def _evidence(evidence: PortableEvidence) -> dict[str, object]:
    assert evidence.target is not None
    about = filled({"id": urn_of(*evidence.target), own("title"): by_language(evidence.title)})
    return filled(
        {
            "type": ["SpecificResource", own("Evidence")],
            "purpose": "linking",
            "source": about,
            own("stance"): evidence.stance,
            own("aspect"): evidence.aspect,
            own("mode"): evidence.mode,
            own("note"): by_language(evidence.note),
        }
    )


def _target(anchor: PortableAnchor, quote: PortableQuote) -> dict[str, object]:
    selectors: list[dict[str, object]] = [
        {
            "type": "TextQuoteSelector",
            "exact": anchor.exact,
            "prefix": anchor.before,
            "suffix": anchor.after,
        }
    ]
    if anchor.start is not None and anchor.end is not None and anchor.score:
        selectors.append({"type": "TextPositionSelector", "start": anchor.start, "end": anchor.end})
    intact = anchor.state == "intact" and anchor.score == 100
    return filled(
        {
            "type": "SpecificResource",
            "source": _source(anchor.source),
            "selector": selectors,
            own("phraseStart"): anchor.phrase_start if quote.attribution else None,
            own("state"): None if intact else anchor.state,
            own("score"): None if intact else anchor.score,
        }
    )


def _source(source: PortableSource) -> dict[str, object]:
    assert source.id is not None
    return filled(
        {
            "id": urn_of("source", source.id),
            "type": "Text",
            "format": source.media_type,
            "language": source.language,
            own("title"): by_language(source.title),
            own("publisher"): by_language(source.publisher),
            own("author"): by_language(source.author),
            own("date"): source.edtf,
            own("address"): source.url,
            own("marking"): source.marking,
            own("textSha256"): source.text_sha256,
        }
    )


def _speaker(speaker: PortableSpeaker) -> dict[str, object]:
    return filled(
        {
            "id": urn_of("speaker", speaker.id) if speaker.id is not None else None,
            own("name"): by_language(speaker.name),
            own("role"): by_language(speaker.role),
            own("named"): speaker.named,
        }
    )


def _figure(figure: PortableFigure) -> dict[str, object]:
    return filled(
        {
            own("exact"): figure.exact,
            own("offset"): figure.offset,
            own("value"): figure.value,
            own("unit"): by_language(figure.unit),
            own("date"): figure.edtf,
            own("note"): by_language(figure.note),
        }
    )
