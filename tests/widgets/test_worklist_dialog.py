"""The worklist in the window: counts of plain SQL, and each item opens where it is mended."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from db.changes import ChangeSet
from db.store import Store
from tests.db.test_worklist import PLAIN
from tests.helpers import fill, open_window, press, settle
from tests.widgets.proving import change_letter, counted, does, plain, worklist
from viewer.edits import events, importing
from viewer.exchange import event_table

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from viewer.app import Wired
    from viewer.widgets.proof.worklist_dialog import WorklistDialog


def agrees(found: WorklistDialog, path: Path) -> dict[str, int]:
    """Holds what the dialog shows against plain SQL; gives the counts."""
    counts = {}
    for row, (kind, sql) in enumerate(PLAIN.items()):
        ids = plain(path, sql)
        assert found.kinds.item(row).text().endswith(f"· {len(ids):,}"), kind
        found.kinds.setCurrentRow(row)
        assert sorted(found.model.event_ids) == ids, kind
        assert found.model.rowCount() == len(ids)
        counts[kind] = len(ids)
    return counts


def spoiled(path: Path) -> dict[str, int]:
    """Makes one event for each kind of task; gives their ids."""
    change_letter(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        ids = [row[0] for row in connection.execute(
            "SELECT id FROM event WHERE id NOT IN (SELECT start_event_id FROM stage) AND id NOT IN"
            " (SELECT event_id FROM evidence WHERE event_id IS NOT NULL) ORDER BY id LIMIT 3"
        )]  # fmt: skip
        bare, nameless, dateless = ids
        for table in ("claim", "citation"):
            connection.execute(f"DELETE FROM {table} WHERE event_id = ?", (bare,))
        connection.execute("UPDATE event SET title_ko = NULL WHERE id = ?", (nameless,))
        connection.execute("DELETE FROM event_date WHERE event_id = ?", (dateless,))
        connection.execute(
            "UPDATE quote_translation SET stale = 1 WHERE id ="
            " (SELECT max(quote_translation.id) FROM quote_translation"
            " JOIN evidence USING (quote_id) WHERE event_id IS NOT NULL)"
        )
    return {"unsourced": bare, "untitled": nameless, "undated": dateless}


def go_to(found: WorklistDialog, kind: str, ident: int | None = None) -> int:
    """Chooses an event of a kind and presses Enter; gives its id."""
    found.kinds.setCurrentRow(list(PLAIN).index(kind))
    row = found.model.event_ids.index(ident) if ident is not None else 0
    found.events.choose(row)
    ident = found.model.event_ids[row]
    press(found.events, Qt.Key.Key_Return)
    return ident


@pytest.fixture
def wired(qtbot: QtBot, copy: Path) -> Wired:
    return open_window(qtbot, copy, language="ko")


def test_the_counts_are_those_of_plain_sql_also_after_an_import_and_a_bulk_delete(
    qtbot: QtBot, copy: Path, tmp_path: Path
) -> None:
    spoiled(copy)
    wired = open_window(qtbot, copy, language="ko")
    found = worklist(qtbot, wired)
    before = agrees(found, copy)
    assert all(before.values()), before
    table = tmp_path / "사건.csv"
    lines = [f"{1990 + each}-05-18,회담 {each},military,summit" for each in range(20)]
    table.write_text("\n".join(["date,title_ko,lane,kind", *lines]), encoding="utf-8")
    with Store.open(copy) as store:
        plan = importing.plan(event_table.read_file(table, None).rows, store.known())
        edit = importing.edit(plan, table.name)
        assert edit.changes
        store.apply(ChangeSet(edit.changes, label=edit.label))
    wired.window.editing.look_elsewhere()
    settle()
    counted(qtbot, found)
    after = agrees(found, copy)
    assert after["unsourced"] == before["unsourced"] + 20
    assert after["untitled"] == before["untitled"] + 20
    found.kinds.setCurrentRow(list(PLAIN).index("one-source"))
    gone = found.model.event_ids[10:40]
    stages = plain(copy, "SELECT start_event_id FROM stage")
    free = [each for each in gone if each not in stages]
    wired.document.apply(events.deleted(wired.document.rows_about("event", free)))
    settle()
    counted(qtbot, found)
    assert agrees(found, copy)["one-source"] < after["one-source"]


def test_an_event_without_a_source_opens_where_one_is_added(qtbot: QtBot, copy: Path) -> None:
    wrong = spoiled(copy)
    wired = open_window(qtbot, copy, language="ko")
    found = worklist(qtbot, wired)
    go_to(found, "unsourced", wrong["unsourced"])
    form = wired.window.adding.form
    assert form is not None
    wired.window.activateWindow()
    settle()
    assert wired.window.focusWidget() is form.fields.citations.add
    assert form.fields.folds["citations"].is_open


def test_a_missing_title_and_a_missing_date_open_the_form_at_that_field(
    qtbot: QtBot, copy: Path
) -> None:
    wrong = spoiled(copy)
    wired = open_window(qtbot, copy, language="en")
    found = worklist(qtbot, wired)
    go_to(found, "untitled", wrong["untitled"])
    form = wired.window.adding.form
    assert form is not None
    assert wired.window.focusWidget() is form.fields.title.edits["ko"]
    go_to(found, "undated", wrong["undated"])
    form = wired.window.adding.form
    assert form is not None
    assert form.fields.date.isAncestorOf(wired.window.focusWidget())
    # Mended, it is on the list no longer.
    fill(wired.window.focusWidget(), "2022년 5월 21일")
    press(wired.window.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    counted(qtbot, found)
    assert wrong["undated"] not in plain(copy, PLAIN["undated"])
    assert wrong["undated"] not in next(
        each.event_ids for each in found._tasks if each.kind == "undated"
    )


@pytest.mark.parametrize("kind", ["broken", "disputed", "stale"])
def test_a_quote_opens_in_its_source(qtbot: QtBot, copy: Path, kind: str) -> None:
    spoiled(copy)
    wired = open_window(qtbot, copy, language="ko")
    event = go_to(worklist(qtbot, wired), kind)
    reader = wired.window.reader
    assert reader.isVisible()
    (quote,) = [each for each in wired.document.event(event).quotes
                if each.quote.id == reader.quote_id][:1]  # fmt: skip
    if kind == "broken":
        assert quote.quote.state == "broken"
    elif kind == "disputed":
        assert quote.evidence.stance == "disputes"
    else:
        assert any(each.stale for each in quote.translations)
        assert wired.window.quoting.form is not None  # where the translation is mended


def test_titles_bear_their_signs_and_the_list_speaks_the_language(qtbot: QtBot, copy: Path) -> None:
    spoiled(copy)
    wired = open_window(qtbot, copy, language="ko")
    found = worklist(qtbot, wired)
    found.kinds.setCurrentRow(list(PLAIN).index("broken"))
    assert "“×" in found.model.cells(0)[1]
    assert "원문과 다른 인용" in found.kinds.currentItem().text()
    wired.state.set_language("en")
    settle()
    assert "With a broken quote" in found.kinds.currentItem().text()
    assert found.windowTitle() == "Worklist"


def test_it_follows_while_it_is_open_and_lets_go_of_the_file(
    qtbot: QtBot, wired: Wired, copy: Path
) -> None:
    found = worklist(qtbot, wired)
    broken = list(PLAIN).index("broken")
    assert found.kinds.item(broken).text().endswith("· 0")
    change_letter(copy)
    wired.window.editing.look_elsewhere()
    settle()
    counted(qtbot, found)
    assert found.kinds.item(broken).text().endswith("· 4")
    does(wired, "undo")
    counted(qtbot, found)
    assert found.kinds.item(broken).text().endswith("· 0")
    press(found, Qt.Key.Key_Escape)
    assert wired.window.proving.worklist is None
    assert QApplication.activeModalWidget() is None
