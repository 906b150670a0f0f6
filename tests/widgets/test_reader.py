"""The source reader: exactly the quoted characters, in the middle, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.helpers import click, press, settle
from tests.widgets.inspecting import (
    MadeDocument,
    button,
    event_ref,
    made_quote,
    made_source,
    shown,
)
from tests.widgets.reading import Desk, made_desk
from viewer.document import Changed, Document

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from db.details import QuoteDetail


@pytest.fixture
def document(shipped: Path) -> Iterator[Document]:
    made = Document()
    made.open(shipped)
    yield made
    made.close()


@pytest.fixture
def desk(qtbot: QtBot, document: Document) -> Desk:
    return Desk(qtbot, document)


def starting(quotes: tuple[QuoteDetail, ...], slug: str) -> QuoteDetail:
    return next(each for each in quotes if (each.quote.slug or "").startswith(slug))


def test_the_twelfth_quote_is_selected_to_the_character_and_in_the_middle(desk: Desk) -> None:
    desk.show(starting(desk.select("ipef-launch-2022"), "q12"))
    assert desk.chosen == (
        "President Yoon will attend the IPEF launch summit in Japan on the 24th "
        "via video conference"
    )
    assert desk.is_in_the_middle()


def test_every_quote_is_selected_exactly_and_stands_in_the_middle(desk: Desk) -> None:
    source_id = desk.select("ipef-launch-2022")[0].source.id
    quotes = desk.document.source(source_id).quotes
    assert len(quotes) == 20
    for each in quotes:
        desk.reader.show_quote(source_id, each.quote.id)
        settle()
        assert desk.chosen == each.quote.exact
        assert desk.is_in_the_middle(), each.quote.slug


def test_a_quote_stays_in_the_middle_when_the_reader_is_resized(desk: Desk) -> None:
    desk.show(starting(desk.select("ipef-launch-2022"), "q12"))
    desk.window.resize(560, 800)
    settle()
    assert desk.is_in_the_middle()


def test_an_emoji_before_a_quote_does_not_shift_it(qtbot: QtBot) -> None:
    text = "🇰🇷🤝🇺🇸 회고록\n동맹은 😀 계속된다."
    exact = "계속된다."
    made = made_desk(qtbot, text, made_quote(text, exact, text.index(exact)))
    made.reader.show_quote(1, 1)
    assert made.chosen == exact
    assert made.reader.text.textCursor().selectedText() == exact


def test_the_same_sentence_twice_lights_up_where_the_quote_stands(qtbot: QtBot) -> None:
    sentence = "동맹은 강하다."
    text = f"😀 {sentence}\n그리고 다시 {sentence} 끝."
    second = text.rindex(sentence)
    made = made_desk(qtbot, text, made_quote(text, sentence, second))
    made.reader.show_quote(1, 1)
    assert made.chosen == sentence
    cursor = made.reader.text.textCursor()
    before = made.reader.text.toPlainText().encode("utf-16-le")[: 2 * cursor.selectionStart()]
    assert before.decode("utf-16-le") == text[:second]


def test_line_ends_of_two_characters_do_not_shift_a_quote(qtbot: QtBot) -> None:
    text = "첫째 줄\r\n둘째 줄\r\n셋째 줄"
    made = made_desk(qtbot, text, made_quote(text, "셋째", text.index("셋째")))
    made.reader.show_quote(1, 1)
    assert made.reader.text.textCursor().selectedText() == "셋째"


def test_markup_in_a_source_is_text(qtbot: QtBot) -> None:
    text = "<img src='file:///etc/hostname'><b>굵게</b> 말하였다."
    made = made_desk(qtbot, text, made_quote(text, "굵게", text.index("굵게")))
    made.reader.show_quote(1, 1)
    assert made.reader.text.toPlainText() == text
    assert made.chosen == "굵게"


def test_a_quote_that_no_longer_stands_is_told_and_not_marked(qtbot: QtBot) -> None:
    text = "동맹은 강하다."
    made = made_desk(qtbot, text, made_quote(text, "동맹은", 0, state="broken"))
    made.reader.show_quote(1, 1)
    settle()
    assert "그대로 있지 않습니다. 인용문: “동맹은”" in shown(made.reader)
    assert not list(made.reader.text.marks_between(0, len(text)))


def test_the_header_says_what_the_source_is(qtbot: QtBot, document: Document) -> None:
    english, korean = Desk(qtbot, document, "en"), Desk(qtbot, document, "ko")
    english.show(english.select("summit-2022")[0])
    korean.show(korean.select("summit-2022")[0])
    text = shown(english.reader)
    assert "Additional US-Korea Tech Alliance Expected..." in text
    assert "The Asia Business Daily · by Ki-min Lee · 18 May 2022" in text
    assert "English edition of Korean speech (translation: probably by machine)" in text
    assert "All rights reserved." in text
    text = shown(korean.reader)
    assert "아시아경제 · 이기민 작성 · 2022년 5월 18일" in text
    assert "한국어 발언의 영문판(번역: 기계 번역으로 추정)" in text
    assert "Additional US-Korea Tech Alliance Expected..." in text


def test_the_editors_notes_on_a_source_open_when_asked_for(desk: Desk) -> None:
    desk.show(desk.select("summit-2022")[0])
    assert desk.reader.header is not None
    assert not desk.reader.header.notes.isVisible()
    click(button(desk.reader, "About this source"))
    assert desk.reader.header.notes.isVisible()
    assert "18 May 2022 is inferred" in shown(desk.reader.header.notes)


def test_stances_differ_by_colour_and_by_line(desk: Desk) -> None:
    desk.show(desk.select("ipef-launch-2022")[0])
    marks = desk.reader.text.marks_between(0, 100_000)
    forms = [mark.format for mark in marks]
    looks = {(form.background().color().name(), form.underlineStyle()) for form in forms}
    lines = {line for _, line in looks}
    assert len(lines) >= 3
    assert len({colour for colour, _ in looks}) >= 3


def test_tab_goes_on_to_the_selections_next_quote_and_then_out(desk: Desk) -> None:
    quotes = desk.select("ipef-launch-2022")
    desk.show(quotes[0])
    assert desk.reader.text.hasFocus()
    assert "Quote 1 of 10" in shown(desk.reader)
    for detail in quotes[1:]:
        press(desk.reader.text, Qt.Key.Key_Tab)
        assert desk.chosen == detail.quote.exact
        assert desk.is_in_the_middle()
        assert desk.reader.text.hasFocus()
    press(desk.reader.text, Qt.Key.Key_Tab)
    assert not desk.reader.text.hasFocus()


def test_shift_tab_goes_back(desk: Desk) -> None:
    quotes = desk.select("ipef-launch-2022")
    desk.show(quotes[2])
    press(desk.reader.text, Qt.Key.Key_Backtab)
    assert desk.chosen == quotes[1].quote.exact


def test_the_arrows_walk_every_quote_of_the_source(desk: Desk) -> None:
    quotes = desk.select("korus-signed")
    desk.show(quotes[0])
    assert desk.reader.targets is not None
    every = [each.quote.exact for each in desk.document.source(quotes[0].source.id).quotes]
    place = every.index(desk.chosen)
    click(desk.reader.targets.next)
    assert desk.chosen == every[place + 1]
    assert "in the source" in shown(desk.reader)


def test_a_highlight_leads_back_to_what_it_supports(desk: Desk) -> None:
    desk.show(starting(desk.select("ipef-launch-2022"), "q12"))
    assert "Kim Tae-hyo briefing" in shown(desk.reader)
    press(desk.reader.text, Qt.Key.Key_Return)
    assert desk.reader.targets is not None
    assert desk.reader.targets.buttons[0].hasFocus()
    click(button(desk.reader, "Kim Tae-hyo briefing"))
    assert desk.selection.ref == event_ref(desk.document, "kim-briefing-2022")


def test_a_click_on_a_highlight_chooses_it(desk: Desk) -> None:
    quotes = desk.select("ipef-launch-2022")
    desk.show(starting(quotes, "q12"))
    text = desk.reader.text
    other = starting(quotes, "q13")
    assert other.anchor is not None
    cursor = text.textCursor()
    cursor.setPosition(other.anchor.start + 3)
    at = text.cursorRect(cursor).center()
    QTest.mouseClick(text.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(at.x() + 1, at.y()))
    settle()
    assert desk.reader.quote_id == other.quote.id
    assert desk.chosen == other.quote.exact


def test_a_quote_with_one_target_leads_straight_to_it(qtbot: QtBot) -> None:
    text = "동맹은 강하다."
    made = made_desk(qtbot, text, made_quote(text, "강하다", text.index("강하다")))
    made.reader.show_quote(1, 1)
    press(made.reader.text, Qt.Key.Key_Return)
    assert made.selection.ref == ("event", 7)


def test_escape_closes_and_the_focus_is_where_it_was(desk: Desk, qtbot: QtBot) -> None:
    desk.show(desk.select("summit-2022")[0])
    assert desk.reader.text.hasFocus()
    with qtbot.waitSignal(desk.reader.closed):
        press(desk.reader.text, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is desk.beside


def test_another_language_retexts_the_reader_and_keeps_the_quote(desk: Desk) -> None:
    desk.show(starting(desk.select("ipef-launch-2022"), "q12"))
    before = desk.chosen
    desk.state.set_language("ko")
    settle()
    text = shown(desk.reader)
    assert "근거로 쓰인 대상" in text
    assert "IS EVIDENCE FOR" not in text
    assert desk.chosen == before
    assert desk.reader.accessibleName() == "출처"
    assert "출처 본문" in desk.reader.text.accessibleName()


def test_another_file_leaves_nothing_of_the_old_one(desk: Desk, document: Document) -> None:
    document.replaced.emit()
    desk.show(desk.select("summit-2022")[0])
    document.replaced.emit()
    settle()
    assert desk.reader.quote_id is None
    assert desk.reader.text.toPlainText() == ""
    assert "IS EVIDENCE FOR" not in shown(desk.reader)


def test_every_control_of_the_reader_has_a_name(desk: Desk) -> None:
    desk.show(desk.select("summit-2022")[0])
    for each in desk.reader.findChildren(QWidget):
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus:
            assert each.accessibleName(), each


def test_the_text_keeps_its_room_and_the_quote_its_place_at_any_type(desk: Desk) -> None:
    desk.show(starting(desk.select("ipef-launch-2022"), "q12"))
    # A key that scrolls nothing, such as the first of a shortcut, is not a wish to read on.
    press(desk.reader.text, Qt.Key.Key_Control)
    for _ in range(4):
        desk.state.change_type(1)
        settle()
        assert desk.reader.text.height() > 0.33 * desk.reader.height()
        assert desk.is_in_the_middle()
    desk.state.set_theme("dark", "dark")
    settle()
    assert desk.is_in_the_middle()
    desk.state.change_type(0)
    settle()
    assert desk.is_in_the_middle()


def test_a_selected_passage_is_told_in_the_characters_of_the_stored_text(
    qtbot: QtBot,
) -> None:
    text = "🇰🇷🤝🇺🇸 공동성명\n동맹은 😀 계속된다."
    made = made_desk(qtbot, text)
    told: list[tuple[int, int] | None] = []
    made.reader.passage_changed.connect(told.append)
    made.reader.show_source(1)
    assert made.reader.chosen_passage() is None
    press(made.reader.text, Qt.Key.Key_End)
    press(made.reader.text, Qt.Key.Key_Left)
    press(made.reader.text, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    press(made.reader.text, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    passage = made.reader.chosen_passage()
    assert passage is not None
    assert text[slice(*passage)] == "동성"
    assert told[-1] == passage
    press(made.reader.text, Qt.Key.Key_Left)
    assert told[-1] is None


def test_a_text_that_was_changed_elsewhere_is_shown_as_it_is_now(qtbot: QtBot) -> None:
    text = "동맹은 강하다.\n그리고 계속된다."
    made = made_desk(qtbot, text, made_quote(text, "강하다", text.index("강하다")))
    made.reader.show_quote(1, 1)
    now = f"새 머리말\n{text}"
    document = made.document
    assert isinstance(document, MadeDocument)
    document.made_source = made_source(now, made_quote(now, "강하다", now.index("강하다")))
    document.changed.emit(Changed("elsewhere"), None)
    settle()
    assert made.reader.text.toPlainText() == now
    marks = list(made.reader.text.marks_between(0, len(now)))
    assert {now[mark.start : mark.end] for mark in marks} == {"강하다"}
    document.made_source = made_source(now)
    document.changed.emit(Changed("undo"), None)
    settle()
    assert not list(made.reader.text.marks_between(0, len(now)))
