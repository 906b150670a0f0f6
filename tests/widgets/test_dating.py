"""Dates in a document: listed, gone to in the text, and taken up one by one by the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from db.changes import ChangeSet, Update
from db.records import Bilingual
from db.store import Store
from tests.helpers import click, open_window, press, settle, write
from tests.widgets.forming import CTRL, focused, key
from viewer.edits.sources import SourceDraft, added
from viewer.sources.records import Place, ReadDocument

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from viewer.app import Wired
    from viewer.widgets.sources.dates_panel import DatesPanel

TEXT = (
    "한미 정상회담 결과 브리핑\n"
    "대통령실은 지난 21일 한미정상회담이 열렸다고 밝혔다. 1953년 10월 1일 서명된 조약이 바탕이다.\n"
    "5G 협력도 논의했다. 1999년 1월 3일에는 아무 일도 없었다.\n"
)


@pytest.fixture
def briefing(copy: Path) -> Path:
    """A file with a Korean paper of 22 May 2022."""
    with Store.open(copy) as store:
        paper = ReadDocument(
            text=TEXT, places=(Place("1", 0, len(TEXT)),), media_type="text/plain",
            reader="text", language="ko",
        )  # fmt: skip
        draft = SourceDraft(Bilingual(None, "정상회담 브리핑"), "ko", edtf="2022-05-22")
        edit = added(paper, draft, TEXT.encode(), store.sources())
        store.apply(ChangeSet(edit.changes, blobs=edit.blobs))
    return copy


def paper_of(wired: Wired) -> int:
    return next(each.id for each in wired.document.sources() if each.language == "ko")


def opened(qtbot: QtBot, wired: Wired) -> DatesPanel:
    """The panel on the paper, once its text was looked through."""
    wired.window.reader_place.show_source(paper_of(wired))
    settle()
    key(Qt.Key.Key_D)
    return found(qtbot, wired)


def found(qtbot: QtBot, wired: Wired) -> DatesPanel:
    qtbot.waitUntil(lambda: wired.window.dating.panel is not None)
    panel = wired.window.dating.panel
    assert panel is not None
    qtbot.waitUntil(lambda: panel.model.rowCount() > 0)
    settle()
    return panel


def rows(panel: DatesPanel) -> list[tuple[str, str]]:
    words = [panel.model.words(row) for row in range(panel.model.rowCount())]
    return [(each.edtf, each.known) for each in words]


def test_d_lists_the_dates_with_what_they_mean_and_what_is_on_them(
    qtbot: QtBot, briefing: Path
) -> None:
    wired = open_window(qtbot, briefing, language="ko")
    before = wired.document.last_change
    panel = opened(qtbot, wired)
    listed = rows(panel)
    assert [edtf for edtf, _ in listed] == ["2022-05-21", "1953-10-01", "1999-01-03"]
    assert "한미상호방위조약" in listed[1][1]
    assert listed[2][1] == ""
    assert "3" in panel.counted.text()
    assert panel.list.hasFocus()
    assert wired.window.inspector.isHidden()
    assert wired.document.last_change == before, "nothing is added by itself"
    words = panel.model.data(panel.model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert "2022년 5월 21일" in words
    assert "지난 21일" in words


def test_the_arrows_take_the_text_along(qtbot: QtBot, briefing: Path) -> None:
    wired = open_window(qtbot, briefing, language="ko")
    panel = opened(qtbot, wired)
    reader = wired.window.reader
    assert reader.text.chosen_text == "지난 21일"
    press(panel.list, Qt.Key.Key_Down)
    assert reader.text.chosen_text == "1953년 10월 1일"
    assert panel.list.hasFocus()


def test_enter_makes_an_event_with_the_sentence_and_the_list_goes_on(
    qtbot: QtBot, briefing: Path
) -> None:
    wired = open_window(qtbot, briefing, language="ko")
    panel = opened(qtbot, wired)
    press(panel.list, Qt.Key.Key_End)
    press(panel.list, Qt.Key.Key_Return)
    form = wired.window.quoting.form
    assert form is not None
    assert wired.window.dating.panel is None
    write(focused(), "아무 일도 없던 날")
    key(Qt.Key.Key_Return, CTRL)
    assert wired.window.quoting.form is None
    ref = wired.selection.ref
    assert ref is not None
    detail = wired.document.event(ref[1])
    assert [each.edtf for each in detail.dates] == ["1999-01-03"]
    assert [each.quote.exact for each in detail.quotes] == ["1999년 1월 3일에는 아무 일도 없었다."]
    panel = found(qtbot, wired)
    assert panel.row == 2
    assert "아무 일도 없던 날" in rows(panel)[2][1]
    assert "사용 중" in rows(panel)[2][1]
    assert not panel.link.isEnabled()


def test_a_date_is_linked_to_the_event_on_it(qtbot: QtBot, briefing: Path) -> None:
    wired = open_window(qtbot, briefing, language="ko")
    panel = opened(qtbot, wired)
    press(panel.list, Qt.Key.Key_Down)
    panel.menu.aboutToShow.emit()
    (action,) = panel.menu.actions()
    assert "한미상호방위조약" in action.text()
    action.trigger()
    settle()
    form = wired.window.quoting.form
    assert form is not None
    key(Qt.Key.Key_Return, CTRL)
    assert wired.window.quoting.form is None
    ref = wired.selection.ref
    assert ref is not None
    title = wired.document.event(ref[1]).event.title.ko or ""
    assert "한미상호방위조약" in title
    exacts = [each.quote.exact for each in wired.document.event(ref[1]).quotes]
    assert "1953년 10월 1일 서명된 조약이 바탕이다." in exacts


def test_undo_makes_a_date_free_again(qtbot: QtBot, briefing: Path) -> None:
    wired = open_window(qtbot, briefing, language="ko")
    panel = opened(qtbot, wired)
    press(panel.list, Qt.Key.Key_End)
    press(panel.list, Qt.Key.Key_Return)
    write(focused(), "아무 일도 없던 날")
    key(Qt.Key.Key_Return, CTRL)
    panel = found(qtbot, wired)
    assert rows(panel)[2][1]
    wired.window.editing.revert("undo")
    settle()
    assert rows(panel)[2][1] == ""


def test_escape_gives_the_inspector_back(qtbot: QtBot, briefing: Path) -> None:
    wired = open_window(qtbot, briefing)
    panel = opened(qtbot, wired)
    press(panel.list, Qt.Key.Key_Escape)
    assert wired.window.dating.panel is None
    assert wired.window.inspector.isVisible()


def test_another_form_takes_the_panels_place_and_keeps_it(qtbot: QtBot, briefing: Path) -> None:
    wired = open_window(qtbot, briefing)
    panel = opened(qtbot, wired)
    press(panel.list, Qt.Key.Key_Return)
    assert wired.window.quoting.form is not None
    wired.window.adding.new_event()
    settle()
    assert wired.window.adding.form is not None
    assert wired.window.dating.panel is None


def test_a_file_that_is_only_read_shows_dates_and_makes_nothing(
    qtbot: QtBot, briefing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wired = open_window(qtbot, briefing)
    monkeypatch.setattr(
        type(wired.document), "read_only_reason", property(lambda _: "read-only.file")
    )
    panel = opened(qtbot, wired)
    assert not panel.make.isEnabled()
    assert not panel.link.isEnabled()
    press(panel.list, Qt.Key.Key_Return)
    assert wired.window.quoting.form is None


def test_the_articles_date_decides(qtbot: QtBot, briefing: Path) -> None:
    wired = open_window(qtbot, briefing)
    panel = opened(qtbot, wired)
    change = ChangeSet((Update("source", paper_of(wired), {"edtf": "2019-01-02"}),))
    with Store.open(briefing) as store:
        store.apply(change)
    wired.document.follow()
    qtbot.waitUntil(lambda: panel.model.rowCount() > 0)
    settle()
    assert rows(panel)[0][0] == "2018-12-21"


def test_it_speaks_the_other_language_at_once(qtbot: QtBot, briefing: Path) -> None:
    wired = open_window(qtbot, briefing)
    panel = opened(qtbot, wired)
    assert panel.heading.text() == "Dates in this document"
    wired.state.set_language("ko")
    settle()
    assert panel.heading.text() == "이 문서의 날짜"
    assert panel.model.words(0).date == "2022년 5월 21일"
    click(panel.close_button)
    assert wired.window.dating.panel is None
