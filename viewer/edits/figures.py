"""Figures that a quote states: read as people write them, found in its words, made into rows."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from db import dates
from db.errors import AllianceError
from db.quotes import occurrences
from viewer.edits.edit import columns_of, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.changes import Rows
    from db.records import Source
    from viewer.edits.edit import Wanted
    from viewer.edits.quote_drafts import FigureDraft, QuoteDraft

_DECIMAL = re.compile(r"[-−]?\d+(?:,\d{3})*(?:\.\d+)?")
_BETWEEN = re.compile(r"\s*[/~∼〜–—]\s*|\s+to\s+")
_HYPHEN = re.compile(r"\s*-\s*")
_WORDS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
_SCALES = {
    "천": 10**3, "만": 10**4, "천만": 10**7, "억": 10**8, "천억": 10**11, "조": 10**12,
    "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
}  # fmt: skip
_SCALE = "|".join(sorted(_SCALES, key=len, reverse=True))
_ONE = rf"\d+(?:,\d{{3}})*(?:\.\d+)?(?:\s?(?:{_SCALE})(?:\s?\d+(?:,\d{{3}})*(?:{_SCALE})?)?)?"
_NUMBER = rf"(?:{_ONE}|\b(?:{'|'.join(_WORDS)})\b)"
# Not the 5 of 5G or G7, nor days and years, nor the numbers of articles.
_STATED = re.compile(
    rf"(?<![\w.,-])(?<!제)({_NUMBER})(?:(\s?[~∼〜–]\s?|-|\s(?:to|or)\s)({_NUMBER}))?"
    r"(?!\s?(?:년|월|일|조약|조항|st\b|nd\b|rd\b|th\b))(?![A-Za-z\d]|[-.,]\d|-[A-Za-z])",
    re.IGNORECASE,
)
_PART = re.compile(rf"(\d+(?:,\d{{3}})*(?:\.\d+)?)\s?({_SCALE})?", re.IGNORECASE)
_YEARS = range(1800, 2101)
_MONTH = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? $")


class Stated(NamedTuple):
    """A figure in a text: where its words stand (code points, end exclusive), and its value."""

    start: int
    end: int
    value: str


def read_value(typed: str) -> str:
    """A value as it is stored: decimals, a range as low/high, a date as EDTF. `60~70`, `60 to 70`
    and `28,500` are understood. Raises `quote.value`."""
    text = " ".join(typed.split())
    if _DECIMAL.fullmatch(text):
        return _plain(text)
    for between in (_BETWEEN, None, _HYPHEN):
        found = _as_date(text) if between is None else _as_range(text, between)
        if found:
            return found
    raise AllianceError("quote.value", value=text)


def _plain(text: str) -> str:
    return text.replace(",", "").replace("−", "-")


def _as_range(text: str, between: re.Pattern[str]) -> str:
    ends = between.split(text)
    if len(ends) != 2 or not all(_DECIMAL.fullmatch(each) for each in ends):
        return ""
    low, high = map(_plain, ends)
    return f"{low}/{high}" if Decimal(low) < Decimal(high) else ""


def _as_date(text: str) -> str:
    try:
        return dates.parse(text).text
    except AllianceError:
        return ""


def stated_in(words: str) -> tuple[Stated, ...]:
    """The figures that words state, in English or Korean; dates and years are none."""
    found: list[Stated] = []
    for match in _STATED.finditer(words):
        low, high = _amount(match[1]), _amount(match[3]) if match[3] else None
        if _MONTH.search(words, max(match.start() - 12, 0), match.start()):
            continue
        if high is None:
            if match[1].isdecimal() and len(match[1]) == 4 and int(match[1]) in _YEARS:
                continue
            found.append(Stated(*match.span(1), str(low)))
        elif low < high:
            found.append(Stated(match.start(1), match.end(3), f"{low}/{high}"))
    return tuple(found)


def _amount(words: str) -> Decimal:
    """2만 8500 is 28500, seven is 7."""
    if words.lower() in _WORDS:
        return Decimal(_WORDS.index(words.lower()) + 1)
    whole = Decimal(0)
    for digits, scale in _PART.findall(words):
        whole += Decimal(digits.replace(",", "")) * _SCALES.get(scale.lower(), 1)
    return whole.quantize(Decimal(1)) if whole == whole.to_integral_value() else whole.normalize()


def figure_rows(rows: Rows | None, draft: QuoteDraft, source: Source) -> Iterator[Wanted]:
    """The rows of a draft's figures; `rows` are those about the quote, None where it is new.

    One that is stored and stands outside the quote by now goes with the words that gave it.
    Raises `quote.figure` for words that do not stand in the quote, `quote.value`, `quote.unit`
    and `date.…` for what is said of them.
    """
    taken: set[int] = set()
    for each in draft.figures:
        stored = rows["figure"].get(each.id) if rows and each.id is not None else None
        if stored and (each.exact, each.start) == (stored["exact"], stored["start"]):
            start, end = number(stored, "start"), number(stored, "end")
            source_id = number(stored, "source_id")
            if source_id != source.id or not draft.start <= start < end <= draft.end:
                continue
        else:
            source_id, start = source.id, _place_of(each, draft, source, taken)
            end = start + len(each.exact)
        taken.add(start)
        if not each.unit:
            raise AllianceError("quote.unit", words=each.exact)
        yield (
            each.id,
            {
                "source_id": source_id,
                "exact": each.exact,
                "start": start,
                "end": end,
                "value": read_value(each.value),
                "edtf": dates.parse(each.edtf).text if each.edtf else None,
                **columns_of("unit", each.unit),
                **columns_of("note", each.note),
            },
        )


def _place_of(figure: FigureDraft, draft: QuoteDraft, source: Source, taken: set[int]) -> int:
    """Where the words of a figure stand in the quote: the first place that no other has."""
    stretch = source.text[draft.start : draft.end]
    places = [draft.start + each for each in occurrences(stretch, figure.exact)]
    if figure.start in places and figure.start not in taken:
        return figure.start
    free = [each for each in places if each not in taken]
    if not free:
        raise AllianceError("quote.figure", words=figure.exact)
    return free[0]
