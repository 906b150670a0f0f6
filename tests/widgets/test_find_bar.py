"""Finding in a source: how often, from one to the next, and the keys that are the reader's."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication

from tests.helpers import press, write
from tests.widgets.reading import Desk, made_desk

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
TEXT = "\n".join(
    f"{number}번째 문단 😀. 동맹은 IPEF와 상호방위조약 위에 선다." for number in range(120)
)


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    made = made_desk(qtbot, TEXT)
    made.reader.show_source(1)
    press(made.reader.text, Qt.Key.Key_F, CONTROL)
    return made


def seek(desk: Desk, text: str) -> None:
    desk.reader.finding.line.clear()
    write(desk.reader.finding.line, text)


def marked(desk: Desk) -> list[str]:
    """The words that are marked as found in the paragraphs of the view."""
    text = desk.reader.text
    start, end = text.visible_stretch()
    marks = text.marks_between(text.positions.to_qt(start), text.positions.to_qt(end))
    places = [(text.positions.from_qt(m.start), text.positions.from_qt(m.end)) for m in marks]
    return [TEXT[slice(*each)] for each in places]


def test_the_key_opens_the_search_and_what_is_typed_is_counted(desk: Desk) -> None:
    finding = desk.reader.finding
    assert finding.line.hasFocus()
    seek(desk, "동맹")
    assert finding.count.text() == "120개 중 1번째"
    assert set(marked(desk)) == {"동맹"}
    seek(desk, "없는 말")
    assert finding.count.text() == "찾지 못함"
    assert marked(desk) == []


def test_case_and_forms_of_unicode_do_not_matter(desk: Desk) -> None:
    for sought in ("ipef", "ＩＰＥＦ와", unicodedata.normalize("NFD", "방위조약")):
        seek(desk, sought)
        assert desk.reader.finding.count.text().startswith("120개"), sought


def test_enter_and_f3_go_on_and_back_and_around(desk: Desk) -> None:
    finding = desk.reader.finding
    seek(desk, "동맹")
    for key, with_, place in (
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, 2),
        (Qt.Key.Key_F3, Qt.KeyboardModifier.NoModifier, 3),
        (Qt.Key.Key_Return, SHIFT, 2),
        (Qt.Key.Key_F3, SHIFT, 1),
        (Qt.Key.Key_F3, SHIFT, 120),
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, 1),
    ):
        press(finding.line, key, with_)
        assert finding.count.text() == f"120개 중 {place}번째"


def test_what_is_gone_to_is_in_the_view_and_selected_when_the_search_is_left(desk: Desk) -> None:
    seek(desk, "77번째")
    place = TEXT.index("77번째")
    top, bottom = desk.reader.text.extent(place, place + 4)
    scrolled = desk.reader.text.verticalScrollBar().value()
    assert scrolled <= top
    assert bottom <= scrolled + desk.reader.text.viewport().height()
    press(desk.reader.finding.line, Qt.Key.Key_Escape)
    assert desk.reader.finding.isHidden()
    assert desk.reader.text.hasFocus()
    assert desk.reader.chosen_passage() == (place, place + 4)
    assert desk.chosen == "77번째"


def test_escape_closes_the_search_first_and_then_the_reader(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(desk.reader.closed):
        press(desk.reader.finding.line, Qt.Key.Key_Escape)
    with qtbot.waitSignal(desk.reader.closed):
        press(desk.reader.text, Qt.Key.Key_Escape)


def test_the_search_begins_where_one_reads(desk: Desk) -> None:
    press(desk.reader.finding.line, Qt.Key.Key_Escape)
    desk.reader.text.show_at_top(TEXT.index("60번째"))
    press(desk.reader.text, Qt.Key.Key_F, CONTROL)
    seek(desk, "동맹")
    number = int(desk.reader.finding.count.text().split()[-1].removesuffix("번째"))
    assert 60 <= number <= 62


def test_what_is_selected_is_sought(desk: Desk) -> None:
    press(desk.reader.finding.line, Qt.Key.Key_Escape)
    start = TEXT.index("상호방위조약", 2000)
    desk.reader.text.setTextCursor(desk.reader.text.cursor_over(start, start + 6))
    press(desk.reader.text, Qt.Key.Key_F, CONTROL)
    assert desk.reader.finding.line.text() == "상호방위조약"
    assert desk.reader.finding.count.text().startswith("120개")


def test_the_keys_of_the_reader_are_not_the_windows_while_it_has_the_focus(desk: Desk) -> None:
    pressed: list[str] = []
    for keys in ("Ctrl+F", "F3"):
        action = QAction(keys, desk.window)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _=False, keys=keys: pressed.append(keys))
        desk.window.addAction(action)
    seek(desk, "동맹")
    press(desk.reader.finding.line, Qt.Key.Key_F3)
    press(desk.reader.text, Qt.Key.Key_F, CONTROL)
    assert pressed == []
    assert desk.reader.finding.count.text() == "120개 중 2번째"
    desk.beside.setFocus()
    press(desk.beside, Qt.Key.Key_F, CONTROL)
    assert pressed == ["Ctrl+F"]


def test_all_of_the_text_is_selected_whatever_the_key_means_in_the_window(desk: Desk) -> None:
    pressed: list[bool] = []
    action = QAction("Ctrl+A", desk.window)
    action.setShortcut(QKeySequence("Ctrl+A"))
    action.triggered.connect(pressed.append)
    desk.window.addAction(action)
    desk.reader.text.setFocus()
    press(desk.reader.text, Qt.Key.Key_A, CONTROL)
    assert pressed == []
    assert desk.reader.chosen_passage() == (0, len(TEXT))


def test_another_source_is_searched_anew(desk: Desk) -> None:
    seek(desk, "동맹")
    desk.reader.text.show_text("동맹 하나, 동맹 둘", [])
    desk.reader.finding.forget()
    assert desk.reader.finding.count.text() == "2개 중 1번째"


def test_the_search_tells_in_the_language_of_the_window(desk: Desk) -> None:
    seek(desk, "동맹")
    desk.state.set_language("en")
    assert desk.reader.finding.count.text() == "1 of 120"
    assert QApplication.focusWidget() is desk.reader.finding.line
