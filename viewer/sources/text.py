"""The form in which every text is kept, the paragraphs in it, and the language it is in."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING

from db.quotes import paragraphs
from viewer.sources.records import Place, ReadWarning

if TYPE_CHECKING:
    from collections.abc import Iterable

MISSING = "〓"
"""What printers set for a letter that they do not have; here for one that cannot be known."""

_ENDS = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
_NOT_KNOWN = re.compile("[\ufffd\ufffe\uffff\ud800-\udfff]")
# 2022-05-21T09:00, 20220521, or D:20220521090000+09'00' as PDF writes it.
_DAY = r"\s*(?:D:(?=\d{8})|(?!\d{9}))(\d{4})(?:-?(\d\d)(?:-?(\d\d))?)?"
_KOREAN = 0.15  # of the letters, for a text to count as Korean: such texts have much Latin in them
_SAMPLE = 20_000


def kept(text: str) -> str:
    """The text as it is stored: NFC, lines that end with \\n, no NUL, and 〓 for what is no
    character: U+FFFD, which stands for one that was lost before, and halves of characters."""
    text = _ENDS.sub("\n", text).replace("\0", "")
    return unicodedata.normalize("NFC", _NOT_KNOWN.sub(MISSING, text))


def told_of(text: str) -> tuple[ReadWarning, ...]:
    """A warning where a text as it was read has letters that cannot be known."""
    found = len(_NOT_KNOWN.findall(text))
    return (ReadWarning("unknown-letters", {"count": found, "sign": MISSING}),) if found else ()


def by_paragraph(text: str) -> tuple[Place, ...]:
    """A place for each line that is not blank, numbered from 1."""
    return tuple(Place(*found) for found in paragraphs(text))


def first_line(text: str, most: int = 120) -> str:
    """The first line that is not blank, for a document that has no title; where it is longer, what
    of it ends with a word."""
    line = next((line for line in text.split("\n") if line.strip()), "")
    words = " ".join(line[: 4 * most].split())
    if len(words) <= most:
        return words
    return words[:most].rsplit(" ", 1)[0] + "…"


def language_of(text: str, told: str = "") -> str:
    """The language of a text by its letters; which one of those in Latin letters, and what is
    neither, is `told` by the document (`fr-CA`). Programs write their own language there."""
    found = re.match(r"\s*([A-Za-z]{2,3})(?![A-Za-z])", told)
    code = found[1].lower() if found else ""
    letters = [letter for letter in text[:_SAMPLE] if letter.isalpha()]
    korean = sum("가" <= letter <= "힣" for letter in letters)
    if not letters:
        return code or "und"
    if korean >= _KOREAN * len(letters):
        return "ko"
    latin = sum(letter.isascii() for letter in letters)
    if latin > len(letters) / 2:
        return code if code not in ("", "ko") else "en"
    return code if code not in ("ko", "en") and code else "und"


def day(written: Iterable[str]) -> str:
    """The first date of several (ISO, or as PDF writes it) as EDTF; empty where there is none."""
    # By the standard library: what reads EDTF brings numpy along, and each child starts anew.
    for text in written:
        found = re.match(_DAY, text)
        if not found:
            continue
        year, month, number = (int(part) if part else 1 for part in found.groups())
        try:
            date(year, month, number)
        except ValueError:
            continue
        return "-".join(part for part in found.groups() if part)
    return ""
