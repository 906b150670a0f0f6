"""Quotes and references in the window: a preview first, all or nothing, one step of undo."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from db.changes import ChangeSet, Update
from db.store import Store
from tests.helpers import choose, choose_file, click, dialog, is_open, open_window, press, settle
from viewer.edits import quoting
from viewer.widgets.files.exchange_dialog import ExchangeDialog

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from viewer.app import Wired


def quotes(wired: Wired) -> int:
    return len(wired.document.source(wired.document.sources()[0].id).quotes)


def exported(qtbot: QtBot, wired: Wired, path: Path) -> Path:
    """Writes the quotes by the menu."""
    wired.window.commands.actions["export-quotes"].trigger()
    settle()
    choose_file(path)
    qtbot.waitUntil(path.exists)
    settle()
    return path


def without_quotes(path: Path) -> None:
    with Store.open(path) as store:
        rows = store.rows_about("quote", [each.id for each in store.quotes()])
        store.apply(ChangeSet(quoting.deleted(rows).changes))


def previewed(qtbot: QtBot, wired: Wired, path: Path) -> ExchangeDialog:
    """Chooses a document by the menu, and waits for what it would do."""
    wired.window.commands.actions["import-quotes"].trigger()
    settle()
    choose_file(path)
    found = dialog(ExchangeDialog)
    qtbot.waitUntil(lambda: found.progress.isHidden())
    settle()
    return found


def test_quotes_go_out_and_come_back_after_a_preview_in_one_step(
    qtbot: QtBot, copy: Path, tmp_path: Path
) -> None:
    wired = open_window(qtbot, copy, language="ko")
    path = exported(qtbot, wired, tmp_path / "인용.jsonld")
    without_quotes(copy)
    wired.document.follow()
    settle()
    assert quotes(wired) == 0
    before = wired.document.last_change
    shown = previewed(qtbot, wired, path)
    assert shown.items.rowCount() == 20
    assert "20" in shown.verdicts.buttons["added"].text()
    assert shown.items.text(shown.items.item(0), "verdict") == "+ 추가"
    assert "한미 기술동맹" in shown.items.text(shown.items.item(0), "source")
    assert wired.document.last_change == before, "nothing is written by a preview"
    assert shown.accept_all.hasFocus()
    press(shown.accept_all, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not is_open(ExchangeDialog))
    assert quotes(wired) == 20
    assert wired.window.status.currentMessage() == "인용 20건을 가져왔습니다"
    wired.window.editing.revert("undo")
    settle()
    assert quotes(wired) == 0


def test_what_is_there_already_leaves_nothing_to_import(
    qtbot: QtBot, copy: Path, tmp_path: Path
) -> None:
    wired = open_window(qtbot, copy)
    shown = previewed(qtbot, wired, exported(qtbot, wired, tmp_path / "quotes.jsonld"))
    assert "20" in shown.verdicts.buttons["same"].text()
    assert not shown.accept_all.isEnabled()


def test_a_refused_one_is_shown_with_the_reason_and_nothing_can_be_written(
    qtbot: QtBot, copy: Path, tmp_path: Path
) -> None:
    wired = open_window(qtbot, copy)
    path = exported(qtbot, wired, tmp_path / "quotes.jsonld")
    document = json.loads(path.read_text(encoding="utf-8"))
    without_quotes(copy)
    wired.document.follow()
    item = document["first"]["items"][4]
    item["target"]["selector"] = {"type": "CssSelector", "value": "p > b"}
    path.write_text(json.dumps(document), encoding="utf-8")
    shown = previewed(qtbot, wired, path)
    assert shown.items.rowCount() == 1
    assert shown.verdicts.current == "refused"
    assert "$.first.items[4].target" in shown.detail.toPlainText()
    assert "CssSelector" in shown.detail.toPlainText()
    assert not shown.accept_all.isEnabled()
    click(shown.verdicts.buttons["added"])
    assert shown.items.rowCount() == 19


def test_hostile_json_is_told_in_the_dialog_and_the_window_lives(
    qtbot: QtBot, copy: Path, tmp_path: Path
) -> None:
    wired = open_window(qtbot, copy)
    path = tmp_path / "깊은.json"
    path.write_bytes(b'{"a":' * 50_000)
    shown = previewed(qtbot, wired, path)
    assert "nested" in shown.told.text()
    assert not shown.accept_all.isEnabled()
    press(shown, Qt.Key.Key_Escape)
    assert not is_open(ExchangeDialog)


def test_the_source_can_be_chosen_for_annotations_that_name_none(
    qtbot: QtBot, copy: Path, tmp_path: Path
) -> None:
    wired = open_window(qtbot, copy)
    row = wired.document.sources()[0]
    selector = {"type": "TextPositionSelector", "start": 736, "end": 824}
    path = tmp_path / "한 곳.json"
    path.write_text(json.dumps([{"type": "Annotation", "target": {"selector": selector}}]))
    shown = previewed(qtbot, wired, path)
    assert shown.items.item(0).verdict == "refused"
    choose(shown.source, row.id)
    qtbot.waitUntil(lambda: shown.progress.isHidden())
    assert shown.items.item(0).verdict == "same"


def test_a_change_from_elsewhere_is_compared_anew_before_it_is_written(
    qtbot: QtBot, copy: Path, tmp_path: Path
) -> None:
    wired = open_window(qtbot, copy)
    path = exported(qtbot, wired, tmp_path / "quotes.jsonld")
    without_quotes(copy)
    wired.document.follow()
    shown = previewed(qtbot, wired, path)
    source_id = wired.document.sources()[0].id
    with Store.open(copy) as store:
        store.apply(ChangeSet((Update("source", source_id, {"rights": "공공누리"}),)))
    press(shown.accept_all, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown.progress.isHidden() and shown.accept_all.isEnabled())
    assert is_open(ExchangeDialog)
    press(shown.accept_all, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not is_open(ExchangeDialog))
    assert quotes(wired) == 20


def test_references_come_in_as_sources_without_a_text(
    qtbot: QtBot, copy: Path, tmp_path: Path
) -> None:
    wired = open_window(qtbot, copy, language="ko")
    path = tmp_path / "서지.json"
    item = {
        "id": "x",
        "type": "report",
        "title": "국방백서 2022",
        "issued": {"date-parts": [[2023]]},
    }
    path.write_text(json.dumps([item]), encoding="utf-8")
    shown = previewed(qtbot, wired, path)
    assert shown.kind.text() == "서지 정보(CSL-JSON)"
    assert not shown.source.isVisible()
    press(shown.accept_all, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not is_open(ExchangeDialog))
    row = next(each for each in wired.document.sources() if each.title.ko == "국방백서 2022")
    assert (row.edtf, row.characters) == ("2023", 0)
    wired.window.reader_place.show_source(row.id)
    settle()
    assert wired.window.reader.isVisible()
