"""The words and forms in which people write one date: tables for `viewer.edits.typed_parts`."""

from __future__ import annotations

import re

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
MONTH_NAMES = {name[:length]: at for at, name in enumerate(MONTHS, 1) for length in (3, 9)}
MONTH_NAMES["sept"] = 9

_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAYS = {name[:length]: at for at, name in enumerate(_WEEK) for length in (3, 9)}
WEEKDAYS |= {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
WEEKDAYS |= {name: at for at, name in enumerate("월화수목금토일")}

SEASONS = {
    "spring": "21", "봄": "21", "summer": "22", "여름": "22",
    "autumn": "23", "fall": "23", "가을": "23", "winter": "24", "겨울": "24",
}  # fmt: skip
RELATIVE = {"today": 0, "오늘": 0, "yesterday": -1, "어제": -1, "tomorrow": 1, "내일": 1}

_FLAGS = re.IGNORECASE | re.ASCII
_YEAR = r"(?P<year>\d{4})"
_NAME = r"(?P<name>[a-z]{3,9})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_SEASON = r"(?P<season>spring|summer|autumn|fall|winter)"
_CENTURY = r"(?P<century>\d{1,3})(?: ?세기|(?:st|nd|rd|th) century)"
FORMS = tuple(
    re.compile(form, _FLAGS)
    for form in (
        # Figures: 20220521, 2022-5-21, 2022. 5. 21, 2022/5/21, 2022. 5, and 21/05/2022.
        rf"{_YEAR}(?P<month>\d\d)(?P<day>\d\d)",
        rf"{_YEAR}(?P<mark>[-./–]) ?(?P<month>\d{{1,2}})(?P=mark) ?(?P<day>\d{{1,2}})",
        rf"{_YEAR}[-.] ?(?P<month>\d{{1,2}})",
        rf"{_YEAR} ?[-–/] ?(?P<short>\d{{1,2}})",
        rf"(?P<one>\d{{1,2}})(?P<mark>[-./]) ?(?P<other>\d{{1,2}})(?P=mark) ?{_YEAR}",
        # What the other end completes: 6. 2, 23, 23rd, and the end of `May 21–23, 2022`.
        r"(?P<month>\d{1,2})\. ?(?P<day>\d{1,2})",
        r"(?P<number>\d{1,2})(?:st|nd|rd|th)?",
        rf"{_DAY} {_YEAR}",
        # Korean.
        rf"{_YEAR} ?년(?: ?(?P<month>\d{{1,2}})(?: ?월(?: ?(?P<day>\d{{1,2}})(?: ?일)?)?)?)?",
        r"(?P<month>\d{1,2}) ?월(?: ?(?P<day>\d{1,2})(?: ?일)?)?",
        r"(?P<day>\d{1,2}) ?일",
        rf"{_YEAR} ?년? ?(?P<season>봄|여름|가을|겨울)",
        rf"{_YEAR} ?년? ?[-–~/] ?(?P<next>\d{{2,5}}) ?년? ?(?P<season>겨울)",
        # English.
        rf"{_DAY}[ -]?(?:of )?{_NAME}(?:[ -]?(?:of )?{_YEAR})?",
        rf"{_NAME}[ -]?{_DAY}(?: {_YEAR})?",
        rf"{_NAME}(?:[ -]?(?:of )?{_YEAR})?",
        rf"{_YEAR} {_NAME}(?: {_DAY})?",
        rf"{_SEASON} (?:of )?{_YEAR}",
        rf"{_YEAR} {_SEASON}",
        rf"(?P<season>winter) (?:of )?{_YEAR} ?[-–~/] ?(?P<next>\d{{2,5}})",
        # Decades and centuries of both.
        r"(?P<decade>\d{3}0)(?:'?s| ?년 ?대)",
        rf"{_CENTURY}(?: ?\((?P<low>\d{{1,4}})[-–~](?P<high>\d{{1,4}}) ?년?\))?",
    )
)

# What stands around a date and says how it is known; an empty mark says nothing.
MARKS = tuple(
    (re.compile(pattern, _FLAGS), mark)
    for pattern, mark in (
        (r"^(?:on|in|during|the) ", ""),
        (r"^(?:about|around|approximately|approx|roughly|circa|ca|c)(?![a-z])\.? ?", "~"),
        (r"^(?:약|대략) ?", "~"),
        (r"^(?:probably|possibly|perhaps|maybe|presumably|likely) ", "?"),
        (r"^(?:아마도|아마) ?", "?"),
        (r" \(?(?:approximately|approx|about|circa)\.?\)?$", "~"),
        (r" ?(?:경|쯤|무렵|즈음|전후|께|~)$", "~"),
        (r" ?(?:\((?:uncertain|불확실|추정|\?)\)|(?<![a-z])uncertain|불확실|추정|\?)$", "?"),
        (r" ?%$", "%"),
        (r" ?\((?:day unknown|일자? ?미상)\)$", "day"),
        (r" ?\((?:month unknown|월 ?미상)\)$", "month"),
    )
)
WEEKDAY_AROUND = re.compile(
    r"^(?P<before>[a-z]{3,9})\.? | \(?(?P<after>[a-z]{3,9})\.?\)?$"
    r"| ?\((?P<short>[월화수목금토일])(?:요일)?\)$| ?(?P<long>[월화수목금토일])요일$",
    _FLAGS,
)
TWO_DIGIT_END = re.compile(r"\d{4}-(2[5-9]|[3-9]\d)", re.ASCII)
