"""Two versions of a passage side by side."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.edits.compared import compared


def marked(pieces: tuple[tuple[str, bool], ...]) -> list[str]:
    return [text for text, differs in pieces if differs]


@pytest.mark.parametrize(
    ("old", "new", "gone", "come"),
    [
        ("한미동맹은 굳건하다.", "한미동맹은 굳건하다.", [], []),
        ("199개 품목을 지정했다.", "200개 품목을 지정했다.", ["199개"], ["200개"]),
        ("It is expected in South Korea", "It is now expected in Korea", [" South"], ["now "]),
        ("군사 동맹", "", ["군사 동맹"], []),
        ("경제 안보 협력", "기술 외교 협력", ["경제 안보"], ["기술 외교"]),
    ],
)  # fmt: skip
def test_what_only_one_version_has_is_marked_by_whole_words(
    old: str, new: str, gone: list[str], come: list[str]
) -> None:
    left, right = compared(old, new)
    assert (marked(left), marked(right)) == (gone, come)


@given(st.text(), st.text())
def test_both_versions_join_to_the_whole_again(old: str, new: str) -> None:
    left, right = compared(old, new)
    assert "".join(text for text, _ in left) == old
    assert "".join(text for text, _ in right) == new
    shared = ["".join(text for text, differs in each if not differs) for each in (left, right)]
    assert "".join(shared[0].split()) == "".join(shared[1].split())


def test_very_long_versions_differ_as_a_whole() -> None:
    left, right = compared("한국 " * 4000, "미국 " * 4000)
    assert [differs for _, differs in left] == [differs for _, differs in right] == [True]
