"""The names that our own things have in other programs' documents: a context of our own.

It stands in each document itself and is made of names alone (URNs), so that nothing has to be
fetched to understand it; the one of the Web Annotation model is known to every program that reads
annotations, and never fetched by ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.records import Bilingual, Ref

ANNOTATION_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
URN = "urn:x-alliance-timeline:"
PREFIX = "alliance:"

_BILINGUAL = (
    "title", "publisher", "author", "name", "role", "by", "note", "unit",
)  # fmt: skip

CONTEXT: list[object] = [
    ANNOTATION_CONTEXT,
    {
        "alliance": URN,
        # Texts by language: {"en": …, "ko": …}.
        **{PREFIX + name: {"@id": PREFIX + name, "@container": "@language"} for name in _BILINGUAL},
    },
]


def own(name: str) -> str:
    """One of our terms."""
    return PREFIX + name


def urn_of(table: str, row_id: int) -> str:
    """The name of a row, the same in every copy of a file."""
    return f"{URN}{table}:{row_id}"


def ref_of(urn: str) -> Ref | None:
    """The row that a name means; None for a name that is none of ours."""
    table, _, number = urn.removeprefix(URN).partition(":")
    if not urn.startswith(URN) or not (number.isascii() and number.isdigit()):
        return None
    if len(number) > 16 or not 0 < int(number) < 1 << 53:
        return None
    return table, int(number)


def by_language(text: Bilingual) -> dict[str, str]:
    """A text in both languages, as far as it has them."""
    return {name: said for name, said in (("en", text.en), ("ko", text.ko)) if said}


def filled(members: dict[str, object]) -> dict[str, object]:
    """An object without what says nothing: empty texts, lists and objects, and None."""
    return {
        name: value
        for name, value in members.items()
        if value is not None and value not in ("", [], {}, ())
    }
