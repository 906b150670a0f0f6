"""From the bytes of a text to its letters: the encoding is found where that is certain, and
asked for where it is not."""

from __future__ import annotations

import codecs
import unicodedata

from db.errors import AllianceError

USUAL = ("utf-8", "cp949", "utf-16", "windows-1252")
"""The encodings that are worth offering."""

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_POSSIBLE = (
    "cp949", "utf-16-le", "utf-16-be", "gb18030", "big5", "shift_jis", "euc_jp", "windows-1252",
)  # fmt: skip
# The web's names for what Korean programs write; what they mean is always the larger set.
_KOREAN_NAMES = {"euc-kr", "euckr", "ks_c_5601-1987", "ksc5601", "ks_c_5601", "ms949", "uhc"}
_LATIN_NAMES = {"iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"}
_COMMON = frozenset("이다는의을에가은를한고로하기사지")
_PREVIEW = 60  # code points

Candidate = tuple[str, str]
"""The name of an encoding, and how the text would begin in it."""


def decode(data: bytes, asked: str | None = None) -> tuple[str, str]:
    """The text, without a byte order mark, and the name of its encoding.

    Raises `source.encoding` (`candidates`: those in which it can be read, with how they would read
    it) where no encoding is certain, and what `decode_as` raises.
    """
    if asked:
        return decode_as(data, asked)
    for mark, name in MARKS:
        if data.startswith(mark):
            return decode_as(data, name)
    text = strictly(data, "utf-8")
    if text is not None and "\0" not in text:
        return text, "utf-8"
    for name in ("utf-16-le", "utf-16-be"):
        wide = strictly(data, name)
        if wide is not None and _is_wide(wide):
            return wide, name
    if text is not None:
        return text, "utf-8"
    korean = strictly(data, "cp949")
    if korean is not None and _is_korean(korean):
        return korean, "cp949"
    found = candidates(data)
    told = "; ".join(f"{name} ({preview})" for name, preview in found) or ", ".join(USUAL)
    raise AllianceError("source.encoding", known=told, candidates=found)


def decode_as(data: bytes, name: str) -> tuple[str, str]:
    """The text in an encoding that is known, and its plain name.

    Raises `source.encoding.unknown` for a name that is none, `source.encoding.damaged` (line)
    where the bytes are not in that encoding.
    """
    lower = name.strip().lower()
    lower = "cp949" if lower in _KOREAN_NAMES else lower
    try:
        plain = codecs.lookup(lower).name
        text = data.decode(lower)
    except (LookupError, ValueError) as error:
        if not isinstance(error, UnicodeError):
            known = ", ".join(USUAL)
            raise AllianceError("source.encoding.unknown", encoding=name, known=known) from error
        line = data[: getattr(error, "start", 0)].count(b"\n") + 1
        raise AllianceError("source.encoding.damaged", encoding=name, line=line) from error
    return text.removeprefix("\ufeff"), plain


def declared(name: str) -> str:
    """The encoding that a web page means by a name."""
    lower = name.strip().lower()
    return "windows-1252" if lower in _LATIN_NAMES else lower


def candidates(data: bytes) -> list[Candidate]:
    """The encodings in which a text can be read, each with its first line that is not ASCII."""
    found = []
    for name in _POSSIBLE:
        text = strictly(data, name)
        if text is None or any(unicodedata.category(each) in ("Cn", "Co") for each in text[:2000]):
            continue
        line = next((line for line in text.splitlines() if not line.isascii()), text)
        start = next((at for at, letter in enumerate(line) if not letter.isascii()), 0)
        preview = line[max(0, start - _PREVIEW // 2) :][:_PREVIEW]
        found.append((name, " ".join(preview.split())))
    return found


def strictly(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except UnicodeError:
        return None


def _is_wide(text: str) -> bool:
    """Whether bytes read as UTF-16 make a text: letters of ASCII and Korean, with ends of words."""
    sample = text[:4000]
    if "\0" in text or not any(letter in " \n\r\t" for letter in sample):
        return False
    usual = sum(
        " " <= letter <= "~" or letter in "\n\r\t" or "가" <= letter <= "힣" or _is_mark(letter)
        for letter in sample
    )
    return usual >= 0.9 * len(sample)


def _is_mark(letter: str) -> bool:
    return "\u2010" <= letter <= "\u2026" or "\u3000" <= letter <= "\u301f" or letter == "·"


def _is_korean(text: str) -> bool:
    """Whether a text is Korean and not the same bytes of another language.

    CP949 has a character for nearly every pair of bytes. Text of other encodings comes out as
    Chinese characters and as syllables that no Korean word has; Korean is mostly syllables of
    KS X 1001, and every tenth of them is one of a few.
    """
    letters = [letter for letter in text if not letter.isascii() and letter.isalpha()]
    usual = [letter for letter in letters if is_usual(letter)]
    common = sum(letter in _COMMON for letter in usual)
    if len(usual) == len(letters):
        return bool(letters)
    return len(usual) >= 0.75 * len(letters) and common >= 0.08 * len(usual)


def is_usual(letter: str) -> bool:
    """Whether a letter is one of the syllables of KS X 1001, which Korean words are made of."""
    # The others are spelled out by this codec, in four pairs of bytes.
    return "가" <= letter <= "힣" and len(letter.encode("euc_kr")) == 2
