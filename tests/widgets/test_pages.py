"""The pages of a PDF beside its text: the right one, the quote boxed, drawn in another process."""

from __future__ import annotations

import base64
import threading
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLineEdit

from db.errors import AllianceError
from db.records import SourcePlace
from tests.helpers import click, dialog, fill, press, settle
from tests.sources import documents
from tests.widgets.inspecting import MadeDocument, made_event, made_quote, made_source, shown
from tests.widgets.reading import Desk
from viewer.sources import worker
from viewer.sources.records import Box, PagePicture
from viewer.widgets.reader.page_drawing import DrawnPage, PageCache, drawn_page
from viewer.widgets.sources.source_questions import Question

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from db.details import SourceDetail

PAGES = ("첫째 쪽에서 동맹은 강하다고", "하였다. 둘째 쪽은 계속된다. " * 40, "셋째 쪽의 끝. " * 40)
TEXT = "\n".join(PAGES)
CONTROL = Qt.KeyboardModifier.ControlModifier


def starts() -> list[int]:
    found = [0]
    for page in PAGES[:-1]:
        found.append(found[-1] + len(page) + 1)
    return found


def letter(number: int) -> Box:
    """Where the fake page has the letter of that number: twenty in a line."""
    left, top = (number % 20) / 20, (number // 20) / 200
    return Box(left, top, left + 0.05, top + 0.005)


def picture(page: int, width: int) -> PagePicture:
    height = width * 3 // 2
    pixels = base64.b64encode(zlib.compress(bytes(4 * width * height), 1)).decode()
    letters = tuple(letter(number) for number in range(len(PAGES[page])))
    return PagePicture(width, height, 4 * width, pixels, letters)


class Press:
    """Draws at once instead of the child process; notes what was asked for, and in which thread."""

    def __init__(self) -> None:
        self.drawn: list[tuple[int, int]] = []
        self.threads: set[threading.Thread] = set()
        self.password = ""
        self.waits = False
        self.cancelled = 0

    def __call__(
        self,
        data: bytes,
        page: int,
        width: int,
        password: str | None,
        cancelled: Callable[[], bool],
    ) -> PagePicture:
        assert data == b"%PDF"
        self.threads.add(threading.current_thread())
        while self.waits:
            if cancelled():
                self.cancelled += 1
                raise worker.ReadingCancelled
        if self.password and password != self.password:
            raise AllianceError("source.password" if password else "source.encrypted")
        self.drawn.append((page, width))
        return picture(page, width)


class PdfDocument(MadeDocument):
    def source_bytes(self, ident: int) -> bytes:
        return b"%PDF"


def made_pdf(*stretches: tuple[int, int], text: str = TEXT) -> SourceDetail:
    """A PDF of three pages with quotes over these stretches."""
    quotes = [
        made_quote(text, text[start:end], start, ident)
        for ident, (start, end) in enumerate(stretches, 1)
    ]
    made = made_source(text, *quotes)
    places = tuple(
        SourcePlace(number, 1, label, start if text else 0, start + len(page) if text else 0)
        for number, (label, start, page) in enumerate(
            zip(("iv", "5", "6"), starts(), PAGES, strict=True)
        )
    )
    return replace(made, source=replace(made.source, media_type="application/pdf"), places=places)


@pytest.fixture
def press_(monkeypatch: pytest.MonkeyPatch) -> Press:
    made = Press()
    monkeypatch.setattr(worker, "picture", made)
    return made


def desk_of(qtbot: QtBot, detail: SourceDetail, size: tuple[int, int] = (1000, 700)) -> Desk:
    return Desk(qtbot, PdfDocument(made_event(), source=detail), "ko", size)


def wait_for(qtbot: QtBot, desk: Desk, *pages: int) -> None:
    """Until these pages are shown and drawn as they are wanted."""
    pane = desk.reader.paging.pane

    def stands() -> bool:
        drawing = pane.drawing
        return (
            pane.pages == pages
            and all(drawing.page(page) is not None for page in pages)
            and drawing.busy is None
        )

    qtbot.waitUntil(stands)
    settle()


def boxed(desk: Desk) -> list[int]:
    """The pages with boxes."""
    return sorted({page for page, _ in desk.reader.paging.pane.view.boxes()})


def test_a_wide_reader_shows_the_page_beside_the_text(qtbot: QtBot, press_: Press) -> None:
    desk = desk_of(qtbot, made_pdf())
    desk.reader.show_source(1)
    wait_for(qtbot, desk, 0)
    pane = desk.reader.paging.pane
    assert pane.isVisible()
    assert pane.field.text() == "iv"
    assert pane.count.text() == "/ 전체 3쪽"
    assert threading.main_thread() not in press_.threads
    assert desk.reader.text.isVisible()


def test_a_narrow_reader_shows_pages_only_when_asked_for(qtbot: QtBot, press_: Press) -> None:
    desk = desk_of(qtbot, made_pdf(), (380, 700))
    desk.reader.show_source(1)
    settle()
    assert desk.reader.paging.pane.isHidden()
    assert press_.drawn == []
    desk.reader.widen_asked.connect(lambda _: desk.window.resize(1000, 700))
    with qtbot.waitSignal(desk.reader.widen_asked):
        assert desk.reader.header is not None
        click(desk.reader.header.pages_button)
    wait_for(qtbot, desk, 0)
    assert desk.reader.header.pages_button.isChecked()
    press(desk.reader.text, Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    assert desk.reader.paging.pane.isHidden()


def test_the_chosen_quote_is_boxed_on_its_page(qtbot: QtBot, press_: Press) -> None:
    start = starts()[1] + PAGES[1].index("둘째")
    desk = desk_of(qtbot, made_pdf((start, start + 30)))
    desk.reader.show_quote(1, 1)
    wait_for(qtbot, desk, 1)
    view = desk.reader.paging.pane.view
    inside = start - starts()[1]
    assert boxed(desk) == [1]
    assert len(view.boxes()) == (inside + 29) // 20 - inside // 20 + 1
    assert "인용문에 테두리" in view.accessibleDescription()
    (_, area) = view.areas()[0]
    first = view.boxes()[0][1]
    assert abs(first.left() - area.left() - letter(inside).left * area.width()) < 3


def test_a_quote_over_a_page_break_is_boxed_on_both_pages(qtbot: QtBot, press_: Press) -> None:
    start = starts()[1]
    desk = desk_of(qtbot, made_pdf((start - 10, start + 5), (3, 8)))
    desk.reader.show_quote(1, 1)
    wait_for(qtbot, desk, 0, 1)
    assert boxed(desk) == [0, 1]
    assert desk.reader.paging.pane.field.text() == "iv–5"
    assert "iv–5쪽" in shown(desk.reader)
    desk.reader.show_quote(1, 2)
    wait_for(qtbot, desk, 0)
    assert boxed(desk) == [0]


def test_the_page_follows_what_is_read(qtbot: QtBot, press_: Press) -> None:
    desk = desk_of(qtbot, made_pdf())
    desk.reader.show_source(1)
    wait_for(qtbot, desk, 0)
    bar = desk.reader.text.verticalScrollBar()
    bar.setValue(bar.maximum())
    wait_for(qtbot, desk, 2)
    bar.setValue(0)
    wait_for(qtbot, desk, 0)


def test_the_text_follows_a_turned_page(qtbot: QtBot, press_: Press) -> None:
    desk = desk_of(qtbot, made_pdf())
    desk.reader.show_source(1)
    wait_for(qtbot, desk, 0)
    press(desk.reader.text, Qt.Key.Key_PageDown, CONTROL)
    wait_for(qtbot, desk, 1)
    text = desk.reader.text
    top, _ = text.extent(starts()[1], starts()[1])
    assert 0 <= top - text.verticalScrollBar().value() < 40
    click(desk.reader.paging.pane.next)
    wait_for(qtbot, desk, 2)
    assert not desk.reader.paging.pane.next.isEnabled()
    press(desk.reader.text, Qt.Key.Key_PageUp, CONTROL)
    wait_for(qtbot, desk, 1)


def test_a_page_is_gone_to_by_its_printed_label(qtbot: QtBot, press_: Press) -> None:
    desk = desk_of(qtbot, made_pdf())
    desk.reader.show_source(1)
    wait_for(qtbot, desk, 0)
    field = desk.reader.paging.pane.field
    fill(field, "6")
    press(field, Qt.Key.Key_Return)
    wait_for(qtbot, desk, 2)
    fill(field, "iv")
    press(field, Qt.Key.Key_Return)
    wait_for(qtbot, desk, 0)


def test_a_larger_page_is_drawn_finer_and_only_once(qtbot: QtBot, press_: Press) -> None:
    desk = desk_of(qtbot, made_pdf())
    desk.reader.show_source(1)
    wait_for(qtbot, desk, 0)
    pane = desk.reader.paging.pane
    width = press_.drawn[-1][1]
    click(pane.larger)
    qtbot.waitUntil(lambda: any(drawn > width for _, drawn in press_.drawn))
    wait_for(qtbot, desk, 0)
    click(pane.smaller)
    wait_for(qtbot, desk, 0)
    assert len(press_.drawn) == len(set(press_.drawn))


def test_the_next_page_is_drawn_before_it_is_turned_to(qtbot: QtBot, press_: Press) -> None:
    desk = desk_of(qtbot, made_pdf())
    desk.reader.show_source(1)
    wait_for(qtbot, desk, 0)
    qtbot.waitUntil(lambda: 1 in {page for page, _ in press_.drawn})


def test_drawing_is_told_in_its_place_and_can_be_stopped(qtbot: QtBot, press_: Press) -> None:
    press_.waits = True
    desk = desk_of(qtbot, made_pdf())
    desk.reader.show_source(1)
    pane = desk.reader.paging.pane
    qtbot.waitUntil(pane.strip.isVisible)
    assert pane.told.text() == "iv쪽을 그리는 중…"
    click(pane.button)
    qtbot.waitUntil(lambda: press_.cancelled > 0)
    assert pane.told.text() == "iv쪽을 그리지 않았습니다."
    press_.waits = False
    click(pane.button)
    wait_for(qtbot, desk, 0)
    assert pane.strip.isHidden()


def test_what_goes_wrong_is_told_in_its_place(
    qtbot: QtBot, press_: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> PagePicture:
        raise AllianceError("source.time", seconds=60)

    monkeypatch.setattr(worker, "picture", fails)
    desk = desk_of(qtbot, made_pdf())
    desk.reader.show_source(1)
    pane = desk.reader.paging.pane
    qtbot.waitUntil(pane.strip.isVisible)
    assert "60" in pane.told.text()
    monkeypatch.setattr(worker, "picture", press_)
    click(pane.button)
    wait_for(qtbot, desk, 0)


def test_a_locked_document_asks_for_its_password_once(qtbot: QtBot, press_: Press) -> None:
    press_.password = "열려라"
    desk = desk_of(qtbot, made_pdf())
    desk.reader.show_source(1)
    pane = desk.reader.paging.pane
    for typed in ("닫혀라", "열려라"):
        qtbot.waitUntil(lambda: desk.window.findChild(Question) is not None)
        question = dialog(Question)
        fill(question.findChild(QLineEdit), typed)
        click(question.save_button)
        settle()
    wait_for(qtbot, desk, 0)
    assert pane.strip.isHidden()
    click(pane.next)
    wait_for(qtbot, desk, 1)
    desk.reader.show_source(1)
    wait_for(qtbot, desk, 0)


def test_who_leaves_the_question_can_answer_it_later(qtbot: QtBot, press_: Press) -> None:
    press_.password = "열려라"
    desk = desk_of(qtbot, made_pdf())
    desk.reader.show_source(1)
    pane = desk.reader.paging.pane
    qtbot.waitUntil(lambda: desk.window.findChild(Question) is not None)
    dialog(Question).reject()
    settle()
    qtbot.waitUntil(pane.strip.isVisible)
    assert pane.told.text() == "문서가 암호로 잠겨 있습니다."
    click(pane.button)
    question = dialog(Question)
    fill(question.findChild(QLineEdit), "열려라")
    click(question.save_button)
    wait_for(qtbot, desk, 0)


def test_a_scan_shows_its_pages_alone(qtbot: QtBot, press_: Press) -> None:
    desk = desk_of(qtbot, made_pdf(text=""), (400, 700))
    desk.reader.show_source(1)
    wait_for(qtbot, desk, 0)
    pane = desk.reader.paging.pane
    assert not desk.reader.text.isVisible()
    assert pane.view.hasFocus()
    press(pane.view, Qt.Key.Key_PageDown, CONTROL)
    wait_for(qtbot, desk, 1)
    assert pane.field.text() == "5"


def test_another_kind_of_source_has_no_pages(qtbot: QtBot, press_: Press) -> None:
    desk = Desk(qtbot, MadeDocument(made_event(), source=made_source("동맹")), "ko", (1000, 700))
    desk.reader.show_source(1)
    settle()
    assert desk.reader.header is not None
    assert desk.reader.header.pages_button.isHidden()
    assert desk.reader.paging.pane.isHidden()
    assert press_.drawn == []


def test_nothing_is_left_of_a_document_when_another_file_is_open(
    qtbot: QtBot, press_: Press
) -> None:
    desk = desk_of(qtbot, made_pdf())
    desk.reader.show_source(1)
    wait_for(qtbot, desk, 0)
    desk.document.replaced.emit()
    settle()
    assert desk.reader.paging.pane.drawing.cache.size == 0
    assert desk.reader.paging.pane.isHidden()


def test_pictures_are_kept_within_bounds() -> None:
    cache = PageCache(room=100_000)
    letters = picture(0, 10)
    for page in range(50):
        image = QImage(100, 100, QImage.Format.Format_RGB32)  # 40,000 bytes
        cache.put("동맹", page, 100, DrawnPage(image, letters))
    assert cache.size <= 100_000
    assert cache.get("동맹", 49, 100) is not None
    assert cache.get("동맹", 0, 100) is None


def test_a_real_page_is_drawn_by_the_child_process_and_boxed_right(qtbot: QtBot) -> None:
    data = documents.pdf([[(70, 700, "한미동맹은 굳건하다")], [(50, 700, "둘째 쪽")]])
    document = documents.read("pdf", data)
    place = document.places[0]
    drawn = drawn_page(worker.picture(data, 0, 595))
    assert drawn.image.width() == 595
    start = document.text.index("굳건")
    (box,) = drawn.letters.boxes(start - place.start, start + 2 - place.start)
    inside = [
        drawn.image.pixelColor(x, y).lightness()
        for x in range(int(box.left * 595), int(box.right * 595))
        for y in range(int(box.top * 842), int(box.bottom * 842))
    ]
    assert min(inside) < 128 < max(inside)
