"""Every quote is held against its source, and what no longer stands is marked in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPointF, Qt

from tests.helpers import dialog, open_window, press, settle, told
from tests.widgets.inspecting import shown
from tests.widgets.proving import PATIENCE, WORD, change_letter, does, over, said, verified
from viewer.display import box
from viewer.widgets.panels.several_page import listed
from viewer.widgets.parts.progress import ProgressBox

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from db.records import Language
    from viewer.app import Wired

MEANING = {"en": "does not stand in its source", "ko": "원문과 다른 인용"}


def marked(wired: Wired) -> set[int]:
    """The events with the sign of a broken quote behind their labels, or its cross on the mark."""
    items = wired.window.canvas.display().items
    return {
        item.ref[1]
        for item in items
        if item.ref is not None
        and item.ref[0] == "event"
        and (
            (item.role == "sign" and getattr(item, "text", "") == "“×")
            or (item.role == "flaw" and len(getattr(item, "runs", ())) == 2)
        )
    }


def test_a_file_in_which_all_quotes_stand_is_said_to_be_so(qtbot: QtBot, copy: Path) -> None:
    wired = open_window(qtbot, copy, language="ko")
    does(wired, "verify-quotes")
    said(qtbot)
    assert told() == "인용 20건이 모두 출처의 본문과 일치합니다."
    assert not marked(wired)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_changed_character_marks_its_events_and_verifying_leads_to_the_place(
    qtbot: QtBot, copy: Path, language: Language
) -> None:
    change_letter(copy)
    wired = open_window(qtbot, copy, language=language, size=(1600, 1000))
    assert marked(wired) == over(copy)
    found = verified(qtbot, wired)
    assert found.model.rowCount() == 2  # the source, and the one quote over the character
    quote = found.model.quote(1)
    assert quote is not None
    assert "★" in found.comparison.panes[1].toPlainText()
    assert found.comparison.panes[0].toPlainText() == quote.exact
    press(found.view, Qt.Key.Key_Return)
    reader = wired.window.reader
    assert reader.isVisible()
    assert reader.quote_id == quote.quote_id
    assert "★" in reader.text.textCursor().selectedText()
    assert "⚠" in shown(reader)
    does(wired, "undo")  # what another program did is undone like anything else
    assert not marked(wired)
    assert "⚠" not in shown(reader)


def test_a_changed_source_opens_too_where_no_quote_stands_on_the_character(
    qtbot: QtBot, copy: Path
) -> None:
    change_letter(copy, 824)
    wired = open_window(qtbot, copy, language="ko")
    found = verified(qtbot, wired)
    assert found.model.rowCount() == 1
    assert "본문이 바뀜" in found.model.cells(0)[0]
    assert "20건이 모두" in found.intro.text()
    press(found.view, Qt.Key.Key_Return)
    assert wired.window.reader.isVisible()


def test_what_another_program_breaks_while_the_window_is_open_shows_at_once(
    qtbot: QtBot, copy: Path
) -> None:
    wired = open_window(qtbot, copy, language="ko")
    assert not marked(wired)
    change_letter(copy)
    wired.window.editing.look_elsewhere()
    settle()
    assert marked(wired) == over(copy)


def test_a_text_that_was_changed_past_the_log_is_found_when_the_file_is_opened(
    qtbot: QtBot, copy: Path
) -> None:
    change_letter(copy, past_the_log=True)
    wired = open_window(qtbot, copy, language="ko")
    qtbot.waitUntil(lambda: marked(wired) == over(copy), timeout=PATIENCE)


def test_the_sign_stands_wherever_the_event_is_listed(qtbot: QtBot, copy: Path) -> None:
    change_letter(copy)
    wired = open_window(qtbot, copy, language="ko", size=(1600, 1000))
    window, document = wired.window, wired.document
    event = min(over(copy))
    title = document.event(event).event.title.text("ko")
    # the tool tip on the mark, and what is read out of the selected event
    for item in window.canvas.display().items:
        if item.ref == ("event", event) and item.role == "mark":
            x, y, w, h = box(item)
            assert "“× 원문과 다른 인용" in window.canvas._hover(QPointF(x + w / 2, y + h / 2))
    wired.selection.select(("event", event))
    settle()
    assert "“× 원문과 다른 인용" in window.canvas.accessibleDescription()
    # the inspector's page of it, of several events, and of a stage that begins with it
    assert "“× 원문과 다른 인용" in shown(window.inspector.page)
    others = [("event", int(each)) for each in document.timeline.columns.id[:2]]
    wired.selection.choose((*others, ("event", event)))
    settle()
    assert listed(document.rows_about("event", [event]), [event])[0].title.ko == title
    assert f"{title} “×" in shown(window.inspector.page)
    # what is found as one types
    assert ("broken",) in {each.flaws[:1] for each in document.find_titles(title)}


def test_a_stage_with_a_broken_quote_bears_the_sign(qtbot: QtBot, copy: Path) -> None:
    change_letter(copy)
    wired = open_window(qtbot, copy, language="en", size=(1600, 1000))
    stages = wired.document.timeline.flaws.broken_stages
    assert len(stages) == 2
    headings = {
        item.ref[1]
        for item in wired.window.canvas.display().items
        if item.role == "heading" and item.ref and "“×" in getattr(item, "text", "")
    }
    assert headings == stages
    wired.selection.select(("stage", min(stages)))
    settle()
    assert MEANING["en"] in shown(wired.window.inspector.page)
    assert MEANING["en"] in wired.window.canvas.accessibleDescription()


def test_verifying_can_be_stopped(qtbot: QtBot, copy: Path) -> None:
    change_letter(copy, WORD)
    wired = open_window(qtbot, copy, language="ko")
    news: list[str] = []
    wired.window.proving.news.connect(news.append)
    wired.window.commands.actions["verify-quotes"].trigger()
    running = dialog(ProgressBox)
    assert running.stop.isVisible()
    running._steps.stop()
    qtbot.waitUntil(lambda: bool(news), timeout=PATIENCE)
    settle()
    assert wired.window.proving.verified is None or "중단" not in news[0]
