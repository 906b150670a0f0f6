"""Markdown as plain text: its signs go, its words stay, and nothing takes long."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.words.changes import change_words
from viewer.words.markdown import LONGEST, Block, blocks


def told(text: str) -> list[str]:
    return [block.lead + block.text for block in blocks(text)]


def test_headings_lists_and_paragraphs_are_blocks():
    text = "# 검토 #\n\n첫 문단은\n두 줄이다.\n\n- 조약\n- 발효\n1. 서명\n2) 비준\n\n결론\n===="
    assert blocks(text) == [
        Block("검토", heading=True),
        Block("첫 문단은\n두 줄이다."),
        Block("조약", "• "),
        Block("발효", "• "),
        Block("서명", "1. "),
        Block("비준", "2) "),
        Block("결론", heading=True),
    ]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("**굵게** _기울여_ ~~지움~~ `코드`", "굵게 기울여 지움 코드"),
        ("***둘 다*** **굵고 *기운* 말**", "둘 다 굵고 기운 말"),
        ("2 * 3 * 4 과 a_b_c", "2 * 3 * 4 과 a_b_c"),
        ("[국무부](https://state.gov/a_(b)_c)를 볼 것", "국무부를 볼 것"),
        ("![지도](file:///etc/passwd) 아래", "지도 아래"),
        ("[![지도](a.png)](https://example.org)", "지도"),
        ("[외교부][1]\n\n[1]: https://mofa.go.kr", "외교부"),
        ("<https://mofa.go.kr>", "https://mofa.go.kr"),
        (r"\*별표\* `**`", "*별표* **"),
        ("R&amp;D `&amp;`", "R&D &amp;"),
        ("<b onclick='x'>굵게</b>", "<b onclick='x'>굵게</b>"),
        ("> 인용한 말", "인용한 말"),
        ("첫 줄\n***\n\n---", "첫 줄"),
        ("* * *", ""),
    ],
)
def test_signs_go_and_words_stay(text, plain):
    assert " ".join(told(text)) == plain


def test_code_tasks_and_tables_are_lines_as_they_can_be():
    text = (
        "```py\na *b* c\n```\n- [ ] 할 일\n- [x] 한 일\n\n| 해 | 일 |\n|---|:-:|\n| 1953 | 조약 |"
    )
    assert told(text) == ["a *b* c", "☐ 할 일", "☑ 한 일", "해 · 일", "1953 · 조약"]


def test_a_line_that_its_writer_ended_stays_one():
    assert told("첫 줄  \n둘째 줄\\\n셋째 줄\n끝") == ["첫 줄\n둘째 줄\n셋째 줄\n끝"]
    assert told("- 하나\n  이어서") == ["• 하나\n이어서"]


@given(st.text(alphabet="*_`~[]()!<>#->|\\ \n가a1&;:", max_size=2 * LONGEST))
def test_any_text_has_blocks_of_lines_with_something_in_them(text):
    for block in blocks(text):
        assert block.text
        for line in block.text.split("\n"):
            assert line == " ".join(line.split()) != ""
        assert not any(ord(character) >= 0xF0000 for character in block.text)


def test_a_change_of_a_note_is_told_in_its_words_without_signs():
    label = "add-note: ## 핵심 ![지도](file:///tmp/map.png) [누리집](https://example.org) **중요**"
    assert change_words(label, "ko") == "메모 ‘핵심 지도 누리집 중요’ 추가"
    assert change_words("add-event: **중요**", "ko") == "‘**중요**’ 추가"
