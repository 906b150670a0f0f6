"""Finds dates and periods in running text, English and Korean, and the EDTF that each means.

What is not known for sure is left out, for a list of wrong proposals is read by nobody: names
made of dates (6·25전쟁, 9/11), durations, anniversaries, centuries, weeks, `ago` and `전`, fiscal
years, quarters without a year, `earlier this month`, `이날`, and days that can be two (5/6/2022).
`viewer.edits.said_meaning` has the rules by which the document's date decides.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from db.errors import AllianceError
from viewer.edits import said_forms as forms
from viewer.edits.said_dates import Said, said_of
from viewer.edits.said_meaning import Around, Point, document_point, meaning
from viewer.edits.sentences import Sentences, sentences
from viewer.edits.typed_parts import may_end_a_period, part

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

_BEFORE = 300
"""Code points before a date that are searched for what the sentence speaks of."""
_LEAD = 40
"""Code points around a date that tell whether it is one."""
_NEXT = 3
"""The most blanks and quotation marks between a sentence and the next."""
_LINK = 12
"""The longest that stands between the ends of a period: ` (토) 부터 `, ` through `."""

_SAME = str.maketrans(
    {"〜": "~", "∼": "~", "～": "~", "–": "-", "—": "-", "‒": "-", "−": "-", "‐": "-", "‑": "-"}
    | {"’": "'", "‘": "'", "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u3000": " ", "\t": " "}
    | {"ㆍ": "·", "・": "·", "．": ".", "，": ",", "（": "(", "）": ")", "\n": " ", "\r": " "}
    | {chr(ord("０") + digit): str(digit) for digit in range(10)}
)
"""One for one, so that places stay; a date may run over the end of a line."""


class FoundDate(NamedTuple):
    """A date, its words and its sentence as places in the text: code points, end exclusive."""

    start: int
    end: int
    text: str
    edtf: str
    sentence_start: int
    sentence_end: int


def find(text: str, document_date: str | None = None) -> tuple[FoundDate, ...]:
    """The dates of `text` (NFC) in order of their place; none overlaps another.

    `document_date` is the EDTF of the document they stand in; without it only what names its year
    is found. Raises as `db.dates.parse` does where it is no EDTF. The time that it takes grows
    with the length of the text.
    """
    document = document_point(document_date)
    plain = text.replace("\n\n", "\x00\x00").translate(_SAME)
    said = _without_overlaps([*_said(plain), *_fixed(plain)], _hidden(plain))
    said = _without_overlaps([*said, *_bare_years(plain, said)], [])
    around = sentences(text, [(each.start, each.end) for each in said])
    return tuple(_resolved(text, plain, said, around, document))


def _said(plain: str) -> Iterator[Said]:
    for form in forms.FORMS:
        for match in form.pattern.finditer(plain):
            yield said_of(match, form.korean)


def _fixed(plain: str) -> Iterator[Said]:
    """Figures of which it has to be asked whether they can mean two things."""
    for match in forms.YEAR_AND_MONTH.finditer(plain):
        if 1 <= int(match["month"]) <= 12 and not may_end_a_period(match["year"], match["month"]):
            yield said_of(match, korean=False)
    for match in forms.DAY_MONTH_YEAR.finditer(plain):
        try:
            typed = part(match[0], 0)
        except AllianceError:
            continue
        if typed and typed.year and typed.month and typed.day:
            year, month, day = int(typed.year), int(typed.month), int(typed.day)
            yield Said(*match.span(), korean=False, year=year, month=month, day=day)


def _hidden(plain: str) -> list[tuple[int, int]]:
    return [match.span() for name in forms.NAMES for match in name.finditer(plain)]


def _without_overlaps(said: list[Said], hidden: list[tuple[int, int]]) -> list[Said]:
    """The first and of those the longest, in order; nothing under a hidden passage."""
    spans: list[tuple[int, int, Said | None]] = [(start, end, None) for start, end in hidden]
    spans += [(each.start, each.end, each) for each in said]
    spans.sort(key=lambda span: (span[0], -span[1], span[2] is not None))
    left, reached = [], 0
    for start, end, each in spans:
        if start >= reached:
            reached = end
            if each is not None:
                left.append(each)
    return left


def _bare_years(plain: str, said: list[Said]) -> Iterator[Said]:
    """Years that stand alone in English, where the words around them say that they are years."""
    starts = [each.start for each in said]
    listed_from = -1
    for match in forms.BARE_YEAR.finditer(plain):
        at = bisect_right(starts, match.start()) - 1
        if at >= 0 and said[at].end > match.start():
            continue
        listed = listed_from >= 0 and forms.LISTED.fullmatch(plain, listed_from, match.start())
        if not (listed or _is_a_year(plain, match)) or _counts(plain, match.end()):
            continue
        last = match["lastyear"]
        if last and len(last) == 2 and not may_end_a_period(match["year"], last):
            continue
        listed_from = match.end()
        yield said_of(match, korean=False)


def _is_a_year(plain: str, match: re.Match[str]) -> bool:
    if match["about"]:
        return not forms.FOLLOWS_ABOUT.match(plain, match.end())
    if match["lastyear"] and len(match["lastyear"]) == 4:
        return True
    lead = plain[max(match.start() - _LEAD, 0) : match.start()]
    if forms.YEAR_LEADS.search(lead):
        return True
    return bool(
        forms.YEAR_BELONGS.search(lead) and forms.IS_A_NOUN.match(plain, match.end())
    ) and not forms.MANY.match(plain, match.end())


def _counts(plain: str, end: int) -> bool:
    """Whether the figure that ends there counts something: `2000 soldiers`."""
    return bool(forms.YEAR_COUNTS.match(plain, end))


def _is_a_period(plain: str, sentence_start: int, first: Said, last: Said) -> bool:
    """Whether two dates are the ends of one: `20일부터 22일`, `between 1950 and 1953`.

    What was postponed from one day to another did not last from the one to the other.
    """
    if last.start - first.end > _LINK or first.weekday is not None or last.weekday is not None:
        return False
    lead = plain[max(sentence_start, first.start - _BEFORE) : first.start]
    if forms.ENGLISH_PERIOD.fullmatch(plain, first.end, last.start):
        return not forms.MOVED.search(lead)
    if forms.KOREAN_PERIOD.fullmatch(plain, first.end, last.start):
        return True
    if forms.KOREAN_FROM.fullmatch(plain, first.end, last.start):
        return plain.startswith("까지", last.end)
    return bool(forms.AND.fullmatch(plain, first.end, last.start) and forms.BETWEEN.search(lead))


def _resolved(
    text: str, plain: str, said: list[Said], around: Sentences, document: Point | None
) -> Iterator[FoundDate]:
    before: Point | None = None
    earlier: Point | None = None
    sentence_end = at = 0
    while at < len(said):
        first, until = said[at], said[at + 1] if at + 1 < len(said) else None
        at += 1
        start, end = around.around(first.start, first.end)
        if start >= sentence_end:
            earlier = before if start - sentence_end <= _NEXT else None
            before = None
        sentence_end = end
        known = Around(
            document,
            before,
            earlier,
            coming=_speaks(forms.COMING_SAID, plain, start, first),
            past=_speaks(forms.PAST_SAID, plain, start, first),
            told=bool(forms.TOLD.match(plain, first.end, min(end, first.end + _LEAD))),
        )
        found, last = None, first
        if until and _is_a_period(plain, start, first, until):
            found, last = meaning(first, until, known), until
        if found:
            at += 1
        else:
            found, last = meaning(first, None, known), first
        if not found:
            continue
        edtf, point = found
        place = around.around(first.start, last.end)
        yield FoundDate(first.start, last.end, text[first.start : last.end], edtf, *place)
        if point and (first.names_year or _counts_on(first, point, before or earlier)):
            before = point


def _speaks(of: re.Pattern[str], plain: str, sentence_start: int, said: Said) -> bool:
    """Whether what stands before the date in its sentence speaks of what was or will be."""
    return bool(of.search(plain, max(sentence_start, said.start - _BEFORE), said.start))


def _counts_on(said: Said, point: Point, before: Point | None) -> bool:
    """Whether a date that does not name its year was, or could be, completed by the text."""
    return said.months_away is not None or (before is not None and point.year == before.year)
