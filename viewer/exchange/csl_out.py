"""Sources as CSL-JSON: what reference managers and citation processors read.

Each is an item with the title, author, publisher, date and address in its own language. What CSL
has no variable for stands in `custom`, which the format keeps for that.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from viewer.exchange.terms import by_language, filled, urn_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.portable import PortableSource
    from db.records import Bilingual, Language

OWN = "alliance"
"""The member of `custom` that is ours."""

_PLAIN = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_SEASON = re.compile(r"(\d{4})-2([1-4])")


def write(sources: Iterable[PortableSource]) -> bytes:
    """A list of items, as UTF-8."""
    items = [item(each) for each in sources]
    return (json.dumps(items, ensure_ascii=False, indent=1) + "\n").encode()


def item(source: PortableSource) -> dict[str, object]:
    assert source.id is not None
    tongue: Language = "ko" if source.language == "ko" else "en"
    author = source.author.text(tongue)
    return filled(
        {
            "id": urn_of("source", source.id),
            "type": "webpage" if source.media_type == "text/html" else "document",
            "title": source.title.text(tongue),
            "author": [{"literal": author}] if author else None,
            "publisher": source.publisher.text(tongue),
            "issued": date(source.edtf) if source.edtf else None,
            "URL": source.url,
            "language": source.language,
            "custom": {OWN: _own(source)},
        }
    )


def _own(source: PortableSource) -> dict[str, object]:
    def both(text: Bilingual) -> dict[str, str]:
        return by_language(text)

    return filled(
        {
            "title": both(source.title),
            "publisher": both(source.publisher),
            "author": both(source.author),
            "date": source.edtf,
            "dateNote": both(source.date_note),
            "rights": source.rights,
            "marking": source.marking,
            "translationFrom": source.translation_from,
            "translationBy": both(source.translation_by),
            "translationNote": both(source.translation_note),
            "mediaType": source.media_type,
            "sha256": source.blob_sha256,
            "textSha256": source.text_sha256,
        }
    )


def date(edtf: str) -> dict[str, object]:
    """A date variable; what has no parts that CSL knows is given as it is written."""
    plain = edtf.rstrip("?~%")
    about = {"circa": True} if edtf.endswith(("~", "%")) else {}
    season = _SEASON.fullmatch(plain)
    if season:
        return {"date-parts": [[int(season[1])]], "season": int(season[2]), **about}
    ends = [_PLAIN.fullmatch(each) for each in plain.split("/")]
    parts = [[int(part) for part in end.groups() if part] for end in ends if end is not None]
    if len(parts) < len(ends) or len(parts) > 2:
        return {"raw": edtf}
    return {"date-parts": parts, **about}
