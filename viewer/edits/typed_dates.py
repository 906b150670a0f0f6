"""Dates as people type them, turned into the EDTF text that a file keeps.

A valid EDTF text always means itself, whatever it resembles: `1953~` is about 1953, `1951-21`
is spring and `2022-05` is May. After that come the ways of writing of English, Korean and
figures (`viewer.edits.typed_parts`), alone or as the ends of a period. What can mean two things
is refused with both of them: a guess that goes unseen is worse than a question.

What `viewer.words.dates.edtf_words` prints reads back as the date it was printed for, except:
years before 1000, printed without their zeros, which have to be typed with four digits; the
first decade of a century (`1900s` may be `190X` or `19XX`); and a period whose ends are the same
words, which is printed as one date.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from db import dates
from db.errors import AllianceError
from viewer.edits.typed_forms import MONTHS
from viewer.edits.typed_parts import Typed, may_end_a_period, part

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST = 200
"""Characters that may be a date: the longest that we print has about half of them."""
_SHOWN = 60  # characters of a refused text that an error repeats

_FLAGS = re.IGNORECASE | re.ASCII
_SAME = str.maketrans(
    {"〜": "~", "∼": "~", "˜": "~", "‐": "-", "−": "-", "—": "–", "―": "–", "‒": "–"}
    | {"’": "'", "‘": "'", ",": " ", "、": " "}
)

_HALF_OPEN = tuple(
    (re.compile(pattern, _FLAGS), form)
    for pattern, form in (
        (r"(?:from|since) (?P<date>.+) end unknown", "{}/"),
        (r"(?P<date>.+)부터 ?\((?:종료|끝)(?: ?시점)? ?미상\)", "{}/"),
        (r"(?:until|till|to) (?P<date>.+) start unknown", "/{}"),
        (r"(?P<date>.+)까지 ?\((?:시작)(?: ?시점)? ?미상\)", "/{}"),
        (r"(?:since|from|starting) (?P<date>.+?)(?: onwards?| on)?", "{}/.."),
        (r"(?P<date>.+) onwards?", "{}/.."),
        (r"(?P<date>.+?) ?(?:부터|이후|이래)(?: ?계속)?", "{}/.."),
        (r"(?:until|till|up to|through|to) (?P<date>.+)", "../{}"),
        (r"(?P<date>.+)까지", "../{}"),
    )
)
_FRAME = re.compile(r"(?:(?P<between>between)|from) (?=.)", _FLAGS)
_BETWEEN = re.compile(
    r" ?(?:부터|에서|[-–~/]) ?| (?:to|until|till|through|thru|(?P<and>and)) ", _FLAGS
)
_GOES_ON = {"..", "now", "present", "the present", "현재", "지금"}

_PART_OF = re.compile(
    r"\b(?:early|mid|middle|late|beginning|end of|half|quarter|q[1-4])\b"
    r"|(?:초|초순|초반|초기|중순|중반|중엽|하순|말|후반|전반|상반기|하반기|분기)"
    r"(?:경|쯤|무렵|께)?(?=$|[ ~–)-]|부터|까지)",
    re.IGNORECASE,
)
_SHORT_END = re.compile(r"(?<!\d)(?P<year>\d{4}) ?년? ?[-–~/] ?(?P<end>\d{1,2}) ?년?", _FLAGS)
_WITHOUT_YEAR = re.compile(
    rf"\d{{1,3}} ?[년월일]|\d{{1,3}}[-./] ?\d{{1,2}}|^'?\d{{1,3}}(?:'?s)?$"
    rf"|\b(?:{'|'.join(name[:3] for name in MONTHS)})",
    _FLAGS,
)


def read(text: str, today: int | None = None) -> str:
    """The canonical EDTF text of what was typed; `today` is the day that `오늘` names.

    Raises an `AllianceError`: `date.empty`; `date.typed` for what is not understood;
    `date.calendar` and `date.order` as `db.dates.parse` does; `date.year` where a year of four
    digits is missing; `date.weekday`, `date.part-of`, and those for what can mean two things:
    `date.day-or-month`, `date.month-or-years`, `date.century-or-decade`, `date.tilde`.
    """
    stripped = text.strip()
    # Hangul that is taken apart has three characters for each that counts.
    if len(stripped) > 3 * LONGEST:
        raise _not_understood(stripped)
    plain = _normal(stripped)
    if not plain:
        raise AllianceError("date.empty")
    if len(plain) > LONGEST:
        raise _not_understood(plain)
    now = dates.today() if today is None else today

    def end(typed: str) -> Typed | None:
        return part(typed, now)

    found = _exact(plain) or _single(plain, end) or _half_open(plain, end) or _period(plain, end)
    if found is None:
        raise _refusal(plain)
    try:
        return dates.parse(found).text
    except AllianceError as refused:
        raise AllianceError(refused.code, **{**refused.fields, "text": plain}) from None


def _normal(text: str) -> str:
    """One way of writing for what looks the same: widths, tildes, dashes, blanks, Hangul."""
    same = unicodedata.normalize("NFKC", text).translate(_SAME)
    seen = "".join(each for each in same if unicodedata.category(each) != "Cf")
    return " ".join(seen.split()).replace(" /", "/").replace("/ ", "/")


def _exact(plain: str) -> str | None:
    """EDTF as it stands; what is EDTF but for the calendar goes on to be told apart."""
    try:
        return dates.parse(plain.upper()).text
    except AllianceError as refused:
        if refused.code == "date.order" or (refused.code == "date.calendar" and "/" in plain):
            raise
        return None


def _single(plain: str, end: Callable[[str], Typed | None]) -> str | None:
    found = end(plain)
    return found and found.edtf()


def _half_open(plain: str, end: Callable[[str], Typed | None]) -> str | None:
    for pattern, form in _HALF_OPEN:
        match = pattern.fullmatch(plain)
        if match and (found := _single(match["date"], end)):
            return form.format(found)
    return None


def _period(plain: str, end: Callable[[str], Typed | None]) -> str | None:
    """Two dates around the one sign or word that leaves a date on either side.

    Every place is tried, since the signs stand within dates too (`1951–1952 – 1953`); what can
    be divided in two ways is not understood. The first error of an end is raised only if no
    place does.
    """
    frame = _FRAME.match(plain)
    body = plain[frame.end() :] if frame else plain
    found: set[str] = set()
    first_error: AllianceError | None = None
    for sign in _BETWEEN.finditer(body):
        if sign["and"] and not (frame and frame["between"]):
            continue
        try:
            both = _joined(body[: sign.start()], body[sign.end() :], end)
        except AllianceError as refused:
            first_error = first_error or refused
        else:
            found |= {both} if both else set()
    if not found and first_error:
        raise first_error
    return found.pop() if len(found) == 1 else None


def _joined(left: str, right: str, end: Callable[[str], Typed | None]) -> str | None:
    right = right.removesuffix("까지").strip()
    if right.lower() in _GOES_ON:
        since = _single(left, end)
        return since and f"{since}/.."
    one, other = end(left), end(right)
    if one is None or other is None:
        return None
    first, last = one.completed(other).edtf(), other.completed(one).edtf()
    return f"{first}/{last}" if first and last else None


def _refusal(plain: str) -> AllianceError:
    """What is wrong with a text that is no date, as nearly as can be told."""
    shown = _shortened(plain)
    has_digit = any("0" <= each <= "9" for each in plain)
    if has_digit and _PART_OF.search(plain):
        return AllianceError("date.part-of", text=shown)
    if short := _SHORT_END.fullmatch(plain):
        year, last = short["year"], short["end"]
        if 1 <= int(last) <= 12 and may_end_a_period(year, last):
            month, years = f"{year}-{last:0>2}", f"{year}/{year[: -len(last)]}{last}"
            return AllianceError("date.month-or-years", text=shown, month=month, years=years)
        return AllianceError("date.year", text=shown)
    if has_digit and not re.search(r"[0-9]{4}", plain) and _WITHOUT_YEAR.search(plain):
        return AllianceError("date.year", text=shown)
    return _not_understood(plain)


def _not_understood(plain: str) -> AllianceError:
    return AllianceError("date.typed", text=_shortened(plain), forms=dates.FORMS)


def _shortened(plain: str) -> str:
    return plain if len(plain) <= _SHOWN else f"{plain[:_SHOWN]}…"
