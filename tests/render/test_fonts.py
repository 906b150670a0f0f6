"""The font: a family with Hangul, and a measure that its own glyphs keep to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtGui import QFontDatabase, QRawFont

from db.errors import AllianceError
from viewer.render import fonts

if TYPE_CHECKING:
    from viewer.layout.measure import Measure

LINES = (
    "한미상호방위조약 체결",
    "한미 자유무역협정(FTA) 비준동의안 가결 — 2011년 11월 22일",
    "Treaty of Peace, Amity, Commerce and Navigation (Shufeldt Treaty)",
    "AVAST Toffee fi ffi fl “quoted” don’t",
    "바이든 대통령, 인도태평양경제프레임워크(IPEF) 구상 발표…",
    "日本 韓國 アジア",
    "\u1112\u1161\u11ab\u1100\u116e\u11a8",
)


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("line", LINES)
def test_a_line_is_as_wide_as_the_font_makes_it(measure: Measure, line: str, bold: bool) -> None:
    assert measure.width(line, bold) == pytest.approx(fonts.advance(line, bold), rel=0.001)


def test_sums_are_the_same_in_any_order(measure: Measure) -> None:
    together = measure.widths(list(LINES))
    assert together.tolist() == [measure.width(line) for line in LINES]
    assert measure.width(LINES[1]) == sum(measure.width(letter) for letter in LINES[1])


def test_without_the_fonts_own_table_the_measure_is_the_same(
    measure: Measure, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "_horizontal_metrics", lambda raw: None)
    asked = fonts.measure.__wrapped__()
    for line in LINES:
        assert asked.width(line) == pytest.approx(measure.width(line), rel=0.001)


def test_a_table_that_qt_does_not_agree_with_is_not_believed(
    measure: Measure, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "_horizontal_metrics", lambda raw: np.full(65535, 777.0))
    asked = fonts.measure.__wrapped__()
    assert asked.width(LINES[0]) == pytest.approx(measure.width(LINES[0]), rel=0.001)


def test_a_font_without_metrics_has_none() -> None:
    assert fonts._horizontal_metrics(QRawFont()) is None


def test_the_first_family_of_the_list_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    installed = ["DejaVu Sans", "NanumGothic", "Malgun Gothic"]
    monkeypatch.setattr(QFontDatabase, "families", lambda *_: installed)
    assert fonts.family.__wrapped__() == "Malgun Gothic"


def test_any_other_family_with_hangul_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def families(system: QFontDatabase.WritingSystem | None = None) -> list[str]:
        korean = ["@Gulim", "Batang Serif", "KoPub Dotum"]
        return [*korean, "DejaVu Sans"] if system is None else korean

    monkeypatch.setattr(QFontDatabase, "families", families)
    assert fonts.family.__wrapped__() == "KoPub Dotum"


def test_without_hangul_the_error_names_fonts_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def families(system: QFontDatabase.WritingSystem | None = None) -> list[str]:
        return ["DejaVu Sans"] if system is None else []

    monkeypatch.setattr(QFontDatabase, "families", families)
    with pytest.raises(AllianceError) as caught:
        fonts.family.__wrapped__()
    assert caught.value.code == "font.missing"
    assert "Noto Sans CJK KR" in str(caught.value.fields["names"])


def test_a_font_has_the_asked_size_and_weight() -> None:
    assert fonts.font(13.4).pixelSize() == 13
    assert fonts.font(0.2).pixelSize() == 1
    assert fonts.font(18, True).bold()
    assert fonts.font(18).family() == fonts.family()
