"""The history window, used with keys and clicks."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton

from db.changes import ChangeSet, Insert, Update, new_id
from db.records import LANGUAGES, Bilingual
from db.store import Store
from tests.helpers import (
    choose_file,
    click,
    dialog,
    fill,
    is_open,
    open_window,
    press,
    settle,
    texts,
)
from tests.words.usage import catalogue
from viewer.edits import events
from viewer.widgets.files.history_dialog import HistoryDialog
from viewer.widgets.panels.inspector import Inspector
from viewer.widgets.parts.progress import ProgressBox
from viewer.widgets.parts.text_buttons import TextButton

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from viewer.app import Wired

Control = Qt.KeyboardModifier.ControlModifier


def find(wired: Wired, slug: str = "first-sma-1991") -> int:
    with Store.open(wired.document.path or "", read_only=True) as store:
        found = store.find_event(slug)
    assert found is not None
    return found


def write(wired: Wired, *changes: Insert | Update, label: str = "", author: str = "홍길동") -> None:
    """As another window does it."""
    with Store.open(wired.document.path or "") as store:
        store.apply(ChangeSet(changes, label=label, author=author))
    wired.window.editing.look_elsewhere()
    settle()


def open_history(wired: Wired) -> HistoryDialog:
    press(wired.window.canvas, Qt.Key.Key_H, Control)
    return dialog(HistoryDialog)


def row(found: HistoryDialog, place: int) -> list[str]:
    model = found.steps_view.model()
    return [str(model.index(place, column).data()) for column in range(4)]


def lines(found: HistoryDialog) -> list[list[str]]:
    model = found.lines_view.model()
    return [
        [str(model.index(place, column).data()) for column in range(4)]
        for place in range(model.rowCount())
    ]


def test_it_tells_who_did_what_and_from_which_value_to_which(qtbot: QtBot, copy: Path) -> None:
    wired = open_window(qtbot, copy)
    event_id = find(wired)
    write(
        wired,
        Update("event", event_id, {"title_en": "새 제목", "status": "planned"}),
        label="edit-event: 새 제목",
    )
    found = open_history(wired)
    assert row(found, 0)[1:] == ["홍길동", "Edit “새 제목”", "1"]
    told = {line[1]: line[2:] for line in lines(found)}
    assert told["Event · Status"] == ["occurred", "planned"]
    assert told["Event · Title (English)"][1] == "새 제목"
    assert row(found, 1)[2] == "Shipped data: First edition"


def test_dates_lanes_and_tags_are_told_in_words(qtbot: QtBot, copy: Path) -> None:
    wired = open_window(qtbot, copy, language="ko")
    event_id = find(wired)
    rows = wired.document.rows_about("event", [event_id])
    wired.document.apply(events.redated(rows, event_id, "1991-01-25~"))
    lane = next(each for each in wired.document.timeline.lanes if each.key == "technology")
    rows = wired.document.rows_about("event", [event_id])
    wired.document.apply(events.with_lane(rows, lane.id))
    found = open_history(wired)
    told = [line[1:] for line in lines(found)]
    assert ["사건의 분야 추가", "—", "기술"] in told
    press(found.steps_view, Qt.Key.Key_Down)
    dated = next(line for line in lines(found) if line[1] == "날짜 · 날짜")
    assert dated[2:] == ["1991년 1월 · 1991-01", "1991년 1월 25일경 · 1991-01-25~"]


def test_a_change_by_another_program_shows_as_such(qtbot: QtBot, copy: Path) -> None:
    wired = open_window(qtbot, copy)
    found = open_history(wired)
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("UPDATE event SET importance = 1 WHERE slug = 'first-sma-1991'")
    wired.window.editing.look_elsewhere()
    settle()
    assert row(found, 0)[1:3] == ["another program", "Change by another program"]
    assert [line[1:] for line in lines(found)] == [["Event · Importance", "3", "1"]]


def test_it_narrows_down_as_one_types(qtbot: QtBot, copy: Path) -> None:
    wired = open_window(qtbot, copy)
    event_id = find(wired)
    for importance, author in ((1, "홍길동"), (2, "김민수"), (4, "홍길동")):
        write(wired, Update("event", event_id, {"importance": importance}), author=author)
    found = open_history(wired)
    assert found.steps.rowCount() == 4
    fill(found.filter, "김민")
    assert [row(found, place)[1] for place in range(found.steps.rowCount())] == ["김민수"]
    fill(found.filter, "아무도")
    assert found.steps.rowCount() == 0
    assert found.nothing.isVisible()
    fill(found.filter, "")
    assert found.steps.rowCount() == 4


def test_only_what_is_looked_at_is_read(qtbot: QtBot, copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as connection, connection:
        event_id = connection.execute("SELECT max(id) FROM event").fetchone()[0]
        connection.execute(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
            " INSERT INTO changeset (id, origin, time)"
            " SELECT i, 'edit', '2026-11-25T00:00:00.000Z' FROM n"
        )
        connection.execute(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
            " INSERT INTO change (changeset_id, table_name, row_id, action, before)"
            " SELECT i, 'event', ?, 'update', 'importance=3' FROM n",
            (event_id,),
        )
    wired = open_window(qtbot, copy)
    found = open_history(wired)
    assert 0 < found.steps.rowCount() < 1000
    before = found.steps.rowCount()
    found.steps_view.scrollToBottom()
    settle()
    assert before < found.steps.rowCount() < 3000


def test_what_is_sought_is_found_however_old_it_is(qtbot: QtBot, copy: Path) -> None:
    wired = open_window(qtbot, copy)
    write(wired, Update("event", find(wired), {"importance": 1}), label="edit-event: 옛 사건")
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
            " INSERT INTO changeset (id, origin, time)"
            " SELECT i, 'edit', '2026-11-25T00:00:00.000Z' FROM n"
        )
        connection.execute(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
            " INSERT INTO change (changeset_id, table_name, row_id, action, before)"
            " SELECT i, 'event', i, 'update', 'importance=3' FROM n"
        )
    found = open_history(wired)
    fill(found.filter, "옛 사건")
    assert not found.nothing.isVisible()
    qtbot.waitUntil(lambda: found.steps.rowCount() == 1)
    assert [line[1] for line in lines(found)] == ["Event · Importance"]
    fill(found.filter, "없는 사건")
    qtbot.waitUntil(found.nothing.isVisible)


def test_the_history_of_what_is_selected_opens_from_its_page(qtbot: QtBot, copy: Path) -> None:
    wired = open_window(qtbot, copy)
    event_id, other = find(wired), find(wired, "armistice-1953")
    write(wired, Update("event", event_id, {"importance": 1}), label="edit-event: 하나")
    write(wired, Update("event", other, {"importance": 1}), label="edit-event: 둘")
    wired.selection.select(("event", event_id))
    settle()
    page = wired.window.findChild(Inspector)
    assert page is not None
    button = next(
        each for each in page.findChildren(TextButton) if each.accessibleName() == "History of this"
    )
    press(button, Qt.Key.Key_Return)
    found = dialog(HistoryDialog)
    assert [row(found, place)[2] for place in range(2)] == [
        "Edit “하나”", "Shipped data: First edition",
    ]  # fmt: skip
    wired.selection.select(("event", other))
    settle()
    assert row(found, 0)[2] == "Edit “둘”"
    click(found.scope.buttons["file"])
    assert found.steps.rowCount() == 3


def test_one_value_is_restored_and_can_be_undone(qtbot: QtBot, copy: Path) -> None:
    wired = open_window(qtbot, copy)
    event_id = find(wired)
    title = wired.document.event(event_id).event.title
    write(wired, Update("event", event_id, {"title_ko": "틀린 제목", "importance": 1}))
    found = open_history(wired)
    found.lines_view.choose([line[1] for line in lines(found)].index("Event · Title (Korean)"))
    click(found.value)
    assert wired.document.event(event_id).event.title == title
    assert wired.document.event(event_id).event.importance == 1
    assert row(found, 0)[2].startswith("Restore a value of")
    wired.window.editing.revert("undo")
    assert wired.document.event(event_id).event.title.ko == "틀린 제목"
    # What is as it was then already is not written again.
    wired.window.editing.revert("redo")
    found.steps_view.choose(found.steps.rowCount() - 2)
    found.lines_view.choose([line[1] for line in lines(found)].index("Event · Title (Korean)"))
    click(found.value)
    assert "nothing was changed" in found.told.text()


def test_a_deleted_event_is_brought_back_with_its_notes(qtbot: QtBot, copy: Path) -> None:
    wired = open_window(qtbot, copy)
    event_id = find(wired)
    note = {"event_id": event_id, "text": "메모", "author": "나", "time": "2026-11-25T00:00:00Z"}
    write(wired, Insert("note", new_id(), note))
    before = wired.document.rows_about("event", [event_id])
    wired.window.editing.apply(events.deleted(before))
    settle()
    found = open_history(wired)
    click(found.row)
    box = dialog(QMessageBox)
    assert "First Special Measures Agreement" in box.text()
    click(next(each for each in box.findChildren(QPushButton) if each.text() == "Restore"))
    assert wired.document.rows_about("event", [event_id]) == before
    assert wired.selection.ref == ("event", event_id)
    assert row(found, 0)[2].startswith("Restore “")


def test_an_event_goes_back_over_several_changes(qtbot: QtBot, copy: Path) -> None:
    wired = open_window(qtbot, copy)
    event_id = find(wired)
    before = wired.document.rows_about("event", [event_id])
    rows = before
    wired.document.apply(events.redated(rows, event_id, "1995"))
    rows = wired.document.rows_about("event", [event_id])
    wired.document.apply(events.with_new_tag(rows, "방위비"))
    write(wired, Update("event", event_id, {"title_ko": "셋째"}))
    found = open_history(wired)
    press(found.steps_view, Qt.Key.Key_Down)
    press(found.steps_view, Qt.Key.Key_Down)
    click(found.row)
    click(dialog(QMessageBox).defaultButton())  # that is the one that does not
    assert wired.document.event(event_id).event.title.ko == "셋째"
    click(found.row)
    box = dialog(QMessageBox)
    click(next(each for each in box.findChildren(QPushButton) if each.text() == "Restore"))
    assert wired.document.rows_about("event", [event_id]) == before


def test_the_shipped_data_and_a_read_only_file_cannot_be_taken_back(
    qtbot: QtBot, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wired = open_window(qtbot, copy)
    found = open_history(wired)
    assert not found.row.isEnabled()
    assert not found.file.isEnabled()
    assert not found.value.isEnabled()
    event_id = find(wired)
    write(wired, Update("event", event_id, {"importance": 1}))
    assert found.row.isEnabled()
    assert found.value.isEnabled()
    monkeypatch.setattr(type(wired.document), "read_only_reason", "read-only.file")
    found.read_anew()
    assert not found.row.isEnabled()
    assert found.file.isEnabled()  # that writes another file


def test_the_file_as_it_was_becomes_a_new_file(qtbot: QtBot, copy: Path, tmp_path: Path) -> None:
    wired = open_window(qtbot, copy)
    event_id = find(wired)
    title = wired.document.event(event_id).event.title
    write(wired, Update("event", event_id, {"title_ko": "나중 제목"}))
    found = open_history(wired)
    click(found.file)
    target = tmp_path / "그때.alliance"
    choose_file(target)
    qtbot.waitUntil(lambda: not is_open(ProgressBox))
    settle()
    with Store.open(target, read_only=True) as made:
        assert made.event(event_id).event.title == title
    assert "그때.alliance" in found.told.text()
    assert wired.document.path == copy


def test_making_it_can_be_stopped(
    qtbot: QtBot, copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from threading import Event

    from db import moments

    go_on = Event()

    def slow(*_: object, progress: Callable[[int, int], None], **__: object) -> None:
        progress(1, 10)
        go_on.wait()
        progress(2, 10)

    monkeypatch.setattr(moments, "copy_at", slow)
    wired = open_window(qtbot, copy)
    write(wired, Update("event", find(wired), {"importance": 1}))
    found = open_history(wired)
    assert found.entry is not None
    wired.window.histories.make_file(found.entry, tmp_path / "그때.alliance")
    box = dialog(ProgressBox)
    qtbot.waitUntil(lambda: box.bar.value() == 10)
    press(box, Qt.Key.Key_Escape)
    go_on.set()
    qtbot.waitUntil(lambda: not is_open(ProgressBox))
    assert found.told.text() == "No file was made."


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_has_a_name_and_speaks_the_language(
    qtbot: QtBot, copy: Path, language: str
) -> None:
    wired = open_window(qtbot, copy, language="en" if language == "ko" else "ko")
    write(wired, Update("event", find(wired), {"importance": 1}))
    found = open_history(wired)
    wired.state.set_language(language)  # type: ignore[arg-type]
    settle()
    for widget in (found.filter, found.steps_view, found.lines_view, *found.texts.values()):
        assert widget.accessibleName()
    other = "en" if language == "ko" else "ko"
    foreign = {t.texts[0] for t in catalogue(other).values() if t.room == "history"}
    foreign -= {t.texts[0] for t in catalogue(language).values()}
    assert [text for _, text in texts(found) if text in foreign] == []


def test_it_closes_with_the_file_and_comes_to_the_front_when_asked_twice(
    qtbot: QtBot, copy: Path, shipped: Path
) -> None:
    wired = open_window(qtbot, copy)
    first = open_history(wired)
    assert wired.window.histories.open() is first
    press(first, Qt.Key.Key_Escape)
    wired.window.commands.actions["history"].trigger()
    second = dialog(HistoryDialog)
    settle()
    assert wired.window.histories.open() is second
    wired.window.files.open(shipped)
    settle()
    assert not is_open(HistoryDialog)


def test_a_name_that_would_be_markup_is_plain(qtbot: QtBot, copy: Path) -> None:
    wired = open_window(qtbot, copy)
    event_id = find(wired)
    write(wired, Update("event", event_id, {"title_en": "<b>A & B</b>"}))
    found = open_history(wired)
    assert "<b>A && B</b>" in found.row.text()
    click(found.row)
    box = dialog(QMessageBox)
    assert box.textFormat() == Qt.TextFormat.PlainText
    box.reject()
    assert Bilingual("<b>A & B</b>").en in lines(found)[0][3]


@pytest.mark.parametrize("type_size", [13, 20])
def test_the_columns_of_names_are_wide_enough_on_a_small_screen(
    qtbot: QtBot, copy: Path, type_size: int
) -> None:
    wired = open_window(qtbot, copy, language="ko")
    wired.state.set_type_size(type_size)
    settle()
    found = open_history(wired)
    found.resize(1220, 640)
    settle()
    when, by = (found.steps_view.columnWidth(place) - 14 for place in (0, 1))
    about = found.lines_view.columnWidth(0)
    if type_size == 13:
        width = found.steps_view.fontMetrics().horizontalAdvance
        assert by >= width("Alliance Timeline")
        assert when >= width("2026년 11월 23일 09:00")
    assert about >= found.lines_view.viewport().width() / 3 - 4
    assert sum(found.lines_view.columnWidth(place) for place in range(4)) <= (
        found.lines_view.viewport().width()
    )


def test_home_and_end_go_to_the_first_and_the_last_row(qtbot: QtBot, copy: Path) -> None:
    wired = open_window(qtbot, copy)
    for number in (1, 2):
        change = Update("event", find(wired), {"importance": number})
        write(wired, change, label=f"edit-event: {number}")
    view = open_history(wired).steps_view
    view.setFocus()
    press(view, Qt.Key.Key_End)
    assert view.currentIndex().row() == 2
    press(view, Qt.Key.Key_Home)
    assert view.currentIndex().row() == 0
