"""`dates`: the dates of a source, or of lines of standard input."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import refused

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

Give = Callable[[bytes], None]
SHIPPED = "asia-business-daily-2022-05-18"


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> Give:
    """Puts bytes on standard input."""

    def give(data: bytes) -> None:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))

    return give


def test_the_dates_of_the_shipped_article_are_told_with_their_sentences(
    run: Run, copy: Path
) -> None:
    found = run("dates", copy, SHIPPED, "--json").data
    assert [(each["text"], each["edtf"]) for each in found] == [
        ("the 18th", "2022-05-18"), ("last October", "2021-10"), ("the 24th", "2022-05-24"),
    ]  # fmt: skip
    text = run("text", copy, SHIPPED, "--json").data["text"]
    for each in found:
        assert list(each) == ["text", "start", "end", "edtf", "sentence"]
        assert text[each["start"] : each["end"]] == each["text"]
        assert each["text"] in each["sentence"] in text
    lines = run("dates", copy, SHIPPED).out.splitlines()
    assert [line.split()[0] for line in lines] == ["2022-05-18", "2021-10", "2022-05-24"]
    assert "via video conference." in lines[2]


def test_each_line_of_standard_input_is_answered_by_one(run: Run, given: Give) -> None:
    lines = "2019-01-02\t🇰🇷 오는 21일 워싱턴에서 만난다.\r\n\t지난 18일\n2022-05-18\tOn the 24th.\n"
    given(lines.encode())
    done = run("dates", "-")
    assert done.code == 0, done
    korean, nothing, english = map(json.loads, done.out.splitlines())
    assert korean == [
        {
            "text": "오는 21일",
            "start": 3,
            "end": 9,
            "edtf": "2019-01-21",
            "sentence": "🇰🇷 오는 21일 워싱턴에서 만난다.",
        }
    ]
    assert nothing == []
    assert [each["edtf"] for each in english] == ["2022-05-24"]
    given(b"")
    assert run("dates", "-").out == ""


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("2022-05-18\t18일\n줄\n".encode(), "2"),
        ("2022-05-18\t18일\n어제\t18일\n".encode(), "어제"),
        ("2022-05-18\t18일\n".encode("cp949"), "UTF-8"),
    ],
)
def test_a_line_that_is_none_is_refused_and_nothing_printed(
    run: Run, given: Give, data: bytes, told: str
) -> None:
    given(data)
    refused(run("dates", "-"), told)


def test_the_source_has_to_be_named_and_there(run: Run, copy: Path) -> None:
    refused(run("dates", copy), "SOURCE")
    refused(run("dates", copy, "없는-기사"), "없는-기사", SHIPPED)
    refused(run("dates", "-", SHIPPED), SHIPPED)
