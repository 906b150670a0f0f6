"""Printed lines are read as paragraphs, and every character stays where it is."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from viewer.widgets.reader.flowing import THIN, flowing

PAGE = """1. 동맹의 발전 단계
대한민국과 미합중국은 상호방위조약을 체결하였
으며, 이 조약은 동맹의 법적 기초가 되었다. 양국
정상은 다음과 같이 인도-태평양 경제프레임워크
(IPEF)의 출범을 환영하였다.
The two leaders agreed to deepen cooperation on
supply chains and semiconductors, and on trade,
and closed.
(1) 군사동맹은 계속되며 경제동맹으로 넓어졌다고
한다."""


def test_lines_become_paragraphs() -> None:
    shown = flowing(PAGE, [(0, len(PAGE))])
    assert shown.split("\n") == [
        "1. 동맹의 발전 단계",
        f"대한민국과 미합중국은 상호방위조약을 체결하였{THIN}으며, 이 조약은 동맹의 법적 기초가 "
        f"되었다. 양국{THIN}정상은 다음과 같이 인도-태평양 경제프레임워크 (IPEF)의 출범을 "
        "환영하였다.",
        "The two leaders agreed to deepen cooperation on supply chains and semiconductors, and on "
        "trade, and closed.",
        f"(1) 군사동맹은 계속되며 경제동맹으로 넓어졌다고{THIN}한다.",
    ]


def test_a_page_begins_a_paragraph_of_its_own() -> None:
    text = f"{PAGE}\n{PAGE}"
    pages = [(0, len(PAGE)), (len(PAGE) + 1, len(text))]
    assert flowing(text, pages)[len(PAGE)] == "\n"


def test_a_page_of_few_lines_stays_as_it_is() -> None:
    assert flowing("제목\n부제", [(0, 5)]) == "제목\n부제"
    assert flowing("", [(0, 0), (0, 0)]) == ""


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(alphabet="가나다 abc.1(\n😀", max_size=60), max_size=6))
def test_only_breaks_of_lines_are_shown_otherwise(parts: list[str]) -> None:
    text = "\n".join(parts)
    pages, at = [], 0
    for part in parts:
        pages.append((at, at + len(part)))
        at += len(part) + 1
    shown = flowing(text, pages)
    assert len(shown) == len(text)
    for before, after in zip(text, shown, strict=True):
        assert before == after or (before == "\n" and after in (" ", THIN))
    for start, _ in pages[1:]:
        assert shown[start - 1] == "\n"
