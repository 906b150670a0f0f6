"""What zipped documents say of themselves."""

from __future__ import annotations

from typing import NamedTuple

from viewer.sources import text as texts


class Properties(NamedTuple):
    """Empty where nothing is said; `date` is EDTF, the day on which the file was made."""

    title: str = ""
    author: str = ""
    date: str = ""
    language: str = ""


def of_office(core: bytes) -> Properties:
    """From `docProps/core.xml`, that was looked over."""
    if not core:
        return Properties()
    found: dict[str, str] = {}
    for element in _elements(core):
        name = str(element.tag).rpartition("}")[2]
        found.setdefault(name, " ".join((element.text or "").split()))
    date = texts.day([found.get("created", ""), found.get("modified", "")])
    return Properties(
        found.get("title", ""), found.get("creator", ""), date, found.get("language", "")
    )


def of_hwpx(package: bytes) -> Properties:
    """From `Contents/content.hpf`, that was looked over."""
    if not package:
        return Properties()
    found: dict[str, str] = {}
    for element in _elements(package):
        name = str(element.tag).rpartition("}")[2]
        name = element.get("name", "") if name == "meta" else name
        found.setdefault(name, " ".join((element.text or "").split()))
    date = texts.day([found.get("CreatedDate", ""), found.get("ModifiedDate", "")])
    return Properties(
        found.get("title", ""), found.get("creator", ""), date, found.get("language", "")
    )


def _elements(data: bytes):  # type: ignore[no-untyped-def]
    from viewer.sources.xml import tree

    return tree(data).iter("*")
