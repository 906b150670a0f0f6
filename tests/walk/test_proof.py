"""Walks through the proof of quotes by keys alone: `make walk`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.store import Store
from tests.widgets.proving import change_letter, over, plain, spoil
from viewer.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    from tests.walk.desk import Desk

pytestmark = pytest.mark.long


def test_a_broken_quote_is_found_opened_and_mended_by_keys(desk: Desk, copy: Path) -> None:
    change_letter(copy)
    desk.start(copy)
    assert set(desk.ask("[int(i) for i in document.timeline.flaws.broken]")) == over(copy)
    desk.press("F7")
    desk.until("window.proving.verified is not None")
    desk.until("window.proving.verified.isActiveWindow()")
    desk.shot("verified")
    desk.press("Return")
    desk.until("window.reader.isVisible()")
    desk.until("'★' in window.reader.text.textCursor().selectedText()")
    desk.shot("verified-opened")
    desk.press("Escape")  # the list stays in front, to go on in it
    desk.until("window.isActiveWindow()")
    desk.press("ctrl+z")
    desk.until("not len(document.timeline.flaws.broken)")
    desk.press("F7")
    desk.until("is_asking()")
    desk.shot("verified-fine")


def test_proposals_of_a_newer_edition_are_judged_by_keys(
    desk: Desk, copy: Path, tmp_path: Path
) -> None:
    with Store.open(copy, read_only=True) as store:
        source = store.sources()[0]
        text = store.source(source.id).source.text
    newer = tmp_path / "새 판.txt"
    newer.write_text(f"바로잡습니다.\n\n{text.replace('199 supply', '200 supply')}", "utf-8")
    assert main(["import", str(copy), str(newer), "--supersedes", str(source.id)]) == 0
    waiting = "SELECT id FROM anchor WHERE NOT accepted"
    assert len(plain(copy, waiting)) == 20
    desk.start(copy)
    desk.press("ctrl+shift+p")
    desk.until("window.proving.proposals is not None")
    desk.until("window.proving.proposals.isActiveWindow()")
    desk.shot("proposals")
    desk.press("Return")
    desk.wait(lambda: len(plain(copy, waiting)) == 19)
    desk.press("Delete")
    desk.wait(lambda: len(plain(copy, waiting)) == 18)
    desk.press("ctrl+z")
    desk.wait(lambda: len(plain(copy, waiting)) == 19)
    desk.press("ctrl+Return")
    desk.wait(lambda: len(plain(copy, waiting)) < 3)
    desk.press("ctrl+z")
    desk.wait(lambda: len(plain(copy, waiting)) == 19)
    desk.press("Down", "o")
    desk.until("window.reader.isVisible()")
    desk.shot("proposal-opened")


def test_the_worklist_leads_to_the_place_where_each_is_mended(desk: Desk, copy: Path) -> None:
    nameless = plain(copy, "SELECT id FROM event LIMIT 1")[0]
    spoil(copy, "UPDATE event SET title_ko = NULL WHERE id = ?", nameless)
    desk.start(copy)
    desk.press("F8")
    desk.until("window.proving.worklist is not None and not window.proving.worklist.counting")
    desk.until("window.proving.worklist.isActiveWindow()")
    desk.press("Home", "Down", "Down", "Down", "Down")
    desk.until("window.proving.worklist.task.kind == 'untitled'")
    desk.shot("worklist")
    desk.press("Tab", "Return")
    desk.until("window.adding.form is not None")
    desk.until("window.isActiveWindow()")
    desk.type("고친 제목")
    desk.press("ctrl+s")
    desk.until("window.adding.form is None")
    desk.until("not window.proving.worklist.counting")
    assert desk.ask("window.proving.worklist.task.count") == 0
    desk.shot("worklist-mended")
    assert plain(copy, "SELECT id FROM event WHERE title_ko = '고친 제목'") == [nameless]
