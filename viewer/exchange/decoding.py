"""From the bytes of a text file to its text, whichever of the usual encodings it is in.

What is written in UTF-8 or with a byte order mark says so itself; UTF-16 without one and CP949,
which Korean programs still write, are taken only where the text looks like it. Whoever knows
better names the encoding.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.errors import AllianceError
from viewer.sources.decoding import MARKS, is_usual, strictly

if TYPE_CHECKING:
    from collections.abc import Callable

USUAL = ("utf-8", "utf-16", "cp949")
"""The encodings that are worth offering."""

_ENOUGH = 0.75  # of the letters beyond ASCII, for a text to count as Korean


def decode(data: bytes, is_it: Callable[[str], bool]) -> tuple[str, str]:
    """The text and the name of its encoding. `is_it` says of a text whether it begins as
    expected.

    Raises `import.encoding` where no encoding is certain, `import.encoding.damaged` (encoding)
    for a text that breaks the encoding it declares.
    """
    for mark, name in MARKS:
        if data.startswith(mark):
            return decode_as(data, name), name
    text = strictly(data, "utf-8")
    if text is not None and "\0" not in text:
        return text, "utf-8"
    for name in ("utf-16-le", "utf-16-be"):
        wide = strictly(data, name)
        if wide is not None and "\0" not in wide and is_it(wide):
            return wide, name
    if text is not None:
        return text, "utf-8"
    korean = strictly(data, "cp949")
    if korean is not None and _looks_korean(korean):
        return korean, "cp949"
    raise AllianceError("import.encoding", known=", ".join(USUAL))


def decode_as(data: bytes, name: str) -> str:
    """The text in an encoding that is known, without a byte order mark.

    Raises `import.encoding.unknown` for a name that is none, `import.encoding.damaged` where the
    bytes are not in that encoding.
    """
    try:
        text = data.decode(name)
    except LookupError as error:
        raise AllianceError(
            "import.encoding.unknown", encoding=name, known=", ".join(USUAL)
        ) from error
    except UnicodeError as error:
        start = getattr(error, "start", 0)
        line = data[:start].count(b"\n") + 1
        raise AllianceError("import.encoding.damaged", encoding=name, line=line) from error
    return text.removeprefix("\ufeff")


def _looks_korean(text: str) -> bool:
    """Whether what lies beyond ASCII is mostly the syllables that Korean is written with.

    CP949 has a character for nearly every pair of bytes, so that being readable says little.
    Text in another encoding comes out as Chinese characters, as kana, and as syllables that no
    Korean word has, which are those beyond KS X 1001.
    """
    letters = [letter for letter in set(text) if not letter.isascii() and letter.isalpha()]
    usual = sum(map(is_usual, letters))
    return usual >= _ENOUGH * len(letters)
