"""Proposals about a newer edition: old and new side by side, accepted or declined by keys."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QTextEdit

from db.store import Store
from tests.helpers import click, dialog, is_open, open_window, press, settle, told
from tests.widgets.proving import PATIENCE, does, plain, proposals
from viewer.edits import anchors
from viewer.widgets.parts.progress import ProgressBox
from viewer.widgets.sources.source_form import SourceForm

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from viewer.app import Wired

CTRL = Qt.KeyboardModifier.ControlModifier
GONE, CHANGED = "This is not about excluding China.", "199 supply"


def newer_text(path: Path) -> str:
    """The article with a preface, one quote that is gone, and one with another figure."""
    with Store.open(path, read_only=True) as store:
        text = store.source(store.sources()[0].id).source.text
    text = text.replace(GONE, "").replace(CHANGED, "200 supply")
    return f"바로잡습니다. 일부 수치를 고쳤습니다.\n\n{text}"


@pytest.fixture
def wired(qtbot: QtBot, copy: Path, tmp_path: Path) -> Wired:
    """A window that has just taken a newer edition of the article in."""
    edition = tmp_path / "새 판.txt"
    edition.write_text(newer_text(copy), encoding="utf-8")
    opened = open_window(qtbot, copy, language="ko")
    opened.window.bringing.open([edition])
    qtbot.waitUntil(lambda: is_open(SourceForm), timeout=PATIENCE)
    settle()
    form = dialog(SourceForm)
    form.edition.fill(opened.document.sources()[0].id)
    click(form.save_button)
    qtbot.waitUntil(lambda: opened.document.proposals_waiting() > 0, timeout=PATIENCE)
    settle()
    return opened


def accepted(wired: Wired) -> int:
    path = wired.document.path
    assert path is not None
    return len(plain(path, "SELECT id FROM anchor WHERE accepted"))


def test_a_newer_edition_is_searched_and_what_is_found_is_offered_above_the_picture(
    wired: Wired,
) -> None:
    assert wired.document.proposals_waiting() == 20
    assert accepted(wired) == 20  # nothing is taken over by itself
    assert not is_open(SourceForm)
    bar = wired.window.proving._bar
    assert bar is not None
    assert bar.isVisible()
    assert "20건" in bar.told.text()
    click(bar.buttons[0])
    assert wired.window.proving.proposals is not None
    wired.state.set_language("en")
    assert "20 quotes" in bar.told.text()


def test_old_and_new_stand_side_by_side_with_what_differs_marked(wired: Wired) -> None:
    found = proposals(wired)
    changed = next(row for row, each in enumerate(found.model.shown) if CHANGED in each.exact)
    found.view.choose(changed)
    old, new = (pane.toPlainText() for pane in found.comparison.panes)
    assert CHANGED in old
    assert "200 supply" in new
    assert "He mentioned" in old  # what stands around it
    assert "He mentioned" in new
    assert found.model.cells(changed)[0].endswith("원문 불일치")
    assert "원문 불일치" in found.buttons[3].text()
    gone = next(row for row, each in enumerate(found.model.shown) if each.exact == GONE)
    found.view.choose(gone)
    assert "찾지 못했습니다" in found.comparison.panes[1].toPlainText()


def test_a_newer_edition_comes_with_its_proposals_in_one_step_of_undo(wired: Wired) -> None:
    does(wired, "undo")
    assert (len(wired.document.sources()), wired.document.proposals_waiting()) == (1, 0)
    does(wired, "redo")
    assert (len(wired.document.sources()), wired.document.proposals_waiting()) == (2, 20)


def test_a_search_that_is_stopped_stores_nothing_and_leaves_the_form_as_it_is(
    qtbot: QtBot, copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = tmp_path / "새 판.txt"
    edition.write_text(newer_text(copy), encoding="utf-8")
    opened = open_window(qtbot, copy, language="ko")
    opened.window.bringing.open([edition])
    qtbot.waitUntil(lambda: is_open(SourceForm), timeout=PATIENCE)
    settle()
    form = dialog(SourceForm)
    form.edition.fill(opened.document.sources()[0].id)
    begun, go_on = threading.Event(), threading.Event()
    searched = anchors.proposed

    def slow(*given: Any) -> Any:
        begun.set()
        go_on.wait(PATIENCE / 1000)
        return searched(*given)

    monkeypatch.setattr(anchors, "proposed", slow)
    click(form.save_button)
    qtbot.waitUntil(begun.is_set, timeout=PATIENCE)
    box = dialog(ProgressBox)
    assert "바로잡습니다" in box.label.text()
    click(box.stop)
    go_on.set()
    qtbot.waitUntil(lambda: not is_open(ProgressBox), timeout=PATIENCE)
    assert form.isVisible()
    assert len(opened.document.sources()) == 1
    monkeypatch.undo()
    click(form.save_button)
    qtbot.waitUntil(lambda: opened.document.proposals_waiting() == 20, timeout=PATIENCE)
    assert not is_open(SourceForm)


def struck(pane: QTextEdit) -> list[str]:
    """What is struck out in a pane, what is underlined."""
    found = []
    block = pane.document().begin()
    while block.isValid():
        for piece in block:
            form = piece.fragment().charFormat()
            if form.fontStrikeOut() or form.fontUnderline():
                found.append(piece.fragment().text().strip())
        block = block.next()
    return found


def test_what_differs_is_marked_in_the_words_and_around_them(wired: Wired) -> None:
    found = proposals(wired)
    row = next(row for row, each in enumerate(found.model.shown) if CHANGED in each.exact)
    found.view.choose(row)
    old, new = map(struck, found.comparison.panes)
    assert "199" in old
    assert "200" in new
    # The sentence before it is gone; the far ends, where the sides show more or less, are no
    # difference.
    assert any("not about excluding China" in each for each in old)
    assert not any("He mentioned" in each for each in (*old, *new))
    assert len(old) == 2
    assert new == ["200"]
    same = next(row for row, each in enumerate(found.model.shown) if each.score == 100)
    found.view.choose(same)
    assert struck(found.comparison.panes[0]) == struck(found.comparison.panes[1]) == []


def test_one_is_accepted_by_enter_and_one_declined_by_delete_each_a_step_of_undo(
    wired: Wired,
) -> None:
    found = proposals(wired)
    press(found.view, Qt.Key.Key_Return)
    assert (wired.document.proposals_waiting(), accepted(wired)) == (19, 21)
    assert "1건을 승인" in found.told.text()
    press(found.view, Qt.Key.Key_Delete)
    assert (wired.document.proposals_waiting(), accepted(wired)) == (18, 21)
    does(wired, "undo")
    assert (wired.document.proposals_waiting(), accepted(wired)) == (19, 21)
    does(wired, "undo")
    assert (wired.document.proposals_waiting(), accepted(wired)) == (20, 20)
    assert len(found.model.shown) == 20  # the list follows


def test_all_sure_ones_are_accepted_at_once_and_undone_at_once(wired: Wired) -> None:
    found = proposals(wired)
    sure = len(found.sure)
    assert 15 < sure < 20
    click(found.buttons[0])
    assert (wired.document.proposals_waiting(), accepted(wired)) == (20 - sure, 20 + sure)
    assert f"{sure}건을 승인" in found.told.text()
    # A quote with another figure is for a person to see, however sure its place is.
    assert any(CHANGED in each.exact for each in found.model.shown)
    assert not len(wired.document.timeline.flaws.broken)
    found.view.choose(
        next(row for row, each in enumerate(found.model.shown) if CHANGED in each.exact)
    )
    press(found.view, Qt.Key.Key_Return)
    assert len(wired.document.timeline.flaws.broken)  # its events say so at once
    does(wired, "undo")
    does(wired, "undo")
    assert (wired.document.proposals_waiting(), accepted(wired)) == (20, 20)
    assert not len(wired.document.timeline.flaws.broken)


def test_the_list_shows_the_sure_ones_or_those_to_be_looked_at(wired: Wired) -> None:
    found = proposals(wired)
    rows = {}
    for place in range(found.filter.count()):
        found.filter.setCurrentIndex(place)
        rows[found.filter.currentData()] = len(found.model.shown)
    assert rows["all"] == rows["sure"] + rows["unsure"] == 20
    assert rows["sure"] == len(found.sure)
    assert rows["unsure"] > 0


def test_a_proposal_opens_in_the_newer_edition(wired: Wired) -> None:
    found = proposals(wired)
    row = next(row for row, each in enumerate(found.model.shown) if CHANGED in each.exact)
    found.view.choose(row)
    press(found.view, Qt.Key.Key_O)
    reader = wired.window.reader
    assert reader.isVisible()
    assert "200 supply" in reader.text.textCursor().selectedText()


def test_once_nothing_waits_the_bar_goes_and_the_command_says_so(wired: Wired) -> None:
    found = proposals(wired)
    for _ in range(20):
        press(found.view, Qt.Key.Key_Return)
    assert wired.document.proposals_waiting() == 0
    assert wired.window.proving._bar is not None
    assert wired.window.proving._bar.isHidden()
    assert not found.buttons[3].isEnabled()
    found.reject()
    settle()
    does(wired, "proposals")
    assert told() == "검토할 제안이 없습니다."
    assert not is_open(QMessageBox)


def test_the_menu_says_how_many_wait_and_later_puts_the_bar_away(wired: Wired) -> None:
    bar = wired.window.proving._bar
    assert bar is not None
    click(bar.buttons[1])
    assert bar.isHidden()
    wired.window.commands.menus["edit"].aboutToShow.emit()
    assert "(20)" in wired.window.commands.actions["proposals"].text()


def test_a_file_that_is_only_read_shows_proposals_but_takes_none(
    wired: Wired, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(wired.document), "read_only_reason", "read-only.file")
    found = proposals(wired)
    assert len(found.model.shown) == 20
    assert not any(found.buttons[place].isEnabled() for place in (0, 2, 3))
    press(found.view, Qt.Key.Key_Delete)
    press(found.view, Qt.Key.Key_Return, CTRL)
    assert wired.document.proposals_waiting() == 20
