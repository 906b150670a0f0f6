"""Walks through the dialogs by keyboard: order, history, tables of events, keys: `make walk`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.store import Store
from tests.db.test_log import rows
from tests.walk.test_picture import count, ident

if TYPE_CHECKING:
    from pathlib import Path

    from tests.walk.desk import Desk

pytestmark = pytest.mark.long


def names(path: Path, table: str) -> list[str]:
    """The English names (or titles) of the rows of a table."""
    with Store.open(path, read_only=True) as store:
        timeline = store.timeline()
    found = getattr(timeline, table)
    return [(each.title if table == "stages" else each.name).text("en") for each in found]


def open_order(desk: Desk) -> None:
    """Opens the dialog, with the list of lanes in focus."""
    desk.press("ctrl+shift+l")
    desk.until("is_asking()")
    desk.go_to("Lanes")


def name_it(desk: Desk, title: str, text: str) -> None:
    """Fills the name in the form that is open, and saves it."""
    desk.until(f"is_asking({title!r})")
    desk.press("ctrl+a")
    desk.type(text)
    desk.press("ctrl+Return")
    desk.until(f"{title!r} not in dialogs()")


def test_lanes_are_added_renamed_recoloured_nested_merged_and_deleted(
    desk: Desk, copy: Path
) -> None:
    first = rows(copy)
    desk.start(copy)
    open_order(desk)
    desk.shot("order-lanes")
    desk.press("Insert")
    name_it(desk, "New lane", "Space")
    desk.press("Insert")
    name_it(desk, "New lane", "Cyber")
    assert names(copy, "lanes")[-2:] == ["Space", "Cyber"]
    desk.press("F2")
    name_it(desk, "Edit lane", "Cyber and AI")
    desk.go_to("Colour")
    desk.press("space")
    desk.until("menu()")
    desk.shot("order-colours")
    desk.press("Down", "Return")
    desk.go_to("Lanes")
    desk.press("alt+Right")  # under the lane above
    with Store.open(copy, read_only=True) as store:
        timeline = store.timeline()
    cyber = next(each for each in timeline.lanes if each.name.en == "Cyber and AI")
    space = next(each for each in timeline.lanes if each.name.en == "Space")
    assert cyber.parent_id == space.id
    desk.shot("order-nested")
    desk.go_to("Merge into")
    desk.press("space")
    desk.until("menu()")
    desk.press("Return")
    desk.until("not menu()")
    assert "Cyber and AI" not in names(copy, "lanes")
    desk.go_to("Lanes")
    desk.press("End")
    assert desk.ask("dialog().page.lane.name.en") == "Space"
    desk.press("Delete")
    assert "Space" not in names(copy, "lanes")
    while desk.ask("document.revertible('undo') is not None"):
        desk.press("ctrl+z")
    assert rows(copy) == first


def test_kinds_tags_and_a_stage_are_added_and_saved(desk: Desk, copy: Path) -> None:
    desk.start(copy)
    open_order(desk)
    desk.press("ctrl+Next")
    desk.go_to("Kinds")
    desk.press("Insert")
    name_it(desk, "New kind", "Exercise")
    desk.press("ctrl+Next")
    desk.go_to("Tags")
    desk.press("Insert")
    name_it(desk, "New tag", "SCM")
    desk.press("ctrl+Next")
    desk.go_to("Schemes and stages")
    desk.press("Insert")
    desk.until("is_asking('New stage')")
    desk.type("Nuclear alliance")
    desk.go_to("Begins with the event")
    desk.type("Washington Declaration")
    desk.press("Return")
    desk.shot("stage-filled")
    desk.press("ctrl+Return")
    desk.until("'New stage' not in dialogs()")
    assert "Exercise" in names(copy, "kinds")
    assert "SCM" in names(copy, "tags")
    assert "Nuclear alliance" in names(copy, "stages")
    assert count(copy) == 4
    desk.shot("stage-saved")


def test_a_field_an_event_and_a_moment_are_had_back_from_the_history(
    desk: Desk, copy: Path, tmp_path: Path
) -> None:
    event = ident(copy, "sofa-1966")
    desk.start(copy)
    first = rows(copy)
    desk.click(f'mark("event", {event})')
    desk.press("F2")
    desk.until("window.adding.form is not None")
    desk.press("ctrl+a")
    desk.type("Another title")
    desk.press("ctrl+s")
    desk.until("window.adding.form is None")
    desk.press("ctrl+h")
    desk.until("is_asking()")
    desk.shot("history")
    desk.go_to("Restore the value before")
    desk.press("space")
    desk.until(f"document.event({event}).event.title.en.startswith('Status of Forces')")
    desk.press("Escape")
    desk.until("not dialogs()")
    desk.press("Delete")
    desk.until(f"not document.has(('event', {event}))")
    desk.press("ctrl+h")
    desk.until("is_asking()")
    desk.go_to("Restore “Status of Forces Agreement (SOFA)” as it was before")
    desk.press("space")
    desk.until("len(dialogs()) == 2")
    desk.shot("history-restore-event")
    desk.go_to("Restore")
    desk.press("space")
    desk.until(f"document.has(('event', {event}))")
    desk.until("len(dialogs()) == 1")
    desk.go_to("Changes of the file, newest first")
    desk.press("ctrl+End", "Up")
    desk.go_to("File as it was before…")
    desk.press("space")
    desk.until("len(dialogs()) == 2")
    target = tmp_path / "before.alliance"
    desk.press("ctrl+a")
    desk.type(str(target))
    desk.press("Return")
    desk.wait(target.exists)
    desk.until("'before.alliance' in labels(dialog())")
    desk.shot("history-moment")
    for table, then in rows(target).items():
        assert then == first[table], table


CSV = "date,lane,title_en,title_ko,importance\n"


def write_table(path: Path, count: int) -> None:
    lines = (f"{1950 + n % 70}-0{1 + n % 9},military,Event {n},사건 {n},3\n" for n in range(count))
    path.write_text(CSV + "".join(lines), "utf-8")


def test_a_table_is_previewed_cancelled_imported_and_undone(
    desk: Desk, copy: Path, tmp_path: Path
) -> None:
    first = rows(copy)
    table = tmp_path / "events.csv"
    write_table(table, 20_000)
    desk.start(copy)

    def choose() -> None:
        desk.press("ctrl+i")
        desk.until("is_asking()")
        desk.press("ctrl+a")
        desk.type(str(table))
        desk.press("Return")
        desk.until("dialog().accept_all.isEnabled()", 60)

    choose()
    desk.shot("import-preview")
    assert rows(copy) == first
    desk.go_to("Import 20,000 events")
    desk.press("space")
    desk.until("dialog()._writing")
    desk.press("Escape")
    desk.until("not dialog()._writing", 60)
    desk.shot("import-cancelled")
    assert rows(copy) == first
    desk.until("dialog().accept_all.isEnabled()", 60)
    desk.go_to("Import 20,000 events")
    desk.press("space")
    desk.until("not dialogs()", 120)
    desk.until("document.find_titles('Event 19999')")
    assert len(rows(copy)["event"]) == len(first["event"]) + 20_000
    desk.shot("imported")
    desk.press("ctrl+z")
    desk.until("not document.find_titles('Event 19999')", 120)
    assert rows(copy) == first


def test_f1_lists_the_keys_and_escape_leaves_every_dialog(desk: Desk, copy: Path) -> None:
    desk.start(copy)
    for key in ("F1", "ctrl+comma", "ctrl+e", "g", "ctrl+shift+l", "ctrl+h", "ctrl+o", "ctrl+n",
                "ctrl+shift+s", "ctrl+i", "ctrl+shift+i"):  # fmt: skip
        desk.press(key)
        desk.until("is_asking()")
        been = set()
        for _ in range(60):
            desk.press("Tab")
            been.add(desk.ask("focus()"))
        assert "" not in been, key
        desk.shot(f"dialog-{key}")
        desk.press("Escape")
        desk.until("not dialogs()")
        assert desk.ask("window.isActiveWindow()")
