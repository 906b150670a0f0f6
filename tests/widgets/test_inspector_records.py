"""The inspector on made-up records: what the shipped data do not have."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from db.errors import AllianceError
from db.records import Bilingual, Claim, Confirmation, Note, QuoteTranslation, Tag
from tests.helpers import press, settle
from tests.widgets.inspecting import (
    MadeDocument,
    Selection,
    as_detail,
    button,
    dressed,
    made_event,
    made_quote,
    shown,
)
from viewer.widgets.panels.inspector import Inspector
from viewer.widgets.parts.paragraphs import Words

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from db.details import EventDetail
    from db.records import Language

TEXT = "각서에 서명하였다. 한국은 병력을 더 보내기로 하였다."


def test_every_text_of_the_panels_is_in_the_catalogue_and_used() -> None:
    root = Path(__file__).parents[2]
    code = "".join(
        path.read_text(encoding="utf-8") for path in (root / "viewer" / "widgets").rglob("*.py")
    )
    known = re.findall(
        r'^msgid "(.+)"',
        (root / "resources/words/en/inspector.po").read_text(encoding="utf-8"),
        re.M,
    )
    asked = set(re.findall(r"""(?<!f)["']((?:inspector|reader)\.[\w.-]+)["']""", code))
    assert asked <= set(known)
    begun = tuple(re.findall(r'f"((?:inspector|reader)\.[\w.-]+)\{', code))
    assert [key for key in known if key not in asked and not key.startswith(begun)] == []


def inspector(qtbot: QtBot, detail: EventDetail, language: Language = "ko") -> Inspector:
    """An inspector that shows a made-up event."""
    document = MadeDocument(detail)
    selection = Selection()
    made = Inspector(document, dressed(document, language), selection)
    qtbot.addWidget(made)
    made.resize(340, 600)
    made.show()
    qtbot.waitExposed(made)
    selection.select(("event", 7))
    settle()
    return made


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "No quote supports this event, and no document is cited for it."),
        ("ko", "이 사건을 뒷받침하는 인용도, 근거 문헌도 없습니다."),
    ],
)
def test_an_event_that_rests_on_nothing_is_said_to_be_unsourced(
    qtbot: QtBot, language: Language, told: str
) -> None:
    made = inspector(qtbot, made_event(), language)
    assert told in shown(made)
    made.open_first()
    settle()
    assert made.page.support is not None
    assert made.page.support.hasFocus()
    assert made.page.support.accessibleDescription() == told


def test_an_undated_event_says_so(qtbot: QtBot) -> None:
    assert "날짜 미정" in shown(inspector(qtbot, made_event(dates=())))


def test_a_claim_that_nothing_contradicts_is_shown_without_a_sign_of_dispute(
    qtbot: QtBot,
) -> None:
    claim = Claim(5, 7, "date", 1, Bilingual(ko="서명 시각"), Bilingual(ko="1966-03-04"), False,
                  Bilingual(ko="회고록에만 나옴"), None, None)  # fmt: skip
    told = shown(inspector(qtbot, made_event(claims=(claim,))))
    for words in ("주장 1건", "서명 시각", "1966년 3월 4일", "회고록에만 나옴"):
        assert words in told
    assert "≠" not in told
    assert "다른 주장" not in told


def test_a_planned_event_a_handling_mark_and_tags_are_seen_at_once(qtbot: QtBot) -> None:
    detail = made_event(tags=(Tag(1, "troops", Bilingual("troops", "파병")),))
    event = replace(detail.event, status="planned", marking="대외비")
    lines = shown(inspector(qtbot, replace(detail, event=event))).splitlines()
    assert lines.index("대외비") < lines.index("브라운 각서")
    assert lines.index("예정") < lines.index("브라운 각서")
    assert "#파병" in lines


def test_what_a_user_wrote_is_markdown_and_never_html(qtbot: QtBot) -> None:
    note = Note(
        1,
        ("event", 7),
        "<b>굵게</b> & **별표**\n둘째 줄",
        "김 서기관",
        "2026-11-23T10:30:00",
        None,
        None,
    )
    made = inspector(qtbot, made_event(notes=(note,)))
    text = shown(made)
    assert "<b>굵게</b> & 별표\n둘째 줄" in text
    assert "김 서기관 · 2026-11-23 10:30" in text
    for label in made.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText


