"""A long text is set where it is looked at, and what is read stays where it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication

from tests.helpers import press, settle
from viewer.display import theme
from viewer.widgets.parts.look import Look
from viewer.widgets.reader.marking import Passage
from viewer.widgets.reader.source_text import SourceText

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

SENTENCE = "한미 양국은 상호방위조약에 따라 동맹을 발전시키고 공급망 협력을 확대하기로 하였다. "
BOOK = "\n".join(
    f"{number}번째 문단이다. {SENTENCE * (1 + number % 4)}😀" for number in range(3000)
)
LOOK = Look("ko", theme("light"), 14.0)


@pytest.fixture
def text(qtbot: QtBot) -> SourceText:
    made = SourceText()
    qtbot.addWidget(made)
    made.resize(420, 500)
    made.dress(LOOK)
    starts = [at + 1 for at, sign in enumerate(BOOK) if sign == "\n"]
    made.show_text(BOOK, [(start, str(number + 2)) for number, start in enumerate(starts)])
    made.show()
    qtbot.waitExposed(made)
    settle()
    return made


def lines_set(text: SourceText) -> int:
    """How many paragraphs are broken into lines."""
    block, count = text.document().firstBlock(), 0
    while block.isValid():
        count += block.layout().lineCount() > 0
        block = block.next()
    return count


def seen_at_top(text: SourceText) -> str:
    """The words at the top of the view."""
    cursor = text.cursorForPosition(QPointF(0, 14).toPoint())
    return cursor.block().text()[cursor.positionInBlock() :][:12]


def passage(words: str) -> Passage:
    start = BOOK.index(words)
    return Passage(1, start, start + len(words), "supports")


def test_only_what_is_looked_at_is_set(text: SourceText) -> None:
    assert len(BOOK) > 300_000
    assert lines_set(text) < 60
    text.choose(passage("2700번째 문단"))
    assert lines_set(text) < 180
    text.resize(360, 500)
    settle()
    assert lines_set(text) < 120  # the lines of the other width are gone


@pytest.mark.parametrize("number", [0, 1, 1500, 2999])
def test_a_quote_anywhere_in_a_book_stands_in_the_middle(text: SourceText, number: int) -> None:
    chosen = passage(f"{number}번째 문단")
    text.choose(chosen)
    assert text.chosen_text == f"{number}번째 문단"
    assert abs(text.middle_of_chosen() - text.viewport().height() / 2) <= 3


def test_what_is_read_stays_where_it_is_when_the_reader_is_resized(text: SourceText) -> None:
    text.show_at_top(BOOK.index("1800번째 문단"))
    assert seen_at_top(text).startswith("1800번째")
    for width in (300, 800, 420):
        text.resize(width, 500)
        settle()
        assert seen_at_top(text).startswith("1800번째")


def test_what_is_read_stays_where_it_is_in_another_type(text: SourceText) -> None:
    text.show_at_top(BOOK.index("1800번째 문단"))
    text.dress(Look("ko", theme("dark"), 20.0))
    settle()
    assert seen_at_top(text).startswith("1800번째")


def test_scrolling_up_line_by_line_jumps_nowhere(text: SourceText) -> None:
    text.show_at_top(BOOK.index("1500번째 문단"))
    bar = text.verticalScrollBar()
    for _ in range(60):
        cursor = text.cursorForPosition(QPointF(80, 100).toPoint())
        before = text.cursorRect(cursor).top()
        bar.setValue(bar.value() - 37)
        settle()
        assert abs(text.cursorRect(cursor).top() - before - 37) <= 1


def test_a_letter_is_found_where_it_is_painted(text: SourceText) -> None:
    text.show_at_top(BOOK.index("900번째 문단"))
    at = BOOK.index("상호방위조약", BOOK.index("901번째 문단"))
    rect = text.cursorRect(text.cursor_over(at, at))
    found = text.cursorForPosition(rect.center())
    assert text.positions.from_qt(found.position()) == at


def test_the_keyboard_chooses_across_paragraphs_and_copies_what_is_stored(
    text: SourceText,
) -> None:
    text.setTextCursor(text.cursor_over(0, 0))
    for _ in range(3):
        press(text, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press(text, Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    first = BOOK.index("\n")
    assert text.chosen_stretch is not None
    assert text.chosen_stretch[0] == 0
    assert text.chosen_stretch[1] > first
    text.copy()
    assert QApplication.clipboard().text() == BOOK[slice(*text.chosen_stretch)]


def test_the_end_of_a_book_is_reached_by_a_key(text: SourceText) -> None:
    text.setFocus()
    press(text, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert text.positions.from_qt(text.textCursor().position()) == len(BOOK)
    assert text.cursorRect().bottom() <= text.viewport().height()


def test_a_carriage_return_is_copied_as_it_is_stored(text: SourceText) -> None:
    text.show_text("첫째 줄\r\n둘째 줄", [])
    text.selectAll()
    text.copy()
    assert QApplication.clipboard().mimeData().text() == "첫째 줄\r\n둘째 줄"


def test_the_labels_beside_the_view_are_those_of_its_paragraphs(text: SourceText) -> None:
    text.show_at_top(BOOK.index("1200번째 문단"))
    labels = text.labels_in_view()
    assert {"1201", "1202"} <= set(labels)
    assert len(labels) < 20


def test_a_paragraph_is_set_even_if_its_height_has_all_set_in_another_way(
    text: SourceText,
) -> None:
    text.show_text(f"{SENTENCE * 30}\n{SENTENCE * 7}\n끝.", [])
    layout = text.layout_
    layout.use(replace(layout.setting, width=333.0))
    widths = iter((300.0,))
    layout.documentSizeChanged.connect(
        lambda _: layout.use(replace(layout.setting, width=next(widths, 300.0)))
    )
    block = text.document().findBlockByNumber(1)
    area = layout.blockBoundingRect(block)
    assert block.layout().lineCount() > 0
    assert area.width() == block.layout().lineAt(0).width() == 300.0


def test_a_reader_of_any_size_has_room_for_the_bar_that_scrolls(text: SourceText) -> None:
    text.show_text("한미상호방위조약", [])
    width = text.viewport().width()
    text.show_text(BOOK, [])
    settle()
    assert text.viewport().width() == width
