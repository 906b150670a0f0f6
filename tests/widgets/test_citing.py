"""Citations to the clipboard with one key, from the inspector and the reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from tests.helpers import click, open_window, press, settle
from tests.widgets.forming import CTRL, focused
from viewer.widgets.panels.cards import QUOTE
from viewer.widgets.parts.boxes import Card
from viewer.widgets.parts.menu_button import MenuButton

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from viewer.app import Wired

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(autouse=True)
def empty_clipboard() -> None:
    QGuiApplication.clipboard().clear()


def copied() -> tuple[str, str]:
    """The plain and the rich text of the clipboard."""
    mime = QGuiApplication.clipboard().mimeData()
    return (mime.text(), mime.html()) if mime is not None else ("", "")


def select(wired: Wired, slug: str) -> None:
    from db.store import Store

    with Store.open(wired.document.path, read_only=True) as store:  # type: ignore[arg-type]
        found = store.find_event(slug)
    assert found is not None
    wired.selection.select(("event", found))
    settle()


def cards(wired: Wired) -> list[Card]:
    found = wired.window.inspector.page.findChildren(Card)
    return [each for each in found if each.property(QUOTE) is not None]


def test_one_key_copies_the_citation_of_the_selected_events_first_quote(
    qtbot: QtBot, shipped: Path
) -> None:
    wired = open_window(qtbot, shipped)
    select(wired, "ipef-launch-2022")
    press(wired.window.canvas, Qt.Key.Key_C, CTRL | SHIFT)
    text, html = copied()
    assert "“Additional US-Korea Tech Alliance Expected... Leading Participation in IPEF,”" in text
    assert "May 18, 2022, para. " in text
    assert "<i>The Asia Business Daily</i>" in html
    assert "Copied" in wired.window.status.currentMessage()


def test_it_follows_the_language_of_the_window_and_the_menu_has_both(
    qtbot: QtBot, shipped: Path
) -> None:
    wired = open_window(qtbot, shipped, language="ko")
    select(wired, "ipef-launch-2022")
    press(wired.window.canvas, Qt.Key.Key_C, CTRL | SHIFT)
    assert "2022년 5월 18일" in copied()[0]
    assert "번째 문단" in copied()[0]
    wired.window.commands.actions["cite-en"].trigger()
    assert "May 18, 2022" in copied()[0]
    wired.window.commands.actions["cite-ko"].trigger()
    assert "2022년 5월 18일" in copied()[0]


def test_each_card_copies_its_own(qtbot: QtBot, shipped: Path) -> None:
    wired = open_window(qtbot, shipped)
    select(wired, "ipef-launch-2022")
    own = cards(wired)
    assert len(own) == 10
    places = set()
    for card in own:
        (button,) = card.findChildren(MenuButton)
        action = button.menu().actions()[0]
        assert action.text() == "Copy citation"
        action.trigger()
        by_menu = copied()
        QGuiApplication.clipboard().clear()
        button.setFocus()
        press(focused(), Qt.Key.Key_C, CTRL | SHIFT)
        assert copied() == by_menu, "the key means the card that has the focus"
        places.add(by_menu[0])
    assert len(places) > 2


def test_the_reader_copies_the_quote_that_is_shown(qtbot: QtBot, shipped: Path) -> None:
    wired = open_window(qtbot, shipped)
    source = wired.document.source(wired.document.sources()[0].id)
    quote = next(each for each in source.quotes if "will be added" in each.quote.exact)
    wired.window.reader_place.show_quote(source.source.id, quote.quote.id)
    settle()
    press(focused(), Qt.Key.Key_C, CTRL | SHIFT)
    by_key = copied()[0]
    assert "Kim Tae-hyo" in by_key
    assert "para. 3" in by_key
    QGuiApplication.clipboard().clear()
    targets = wired.window.reader.targets
    assert targets is not None
    click(targets.cite)
    assert copied()[0] == by_key


def test_a_passage_that_is_no_quote_is_cited_with_its_place(qtbot: QtBot, shipped: Path) -> None:
    wired = open_window(qtbot, shipped)
    source = wired.document.source(wired.document.sources()[0].id).source
    start = source.text.index("Deputy Director")
    wired.window.reader_place.show_stretch(source.id, start, start + 15)
    wired.window.reader.text.setFocus()
    settle()
    press(focused(), Qt.Key.Key_C, CTRL | SHIFT)
    text = copied()[0]
    assert text.startswith("Ki-min Lee, “Additional")
    assert "para. " in text


def test_without_a_quote_it_says_what_to_do(qtbot: QtBot, shipped: Path) -> None:
    wired = open_window(qtbot, shipped, language="ko")
    press(wired.window.canvas, Qt.Key.Key_C, CTRL | SHIFT)
    assert copied()[0] == ""
    assert "먼저 인용" in wired.window.status.currentMessage()