def test_the_words_of_a_button_keep_their_ampersand(qtbot: QtBot) -> None:
    page = Confirmation(1, 7, 1, "R&D 협력", "https://example.org/a?b=1&c=2")
    made = inspector(qtbot, made_event(confirmations=(page,)))
    assert "↗ R&D 협력" in shown(made)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "javascript:alert(1)",
        "//server/share",
        "ftp://example.org",
        "http:",
        "",
    ],
)
def test_only_addresses_of_the_web_can_be_followed(qtbot: QtBot, url: str) -> None:
    page = Confirmation(1, 7, 1, "어떤 자료", url)
    made = inspector(qtbot, made_event(confirmations=(page,)))
    assert "어떤 자료" in shown(made)
    with pytest.raises(AssertionError, match="no button"):
        button(made, "어떤 자료")


def test_a_host_is_told_by_its_true_name(qtbot: QtBot) -> None:
    page = Confirmation(1, 7, 1, "연합뉴스", "https://yna.co.kr@example.org/news")
    made = inspector(qtbot, made_event(confirmations=(page,)))
    assert "example.org" in button(made, "연합뉴스").accessibleName()


@pytest.mark.parametrize(("state", "told"), [("moved", "⇢ 위치 변경"), ("broken", "✕ 원문 불일치")])
def test_a_quote_that_does_not_stand_says_so(qtbot: QtBot, state: str, told: str) -> None:
    quote = as_detail(made_quote(TEXT, "각서에 서명하였다.", 0, state=state))
    assert told in shown(inspector(qtbot, made_event(quotes=(quote,))))


def test_an_unnamed_speaker_is_said_to_be_unnamed(qtbot: QtBot) -> None:
    quote = as_detail(made_quote(TEXT, "각서에 서명하였다.", 0))
    text = shown(inspector(qtbot, made_event(quotes=(quote,))))
    assert "당국자(출처에 실명 없음) · 외교부" in text


def test_a_stale_translation_says_so(qtbot: QtBot) -> None:
    quote = as_detail(made_quote(TEXT, "각서에 서명하였다.", 0))
    stale = QuoteTranslation(1, 1, "en", "He signed the memorandum.", Bilingual(), True)
    quote = replace(quote, translations=(stale,))
    text = shown(inspector(qtbot, made_event(quotes=(quote,))))
    assert "영어 번역\nHe signed the memorandum.\n번역 이후 인용문이 바뀌었습니다." in text


def test_a_quote_that_was_never_found_cannot_be_opened(qtbot: QtBot) -> None:
    quote = replace(as_detail(made_quote(TEXT, "각서에 서명하였다.", 0)), anchor=None)
    made = inspector(qtbot, made_event(quotes=(quote,)))
    assert not button(made, "출처에서 보기").isEnabled()
    with qtbot.assertNotEmitted(made.open_quote):
        made.open_first()


def test_a_fault_of_the_file_is_told_in_the_panel(qtbot: QtBot) -> None:
    class Damaged(MadeDocument):
        def event(self, ident: int) -> EventDetail:
            raise AllianceError("file.missing", path="한미동맹.alliance")

    document, selection = Damaged(), Selection()
    made = Inspector(document, dressed(document, "ko"), selection)
    qtbot.addWidget(made)
    selection.select(("event", 7))
    assert "한미동맹.alliance" in shown(made)


def test_words_can_be_marked_with_the_mouse_and_copied_as_they_are_stored(qtbot: QtBot) -> None:
    quote = as_detail(made_quote(TEXT, "각서에 서명하였다.", 0))
    made = inspector(qtbot, made_event(quotes=(quote,)))
    words = next(each for each in made.findChildren(Words) if "“각서에" in each.text())
    press(words, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    press(words, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == words.text()
    QTest.mousePress(words, Qt.MouseButton.LeftButton, pos=QPoint(0, 2))
    QTest.mouseMove(words, QPoint(words.width() - 1, 2))
    settle()
    assert words.marked_text() == words.text().splitlines()[0]
    QGuiApplication.clipboard().clear()
